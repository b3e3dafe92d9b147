/**
 * What stands on each screen: sources, the case in short, questions with their answers, the way out.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  const { copy } = casebook.formModel;
  const { idOf } = casebook.formFields;

  const SEND = "send";

  /**
   * Draws the screens of one form.
   *
   * `owner` is the form: it keeps, goes from screen to screen, and draws anew.
   */
  class Screens {
    constructor(owner) {
      this.owner = owner;
      this.form = owner.form;
      this.model = owner.model;
      this.fields = owner.fields;
      this.word = owner.word;
      /** Entries that were opened; the others show their words only. */
      this.opened = new WeakSet();
    }

    get value() {
      return this.owner.value;
    }

    get draft() {
      return this.owner.draft;
    }

    /** The pieces of one screen. */
    of(screen) {
      return screen.questions ? this.questions(screen) : screen.id === SEND ? this.sending(screen) : this.header(screen);
    }

    header(screen) {
      const items = screen.fields.map((name) => this.form.case.find((item) => item.name === name));
      const records = items.find((item) => item.kind === "records");
      if (records) {
        return this.records(records);
      }
      const later = items.filter((item) => item.start || item === this.model.key);
      const now = items.filter((item) => later.indexOf(item) === -1);
      const made = this.fields.record(now, this.value, [], {});
      this.owner.suggestId();
      const given = this.fields.record(this.draft.base ? later.slice(1) : later, this.value, [], {});
      const body = [el("div", { class: "form__question fields", "data-card": "" }, made.main)];
      body.push(el("div", { class: "form__question" }, [
        this.fields.fold(this.word("other_language"), made.folded, this.hasOther()),
        this.fields.fold(this.word("filled_in"), given.main),
      ]));
      return body;
    }

    /** Whether the case already speaks its second language. */
    hasOther() {
      return Boolean(this.draft.base);
    }

    records(item) {
      const list = this.value[item.name];
      if (!list.length) {
        this.model.addSource(this.value);
      }
      const rows = list.map((source, index) => {
        const at = [item.name, index];
        const atOf = (n) => [item.name, n];
        const heading = casebook.formTerms.byRole(this.form.tables[item.table], "heading").name;
        if (source[heading] && !this.opened.has(source)) {
          return this.closed(item.name, source, this.word("source_n", { n: index + 1 }), source[heading], list, index, atOf, () => this.forget(source));
        }
        this.opened.add(source);
        const made = this.fields.record(this.form.tables[item.table], source, at, {});
        const used = source[this.model.quotes.name].some((quote) => this.model.citing(this.value, quote[this.model.quoteKey.name]).length);
        const top = this.fields.rowTop(this.word("source_n", { n: index + 1 }), list, index, atOf, () => this.forget(source));
        const note = used && list.length > 1 ? [el("p", { class: "small muted" }, this.word("source_used"))] : [];
        const fold = made.folded.length ? [this.fields.fold(this.word("more"), made.folded)] : [];
        return el("li", { class: "form__question", "data-card": item.name, "data-row": at.join("."), id: idOf(at), tabindex: "-1" }, [top].concat(note, el("div", { class: "fields" }, made.main), fold));
      });
      const add = this.fields.button("source_add", () => {
        this.model.addSource(this.value);
        this.owner.changed();
        this.owner.drawStep();
        this.owner.focus("f-" + item.name + "." + (list.length - 1) + "." + this.form.tables[item.table][1].name);
      }, "rows__add");
      const error = el("p", { class: "form__error", "data-error": item.name, id: idOf([item.name]) + "-error", hidden: true });
      return [el("p", { class: "lead" }, this.word("sources_lead")), error, el("ol", {}, rows), add];
    }

    /** An entry that is filled in, to be looked over and opened. */
    closed(card, entry, label, text, list, index, atOf, forget) {
      const at = atOf(index);
      const top = this.fields.rowTop(label, list, index, atOf, forget);
      const open = this.fields.button("open", () => {
        this.opened.add(entry);
        this.owner.redraw(idOf(at));
      });
      open.setAttribute("aria-label", this.word("open") + this.word("colon") + label);
      const error = el("p", { class: "form__error", "data-error": at.join("."), id: idOf(at) + "-error", hidden: true });
      const given = { class: "rows__row", "data-row": at.join("."), id: idOf(at), tabindex: "-1" };
      return el("li", Object.assign(given, card ? { "data-card": card } : {}), [top, error, el("p", {}, text), open]);
    }

    /** Open whatever has something to be mended. */
    unfold(problems) {
      problems.forEach((problem) => {
        let entry = this.value;
        problem.at.forEach((key) => {
          const next = entry && (entry[key] === undefined && entry.rows ? entry.rows[key] : entry[key]);
          if (typeof key === "number" && next && typeof next === "object") {
            this.opened.add(next);
          }
          entry = next;
        });
      });
    }

    /** Citations of a source that goes away go with it. */
    forget(source) {
      source[this.model.quotes.name].forEach((quote) => {
        const id = quote[this.model.quoteKey.name];
        this.model.citing(this.value, id).forEach((each) => {
          each.row[this.model.citation.name] = each.row[this.model.citation.name].filter((other) => other !== id);
        });
      });
    }

    questions(screen) {
      const cards = screen.questions.map((name) => this.question(name));
      this.rest = el("p", {});
      this.drawRest(screen);
      return cards.concat(this.rest);
    }

    /** One tap for all that nobody has reported. */
    drawRest(screen) {
      const open = screen.questions.filter((name) => !this.model.answer(this.value, name).state);
      const button = this.fields.button("rest_not_reported", () => {
        const before = copy(this.value);
        open.forEach((name) => {
          this.model.answer(this.value, name).state = "not_reported";
        });
        this.owner.changed();
        this.owner.drawStep();
        this.owner.drawProgress();
        this.owner.focus("form-next");
        this.owner.offerUndo(this.word("rest_done", { n: open.length }), () => this.owner.restore(before));
      }, "rows__add", { n: open.length });
      casebook.fill(this.rest, open.length ? button : []);
    }

    question(name) {
      const question = this.form.questions.find((each) => each.name === name);
      const answer = this.model.answer(this.value, name);
      const at = [this.model.container.name, name];
      const heading = idOf(at) + "-ask";
      const help = [el("p", { class: "form__help" }, question.help)];
      if (question.sample) {
        help.push(el("p", { class: "form__help" }, [el("b", {}, this.word("sample")), question.sample]));
      }
      const choices = Object.keys(this.form.states).map((state) => {
        const box = el("input", { type: "radio", name: idOf(at), value: state, id: idOf(at) + "-" + state });
        box.checked = answer.state === state;
        box.addEventListener("change", () => {
          answer.state = state;
          if (state === "answered" && !answer.rows.length) {
            answer.rows.push({});
          }
          this.owner.changed();
          this.owner.redraw(box.id);
          this.owner.drawProgress();
          this.drawRest(this.form.screens.find((each) => each.id === this.owner.screen));
        });
        return el("label", { class: "tristate__one" }, [box, el("span", {}, this.word("state_" + state))]);
      });
      const error = el("p", { class: "form__error", "data-error": at.join("."), id: idOf(at) + "-error", hidden: true });
      const parts = [
        el("h3", { class: "form__ask", id: heading }, question.ask || question.label),
        ...help,
        el("div", { class: "tristate", role: "radiogroup", "aria-labelledby": heading, "aria-describedby": idOf(at) + "-error" }, choices),
        error,
      ];
      if (answer.state === "answered") {
        parts.push(...this.rows(question, answer, at));
      }
      return el("div", { class: "form__question", "data-card": name, id: idOf(at), role: "group", "aria-labelledby": heading }, parts);
    }

    rows(question, answer, at) {
      const allowed = this.form.answer.filter((part) => casebook.formTerms.allows(part, question.kind));
      const items = answer.rows.map((row, index) => {
        const place = at.concat(index);
        if (row[this.form.lang] && !this.opened.has(row)) {
          return this.closed("", row, this.word("row_n", { n: index + 1 }), row[this.form.lang], answer.rows, index, (n) => at.concat(n));
        }
        this.opened.add(row);
        const made = this.fields.record(allowed, row, place, { question: question, rows: answer.rows });
        const chips = this.fields.sameAgain(row, place);
        const top = this.fields.rowTop(this.word("row_n", { n: index + 1 }), answer.rows, index, (n) => at.concat(n));
        const again = chips.length ? [el("div", { class: "chips" }, chips)] : [];
        const says = made.main.findIndex((node) => node.dataset.at === place.concat(casebook.formTerms.byRole(allowed, "says").name).join("."));
        made.main.splice(says, 0, ...again);
        const error = el("p", { class: "form__error", "data-error": place.join("."), id: idOf(place) + "-error", hidden: true });
        const fold = made.folded.length ? [this.fields.fold(this.word("more"), made.folded, this.hasOther())] : [];
        return el("li", { class: "rows__row", "data-row": place.join("."), id: idOf(place), tabindex: "-1" }, [top, error, el("div", { class: "fields" }, made.main)].concat(fold));
      });
      const add = this.fields.button("row_add", () => {
        answer.rows.push({});
        this.owner.changed();
        this.owner.redraw(idOf(at.concat(answer.rows.length - 1, this.form.lang)));
      }, "rows__add");
      return [el("ol", { class: "rows" }, items), add];
    }

    sending(screen) {
      this.owner.keep();
      this.owner.suggestId();
      const plain = this.model.plain(this.value);
      const problems = casebook.formCheck.check(this.form, plain);
      const errors = problems.filter((each) => each.severity === "error");
      const warnings = problems.filter((each) => each.severity !== "error");
      const text = casebook.formYaml.write(this.form, this.model.placed(this.value), this.draft.base);
      const id = plain[this.model.key.name] || "case";
      const items = screen.fields.map((name) => this.form.case.find((item) => item.name === name));
      const made = this.fields.record(items, this.value, [], {});
      const parts = [];
      const open = this.form.questions.filter((question) => !this.model.answer(this.value, question.name).state);
      if (open.length) {
        parts.push(this.fields.button("rest_everywhere", () => {
          const before = copy(this.value);
          open.forEach((question) => {
            this.model.answer(this.value, question.name).state = "not_reported";
          });
          this.owner.changed();
          this.owner.show(SEND);
          this.owner.offerUndo(this.word("rest_done", { n: open.length }), () => this.owner.restore(before));
        }, "rows__add", { n: open.length }));
      }
      parts.push(errors.length ? this.owner.problems.box(errors, this.word("errors_all", { n: errors.length })) : el("p", { class: "box" }, this.word("no_errors")));
      if (!casebook.formPrivate.able()) {
        parts.push(el("p", { class: "box" }, this.word("persons_unsearched")));
      }
      if (warnings.length) {
        parts.push(this.fields.fold(this.word("warnings", { n: warnings.length }), [this.owner.problems.list(warnings)]));
      }
      parts.push(el("div", { class: "form__question" }, this.fields.fold(this.word("filled_in_review"), made.main.concat(made.folded))));
      parts.push(el("h3", {}, this.word("send")), el("p", {}, this.word(errors.length ? "send_with_errors" : "send_lead")));
      parts.push(casebook.formSend({
        id: id,
        text: text,
        known: Boolean(this.draft.base),
        word: this.word,
        taken: () => {
          this.owner.dirty = false;
        },
      }));
      parts.push(this.fields.fold(this.word("preview"), [casebook.formPreview(this.form, plain, this.word)]));
      const code = el("pre", { class: "preview-text", tabindex: "0", "aria-label": this.word("text") }, el("code", { "data-yaml": true }, text));
      parts.push(this.fields.fold(this.word("text"), [code]));
      return parts;
    }
  }

  casebook.formScreens = Screens;
})();
