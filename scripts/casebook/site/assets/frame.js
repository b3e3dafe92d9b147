/**
 * What every page can do: the tray of cases to compare, links to claims, printing,
 * a language switch that keeps the reader's place.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const KEY = "casebook.compare";
  const MOST = 4;

  const LANG = document.documentElement.lang;

  /**
   * Chosen cases as [{id, title, lang}], kept on the device; a private window keeps them for the page.
   * `lang` is the language of the title, which another page may have to look up in its own.
   */
  const chosen = (function () {
    let list = [];
    try {
      list = JSON.parse(window.localStorage.getItem(KEY) || "[]");
    } catch (error) {
      list = [];
    }
    return Array.isArray(list)
      ? list.filter(function (each) {
          return each && casebook.isId(String(each.id));
        })
      : [];
  })();
  const listeners = [];

  function save() {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch (error) {
      // Nothing to do: the choice holds for this page.
    }
    listeners.forEach(function (tell) {
      tell();
    });
  }

  function position(id) {
    return chosen.findIndex(function (each) {
      return each.id === id;
    });
  }

  /** The choice of cases to compare, the same on every page. */
  casebook.chosen = {
    most: MOST,
    list: function () {
      return chosen.slice();
    },
    has: function (id) {
      return position(id) !== -1;
    },
    /** Put a case in or take it out; false where there is no room. */
    toggle: function (id, title) {
      const at = position(id);
      if (at !== -1) {
        chosen.splice(at, 1);
      } else if (chosen.length >= MOST) {
        casebook.toast(casebook.word("compare_full"));
        return false;
      } else {
        chosen.push({ id: id, title: title, lang: LANG });
      }
      save();
      return true;
    },
    /** Replace the whole choice, as when a shared address names it. */
    set: function (list) {
      const named = list.slice(0, MOST).map(function (each) {
        return Object.assign({ lang: LANG }, each);
      });
      chosen.splice.apply(chosen, [0, chosen.length].concat(named));
      save();
    },
    onChange: function (tell) {
      listeners.push(tell);
    },
  };

  /** Titles of cases that were chosen on a page in another language, in the language of this one. */
  function translate() {
    const foreign = chosen.filter(function (each) {
      return each.lang !== LANG;
    });
    if (!foreign.length) {
      return;
    }
    Promise.all([casebook.need("cards"), casebook.need("search/ids")])
      .then(function ([cards, ids]) {
        return Promise.all(
          foreign.map(function (each) {
            const part = Math.floor(ids.indexOf(each.id) / cards.chunk);
            return part < 0 ? null : casebook.need("cards-" + part).then(function (html) {
              const page = new DOMParser().parseFromString(html, "text/html");
              each.title = page.querySelector('[data-card="' + each.id + '"] a').textContent;
              each.lang = LANG;
            });
          })
        );
      })
      .then(save, function () {
        // Without the data the title stays as it was chosen.
      });
  }

  /** A short message that goes away by itself, and is read out. */
  casebook.toast = function (text) {
    document.querySelectorAll(".toast").forEach(function (old) {
      old.remove();
    });
    const node = casebook.el("p", { class: "toast", "aria-hidden": "true" }, text);
    document.body.appendChild(node);
    casebook.announce(text);
    window.setTimeout(function () {
      node.remove();
    }, 4000);
  };

  /** Address of the comparison of these cases. */
  casebook.compareAddress = function (list) {
    const ids = list.map(function (each) {
      return each.id;
    });
    return casebook.address("compare/") + "?cases=" + ids.join(",");
  };

  function markButtons() {
    document.querySelectorAll("[data-compare-add]").forEach(function (button) {
      const on = casebook.chosen.has(button.dataset.compareAdd);
      button.setAttribute("aria-pressed", String(on));
      button.firstChild.textContent = casebook.word(on ? "compare_added" : "compare_add");
    });
  }

  function drawTray() {
    const tray = document.querySelector("[data-tray]");
    if (!tray || document.querySelector("[data-compare]")) {
      return;
    }
    document.body.classList.toggle("has-tray", chosen.length > 0);
    if (!chosen.length) {
      casebook.fill(tray, []);
      return;
    }
    const items = chosen.map(function (each) {
      const label = casebook.word("compare_remove", { title: each.title });
      return casebook.el("li", {}, [
        casebook.el("span", {}, each.title),
        casebook.el("button", { type: "button", "aria-label": label, "data-compare-remove": each.id }, "×"),
      ]);
    });
    const ready = chosen.length > 1;
    const go = ready
      ? casebook.el(
          "a",
          { class: "btn btn--main", href: casebook.compareAddress(chosen) },
          casebook.word("compare_go", { n: chosen.length })
        )
      : casebook.el("span", { class: "tray__hint" }, casebook.word("compare_one_more"));
    const clear = casebook.el("button", { type: "button", class: "btn", "data-compare-clear": true }, casebook.word("compare_clear"));
    casebook.fill(
      tray,
      casebook.el("section", { class: "tray", "aria-label": casebook.word("compare_tray") }, [
        casebook.el("ul", {}, items),
        casebook.el("p", { class: "tray__go" }, [go, clear]),
      ])
    );
  }

  /** Open the claim that the address names, so that a permalink shows its quote. */
  function openTarget() {
    document.documentElement.classList.remove("is-seeking");
    const id = decodeURIComponent(window.location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) {
      return;
    }
    document.querySelectorAll(".is-target").forEach(function (old) {
      old.classList.remove("is-target");
    });
    target.classList.add("is-target");
    const details = target.querySelector("details.src");
    if (details) {
      details.open = true;
    }
    target.scrollIntoView({ block: "center" });
  }

  /** The other language of this very page, with the same filters and the same claim. */
  function keepPlace() {
    document.querySelectorAll("[data-language]").forEach(function (link) {
      link.addEventListener("click", function () {
        link.search = window.location.search;
        link.hash = window.location.hash;
      });
    });
  }

  let opened = null;
  function beforePrint() {
    opened = Array.from(document.querySelectorAll("article details:not([open])")).filter(function (details) {
      return !details.closest(".compare, .share");
    });
    opened.forEach(function (details) {
      details.open = true;
    });
  }
  function afterPrint() {
    (opened || []).forEach(function (details) {
      details.open = false;
    });
    opened = null;
  }

  document.addEventListener("click", function (event) {
    const find = function (selector) {
      return event.target.closest ? event.target.closest(selector) : null;
    };
    let node = find("[data-compare-add]");
    if (node) {
      casebook.chosen.toggle(node.dataset.compareAdd, node.dataset.title);
    } else if ((node = find("[data-compare-remove]"))) {
      casebook.chosen.toggle(node.dataset.compareRemove, "");
    } else if (find("[data-compare-clear]")) {
      casebook.chosen.set([]);
    } else if (find("[data-print]")) {
      window.print();
    } else if ((node = find("[data-copy-link]"))) {
      event.preventDefault();
      window.history.replaceState(window.history.state, "", node.getAttribute("href"));
      casebook.copyFrom(node, window.location.href);
    } else if ((node = find("[data-copy-page]"))) {
      casebook.copyFrom(node, window.location.href);
    }
  });

  casebook.chosen.onChange(drawTray);
  casebook.chosen.onChange(markButtons);
  casebook.markCompareButtons = markButtons;
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  document.addEventListener("DOMContentLoaded", function () {
    drawTray();
    markButtons();
    translate();
    keepPlace();
    openTarget();
    const here = document.querySelector(".tabs [aria-current]");
    if (here) {
      // On a phone the tabs run off the edge; the reader's own should be in sight.
      here.parentNode.parentNode.scrollLeft = here.offsetLeft - 60;
    }
  });
})();
