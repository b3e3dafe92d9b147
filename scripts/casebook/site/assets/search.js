/**
 * Search in the browser, over the index files of the page's language. Runs in Node too, for tests.
 *
 * A query is planned (search/plan.js), the postings of its words are fetched (search/postings.js),
 * documents that have all it asks for are found – or, where there are none, those that have most –
 * and ranked (search/rank.js); the texts of the first are fetched and shown (search/show.js).
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(
      require("./search/plan.js"), require("./search/postings.js"), require("./search/rank.js"), require("./search/show.js")
    );
  } else {
    const casebook = (root.casebook = root.casebook || {});
    const create = factory(casebook.searchPlan, casebook.searchPostings, casebook.searchRank, casebook.searchShow);
    casebook.search = create(
      function (name) {
        return casebook.need("search/" + name);
      },
      function (reason) {
        return casebook.word("why_" + reason.by, reason);
      }
    );
  }
})(typeof self === "undefined" ? this : self, function (planner, opener, rank, show) {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** A word in more than this share of the cases tells nothing, if there are others. */
  const COMMON = 0.5;

  /** What a misspelt word counts, and how much of the best match a partial one must have. */
  const MISSPELT = 0.5;
  const MOST = 0.6;

  /** Where so few have all of several words, those that have most come after them, at this discount. */
  const FEW = 5;
  const NEAR = 0.6;

  /** Results of other kinds beside cases, each. */
  const BESIDE = 3;

  /**
   * @param need     name of a file → promise of its value.
   * @param explain  why a page was found, {by, …} of search/show.js → what readers are told.
   */
  return function (need, explain) {
    let opened = null;

    /** Base files, read once; a failure is forgotten, so that the next query tries again. */
    function open() {
      opened =
        opened ||
        Promise.all([need("base"), need("words")]).then(function ([base, words]) {
          const kinds = [];
          let count = 0;
          Object.keys(base.kinds).forEach(function (name) {
            kinds.push({ name: name, from: count, to: count + base.kinds[name] });
            count += base.kinds[name];
          });
          const lengths = Array.from(base.lengths, function (digit) {
            return DIGITS.indexOf(digit);
          });
          return {
            kinds: kinds,
            cases: base.kinds.case || 0,
            stats: { count: count, average: base.average, lengths: lengths },
            chunk: base.chunk,
            questions: base.questions,
            words: words,
            planner: planner(base, words),
            postings: opener(base, need),
          };
        });
      opened.catch(function () {
        opened = null;
      });
      return opened;
    }

    function leavesOf(units) {
      return [].concat.apply([], [].concat.apply([], units.map(function (unit) { return unit.ways; })));
    }

    /** Fetch the postings of leaves and note at each leaf the terms it stands for. */
    function fill(postings, leaves) {
      return postings.terms(leaves).then(function (lists) {
        leaves.forEach(function (leaf, i) {
          leaf.terms = lists[i];
        });
      });
    }

    /** Give a word that nothing is found for the words it may have been meant for. */
    async function mend(postings, unit) {
      const tries = [];
      for (const way of unit.ways) {
        for (const leaf of way) {
          const head = leaf.term[0] === "~" ? "~" : "";
          const letters = leaf.term.slice(head.length);
          if (leaf.terms.length || leaf.prefix || !/^[a-z]{5,}$/.test(letters)) {
            continue;
          }
          const found = await postings.near(letters, head);
          const typed = head || !unit.word ? [] : await postings.near(unit.word.word, head);
          tries.push({ leaf: leaf, terms: Array.from(new Set(found.concat(typed))) });
        }
      }
      for (const attempt of tries) {
        await fill(postings, attempt.terms.map(function (term) { return { term: term }; }));
        attempt.leaf.terms = attempt.terms.filter(postings.entry);
        attempt.leaf.weight *= MISSPELT;
      }
    }

    /** The documents that meet a unit, in order. */
    function meet(postings, unit, range) {
      const met = new Set();
      unit.ways.forEach(function (way) {
        let docs = null;
        way.forEach(function (leaf) {
          const own = new Set();
          leaf.terms.forEach(function (term) {
            postings.entry(term).docs.forEach(function (doc) {
              if (doc >= range.from && doc < range.to && (!docs || docs.has(doc))) {
                own.add(doc);
              }
            });
          });
          docs = own;
        });
        (docs || []).forEach(function (doc) {
          met.add(doc);
        });
      });
      return met;
    }

    /** Everything looked for as postings, each term once, at its highest weight. */
    function entriesOf(postings, leaves) {
      const weights = new Map();
      leaves.forEach(function (leaf) {
        leaf.terms.forEach(function (term) {
          const begun = leaf.prefix ? leaf.term.length / term.length : 1;
          weights.set(term, Math.max(weights.get(term) || 0, leaf.weight * begun));
        });
      });
      return Array.from(weights, function ([term, weight]) {
        return Object.assign({ term: term, weight: weight }, postings.entry(term));
      });
    }

    /** Documents that meet all units or, where none does, most of them. */
    function choose(state, units, range) {
      const coverage = new Float32Array(state.stats.count);
      units.forEach(function (unit) {
        unit.met.forEach(function (doc) {
          coverage[doc] += unit.weight;
        });
      });
      const full = units.reduce(function (sum, unit) { return sum + unit.weight; }, 0);
      let best = 0;
      for (let doc = range.from; doc < range.to; doc += 1) {
        best = Math.max(best, coverage[doc]);
      }
      const partial = best < full * 0.999;
      const least = function (share) { return docsWith(coverage, range, best * share); };
      let docs = best > 0 ? least(partial ? MOST : 0.999) : [];
      if (!partial && docs.length < FEW && units.length > 2) {
        docs = least(MOST);
      }
      return {
        docs: docs,
        partial: partial,
        share: function (doc) {
          const share = coverage[doc] / full;
          return share < 0.999 ? share * share * NEAR : 1;
        },
      };
    }

    function docsWith(coverage, range, least) {
      const docs = [];
      for (let doc = range.from; doc < range.to; doc += 1) {
        if (coverage[doc] >= least) {
          docs.push(doc);
        }
      }
      return docs;
    }

    /** What is found, as numbers of documents, best first, and what was looked for. */
    async function find(state, text, range) {
      const { units, welcome } = state.planner.plan(text);
      const leaves = leavesOf(units);
      await fill(state.postings, leaves.concat(welcome));
      for (const unit of units) {
        unit.met = meet(state.postings, unit, range);
        if (!unit.met.size && unit.ways.length) {
          await mend(state.postings, unit);
          unit.met = meet(state.postings, unit, range);
        }
        unit.weight = Math.log(1 + state.stats.count / (unit.met.size + 0.5));
      }
      const known = units.filter(function (unit) { return unit.met.size > 0; });
      const telling = known.filter(function (unit) { return unit.met.size <= state.cases * COMMON; });
      const asked = telling.length ? telling : known;
      const chosen = choose(state, asked, range);
      const looked = leavesOf(asked).concat(telling.length ? welcome : []);
      const entries = entriesOf(state.postings, looked);
      const ranked = await rank(state.stats, entries, chosen.docs, chosen.share);
      const terms = new Set(entries.map(function (entry) { return entry.term; }));
      return {
        ranked: ranked,
        partial: chosen.partial || known.length < units.length,
        query: { units: asked, terms: terms, normalise: state.planner.normalise, text: state.planner.normalise(text) },
      };
    }

    function kindOf(state, doc) {
      return state.kinds.find(function (kind) { return doc < kind.to; }).name;
    }

    /** The first results; other kinds than cases never crowd them out, nor are they crowded out. */
    function first(state, ranked, limit) {
      const beside = {};
      const other = ranked.filter(function (each) {
        const kind = kindOf(state, each.doc);
        beside[kind] = (beside[kind] || 0) + 1;
        return kind !== "case" && beside[kind] <= BESIDE;
      });
      const cases = ranked.filter(function (each) { return each.doc < state.cases; });
      const room = Math.max(Math.ceil(limit / 2), limit - other.length);
      return cases.slice(0, room).concat(other.slice(0, limit - Math.min(room, cases.length))).sort(function (a, b) {
        return b.score - a.score;
      });
    }

    async function record(state, doc) {
      const chunk = await need("d-" + Math.floor(doc / state.chunk));
      return chunk[doc % state.chunk];
    }

    return {
      /** Fetch what every query needs, while the reader is still typing. */
      warm: function () {
        return open().then(function () {});
      },

      /**
       * Search.
       * @param text     what is typed.
       * @param options  {kind, limit, ids}: kind of page, number of results, whether ids are wanted.
       * @returns promise of {results, numbers, ids, partial, total}.
       *   results  the first ones: {id, kind, url, title, place, snippet: [{text, mark}], claim, reason, why}.
       *   numbers  all cases found, best first, by their place in the collection; `ids` their ids, if wanted.
       *   partial  true where no page has everything that was asked for.
       *   total    number of pages found.
       */
      query: async function (text, options) {
        const wanted = Object.assign({ kind: null, limit: 10, ids: false }, options);
        const state = await open();
        const whole = { from: 0, to: state.stats.count };
        const range = wanted.kind ? state.kinds.find(function (kind) { return kind.name === wanted.kind; }) : whole;
        const found = await find(state, text, range || { from: 0, to: 0 });
        const top = wanted.kind ? found.ranked.slice(0, wanted.limit) : first(state, found.ranked, wanted.limit);
        const results = await Promise.all(
          top.map(async function (each) {
            const own = await record(state, each.doc);
            const shown = show(own, found.query, state.questions, state.words);
            return Object.assign(shown, {
              id: own[0],
              kind: kindOf(state, each.doc),
              url: own[1],
              title: own[2],
              place: own[3],
              why: explain ? explain(shown.reason) : "",
            });
          })
        );
        const numbers = found.ranked.map(function (each) { return each.doc; }).filter(function (doc) { return doc < state.cases; });
        const ids = wanted.ids ? await need("ids") : null;
        return {
          results: results,
          numbers: numbers,
          ids: ids ? numbers.map(function (number) { return ids[number]; }) : null,
          partial: found.partial,
          total: found.ranked.length,
        };
      },
    };
  };
});
