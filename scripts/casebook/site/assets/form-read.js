/**
 * Reading a case: each value by its kind, as `casebook check` reads it. What is noted has the same codes and places.
 *
 * Plain data: texts as written, lists, mappings, and `null` where nothing is written.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const { allows, byRole, halfWidth, has, isMapping, measure, term } = casebook.formTerms;
  const NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/;
  const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
  const ADDRESS = /^https?:\/\/[^\s<>"'`\\/@]+(?:[/?#][^\s<>"'`\\]*)?$/;
  const SCHEME = /^\s*(javascript|data|vbscript|file|blob)\s*:/i;
  const FIRST_YEAR = 1700;
  /** The readers' time zone is eight hours ahead. */
  const AHEAD = 8 * 3600 * 1000;
  const MOST_KNOWN = 24;

  function dayOf(text) {
    const match = DATE.exec(text);
    if (!match || Number(match[1]) < FIRST_YEAR) {
      return null;
    }
    const [year, month, day] = [Number(match[1]), Number(match[2] || 1), Number(match[3] || 1)];
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
  }

  /** One run over one case. Rows are what a record says, cell by cell, as the flat tables have it. */
  class Run {
    constructor(form) {
      this.form = form;
      this.problems = [];
      this.rows = [];
      this.claims = [];
      this.citations = [];
      this.attempted = {};
    }

    /** Note a problem. `steps` is the way in words, `at` the way in keys. */
    note(code, steps, at, details) {
      this.problems.push({ code: code, path: steps, at: at, details: details || {} });
    }

    row(table, slot) {
      const row = { table: table, cells: [], path: slot.path, at: slot.at };
      this.rows.push(row);
      return row;
    }

    expect(shape, value, item, slot) {
      if (value === null) {
        this.note("nothing-written", slot.path, slot.at, { field: item.label });
        return false;
      }
      const fits = { scalar: typeof value === "string", list: Array.isArray(value), mapping: isMapping(value) }[shape];
      if (!fits) {
        this.note("expected-" + shape, slot.path, slot.at, { field: item.label });
      }
      return fits;
    }

    put(slot, item, text, at) {
      slot.row.cells.push({ item: item, text: text, at: at || slot.at, path: slot.path });
    }

    parts(fields, value, slot, elsewhere) {
      const inline = fields.find((item) => item.inline);
      const languages = inline ? Object.keys(this.form.languages) : [];
      const named = fields.filter((item) => item !== inline);
      const texts = {};
      Object.keys(value).forEach((name) => {
        const item = named.find((each) => each.name === name);
        if (languages.indexOf(name) !== -1) {
          texts[name] = value[name];
        } else if (item) {
          const inner = Object.assign({}, slot, { path: slot.path.concat(item.label), at: slot.at.concat(name) });
          this[item.kind](item, value[name], inner);
        } else {
          const other = (elsewhere || []).find((each) => each.name === name);
          const at = slot.at.concat(name);
          this.note(other ? "misplaced-key" : "unknown-key", slot.path, at, { key: name, field: other && other.label });
        }
      });
      if (inline) {
        this.texts(inline, texts, Object.assign({}, slot, { path: slot.path.concat(inline.label) }));
      }
      named.forEach((item) => {
        if (item.required && !has(value, item.name)) {
          this.note("missing-key", slot.path, slot.at.concat(item.name), { key: item.name, field: item.label });
        }
      });
    }

    // -- kinds: one method each, by the name that schemas use --

    scalar(item, value, slot, accepts) {
      if (this.expect("scalar", value, item, slot) && (!accepts || accepts(value))) {
        this.put(slot, item, value);
      }
    }

    line(item, value, slot) {
      this.scalar(item, value, slot);
    }

    /** A line that programs read: full-width signs are read as what they mean, and noted. */
    sign(item, value, slot, fits, refuse) {
      if (!this.expect("scalar", value, item, slot)) {
        return;
      }
      const plain = halfWidth(value);
      const meant = plain !== value && !fits(value) && fits(plain) ? plain : value;
      if (meant !== value) {
        this.note("fullwidth", slot.path, slot.at, { value: value, plain: plain });
      }
      if (!refuse || fits(meant) || refuse(meant)) {
        this.put(slot, item, meant);
      }
    }

    identifier(item, value, slot) {
      const pattern = (item.constraints && item.constraints.pattern) || "[!-~]*";
      this.sign(item, value, slot, (text) => new RegExp("^(?:" + pattern + ")$").test(text));
    }

    term(item, value, slot) {
      this.sign(item, value, slot, (text) => Boolean(term(this.form, item.vocabulary, text)));
    }

    url(item, value, slot) {
      this.sign(item, value, slot, (text) => ADDRESS.test(text), (text) => {
        const scheme = SCHEME.exec(text);
        return scheme
          ? this.refuse("unsafe-address", slot, { scheme: scheme[1].toLowerCase() })
          : this.refuse("bad-address", slot, { guess: text.indexOf(".") !== -1 && ADDRESS.test("https://" + text) ? "https://" + text : null });
      });
    }

    number(item, value, slot) {
      this.sign(item, value, slot, (text) => NUMBER.test(text), (text) => this.refuse("bad-number", slot, { value: text }));
    }

    fragment(item, value, slot) {
      this.scalar(item, value, slot, (text) => {
        const counts = measure(text);
        const over = Object.keys(item.most || {}).find((unit) => counts[unit] > item.most[unit]);
        return !over || this.refuse("quote-too-long", slot, { count: counts[over], limit: item.most[over] });
      });
    }

    date(item, value, slot) {
      const fits = (text) => dayOf(text) !== null;
      const past = (text) => !(item.past && dayOf(text).getTime() > Date.now() + AHEAD);
      this.sign(item, value, slot, (text) => fits(text) && past(text), (text) => {
        return fits(text) ? this.refuse("future-date", slot, { value: text }) : this.refuse("bad-date", slot, { value: text });
      });
    }

    refuse(code, slot, details) {
      this.note(code, slot.path, slot.at, details);
      return false;
    }

    text(item, value, slot) {
      this.words(item, value, slot, []);
    }

    name(item, value, slot) {
      this.words(item, value, slot, ["unconfirmed"]);
    }

    words(item, value, slot, flags) {
      if (!this.expect("mapping", value, item, slot)) {
        return;
      }
      const texts = {};
      Object.keys(value).forEach((key) => {
        if (has(this.form.languages, key)) {
          texts[key] = value[key];
        } else if (flags.indexOf(key) === -1) {
          this.note("unknown-key", slot.path, slot.at.concat(key), { key: key });
        } else if (value[key] !== "true") {
          this.note("flag-not-true", slot.path, slot.at.concat(key), { key: key });
        }
      });
      this.texts(item, texts, slot);
    }

    texts(item, texts, slot) {
      Object.keys(this.form.languages).forEach((lang) => {
        const text = has(texts, lang) ? texts[lang] : null;
        const at = slot.at.concat(lang);
        if (text === null || (typeof text === "string" && !text.trim())) {
          this.note("translation-missing", slot.path, at, { language: this.form.languages[lang] });
        } else if (typeof text === "string") {
          const named = Object.assign({}, slot, { path: slot.path.concat(this.form.languages[lang]) });
          this.put(named, item, text.trim(), at);
        } else {
          this.note("expected-scalar", slot.path, at, { field: item.label });
        }
      });
    }

    object(item, value, slot) {
      if (this.expect("mapping", value, item, slot)) {
        this.parts(item.fields, value, slot);
      }
    }

    listed(item, value, slot) {
      if (isMapping(value) && Object.keys(value).length) {
        this.note("dash-missing", slot.path, slot.at, { field: item.label });
        return [value];
      }
      if (!this.expect("list", value, item, slot)) {
        return [];
      }
      const limit = this.form.limits.entries;
      if (!value.length) {
        this.note("empty-list", slot.path, slot.at);
      }
      if (value.length > limit) {
        this.note("too-many", slot.path, slot.at, { count: value.length, limit: limit });
      }
      return value.slice(0, limit);
    }

    records(item, value, slot) {
      this.listed(item, value, slot).forEach((entry, index) => {
        const path = slot.path.slice(0, -1).concat({ label: item.label, number: index + 1 });
        const inner = Object.assign({}, slot, { path: path, at: slot.at.concat(index) });
        if (!isMapping(entry)) {
          this.note("expected-mapping", inner.path, inner.at, { field: item.label });
          return;
        }
        inner.row = this.row(item.table, inner);
        this.parts(this.form.tables[item.table], entry, inner);
      });
    }

    entries(item, value, slot) {
      if (!this.expect("mapping", value, item, slot)) {
        return;
      }
      if (!Object.keys(value).length) {
        this.note("empty-list", slot.path, slot.at);
      }
      const [keyField, valueField] = this.form.tables[item.table];
      Object.keys(value).forEach((key) => {
        const inner = Object.assign({}, slot, { path: slot.path.concat({ key: key }), at: slot.at.concat(key) });
        inner.row = Object.assign(this.row(item.table, inner), { parent: slot.row });
        this[keyField.kind](keyField, key, inner);
        this[valueField.kind](valueField, value[key], inner);
      });
    }

    /** The way to one of several words. */
    nth(item, slot, entries, index) {
      return entries.length > 1 ? slot.path.slice(0, -1).concat({ label: item.label, number: index + 1 }) : slot.path;
    }

    terms(item, value, slot) {
      if (!this.expect("list", value, item, slot)) {
        return;
      }
      const vocabulary = slot.question && item.vocabulary && !has(this.form.vocabularies, item.vocabulary)
        ? slot.question.vocabulary
        : item.vocabulary;
      const limit = (item.constraints && item.constraints.maxLength) || this.form.limits.terms;
      if (value.length > limit) {
        this.note("too-many", slot.path, slot.at, { count: value.length, limit: limit });
      }
      if (!value.length) {
        this.note("empty-list", slot.path, slot.at);
      }
      value.forEach((entry, index) => {
        const path = this.nth(item, slot, value, index);
        const at = slot.at.concat(index);
        if (typeof entry !== "string") {
          this.note("expected-scalar", path, at, { field: item.label });
        } else if (value.indexOf(entry) < index) {
          this.note("listed-twice", path, at, { value: entry });
        } else if (!term(this.form, vocabulary, entry)) {
          this.unknown(vocabulary, entry, path, at);
        }
      });
    }

    unknown(vocabulary, value, path, at) {
      const known = this.form.vocabularies[vocabulary];
      const ids = known ? known.terms.map((each) => each.id) : [];
      this.note("unknown-term", path, at, {
        value: value,
        vocabulary: known ? known.label : vocabulary,
        known: ids.slice(0, MOST_KNOWN).join(", ") + (ids.length > MOST_KNOWN ? " …" : ""),
      });
    }

    refs(item, value, slot) {
      const entries = Array.isArray(value) ? value : [value];
      entries.forEach((entry, index) => {
        const path = this.nth(item, slot, entries, index);
        if (typeof entry === "string" || entry === null) {
          this.citations.push({ answer: slot.answer, id: entry || "", path: path, at: slot.at });
        } else {
          this.note("expected-scalar", path, slot.at, { field: item.label });
        }
      });
    }

    answers(item, value, slot) {
      if (!this.expect("mapping", value, item, slot)) {
        return;
      }
      Object.keys(value).forEach((name) => {
        const question = this.form.questions.find((each) => each.name === name);
        const at = slot.at.concat(name);
        if (!question) {
          this.note("unknown-question", slot.path, at, { key: name });
          return;
        }
        this.attempted[name] = true;
        this.question(question, value[name], { path: [question.label], at: at, question: question });
      });
    }

    question(question, value, slot) {
      const written = Object.keys(this.form.written).map((state) => this.form.written[state]);
      if (typeof value === "string") {
        if (written.indexOf(value) === -1) {
          this.note("not-an-answer", slot.path, slot.at, { value: value });
        }
        return;
      }
      this.listed(question, value, slot).forEach((entry, index) => this.answer(question, entry, index, slot));
    }

    answer(question, entry, index, slot) {
      const path = [{ label: question.label, number: index + 1, answer: true }];
      const inner = Object.assign({}, slot, { path: path, at: slot.at.concat(index) });
      if (!isMapping(entry)) {
        this.note("expected-mapping", inner.path, inner.at, { field: question.label });
        return;
      }
      inner.row = this.row("", inner);
      const serial = byRole(this.form.answer, "serial").name;
      const numbered = typeof entry[serial] === "string";
      inner.answer = {
        question: question,
        serial: numbered ? entry[serial] : String(index + 1),
        row: inner.row,
        cited: false,
      };
      this.claims.push(inner.answer);
      const allowed = this.form.answer.filter((part) => allows(part, question.kind));
      this.parts(allowed, entry, inner, this.form.answer.filter((part) => !allows(part, question.kind)));
    }
  }

  casebook.formRead = Run;
})();
