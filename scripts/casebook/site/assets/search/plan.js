/**
 * From what is typed to what is looked for. A query becomes units, all of which a good answer has;
 * a unit can be met in several ways: its words, a term of the vocabularies that is also called so,
 * its sound. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("../tokens.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchPlan = factory(root.casebook.tokens);
  }
})(typeof self === "undefined" ? this : self, function (tokens) {
  "use strict";

  const CONCEPT = "#";
  const SOUND = "~";
  const INITIALS = "^";

  /** What a word counts that is only begun, only sounds so, or is only an abbreviation. */
  const BEGUN = 0.4;
  const HEARD = 0.9;

  /** What a term counts that is called so: less than the very words. */
  const CALLED = 0.6;

  /** How much of a term's name a query must have for the term to be meant. */
  const ALMOST = 0.6;

  /** Runs of Chinese up to this length are searched across the borders of their words as well. */
  const SHORT_RUN = 8;

  function leaf(term, more) {
    return Object.assign({ term: term, prefix: false, weight: 1 }, more);
  }

  /** The pairs of neighbours of some characters. */
  function pairs(characters) {
    return characters.slice(1).map(function (character, i) {
      return characters[i] + character;
    });
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

  /**
   * @param base   the file of that name.
   * @param words  for each term its label and everything it is called.
   */
  return function (base, words) {
    const simplified = new Map();
    const characters = Array.from(base.simplified);
    for (let i = 0; i < characters.length; i += 2) {
      simplified.set(characters[i], characters[i + 1]);
    }
    const syllables = new Set(base.syllables.split(" "));
    const stop = new Set(base.stop);
    const phrases = new Map();
    let longest = 1;

    function phrase(text) {
      const parts = atoms(text).filter(function (atom) {
        return !stop.has(atom.word);
      });
      const key = parts.map(keyOf).join(" ");
      longest = Math.max(longest, parts.length);
      if (key && !phrases.has(key)) {
        phrases.set(key, { concepts: [], said: false });
      }
      return phrases.get(key);
    }

    /** Which names of terms a token stands in: token → [{number, size}], one object a name. */
    const naming = new Map();

    function note(number, list) {
      const own = tokensOf(list);
      if (own.size > 2) {
        const name = { number: number, size: own.size };
        own.forEach(function (token) {
          naming.set(token, (naming.get(token) || []).concat(name));
        });
      }
    }

    words.forEach(function (names, number) {
      names.slice(1).forEach(function (name) {
        note(number, atoms(name).filter(function (atom) { return !stop.has(atom.word); }));
        const known = phrase(name);
        if (known && known.concepts.indexOf(number) === -1) {
          known.concepts.push(number);
        }
      });
    });
    base.spoken.forEach(function (text) {
      const known = phrase(text);
      if (known && !known.concepts.length) {
        known.said = true;
      }
    });

    function keyOf(atom) {
      return atom.key;
    }

    /** The known phrases in a list of atoms, the longest first, none overlapping: {from, length, concepts, said}. */
    function phrasesIn(list) {
      const found = [];
      const taken = [];
      for (let length = Math.min(longest, list.length); length > 0; length -= 1) {
        for (let from = 0; from + length <= list.length; from += 1) {
          const known = phrases.get(list.slice(from, from + length).map(keyOf).join(" "));
          if (known && !taken.slice(from, from + length).some(Boolean)) {
            found.push({ from: from, length: length, concepts: known.concepts, said: known.said });
            for (let i = from; i < from + length; i += 1) {
              taken[i] = true;
            }
          }
        }
      }
      return found.sort(function (one, other) { return one.from - other.from; });
    }

    /** The ways to read Latin letters as as few syllables as can be; the last may be only begun. */
    function spellings(letters) {
      const best = [[[]]];
      for (let end = 1; end <= letters.length; end += 1) {
        let found = [];
        for (let start = Math.max(0, end - 6); start < end; start += 1) {
          if (best[start] && syllables.has(letters.slice(start, end))) {
            best[start].forEach(function (reading) {
              found.push(reading.concat(letters.slice(start, end)));
            });
          }
        }
        const least = Math.min.apply(null, found.map(function (reading) { return reading.length; }));
        found = found.filter(function (reading) { return reading.length === least; }).slice(0, 3);
        best.push(found.length ? found : null);
      }
      if (best[letters.length]) {
        return best[letters.length];
      }
      for (let end = letters.length - 1; end >= Math.max(1, letters.length - 5); end -= 1) {
        const rest = letters.slice(end);
        const begun = best[end] && Array.from(syllables).some(function (each) { return each.startsWith(rest); });
        if (begun) {
          return best[end].map(function (reading) { return reading.concat(rest); });
        }
      }
      return [];
    }

    /** How letters can be met by sound: pairs of syllables, or the initials of a name. */
    function sounds(letters, last) {
      const ways = spellings(letters).map(function (reading) {
        const heard = reading.length === 1 ? reading : pairs(reading);
        return heard.map(function (each, i) {
          return leaf(SOUND + each, { prefix: last && i === heard.length - 1 && reading.length > 1, weight: HEARD });
        });
      });
      if (letters.length > 1 && letters.length < 9) {
        ways.push([leaf(INITIALS + letters, { prefix: true, weight: HEARD })]);
      }
      return ways;
    }

    function isLetters(atom) {
      return /^[a-z]+$/.test(atom.word);
    }

    /** A unit for a word of another script. */
    function wordUnit(atom, last) {
      const ways = [[leaf(atom.key)]];
      if (atom.key.length > (last ? 1 : 3)) {
        ways.push([leaf(atom.key, { prefix: true, weight: BEGUN })]);
      }
      const letters = isLetters(atom);
      return { ways: letters ? ways.concat(sounds(atom.word, last)) : ways, word: letters ? atom : null };
    }

    /** One unit for several words that are syllables: he jia ao. */
    function spokenUnit(list, last) {
      const letters = list.map(function (atom) { return atom.word; }).join("");
      const apart = list.map(function (atom) { return leaf(atom.key); });
      return { ways: [apart, [leaf(letters, { prefix: last })]].concat(sounds(letters, last)), word: null };
    }

    /** Units for words of other scripts that stand together. */
    function wordUnits(list, last) {
      const units = [];
      let spoken = [];
      function flush(end) {
        if (spoken.length > 1) {
          units.push(spokenUnit(spoken, end));
        } else if (spoken.length) {
          units.push(wordUnit(spoken[0], end));
        }
        spoken = [];
      }
      list.forEach(function (atom) {
        if (isLetters(atom) && spellings(atom.word).length && atom.word.length < 8) {
          spoken.push(atom);
        } else {
          flush(false);
          units.push(wordUnit(atom, last && atom === list[list.length - 1]));
        }
      });
      flush(last);
      return units;
    }

    /** Units for Chinese characters that stand together; one alone says too little beside others. */
    function cjkUnits(list, alone) {
      const found = list.map(keyOf);
      if (found.length === 1) {
        return alone ? [{ ways: [[leaf(found[0], { prefix: true })]], word: null }] : [];
      }
      return pairs(found).map(function (pair) {
        return { ways: [[leaf(pair)]], word: null };
      });
    }

    /** A unit for what is the name of a term: its own words, or the term. */
    function phraseUnit(list, concepts) {
      const cjk = list.filter(function (atom) { return atom.cjk; });
      const literal = list.filter(function (atom) { return !atom.cjk; }).map(function (atom) { return leaf(atom.key); });
      const own = cjk.length === 1 ? [] : pairs(cjk.map(keyOf)).map(function (pair) { return leaf(pair); });
      const ways = concepts.map(function (number) {
        return [leaf(CONCEPT + number, { weight: CALLED })];
      });
      const said = literal.concat(own);
      return { ways: said.length ? [said].concat(ways) : ways, word: null };
    }

    /** Terms that are called almost as the query says: [{number, share, tokens}], one entry a term. */
    function almost(list) {
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
    }

    /** Let a term that is almost named meet the units of which its name is made. */
    function widen(units, terms) {
      terms.forEach(function (term) {
        const way = [leaf(CONCEPT + term.number, { weight: CALLED * term.share })];
        units.forEach(function (unit) {
          const own = unit.ways[0];
          const meant = own.every(function (each) { return term.tokens.indexOf(each.term) !== -1; });
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
      const found = [];
      runs.forEach(function (characters) {
        if (characters.length <= SHORT_RUN) {
          pairs(characters).forEach(function (pair) { found.push(leaf(pair)); });
        }
      });
      return found;
    }

    return {
      normalise: function (text) {
        return tokens.normalise(text, simplified);
      },

      /** Units of a query: {units: [{ways: [[leaf]], word}], welcome: [leaf]}. */
      plan: function (text) {
        const all = atoms(tokens.normalise(text, simplified));
        const told = all.filter(function (atom) { return !stop.has(atom.word); });
        const list = told.length ? told : all;
        const units = [];
        let loose = [];
        let said = 0;

        function flush(end) {
          let from = 0;
          for (let i = 1; i <= loose.length; i += 1) {
            const here = loose[from];
            if (i === loose.length || loose[i].cjk !== here.cjk || (here.cjk && loose[i].run !== here.run)) {
              const part = loose.slice(from, i);
              const alone = part.length === list.length;
              const last = end && i === loose.length;
              units.push.apply(units, here.cjk ? cjkUnits(part, alone) : wordUnits(part, last));
              from = i;
            }
          }
          loose = [];
        }

        let reached = 0;
        phrasesIn(list).forEach(function (known) {
          loose = list.slice(reached, known.from);
          flush(false);
          if (known.said) {
            said += known.length;
          } else {
            units.push(phraseUnit(list.slice(known.from, known.from + known.length), known.concepts));
          }
          reached = known.from + known.length;
        });
        loose = list.slice(reached);
        flush(true);
        if (!units.length && said) {
          loose = list;
          flush(true);
        }
        widen(units, almost(list));
        return { units: units, welcome: borders(list) };
      },
    };
  };
});
