/**
 * Fit finder: what the reader answers, held against what cases say they needed.
 * The rules and the cases are the data file `fit`; the decision is the one of views/fit.py,
 * and a test holds the two together. Nothing leaves the device; the address changes only on demand.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const KEY = "casebook.fit";
  const FIRST = 12;
  const MORE = 48;
  const GROUPS = ["fits", "if", "unknown", "other"];

  /** What answers (option by question) make true or false. Unknown ones say nothing. */
  function facts(rules, answers) {
    const found = { meets: new Set(), denies: new Set(), size: null, trouble: null };
    Object.keys(rules.questions).forEach(function (question) {
      const meaning = rules.questions[question][answers[question]] || {};
      (meaning.meets || []).forEach(function (key) {
        found.meets.add(key);
      });
      (meaning.denies || []).forEach(function (key) {
        found.denies.add(key);
      });
      found.size = meaning.range || found.size;
      found.trouble = meaning.trouble || found.trouble;
    });
    return found;
  }

  function overlap(one, other) {
    return (other[1] === null || one[0] <= other[1]) && (one[1] === null || one[1] >= other[0]);
  }

  /** A case's group and the reasons: kind, text or key of a term, number of the rule, anchor of the claim. */
  function decide(item, known) {
    const reasons = [];
    if (known.trouble !== null) {
      if (item.troubles.indexOf(known.trouble) === -1) {
        return ["other", reasons];
      }
      reasons.push(["trouble", known.trouble, -1, item.told]);
    }
    item.needs.forEach(function (need) {
      const kind = known.meets.has(need[1]) ? "met" : known.denies.has(need[1]) ? "not" : "open";
      reasons.push([kind, need[1] || need[2], need[0], need[3]]);
    });
    if (known.size !== null && item.sizes.length) {
      const same = item.sizes.filter(function (size) {
        return overlap(size, known.size);
      });
      const size = (same.length ? same : item.sizes)[0];
      reasons.push([same.length ? "size" : "size-other", size[2], -1, size[3]]);
    }
    item.silent.forEach(function (rule) {
      reasons.push(["unknown", "", rule, ""]);
    });
    if (item.untold) {
      return ["unknown", reasons];
    }
    const open = reasons.some(function (reason) {
      return reason[0] === "not" || reason[0] === "open";
    });
    return [open ? "if" : "fits", reasons];
  }

  casebook.fit = { facts: facts, decide: decide };

  const LOOKS = { met: "", trouble: "", size: "", not: "if", open: "if", "size-other": "not", unknown: "unknown" };
  const NARROW = "(max-width: 47.99em)";
  let rules = null;
  let cases = [];
  let expanded = {};
  let at = 0;
  let going = 0;
  let asked = 0;

  /** Every case as far as the decision needs it: the columns of the data file as {main, troubles, needs, …}. */
  function unpack(columns) {
    const names = Object.keys(columns);
    const lists = names.map(function (name) {
      return casebook.column(columns[name]);
    });
    return lists[0].map(function (first, at) {
      const item = { at: at };
      names.forEach(function (name, index) {
        item[name] = lists[index][at];
      });
      return item;
    });
  }

  /** A case with all that is shown of it. */
  function whole(item) {
    return casebook.need("fit-" + Math.floor(item.at / rules.piece)).then(function (piece) {
      return piece[item.at % rules.piece];
    });
  }

  function $(selector) {
    return document.querySelector(selector);
  }

  function answers() {
    const found = {};
    document.querySelectorAll("[data-fit-form] input:checked").forEach(function (input) {
      found[input.name] = input.value;
    });
    return found;
  }

  function choose(given) {
    document.querySelectorAll("[data-fit-form] input").forEach(function (input) {
      input.checked = given[input.name] === input.value;
    });
  }

  function questions() {
    return Array.from(document.querySelectorAll("[data-fit-form] fieldset"));
  }

  function isAnswered(question) {
    return question.querySelector("input:checked") !== null;
  }

  /** On a phone the stylesheet shows one question at a time, with what belongs to it; elsewhere all of them. */
  function drawStep() {
    const list = questions();
    const windows = document.querySelectorAll("[data-fit-progress] i");
    const answered = isAnswered(list[at]);
    const next = $("[data-fit-next]");
    list.forEach(function (question, number) {
      question.classList.toggle("is-now", number === at);
      windows[number].className = (isAnswered(question) ? "on" : "") + (number === at ? " now" : "");
    });
    $("[data-fit-where]").textContent = casebook.word("fit_where", { n: at + 1, total: list.length });
    $("[data-fit-back]").disabled = at === 0;
    next.textContent = casebook.word(at === list.length - 1 ? "fit_see" : answered ? "fit_next" : "fit_skip");
    next.classList.toggle("btn--main", answered);
  }

  /** Go to a question; after the last one comes the result. */
  function step(to) {
    window.clearTimeout(going);
    const list = questions();
    if (to >= list.length) {
      $("#fit-result").scrollIntoView();
      $("#fit-result").focus();
      return;
    }
    at = Math.max(0, to);
    drawStep();
    list[at].focus({ preventScroll: true });
    $("[data-fit-progress]").scrollIntoView({ block: "nearest" });
  }

  /** The first question that is still open, else the last. */
  function firstOpen() {
    const open = questions().findIndex(function (question) {
      return !isAnswered(question);
    });
    return open === -1 ? questions().length - 1 : open;
  }

  /** A finger that chose goes on by itself. Arrow keys choose too, and must not run away with the page. */
  function chosen(event) {
    if (window.matchMedia(NARROW).matches && event.detail > 0 && event.target.closest(".choice") && at < questions().length - 1) {
      window.clearTimeout(going);
      going = window.setTimeout(function () {
        step(at + 1);
      }, 250);
    }
  }

  function reason(item, each) {
    const kind = each[0];
    const rule = rules.rules[each[2]];
    const text = casebook.word("fit_" + kind.replace("-", "_"), {
      what: rule ? rule[kind === "unknown" ? 1 : 0] : "",
      term: (rules.terms[each[1]] || each[1]).replace(/[。.]$/, ""),
    });
    const look = LOOKS[kind] ? " reason--" + LOOKS[kind] : "";
    const address = casebook.caseAddress(item.id) + "#" + (each[3] || (kind === "unknown" ? "unknown" : ""));
    return casebook.el("li", { class: "reason" + look }, casebook.el("a", { href: address }, text));
  }

  function card(item, known) {
    return casebook.el("li", { class: "card" }, [
      casebook.el(
        "h3",
        { class: "card__title" },
        casebook.el("a", { "data-case": item.id, href: casebook.caseAddress(item.id) }, item.title)
      ),
      casebook.el("p", { class: "card__where" }, item.place + " · " + rules.approaches[item.main]),
      casebook.el(
        "ul",
        { class: "reasons" },
        decide(item, known)[1].map(function (each) {
          return reason(item, each);
        })
      ),
      casebook.el(
        "button",
        { type: "button", class: "btn btn--small", "data-compare-add": item.id, "data-title": item.title },
        [casebook.word("compare_add"), casebook.el("span", { class: "vh" }, " " + item.title)]
      ),
    ]);
  }

  function drawGroup(name, list, known) {
    const mine = asked;
    const shown = list.slice(0, expanded[name] || FIRST);
    const count = $('[data-fit-count="' + name + '"]');
    if (count) {
      count.textContent = String(list.length);
    }
    return Promise.all(shown.map(whole)).then(function (items) {
      if (mine !== asked) {
        return;
      }
      const nodes = items.map(function (item) {
        return card(item, known);
      });
      if (!list.length) {
        nodes.push(casebook.el("li", { class: "muted" }, casebook.word("fit_none")));
      }
      if (shown.length < list.length) {
        const more = casebook.el("button", { type: "button", class: "btn" }, casebook.word("fit_more", { n: list.length - shown.length }));
        more.addEventListener("click", function () {
          expanded[name] = shown.length + MORE;
          draw();
        });
        nodes.push(casebook.el("li", {}, more));
      }
      casebook.fill($('[data-fit-group="' + name + '"]'), nodes);
    });
  }

  /** Approaches in the vocabulary's order, and how many of their cases are in which group. */
  function drawApproaches(groups) {
    const shown = GROUPS.slice(0, 3);
    const rows = Object.keys(rules.approaches).map(function (id) {
      const counts = shown.map(function (name) {
        return groups[name].filter(function (item) {
          return item.main === id;
        }).length;
      });
      return { id: id, counts: counts };
    });
    const head = [casebook.el("th", { scope: "col" }, casebook.word("fit_approach"))].concat(
      shown.map(function (name) {
        return casebook.el("th", { scope: "col" }, casebook.word("fit_group_" + name));
      })
    );
    const body = rows
      .filter(function (row) {
        return row.counts.some(Boolean);
      })
      .map(function (row) {
        const link = casebook.el("a", { href: casebook.address("approaches/" + row.id + "/") }, rules.approaches[row.id]);
        return casebook.el("tr", {}, [
          casebook.el("th", { scope: "row" }, link),
          ...row.counts.map(function (n) {
            return casebook.el("td", {}, n ? String(n) : "–");
          }),
        ]);
      });
    casebook.fill(
      $("[data-fit-approaches]"),
      casebook.el("table", { class: "fit__table" }, [
        casebook.el("thead", {}, casebook.el("tr", {}, head)),
        casebook.el("tbody", {}, body),
      ])
    );
  }

  function draw() {
    const given = answers();
    const any = Object.keys(given).length > 0;
    $("[data-fit-empty]").hidden = any;
    $("[data-fit-shown]").hidden = !any;
    $("[data-fit-bar]").hidden = !any;
    const known = facts(rules, given);
    const groups = { fits: [], if: [], unknown: [], other: [] };
    cases.forEach(function (item) {
      groups[decide(item, known)[0]].push(item);
    });
    asked += 1;
    const mine = asked;
    const drawn = GROUPS.map(function (name) {
      return drawGroup(name, groups[name], known);
    });
    drawApproaches(groups);
    drawStep();
    const others = $("[data-fit-others]");
    others.hidden = !groups.other.length;
    others.querySelector("summary").textContent = casebook.count("fit_other", groups.other.length);
    $("[data-fit-counts]").textContent = GROUPS.slice(0, 3)
      .map(function (name) {
        return casebook.count("fit_" + name, groups[name].length);
      })
      .join(" · ");
    Promise.all(drawn).then(
      function () {
        if (mine === asked) {
          casebook.markCompareButtons();
          casebook.ready();
        }
      },
      function () {
        $("[data-fit-counts]").textContent = casebook.word("failed");
      }
    );
  }

  function keep(given) {
    try {
      window.sessionStorage.setItem(KEY, JSON.stringify(given));
    } catch (error) {
      // A private window: the answers hold for this page.
    }
  }

  /** Answers of the address, else those of this tab, so that the other language finds them. */
  function remembered() {
    const found = {};
    new URLSearchParams(window.location.search).forEach(function (value, name) {
      found[name] = value;
    });
    if (Object.keys(found).length) {
      return found;
    }
    try {
      return JSON.parse(window.sessionStorage.getItem(KEY) || "{}") || {};
    } catch (error) {
      return {};
    }
  }

  function changed() {
    const given = answers();
    keep(given);
    // An address with other answers than the page's would mislead whoever gets it.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    expanded = {};
    draw();
    casebook.announce($("[data-fit-counts]").textContent);
  }

  function start() {
    if (!$("[data-fit]")) {
      return;
    }
    $("[data-fit-form]").addEventListener("change", changed);
    $("[data-fit-form]").addEventListener("click", chosen);
    $("[data-fit-back]").addEventListener("click", function () {
      step(at - 1);
    });
    $("[data-fit-next]").addEventListener("click", function () {
      step(at + 1);
    });
    choose(remembered());
    at = firstOpen();
    drawStep();
    $("[data-fit-form]").addEventListener("submit", function (event) {
      event.preventDefault();
    });
    $("[data-fit-clear]").addEventListener("click", function () {
      choose({});
      at = 0;
      changed();
      $("[data-fit-form] input").focus();
    });
    $("[data-fit-share]").addEventListener("click", function () {
      window.history.replaceState(window.history.state, "", "?" + new URLSearchParams(answers()).toString());
      casebook.copy(window.location.href).then(function (done) {
        casebook.toast(casebook.word(done ? "copied" : "fit_shared"));
      });
    });
    casebook.need("fit").then(
      function (data) {
        rules = data;
        cases = unpack(data.cases);
        draw();
      },
      function () {
        $("[data-fit-empty]").textContent = casebook.word("failed");
      }
    );
  }

  document.addEventListener("DOMContentLoaded", start);
})();
