/**
 * How text is cut for search. The index and the query are cut the same way.
 *
 * Chinese has no spaces, and a dictionary does not know 何家坳 or 铜塘湾: a run of Chinese
 * characters becomes its pairs of neighbours. Words and numbers of other scripts stay whole.
 * Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory();
  } else {
    root.casebook = root.casebook || {};
    root.casebook.tokens = factory();
  }
})(typeof self === "undefined" ? this : self, function () {
  "use strict";

  const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}々〇";
  const RUNS = new RegExp("[" + CJK + "]+|(?:(?![" + CJK + "])[\\p{L}\\p{N}\\p{M}])+", "gu");
  const IS_CJK = new RegExp("^[" + CJK + "]", "u");

  /** One spelling for the same letters: full-width digits, ligatures, capitals. */
  function normalise(text) {
    return String(text).normalize("NFKC").toLowerCase();
  }

  function cut(text, keepLast) {
    const out = [];
    (normalise(text).match(RUNS) || []).forEach(function (run) {
      if (!IS_CJK.test(run)) {
        out.push(run);
        return;
      }
      const characters = Array.from(run);
      for (let i = 0; i + 1 < characters.length; i += 1) {
        out.push(characters[i] + characters[i + 1]);
      }
      if (keepLast || characters.length === 1) {
        out.push(characters[characters.length - 1]);
      }
    });
    return out;
  }

  return {
    normalise: normalise,

    /**
     * Tokens of a text to be indexed. The last character of a run is kept as well: with it,
     * every character begins some token, and a query of one character finds it by prefix.
     */
    ofText: function (text) {
      return cut(text, true);
    },

    /** Tokens of a query. */
    ofQuery: function (text) {
      return cut(text, false);
    },
  };
});
