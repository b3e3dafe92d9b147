/**
 * The ways out of the form: a file, a pull request on GitHub, the text for Gitee, a mail.
 * An address that cannot hold the whole text is not used to carry it.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  /** Hosts refuse addresses of about 8,000 characters; a Chinese character takes nine. */
  const LONGEST = 6000;
  const YAML_TYPE = "application/yaml";

  /** Where the owner of the site takes what people send; blank where nowhere. */
  function settings() {
    const node = document.getElementById("settings");
    return node ? JSON.parse(node.textContent) : {};
  }

  function web(address) {
    return /^https?:\/\//.test(address || "") ? address.replace(/\/+$/, "") : "";
  }

  /**
   * Address of the page on GitHub where the file is made or changed.
   * `whole` says whether it carries the text.
   */
  function onGitHub(repository, branch, id, text, known) {
    if (known) {
      return { address: repository + "/edit/" + encodeURI(branch) + "/cases/" + id + ".yaml", whole: false };
    }
    const short = repository + "/new/" + encodeURI(branch) + "/cases?filename=" + encodeURIComponent(id + ".yaml");
    const full = short + "&value=" + encodeURIComponent(text);
    return full.length <= LONGEST ? { address: full, whole: true } : { address: short, whole: false };
  }

  /** Address of the case's file on Gitee, or of the folder that it goes into. */
  function onGitee(repository, branch, id, known) {
    return repository + (known ? "/blob/" : "/tree/") + encodeURI(branch) + "/cases" + (known ? "/" + id + ".yaml" : "");
  }

  /**
   * Draw the ways out. `out` has id, text, known (the case is in the library), word, taken() once
   * the text has left the page.
   */
  casebook.formSend = function (out) {
    const given = settings();
    const branch = given.branch || "main";
    const word = out.word;
    const file = out.id + ".yaml";
    const ways = [];
    const way = (key, say, parts) => ways.push(el("li", {}, [el("h3", {}, word(key)), el("p", {}, say)].concat(parts)));
    const link = (address, text, main) =>
      el("a", { class: "btn" + (main ? " btn--main" : ""), href: address, target: "_blank", rel: "noopener" }, text);
    const press = (text, action) => {
      const node = el("button", { type: "button", class: "btn" }, text);
      node.addEventListener("click", () => action(node));
      return node;
    };
    const copy = (key) => press(word(key), (node) => casebook.copyFrom(node, out.text).then(out.taken));

    const save = press(word("download_go", { file: file }), () => {
      casebook.saveFile(file, out.text, YAML_TYPE);
      out.taken();
    });
    save.classList.add("btn--main");
    way("download", word("download_say"), [save, copy("copy_text")]);

    const github = web(given.github);
    if (github) {
      const page = onGitHub(github, branch, out.id, out.text, out.known);
      const go = link(page.address, word("github_go"));
      go.dataset.way = "github";
      if (page.whole) {
        go.addEventListener("click", out.taken);
        way("github", word("github_whole"), [go]);
      } else {
        way("github", word(out.known ? "github_edit" : "github_paste"), [copy("copy_first"), go]);
      }
    }
    const gitee = web(given.gitee);
    if (gitee) {
      way("gitee", word(out.known ? "gitee_edit" : "gitee_new", { file: "cases/" + file }), [copy("copy_first"), link(onGitee(gitee, branch, out.id, out.known), word("gitee_go"))]);
    }
    if (given.mail) {
      const subject = encodeURIComponent(word("mail_subject", { file: file }));
      const body = encodeURIComponent(word("mail_body", { file: file }));
      const go = el("a", { class: "btn", href: "mailto:" + given.mail + "?subject=" + subject + "&body=" + body }, word("mail_go"));
      way("mail", word("mail_say", { file: file, address: given.mail }), [go]);
    }
    return el("ul", { class: "ways" }, ways);
  };

  casebook.formSend.onGitHub = onGitHub;
  casebook.formSend.onGitee = onGitee;
})();
