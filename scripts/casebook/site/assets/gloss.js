/**
 * The trade's words explained where they stand: the first time a page uses one, and not more than a few.
 * Done when the browser is idle; a dotted line changes no measure, so nothing moves.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const MOST = 10;
  const WHERE = ".claim__text, .lead";
  let open = null;
  let entries = [];
  let vocabulary = "";

  function escaped(word) {
    return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  }

  /** Longest words first, so that a word within another does not hide it; Latin words whole. */
  function pattern(words) {
    const parts = words
      .sort(function (one, other) {
        return other.length - one.length;
      })
      .map(function (word) {
        return /^[\x00-\u024f]/.test(word) ? "\\b" + escaped(word) + "s?\\b" : escaped(word);
      });
    return new RegExp(parts.join("|"), "gi");
  }

  function close(back) {
    if (!open) {
      return;
    }
    open.button.setAttribute("aria-expanded", "false");
    open.note.remove();
    if (back) {
      open.button.focus();
    }
    open = null;
  }

  /** Beside the word on a wide screen, never past its edge; from below on a phone, where the stylesheet places it. */
  function place(button, note) {
    if (window.getComputedStyle(note).position !== "absolute") {
      return;
    }
    const word = button.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const origin = (note.offsetParent || document.documentElement).getBoundingClientRect();
    const left = Math.max(8, Math.min(word.left, width - note.offsetWidth - 8));
    note.style.left = left - origin.left + "px";
    note.style.top = word.bottom - origin.top + 6 + "px";
  }

  function show(button) {
    const same = open && open.button === button;
    close(false);
    if (same) {
      return;
    }
    const entry = entries[Number(button.dataset.gloss)];
    const shut = casebook.el("button", { type: "button", class: "btn btn--small" }, casebook.word("gloss_close"));
    const more = casebook.address("glossary/") + "#" + vocabulary + "-" + entry[0];
    const note = casebook.el("span", { class: "gloss__note", role: "note", id: "gloss-note" }, [
      casebook.el("b", {}, entry[1]),
      casebook.el("span", { class: "gloss__text" }, entry[2]),
      casebook.el("span", { class: "gloss__foot" }, [casebook.el("a", { href: more }, casebook.word("gloss_more")), shut]),
    ]);
    shut.addEventListener("click", function () {
      close(true);
    });
    button.parentNode.insertBefore(note, button.nextSibling);
    button.setAttribute("aria-expanded", "true");
    open = { button: button, note: note };
    place(button, note);
    casebook.announce(entry[1] + ": " + entry[2]);
  }

  /** Mark the first use of each word in the texts of the page. */
  function mark(data) {
    const lower = {};
    Object.keys(data.words).forEach(function (word) {
      lower[word.toLowerCase()] = data.words[word];
    });
    const find = pattern(Object.keys(data.words));
    const seen = new Set();
    document.querySelectorAll(WHERE).forEach(function (text) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) {
        if (!walker.currentNode.parentNode.closest("a, button, [role=button]")) {
          nodes.push(walker.currentNode);
        }
      }
      nodes.forEach(function (node) {
        find.lastIndex = 0;
        let rest = node;
        let found = find.exec(rest.data);
        while (found && seen.size < MOST) {
          const word = found[0].toLowerCase();
          const number = word in lower ? lower[word] : lower[word.replace(/s$/, "")];
          if (seen.has(number)) {
            found = find.exec(rest.data);
            continue;
          }
          seen.add(number);
          const after = rest.splitText(found.index);
          rest = after.splitText(found[0].length);
          const button = casebook.el(
            "span",
            { class: "gloss", role: "button", tabindex: "0", "aria-expanded": "false", "data-gloss": number },
            found[0]
          );
          after.parentNode.replaceChild(button, after);
          find.lastIndex = 0;
          found = find.exec(rest.data);
        }
      });
    });
  }

  function start() {
    casebook.need("gloss").then(
      function (data) {
        entries = data.entries;
        vocabulary = data.vocabulary;
        if (entries.length) {
          mark(data);
        }
        document.documentElement.dataset.gloss = "true";
      },
      function () {
        // Without it the page is whole; the glossary has its own page.
      }
    );
  }

  document.addEventListener("click", function (event) {
    const word = event.target.closest ? event.target.closest(".gloss") : null;
    if (word) {
      show(word);
    } else if (open && !open.note.contains(event.target)) {
      close(false);
    }
  });
  document.addEventListener("keydown", function (event) {
    const word = event.target.closest ? event.target.closest(".gloss") : null;
    if (event.key === "Escape" && open) {
      close(true);
    } else if (word && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(word);
    }
  });
  window.addEventListener("load", function () {
    if (window.requestIdleCallback) {
      window.requestIdleCallback(start, { timeout: 3000 });
    } else {
      window.setTimeout(start, 800);
    }
  });
})();
