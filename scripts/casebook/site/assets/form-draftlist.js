/**
 * The drafts of this device on the page: whether the one at hand is kept, and the list of all.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;
  const drafts = casebook.formDrafts;

  const DRAFT_TYPE = "application/json";

  /** `owner` is the form: it holds the draft at hand and takes up another. */
  class DraftList {
    constructor(owner) {
      this.owner = owner;
      this.form = owner.form;
      this.fields = owner.fields;
      this.word = owner.word;
      /** Whether the list is open. */
      this.choosing = false;
      this.bar = el("div", { class: "drafts" });
      this.list = el("div", {});
    }

    drawBar() {
      const state = drafts.problem ? this.word("not_kept_" + drafts.problem) : this.owner.unsaved || !this.owner.dirty ? this.word("kept_here") : this.word("kept_at", { time: new Date().toTimeString().slice(0, 5) });
      const say = el("p", { class: "drafts__say" }, this.owner.others ? this.word("other_window") : state);
      const count = drafts.list().length;
      const parts = [say, this.fields.button("export_draft", () => this.exportDraft())];
      parts.push(this.fields.button("all_drafts", () => this.toggle(), "btn--small", { n: count }));
      const wrong = drafts.problem || this.owner.others;
      const shown = (wrong ? "!" : "") + say.textContent + count;
      if (this.barShown !== shown) {
        const had = this.bar.contains(document.activeElement) ? Array.from(this.bar.querySelectorAll("button")).indexOf(document.activeElement) : -1;
        casebook.fill(this.bar, parts);
        if (had !== -1) {
          this.bar.querySelectorAll("button")[had].focus();
        }
        this.bar.classList.toggle("errors", Boolean(wrong));
        if (wrong && this.barWrong !== wrong) {
          casebook.announce(say.textContent);
        }
        this.barShown = shown;
        this.barWrong = wrong;
      }
    }

    toggle() {
      this.owner.keep();
      this.choosing = !this.choosing;
      this.drawList();
      if (this.choosing) {
        this.list.querySelector("h2").focus();
      }
    }

    /** All drafts of this device, a new one, one from a file. */
    drawList() {
      if (!this.choosing) {
        casebook.fill(this.list, []);
        return;
      }
      const items = drafts.list().map((draft) => {
        const when = new Date(draft.changed).toLocaleString(this.form.lang === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
        const title = this.owner.titleOf(draft);
        const open = this.fields.button("draft_open", () => this.open(draft.name), "btn--small");
        open.setAttribute("aria-label", this.word("draft_open") + this.word("colon") + title);
        const away = this.fields.button("draft_remove", () => this.removeDraft(draft), "btn--plain btn--small");
        away.setAttribute("aria-label", this.word("draft_remove") + this.word("colon") + title);
        const kind = draft.case ? this.word("draft_of", { id: draft.case }) : this.word("draft_new");
        return el("li", { class: "rows__row" }, [el("p", {}, el("b", {}, title)), el("p", { class: "small muted" }, kind + " · " + when), el("p", {}, [open, away])]);
      });
      const file = el("input", { type: "file", id: "draft-file", accept: ".json,application/json", class: "vh" });
      file.addEventListener("change", () => this.importDraft(file));
      const pick = this.fields.button("import_draft", () => file.click());
      file.setAttribute("aria-label", this.word("import_draft"));
      file.tabIndex = -1;
      casebook.fill(this.list, el("div", { class: "box" }, [
        el("h2", { tabindex: "-1", class: "h3" }, this.word("drafts")),
        el("ul", { class: "rows" }, items),
        el("p", { class: "actions" }, [this.fields.button("draft_begin", () => this.begin()), pick, file, this.fields.button("close", () => this.toggle(), "btn--plain btn--small")]),
      ]));
    }

    open(name) {
      this.owner.keep();
      const draft = drafts.get(name);
      if (draft) {
        this.owner.take(draft);
        this.choosing = false;
        this.barShown = "";
        this.owner.named("?draft=" + name);
        this.owner.draw();
        this.owner.step.querySelector("h2").focus();
      }
    }

    begin() {
      this.owner.keep();
      this.owner.take(drafts.around(this.owner.model.blank()));
      this.choosing = false;
      this.owner.screen = this.form.screens[0].id;
      this.owner.named("");
      this.owner.draw();
      this.owner.step.querySelector("h2").focus();
    }

    removeDraft(draft) {
      drafts.remove(draft.name);
      this.drawList();
      this.barShown = "";
      this.drawBar();
      this.owner.offerUndo(this.word("draft_removed", { name: this.owner.titleOf(draft) }), () => {
        drafts.keep(draft);
        this.drawList();
        this.drawBar();
      });
    }

    exportDraft() {
      this.owner.keep();
      casebook.saveFile((this.owner.value[this.owner.model.key.name] || "case") + ".draft.json", JSON.stringify(this.owner.draft), DRAFT_TYPE);
      this.owner.dirty = false;
    }

    importDraft(input) {
      const reader = new FileReader();
      reader.onload = () => {
        const draft = drafts.read(String(reader.result));
        if (!draft) {
          casebook.toast(this.word("import_wrong"));
          return;
        }
        // A draft of the same name may be here already; both are kept.
        this.owner.take(Object.assign(draft, { name: drafts.get(draft.name) ? drafts.name() : draft.name }));
        this.choosing = false;
        this.owner.unsaved = true;
        this.owner.keep();
        this.owner.draw();
        casebook.toast(this.word("imported"));
        this.owner.step.querySelector("h2").focus();
      };
      if (input.files[0]) {
        reader.readAsText(input.files[0]);
      }
    }
  }

  casebook.formDraftList = DraftList;
})();
