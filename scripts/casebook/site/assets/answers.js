/**
 * What a case answers, taken from the case's own page, so that it is the very answer the page shows, evidence
 * included; pages opened as files bring a data file instead. Also addresses to be scanned.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const SVG = "http://www.w3.org/2000/svg";
  const loaded = new Map();

  function parse(id, html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const text = function (selector) {
      const node = page.querySelector(selector);
      return node ? node.textContent.trim() : "";
    };
    const answers = new Map();
    page.querySelectorAll("[data-question]").forEach(function (node) {
      answers.set(node.dataset.question, { state: node.dataset.state, node: node.querySelector(".answer") });
    });
    return {
      id: id,
      title: text("h1"),
      where: text(".case__where"),
      lead: text(".lead"),
      evidence: text(".standing dd"),
      checked: text(".standing time"),
      sources: Array.from(page.querySelectorAll(".sources > li > p:nth-child(2)")).map(function (node) {
        return node.textContent.trim();
      }),
      answers: answers,
    };
  }

  /** A case by its id: {id, title, where, lead, evidence, checked, sources, answers}; rejects where it cannot be had. */
  casebook.answers = function (id) {
    if (!loaded.has(id)) {
      const getting =
        window.location.protocol === "file:"
          ? casebook.need("case-" + id)
          : window.fetch(casebook.caseAddress(id)).then(function (response) {
              if (!response.ok) {
                throw new Error(id + ": " + response.status);
              }
              return response.text();
            });
      const promise = getting.then(function (html) {
        return parse(id, html);
      });
      promise.catch(function () {
        loaded.delete(id);
      });
      loaded.set(id, promise);
    }
    return loaded.get(id);
  };

  /**
   * The claims of an answer as [{amount, text, who, tone, apart}]; none where nobody has answered. `apart` is the
   * heading of the box that a claim stands in, as where sources differ.
   */
  casebook.claims = function (answer) {
    if (!answer || answer.state !== "answered" || !answer.node) {
      return [];
    }
    return Array.from(answer.node.querySelectorAll(".claim")).map(function (node) {
      const who = node.querySelector("summary");
      const tone = who && /\bwho--\w+/.exec(who.className);
      const text = node.querySelector(".claim__text");
      const amount = text.querySelector(".amount");
      const box = node.closest(".box");
      return {
        amount: amount ? amount.textContent : "",
        text: (amount ? text.lastChild : text).textContent.trim(),
        who: who && who.firstChild ? who.firstChild.textContent.trim() : "",
        tone: tone ? tone[0] : "",
        apart: box ? box.querySelector(".box__head").textContent.trim() : "",
      };
    });
  };

  /** Ids of cases that the address names, each once. */
  casebook.named = function () {
    const query = new URLSearchParams(window.location.search).get("cases");
    return query === null ? [] : Array.from(new Set(query.split(",").filter(casebook.isId)));
  };

  /**
   * The address under which others find a path below the language's root: the site's own where it is known,
   * else that of this server; empty where pages are opened as files and the site has no address.
   */
  casebook.published = function (path) {
    const site = document.getElementById("words").dataset.site;
    if (site) {
      return site + path;
    }
    return window.location.protocol === "file:" ? "" : casebook.address(path);
  };

  /** A text as a square to scan. It is black on white in any scheme, with the quiet edge that cameras want. */
  casebook.square = function (text) {
    const code = window.QR.generate(text, { minCorrectionLevel: window.QR.correction.M });
    const edge = 2;
    const size = code.size + 2 * edge;
    let way = "";
    for (let y = 0; y < code.size; y++) {
      for (let x = 0; x < code.size; x++) {
        if (code.get(x, y)) {
          way += "M" + (x + edge) + " " + (y + edge) + "h1v1h-1z";
        }
      }
    }
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 " + size + " " + size);
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", way);
    svg.appendChild(path);
    return svg;
  };
})();
