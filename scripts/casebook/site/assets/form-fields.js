/**
 * What one fills in: a piece of page for each kind of field. Typing changes the value in place;
 * whatever changes the shape of the page asks for the piece to be drawn anew.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;

  /** More terms than this get a field to search in. */
  const MANY = 9;
  /** Texts that may be longer get several lines. */
  const LONG = 150;
  /** How many who-says-so are offered again. */
  const MOST_SPEAKERS = 4;

  /** The id of the control at a place of the case. */
  function idOf(at) {
    return "f-" + at.join(".");
  }

  /**
   * Makes fields of one form.
   *
   * `owner` has: form, model, value (the form's), word(key, values), changed() after typing,
   * redraw(focusId) after the shape changed, removed(text, undo).
   */
  class Fields {
    constructor(owner) {
      this.owner = owner;
      this.form = owner.form;
      this.model = owner.model;
      this.word = owner.word;
      this.quotes = new casebook.formQuotes(this, idOf);
    }

    get languages() {
      const rest = Object.keys(this.form.languages).filter((lang) => lang !== this.form.lang);
      return [this.form.lang].concat(rest);
    }

    // -- frames --

    /** A label, what helps, the control, and a place for what is wrong. */
    frame(at, label, help, control, more) {
      const id = idOf(at);
      const parts = [];
      const options = more || {};
      control.id = control.id || id;
      const describedBy = [];
      const head = el("label", { for: control.id }, label);
      if (options.optional) {
        head.appendChild(el("span", { class: "muted small" }, " " + this.word("optional")));
      }
      parts.push(head);
      if (help) {
        parts.push(el("p", { class: "field__hint", id: id + "-help" }, help));
        describedBy.push(id + "-help");
      }
      parts.push(control);
      if (options.counter) {
        parts.push(options.counter);
      }
      parts.push(el("p", { class: "field__error", id: id + "-error", "data-error": at.join("."), hidden: true }));
      describedBy.push(id + "-error");
      control.setAttribute("aria-describedby", describedBy.join(" "));
      return el("div", { class: "field" + (options.wide ? " field--wide" : ""), "data-at": at.join(".") }, parts);
    }

    /** A group of controls under one heading. */
    group(at, label, help, children, more) {
      const id = idOf(at);
      const head = el("legend", { class: "field__label" }, label);
      if (more && more.optional) {
        head.appendChild(el("span", { class: "muted small" }, " " + this.word("optional")));
      }
      const parts = [head];
      if (help) {
        parts.push(el("p", { class: "field__hint", id: id + "-help" }, help));
      }
      const error = el("p", { class: "field__error", id: id + "-error", "data-error": at.join("."), hidden: true });
      const node = el(
        "fieldset",
        { class: "field field--wide", "data-at": at.join("."), id: id, tabindex: "-1", "aria-describedby": id + "-error" },
        parts.concat(children, error)
      );
      return node;
    }

    fold(label, children, open) {
      return el("details", { class: "fold field--wide", open: open, "data-key": label }, [el("summary", {}, label)].concat(children));
    }

    /** A field of one line, or of several, bound to holder[key]. */
    input(holder, key, options) {
      const node = el(options.long ? "textarea" : "input", {
        rows: options.long ? 2 : null,
        type: options.long ? null : "text",
        inputmode: options.inputmode,
        lang: options.lang,
        placeholder: options.placeholder,
        autocomplete: "off",
        spellcheck: "false",
      });
      node.value = holder[key] === undefined ? "" : holder[key];
      node.addEventListener("input", () => {
        holder[key] = node.value;
        this.owner.changed();
      });
      return node;
    }

    // -- kinds --

    /**
     * The fields of a record: {main, folded} so that what is rarely needed can be put away.
     * `context` has the question and the row where an answer is being filled in.
     */
    record(fields, holder, at, context) {
      const main = [];
      const folded = [];
      fields.forEach((item) => {
        const made = this.field(item, holder, item.inline ? at : at.concat(item.name), context || {});
        main.push(...made.main);
        folded.push(...made.folded);
      });
      return { main: main, folded: folded };
    }

    field(item, holder, at, context) {
      const out = { main: [], folded: [] };
      const way = {
        text: this.words, name: this.words, term: this.term, terms: this.terms, object: this.object,
        records: null, answers: null,
      }[item.kind];
      if (item.role === "serial" || (item.kind === "identifier" && item !== this.form.case[0] && item.role !== "conflict")) {
        return out; // Given by the form itself.
      }
      if (item.role === "conflict") {
        return this.conflict(item, holder, at, context);
      }
      if (item.kind === "refs" || item.kind === "entries") {
        return item.kind === "refs" ? this.quotes.of(item, holder, at) : this.quotes.listed(item, holder, at);
      }
      if (way === null) {
        return out;
      }
      if (way) {
        return way.call(this, item, holder, at, context);
      }
      const mode = { number: "decimal", url: "url" }[item.kind];
      const sample = { date: this.word("sample") + "2024-01-22", url: "https://" }[item.kind];
      const limit = item.constraints && item.constraints.maxLength;
      const long = item.kind === "line" && limit > LONG;
      const control = this.input(holder, item.name, { inputmode: mode, placeholder: sample, long: long });
      out.main.push(this.frame(at, item.label, item.help, control, { wide: long, optional: !item.required && !context.question }));
      return out;
    }

    /** A text in each language: the page's in view, the other put away. */
    words(item, holder, at, context) {
      const out = { main: [], folded: [] };
      const target = item.inline ? holder : (holder[item.name] = holder[item.name] || {});
      const limit = item.constraints && item.constraints.maxLength;
      const away = item.role === "note" || (item.role === "speaker" && !this.needed(item, holder) && !target[this.form.lang]);
      this.languages.forEach((lang, index) => {
        const label = index ? item.label + " · " + this.form.languages[lang] : item.label;
        const control = this.input(target, lang, { long: limit > LONG, lang: lang });
        const sample = typeof item.sample === "string" && item.sample && !index ? this.word("sample") + item.sample : "";
        const help = index ? "" : [item.help, sample].filter(Boolean).join(" ");
        const optional = !index && !item.required && !this.needed(item, holder) && !context.question;
        const node = this.frame(at.concat(lang), label, help, control, { wide: true, optional: optional });
        (index || away ? out.folded : out.main).push(node);
      });
      if (item.kind === "name") {
        out.main.push(this.flag(item, target, at.concat("unconfirmed")));
      }
      return out;
    }

    flag(item, target, at) {
      const box = el("input", { type: "checkbox", id: idOf(at) });
      box.checked = target.unconfirmed === "true";
      box.addEventListener("change", () => {
        target.unconfirmed = box.checked ? "true" : "";
        this.owner.changed();
      });
      return el("label", { class: "check" }, [box, el("span", {}, this.word("unconfirmed", { name: item.label }))]);
    }

    /** Whether the kind of claim asks for a part in this role. */
    needed(item, holder) {
      const says = casebook.formTerms.byRole(this.form.answer, "says");
      const kind = casebook.formTerms.term(this.form, says.vocabulary, holder[says.name]);
      return Boolean(kind && (kind.needs || []).indexOf(item.role) !== -1);
    }

    object(item, holder, at) {
      const target = (holder[item.name] = holder[item.name] || {});
      const made = this.record(item.fields, target, at);
      const children = [el("div", { class: "fields" }, made.main)];
      if (made.folded.length) {
        children.push(this.fold(this.word("other_language"), made.folded));
      }
      return { main: [this.group(at, item.label, item.help, children)], folded: [] };
    }

    term(item, holder, at, context) {
      if (context.question && context.question.implied[item.name]) {
        return { main: [], folded: [] }; // The question says it.
      }
      const terms = this.form.vocabularies[item.vocabulary].terms;
      const redraw = item.role === "says";
      const optional = !item.required;
      if (context.question && !redraw) {
        return { main: [this.select(item, terms, holder, at, context)], folded: [] };
      }
      return { main: [this.picker(item, terms, holder, at, { one: true, redraw: redraw, optional: optional })], folded: [] };
    }

    select(item, terms, holder, at, context) {
      const given = [el("option", { value: "" }, this.word("choose_none"))];
      terms.forEach((term) => given.push(el("option", { value: term.id }, term.label)));
      const control = el("select", {}, given);
      control.value = holder[item.name] || "";
      control.addEventListener("change", () => {
        holder[item.name] = control.value;
        this.owner.changed();
      });
      return this.frame(at, item.label, item.help, control, { optional: !item.required && !context.question });
    }

    terms(item, holder, at, context) {
      const named = this.form.vocabularies[item.vocabulary];
      const vocabulary = named || this.form.vocabularies[context.question.vocabulary];
      return { main: [this.picker(item, vocabulary.terms, holder, at, { optional: !item.required })], folded: [] };
    }

    /** Terms to choose from, with what they mean; a long list is put away and can be searched. */
    picker(item, terms, holder, at, options) {
      const id = idOf(at);
      const chosen = () => [].concat(holder[item.name] || []);
      const list = el("div", { class: "picker__list" });
      const summary = el("summary", {});
      const say = () => {
        const labels = chosen().map((each) => (terms.find((term) => term.id === each) || { label: each }).label);
        casebook.fill(summary, labels.length ? labels.join(this.word("list")) : this.word("choose"));
      };
      terms.forEach((term) => {
        const box = el("input", { type: options.one ? "radio" : "checkbox", name: id, value: term.id });
        box.checked = chosen().indexOf(term.id) !== -1;
        box.addEventListener("change", () => {
          if (options.one) {
            holder[item.name] = term.id;
          } else {
            const rest = chosen().filter((each) => each !== term.id);
            holder[item.name] = box.checked ? rest.concat(term.id) : rest;
          }
          say();
          this.owner.changed();
          if (options.redraw) {
            this.owner.redraw(box.id);
          }
        });
        box.id = id + "-" + term.id;
        const words = [term.label].concat(term.definition ? el("small", {}, term.definition) : []);
        const row = el("label", { class: "choice" }, [box, el("span", {}, words)]);
        row.dataset.words = [term.id, term.label, term.definition || ""].concat(term.synonyms || []).join(" ").toLowerCase();
        list.appendChild(row);
      });
      const children = [list];
      const few = terms.length < MANY;
      if (!few) {
        children.unshift(this.search(id, list));
      }
      say();
      const inner = few && !item.start ? children : [el("details", { class: "picker fold", "data-key": id }, [summary].concat(children))];
      return this.group(at, item.label, item.help, inner, { optional: options.optional });
    }

    search(id, list) {
      const field = el("input", { type: "search", id: id + "-search", "aria-label": this.word("search_terms"), placeholder: this.word("search_terms"), autocomplete: "off" });
      const none = el("p", { class: "small", hidden: true }, this.word("search_none"));
      field.addEventListener("input", () => {
        const wanted = field.value.trim().toLowerCase().split(/\s+/);
        let shown = 0;
        Array.from(list.children).forEach((row) => {
          const fits = wanted.every((word) => row.dataset.words.indexOf(word) !== -1);
          row.hidden = !fits;
          shown += fits ? 1 : 0;
        });
        none.hidden = shown > 0;
        casebook.announce(this.word("search_found", { n: shown }));
      });
      return el("div", {}, [field, none]);
    }

    conflict(item, holder, at, context) {
      const rows = context.rows || [];
      if (rows.length < 2 && !holder[item.name]) {
        return { main: [], folded: [] };
      }
      const box = el("input", { type: "checkbox", id: idOf(at) });
      box.checked = Boolean(holder[item.name]);
      box.addEventListener("change", () => {
        const other = rows.find((row) => row !== holder && row[item.name]);
        holder[item.name] = box.checked ? (other ? other[item.name] : "versions") : "";
        this.owner.changed();
      });
      const label = el("label", { class: "check" }, [box, el("span", {}, this.word("conflict"))]);
      const error = el("p", { class: "field__error", id: idOf(at) + "-error", "data-error": at.join("."), hidden: true });
      return { main: [el("div", { class: "field field--wide", "data-at": at.join(".") }, [el("div", {}, label), error])], folded: [] };
    }

    // -- lists --

    button(key, press, style, values) {
      const node = el("button", { type: "button", class: "btn " + (style || "btn--small") }, this.word(key, values));
      node.addEventListener("click", press);
      return node;
    }

    /** The head of an entry: its number, up, down, away. `atOf(n)` is the place of the n-th entry. */
    rowTop(label, list, index, atOf, alsoRemove) {
      const id = idOf(atOf(index));
      const move = (by) => () => {
        const [entry] = list.splice(index, 1);
        list.splice(index + by, 0, entry);
        this.owner.changed();
        this.owner.moved(idOf(atOf(index + by)), by, this.word("moved", { name: label, n: index + by + 1 }));
      };
      const tools = [];
      const tool = (key, sign, press, off) => {
        const button = el("button", { type: "button", class: "btn btn--small", "aria-label": this.word(key, { name: label }), disabled: off, id: id + "-" + key }, sign);
        button.addEventListener("click", press);
        tools.push(button);
      };
      if (list.length > 1) {
        tool("move_up", "↑", move(-1), index === 0);
        tool("move_down", "↓", move(1), index === list.length - 1);
      }
      tool("remove", "×", () => {
        const before = casebook.formModel.copy(this.owner.value);
        list.splice(index, 1);
        if (alsoRemove) {
          alsoRemove();
        }
        this.owner.removed(this.word("removed", { name: label }), before, id);
      });
      return el("div", { class: "rows__top" }, [el("b", {}, label), el("span", { class: "rows__tools" }, tools)]);
    }

    /** Who has said something in this case so far: [{says, by}], each once, the latest first. */
    speakers() {
      const [says, by] = ["says", "speaker"].map((role) => casebook.formTerms.byRole(this.form.answer, role));
      const found = {};
      this.form.questions.forEach((question) => {
        this.model.answer(this.owner.value, question.name).rows.forEach((row) => {
          const words = row[by.name] || {};
          const kind = casebook.formTerms.term(this.form, says.vocabulary, row[says.name]);
          const spoken = words[this.form.lang];
          if (kind && (spoken || (kind.needs || []).indexOf("speaker") === -1)) {
            const label = spoken ? kind.label + this.word("colon") + spoken : kind.label;
            found[label] = { label: label, says: row[says.name], by: words };
          }
        });
      });
      return Object.keys(found).map((label) => found[label]).reverse().slice(0, MOST_SPEAKERS);
    }

    /** One tap for what was said by the same person as before. */
    sameAgain(row, at) {
      const [says, by] = ["says", "speaker"].map((role) => casebook.formTerms.byRole(this.form.answer, role));
      const speakers = row[says.name] ? [] : this.speakers();
      return speakers.map((each) => {
        const node = el("button", { type: "button", class: "chip" }, this.word("same_again", { name: each.label }));
        node.addEventListener("click", () => {
          row[says.name] = each.says;
          row[by.name] = casebook.formModel.copy(each.by);
          this.owner.changed();
          this.owner.redraw(idOf(at.concat(says.name)));
        });
        return node;
      });
    }
  }

  casebook.formFields = { Fields: Fields, idOf: idOf };
})();
