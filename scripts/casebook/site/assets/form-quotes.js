/**
 * The words of sources: typed where a claim needs them, kept with their source, shared between claims.
 */
(function () {
  "use strict";

  const casebook = window.casebook;
  const el = casebook.el;

  /** `fields` makes the frames and buttons; `idOf` names the control at a place of the case. */
  class Quotes {
    constructor(fields, idOf) {
      this.fields = fields;
      this.owner = fields.owner;
      this.form = fields.form;
      this.model = fields.model;
      this.word = fields.word;
      this.idOf = idOf;
    }

    /** The quotes that bear a claim out: typed here, or taken from those there are. */
    of(item, holder, at) {
      const cited = () => (holder[item.name] = holder[item.name] || []);
      const all = this.model.allQuotes(this.owner.value);
      const mine = cited().map((id) => all.find((each) => each.id === id)).filter(Boolean);
      const children = mine.map((each) => this.cited(item, holder, at, each));
      if (!mine.length) {
        children.push(this.newQuote(item, holder, at));
      }
      const others = all.filter((each) => cited().indexOf(each.id) === -1 && each.quote[this.model.fragment.name]);
      const buttons = [];
      if (mine.length) {
        buttons.push(this.fields.button("quote_another", () => {
          this.citeNew(holder, item);
          const id = cited()[cited().length - 1];
          this.owner.redraw(this.idOf(at.concat(id)));
        }));
      }
      if (others.length) {
        buttons.push(this.fields.fold(this.word("quote_existing", { n: others.length }), others.map((each) => {
          const box = el("input", { type: "checkbox", id: this.idOf(at.concat("take", each.id)) });
          box.addEventListener("change", () => {
            cited().push(each.id);
            this.owner.changed();
            this.owner.redraw(this.idOf(at.concat(each.id)));
          });
          return el("label", { class: "choice" }, [box, el("span", {}, [each.quote[this.model.fragment.name], el("small", {}, this.nameOf(each.source))])]);
        })));
      }
      return { main: [this.fields.group(at, this.word("quote"), this.word("quote_help", this.model.fragment.most), children.concat(buttons))], folded: [] };
    }

    citeNew(holder, item, source) {
      const sources = this.model.sources(this.owner.value);
      const home = source || sources[sources.length - 1] || this.model.addSource(this.owner.value);
      const quote = this.model.addQuote(this.owner.value, home);
      holder[item.name] = (holder[item.name] || []).concat(quote[this.model.quoteKey.name]);
      this.owner.changed();
      return quote;
    }

    /** An empty field that becomes a quote with the first letter typed into it. */
    newQuote(item, holder, at) {
      let quote = null;
      const sources = this.model.sources(this.owner.value);
      const text = el("textarea", { rows: 2, spellcheck: "false" });
      const counter = el("p", { class: "field__counter" });
      const from = sources.length > 1 ? this.sourceSelect(sources[sources.length - 1], at.concat("new"), (source) => {
        if (quote) {
          this.move(quote, source);
        }
      }) : null;
      text.addEventListener("input", () => {
        if (!quote && text.value.trim()) {
          quote = this.citeNew(holder, item, from ? sources[from.control.value] : null);
        }
        if (quote) {
          quote[this.model.fragment.name] = text.value;
        }
        this.count(text, counter);
        this.owner.changed();
      });
      const node = this.fields.frame(at.concat("new"), this.word("quote_words"), "", text, { wide: true, counter: counter });
      return el("div", { class: "cited" }, from ? [node, from.node] : [node]);
    }

    cited(item, holder, at, each) {
      const place = at.concat(each.id);
      const counter = el("p", { class: "field__counter" });
      const text = this.fields.input(each.quote, this.model.fragment.name, { long: true });
      text.addEventListener("input", () => this.count(text, counter));
      this.count(text, counter);
      const parts = [this.fields.frame(place, this.word("quote_words"), "", text, { wide: true, counter: counter })];
      const sources = this.model.sources(this.owner.value);
      if (sources.length > 1) {
        parts.push(this.sourceSelect(each.source, place, (source) => this.move(each.quote, source)).node);
      }
      const elsewhere = this.model.citing(this.owner.value, each.id).filter((other) => other.row !== holder);
      if (elsewhere.length) {
        parts.push(el("p", { class: "small muted" }, this.word("quote_shared", { names: elsewhere.map((other) => other.question.label).join(this.word("list")) })));
      }
      parts.push(this.fields.button("quote_remove", () => {
        const before = casebook.formModel.copy(this.owner.value);
        holder[item.name] = holder[item.name].filter((id) => id !== each.id);
        if (!this.model.citing(this.owner.value, each.id).length) {
          const list = each.source[this.model.quotes.name];
          list.splice(list.indexOf(each.quote), 1);
        }
        this.owner.removed(this.word("quote_removed"), before, this.idOf(at));
      }, "btn--plain"));
      return el("div", { class: "cited" }, parts);
    }

    move(quote, target) {
      this.model.sources(this.owner.value).forEach((source) => {
        source[this.model.quotes.name] = source[this.model.quotes.name].filter((each) => each !== quote);
      });
      target[this.model.quotes.name].push(quote);
      this.owner.changed();
    }

    sourceSelect(current, at, chosen) {
      const sources = this.model.sources(this.owner.value);
      const control = el("select", { id: this.idOf(at.concat("source")) }, sources.map((source, index) => el("option", { value: index }, this.nameOf(source))));
      control.value = String(sources.indexOf(current));
      control.addEventListener("change", () => chosen(sources[control.value]));
      return { node: this.fields.frame(at.concat("source"), this.word("quote_from"), "", control), control: control };
    }

    /** A source as one knows it: its title, or that it has none yet. */
    nameOf(source) {
      const heading = casebook.formTerms.byRole(this.form.tables[this.model.collection.table], "heading").name;
      const at = this.model.sources(this.owner.value).indexOf(source) + 1;
      return source[heading] || this.word("source_unnamed", { n: at });
    }

    count(text, counter) {
      const counts = casebook.formTerms.measure(text.value);
      const limits = this.model.fragment.most || {};
      // The sort of writing that fills its limit most is the one to watch.
      const units = Object.keys(limits).sort((one, other) => counts[other] / limits[other] - counts[one] / limits[one]);
      counter.textContent = units.length && counts[units[0]] ? counts[units[0]] + "/" + limits[units[0]] : "";
    }

    /** The quotes of a source, as a list whose order can be changed. */
    listed(item, holder, at) {
      const list = (holder[item.name] = holder[item.name] || []);
      const rows = list.map((quote, index) => {
        const id = quote[this.model.quoteKey.name];
        const counter = el("p", { class: "field__counter" });
        const text = this.fields.input(quote, this.model.fragment.name, { long: true });
        text.addEventListener("input", () => this.count(text, counter));
        this.count(text, counter);
        const used = this.model.citing(this.owner.value, id);
        const top = this.fields.rowTop(this.word("quote_n", { n: index + 1 }), list, index, (n) => at.concat(list[n][this.model.quoteKey.name]), () => {
          used.forEach((each) => {
            each.row[this.model.citation.name] = each.row[this.model.citation.name].filter((other) => other !== id);
          });
        });
        const frame = this.fields.frame(at.concat(id), this.word("quote_words"), "", text, { wide: true, counter: counter });
        const names = used.map((each) => each.question.label).join(this.word("list"));
        return el("li", { class: "rows__row" }, [top, frame, el("p", { class: "small muted" }, used.length ? this.word("quote_used", { names: names }) : this.word("quote_unused"))]);
      });
      const add = this.fields.button("quote_add", () => {
        const quote = this.model.addQuote(this.owner.value, holder);
        this.owner.changed();
        this.owner.redraw(this.idOf(at.concat(quote[this.model.quoteKey.name])));
      }, "rows__add");
      const inner = [el("ol", { class: "rows" }, rows), add];
      return { main: [this.fields.group(at, item.label, this.word("quotes_later") + this.word("quote_help", this.model.fragment.most), inner)], folded: [] };
    }
  }

  casebook.formQuotes = Quotes;
})();
