/**
 * The case as its page will tell it: words first, who says so below, what is not reported said as such.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  const { byRole, term } = casebook.formTerms;

  /** Draw a case. `plain` may be unfinished: what is missing is left out. */
  function draw(form, plain, word) {
    const said = (words) => (words ? words[form.lang] || words[Object.keys(words)[0]] || "" : "");
    const labels = (item, ids, question) =>
      [].concat(ids || []).map((id) => {
        const name = form.vocabularies[item.vocabulary] ? item.vocabulary : question && question.vocabulary;
        const found = term(form, name, id);
        return found ? found.label : id;
      });
    const part = (role) => byRole(form.answer, role);
    const sources = form.case.find((item) => item.kind === "records");
    const [quotes] = form.tables[sources.table].filter((item) => item.kind === "entries");
    const heading = byRole(form.tables[sources.table], "heading").name;

    function figure(question, row) {
      const value = row[part("value").name];
      if (value === undefined) {
        return row[part("date").name] || "";
      }
      const pick = (role) => {
        const item = part(role);
        return term(form, item.vocabulary, row[item.name] || question.implied[item.name]) || {};
      };
      const [bound, unit, basis] = ["bound", "unit", "basis"].map(pick);
      const upper = row[part("upper").name];
      const digits = (unit.symbol || "") + value + (upper === undefined ? "" : "–" + upper) + (unit.suffix || "");
      return (bound.prefix || "") + digits + (bound.suffix || "") + (basis.suffix || "");
    }

    function quoted(row) {
      const found = [];
      [].concat(row[part("citation").name] || []).forEach((id) => {
        (plain[sources.name] || []).forEach((source) => {
          const fragment = source[quotes.name] && source[quotes.name][id];
          if (fragment) {
            found.push(el("p", { class: "quote__words" }, [el("q", {}, fragment), " ", el("small", { class: "muted" }, source[heading] || "")]));
          }
        });
      });
      return found;
    }

    function claim(question, row) {
      const says = term(form, part("says").vocabulary, row[part("says").name]) || { label: "" };
      const speaker = said(row[part("speaker").name]);
      const amount = figure(question, row);
      const note = said(row[part("note").name]);
      const tags = labels(part("terms"), row[part("terms").name], question);
      const text = el("span", { class: "claim__text" }, (amount ? [el("b", { class: "amount" }, amount), " "] : []).concat(said(row)));
      const who = el("p", { class: "who who--" + (says.tone || "plain") }, [says.label, speaker].filter(Boolean).join(" · "));
      const tagged = tags.length ? [el("p", { class: "small muted" }, tags.join(word("list")))] : [];
      const noted = note ? [el("p", { class: "note" }, note)] : [];
      return el("div", { class: "claim" }, [text, who].concat(tagged, quoted(row), noted));
    }

    function fact(question) {
      const answer = (plain[form.case.find((item) => item.kind === "answers").name] || {})[question.name];
      const state = Object.keys(form.written).find((name) => form.written[name] === answer);
      let body = [el("span", { class: "state" }, word("unanswered"))];
      if (Array.isArray(answer)) {
        body = answer.map((row) => claim(question, row));
      } else if (state) {
        body = [el("span", { class: "state" + (state === "not_applicable" ? " state--na" : "") }, form.states[state])];
      }
      return el("div", { class: "fact" }, [el("dt", {}, question.label), el("dd", {}, body)]);
    }

    function header() {
      const parts = [];
      form.case.forEach((item) => {
        const value = plain[item.name];
        if (item.role === "heading") {
          parts.push(el("h3", { class: "h2" }, said(value) || word("untitled")));
        } else if (item.role === "lead" && value) {
          parts.push(el("p", { class: "lead" }, said(value)));
        } else if (item.kind === "terms" && value) {
          parts.push(el("ul", { class: "tags" }, labels(item, value).map((label) => el("li", {}, el("span", { class: "tag" }, label)))));
        } else if (item.role === "place" && value) {
          const names = item.fields.map((inner) =>
            inner.kind === "term" ? labels(inner, value[inner.name]).join("") : inner.kind === "name" ? said(value[inner.name]) : ""
          );
          parts.push(el("p", { class: "muted" }, names.filter(Boolean).join(" · ")));
        }
      });
      return parts;
    }

    const groups = form.screens.filter((screen) => screen.questions).map((screen) =>
      el("section", {}, [
        el("h4", {}, screen.label),
        el("dl", { class: "facts" }, screen.questions.map((name) => fact(form.questions.find((each) => each.name === name)))),
      ])
    );
    const list = (plain[sources.name] || []).map((source) => el("li", {}, source[heading] || word("untitled")));
    const closing = list.length ? [el("h4", {}, sources.label), el("ol", { class: "sources" }, list)] : [];
    return el("div", { class: "form__preview" }, header().concat(groups, closing));
  }

  casebook.formPreview = draw;
})();
