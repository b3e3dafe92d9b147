/**
 * Latin letters as Chinese sounds: hejiaao, he jia ao, hja. The index has syllables, pairs of
 * neighbours and initials, see views/search/pinyin.py. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory();
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchSounds = factory();
  }
})(typeof self === "undefined" ? this : self, function () {
  "use strict";

  const SOUND = "~";
  const INITIALS = "^";

  /** The longest syllable has six letters; so many ways to read a word are followed. */
  const LONGEST = 6;
  const WAYS = 3;

  /** What a word counts that only sounds so. */
  const HEARD = 0.9;

  function pairs(list) {
    return list.slice(1).map(function (each, i) {
      return list[i] + each;
    });
  }

  /**
   * @param known  a Set of the syllables that names are made of.
   */
  return function (known) {
    const all = Array.from(known);

    /** For each length of a beginning of a word the ways to read it as as few syllables as can be. */
    function readings(letters) {
      const best = [[[]]];
      for (let end = 1; end <= letters.length; end += 1) {
        let found = [];
        for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
          const syllable = letters.slice(start, end);
          if (best[start] && known.has(syllable)) {
            best[start].forEach(function (reading) {
              found.push(reading.concat(syllable));
            });
          }
        }
        const least = Math.min.apply(null, found.map(function (reading) { return reading.length; }));
        found = found.filter(function (reading) { return reading.length === least; }).slice(0, WAYS);
        best.push(found.length ? found : null);
      }
      return best;
    }

    /** The ways to read a word; its last syllable may be only begun. */
    function spellings(letters) {
      const best = readings(letters);
      if (best[letters.length]) {
        return best[letters.length];
      }
      for (let end = letters.length - 1; end >= Math.max(1, letters.length - LONGEST + 1); end -= 1) {
        const rest = letters.slice(end);
        if (best[end] && all.some(function (each) { return each.startsWith(rest); })) {
          return best[end].map(function (reading) { return reading.concat(rest); });
        }
      }
      return [];
    }

    return {
      /** True for letters that can be read as Chinese. */
      readable: function (letters) {
        return spellings(letters).length > 0;
      },

      /** Ways to meet letters by sound: lists of leaves; `open` where more may follow them. */
      ways: function (letters, open) {
        const found = spellings(letters).map(function (reading) {
          const heard = reading.length === 1 ? reading : pairs(reading);
          return heard.map(function (each, i) {
            const begun = open && reading.length > 1 && i === heard.length - 1;
            return { term: SOUND + each, prefix: begun, weight: HEARD };
          });
        });
        if (letters.length > 1 && letters.length < 9) {
          found.push([{ term: INITIALS + letters, prefix: true, weight: HEARD }]);
        }
        return found;
      },
    };
  };
});
