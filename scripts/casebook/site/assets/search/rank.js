/**
 * Ranking of the documents found. MiniSearch does it (BM25+), over an index put together for one
 * query: the postings of its words in the documents in question. The work is done in portions,
 * so that typing never waits. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("../vendor/minisearch.min.js"), require("./patience.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchRank = factory(root.MiniSearch, root.casebook.searchPatience);
  }
})(typeof self === "undefined" ? this : self, function (MiniSearch, patience) {
  "use strict";

  // Counts are doubled, since a word in a note counts half, see views/search/documents.py.

  /** Documents ranked in one go. */
  const PORTION = 250;

  const OPTIONS = {
    fields: ["text"],
    tokenize: function (text) {
      return text.split(" ");
    },
    processTerm: function (term) {
      return term;
    },
  };

  /** How telling a term is that stands in `found` of `all` documents, as MiniSearch reckons. */
  function rarity(all, found) {
    return Math.log(1 + (all - found + 0.5) / (found + 0.5));
  }

  /** The length of a document from its digit, see views/search/postings.py. */
  function lengthOf(digit) {
    return 8 * Math.pow(2, digit / 8);
  }

  /** The scores of one portion of documents; `at` are the places reached in each posting. */
  function portion(base, entries, docs, at) {
    const last = docs[docs.length - 1];
    const wanted = new Set(docs);
    const index = [];
    const boosts = new Map();
    entries.forEach(function (entry, i) {
      const found = {};
      let count = 0;
      while (at[i] < entry.docs.length && entry.docs[at[i]] <= last) {
        const doc = entry.docs[at[i]];
        if (wanted.has(doc)) {
          found[doc] = entry.counts[at[i]] / 2;
          count += 1;
        }
        at[i] += 1;
      }
      if (count) {
        index.push([entry.term, { 0: found }]);
        // A portion does not know how rare a term is in the whole; this puts it right.
        boosts.set(entry.term, (entry.weight * rarity(base.count, entry.docs.length)) / rarity(base.count, count));
      }
    });
    const same = {};
    const lengths = {};
    docs.forEach(function (doc) {
      same[doc] = doc;
      lengths[doc] = [lengthOf(base.lengths[doc])];
    });
    const engine = MiniSearch.loadJS(
      {
        documentCount: base.count,
        nextId: base.count,
        documentIds: same,
        fieldIds: { text: 0 },
        fieldLength: lengths,
        averageFieldLength: [base.average],
        storedFields: {},
        dirtCount: 0,
        index: index,
        serializationVersion: 2,
      },
      OPTIONS
    );
    return engine.search(Array.from(boosts.keys()).join(" "), {
      combineWith: "OR",
      boostTerm: function (term) {
        return boosts.get(term);
      },
    });
  }

  /**
   * @param base     {count, average, lengths}: number, mean length and lengths (as digits) of all documents.
   * @param entries  {term, weight, docs, counts}: the postings.
   * @param docs     the documents in question, in order.
   * @param factor   document → what its score is multiplied by.
   * @returns promise of [{doc, score}], best first; equals in the order of the documents.
   */
  return async function (base, entries, docs, factor) {
    const rest = patience();
    const at = entries.map(function () {
      return 0;
    });
    const scores = new Float32Array(base.count);
    for (let start = 0; start < docs.length; start += PORTION) {
      portion(base, entries, docs.slice(start, start + PORTION), at).forEach(function (result) {
        // MiniSearch multiplies by the number of words met; which of them matter is the caller's business.
        scores[result.id] = (result.score / result.terms.length) * factor(result.id);
      });
      await rest();
    }
    docs.sort(function (one, other) {
      return scores[other] - scores[one] || one - other;
    });
    return docs.map(function (doc) {
      return { doc: doc, score: scores[doc] };
    });
  };
});
