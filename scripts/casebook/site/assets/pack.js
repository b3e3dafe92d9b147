/**
 * A pack of the trainer's own choice: the cases that the address names, or those chosen for comparison, as sheets to
 * print. The sheets are those of the ready packs; see pack_sheets.html.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const MOST = 12;
  const TOGETHER = 4;
  let questions = [];
  const $ = function (selector) {
    return document.querySelector(selector);
  };

  function el(tag, name, children) {
    return casebook.el(tag, name ? { class: name } : {}, children);
  }

  function state(one, question) {
    const answer = one.answers.get(question.id);
    return answer ? answer.state : "not_reported";
  }

  function open(one) {
    return questions.filter(function (question) {
      return state(one, question) === "not_reported";
    });
  }

  function code(path, words) {
    const address = casebook.published(path);
    if (!address) {
      return el("p", "code", el("span", "code__words", [casebook.word("pack_page_none"), el("br"), path]));
    }
    const link = casebook.el("a", { href: address }, address.replace(/^https?:\/\//, ""));
    return el("p", "code", [
      el("span", "code__square", casebook.square(address)),
      el("span", "code__words", [words, el("br"), link]),
    ]);
  }

  function said(one, question) {
    const claims = casebook.claims(one.answers.get(question.id));
    if (!claims.length) {
      return el("span", "state" + (state(one, question) === "not_applicable" ? " state--na" : " state--nr"), casebook.word(state(one, question)));
    }
    return claims.map(function (claim) {
      return el("p", "", (claim.amount ? [el("b", "amount", claim.amount), " "] : []).concat(claim.text + " ", el("span", "who " + claim.tone, claim.who)));
    });
  }

  function sheet(one, number) {
    const unknown = open(one);
    return el("section", "sheet sheet--case", [
      el("p", "sheet__kind", [el("span", "", casebook.word("pack_case", { n: number + 1 }) + " · " + one.where), el("span")]),
      el("h2", "sheet__title", one.title),
      el("p", "sheet__lead", one.lead),
      el("p", "sheet__standing", el("span", "", casebook.word("pack_evidence", { grade: one.evidence }))),
      el(
        "dl",
        "sheet__facts",
        questions
          .filter(function (question) {
            return question.key;
          })
          .map(function (question) {
            return el("div", "", [el("dt", "", question.label), el("dd", "", said(one, question))]);
          })
      ),
      el("div", "sheet__unknown", [
        el("h3", "", casebook.word("pack_unknown", { n: unknown.length })),
        el("ul", "", unknown.map(function (question) { return el("li", "", question.ask); })),
      ]),
      el("div", "codes", code("cases/" + one.id + "/", casebook.word("pack_page"))),
      el("p", "sheet__sources", casebook.word("pack_sources", { list: one.sources.join(casebook.word("source_join")), date: one.checked })),
    ]);
  }

  function gaps(cases) {
    const rows = questions
      .map(function (question) {
        const states = cases.map(function (one) {
          return state(one, question);
        });
        const missing = states.filter(function (each) { return each === "not_reported"; }).length;
        return { question: question, states: states, missing: missing };
      })
      .filter(function (row) {
        return row.missing > 0;
      })
      .sort(function (a, b) {
        return b.missing - a.missing;
      });
    const head = function (name, words) {
      return casebook.el("th", { scope: "col", class: name }, words);
    };
    return el("section", "sheet sheet--gaps", [
      el("h2", "", casebook.word("pack_gaps")),
      el("p", "sheet__lead", casebook.word("pack_gaps_lead")),
      el("ol", "sheet__names", cases.map(function (one) { return el("li", "", one.title); })),
      el("table", "open", [
        el(
          "thead",
          "",
          el(
            "tr",
            "",
            [head("", casebook.word("question"))].concat(
              cases.map(function (one, number) { return head("open__case", String(number + 1)); }),
              head("open__write", casebook.word("pack_here")),
              head("open__write", casebook.word("pack_whom"))
            )
          )
        ),
        el(
          "tbody",
          "",
          rows.map(function (row) {
            const label = casebook.el("th", { scope: "row" }, row.question.ask);
            const cells = row.states.map(function (each) {
              return el("td", "open__case", [el("i", "win win--" + each), el("span", "vh", casebook.word(each))]);
            });
            return el("tr", "", [label].concat(cells, el("td"), el("td")));
          })
        ),
      ]),
    ]);
  }

  function show(cases) {
    casebook.fill($("[data-sheets]"), cases.map(sheet).concat(gaps(cases)));
    $("[data-work]").hidden = false;
    $("[data-print]").hidden = false;
    const link = $("[data-project]");
    link.hidden = cases.length > TOGETHER;
    link.href = casebook.address("workshop/project/") + "?cases=" + cases.map(function (one) { return one.id; }).join(",");
    casebook.ready();
  }

  document.addEventListener("DOMContentLoaded", function () {
    const named = casebook.named();
    const ids = named.length ? named : casebook.chosen.list().map(function (each) { return each.id; });
    $("[data-empty]").hidden = ids.length > 0;
    if (!ids.length) {
      casebook.ready();
      return;
    }
    const cases = Promise.all(ids.slice(0, MOST).map(casebook.answers));
    Promise.all([casebook.need("questions"), cases]).then(function (got) {
      questions = got[0];
      show(got[1]);
    }, function () {
      $("[data-error]").hidden = false;
      casebook.ready();
    });
  });
})();
