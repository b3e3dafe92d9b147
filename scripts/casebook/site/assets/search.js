/**
 * Full-text search in the browser, over the index file of the page's language.
 * Needs vendor/minisearch.min.js and tokens.js. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("./vendor/minisearch.min.js"), require("./tokens.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.search = factory(root.MiniSearch, root.casebook.tokens);
  }
})(typeof self === "undefined" ? this : self, function (MiniSearch, tokens) {
  "use strict";

  const BOOST = { title: 6, words: 4, place: 3, text: 1 };
  let loading = null;

  /** An index over the documents of search.json. */
  function build(documents) {
    const index = new MiniSearch({
      fields: ["title", "words", "place", "text"],
      storeFields: ["kind", "title", "url"],
      tokenize: tokens.ofText,
      processTerm: function (term) {
        return term;
      },
      searchOptions: {
        boost: BOOST,
        tokenize: tokens.ofQuery,
        // Half a word while typing, or one Chinese character, finds what begins with it.
        prefix: function (term) {
          return term.length === 1 || /^[\p{L}\p{N}]{3,}$/u.test(term);
        },
        // One slip of the finger in a long Latin word is forgiven.
        fuzzy: function (term) {
          return /^[a-z]{6,}$/.test(term) ? 0.2 : false;
        },
      },
    });
    index.addAll(documents);
    return index;
  }

  /** How many of the words asked for a result carries. */
  function carried(result) {
    return new Set(result.queryTerms).size;
  }

  /**
   * Search: all words if any document has them all, else those that have most of them, so
   * that a whole typed question still finds something.
   * Returns {ids, partial}: best first, `partial` when no document has every word.
   */
  function query(index, text, kind) {
    const filter = function (result) {
      return !kind || result.kind === kind;
    };
    const attempts = [text];
    // "he jia ao" is often typed for "hejiaao".
    const joined = tokens.normalise(text).replace(/([a-z])\s+(?=[a-z])/g, "$1");
    if (joined !== tokens.normalise(text)) {
      attempts.push(joined);
    }
    for (const attempt of attempts) {
      const all = index.search(attempt, { combineWith: "AND", filter: filter });
      if (all.length) {
        return { ids: ids(all), partial: false };
      }
    }
    const some = index.search(text, { combineWith: "OR", filter: filter });
    const most = some.reduce(function (best, result) {
      return Math.max(best, carried(result));
    }, 0);
    const near = some.filter(function (result) {
      return carried(result) * 2 > most;
    });
    return { ids: ids(near), partial: true };
  }

  function ids(results) {
    return results.map(function (result) {
      return result.id;
    });
  }

  return {
    build: build,
    query: query,

    /** The index of this language, fetched and built once, when it is first asked for. */
    load: function (address) {
      loading =
        loading ||
        window
          .fetch(address)
          .then(function (response) {
            if (!response.ok) {
              throw new Error("search index: " + response.status);
            }
            return response.json();
          })
          .then(function (data) {
            return build(data.documents);
          });
      loading.catch(function () {
        // The next query may find the network again.
        loading = null;
      });
      return loading;
    },
  };
});
