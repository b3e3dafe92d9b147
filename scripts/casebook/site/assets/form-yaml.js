/**
 * YAML text ↔ plain data, with the library `yaml`. Writing changes an existing text in place:
 * comments, order and everything that says the same stay as they are.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const YAML = globalThis.YAML;

  /** Unquoted words that mean nothing at all. */
  const NOTHING = ["", "~", "null", "Null", "NULL"];
  /** What YAML 1.1 might take for a number, a date, a truth value: such a text is quoted. */
  const TRAP = /^([-+.]?[0-9].*|y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|[-+]\.inf|=|<<)$/i;
  /** Kinds whose values are written without quotation marks. */
  const BARE = ["number", "date", "flag"];
  /** Pairs of short texts go on one line. */
  const SHORT = 110;
  const OUT = { lineWidth: 0, flowCollectionPadding: false };

  function parse(text) {
    return YAML.parseDocument(text, { schema: "failsafe", uniqueKeys: true });
  }

  function plain(node) {
    if (YAML.isMap(node)) {
      const value = {};
      node.items.forEach((pair) => {
        value[String(pair.key.value)] = plain(pair.value);
      });
      return value;
    }
    if (YAML.isSeq(node)) {
      return node.items.map(plain);
    }
    if (!node || (node.type === "PLAIN" && NOTHING.indexOf(node.source) !== -1)) {
      return null;
    }
    return String(node.value);
  }

  function scalar(text, item) {
    const node = new YAML.Scalar(text);
    return dress(node, item);
  }

  /** Choose how a text is written: bare where its kind is, quoted where it could be misread. */
  function dress(node, item) {
    const bare = item && BARE.indexOf(item.kind) !== -1;
    if ((!bare && TRAP.test(node.value)) || casebook.formTerms.hides(node.value)) {
      node.type = "QUOTE_DOUBLE";
    } else if (node.value.indexOf("\n") !== -1) {
      node.type = "BLOCK_LITERAL";
    } else if (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") {
      node.type = undefined;
    }
    return node;
  }

  /** Writes one case. One method a kind, as in the checks. */
  class Writer {
    constructor(form) {
      this.form = form;
    }

    write(item, node, value) {
      const way = { text: "words", name: "words", object: "object", records: "records", entries: "entries" }[item.kind];
      if (way) {
        return this[way](item, node, value);
      }
      if (item.kind === "answers") {
        return this.answers(node, value);
      }
      return Array.isArray(value) ? this.list(item, node, value) : this.text(item, node, value);
    }

    text(item, node, value) {
      if (!YAML.isScalar(node)) {
        return scalar(value, item);
      }
      if (plain(node) !== value) {
        node.value = value;
        node.source = undefined;
        dress(node, item);
      }
      return node;
    }

    words(item, node, value) {
      const languages = Object.keys(this.form.languages);
      const order = languages.concat("unconfirmed");
      const fresh = !YAML.isMap(node);
      const map = fresh ? new YAML.YAMLMap() : node;
      this.fill(map, order, value, (name, old) => {
        return this.text(languages.indexOf(name) === -1 ? { kind: "flag" } : item, old, value[name]);
      });
      const text = order.map((name) => value[name] || "").join("");
      if (fresh && text.length <= SHORT && text.indexOf("\n") === -1) {
        map.flow = true;
      }
      return map;
    }

    object(item, node, value) {
      return this.record(item.fields, node, value);
    }

    record(fields, node, value) {
      const map = YAML.isMap(node) ? node : new YAML.YAMLMap();
      const order = [];
      const named = {};
      fields.forEach((item) => {
        (item.inline ? Object.keys(this.form.languages) : [item.name]).forEach((name) => {
          order.push(name);
          named[name] = item;
        });
      });
      this.fill(map, order, value, (name, old) => {
        return named[name].inline ? this.text(named[name], old, value[name]) : this.write(named[name], old, value[name]);
      });
      return map;
    }

    /** Bring a mapping's known keys to `value`; new ones go where the schema has them. */
    fill(map, order, value, make) {
      const nameOf = (pair) => String(pair.key.value);
      map.items = map.items.filter((pair) => order.indexOf(nameOf(pair)) === -1 || nameOf(pair) in value);
      order.forEach((name, rank) => {
        if (!(name in value)) {
          return;
        }
        const pair = map.items.find((each) => nameOf(each) === name);
        if (pair) {
          const made = make(name, pair.value);
          if (made !== pair.value && pair.value && pair.value.comment) {
            made.commentBefore = pair.value.comment;
          }
          pair.value = made;
          return;
        }
        const later = map.items.findIndex((each) => order.indexOf(nameOf(each)) > rank);
        map.items.splice(later === -1 ? map.items.length : later, 0, new YAML.Pair(scalar(name), make(name, null)));
      });
    }

    /** Terms and references: on one line, entries that stay keep their nodes. */
    list(item, node, value) {
      const fresh = !YAML.isSeq(node);
      const seq = fresh ? new YAML.YAMLSeq() : node;
      if (fresh) {
        seq.flow = true;
      } else if (JSON.stringify(plain(node)) === JSON.stringify(value)) {
        return node;
      }
      const old = seq.items.slice();
      seq.items = value.map((text) => old.find((each) => plain(each) === text) || scalar(text, item));
      return seq;
    }

    /** A list of records. `was` says at which position each stood before. */
    sequence(node, value, fields) {
      const seq = YAML.isSeq(node) ? node : new YAML.YAMLSeq();
      const old = seq.items.slice();
      seq.items = value.map((entry) => {
        const values = Object.assign({}, entry);
        const was = values.$was;
        delete values.$was;
        return this.record(fields, was === undefined ? null : old[was], values);
      });
      return seq;
    }

    records(item, node, value) {
      return this.sequence(node, value, this.form.tables[item.table]);
    }

    entries(item, node, value) {
      const map = YAML.isMap(node) ? node : new YAML.YAMLMap();
      const [, field] = this.form.tables[item.table];
      const old = map.items.slice();
      map.items = Object.keys(value).map((key) => {
        const pair = old.find((each) => String(each.key.value) === key) || new YAML.Pair(scalar(key), null);
        pair.value = this.text(field, pair.value, value[key]);
        return pair;
      });
      return map;
    }

    answers(node, value) {
      const map = YAML.isMap(node) ? node : new YAML.YAMLMap();
      const order = this.form.questions.map((question) => question.name);
      this.fill(map, order, value, (name, old) => {
        if (!Array.isArray(value[name])) {
          return this.text(null, old, value[name]);
        }
        const question = this.form.questions.find((each) => each.name === name);
        const parts = this.form.answer.filter((part) => casebook.formTerms.allows(part, question.kind));
        return this.sequence(old, value[name], parts);
      });
      return map;
    }
  }

  casebook.formYaml = {
    /** Read a text: {plain} or, where it is no case, {error}. */
    read: function (text) {
      const document = parse(text);
      if (document.errors.length || !YAML.isMap(document.contents)) {
        return { error: document.errors.length ? document.errors[0].message : "" };
      }
      return { plain: plain(document.contents) };
    },

    /** Write a case; into `base`, the text it was read from, where there is one. */
    write: function (form, value, base) {
      const document = parse(base || "{}");
      const root = base ? document.contents : new YAML.YAMLMap();
      document.contents = new Writer(form).record(form.case, root, value);
      return document.toString(OUT);
    },
  };
})();
