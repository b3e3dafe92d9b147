/**
 * The form: one screen a group of questions, drafts kept as one types, checks, and the way out.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  const drafts = casebook.formDrafts;
  const { Model, copy } = casebook.formModel;
  const { Fields, idOf } = casebook.formFields;

  const PAUSE = 300;
  const SEND = "send";
  const DRAFT_TYPE = "application/json";

  class Form {
    constructor(root, data) {
      this.root = root;
      this.form = data.form;
      this.words = data.words;
      this.model = new Model(this.form);
      this.word = this.word.bind(this);
      this.fields = new Fields(this);
      this.screen = this.form.screens[0].id;
      this.checked = {};
      this.dirty = false;
      this.opened = new WeakSet();
    }

    word(key, values) {
      const text = Object.prototype.hasOwnProperty.call(this.words, key) ? this.words[key] : key;
      return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
    }

    get value() {
      return this.draft.value;
    }

    // -- beginning ---------------------------------------------------------

    /** Take up what the address names: a draft, a case to correct, or something new. */
    start(params, published) {
      drafts.try();
      this.published = published;
      const named = params.get("draft") && drafts.get(params.get("draft"));
      const own = published && drafts.list().find((each) => each.case === published.id);
      this.continued = Boolean(own);
      if (named) {
        this.take(named);
      } else if (published) {
        this.take(own || this.correction(published));
      } else {
        this.take(drafts.around(this.model.blank()));
        this.choosing = drafts.list().length > 0;
      }
      const asked = params.get("question");
      const at = this.form.screens.find((screen) => (screen.questions || []).indexOf(asked) !== -1);
      this.screen = this.screenOf(window.location.hash) || (at ? at.id : this.form.screens[0].id);
      this.listen();
      this.draw();
      if (at) {
        this.goTo(asked);
      }
    }

    correction(published) {
      const read = casebook.formYaml.read(published.text);
      return drafts.around(this.model.fill(read.plain || {}), { case: published.id, base: published.text });
    }

    take(draft) {
      this.draft = draft;
      this.checked = {};
      this.dirty = false;
      this.others = false;
    }

    listen() {
      window.addEventListener("hashchange", () => {
        const screen = this.screenOf(window.location.hash);
        if (screen && screen !== this.screen) {
          this.show(screen);
        }
      });
      window.addEventListener("beforeunload", (event) => {
        this.keep();
        if (this.dirty) {
          event.preventDefault();
          event.returnValue = "";
        }
      });
      ["pagehide", "visibilitychange"].forEach((name) => document.addEventListener(name, () => this.keep()));
      drafts.watch((name) => {
        if (name === this.draft.name) {
          this.others = true;
          this.drawDrafts();
        }
      });
    }

    screenOf(hash) {
      const id = decodeURIComponent(hash.slice(1));
      return this.form.screens.some((screen) => screen.id === id) ? id : null;
    }

    goTo(question) {
      const card = document.querySelector('[data-card="' + question + '"]');
      if (card) {
        card.scrollIntoView({ block: "start" });
        const first = card.querySelector("input");
        first.focus({ preventScroll: true });
      }
    }

    // -- keeping -----------------------------------------------------------

    /** Something was typed. */
    changed() {
      this.dirty = true;
      this.unsaved = true;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.keep(), PAUSE);
    }

    keep() {
      if (!this.unsaved) {
        return;
      }
      window.clearTimeout(this.timer);
      this.unsaved = false;
      this.suggestId();
      this.draft.changed = new Date().toISOString();
      const kept = drafts.keep(this.draft);
      if (kept && new URLSearchParams(window.location.search).get("draft") !== this.draft.name) {
        const url = new URL(window.location.href);
        url.search = "?draft=" + this.draft.name;
        window.history.replaceState(window.history.state, "", url.href);
      }
      this.drawDrafts();
    }

    /** Nobody has to invent an id: it comes from the English title, or from the day. */
    suggestId() {
      const key = this.model.key.name;
      if (this.draft.base || (this.value[key] && this.value[key] !== this.draft.suggested)) {
        return;
      }
      const heading = casebook.formCheck.byRole(this.form.case, "heading").name;
      const title = (this.value[heading] && this.value[heading].en) || "";
      const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").split("-").filter(Boolean).slice(0, 6).join("-").slice(0, 50);
      const day = new Date().toISOString().slice(0, 10);
      this.draft.suggested = this.value[key] = slug || "case-" + day + "-" + this.draft.name.slice(-4);
    }

    titleOf(draft) {
      const heading = casebook.formCheck.byRole(this.form.case, "heading").name;
      const words = draft.value[heading] || {};
      return words[this.form.lang] || Object.keys(words).map((lang) => words[lang]).find(Boolean) || this.word("untitled");
    }

    // -- drawing -----------------------------------------------------------

    draw() {
      this.bar = el("div", { class: "drafts" });
      this.list = el("div", {});
      this.progress = el("nav", { class: "progress", "aria-label": this.word("progress") });
      this.step = el("section", { class: "form__step" });
      casebook.fill(this.root, [this.bar, this.list, this.progress, this.step]);
      this.drawDrafts();
      this.drawList();
      this.drawProgress();
      this.drawStep();
    }

    drawDrafts() {
      const state = drafts.problem ? this.word("not_kept_" + drafts.problem) : this.unsaved || !this.dirty ? this.word("kept_here") : this.word("kept_at", { time: new Date().toTimeString().slice(0, 5) });
      const say = el("p", { class: "drafts__say" }, this.others ? this.word("other_window") : state);
      const count = drafts.list().length;
      const parts = [say, this.fields.button("export_draft", () => this.exportDraft())];
      parts.push(this.fields.button("all_drafts", () => this.toggleList(), "btn--small", { n: count }));
      const wrong = drafts.problem || this.others;
      const shown = (wrong ? "!" : "") + say.textContent + count;
      if (this.barShown !== shown) {
        const had = this.bar.contains(document.activeElement) ? Array.from(this.bar.querySelectorAll("button")).indexOf(document.activeElement) : -1;
        casebook.fill(this.bar, parts);
        if (had !== -1) {
          this.bar.querySelectorAll("button")[had].focus();
        }
        this.bar.classList.toggle("errors", Boolean(wrong));
        if (wrong && this.barWrong !== wrong) {
          casebook.announce(say.textContent);
        }
        this.barShown = shown;
        this.barWrong = wrong;
      }
    }

    toggleList() {
      this.keep();
      this.choosing = !this.choosing;
      this.drawList();
      if (this.choosing) {
        this.list.querySelector("h2").focus();
      }
    }

    /** All drafts of this device, a new one, one from a file. */
    drawList() {
      if (!this.choosing) {
        casebook.fill(this.list, []);
        return;
      }
      const items = drafts.list().map((draft) => {
        const when = new Date(draft.changed).toLocaleString(this.form.lang === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
        const title = this.titleOf(draft);
        const open = this.fields.button("draft_open", () => this.open(draft.name), "btn--small");
        open.setAttribute("aria-label", this.word("draft_open") + this.word("colon") + title);
        const away = this.fields.button("draft_remove", () => this.removeDraft(draft), "btn--plain btn--small");
        away.setAttribute("aria-label", this.word("draft_remove") + this.word("colon") + title);
        const kind = draft.case ? this.word("draft_of", { id: draft.case }) : this.word("draft_new");
        return el("li", { class: "rows__row" }, [el("p", {}, el("b", {}, title)), el("p", { class: "small muted" }, kind + " · " + when), el("p", {}, [open, away])]);
      });
      const file = el("input", { type: "file", id: "draft-file", accept: ".json,application/json", class: "vh" });
      file.addEventListener("change", () => this.importDraft(file));
      const pick = this.fields.button("import_draft", () => file.click());
      file.setAttribute("aria-label", this.word("import_draft"));
      file.tabIndex = -1;
      casebook.fill(this.list, el("div", { class: "box" }, [
        el("h2", { tabindex: "-1", class: "h3" }, this.word("drafts")),
        el("ul", { class: "rows" }, items),
        el("p", { class: "actions" }, [this.fields.button("draft_begin", () => this.begin()), pick, file, this.fields.button("close", () => this.toggleList(), "btn--plain btn--small")]),
      ]));
    }

    open(name) {
      this.keep();
      const draft = drafts.get(name);
      if (draft) {
        this.take(draft);
        this.choosing = false;
        this.barShown = "";
        this.draw();
        this.step.querySelector("h2").focus();
      }
    }

    begin() {
      this.keep();
      this.take(drafts.around(this.model.blank()));
      this.choosing = false;
      this.screen = this.form.screens[0].id;
      this.draw();
      this.step.querySelector("h2").focus();
    }

    removeDraft(draft) {
      drafts.remove(draft.name);
      this.drawList();
      this.barShown = "";
      this.drawDrafts();
      this.offerUndo(this.word("draft_removed", { name: this.titleOf(draft) }), () => {
        drafts.keep(draft);
        this.drawList();
      });
    }

    exportDraft() {
      this.keep();
      casebook.saveFile((this.value[this.model.key.name] || "case") + ".draft.json", JSON.stringify(this.draft), DRAFT_TYPE);
      this.dirty = false;
    }

    importDraft(input) {
      const reader = new FileReader();
      reader.onload = () => {
        const draft = drafts.read(String(reader.result));
        if (!draft) {
          casebook.toast(this.word("import_wrong"));
          return;
        }
        // A draft of the same name may be here already; both are kept.
        this.take(Object.assign(draft, { name: drafts.get(draft.name) ? drafts.name() : draft.name }));
        this.choosing = false;
        this.unsaved = true;
        this.keep();
        this.draw();
        casebook.toast(this.word("imported"));
        this.step.querySelector("h2").focus();
      };
      if (input.files[0]) {
        reader.readAsText(input.files[0]);
      }
    }

    drawProgress() {
      const now = this.form.screens.findIndex((screen) => screen.id === this.screen);
      const items = this.form.screens.map((screen, index) => {
        const link = el("a", { href: "#" + screen.id, class: this.isDone(screen) ? "is-done" : "", "aria-current": index === now ? "step" : null }, el("span", {}, this.labelOf(screen)));
        return el("li", {}, link);
      });
      const say = this.word("step_of", { n: now + 1, total: items.length, name: this.labelOf(this.form.screens[now]) });
      casebook.fill(this.progress, [el("ol", { class: "progress__steps" }, items), el("p", { class: "progress__now" }, say)]);
    }

    labelOf(screen) {
      return screen.label || this.word("screen_" + screen.id);
    }

    isDone(screen) {
      if (screen.questions) {
        return screen.questions.every((name) => this.model.answer(this.value, name).state);
      }
      const first = this.model.plain(this.value)[screen.fields[screen.fields.length > 1 ? 1 : 0]];
      return screen.id !== SEND && Boolean(first);
    }

    drawStep() {
      const screen = this.form.screens.find((each) => each.id === this.screen);
      if (this.checked[this.screen]) {
        this.unfold(this.problemsOf(screen));
      }
      const head = el("h2", { tabindex: "-1", id: "step-heading" }, this.labelOf(screen));
      this.summary = el("div", { tabindex: "-1", hidden: true });
      const body = screen.questions ? this.questions(screen) : screen.id === SEND ? this.sending(screen) : this.header(screen);
      const notice = this.notice();
      casebook.fill(this.step, [head].concat(notice, this.summary, body, this.nav(screen)));
      if (this.checked[this.screen]) {
        this.mark(this.problemsOf(screen));
      }
    }

    /** What a reader who corrects a case should know first. */
    notice() {
      if (!this.draft.case) {
        return [];
      }
      const parts = [el("p", { class: "box__head" }, this.word("correcting", { name: this.titleOf(this.draft) }))];
      const moved = this.published && this.published.id === this.draft.case && this.published.text !== this.draft.base;
      if (moved) {
        parts.push(el("p", {}, this.word("case_moved_on")));
      }
      if (moved || this.continued) {
        parts.push(el("p", {}, this.word("correction_kept")));
        parts.push(this.fields.button("correction_anew", () => {
          drafts.remove(this.draft.name);
          this.continued = false;
          this.take(this.correction(this.published));
          this.draw();
        }));
      }
      return [el("div", { class: "box" }, parts)];
    }

    nav(screen) {
      const at = this.form.screens.indexOf(screen);
      const parts = [];
      if (at > 0) {
        parts.push(this.fields.button("back", () => this.leave(this.form.screens[at - 1].id), ""));
      }
      if (at < this.form.screens.length - 1) {
        const pressed = this.checked[screen.id] && this.problemsOf(screen).length;
        const next = this.fields.button(pressed ? "next_anyway" : "next", () => this.next(screen, this.form.screens[at + 1].id), "btn--main");
        next.id = "form-next";
        parts.push(next);
      }
      return el("div", { class: "form__nav" }, parts);
    }

    /** Go on: once with what is wrong on this screen, a second time without asking. */
    next(screen, target) {
      const problems = this.problemsOf(screen);
      if (problems.length && !this.checked[screen.id]) {
        this.checked[screen.id] = true;
        this.drawStep();
        this.summary.focus();
        return;
      }
      this.checked[screen.id] = true;
      this.leave(target);
    }

    leave(target) {
      this.keep();
      this.show(target);
      window.history.pushState(window.history.state, "", "#" + target);
    }

    show(target) {
      this.keep();
      this.screen = target;
      this.choosing = false;
      this.drawList();
      this.drawProgress();
      this.drawStep();
      const head = this.step.querySelector("h2");
      head.focus({ preventScroll: true });
      this.progress.scrollIntoView();
    }

    // -- screens -----------------------------------------------------------

    header(screen) {
      const items = screen.fields.map((name) => this.form.case.find((item) => item.name === name));
      const records = items.find((item) => item.kind === "records");
      if (records) {
        return this.records(records);
      }
      const later = items.filter((item) => item.start || item === this.model.key);
      const now = items.filter((item) => later.indexOf(item) === -1);
      const made = this.fields.record(now, this.value, [], {});
      this.suggestId();
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
        const heading = casebook.formCheck.byRole(this.form.tables[item.table], "heading").name;
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
        this.changed();
        this.drawStep();
        this.focus("f-" + item.name + "." + (list.length - 1) + "." + this.form.tables[item.table][1].name);
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
        this.redraw(idOf(at));
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
        this.changed();
        this.drawStep();
        this.drawProgress();
        this.focus("form-next");
        this.offerUndo(this.word("rest_done", { n: open.length }), () => this.restore(before));
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
          this.changed();
          this.redraw(box.id);
          this.drawProgress();
          this.drawRest(this.form.screens.find((each) => each.id === this.screen));
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
      const allowed = this.form.answer.filter((part) => casebook.formCheck.allows(part, question.kind));
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
        const says = made.main.findIndex((node) => node.dataset.at === place.concat(casebook.formCheck.byRole(allowed, "says").name).join("."));
        made.main.splice(says, 0, ...again);
        const error = el("p", { class: "form__error", "data-error": place.join("."), id: idOf(place) + "-error", hidden: true });
        const fold = made.folded.length ? [this.fields.fold(this.word("more"), made.folded, this.hasOther())] : [];
        return el("li", { class: "rows__row", "data-row": place.join("."), id: idOf(place), tabindex: "-1" }, [top, error, el("div", { class: "fields" }, made.main)].concat(fold));
      });
      const add = this.fields.button("row_add", () => {
        answer.rows.push({});
        this.changed();
        this.redraw(idOf(at.concat(answer.rows.length - 1, this.form.lang)));
      }, "rows__add");
      return [el("ol", { class: "rows" }, items), add];
    }

    sending(screen) {
      this.keep();
      this.suggestId();
      const plain = this.model.plain(this.value);
      const problems = casebook.formCheck.check(this.form, plain);
      const errors = problems.filter((each) => each.severity === "error");
      const warnings = problems.filter((each) => each.severity !== "error");
      const text = casebook.formYaml.write(this.form, this.model.placed(this.value), this.draft.base);
      const id = plain[this.model.key.name] || "case";
      const items = screen.fields.map((name) => this.form.case.find((item) => item.name === name));
      const made = this.fields.record(items, this.value, [], {});
      const parts = [];
      parts.push(errors.length ? this.errorBox(errors, this.word("errors_all", { n: errors.length })) : el("p", { class: "box" }, this.word("no_errors")));
      if (!casebook.formPrivate.able()) {
        parts.push(el("p", { class: "box" }, this.word("persons_unsearched")));
      }
      if (warnings.length) {
        parts.push(this.fields.fold(this.word("warnings", { n: warnings.length }), [this.problemList(warnings)]));
      }
      const open = this.form.questions.filter((question) => !this.model.answer(this.value, question.name).state);
      if (open.length) {
        parts.push(this.fields.button("rest_everywhere", () => {
          const before = copy(this.value);
          open.forEach((question) => {
            this.model.answer(this.value, question.name).state = "not_reported";
          });
          this.changed();
          this.show(SEND);
          this.offerUndo(this.word("rest_done", { n: open.length }), () => this.restore(before));
        }, "rows__add", { n: open.length }));
      }
      parts.push(el("div", { class: "form__question" }, this.fields.fold(this.word("filled_in_review"), made.main.concat(made.folded))));
      parts.push(el("h3", {}, this.word("send")), el("p", {}, this.word(errors.length ? "send_with_errors" : "send_lead")));
      parts.push(casebook.formSend({
        id: id,
        text: text,
        known: Boolean(this.draft.base),
        word: this.word,
        taken: () => {
          this.dirty = false;
        },
      }));
      parts.push(this.fields.fold(this.word("preview"), [casebook.formPreview(this.form, plain, this.word)]));
      const code = el("pre", { class: "preview-text", tabindex: "0", "aria-label": this.word("text") }, el("code", { "data-yaml": true }, text));
      parts.push(this.fields.fold(this.word("text"), [code]));
      return parts;
    }

    // -- problems ----------------------------------------------------------

    problemsOf(screen) {
      const container = this.model.container.name;
      // Quotes are taken while answering; that a source has none yet is said at the end.
      const later = (each) => each.code === "missing-key" && each.at[each.at.length - 1] === this.model.quotes.name;
      return casebook.formCheck.check(this.form, this.model.plain(this.value)).filter((each) => {
        const here = screen.questions ? each.at[0] === container && screen.questions.indexOf(each.at[1]) !== -1 : screen.fields.indexOf(each.at[0]) !== -1;
        return here && each.severity === "error" && !later(each);
      });
    }

    mark(problems) {
      this.step.querySelectorAll("[data-error]").forEach((node) => {
        node.hidden = true;
        casebook.fill(node, []);
      });
      this.step.querySelectorAll("[aria-invalid]").forEach((node) => node.removeAttribute("aria-invalid"));
      this.step.querySelectorAll(".is-wrong").forEach((node) => node.classList.remove("is-wrong"));
      problems.forEach((problem) => {
        const node = this.placeOf(problem);
        if (!node) {
          return;
        }
        const words = problem.message + (problem.hint ? this.word("stop") + problem.hint : "");
        casebook.fill(node, node.hidden ? words : node.textContent + " " + words);
        node.hidden = false;
        const control = document.getElementById(node.id.replace(/-error$/, ""));
        if (control && /^(INPUT|TEXTAREA|SELECT)$/.test(control.tagName)) {
          control.setAttribute("aria-invalid", "true");
        }
        const card = node.closest(".form__question");
        if (card) {
          card.classList.add("is-wrong");
        }
        for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) {
          fold.open = true;
        }
      });
      if (problems.length) {
        const box = this.errorBox(problems, this.word("errors_here", { n: problems.length }));
        casebook.fill(this.summary, box);
        this.summary.hidden = false;
        casebook.announce(this.word("errors_here", { n: problems.length }));
      }
    }

    /** The place for the words of a problem: its own, the first inside it, or the nearest around it. */
    placeOf(problem) {
      const nodes = Array.from(this.step.querySelectorAll("[data-error]"));
      const at = problem.at.join(".");
      const inside = nodes.find((node) => node.dataset.error === at) || nodes.find((node) => node.dataset.error.indexOf(at + ".") === 0);
      const around = nodes
        .filter((node) => at.indexOf(node.dataset.error + ".") === 0)
        .sort((one, other) => other.dataset.error.length - one.dataset.error.length)[0];
      return inside || around || null;
    }

    errorBox(problems, heading) {
      return el("div", { class: "errors", role: "group", "aria-labelledby": "errors-heading" }, [el("p", { id: "errors-heading" }, heading), this.problemList(problems)]);
    }

    problemList(problems) {
      return el("ul", {}, problems.map((problem) => {
        const where = casebook.formCheck.where(problem, this.word);
        const link = el("a", { href: "#" + this.screenFor(problem) }, (where ? where + this.word("colon") : "") + problem.message);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          this.visit(problem);
        });
        return el("li", {}, link);
      }));
    }

    screenFor(problem) {
      const container = this.model.container.name;
      const found = this.form.screens.find((screen) =>
        problem.at[0] === container ? (screen.questions || []).indexOf(problem.at[1]) !== -1 : (screen.fields || []).indexOf(problem.at[0]) !== -1
      );
      return found ? found.id : this.form.screens[0].id;
    }

    /** Bring the reader to where a problem can be mended. */
    visit(problem) {
      const target = this.screenFor(problem);
      if (target !== this.screen) {
        this.checked[target] = true;
        this.leave(target);
      }
      const node = this.placeOf(problem);
      if (node) {
        this.focus(node.id.replace(/-error$/, ""));
      }
    }

    focus(id) {
      const node = document.getElementById(id);
      if (!node) {
        return;
      }
      for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        fold.open = true;
      }
      const control = node.matches("input,textarea,select,button,a,[tabindex]") && node.tagName !== "FIELDSET" ? node : node.querySelector("input,textarea,select,summary") || node;
      control.focus();
      control.scrollIntoView({ block: "center" });
    }

    // -- shape -------------------------------------------------------------

    /** Draw the card with the focus anew, keeping what was unfolded, and go on at `id`. */
    redraw(id) {
      const card = document.activeElement && document.activeElement.closest("[data-card]");
      const unfolded = Array.from(this.step.querySelectorAll("details[open]")).map((node) => this.keyOf(node));
      if (card && this.form.questions.some((question) => question.name === card.dataset.card)) {
        card.replaceWith(this.question(card.dataset.card));
      } else {
        this.drawStep();
      }
      this.step.querySelectorAll("details").forEach((node) => {
        if (unfolded.indexOf(this.keyOf(node)) !== -1) {
          node.open = true;
        }
      });
      if (this.checked[this.screen]) {
        this.mark(this.problemsOf(this.form.screens.find((each) => each.id === this.screen)));
      }
      const node = document.getElementById(id);
      if (node) {
        node.focus({ preventScroll: true });
        node.scrollIntoView({ block: "nearest" });
      }
    }

    keyOf(details) {
      const row = details.closest("[data-row]");
      const card = details.closest("[data-card]");
      return [card && card.dataset.card, row && row.dataset.row, details.dataset.key].join("|");
    }

    moved(id, by, say) {
      this.redraw("");
      const wanted = document.getElementById(id + (by < 0 ? "-move_up" : "-move_down"));
      const other = document.getElementById(id + (by < 0 ? "-move_down" : "-move_up"));
      const node = wanted && !wanted.disabled ? wanted : other;
      if (node) {
        node.focus();
      }
      casebook.announce(say);
    }

    /** Something went away; for a while it can be had back. */
    removed(say, before, id) {
      this.changed();
      this.redraw(id);
      if (document.activeElement === document.body) {
        this.step.querySelector("h2").focus({ preventScroll: true });
      }
      this.offerUndo(say, () => this.restore(before));
    }

    restore(before) {
      this.draft.value = before;
      this.changed();
      this.drawProgress();
      this.drawStep();
      casebook.announce(this.word("undone"));
    }

    /** A message with a way back. It stays until used, closed, or followed by another. */
    offerUndo(say, act) {
      document.querySelectorAll(".toast").forEach((old) => old.remove());
      const toast = el("div", { class: "toast", role: "region", "aria-label": this.word("undo") }, [el("span", {}, say + " ")]);
      const undo = el("button", { type: "button", "data-undo": true }, this.word("undo"));
      const close = el("button", { type: "button", "aria-label": this.word("close") }, "×");
      undo.addEventListener("click", () => {
        toast.remove();
        act();
      });
      close.addEventListener("click", () => toast.remove());
      toast.appendChild(undo);
      toast.appendChild(close);
      document.body.appendChild(toast);
      casebook.announce(say);
    }
  }

  function begin(root) {
    const params = new URLSearchParams(window.location.search);
    const draft = params.get("draft") && drafts.get(params.get("draft"));
    const id = params.get("case") || (draft && draft.case) || "";
    const wanted = casebook.isId(id) ? casebook.need("../yaml/" + id).catch(() => null) : Promise.resolve(null);
    Promise.all([casebook.need("form"), wanted]).then(
      ([data, text]) => {
        const form = new Form(root, data);
        form.start(params, text ? { id: id, text: text } : null);
        if (id && !text) {
          casebook.toast(form.word("case_unknown", { id: id }));
        }
        casebook.ready();
      },
      () => {
        casebook.fill(root, el("p", { class: "errors" }, casebook.word("failed")));
        casebook.ready();
      }
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-form]");
    if (root) {
      begin(root);
    }
  });
})();
