/**
 * What is wrong, where one looks for it: beside each field, and summed up with a way to each place.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;

  /** `owner` is the form: it knows the screen, its step on the page, and how to go elsewhere. */
  class Problems {
    constructor(owner) {
      this.owner = owner;
      this.form = owner.form;
      this.model = owner.model;
      this.word = owner.word;
    }

    of(screen) {
      const container = this.model.container.name;
      // Quotes are taken while answering; that a source has none yet is said at the end.
      const later = (each) => each.code === "missing-key" && each.at[each.at.length - 1] === this.model.quotes.name;
      return casebook.formCheck.check(this.form, this.model.plain(this.owner.value)).filter((each) => {
        const here = screen.questions ? each.at[0] === container && screen.questions.indexOf(each.at[1]) !== -1 : screen.fields.indexOf(each.at[0]) !== -1;
        return here && each.severity === "error" && !later(each);
      });
    }

    mark(problems) {
      this.owner.step.querySelectorAll("[data-error]").forEach((node) => {
        node.hidden = true;
        casebook.fill(node, []);
      });
      this.owner.step.querySelectorAll("[aria-invalid]").forEach((node) => node.removeAttribute("aria-invalid"));
      this.owner.step.querySelectorAll(".is-wrong").forEach((node) => node.classList.remove("is-wrong"));
      problems.forEach((problem) => {
        const node = this.placeOf(problem);
        if (!node) {
          return;
        }
        const words = problem.message + (problem.hint ? this.word("stop") + problem.hint : "");
        casebook.fill(node, node.hidden ? words : node.textContent + " " + words);
        node.hidden = false;
        const control = document.getElementById(node.id.replace(/-error$/, ""));
        if (control && /^(INPUT|TEXTAREA|SELECT)$/.test(control.tagName)) {
          control.setAttribute("aria-invalid", "true");
        }
        const card = node.closest(".form__question");
        if (card) {
          card.classList.add("is-wrong");
        }
        for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) {
          fold.open = true;
        }
      });
      if (problems.length) {
        const box = this.box(problems, this.word("errors_here", { n: problems.length }));
        casebook.fill(this.owner.summary, box);
        this.owner.summary.hidden = false;
        casebook.announce(this.word("errors_here", { n: problems.length }));
      }
    }

    /** The place for the words of a problem: its own, the first inside it, or the nearest around it. */
    placeOf(problem) {
      const nodes = Array.from(this.owner.step.querySelectorAll("[data-error]"));
      const at = problem.at.join(".");
      const inside = nodes.find((node) => node.dataset.error === at) || nodes.find((node) => node.dataset.error.indexOf(at + ".") === 0);
      const around = nodes
        .filter((node) => at.indexOf(node.dataset.error + ".") === 0)
        .sort((one, other) => other.dataset.error.length - one.dataset.error.length)[0];
      return inside || around || null;
    }

    box(problems, heading) {
      return el("div", { class: "errors", role: "group", "aria-labelledby": "errors-heading" }, [el("p", { id: "errors-heading" }, heading), this.list(problems)]);
    }

    list(problems) {
      return el("ul", {}, problems.map((problem) => {
        const where = casebook.formCheck.where(problem, this.word);
        const link = el("a", { href: "#" + this.screenFor(problem) }, (where ? where + this.word("colon") : "") + problem.message);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          this.visit(problem);
        });
        return el("li", {}, link);
      }));
    }

    screenFor(problem) {
      const container = this.model.container.name;
      const found = this.form.screens.find((screen) =>
        problem.at[0] === container ? (screen.questions || []).indexOf(problem.at[1]) !== -1 : (screen.fields || []).indexOf(problem.at[0]) !== -1
      );
      return found ? found.id : this.form.screens[0].id;
    }

    /** Bring the reader to where a problem can be mended. */
    visit(problem) {
      const target = this.screenFor(problem);
      if (target !== this.owner.screen) {
        this.owner.checked[target] = true;
        this.owner.leave(target);
      }
      const node = this.placeOf(problem);
      if (node) {
        this.owner.focus(node.id.replace(/-error$/, ""));
      }
    }
  }

  casebook.formProblems = Problems;
})();
