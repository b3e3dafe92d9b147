/**
 * The checks of `casebook check`, on a case as plain data: the same codes, places and words.
 * What the schemas say comes from the form's description; tests/test_form_check.py holds both sides together.
 *
 * Plain data: texts as written, lists, mappings, and `null` where nothing is written.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
  const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
  const ADDRESS = /^https?:\/\/[^\s<>"'`\\]+$/;
  const HAN = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/gu;
  const WORD = /[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*/g;
  const MARKUP = /<\s*\/?\s*[a-zA-Z!?][^<>]{0,40}>?|javascript\s*:|&#?[a-zA-Z0-9]{2,8};/i;
  const UNSEEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
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

  /** How many Chinese characters and Latin words a fragment has. */
  function measure(text) {
    return { han: (text.match(HAN) || []).length, words: (text.match(WORD) || []).length };
  }

  function dayOf(text) {
    const match = DATE.exec(text);
    if (!match || match[1] === "0000") {
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
      slot.row.cells.push({ item: item, text: text, at: at || slot.at });
    }

    parts(fields, value, slot) {
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
          this.note("unknown-key", slot.path, slot.at.concat(name), { key: name });
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

    identifier(item, value, slot) {
      this.scalar(item, value, slot);
    }

    term(item, value, slot) {
      this.scalar(item, value, slot);
    }

    url(item, value, slot) {
      this.scalar(item, value, slot, (text) => ADDRESS.test(text) || this.refuse("bad-address", slot));
    }

    number(item, value, slot) {
      this.scalar(item, value, slot, (text) => NUMBER.test(text) || this.refuse("bad-number", slot, { value: text }));
    }

    fragment(item, value, slot) {
      this.scalar(item, value, slot, (text) => {
        const counts = measure(text);
        const over = Object.keys(item.most || {}).find((unit) => counts[unit] > item.most[unit]);
        return !over || this.refuse("quote-too-long", slot, { count: counts[over], limit: item.most[over] });
      });
    }

    date(item, value, slot) {
      this.scalar(item, value, slot, (text) => {
        const day = dayOf(text);
        if (!day) {
          return this.refuse("bad-date", slot, { value: text });
        }
        return !(item.past && day > new Date()) || this.refuse("future-date", slot, { value: text });
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
          this.put(slot, item, text.trim(), at);
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

    records(item, value, slot) {
      if (!this.expect("list", value, item, slot)) {
        return;
      }
      if (!value.length) {
        this.note("empty-list", slot.path, slot.at);
      }
      value.forEach((entry, index) => {
        const inner = Object.assign({}, slot, { path: slot.path.concat(index + 1), at: slot.at.concat(index) });
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
        const inner = Object.assign({}, slot, { path: slot.path.concat(key), at: slot.at.concat(key) });
        inner.row = this.row(item.table, inner);
        this[keyField.kind](keyField, key, inner);
        this[valueField.kind](valueField, value[key], inner);
      });
    }

    terms(item, value, slot) {
      if (!this.expect("list", value, item, slot)) {
        return;
      }
      const vocabulary = slot.question && item.vocabulary && !has(this.form.vocabularies, item.vocabulary)
        ? slot.question.vocabulary
        : item.vocabulary;
      const limit = item.constraints && item.constraints.maxLength;
      if (limit && value.length > limit) {
        this.note("too-many", slot.path, slot.at, { count: value.length, limit: limit });
      }
      if (!value.length) {
        this.note("empty-list", slot.path, slot.at);
      }
      value.forEach((entry, index) => {
        const path = slot.path.concat(index + 1);
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
        const path = entries.length > 1 ? slot.path.concat(index + 1) : slot.path;
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
      if (typeof value === "string" || value === null) {
        if (written.indexOf(value) === -1) {
          this.note("not-an-answer", slot.path, slot.at, { value: Array.from(value || "").slice(0, 40).join("") });
        }
      } else if (Array.isArray(value) && value.length) {
        value.forEach((entry, index) => this.answer(question, entry, index, slot));
      } else {
        this.note("not-an-answer", slot.path, slot.at, { value: "" });
      }
    }

    answer(question, entry, index, slot) {
      const inner = Object.assign({}, slot, { path: slot.path.concat(index + 1), at: slot.at.concat(index) });
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
      this.parts(this.form.answer.filter((part) => allows(part, question.kind)), entry, inner);
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
        const note = function (code, name) {
          const details = { value: Array.from(cell.text).slice(0, 60).join(""), limit: limits[name], count: length(cell.text) };
          run.note(code, row.path, cell.at, details);
        };
        if (item.kind === "number") {
          if (limits.minimum !== undefined && Number(cell.text) < limits.minimum) {
            note("out-of-range", "minimum");
          }
          if (limits.maximum !== undefined && Number(cell.text) > limits.maximum) {
            note("out-of-range", "maximum");
          }
          return;
        }
        if (limits.maxLength && length(cell.text) > limits.maxLength) {
          note("too-long", "maxLength");
        }
        if (limits.pattern && !new RegExp("^(?:" + limits.pattern + ")$").test(cell.text)) {
          note("bad-form", "pattern");
        }
        if (item.kind === "term" && !term(run.form, item.vocabulary, cell.text)) {
          run.unknown(item.vocabulary, cell.text, row.path, cell.at);
        }
      });
    });
  }

  function keyOf(run, row) {
    const field = run.form.tables[row.table][0];
    const cell = row.cells.find((each) => each.item === field);
    return { text: cell ? cell.text : "", at: cell ? cell.at : row.at };
  }

  function repeated(run) {
    const seen = {};
    run.rows.forEach((row) => {
      if (!row.table) {
        return;
      }
      const key = keyOf(run, row);
      const whole = row.table + "\n" + key.text;
      if (seen[whole]) {
        run.note("repeated-id", row.path, key.at, { value: key.text });
      }
      seen[whole] = true;
    });
    const serials = {};
    run.claims.forEach((answer) => {
      const wrong = answer.serial !== "" && !NUMBER.test(answer.serial);
      if (wrong) {
        run.note("wrong-type", answer.row.path, answer.row.at, { value: answer.serial, type: "number" });
      }
      const whole = answer.question.name + "\n" + (wrong || answer.serial === "" ? "" : Number(answer.serial));
      if (serials[whole]) {
        run.note("repeated-id", answer.row.path, answer.row.at, { value: answer.serial });
      }
      serials[whole] = true;
    });
  }

  function quotes(run) {
    const target = byRole(run.form.answer, "citation").to;
    const rows = run.rows.filter((row) => row.table === target);
    const ids = rows.map((row) => keyOf(run, row).text);
    run.citations.forEach((citation) => {
      if (ids.indexOf(citation.id) === -1) {
        run.note("unknown-reference", citation.path, citation.at, { value: citation.id });
      }
    });
    rows.forEach((row, index) => {
      if (!run.citations.some((citation) => citation.id === ids[index])) {
        run.note("quote-unused", row.path, row.at, { id: ids[index] });
      }
    });
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
          run.note("amount-incomplete", answer.row.path, at, { field: part.label, key: part.name });
        }
      });
      const high = cellOf(upper);
      if (high && Number(high.text) <= Number(low.text)) {
        run.note("range-reversed", answer.row.path, high.at, { low: low.text, high: high.text });
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
        run.note("conflict-alone", each.answer.row.path, each.cell.at, { label: each.cell.text });
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
        const markup = MARKUP.exec(cell.text);
        if (markup) {
          run.note("markup-in-text", row.path, cell.at, { value: markup[0] });
        }
        const unseen = UNSEEN.exec(cell.text);
        if (unseen) {
          const code = unseen[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
          run.note("unsafe-character", row.path, cell.at, { value: "U+" + code });
        }
      });
    });
  }

  function fill(template, details) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => (has(details, name) ? String(details[name]) : whole));
  }

  /** Give a problem its words and its weight. */
  function worded(form, problem, draft) {
    const words = form.messages[problem.code] || { text: problem.code, hints: [] };
    const mild = words.severity === "warning" || (draft && words.draft === "warning");
    const known = (name) => problem.details[name] !== undefined && problem.details[name] !== null;
    const hint = words.hints.find((each) => each.needs.every(known));
    return Object.assign({}, problem, {
      severity: mild ? "warning" : "error",
      message: fill(words.text, problem.details),
      hint: hint ? fill(hint.text, problem.details) : "",
    });
  }

  casebook.formCheck = {
    byRole: byRole,
    term: term,
    allows: allows,
    measure: measure,

    /** Every problem of a case: {code, severity, path, at, message, hint}. */
    check: function (form, plain) {
      const run = new Run(form);
      const header = run.row("", { path: [], at: [] });
      run.parts(form.case, plain, { path: [], at: [], row: header });
      [constraints, repeated, quotes, claims, amounts, conflicts, safety].forEach((rule) => rule(run));
      completeness(run, plain, header);
      const item = byRole(form.case, "state");
      const cell = header.cells.find((each) => each.item === item);
      const state = cell && term(form, item.vocabulary, cell.text);
      return run.problems.map((problem) => worded(form, problem, Boolean(state && state.draft)));
    },
  };
})();
