/** A comparison within another site: the key questions of the cases that the address names, who says so beside them. */
(function () {
  "use strict";

  const casebook = window.casebook;
  const MOST = 4;
  let questions = [];
  const $ = function (selector) {
    return document.querySelector(selector);
  };

  function link(one) {
    return casebook.el("a", { href: casebook.caseAddress(one.id), target: "_blank", rel: "noopener" }, one.title);
  }

  function said(one, question) {
    const answer = one.answers.get(question.id);
    const claims = casebook.claims(answer);
    if (!claims.length) {
      const state = answer ? answer.state : "not_reported";
      return casebook.el("span", { class: "state state--" + (state === "not_applicable" ? "na" : "nr") }, casebook.word(state));
    }
    return claims.map(function (claim) {
      const words = (claim.amount ? [casebook.el("b", { class: "amount" }, claim.amount), " "] : []).concat(claim.text + " ");
      return casebook.el("p", {}, words.concat(casebook.el("span", { class: "who " + claim.tone }, claim.who)));
    });
  }

  function show(cases) {
    const head = cases.map(function (one) {
      return casebook.el("th", { role: "columnheader", scope: "col" }, link(one));
    });
    const rows = questions.map(function (question) {
      const cells = cases.map(function (one) {
        return casebook.el("td", { role: "cell", "data-case-name": one.title }, said(one, question));
      });
      return casebook.el("tr", { role: "row" }, [casebook.el("th", { role: "rowheader", scope: "row" }, question.label)].concat(cells));
    });
    const corner = casebook.el("th", { role: "columnheader", scope: "col" }, casebook.word("question"));
    casebook.fill(
      $("[data-compared]"),
      casebook.el("table", { class: "embed__table", role: "table" }, [
        casebook.el("thead", { role: "rowgroup" }, casebook.el("tr", { role: "row" }, [corner].concat(head))),
        casebook.el("tbody", { role: "rowgroup" }, rows),
      ])
    );
    $("[data-whole]").href =
      casebook.address("compare/") + "?cases=" + cases.map(function (one) { return one.id; }).join(",");
    casebook.ready();
  }

  document.addEventListener("DOMContentLoaded", function () {
    const ids = casebook.named();
    $("[data-none]").hidden = ids.length > 0;
    const cases = Promise.all(ids.slice(0, MOST).map(casebook.answers));
    Promise.all([casebook.need("questions"), cases]).then(
      function (got) {
        questions = got[0].filter(function (question) {
          return question.key;
        });
        if (got[1].length) {
          show(got[1]);
        } else {
          casebook.ready();
        }
      },
      function () {
        $("[data-error]").hidden = false;
        casebook.ready();
      }
    );
  });
})();
