/**
 * Two to four cases side by side. A cell is the very answer that the case's page shows, evidence included.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const LEAST = 2;
  const FOUND = 30;
  const $ = function (selector) {
    return document.querySelector(selector);
  };
  let current = [];
  let listed = [];

  function unknown(word) {
    return casebook.el("span", { class: "state state--nr" }, casebook.word(word || "not_reported"));
  }

  /** The contents of a cell: the answer as the case's page shows it, with links to that page. */
  function content(answer, id) {
    if (!answer || !answer.node || answer.state === "not_reported") {
      return [unknown()];
    }
    const copy = document.importNode(answer.node, true);
    copy.querySelectorAll("[id]").forEach(function (node) {
      node.removeAttribute("id");
    });
    copy.querySelectorAll('a[href^="#"]').forEach(function (link) {
      link.setAttribute("href", casebook.caseAddress(id) + link.getAttribute("href"));
      link.removeAttribute("data-copy-link");
    });
    return Array.from(copy.childNodes);
  }

  function said(answer) {
    if (!answer || !answer.node || answer.state !== "answered") {
      return answer ? answer.state : "not_reported";
    }
    return Array.from(answer.node.querySelectorAll(".claim__text"))
      .map(function (node) {
        return node.textContent.trim();
      })
      .join("；");
  }

  function head(cases) {
    const row = $("[data-head]");
    while (row.children.length > 1) {
      row.removeChild(row.lastChild);
    }
    cases.forEach(function (each) {
      const remove = casebook.el(
        "button",
        { type: "button", class: "compare__out", "aria-label": casebook.word("compare_remove", { title: each.title }), "data-compare-remove": each.id },
        "×"
      );
      row.appendChild(
        casebook.el("th", { role: "columnheader", scope: "col" }, [
          casebook.el("a", { href: casebook.caseAddress(each.id), "data-case": each.id }, each.title),
          casebook.el("small", {}, each.where),
          remove,
        ])
      );
    });
  }

  function rows(cases) {
    document.querySelectorAll("[data-row]").forEach(function (row) {
      while (row.children.length > 1) {
        row.removeChild(row.lastChild);
      }
      const answers = cases.map(function (each) {
        return each.answers.get(row.dataset.row);
      });
      const silent = answers.every(function (answer) {
        return !answer || answer.state === "not_reported";
      });
      if (silent) {
        // That nobody has said is one finding, not as many as there are cases.
        row.appendChild(casebook.el("td", { role: "cell", colspan: cases.length }, unknown("none_reported")));
      } else {
        answers.forEach(function (answer, index) {
          const cell = { role: "cell", "data-case-name": cases[index].title, "data-state": answer ? answer.state : "not_reported" };
          row.appendChild(casebook.el("td", cell, content(answer, cases[index].id)));
        });
      }
      row.dataset.same = String(new Set(answers.map(said)).size === 1);
      row.dataset.unknown = String(silent);
    });
    document.querySelectorAll("[data-group-row]").forEach(function (row) {
      row.firstElementChild.setAttribute("colspan", String(cases.length + 1));
    });
    narrow();
  }

  /** Hide rows as the two switches say, and groups that are left empty. */
  function narrow() {
    const different = $("[data-only-different]").checked;
    const blanks = $("[data-show-unknown]").checked;
    document.querySelectorAll("[data-compare] tbody").forEach(function (body) {
      let some = false;
      body.querySelectorAll("[data-row]").forEach(function (row) {
        row.hidden = (different && row.dataset.same === "true") || (!blanks && row.dataset.unknown === "true");
        some = some || !row.hidden;
      });
      body.hidden = !some;
    });
  }

  function show(list) {
    const enough = list.length >= LEAST;
    if (!enough) {
      $("[data-chooser]").open = true;
      $(".compare-page").classList.remove("is-waiting");
    }
    $("[data-compare-empty]").hidden = enough;
    $("[data-compare-tools]").hidden = !enough;
    $("[data-compare]").hidden = !enough;
    $("[data-compare-error]").hidden = true;
    document.querySelectorAll("[data-chooser] input[type=checkbox]").forEach(function (box) {
      box.checked = list.some(function (each) {
        return each.id === box.value;
      });
    });
    if (!enough) {
      casebook.ready();
      return;
    }
    delete document.documentElement.dataset.ready;
    const mine = list;
    current = mine;
    Promise.all(
      list.map(function (each) {
        return casebook.answers(each.id);
      })
    ).then(
      function (cases) {
        if (mine !== current) {
          return;
        }
        head(cases);
        rows(cases);
        $("[data-compare]").dataset.count = String(cases.length);
        $(".compare-page").classList.remove("is-waiting");
        casebook.ready();
      },
      function () {
        $(".compare-page").classList.remove("is-waiting");
        $("[data-compare-error]").hidden = false;
        $("[data-compare]").hidden = true;
        casebook.ready();
      }
    );
  }

  function fromAddress() {
    const query = new URLSearchParams(window.location.search).get("cases");
    if (query === null) {
      return null;
    }
    const ids = query.split(",").filter(casebook.isId);
    return Array.from(new Set(ids)).map(function (id) {
      const box = document.querySelector('[data-chooser] input[value="' + id + '"]');
      return { id: id, title: box ? box.dataset.title : id };
    });
  }

  function toAddress() {
    const list = casebook.chosen.list();
    const address = list.length ? casebook.compareAddress(list) : casebook.address("compare/");
    try {
      window.history.replaceState(null, "", address);
    } catch (error) {
      // Some browsers keep the address of a page opened as a file as it is.
    }
    show(list);
  }

  /** The table as text cells, first row the heads. */
  function cells() {
    const text = function (node) {
      const claims = Array.from(node.querySelectorAll(".claim"));
      if (!claims.length) {
        return node.textContent.trim();
      }
      return claims
        .map(function (claim) {
          const who = claim.querySelector("summary");
          const whose = who && who.firstChild ? who.firstChild.textContent.trim() : "";
          return claim.querySelector(".claim__text").textContent.trim() + (whose ? " [" + whose + "]" : "");
        })
        .join("\n");
    };
    const lines = [
      [casebook.word("question")].concat(
        Array.from(document.querySelectorAll("[data-head] th a")).map(function (node) {
          return node.textContent.trim();
        })
      ),
    ];
    document.querySelectorAll("[data-row]:not([hidden])").forEach(function (row) {
      if (!row.parentNode.hidden) {
        const line = [row.firstElementChild.textContent.trim()];
        row.querySelectorAll("td").forEach(function (cell) {
          line.push.apply(line, new Array(cell.colSpan).fill(cell.colSpan > 1 ? casebook.word("not_reported") : text(cell)));
        });
        lines.push(line);
      }
    });
    return lines;
  }

  function save(name, blob) {
    const link = casebook.el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 10000);
  }

  function saveTable() {
    const quoted = cells().map(function (line) {
      return line
        .map(function (cell) {
          // A leading sign would be taken for a formula by a spreadsheet.
          const safe = /^[=+\-@\t]/.test(cell) ? "'" + cell : cell;
          return '"' + safe.replace(/"/g, '""') + '"';
        })
        .join(",");
    });
    // The mark at the beginning tells Excel that this is UTF-8.
    save(casebook.word("compare_file") + ".csv", new Blob(["\ufeff" + quoted.join("\r\n")], { type: "text/csv;charset=utf-8" }));
  }

  /** Break a text into lines no wider than `width`; Chinese breaks anywhere, words between blanks. */
  function wrapped(context, text, width) {
    const lines = [];
    text.split("\n").forEach(function (paragraph) {
      let line = "";
      (paragraph.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) || [""]).forEach(function (piece) {
        if (line && context.measureText(line + piece).width > width) {
          lines.push(line);
          line = piece;
        } else {
          line += piece;
        }
      });
      lines.push(line);
    });
    return lines;
  }

  function savePicture() {
    const table = cells();
    const columns = table[0].length;
    const widths = [120].concat(new Array(columns - 1).fill(280));
    const total = widths.reduce(function (a, b) { return a + b + 24; }, 0);
    const style = window.getComputedStyle(document.body);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const font = function (bold) {
      return (bold ? "bold " : "") + "15px " + style.fontFamily;
    };
    context.font = font(false);
    const laid = table.map(function (line, index) {
      const parts = line.map(function (cell, column) {
        context.font = font(index === 0 || column === 0);
        return wrapped(context, cell, widths[column]);
      });
      return { parts: parts, height: Math.max.apply(null, parts.map(function (part) { return part.length; })) * 24 + 20 };
    });
    const height = laid.reduce(function (sum, line) { return sum + line.height; }, 40);
    const scale = Math.min(2, 16000 / height);
    canvas.width = total * scale;
    canvas.height = height * scale;
    context.scale(scale, scale);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, total, height);
    context.textBaseline = "top";
    let y = 0;
    laid.forEach(function (line, index) {
      let x = 0;
      if (index % 2) {
        context.fillStyle = "#f5f7f7";
        context.fillRect(0, y, total, line.height);
      }
      line.parts.forEach(function (lines, column) {
        context.fillStyle = "#1f2a30";
        context.font = font(index === 0 || column === 0);
        lines.forEach(function (text, number) {
          context.fillText(text, x + 12, y + 10 + number * 24);
        });
        x += widths[column] + 24;
      });
      y += line.height;
    });
    context.fillStyle = "#4a5a63";
    context.font = "12px " + style.fontFamily;
    context.fillText(document.title + "  " + window.location.href.slice(0, 160), 12, y + 12);
    canvas.toBlob(function (blob) {
      if (blob) {
        save(casebook.word("compare_file") + ".png", blob);
      } else {
        casebook.toast(casebook.word("picture_failed"));
      }
    });
  }

  /** Where the list does not hold every case: those that search finds take its place until nothing is typed. */
  function searchChooser() {
    const input = $("[data-chooser-filter]");
    const text = input.value.trim();
    const show = function (items) {
      if (text === input.value.trim()) {
        casebook.fill($("[data-choices]"), items);
        $("[data-chooser-none]").hidden = items.length > 0;
        $("[data-chooser-count]").textContent = casebook.count("compare_found", items.length);
      }
    };
    if (!text) {
      show(listed);
      return;
    }
    casebook
      .needSearch()
      .then(function (search) {
        return search.query(text, { kind: "case", limit: FOUND });
      })
      .then(
        function (found) {
          show(found.results.map(choice));
        },
        function () {
          $("[data-chooser-count]").textContent = casebook.word("failed");
        }
      );
  }

  /** A case to be ticked, as the page's own. */
  function choice(result) {
    const box = { type: "checkbox", name: "cases", value: result.id, "data-title": result.title, checked: casebook.chosen.has(result.id) };
    return casebook.el("li", { "data-choice": result.id }, [
      casebook.el("label", { class: "check" }, [
        casebook.el("input", box),
        casebook.el("span", {}, [result.title, casebook.el("small", {}, result.place)]),
      ]),
    ]);
  }

  function filterChooser() {
    const words = $("[data-chooser-filter]").value.trim().toLowerCase();
    let count = 0;
    document.querySelectorAll("[data-choice]").forEach(function (item) {
      item.hidden = words !== "" && item.textContent.toLowerCase().indexOf(words) === -1;
      count += item.hidden ? 0 : 1;
    });
    $("[data-chooser-none]").hidden = count > 0;
    $("[data-chooser-count]").textContent = casebook.count("compare_found", count);
  }

  document.addEventListener("DOMContentLoaded", function () {
    // Paper lies across for a comparison; the whole page must say so, for one sheet has one direction.
    document.body.classList.add("sideways");
    const named = fromAddress();
    if (named) {
      casebook.chosen.set(named);
    }
    casebook.chosen.onChange(toAddress);
    $("[data-choices]").addEventListener("change", function (event) {
      const box = event.target;
      if (!casebook.chosen.toggle(box.value, box.dataset.title)) {
        box.checked = false;
      }
    });
    listed = Array.from($("[data-choices]").children);
    const filter = $("[data-chooser-filter]");
    filter.addEventListener("input", filter.dataset.chooserSearch === undefined ? filterChooser : searchChooser);
    $("[data-only-different]").addEventListener("change", narrow);
    $("[data-show-unknown]").addEventListener("change", narrow);
    $("[data-compare-csv]").addEventListener("click", saveTable);
    $("[data-compare-picture]").addEventListener("click", savePicture);
    window.addEventListener("popstate", function () {
      casebook.chosen.set(fromAddress() || []);
    });
    if (named) {
      show(casebook.chosen.list());
    } else {
      toAddress();
    }
  });
})();
