/**
 * The checks of `casebook check`, on a case as plain data: the same codes, places and words.
 * What the schemas say comes from the form's description; tests/test_form_check.py holds both sides together.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const { UNSEEN, byRole, has, length, term } = casebook.formTerms;
  const QUOTED = 60;

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
      const run = new casebook.formRead(form);
      const header = run.row("", { path: [], at: [] });
      run.parts(form.case, plain, { path: [], at: [], row: header });
      casebook.formRules(run, plain, header);
      const item = byRole(form.case, "state");
      const cell = header.cells.find((each) => each.item === item);
      const state = cell && term(form, item.vocabulary, cell.text);
      return run.problems.map((problem) => worded(form, problem, Boolean(state && state.draft)));
    },
  };
})();
