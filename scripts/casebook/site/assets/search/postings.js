/**
 * The index as files: which term stands in which documents. Files are cut by term, so that a query
 * fetches those of its own words only. Written by views/search/postings.py. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory();
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchPostings = factory();
  }
})(typeof self === "undefined" ? this : self, function () {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  Array.from(DIGITS).forEach(function (digit, value) {
    VALUES[digit.charCodeAt(0)] = value;
  });

  /** What is left out at the end of packed counts: the count of a word that a text has once. */
  const USUAL = 1;

  /** Files that one beginning of a word may take, and terms it may stand for. */
  const MOST_SHARDS = 3;
  const MOST_TERMS = 400;

  /** Documents and counts of one term: numbers in five-bit digits, gaps between documents. */
  function unpack(packed, counts) {
    const docs = [];
    let doc = 0;
    let number = 0;
    let shift = 0;
    for (let i = 0; i < packed.length; i += 1) {
      const value = VALUES[packed.charCodeAt(i)];
      number |= (value & 31) << shift;
      if (value & 32) {
        shift += 5;
      } else {
        doc += number;
        docs.push(doc);
        number = 0;
        shift = 0;
      }
    }
    const times = new Uint8Array(docs.length);
    for (let i = 0; i < docs.length; i += 1) {
      times[i] = 1 + (i < counts.length ? VALUES[counts.charCodeAt(i)] : USUAL);
    }
    return { docs: Int32Array.from(docs), counts: times };
  }

  /** Place of the last entry of a sorted list that is not after the text; 0 where all are. */
  function before(sorted, text) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= text) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }

  /** True where one slip of the finger makes one word of the other. */
  function near(one, other) {
    const short = one.length <= other.length ? one : other;
    const long = short === one ? other : one;
    if (long.length - short.length > 1) {
      return false;
    }
    let i = 0;
    while (i < short.length && short[i] === long[i]) {
      i += 1;
    }
    if (short.length < long.length) {
      return short.slice(i) === long.slice(i + 1);
    }
    const swapped = short[i] === long[i + 1] && short[i + 1] === long[i];
    return short.slice(i + 1) === long.slice(i + 1) || (swapped && short.slice(i + 2) === long.slice(i + 2));
  }

  /**
   * @param base  the file of that name: `shards` and `pieces` are the first terms of the files.
   * @param need  name of a file → promise of its value.
   */
  return function (base, need) {
    const shards = new Map();
    const entries = new Map();

    function shard(number) {
      if (!shards.has(number)) {
        const loading = need("t-" + number).then(function (flat) {
          const terms = [];
          for (let i = 0; i < flat.length; i += 3) {
            terms.push(flat[i]);
            entries.set(flat[i], { packed: flat[i + 1], counts: flat[i + 2] });
          }
          return terms;
        });
        shards.set(number, loading);
        loading.catch(function () {
          shards.delete(number);
        });
      }
      return shards.get(number);
    }

    function numbersOf(leaf) {
      const first = before(base.shards, leaf.term);
      const last = leaf.prefix ? before(base.shards, leaf.term + "\uffff") : first;
      const numbers = [];
      for (let number = first; number <= last && numbers.length < MOST_SHARDS; number += 1) {
        numbers.push(number);
      }
      return numbers;
    }

    /** Documents and counts of a term whose file has been fetched, null where there are none. */
    function entry(term) {
      const found = entries.get(term);
      if (!found) {
        return null;
      }
      if (!found.docs) {
        Object.assign(found, unpack(found.packed, found.counts));
      }
      return found;
    }

    return {
      entry: entry,

      /** The terms that leaves {term, prefix} stand for, as far as the index has them; a list for each leaf. */
      terms: function (leaves) {
        return Promise.all(
          leaves.map(function (leaf) {
            return Promise.all(numbersOf(leaf).map(shard)).then(function (lists) {
              if (!leaf.prefix) {
                return entries.has(leaf.term) ? [leaf.term] : [];
              }
              const all = [].concat.apply([], lists);
              return all
                .filter(function (term) {
                  return term.startsWith(leaf.term);
                })
                .slice(0, MOST_TERMS);
            });
          })
        );
      },

      /**
       * The terms that a mistyped word may stand for: one slip away, or the word without its last
       * letters. Its first letter is taken to be right.
       */
      near: function (word, head) {
        const from = before(base.pieces, head + word[0]);
        const to = before(base.pieces, head + word[0] + "\uffff");
        const wanted = [];
        for (let number = from; number <= to && base.pieces.length; number += 1) {
          wanted.push(need("v-" + number));
        }
        return Promise.all(wanted).then(function (lists) {
          return [].concat.apply([], lists).filter(function (term) {
            if (!term.startsWith(head + word[0])) {
              return false;
            }
            const plain = term.slice(head.length);
            return near(word, plain) || (plain.length > 4 && word.startsWith(plain) && word.length - plain.length < 4);
          });
        });
      },
    };
  };
});
