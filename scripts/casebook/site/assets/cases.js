/**
 * The list of cases: words, facets and order in the address; counts that follow the other
 * filters; what to loosen when nothing is left.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const facets = casebook.facets;
  const STEP = 24;
  const $ = function (selector) {
    return document.querySelector(selector);
  };

  let all = [];
  let names = [];
  let chunk = 50;
  let shown = STEP;
  let asked = 0;
  const nodes = new Map();

  /** What the reader asks for, from the form: {q, sort, selection}. */
  function wanted() {
    const selection = {};
    names.forEach(function (name) {
      const values = Array.from(document.querySelectorAll('[data-facets] input[name="' + name + '"]:checked')).map(function (box) {
        return box.value;
      });
      if (values.length) {
        selection[name] = values;
      }
    });
    return { q: $("#q").value.trim(), sort: $("[data-sort]").value, selection: selection };
  }

  /** The order that nobody has to ask for: by relevance where words are searched, else by approach. */
  function usual(words) {
    return words ? "words" : "approach";
  }

  /** Offer the order by relevance for as long as words are searched, and take it up or leave it. */
  function offerRelevance(words) {
    const select = $("[data-sort]");
    const own = select.querySelector('[value="words"]');
    if (words && !own) {
      select.insertBefore(casebook.el("option", { value: "words" }, casebook.word("sort_words")), select.firstChild);
      select.value = "words";
    } else if (!words && own) {
      own.remove();
      select.value = select.value || "approach";
    }
  }

  function toAddress(state) {
    const query = new URLSearchParams();
    if (state.q) {
      query.set("q", state.q);
    }
    Object.keys(state.selection).forEach(function (name) {
      state.selection[name].forEach(function (value) {
        query.append(name, value);
      });
    });
    if (state.sort !== usual(state.q)) {
      query.set("sort", state.sort);
    }
    const text = query.toString();
    return window.location.pathname + (text ? "?" + text : "");
  }

  function fromAddress() {
    const query = new URLSearchParams(window.location.search);
    $("#q").value = query.get("q") || "";
    const header = document.getElementById("site-search");
    if (header) {
      header.value = query.get("q") || "";
    }
    const words = $("#q").value.trim();
    const select = $("[data-sort]");
    offerRelevance(words);
    const sort = query.get("sort");
    select.value = Array.from(select.options).some(function (o) { return o.value === sort; }) ? sort : usual(words);
    document.querySelectorAll("[data-facets] input[type=checkbox]").forEach(function (box) {
      box.checked = query.getAll(box.name).indexOf(box.value) !== -1;
    });
  }

  function label(name, value) {
    const box = document.querySelector('[data-facets] input[name="' + name + '"][value="' + value + '"]');
    return box ? box.parentNode.querySelector("span").textContent : value;
  }

  function drawChips(state) {
    const chips = [];
    const chip = function (text, name, value) {
      const button = casebook.el("button", { type: "button", class: "chip", "aria-label": casebook.word("filter_remove", { name: text }) }, [
        text,
        casebook.el("span", { "aria-hidden": "true" }, " ×"),
      ]);
      button.addEventListener("click", function () {
        drop(name, value);
      });
      chips.push(casebook.el("li", {}, button));
    };
    if (state.q) {
      chip(casebook.word("words_label", { text: state.q }), "q");
    }
    Object.keys(state.selection).forEach(function (name) {
      state.selection[name].forEach(function (value) {
        chip(label(name, value), name, value);
      });
    });
    casebook.fill($("[data-chips]"), chips);
  }

  /** Take one filter out: a value, a whole facet, or the words. */
  function drop(name, value) {
    if (name === "q") {
      $("#q").value = "";
    } else {
      document.querySelectorAll('[data-facets] input[name="' + name + '"]').forEach(function (box) {
        if (value === undefined || box.value === value) {
          box.checked = false;
        }
      });
    }
    changed();
    $("[data-result-count]").focus();
  }

  function drawCounts(found, selection) {
    names.forEach(function (name) {
      const counts = facets.counts(found, selection, name);
      document.querySelectorAll('[data-facets] input[name="' + name + '"]').forEach(function (box) {
        const n = counts.get(box.value) || 0;
        const row = box.parentNode;
        row.querySelector("[data-count]").textContent = String(n);
        row.classList.toggle("is-empty", n === 0 && !box.checked);
      });
    });
  }

  /** The card of a case, from the page or from its data file. */
  function cardOf(card) {
    if (nodes.has(card.at)) {
      return Promise.resolve(nodes.get(card.at));
    }
    const part = Math.floor(card.at / chunk);
    return casebook.need("cards-" + part).then(function (html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      page.querySelectorAll("[data-card]").forEach(function (node, index) {
        if (!nodes.has(part * chunk + index)) {
          nodes.set(part * chunk + index, document.importNode(node, true));
        }
      });
      return nodes.get(card.at);
    });
  }

  /** Let cases be filtered by what nobody has reported; only those who fill gaps need it. */
  function needMissing() {
    return casebook.need("missing").then(function (data) {
      if (names.indexOf("missing") === -1) {
        names.push("missing");
        all.forEach(function (card) {
          card.facets.missing = [];
        });
        Object.keys(data).forEach(function (question) {
          casebook.bits(data[question], all.length).forEach(function (flag, at) {
            if (flag) {
              all[at].facets.missing.push(question);
            }
          });
        });
      }
    });
  }

  function sorted(list, state) {
    const order = {
      approach: function (a, b) { return a.rank - b.rank || a.at - b.at; },
      zero: function (a, b) { return a.zero - b.zero || a.rank - b.rank || a.at - b.at; },
      place: function (a, b) { return a.place < b.place ? -1 : a.place > b.place ? 1 : a.at - b.at; },
      answered: function (a, b) { return b.answered - a.answered || a.at - b.at; },
      checked: function (a, b) { return a.checked < b.checked ? 1 : a.checked > b.checked ? -1 : a.at - b.at; },
    }[state.sort];
    return order ? list.slice().sort(order) : list;
  }

  function drawEmpty(found, state) {
    const best = facets.loosen(all, found, state.selection, Boolean(state.q));
    const list = [];
    if (best) {
      const legend = best.name === "q" ? casebook.word("words_label", { text: state.q }) : facetLabel(best.name);
      const button = casebook.el("button", { type: "button", class: "btn" }, casebook.count("loosen", best.count, { name: legend }));
      button.addEventListener("click", function () {
        drop(best.name);
      });
      list.push(casebook.el("li", {}, button));
    }
    if (!best) {
      // No single filter stands in the way alone.
      const all = casebook.el("button", { type: "button", class: "btn" }, casebook.word("loosen_all"));
      all.addEventListener("click", function () {
        $("[data-clear]").click();
      });
      list.push(casebook.el("li", {}, all));
    }
    casebook.fill($("[data-loosen]"), list);
  }

  function facetLabel(name) {
    const box = document.querySelector('[data-facets] input[name="' + name + '"]');
    return box ? box.closest("details").querySelector("summary").textContent : name;
  }

  function drawAlso(results) {
    const box = $("[data-also]");
    box.hidden = !results.length;
    casebook.fill(
      box.querySelector("ul"),
      results.map(function (result) {
        return casebook.el("li", {}, [
          casebook.el("span", { class: "also__kind" }, casebook.word("kind_" + result.kind)),
          " ",
          casebook.el("a", { href: casebook.resultAddress(result) }, result.title),
        ]);
      })
    );
  }

  function reasonsOf(results) {
    const map = new Map();
    results.forEach(function (result) {
      if (result.kind === "case") {
        map.set(result.id, result);
      }
    });
    return map;
  }

  function withReason(node, result) {
    node.querySelectorAll(".card__match").forEach(function (old) {
      old.remove();
    });
    if (!result) {
      return;
    }
    const parts = casebook.resultParts(result).slice(1);
    if (parts.length) {
      const href = casebook.resultAddress(result);
      const box = result.claim ? casebook.el("a", { class: "card__match", href: href }, parts) : casebook.el("p", { class: "card__match" }, parts);
      node.querySelector(".card__lead").insertAdjacentElement("afterend", box);
    }
  }

  function draw(state, searched) {
    const plain = !state.q && !Object.keys(state.selection).length && state.sort === "approach" && all.length === places.length;
    const found = searched ? searched.cases : all;
    const left = sorted(facets.filter(found, state.selection), state);
    drawChips(state);
    drawCounts(found, state.selection);
    drawAlso(searched ? searched.also : []);
    const words = casebook.count("cases_found", left.length);
    $("[data-result-count]").textContent = searched && searched.partial && left.length ? words + " · " + casebook.word("cases_partial") : words;
    $("[data-groups]").hidden = !plain;
    $("[data-results]").hidden = plain || !left.length;
    $("[data-empty]").hidden = left.length > 0;
    $("[data-more]").hidden = plain || left.length <= shown;
    if (!left.length) {
      drawEmpty(found, state);
    }
    if (plain) {
      putBack();
      casebook.ready();
      return Promise.resolve();
    }
    const mine = asked;
    const reasons = reasonsOf(searched ? searched.results : []);
    return Promise.all(left.slice(0, shown).map(cardOf)).then(function (cards) {
      if (mine !== asked) {
        return;
      }
      cards.forEach(function (node) {
        withReason(node, reasons.get(node.dataset.card));
      });
      casebook.fill($("[data-results]"), cards);
      casebook.markCompareButtons();
      casebook.ready();
    });
  }

  const places = [];
  /** Cards of the page itself return to their groups when nothing is filtered. */
  function putBack() {
    places.forEach(function (place) {
      withReason(place.node, null);
      place.parent.appendChild(place.node);
    });
    casebook.markCompareButtons();
  }

  function update() {
    const state = wanted();
    asked += 1;
    const mine = asked;
    delete document.documentElement.dataset.ready;
    const searching = state.q
      ? casebook.needSearch().then(function (search) { return search.query(state.q, { limit: 20 }); })
      : Promise.resolve(null);
    searching
      .then(function (result) {
        if (mine !== asked) {
          return null;
        }
        if (!result) {
          return draw(state, null);
        }
        const cases = result.numbers.map(function (number) { return all[number]; });
        const also = result.results.filter(function (each) { return each.kind !== "case"; }).slice(0, 4);
        return draw(state, { cases: cases, also: also, partial: result.partial, results: result.results });
      })
      .catch(function () {
        $("[data-result-count]").textContent = casebook.word("failed");
        casebook.ready();
      });
  }

  function changed() {
    shown = STEP;
    offerRelevance($("#q").value.trim());
    try {
      window.history.pushState(null, "", toAddress(wanted()));
    } catch (error) {
      // Some browsers keep the address of a page opened as a file as it is; the list works all the same.
    }
    update();
  }

  function sheet() {
    const dialog = $("[data-facet-sheet]");
    const narrow = window.matchMedia("(max-width: 59.99em)");
    const settle = function () {
      if (narrow.matches) {
        dialog.removeAttribute("open");
      } else {
        if (dialog.open && dialog.close) {
          dialog.close();
        }
        dialog.setAttribute("open", "");
      }
    };
    settle();
    if (narrow.addEventListener) {
      narrow.addEventListener("change", settle);
    }
    $("[data-open-facets]").addEventListener("click", function () {
      if (dialog.showModal) {
        dialog.removeAttribute("open");
        dialog.showModal();
      } else {
        dialog.setAttribute("open", "");
      }
    });
    document.querySelectorAll("[data-close-facets]").forEach(function (button) {
      button.addEventListener("click", function () {
        if (narrow.matches) {
          if (dialog.close) {
            dialog.close();
          } else {
            dialog.removeAttribute("open");
          }
        }
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-groups] [data-places]").forEach(function (list) {
      const at = list.dataset.places.split(" ");
      Array.from(list.children).forEach(function (node, index) {
        nodes.set(Number(at[index]), node);
        places.push({ node: node, parent: list });
      });
    });
    sheet();
    let timer = 0;
    const form = $("[data-facets]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      changed();
    });
    form.addEventListener("change", function (event) {
      if (event.target.type === "checkbox") {
        changed();
      }
    });
    $("#q").addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(changed, 250);
    });
    $("[data-sort]").addEventListener("change", changed);
    $("[data-more]").addEventListener("click", function () {
      shown += STEP;
      update();
    });
    $("[data-clear]").addEventListener("click", function () {
      $("#q").value = "";
      form.querySelectorAll("input:checked").forEach(function (box) {
        box.checked = false;
      });
      changed();
    });
    window.addEventListener("popstate", function () {
      fromAddress();
      update();
    });
    $("[data-missing]").addEventListener("toggle", function () {
      needMissing().then(update, function () {});
    });
    casebook.need("cards").then(
      function (data) {
        names = Object.keys(data.facets);
        chunk = data.chunk;
        const columns = names.map(function (name) { return casebook.column(data.facets[name]); });
        const rank = casebook.column(data.approach);
        const zero = casebook.column(data.zero);
        const checked = casebook.column(data.checked);
        const answered = casebook.column(data.answered);
        all = casebook.column(data.place).map(function (place, at) {
          const own = {};
          names.forEach(function (name, index) {
            own[name] = columns[index][at];
          });
          return { at: at, facets: own, place: place, answered: answered[at], checked: checked[at], rank: rank[at], zero: zero[at] };
        });
        fromAddress();
        const filling = new URLSearchParams(window.location.search).has("missing");
        $("[data-missing]").open = filling;
        (filling ? needMissing() : Promise.resolve()).then(update, update);
      },
      function () {
        $("[data-result-count]").textContent = casebook.word("failed");
      }
    );
  });
})();
