/**
 * From what is typed to what is looked for. A query becomes units, all of which a good answer has; a
 * unit can be met in several ways: by its words, by a term that is also called so, by its sound. A
 * way is a list of leaves {term, prefix, weight}, all of them needed. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("../tokens.js"), require("./names.js"), require("./sounds.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchPlan = factory(root.casebook.tokens, root.casebook.searchNames, root.casebook.searchSounds);
  }
})(typeof self === "undefined" ? this : self, function (tokens, naming, hearing) {
  "use strict";

  const CONCEPT = "#";

  /** What a word counts that is only begun, and a term that is called so: less than the very words. */
  const BEGUN = 0.4;
  const CALLED = 0.6;

  /** Runs of Chinese up to this length are searched across the borders of their words as well. */
  const SHORT_RUN = 8;

  function leaf(term, more) {
    return Object.assign({ term: term, prefix: false, weight: 1 }, more);
  }

  function keyOf(atom) {
    return atom.key;
  }

  /** Leaves for the pairs of neighbours of some characters. */
  function pairs(characters) {
    return characters.slice(1).map(function (character, i) {
      return leaf(characters[i] + character);
    });
  }

  function isLetters(atom) {
    return /^[a-z]+$/.test(atom.word);
  }

  /** A unit for one character alone: whatever begins with it. */
  function characterUnit(atom) {
    return { ways: [[leaf(atom.key, { prefix: true })]] };
  }

  /**
   * Units for Chinese characters that stand together. One alone says too little; between names it is
   * taken with its neighbours, which makes words (物业|费) or nothing that is known (`weak`).
   */
  function chineseUnits(part, list) {
    if (part.length === list.length && part.length === 1) {
      return [characterUnit(part[0])];
    }
    if (part.length > 1) {
      return pairs(part.map(keyOf)).map(function (each) { return { ways: [[each]] }; });
    }
    const at = list.indexOf(part[0]);
    const around = [list.slice(at - 1, at + 1), list.slice(at, at + 2)].filter(function (two) {
      return two.length === 2 && two[0].run === two[1].run;
    });
    return around.map(function (two) { return { ways: [pairs(two.map(keyOf))], weak: true }; });
  }

  /** A unit for what is the name of terms: its own words, or one of the terms. */
  function nameUnit(list, concepts) {
    const chinese = list.filter(function (atom) { return atom.cjk; });
    const other = list.filter(function (atom) { return !atom.cjk; });
    const own = other.map(keyOf).map(function (key) { return leaf(key); }).concat(pairs(chinese.map(keyOf)));
    const called = concepts.map(function (number) {
      return [leaf(CONCEPT + number, { weight: CALLED })];
    });
    return { ways: own.length ? [own].concat(called) : called };
  }

  function almostLeaf(term) {
    return leaf(CONCEPT + term.number, { weight: CALLED * term.share });
  }

  /** Let terms that are almost named meet the units of which their names are made. */
  function widen(units, terms) {
    terms.forEach(function (term) {
      const way = [almostLeaf(term)];
      units.forEach(function (unit) {
        const meant = unit.ways[0].every(function (each) { return term.tokens.indexOf(each.term) !== -1; });
        const known = unit.ways.some(function (other) { return other[0].term === way[0].term; });
        if (meant && !known) {
          unit.ways.push(way);
        }
      });
    });
  }

  /** Pairs across the borders of words; not asked for, but welcome. */
  function borders(list) {
    const runs = new Map();
    list.filter(function (atom) { return atom.cjk; }).forEach(function (atom) {
      runs.set(atom.run, (runs.get(atom.run) || []).concat(atom.key));
    });
    const short = Array.from(runs.values()).filter(function (characters) { return characters.length <= SHORT_RUN; });
    return [].concat.apply([], short.map(pairs));
  }

  /** The stretches of a list of atoms that are of one script and, for Chinese, of one run. */
  function stretches(list) {
    const found = [];
    list.forEach(function (atom, i) {
      const before = list[i - 1];
      if (before && before.cjk === atom.cjk && (!atom.cjk || before.run === atom.run)) {
        found[found.length - 1].push(atom);
      } else {
        found.push([atom]);
      }
    });
    return found;
  }

  /**
   * @param base   the file of that name.
   * @param words  for each term its label and everything it is called.
   */
  return function (base, words) {
    const characters = Array.from(base.simplified);
    const simplified = new Map();
    for (let i = 0; i < characters.length; i += 2) {
      simplified.set(characters[i], characters[i + 1]);
    }
    const stop = new Set(base.stop);
    const names = naming.names(words, base.spoken, stop);
    const sounds = hearing(new Set(base.syllables.split(" ")));

    /** A unit for a word of another script; the last one of a query may be only begun. */
    function wordUnit(atom, last) {
      const ways = [[leaf(atom.key)]];
      if (atom.key.length > (last ? 1 : 3)) {
        ways.push([leaf(atom.key, { prefix: true, weight: BEGUN })]);
      }
      return isLetters(atom) ? { ways: ways.concat(sounds.ways(atom.word, last)), typed: atom.word } : { ways: ways };
    }

    /** One unit for several words that are syllables: he jia ao. */
    function spokenUnit(list, last) {
      const letters = list.map(function (atom) { return atom.word; }).join("");
      const apart = list.map(keyOf).map(function (key) { return leaf(key); });
      return { ways: [apart, [leaf(letters, { prefix: last })]].concat(sounds.ways(letters, last)) };
    }

    /** Units for words of other scripts that stand together. */
    function wordUnits(list, last) {
      const units = [];
      let spoken = [];
      function flush(end) {
        if (spoken.length) {
          units.push(spoken.length > 1 ? spokenUnit(spoken, end) : wordUnit(spoken[0], end));
        }
        spoken = [];
      }
      list.forEach(function (atom, i) {
        if (isLetters(atom) && atom.word.length < 8 && sounds.readable(atom.word)) {
          spoken.push(atom);
        } else {
          flush(false);
          units.push(wordUnit(atom, last && i === list.length - 1));
        }
      });
      flush(last);
      return units;
    }

    return {
      normalise: function (text) {
        return tokens.normalise(text, simplified);
      },

      /** The same for a query of which nothing was found: its characters one by one, as in 勤、暖、诚. */
      apart: function (text) {
        const list = naming.atoms(tokens.normalise(text, simplified)).filter(function (atom) { return atom.cjk; });
        return { units: list.length <= SHORT_RUN ? list.map(characterUnit) : [], welcome: [] };
      },

      /** What a query looks for: {units: [{ways: [[leaf]], typed, weak}], welcome: [leaf]}. */
      plan: function (text) {
        const all = naming.atoms(tokens.normalise(text, simplified));
        const told = all.filter(function (atom) { return !stop.has(atom.word); });
        const list = told.length ? told : all;

        function unitsOf(loose) {
          const parts = stretches(loose).map(function (part) {
            const last = part[part.length - 1] === list[list.length - 1];
            return part[0].cjk ? chineseUnits(part, list) : wordUnits(part, last);
          });
          return [].concat.apply([], parts);
        }

        let units = [];
        let reached = 0;
        names.whole(list).forEach(function (name) {
          const end = name.from + name.length;
          units = units.concat(unitsOf(list.slice(reached, name.from)));
          units = units.concat(name.said ? [] : nameUnit(list.slice(name.from, end), name.concepts));
          reached = end;
        });
        units = units.concat(unitsOf(list.slice(reached)));
        if (!units.length) {
          units = unitsOf(list);
        }
        const almost = names.almost(list);
        widen(units, almost);
        return { units: units, welcome: borders(list).concat(almost.map(almostLeaf)) };
      },
    };
  };
});
