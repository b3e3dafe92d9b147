/**
 * Which documents have what is looked for: all of it or, where none has, most of it; ranked.
 * Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("./rank.js"), require("./patience.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchFind = factory(root.casebook.searchRank, root.casebook.searchPatience);
  }
})(typeof self === "undefined" ? this : self, function (rank, patience) {
  "use strict";

  /** A word in more than this share of the cases tells nothing, if there are others. */
  const COMMON = 0.5;

  /** What a misspelt word counts; only longer words can be. */
  const MISSPELT = 0.5;
  const CAN_BE_MISSPELT = /^[a-z]{5,}$/;

  /** How much of what the best has a document must have, where none has all. */
  const MOST = 0.6;

  /** Where so few have all of several words, those that have most come after them, at this discount. */
  const FEW = 5;
  const NEAR = 0.6;

  /** Less than this is a whole but for the rounding. */
  const WHOLE = 0.999;

  function leavesOf(units) {
    return units.flatMap(function (unit) { return unit.ways.flat(); });
  }

  /** Fetch the postings of leaves, and note at each leaf the terms it stands for. */
  async function fill(postings, leaves) {
    const lists = await postings.terms(leaves);
    leaves.forEach(function (leaf, i) {
      leaf.terms = lists[i];
    });
  }

  /** Give words that nothing is found for the words they may have been meant for. */
  async function mend(postings, unit) {
    for (const leaf of unit.ways.flat()) {
      const head = leaf.term[0] === "~" ? "~" : "";
      const letters = leaf.term.slice(head.length);
      if (!leaf.terms.length && !leaf.prefix && CAN_BE_MISSPELT.test(letters)) {
        const meant = await postings.near(letters, head);
        const typed = head || !unit.typed ? [] : await postings.near(unit.typed, head);
        const terms = Array.from(new Set(meant.concat(typed)));
        await postings.terms(terms.map(function (term) { return { term: term }; }));
        leaf.terms = terms.filter(postings.entry);
        leaf.weight *= MISSPELT;
      }
    }
  }

  /** The documents that meet a unit: {has, size}, `has` 1 for each of them. */
  function meet(postings, unit, range, count) {
    const has = new Uint8Array(count);
    let size = 0;
    unit.ways.forEach(function (way) {
      // How many leaves of this way a document has met so far.
      const met = new Uint8Array(count);
      way.forEach(function (leaf, i) {
        leaf.terms.forEach(function (term) {
          for (const doc of postings.entry(term).docs) {
            if (met[doc] === i && doc >= range.from && doc < range.to) {
              met[doc] += 1;
              if (i + 1 === way.length && !has[doc]) {
                has[doc] = 1;
                size += 1;
              }
            }
          }
        });
      });
    });
    return { has: has, size: size };
  }

  /** True where a document meets a unit by its sound. */
  function hears(postings, units, doc) {
    return units.some(function (unit) {
      return unit.ways.some(function (way) {
        return way.every(function (leaf) {
          const sound = /^[~^]/.test(leaf.term);
          return sound && leaf.terms.some(function (term) { return postings.entry(term).docs.indexOf(doc) !== -1; });
        });
      });
    });
  }

  /** Everything looked for as postings, each term once, at its highest weight. */
  function entriesOf(postings, leaves) {
    const weights = new Map();
    leaves.forEach(function (leaf) {
      leaf.terms.forEach(function (term) {
        const weight = leaf.weight * (leaf.prefix ? leaf.term.length / term.length : 1);
        weights.set(term, Math.max(weights.get(term) || 0, weight));
      });
    });
    return Array.from(weights, function ([term, weight]) {
      return Object.assign({ term: term, weight: weight }, postings.entry(term));
    });
  }

  /** The documents to be ranked, in order, and what their scores are multiplied by. */
  function choose(count, units, range) {
    const coverage = new Float32Array(count);
    let full = 0;
    units.forEach(function (unit) {
      full += unit.weight;
      for (let doc = range.from; doc < range.to; doc += 1) {
        coverage[doc] += unit.met.has[doc] * unit.weight;
      }
    });
    let best = 0;
    for (let doc = range.from; doc < range.to; doc += 1) {
      best = Math.max(best, coverage[doc]);
    }

    function having(share) {
      const docs = [];
      for (let doc = range.from; best > 0 && doc < range.to; doc += 1) {
        if (coverage[doc] >= best * share) {
          docs.push(doc);
        }
      }
      return docs;
    }

    const partial = best < full * WHOLE;
    let docs = having(partial ? MOST : WHOLE);
    if (!partial && docs.length < FEW && units.length > 2) {
      docs = having(MOST);
    }
    return {
      docs: docs,
      partial: partial,
      factor: function (doc) {
        const share = coverage[doc] / full;
        return share < WHOLE ? share * share * NEAR : 1;
      },
    };
  }

  /**
   * @param stats     {count, cases, average, lengths} of the index.
   * @param postings  of search/postings.js.
   * @param plan      of search/plan.js.
   * @param range     {from, to}: the documents in question.
   * @returns promise of {ranked: [{doc, score}], partial, units, terms, heard}: best first, what was looked for,
   *          and whether a document has it by its sound.
   */
  return async function (stats, postings, plan, range) {
    const { units, welcome } = plan;
    await fill(postings, leavesOf(units).concat(welcome));
    const rest = patience();
    for (const unit of units) {
      unit.met = meet(postings, unit, range, stats.count);
      if (!unit.met.size) {
        await mend(postings, unit);
        unit.met = meet(postings, unit, range, stats.count);
      }
      await rest();
      unit.weight = Math.log(1 + stats.count / (unit.met.size + 0.5));
    }
    const known = units.filter(function (unit) { return unit.met.size > 0; });
    const telling = known.filter(function (unit) { return unit.met.size <= stats.cases * COMMON; });
    const asked = telling.length ? telling : known;
    const chosen = choose(stats.count, asked, range);
    const entries = entriesOf(postings, leavesOf(asked).concat(telling.length ? welcome : []));
    return {
      ranked: await rank(stats, entries, chosen.docs, chosen.factor),
      partial: chosen.partial || units.some(function (unit) { return !unit.met.size && !unit.weak; }),
      units: asked,
      terms: new Set(entries.map(function (entry) { return entry.term; })),
      heard: function (doc) { return hears(postings, asked, doc); },
    };
  };
});
