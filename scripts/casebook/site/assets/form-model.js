/**
 * What is being filled in, and how it becomes a case: blanks fall away, ids are given,
 * claims that were published keep their numbers.
 *
 * The form's value has the shape of a case, with these differences: an answered question is
 * {state, rows}, so that a change of mind loses nothing; quotes are a list of {id, fragment};
 * `$was` says at which position an entry stood in the text it was read from.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const byRole = casebook.formTerms.byRole;

  /** Kinds that programs read. */
  const SIGNS = ["number", "date", "url", "identifier"];

  /** Lines of every system are one kind of line; what no YAML may hold goes. */
  function clean(text) {
    const kept = String(text)
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu, "")
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n")
      .trim();
    return casebook.formTerms.isBlank(kept) ? "" : kept;
  }

  function isEmpty(value) {
    return value === undefined || value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);
  }

  function today() {
    return new Date().toISOString().slice(0, 10);
  }

  /** A copy to work on. */
  function copy(value) {
    return JSON.parse(JSON.stringify(value));
  }

  class Model {
    constructor(form) {
      this.form = form;
      this.container = form.case.find((item) => item.kind === "answers");
      this.collection = form.case.find((item) => item.kind === "records");
      this.citation = byRole(form.answer, "citation");
      this.key = form.case[0];
      const sources = form.tables[this.collection.table];
      this.sourceKey = sources[0];
      this.quotes = sources.find((item) => item.kind === "entries");
      [this.quoteKey, this.fragment] = form.tables[this.quotes.table];
    }

    // -- beginning --

    started(fields) {
      const value = {};
      fields.forEach((item) => {
        if (item.kind === "object") {
          value[item.name] = this.started(item.fields);
        } else if (item.start) {
          value[item.name] = { page: this.form.lang, today: today() }[item.start] || item.start;
        }
      });
      return value;
    }

    blank() {
      const value = this.started(this.form.case);
      value[this.container.name] = {};
      this.form.questions.forEach((question) => {
        value[this.container.name][question.name] = { state: "", rows: [] };
      });
      value[this.collection.name] = [];
      return value;
    }

    sources(value) {
      return value[this.collection.name];
    }

    answer(value, name) {
      return value[this.container.name][name];
    }

    addSource(value) {
      const source = this.started(this.form.tables[this.collection.table]);
      const taken = this.sources(value).map((each) => each[this.sourceKey.name]);
      source[this.sourceKey.name] = free("s", taken);
      source[this.quotes.name] = [];
      this.sources(value).push(source);
      return source;
    }

    addQuote(value, source) {
      const quote = { [this.quoteKey.name]: free("q", this.allQuotes(value).map((each) => each.id)), [this.fragment.name]: "" };
      source[this.quotes.name].push(quote);
      return quote;
    }

    /** Every quote with its source: [{id, quote, source}]. */
    allQuotes(value) {
      const found = [];
      this.sources(value).forEach((source) => {
        source[this.quotes.name].forEach((quote) => {
          found.push({ id: quote[this.quoteKey.name], quote: quote, source: source });
        });
      });
      return found;
    }

    /** Rows that cite a quote: [{question, row}]. */
    citing(value, id) {
      const found = [];
      this.form.questions.forEach((question) => {
        this.answer(value, question.name).rows.forEach((row) => {
          if ((row[this.citation.name] || []).indexOf(id) !== -1) {
            found.push({ question: question, row: row });
          }
        });
      });
      return found;
    }

    // -- to a case --

    /** The case as plain data, for the checks. */
    plain(value) {
      return strip(this.placed(value));
    }

    /** The same with `$was`, for writing into the text it came from. */
    placed(value) {
      return this.record(this.form.case, value, value);
    }

    record(fields, value, whole) {
      const out = {};
      fields.forEach((item) => {
        if (item.inline) {
          Object.keys(this.form.languages).forEach((lang) => {
            const text = clean(value[lang] === undefined ? "" : value[lang]);
            if (text) {
              out[lang] = text;
            }
          });
          return;
        }
        const part = this.part(item, value[item.name], whole);
        if (!isEmpty(part) || (item.kind === "answers" && part)) {
          out[item.name] = part;
        }
      });
      if (value.$was !== undefined) {
        out.$was = value.$was;
      }
      return out;
    }

    part(item, value, whole) {
      if (item.kind === "answers") {
        return this.answered(value, whole);
      }
      if (isEmpty(value)) {
        return undefined;
      }
      if (item.kind === "object") {
        return this.record(item.fields, value, whole);
      }
      if (item.kind === "records") {
        return value.map((entry) => this.record(this.form.tables[item.table], entry, whole));
      }
      if (item.kind === "entries") {
        return this.fragments(value);
      }
      if (item.kind === "refs") {
        return this.cited(value, whole);
      }
      if (item.kind === "terms") {
        return value;
      }
      if (typeof value === "object") {
        return this.words(value);
      }
      // A Chinese keyboard gives full-width digits and signs; what they mean is plain.
      return SIGNS.indexOf(item.kind) === -1 ? clean(value) : casebook.formTerms.halfWidth(clean(value));
    }

    words(value) {
      const out = {};
      Object.keys(value).forEach((key) => {
        const text = clean(value[key]);
        if (text) {
          out[key] = text;
        }
      });
      // A flag without a name says nothing.
      return Object.keys(this.form.languages).some((lang) => out[lang]) ? out : undefined;
    }

    fragments(value) {
      const out = {};
      value.forEach((quote) => {
        const text = clean(quote[this.fragment.name]);
        if (text) {
          out[quote[this.quoteKey.name]] = text;
        }
      });
      return out;
    }

    cited(value, whole) {
      const blank = this.allQuotes(whole).filter((each) => !clean(each.quote[this.fragment.name])).map((each) => each.id);
      const ids = value.filter((id) => blank.indexOf(id) === -1);
      return ids.length > 1 ? ids : ids[0];
    }

    answered(value, whole) {
      const out = {};
      this.form.questions.forEach((question) => {
        const answer = value[question.name];
        if (answer.state === "answered") {
          const parts = this.form.answer.filter((part) => casebook.formTerms.allows(part, question.kind));
          out[question.name] = this.numbered(answer.rows.map((row) => this.record(parts, row, whole)));
        } else if (answer.state) {
          out[question.name] = this.form.written[answer.state];
        }
      });
      return out;
    }

    /** Claims are known by their number: where one no longer stands in its place, the number is written. */
    numbered(rows) {
      const serial = byRole(this.form.answer, "serial").name;
      const own = rows.map((row) => row[serial] || (row.$was === undefined ? "" : String(row.$was + 1)));
      own.forEach((number, index) => {
        if (!number && own.indexOf(String(index + 1)) !== -1) {
          const highest = own.reduce((most, each) => Math.max(most, Number(each) || 0), rows.length);
          own[index] = String(highest + 1);
        }
      });
      rows.forEach((row, index) => {
        if (own[index] && own[index] !== String(index + 1)) {
          row[serial] = own[index];
        }
      });
      return rows;
    }

    // -- from a case --

    /** The form's value of a case that was read; what the schemas do not know is left aside. */
    fill(plain) {
      const value = this.blank();
      Object.assign(value, this.taken(this.form.case, plain));
      const answers = plain[this.container.name] || {};
      value[this.container.name] = this.blank()[this.container.name];
      this.form.questions.forEach((question) => {
        const written = answers[question.name];
        const answer = this.answer(value, question.name);
        if (Array.isArray(written)) {
          answer.state = "answered";
          answer.rows = written.map((row, index) => Object.assign(this.taken(this.form.answer, row || {}), { $was: index }));
        } else {
          answer.state = Object.keys(this.form.written).find((state) => this.form.written[state] === written) || "";
        }
      });
      return value;
    }

    taken(fields, plain) {
      const out = {};
      fields.forEach((item) => {
        const names = item.inline ? Object.keys(this.form.languages) : [item.name];
        names.filter((name) => !isEmpty(plain[name])).forEach((name) => {
          out[name] = item.inline ? plain[name] : this.take(item, plain[name]);
        });
      });
      return out;
    }

    take(item, value) {
      if (item.kind === "object") {
        return this.taken(item.fields, value);
      }
      if (item.kind === "records") {
        return value.map((entry, index) => {
          const taken = this.taken(this.form.tables[item.table], entry);
          taken[this.quotes.name] = taken[this.quotes.name] || [];
          return Object.assign(taken, { $was: index });
        });
      }
      if (item.kind === "entries") {
        return Object.keys(value).map((id) => ({ [this.quoteKey.name]: id, [this.fragment.name]: value[id] || "" }));
      }
      if (item.kind === "refs") {
        return [].concat(value);
      }
      return copy(value);
    }
  }

  function strip(value) {
    if (Array.isArray(value)) {
      return value.map(strip);
    }
    if (typeof value !== "object") {
      return value;
    }
    const out = {};
    Object.keys(value).forEach((key) => {
      if (key !== "$was") {
        out[key] = strip(value[key]);
      }
    });
    return out;
  }

  /** The first of letter1, letter2 … that is not taken. */
  function free(letter, taken) {
    let number = 1;
    while (taken.indexOf(letter + number) !== -1) {
      number += 1;
    }
    return letter + number;
  }

  casebook.formModel = { Model: Model, copy: copy, clean: clean };
})();
