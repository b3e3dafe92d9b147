/**
 * The form as a whole: what it begins with, what is kept, where one is, and what is drawn anew.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  const drafts = casebook.formDrafts;

  const PAUSE = 300;

  class Form {
    constructor(root, data) {
      this.root = root;
      this.form = data.form;
      this.words = data.words;
      this.model = new casebook.formModel.Model(this.form);
      this.word = this.word.bind(this);
      this.fields = new casebook.formFields.Fields(this);
      this.body = new casebook.formScreens(this);
      this.problems = new casebook.formProblems(this);
      this.drafts = new casebook.formDraftList(this);
      this.screen = this.form.screens[0].id;
      this.checked = {};
      this.dirty = false;
    }

    word(key, values) {
      const text = Object.prototype.hasOwnProperty.call(this.words, key) ? this.words[key] : key;
      return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
    }

    get value() {
      return this.draft.value;
    }

    /** Take up what the address names: a draft, a case to correct, or something new. */
    start(params, published) {
      drafts.try();
      this.published = published;
      const named = params.get("draft") && drafts.get(params.get("draft"));
      const own = published && drafts.list().find((each) => each.case === published.id);
      this.continued = Boolean(own);
      if (named) {
        this.take(named);
      } else if (published) {
        this.take(own || this.correction(published));
      } else {
        this.take(drafts.around(this.model.blank()));
        this.drafts.choosing = drafts.list().length > 0;
      }
      const asked = params.get("question");
      const at = this.form.screens.find((screen) => (screen.questions || []).indexOf(asked) !== -1);
      this.screen = this.screenOf(window.location.hash) || (at ? at.id : this.form.screens[0].id);
      this.listen();
      this.draw();
      if (at) {
        this.goTo(asked);
      }
    }

    correction(published) {
      const read = casebook.formYaml.read(published.text);
      return drafts.around(this.model.fill(read.plain || {}), { case: published.id, base: published.text });
    }

    take(draft) {
      this.draft = draft;
      this.checked = {};
      this.dirty = false;
      this.others = false;
    }

    listen() {
      window.addEventListener("hashchange", () => {
        const screen = this.screenOf(window.location.hash);
        if (screen && screen !== this.screen) {
          this.show(screen);
        }
      });
      window.addEventListener("beforeunload", (event) => {
        this.keep();
        if (this.dirty) {
          event.preventDefault();
          event.returnValue = "";
        }
      });
      ["pagehide", "visibilitychange"].forEach((name) => document.addEventListener(name, () => this.keep()));
      drafts.watch((name) => {
        if (name === this.draft.name) {
          this.others = true;
          this.drafts.drawBar();
        }
      });
    }

    screenOf(hash) {
      const id = decodeURIComponent(hash.slice(1));
      return this.form.screens.some((screen) => screen.id === id) ? id : null;
    }

    goTo(question) {
      const card = document.querySelector('[data-card="' + question + '"]');
      if (card) {
        card.scrollIntoView({ block: "start" });
        const first = card.querySelector("input");
        first.focus({ preventScroll: true });
      }
    }

    /** Something was typed. */
    changed() {
      this.dirty = true;
      this.unsaved = true;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.keep(), PAUSE);
    }

    keep() {
      if (!this.unsaved) {
        return;
      }
      window.clearTimeout(this.timer);
      this.unsaved = false;
      this.suggestId();
      this.draft.changed = new Date().toISOString();
      if (drafts.keep(this.draft)) {
        this.named("?draft=" + this.draft.name);
      }
      this.drafts.drawBar();
    }

    /** The address names the draft and the screen, so that a tab that is restored shows them again. */
    named(search) {
      const url = new URL(window.location.href);
      url.search = search;
      url.hash = this.screen;
      if (url.href !== window.location.href) {
        window.history.replaceState(window.history.state, "", url.href);
      }
    }

    /** Nobody has to invent an id: it comes from the English title, or from the day. */
    suggestId() {
      const key = this.model.key.name;
      if (this.draft.base || (this.value[key] && this.value[key] !== this.draft.suggested)) {
        return;
      }
      const heading = casebook.formTerms.byRole(this.form.case, "heading").name;
      const title = (this.value[heading] && this.value[heading].en) || "";
      const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").split("-").filter(Boolean).slice(0, 6).join("-").slice(0, 50);
      const day = new Date().toISOString().slice(0, 10);
      this.draft.suggested = this.value[key] = slug || "case-" + day + "-" + this.draft.name.slice(-4);
    }

    titleOf(draft) {
      const heading = casebook.formTerms.byRole(this.form.case, "heading").name;
      const words = draft.value[heading] || {};
      return words[this.form.lang] || Object.keys(words).map((lang) => words[lang]).find(Boolean) || this.word("untitled");
    }

    draw() {
      this.progress = el("nav", { class: "progress", "aria-label": this.word("progress") });
      this.step = el("section", { class: "form__step" });
      casebook.fill(this.root, [this.drafts.bar, this.drafts.list, this.progress, this.step]);
      this.drafts.drawBar();
      this.drafts.drawList();
      this.drawProgress();
      this.drawStep();
    }

    drawProgress() {
      const now = this.form.screens.findIndex((screen) => screen.id === this.screen);
      const items = this.form.screens.map((screen, index) => {
        const link = el("a", { href: "#" + screen.id, class: this.isDone(screen) ? "is-done" : "", "aria-current": index === now ? "step" : null }, el("span", {}, this.labelOf(screen)));
        return el("li", {}, link);
      });
      const say = this.word("step_of", { n: now + 1, total: items.length, name: this.labelOf(this.form.screens[now]) });
      casebook.fill(this.progress, [el("ol", { class: "progress__steps" }, items), el("p", { class: "progress__now" }, say)]);
    }

    labelOf(screen) {
      return screen.label || this.word("screen_" + screen.id);
    }

    isDone(screen) {
      if (screen.questions) {
        return screen.questions.every((name) => this.model.answer(this.value, name).state);
      }
      return screen.id !== "send" && !this.problems.of(screen).length;
    }

    drawStep() {
      const screen = this.form.screens.find((each) => each.id === this.screen);
      if (this.checked[this.screen]) {
        this.body.unfold(this.problems.of(screen));
      }
      const head = el("h2", { tabindex: "-1", id: "step-heading" }, this.labelOf(screen));
      this.summary = el("div", { tabindex: "-1", hidden: true });
      casebook.fill(this.step, [head].concat(this.notice(), this.summary, this.body.of(screen), this.nav(screen)));
      if (this.checked[this.screen]) {
        this.problems.mark(this.problems.of(screen));
      }
    }

    /** What a reader who corrects a case should know first. */
    notice() {
      if (!this.draft.case) {
        return [];
      }
      const parts = [el("p", { class: "box__head" }, this.word("correcting", { name: this.titleOf(this.draft) }))];
      const moved = this.published && this.published.id === this.draft.case && this.published.text !== this.draft.base;
      if (moved) {
        parts.push(el("p", {}, this.word("case_moved_on")));
      }
      if (moved || this.continued) {
        parts.push(el("p", {}, this.word("correction_kept")));
        parts.push(this.fields.button("correction_anew", () => {
          drafts.remove(this.draft.name);
          this.continued = false;
          this.take(this.correction(this.published));
          this.draw();
        }));
      }
      return [el("div", { class: "box" }, parts)];
    }

    nav(screen) {
      const at = this.form.screens.indexOf(screen);
      const parts = [];
      if (at > 0) {
        parts.push(this.fields.button("back", () => this.leave(this.form.screens[at - 1].id), ""));
      }
      if (at < this.form.screens.length - 1) {
        const pressed = this.checked[screen.id] && this.problems.of(screen).length;
        const next = this.fields.button(pressed ? "next_anyway" : "next", () => this.next(screen, this.form.screens[at + 1].id), "btn--main");
        next.id = "form-next";
        parts.push(next);
      }
      return el("div", { class: "form__nav" }, parts);
    }

    /** Go on: once with what is wrong on this screen, a second time without asking. */
    next(screen, target) {
      const problems = this.problems.of(screen);
      if (problems.length && !this.checked[screen.id]) {
        this.checked[screen.id] = true;
        this.drawStep();
        this.summary.focus();
        return;
      }
      this.checked[screen.id] = true;
      this.leave(target);
    }

    leave(target) {
      this.keep();
      this.show(target);
      window.history.pushState(window.history.state, "", "#" + target);
    }

    show(target) {
      this.keep();
      this.screen = target;
      this.drafts.choosing = false;
      this.drafts.drawList();
      this.drawProgress();
      this.drawStep();
      const head = this.step.querySelector("h2");
      head.focus({ preventScroll: true });
      this.progress.scrollIntoView();
    }

    focus(id) {
      const node = document.getElementById(id);
      if (!node) {
        return;
      }
      for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        fold.open = true;
      }
      const control = node.matches("input,textarea,select,button,a,[tabindex]") && node.tagName !== "FIELDSET" ? node : node.querySelector("input,textarea,select,summary") || node;
      control.focus();
      control.scrollIntoView({ block: "center" });
    }

    /** Draw the card with the focus anew, keeping what was unfolded, and go on at `id`. */
    redraw(id) {
      const card = document.activeElement && document.activeElement.closest("[data-card]");
      const unfolded = Array.from(this.step.querySelectorAll("details[open]")).map((node) => this.keyOf(node));
      if (card && this.form.questions.some((question) => question.name === card.dataset.card)) {
        card.replaceWith(this.body.question(card.dataset.card));
      } else {
        this.drawStep();
      }
      this.step.querySelectorAll("details").forEach((node) => {
        if (unfolded.indexOf(this.keyOf(node)) !== -1) {
          node.open = true;
        }
      });
      if (this.checked[this.screen]) {
        this.problems.mark(this.problems.of(this.form.screens.find((each) => each.id === this.screen)));
      }
      const node = document.getElementById(id);
      if (node) {
        node.focus({ preventScroll: true });
        node.scrollIntoView({ block: "nearest" });
      }
    }

    keyOf(details) {
      const row = details.closest("[data-row]");
      const card = details.closest("[data-card]");
      return [card && card.dataset.card, row && row.dataset.row, details.dataset.key].join("|");
    }

    moved(id, by, say) {
      this.redraw("");
      const wanted = document.getElementById(id + (by < 0 ? "-move_up" : "-move_down"));
      const other = document.getElementById(id + (by < 0 ? "-move_down" : "-move_up"));
      const node = wanted && !wanted.disabled ? wanted : other;
      if (node) {
        node.focus();
      }
      casebook.announce(say);
    }

    /** Something went away; for a while it can be had back. */
    removed(say, before, id) {
      this.changed();
      this.redraw(id);
      if (document.activeElement === document.body) {
        this.step.querySelector("h2").focus({ preventScroll: true });
      }
      this.offerUndo(say, () => this.restore(before));
    }

    restore(before) {
      this.draft.value = before;
      this.changed();
      this.drawProgress();
      this.drawStep();
      casebook.announce(this.word("undone"));
    }

    /** A message with a way back. It stays until used, closed, or followed by another. */
    offerUndo(say, act) {
      document.querySelectorAll(".toast").forEach((old) => old.remove());
      const toast = el("div", { class: "toast", role: "region", "aria-label": this.word("undo") }, [el("span", {}, say + " ")]);
      const undo = el("button", { type: "button", "data-undo": true }, this.word("undo"));
      const close = el("button", { type: "button", "aria-label": this.word("close") }, "×");
      undo.addEventListener("click", () => {
        toast.remove();
        act();
      });
      close.addEventListener("click", () => toast.remove());
      toast.appendChild(undo);
      toast.appendChild(close);
      document.body.appendChild(toast);
      casebook.announce(say);
    }
  }

  function begin(root) {
    const params = new URLSearchParams(window.location.search);
    const draft = params.get("draft") && drafts.get(params.get("draft"));
    const id = params.get("case") || (draft && draft.case) || "";
    const wanted = casebook.isId(id) ? casebook.need("../yaml/" + id).catch(() => null) : Promise.resolve(null);
    Promise.all([casebook.need("form"), wanted]).then(
      ([data, text]) => {
        const form = new Form(root, data);
        form.start(params, text ? { id: id, text: text } : null);
        if (id && !text) {
          casebook.toast(form.word("case_unknown", { id: id }));
        }
        casebook.ready();
      },
      () => {
        casebook.fill(root, el("p", { class: "errors" }, casebook.word("failed")));
        casebook.ready();
      }
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-form]");
    if (root) {
      begin(root);
    }
  });
})();
