/**
 * What things are called: the names of the vocabularies' terms, found in a query whole or almost, and
 * the words of speech that say nothing. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("../tokens.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchNames = factory(root.casebook.tokens);
  }
})(typeof self === "undefined" ? this : self, function (tokens) {
  "use strict";

  /** How much of a name a query must have for its term to be meant, and how long such a name is. */
  const ALMOST = 0.6;
  const LONG = 3;

  function keyOf(atom) {
    return atom.key;
  }

  /** The atoms of a text: each Chinese character, each word of another script, with the run it stands in. */
  function atoms(plain) {
    const found = [];
    tokens.runs(plain).forEach(function (run, number) {
      if (tokens.isCjk(run)) {
        Array.from(run).forEach(function (character) {
          found.push({ key: character, run: number, cjk: true });
        });
      } else {
        found.push({ key: tokens.word(run), word: run, run: number, cjk: false });
      }
    });
    return found;
  }

  /** What the index has of some atoms: words, and pairs of characters that stand together. */
  function tokensOf(list) {
    const found = new Set();
    list.forEach(function (atom, i) {
      const next = list[i + 1];
      if (!atom.cjk) {
        found.add(atom.key);
      } else if (next && next.cjk && next.run === atom.run) {
        found.add(atom.key + next.key);
      }
    });
    return found;
  }

  /**
   * @param words   for each term its label and everything it is called.
   * @param spoken  words of speech that say nothing.
   * @param stop    a Set of words that are not indexed.
   */
  function names(words, spoken, stop) {
    const phrases = new Map();
    const naming = new Map();
    let longest = 1;

    function told(text) {
      return atoms(text).filter(function (atom) {
        return !stop.has(atom.word);
      });
    }

    function phrase(list) {
      const key = list.map(keyOf).join(" ");
      longest = Math.max(longest, list.length);
      if (!phrases.has(key)) {
        phrases.set(key, { concepts: [], said: false });
      }
      return phrases.get(key);
    }

    /** Note in which long names each token stands, one object a name. */
    function note(number, list) {
      const own = tokensOf(list);
      const name = { number: number, size: own.size };
      if (own.size >= LONG) {
        own.forEach(function (token) {
          naming.set(token, (naming.get(token) || []).concat(name));
        });
      }
    }

    words.forEach(function (called, number) {
      called.slice(1).map(told).forEach(function (list) {
        if (list.length) {
          note(number, list);
          const known = phrase(list);
          if (known.concepts.indexOf(number) === -1) {
            known.concepts.push(number);
          }
        }
      });
    });
    spoken.map(atoms).forEach(function (list) {
      const known = phrase(list);
      known.said = !known.concepts.length;
    });

    return {
      /** The names in a list of atoms, the longest first, none overlapping: {from, length, concepts, said}. */
      whole: function (list) {
        const found = [];
        const taken = list.map(function () {
          return false;
        });
        for (let length = Math.min(longest, list.length); length > 0; length -= 1) {
          for (let from = 0; from + length <= list.length; from += 1) {
            const known = phrases.get(list.slice(from, from + length).map(keyOf).join(" "));
            if (known && !taken.slice(from, from + length).includes(true)) {
              found.push({ from: from, length: length, concepts: known.concepts, said: known.said });
              taken.fill(true, from, from + length);
            }
          }
        }
        return found.sort(function (one, other) {
          return one.from - other.from;
        });
      },

      /** Terms that are called almost as a list of atoms says: {number, share, tokens}. */
      almost: function (list) {
        const met = new Map();
        tokensOf(list).forEach(function (token) {
          (naming.get(token) || []).forEach(function (name) {
            met.set(name, (met.get(name) || []).concat(token));
          });
        });
        const best = new Map();
        met.forEach(function (found, name) {
          const share = found.length / name.size;
          if (share >= ALMOST && found.length > 1 && share > (best.get(name.number) || { share: 0 }).share) {
            best.set(name.number, { number: name.number, share: share, tokens: found });
          }
        });
        return Array.from(best.values());
      },
    };
  }

  return { atoms: atoms, names: names };
});
