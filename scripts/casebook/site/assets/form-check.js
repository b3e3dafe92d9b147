/**
 * The checks of `casebook check`, on a case as plain data: the same codes, places and words.
 * What the schemas say comes from the form's description; tests/test_form_check.py holds both sides together.
 *
 * Plain data: texts as written, lists, mappings, and `null` where nothing is written.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/;
  const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
  const ADDRESS = /^https?:\/\/[^\s<>"'`\\/@]+(?:[/?#][^\s<>"'`\\]*)?$/;
  const SCHEME = /^\s*(javascript|data|vbscript|file|blob)\s*:/i;
  const HAN = /[\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/gu;
  const WORD = /[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[\uac00-\ud7a3]+/g;
  const MARKUP = /<\s*\/?\s*[a-zA-Z!?][^<>\n]{0,40}>?|(?:javascript|vbscript)\s*:|\bdata\s*:\s*[a-z]+\/[a-z]|&#?[a-zA-Z0-9]{2,8};/gi;
  const UNSEEN =
    /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;
  const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|index)$/i;
  const CLIMBING = /[/\\]|\.\./;
  const WIDE = { "\u3000": " ", "。": ".", "、": ",", "—": "-", "–": "-", "−": "-", "“": "", "”": "", "‘": "", "’": "" };
  const FIRST_YEAR = 1700;
  /** The readers' time zone is eight hours ahead. */
  const AHEAD = 8 * 3600 * 1000;
  const QUOTED = 60;
  const MOST_KNOWN = 24;

  function length(text) {
    return Array.from(text).length;
  }

  function isMapping(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function has(mapping, key) {
    return Object.prototype.hasOwnProperty.call(mapping, key);
  }

  function allows(part, kind) {
    return !part.for || part.for.indexOf(kind) !== -1;
  }

  function byRole(fields, role) {
    for (const item of fields) {
      const found = item.role === role ? item : byRole(item.fields || [], role);
      if (found) {
        return found;
      }
    }
    return null;
  }

  function term(form, vocabulary, id) {
    const found = form.vocabularies[vocabulary];
    return (found && found.terms.find((each) => each.id === id)) || null;
  }

  /** The text with full-width signs made half-width, and without Chinese quotation marks. */
  function halfWidth(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[\u3000。、—–−“”‘’]/g, (sign) => WIDE[sign])
      .trim();
  }

  /** How many Chinese characters and Latin words a fragment has. */
  function measure(text) {
    return { han: (text.match(HAN) || []).length, words: (text.match(WORD) || []).length };
  }

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

  // -- rules: what one table, one key, or several fields together can get wrong --

  function constraints(run) {
    run.rows.forEach((row) => {
      row.cells.forEach((cell) => {
        const item = cell.item;
        const limits = item.constraints || {};
        if (cell.text === "") {
          return;
        }
        const note = (code, limit) => run.note(code, cell.path, cell.at, { value: cell.text, limit: limit, count: length(cell.text) });
        if (item.kind === "number") {
          if (item.whole && !/^-?[0-9]+$/.test(cell.text)) {
            run.note("wrong-type", cell.path, cell.at, { value: cell.text });
          } else if (limits.minimum !== undefined && Number(cell.text) < limits.minimum) {
            note("out-of-range", limits.minimum);
          } else if (limits.maximum !== undefined && Number(cell.text) > limits.maximum) {
            note("out-of-range", limits.maximum);
          }
          return;
        }
        if (item.kind === "term") {
          if (!term(run.form, item.vocabulary, cell.text)) {
            run.unknown(item.vocabulary, cell.text, cell.path, cell.at);
          }
          return;
        }
        const most = limits.maxLength || run.form.limits.text;
        if (length(cell.text) > most) {
          note("too-long", most);
        }
        if (limits.pattern && !new RegExp("^(?:" + limits.pattern + ")$").test(cell.text)) {
          note("bad-form", limits.pattern);
        }
      });
    });
  }

  function keyOf(run, row) {
    const field = run.form.tables[row.table][0];
    return row.cells.find((each) => each.item === field) || { text: "", at: row.at, path: row.path };
  }

  function repeated(run) {
    const seen = {};
    run.rows.filter((row) => row.table).forEach((row) => {
      const key = keyOf(run, row);
      const whole = row.table + "\n" + key.text;
      if (seen[whole]) {
        run.note("repeated-id", key.path, key.at, { value: key.text });
      }
      seen[whole] = true;
    });
    const serials = {};
    const serial = byRole(run.form.answer, "serial");
    run.claims.filter((answer) => answer.row.cells.length).forEach((answer) => {
      const whole = /^-?[0-9]+$/.test(answer.serial) ? Number(answer.serial) : "";
      const place = answer.row.cells.find((each) => each.item === serial) || answer.row;
      const key = answer.question.name + "\n" + whole;
      if (serials[key]) {
        run.note("repeated-id", place.path, place.at, { value: answer.serial });
      }
      serials[key] = true;
    });
  }

  function quotes(run) {
    const target = byRole(run.form.answer, "citation").to;
    const rows = run.rows.filter((row) => row.table === target);
    const ids = rows.map((row) => keyOf(run, row).text);
    run.citations.filter((citation) => ids.indexOf(citation.id) === -1).forEach((citation) => {
      run.note("unknown-reference", citation.path, citation.at, { value: citation.id });
    });
    const isUnused = (row) => !run.citations.some((citation) => citation.id === keyOf(run, row).text);
    run.rows.filter((row) => row.table && row.table !== target).forEach((source) => {
      const own = rows.filter((row) => keyOf(run, row.parent).text === keyOf(run, source).text);
      const unused = own.filter(isUnused);
      if (unused.length === own.length) {
        const key = keyOf(run, source);
        run.note("source-unused", key.path, key.at, { id: key.text });
        return;
      }
      unused.forEach((row) => {
        const key = keyOf(run, row);
        run.note("quote-unused", key.path, key.at, { id: key.text });
      });
    });
  }

  function ids(run, header) {
    const cell = header.cells.find((each) => each.item === run.form.case[0]);
    if (cell && RESERVED.test(cell.text)) {
      run.note("reserved-id", cell.path, cell.at, { id: cell.text });
    } else if (cell && CLIMBING.test(cell.text)) {
      run.note("path-in-id", cell.path, cell.at, { id: cell.text });
    }
  }

  function claims(run) {
    const says = byRole(run.form.answer, "says");
    run.claims.forEach((answer) => {
      const cell = answer.row.cells.find((each) => each.item === says);
      const kind = cell && term(run.form, says.vocabulary, cell.text);
      ((kind && kind.needs) || []).forEach((role) => {
        const part = byRole(run.form.answer, role);
        const present = part.kind === "refs"
          ? run.citations.some((each) => each.answer.question === answer.question && each.answer.serial === answer.serial)
          : answer.row.cells.some((each) => each.item === part);
        if (!present) {
          const at = answer.row.at.concat(part.name);
          run.note("claim-incomplete", answer.row.path, at, { says: kind.label, field: part.label, key: part.name });
        }
      });
    });
  }

  function amounts(run) {
    const [value, upper] = ["value", "upper"].map((role) => byRole(run.form.answer, role));
    run.claims.forEach((answer) => {
      const cellOf = (item) => answer.row.cells.find((each) => each.item === item);
      const low = cellOf(value);
      if (!low) {
        return;
      }
      ["unit", "basis"].forEach((role) => {
        const part = byRole(run.form.answer, role);
        if (allows(part, answer.question.kind) && !cellOf(part) && !answer.question.implied[part.name]) {
          const at = answer.row.at.concat(part.name);
          run.note("amount-incomplete", low.path, at, { field: part.label, key: part.name });
        }
      });
      const high = cellOf(upper);
      if (high && Number(high.text) <= Number(low.text)) {
        run.note("range-reversed", high.path, high.at, { low: low.text, high: high.text });
      }
    });
  }

  function conflicts(run) {
    const part = byRole(run.form.answer, "conflict");
    const labelled = run.claims
      .map((answer) => ({ answer: answer, cell: answer.row.cells.find((each) => each.item === part) }))
      .filter((each) => each.cell);
    labelled.forEach((each) => {
      const same = labelled.filter(
        (other) => other.answer.question === each.answer.question && other.cell.text === each.cell.text
      );
      if (same.length === 1) {
        run.note("conflict-alone", each.cell.path, each.cell.at, { label: each.cell.text });
      }
    });
  }

  function completeness(run, plain, header) {
    const container = run.form.case.find((item) => item.kind === "answers");
    if (!has(plain, container.name)) {
      return;
    }
    const item = byRole(run.form.case, "completeness");
    const cell = header.cells.find((each) => each.item === item);
    const kind = cell && term(run.form, item.vocabulary, cell.text);
    run.form.questions.forEach((question) => {
      if (!run.attempted[question.name] && (question.core || !(kind && kind.core_only))) {
        const at = [container.name, question.name];
        run.note("question-missing", [container.label], at, { key: question.name, question: question.label });
      }
    });
  }

  function safety(run) {
    run.rows.forEach((row) => {
      row.cells.forEach((cell) => {
        (cell.text.match(MARKUP) || []).forEach((found) => run.note("markup-in-text", cell.path, cell.at, { value: found }));
        (cell.text.match(UNSEEN) || []).forEach((found) => {
          const code = found.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
          run.note("unsafe-character", cell.path, cell.at, { value: "U+" + code });
        });
        casebook.formPrivate.find(run.form.private, cell.text).forEach((found) => {
          run.note(found.code, cell.path, cell.at, { value: cell.text.slice(found.start, found.end) });
        });
      });
    });
  }

  /** Others' text in a form that a message can hold: short, visible, nothing private. */
  function quoted(form, value) {
    if (typeof value !== "string") {
      return value;
    }
    const masked = casebook.formPrivate.masked(form.private, value.slice(0, 4 * QUOTED));
    const text = masked.replace(/\n/g, "⏎").replace(/\t/g, " ").replace(UNSEEN, "\ufffd");
    return length(text) <= QUOTED || text.indexOf(", ") !== -1 ? text : Array.from(text).slice(0, QUOTED).join("") + "…";
  }

  function fill(template, details) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => (has(details, name) ? String(details[name]) : whole));
  }

  /** Give a problem its words and its weight. */
  function worded(form, problem, draft) {
    const words = form.messages[problem.code] || { text: problem.code, hints: [] };
    const details = {};
    Object.keys(problem.details).forEach((name) => {
      details[name] = quoted(form, problem.details[name]);
    });
    const mild = words.severity === "warning" || (draft && words.draft === "warning");
    const known = (name) => problem.details[name] !== undefined && problem.details[name] !== null;
    const hint = words.hints.find((each) => each.needs.every(known));
    return Object.assign({}, problem, {
      severity: mild ? "warning" : "error",
      message: fill(words.text, details),
      hint: hint ? fill(hint.text, details) : "",
    });
  }

  casebook.formCheck = {
    byRole: byRole,
    term: term,
    allows: allows,
    measure: measure,
    halfWidth: halfWidth,

    /** Whether a text holds something that nobody sees. */
    hides: function (text) {
      return text.search(UNSEEN) !== -1;
    },

    /** Whether nothing can be seen of a text. */
    isBlank: function (text) {
      return !text.replace(UNSEEN, "").trim();
    },

    /** The way to a problem in words: “第 2 个来源的网址”, “Sources 2 › Address”. */
    where: function (problem, word) {
      return problem.path.reduce((words, step) => {
        if (step.key !== undefined) {
          return words + word("path_key", { key: step.key });
        }
        const text = step.number ? word(step.answer ? "path_answer" : "path_nth", { name: step.label, n: step.number }) : step;
        return words ? words + word("path_join") + text : text;
      }, "");
    },

    /** Every problem of a case: {code, severity, path, at, message, hint}. */
    check: function (form, plain) {
      const run = new Run(form);
      const header = run.row("", { path: [], at: [] });
      run.parts(form.case, plain, { path: [], at: [], row: header });
      [constraints, repeated, quotes, claims, amounts, conflicts, safety].forEach((rule) => rule(run));
      completeness(run, plain, header);
      ids(run, header);
      const item = byRole(form.case, "state");
      const cell = header.cells.find((each) => each.item === item);
      const state = cell && term(form, item.vocabulary, cell.text);
      return run.problems.map((problem) => worded(form, problem, Boolean(state && state.draft)));
    },
  };
})();
