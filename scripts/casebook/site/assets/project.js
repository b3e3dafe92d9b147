/**
 * Cases on a projector: one question a screen, in letters that the last row reads. Keys, a tap or the buttons turn
 * the screens; the address keeps the place.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const MOST = 4;
  const SMALLEST = 8;
  const $ = function (selector) {
    return document.querySelector(selector);
  };
  let questions = [];
  let screens = [];
  let at = 0;

  function el(tag, name, children) {
    return casebook.el(tag, name ? { class: name } : {}, children);
  }

  function state(answer) {
    return answer ? answer.state : "not_reported";
  }

  function said(answer) {
    const claims = casebook.claims(answer);
    if (!claims.length) {
      return el("p", "projector__none projector__none--" + state(answer), casebook.word(state(answer)));
    }
    const lines = [];
    let apart = "";
    claims.forEach(function (claim) {
      if (claim.apart && claim.apart !== apart) {
        lines.push(el("p", "projector__apart", claim.apart));
      }
      apart = claim.apart;
      const words = claim.amount ? [el("b", "amount", claim.amount), " " + claim.text] : claim.text;
      lines.push(el("p", "", [el("span", "projector__text", words), el("span", "who " + claim.tone, claim.who)]));
    });
    return el("div", "projector__said", lines);
  }

  function opening(cases) {
    return function () {
      const parts = cases.map(function (each) {
        return el("section", "projector__case", [
          el("p", "projector__where", each.where),
          el(cases.length > 1 ? "h2" : "h1", "", each.title),
          el("p", "projector__lead", each.lead),
          el("p", "projector__where", casebook.word("pack_evidence", { grade: each.evidence })),
        ]);
      });
      return cases.length > 1
        ? [el("h1", "", casebook.word("project_side")), el("div", "projector__cases projector__cases--" + cases.length, parts)]
        : parts;
    };
  }

  function asking(question, cases) {
    return function () {
      const silent = cases.every(function (each) {
        return state(each.answers.get(question.id)) === "not_reported";
      });
      const parts = cases.map(function (each) {
        const answer = said(each.answers.get(question.id));
        return el("section", "projector__case", cases.length > 1 ? [el("h2", "", each.title), answer] : [answer]);
      });
      return [el("h1", "", question.ask)].concat(
        el("div", "projector__cases projector__cases--" + cases.length, parts),
        silent ? el("p", "projector__here", casebook.word("project_here")) : []
      );
    };
  }

  function closing(cases) {
    return function () {
      const open = questions.filter(function (question) {
        return cases.every(function (each) {
          return state(each.answers.get(question.id)) === "not_reported";
        });
      });
      const parts = [el("h1", "", casebook.word("project_gaps"))];
      parts.push(
        open.length
          ? el("ul", "projector__open", open.map(function (question) { return el("li", "", question.ask); }))
          : el("p", "", casebook.word("project_gaps_none"))
      );
      const address = casebook.published(page(cases));
      if (address) {
        parts.push(
          el("p", "projector__scan", [
            casebook.square(address),
            el("span", "", [casebook.word("project_scan"), el("small", "", address.replace(/^https?:\/\//, ""))]),
          ])
        );
      }
      return parts;
    };
  }

  function page(cases) {
    return cases.length > 1
      ? "compare/?cases=" + cases.map(function (each) { return each.id; }).join(",")
      : "cases/" + cases[0].id + "/";
  }

  /** Questions worth a screen: the key ones whatever is said to them, and the others that somebody answers. */
  function plan(cases) {
    const answered = function (question) {
      return cases.some(function (each) {
        return state(each.answers.get(question.id)) === "answered";
      });
    };
    const wanted = questions.filter(function (question) { return question.key; }).concat(
      questions.filter(function (question) { return !question.key && answered(question); })
    );
    const first = cases.length > 1 ? casebook.word("project_side") : cases[0].title;
    return [{ name: first, wide: cases.length > 1, draw: opening(cases) }].concat(
      wanted.map(function (question) {
        return { name: question.label, wide: cases.length > 1, draw: asking(question, cases) };
      }),
      { name: casebook.word("project_gaps"), draw: closing(cases) }
    );
  }

  /** The largest letters with which a screen holds everything. */
  function fit() {
    const stage = $("[data-stage]");
    for (let size = 1; size <= SMALLEST; size++) {
      stage.dataset.size = String(size);
      if (stage.scrollHeight <= stage.clientHeight && stage.scrollWidth <= stage.clientWidth) {
        return;
      }
    }
  }

  function show(number) {
    at = Math.max(0, Math.min(screens.length - 1, number));
    const stage = $("[data-stage]");
    casebook.fill(stage, el("div", "projector__screen" + (screens[at].wide ? " projector__screen--wide" : ""), screens[at].draw()));
    stage.scrollTop = 0;
    fit();
    $("[data-count]").textContent = at + 1 + " / " + screens.length;
    $("[data-jump]").value = String(at);
    $('[data-step="-1"]').disabled = at === 0;
    $('[data-step="1"]').disabled = at === screens.length - 1;
    try {
      window.history.replaceState(null, "", "#" + (at + 1));
    } catch (error) {
      // Some browsers keep the address of a page opened as a file as it is.
    }
  }

  /** Go on or back: first over what a screen could not hold even in small letters, then to the next screen. */
  function turn(step) {
    const stage = $("[data-stage]");
    const rest = step > 0 ? stage.scrollHeight - stage.clientHeight - stage.scrollTop : stage.scrollTop;
    if (rest > 2) {
      stage.scrollTop += step * 0.85 * stage.clientHeight;
    } else {
      show(at + step);
    }
  }

  function fill() {
    const root = document.documentElement;
    if (document.fullscreenElement || document.webkitFullscreenElement) {
      (document.exitFullscreen || document.webkitExitFullscreen).call(document);
    } else if (root.requestFullscreen || root.webkitRequestFullscreen) {
      (root.requestFullscreen || root.webkitRequestFullscreen).call(root);
    }
  }

  const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    // A button or a list that has the focus does what it always does.
    const own = event.target.closest("a, button, select");
    if (own && (event.key === " " || event.key === "Enter" || own.tagName === "SELECT")) {
      return;
    }
    if (STEPS[event.key]) {
      event.preventDefault();
      turn(event.key === " " && event.shiftKey ? -1 : STEPS[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      show(event.key === "Home" ? 0 : screens.length - 1);
    } else if (event.key === "f" || event.key === "F") {
      fill();
    }
  }

  function tap(event) {
    if (event.target.closest("a, button, select, label") || String(window.getSelection())) {
      return;
    }
    turn(event.clientX < window.innerWidth / 3 ? -1 : 1);
  }

  function start(cases) {
    screens = plan(cases);
    casebook.fill(
      $("[data-jump]"),
      screens.map(function (screen, number) {
        return casebook.el("option", { value: number }, number + 1 + " " + screen.name);
      })
    );
    $("[data-leave]").href = casebook.address(page(cases));
    show((parseInt(window.location.hash.slice(1), 10) || 1) - 1);
    document.addEventListener("keydown", press);
    $("[data-stage]").addEventListener("click", tap);
    $("[data-jump]").addEventListener("change", function (event) {
      show(Number(event.target.value));
    });
    document.querySelectorAll("[data-step]").forEach(function (button) {
      button.addEventListener("click", function () {
        show(at + Number(button.dataset.step));
      });
    });
    $("[data-full]").addEventListener("click", fill);
    $("[data-full]").hidden = !(document.fullscreenEnabled || document.webkitFullscreenEnabled);
    window.addEventListener("resize", fit);
    casebook.ready();
  }

  function fail(word) {
    casebook.fill($("[data-stage]"), el("div", "projector__screen", [el("h1", "", casebook.word(word))]));
    casebook.ready();
  }

  document.addEventListener("DOMContentLoaded", function () {
    const named = casebook.named();
    const ids = named.length ? named : casebook.chosen.list().map(function (each) { return each.id; });
    if (!ids.length) {
      fail("project_empty");
      return;
    }
    const cases = Promise.all(ids.slice(0, MOST).map(casebook.answers));
    Promise.all([casebook.need("questions"), cases]).then(function (got) {
      questions = got[0];
      start(got[1]);
    }, function () {
      fail("failed");
    });
  });
})();
