/**
 * The share menu: the address, a code to scan, an embed to paste into a site, and an article for WeChat.
 * WeChat's editor drops classes, scripts and links: styles go into the copied text, and the address is told in words.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const BRAND = "#0b5f55";
  const GREY = "#535f5f";
  const TONES = { "who--said": "#764800", "who--ours": "#5a3e93" };

  /** Make an element with styles of its own, for the copied text alone; our pages allow none. */
  function styled(tag, style, children) {
    const node = casebook.el(tag, {}, children);
    Object.assign(node.style, style);
    return node;
  }

  function line(children, style) {
    return styled("p", Object.assign({ margin: "0 0 10px" }, style), children);
  }

  function heading(text, size) {
    return line(text, { fontSize: size || "20px", fontWeight: "bold", lineHeight: "1.4", color: "#20282a" });
  }

  function said(one, question) {
    const answer = one.answers.get(question.id);
    const claims = casebook.claims(answer);
    if (!claims.length) {
      return [line("○ " + casebook.word(answer ? answer.state : "not_reported"), { color: GREY })];
    }
    return claims.map(function (claim) {
      const words = (claim.amount ? [styled("strong", {}, claim.amount), " "] : []).concat(claim.text + " ");
      return line(words.concat(styled("span", { color: TONES[claim.tone] || GREY, fontSize: "14px" }, "—\u00a0" + claim.who)));
    });
  }

  function unknown(one, questions) {
    const open = questions.filter(function (question) {
      const answer = one.answers.get(question.id);
      return !answer || answer.state === "not_reported";
    });
    return open.length
      ? styled("section", { background: "#eeece6", borderRadius: "6px", padding: "12px 14px", margin: "16px 0" }, [
          line(casebook.word("pack_unknown", { n: open.length }), { fontWeight: "bold" }),
          line(open.map(function (question) { return question.label; }).join(casebook.word("share_list")), { margin: "0" }),
        ])
      : "";
  }

  function label(text) {
    return line(text, { color: BRAND, fontWeight: "bold", margin: "16px 0 4px" });
  }

  function end(cases, address) {
    const sources = cases.map(function (one) {
      return casebook.word("pack_sources", { list: one.sources.join(casebook.word("source_join")), date: one.checked });
    });
    const lines = sources.concat(address ? casebook.word("share_read_on", { address: address }) : []);
    return lines.map(function (text) {
      return line(text, { color: GREY, fontSize: "14px", wordBreak: "break-all" });
    });
  }

  function article(cases, questions, address) {
    const key = questions.filter(function (question) { return question.key; });
    const parts = [];
    if (cases.length === 1) {
      const one = cases[0];
      parts.push(
        styled("section", { borderLeft: "4px solid " + BRAND, paddingLeft: "12px", margin: "0 0 14px" }, [
          heading(one.title),
          line(one.where, { color: GREY, fontSize: "14px", margin: "0" }),
        ]),
        line(one.lead)
      );
      key.forEach(function (question) {
        parts.push.apply(parts, [label(question.label)].concat(said(one, question)));
      });
      parts.push(unknown(one, questions));
    } else {
      parts.push(heading(cases.map(function (one) { return one.title; }).join(" / ")));
      key.forEach(function (question) {
        parts.push(label(question.ask));
        cases.forEach(function (one) {
          parts.push.apply(parts, [line(one.title, { fontWeight: "bold", margin: "6px 0 2px" })].concat(said(one, question)));
        });
      });
    }
    return styled("section", { fontSize: "16px", lineHeight: "1.75", color: "#20282a" }, parts.concat(end(cases, address)));
  }

  /**
   * Copy with its styles; false where the browser does not let it. By the event of copying, which works inside other
   * apps and without https, and which hands the styles over as they are.
   */
  function copyRich(node) {
    const lines = Array.from(node.querySelectorAll("p")).map(function (each) {
      return each.textContent;
    });
    let done = false;
    const put = function (event) {
      event.clipboardData.setData("text/html", node.outerHTML);
      event.clipboardData.setData("text/plain", lines.join("\n"));
      event.preventDefault();
      done = true;
    };
    // Without a selection some browsers copy nothing, and tell nobody.
    const box = casebook.el("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    box.value = lines[0];
    document.body.appendChild(box);
    box.select();
    document.addEventListener("copy", put);
    try {
      document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    document.removeEventListener("copy", put);
    box.remove();
    return done;
  }

  function savePicture(svg) {
    const size = Number(svg.getAttribute("viewBox").split(" ")[2]);
    const dot = 12;
    const canvas = casebook.el("canvas", { width: size * dot, height: size * dot });
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(dot, dot);
    context.fillStyle = "#000000";
    context.fill(new Path2D(svg.firstChild.getAttribute("d")));
    canvas.toBlob(function (blob) {
      const link = casebook.el("a", { href: URL.createObjectURL(blob), download: casebook.word("share_file") + ".png" });
      document.body.appendChild(link);
      link.click();
      link.remove();
      window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    });
  }

  function part(title, children) {
    return casebook.el("section", { class: "share__part" }, [casebook.el("h2", {}, title)].concat(children));
  }

  function button(word, act) {
    const node = casebook.el("button", { type: "button", class: "btn btn--small" }, casebook.word(word));
    node.addEventListener("click", function () { act(node); });
    return node;
  }

  function text(value, name) {
    return casebook.el("textarea", { class: "share__text", readonly: true, rows: 3, "aria-label": name, spellcheck: "false" }, value);
  }

  function copying(value) {
    return function (node) { casebook.copyFrom(node, value); };
  }

  function ids(menu) {
    return menu.dataset.id ? [menu.dataset.id] : casebook.chosen.list().map(function (each) { return each.id; });
  }

  function fill(menu, cases, questions) {
    const list = cases.map(function (one) { return one.id; }).join(",");
    const single = cases.length === 1;
    const address = casebook.published(single ? "cases/" + list + "/" : "compare/?cases=" + list);
    const embedded = casebook.published(single ? "embed/cases/" + list + "/" : "embed/compare/?cases=" + list);
    const parts = [];
    if (address) {
      const square = casebook.square(address);
      const frame = casebook.el("iframe", {
        src: embedded, title: cases.map(function (one) { return one.title; }).join(" / "),
        width: "100%", height: "620", loading: "lazy", frameborder: "0",
      }).outerHTML;
      parts.push(
        part(casebook.word("share_link"), [
          casebook.el("p", { class: "share__address" }, address),
          button("share_copy_link", copying(address)),
        ]),
        part(casebook.word("share_code"), [
          casebook.el("span", { class: "share__square" }, square),
          button("share_save_code", function () { savePicture(square); }),
        ]),
        part(casebook.word("share_embed"), [
          text(frame, casebook.word("share_embed")),
          button("share_copy_embed", copying(frame)),
          casebook.el("a", { class: "share__see", href: embedded, target: "_blank", rel: "noopener" }, casebook.word("share_see")),
        ])
      );
    } else {
      parts.push(casebook.el("p", { class: "note" }, casebook.word("share_no_address")));
    }
    const story = article(cases, questions, address);
    parts.push(
      part(casebook.word("share_wechat"), [
        casebook.el("p", { class: "small" }, casebook.word("share_wechat_how")),
        button("share_copy_article", function () {
          casebook.toast(casebook.word(copyRich(story) ? "share_article_copied" : "share_article_failed"));
        }),
        button("share_copy_html", copying(story.outerHTML)),
      ])
    );
    casebook.fill(menu.querySelector("[data-share-box]"), parts);
  }

  /** Fill an opened menu with what its case, or the comparison as it now stands, can be shared as. */
  casebook.share = function (menu) {
    const box = menu.querySelector("[data-share-box]");
    const wanted = ids(menu);
    if (!wanted.length) {
      casebook.fill(box, casebook.el("p", {}, casebook.word("project_empty")));
      return;
    }
    Promise.all([casebook.need("questions"), Promise.all(wanted.map(casebook.answers))]).then(
      function (got) { fill(menu, got[1], got[0]); },
      function () { casebook.fill(box, casebook.el("p", {}, casebook.word("failed"))); }
    );
  };
})();
