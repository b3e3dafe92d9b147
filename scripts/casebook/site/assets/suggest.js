/**
 * Suggestions under the search box of the header: a list box steered by arrow keys.
 * Search itself is loaded when the box is first used.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const WAIT = 120;

  function start(input) {
    const form = input.form;
    const list = casebook.el("div", { id: "suggest", class: "suggest", role: "listbox", "aria-label": casebook.word("suggest") });
    list.hidden = true;
    form.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "suggest");
    input.setAttribute("aria-expanded", "false");
    let timer = 0;
    let asked = 0;
    let at = -1;

    function options() {
      return Array.from(list.querySelectorAll("[role=option]"));
    }

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) {
        mark(-1);
      }
    }

    function mark(next) {
      at = next;
      options().forEach(function (option, index) {
        option.setAttribute("aria-selected", String(index === at));
      });
      const option = options()[at];
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function option(number, href, children) {
      return casebook.el("a", { id: "suggest-" + number, role: "option", href: href, tabindex: "-1", "aria-selected": "false" }, children);
    }

    function draw(text, found) {
      const nodes = [];
      let number = 0;
      ["case", "approach", "term", "guide"].forEach(function (kind) {
        const own = found.results.filter(function (result) {
          return result.kind === kind;
        });
        if (!own.length) {
          return;
        }
        const heading = "suggest-kind-" + kind;
        const items = own.map(function (result) {
          number += 1;
          return option(number, casebook.resultAddress(result), casebook.resultParts(result));
        });
        nodes.push(
          casebook.el("div", { role: "group", "aria-labelledby": heading }, [
            casebook.el("span", { class: "suggest__kind", id: heading }, casebook.word("kind_" + kind)),
          ].concat(items))
        );
      });
      if (!number) {
        nodes.push(casebook.el("p", { class: "suggest__none" }, casebook.word("suggest_none")));
      } else {
        const all = casebook.address("cases/") + "?q=" + encodeURIComponent(text);
        nodes.push(option(number + 1, all, casebook.word("suggest_all", { text: text })));
      }
      casebook.fill(list, nodes);
      show(true);
      mark(-1);
    }

    function ask() {
      const text = input.value.trim();
      asked += 1;
      const mine = asked;
      if (!text) {
        show(false);
        return;
      }
      casebook.needSearch().then(function (search) { return search.query(text, { limit: 8 }); }).then(
        function (found) {
          if (mine === asked) {
            draw(text, found);
          }
        },
        function () {
          show(false);
        }
      );
    }

    input.addEventListener("focus", function () {
      // While the reader thinks of the first word.
      casebook.needSearch().then(function (search) { return search.warm(); }).catch(function () {});
    });
    input.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
        event.preventDefault();
        if (list.hidden) {
          show(true);
        }
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(((at + step + 1 + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && at !== -1 && !list.hidden) {
        event.preventDefault();
        window.location.href = options()[at].href;
      }
    });
    document.addEventListener("click", function (event) {
      if (!form.contains(event.target)) {
        show(false);
      }
    });
    form.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) {
        show(false);
      }
    });
  }

  /** Where a result leads: to the claim where there is one. */
  casebook.resultAddress = function (result) {
    return casebook.address(result.url) + (result.claim && result.url.indexOf("#") === -1 ? "#" + result.claim : "");
  };

  /** Title, reason and snippet of a result as nodes. */
  casebook.resultParts = function (result) {
    const snippet = (result.snippet || []).map(function (piece) {
      return casebook.el(piece.mark ? "mark" : "span", {}, piece.text);
    });
    const parts = [casebook.el("b", {}, result.title)];
    if (snippet.length) {
      parts.push(casebook.el("span", { class: "suggest__snippet" }, snippet));
    }
    if (result.why) {
      parts.push(casebook.el("small", { class: "suggest__why" }, result.why));
    }
    return parts;
  };

  // “/” and Ctrl+K lead to the search box, as on other sites.
  document.addEventListener("keydown", function (event) {
    const busy = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    const asks = (event.key === "/" && !busy) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    const input = document.getElementById("site-search");
    if (asks && input) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    const input = document.getElementById("site-search");
    if (input) {
      start(input);
    }
  });
})();
