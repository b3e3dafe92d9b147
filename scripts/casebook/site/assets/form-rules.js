/**
 * What one table, one key, or several fields together can get wrong: a rule each, as in casebook/checks.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const { UNSEEN, allows, byRole, has, length, term } = casebook.formTerms;
  const MARKUP = /<\s*\/?\s*[a-zA-Z!?][^<>\n]{0,40}>?|(?:javascript|vbscript)\s*:|\bdata\s*:\s*[a-z]+\/[a-z]|&#?[a-zA-Z0-9]{2,8};/gi;
  const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|index)$/i;
  const CLIMBING = /[/\\]|\.\./;

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
          const value = casebook.formPrivate.starred(cell.text.slice(found.start, found.end));
          run.note(found.code, cell.path, cell.at, { value: value });
        });
      });
    });
  }

  /** Hold what was read against every rule. */
  casebook.formRules = function (run, plain, header) {
    [constraints, repeated, quotes, claims, amounts, conflicts, safety].forEach((rule) => rule(run));
    completeness(run, plain, header);
    ids(run, header);
  };
})();
