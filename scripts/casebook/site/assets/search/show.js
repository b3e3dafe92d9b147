/**
 * How a document that was found is shown: the text that answers best with the words marked, and why
 * it was found. Runs in Node too, for tests.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(require("../tokens.js"));
  } else {
    root.casebook = root.casebook || {};
    root.casebook.searchShow = factory(root.casebook.tokens);
  }
})(typeof self === "undefined" ? this : self, function (tokens) {
  "use strict";

  /** Width of a snippet: a Chinese character counts two. */
  const WIDTH = 120;

  function widthOf(character) {
    return character > "\u2e7f" ? 2 : 1;
  }

  function isChinese(text) {
    return /[\u3400-\u9fff]/.test(text);
  }

  /** For each character of a text whether it belongs to a word that was looked for. */
  function marks(text, terms, normalise) {
    const characters = Array.from(text);
    const plain = characters.map(normalise);
    const marked = characters.map(function () {
      return false;
    });
    let word = 0;
    for (let i = 0; i < characters.length; i += 1) {
      if (tokens.isCjk(plain[i])) {
        if (terms.has(plain[i])) {
          marked[i] = true;
        }
        if (i + 1 < plain.length && terms.has(plain[i] + plain[i + 1])) {
          marked[i] = true;
          marked[i + 1] = true;
        }
        word = i + 1;
      } else {
        const end = i + 1 === characters.length || !/[\p{L}\p{N}]/u.test(plain[i + 1]) || tokens.isCjk(plain[i + 1]);
        if (!/[\p{L}\p{N}]/u.test(plain[i])) {
          // A point or comma between digits belongs to the number.
          const inside = /[.,]/.test(plain[i]) && /\d/.test(plain[i - 1] || "") && /\d/.test(plain[i + 1] || "");
          word = inside ? word : i + 1;
        } else if (end && !(/[.,]/.test(plain[i + 1] || "") && /\d/.test(plain[i]) && /\d/.test(plain[i + 2] || ""))) {
          if (terms.has(tokens.word(plain.slice(word, i + 1).join("")))) {
            marked.fill(true, word, i + 1);
          }
          word = i + 1;
        }
      }
    }
    return { characters: characters, marked: marked };
  }

  /** The stretch of a text with most marks, as pieces {text, mark}. */
  function excerpt(text, terms, normalise) {
    const found = marks(text, terms, normalise);
    const all = found.characters;
    let best = { start: 0, marks: -1 };
    for (let start = 0; start < all.length; start += 1) {
      if (start > 0 && !found.marked[start]) {
        continue;
      }
      let count = 0;
      for (let i = start, width = 0; i < all.length && width < WIDTH; i += 1) {
        width += widthOf(all[i]);
        count += found.marked[i] ? 1 : 0;
      }
      if (count > best.marks) {
        best = { start: start, marks: count };
      }
    }
    // Some words before the first mark, from the beginning of a clause where there is one near.
    let start = best.start;
    for (let width = 0; start > 0 && width < WIDTH / 4 && !/[。；;!?！？]/.test(all[start - 1]); start -= 1) {
      width += widthOf(all[start - 1]);
    }
    while (start > 0 && start < best.start && /[\w'’-]/.test(all[start - 1]) && /\w/.test(all[start])) {
      start += 1;
    }
    let end = start;
    for (let width = 0; end < all.length && width < WIDTH; end += 1) {
      width += widthOf(all[end]);
    }
    while (end < all.length && end > start + 1 && /\w/.test(all[end - 1]) && /\w/.test(all[end])) {
      end -= 1;
    }
    const pieces = start > 0 ? [{ text: "…", mark: false }] : [];
    for (let i = start; i < end; i += 1) {
      const piece = pieces[pieces.length - 1];
      if (piece && piece.mark === found.marked[i]) {
        piece.text += all[i];
      } else {
        pieces.push({ text: all[i], mark: found.marked[i] });
      }
    }
    return end < all.length ? pieces.concat({ text: "…", mark: false }) : pieces;
  }

  /** How much of what is looked for a text has, by its words alone. */
  function metBy(own, units) {
    return units.reduce(function (sum, unit) {
      const met = unit.ways.some(function (way) {
        return way.every(function (leaf) {
          return leaf.terms.some(function (term) {
            return own.has(term);
          });
        });
      });
      return sum + (met ? unit.weight : 0);
    }, 0);
  }

  /**
   * @param record     [id, url, title, place, parts, concepts] of the document; a part is its text and, for
   *                   a claim, the number of its question, its own number, and the terms it is sorted under.
   * @param query      {units, terms, normalise, text}: what is looked for, with the terms found for each leaf.
   * @param index      {questions: [[id, label]], words: for each concept its label and its names}.
   * @param heard      whether it was found by its sound.
   * @returns {title, snippet, claim, reason: {by, …}}; `by` is title, place, answer, text, synonym, class or sound.
   */
  return function (record, query, { questions, words }, heard) {
    const [, , title, place, parts, concepts] = record;
    const about = concepts.filter(function (number) {
      return query.terms.has("#" + number);
    });
    // Names of the script that was typed; the others would turn up in quotes from abroad.
    const chinese = isChinese(query.text);
    const names = new Map();
    about.forEach(function (number) {
      names.set(number, words[number].slice(1).filter(function (name) { return isChinese(name) === chinese; }));
    });

    /** What a text has of the query, and the names in it of the terms that are meant. */
    function look(text, sortedUnder) {
      const plain = query.normalise(text);
      const own = new Set(tokens.cut(plain, null, true));
      const called = [];
      about.forEach(function (number) {
        const name = names.get(number).find(function (each) { return plain.indexOf(each) !== -1; });
        if (name || (sortedUnder || []).indexOf(number) !== -1) {
          own.add("#" + number);
        }
        if (name) {
          called.push(name);
        }
      });
      return { met: metBy(own, query.units), called: called };
    }

    const inTitle = look(title).met;
    const inPlace = look(place).met;
    const inParts = parts.map(function (part) {
      return look(part[0], part.slice(3));
    });
    const best = inParts.reduce(function (at, found, i) {
      return found.met > inParts[at].met ? i : at;
    }, 0);
    const meant = metBy(new Set(about.map(function (number) { return "#" + number; })), query.units);
    const part = parts[best] || [""];
    const { met, called } = inParts[best] || { met: 0, called: [] };
    const marked = new Set(query.terms);
    called.forEach(function (name) {
      tokens.cut(name).forEach(marked.add, marked);
    });
    const result = { snippet: excerpt(part[0], marked, query.normalise), claim: null, reason: { by: "text" } };
    const most = Math.max(inTitle, inPlace, met, meant);
    if (most && inTitle === most) {
      result.reason = { by: "title" };
    } else if (most && inPlace === most) {
      result.reason = { by: "place" };
    } else if (heard) {
      result.reason = { by: "sound" };
      result.snippet = excerpt((parts[0] || [""])[0], marked, query.normalise);
    } else if (met && part.length > 1) {
      const [id, label] = questions[part[1]];
      result.claim = id + "-" + part[2];
      result.reason = { by: "answer", question: label };
    }
    // A word that the page itself does not have needs a word of explanation, whatever else is met.
    const all = [title, place].concat(parts.map(function (each) { return each[0]; }));
    const whole = query.normalise(all.join("\n"));
    const unsaid = about
      .map(function (number) {
        const typed = words[number].slice(1).filter(function (name) { return query.text.indexOf(name) !== -1; });
        return { number: number, typed: typed };
      })
      .find(function (each) {
        return each.typed.length > 0 && each.typed.every(function (name) { return whole.indexOf(name) === -1; });
      });
    if (unsaid) {
      const [label, ...called] = words[unsaid.number];
      const word = unsaid.typed[0];
      const instead = called.find(function (name) { return whole.indexOf(name) !== -1; });
      const usual = query.normalise(label) === word ? null : label;
      const reason = instead || usual ? { by: "synonym", word: word, label: instead || usual } : { by: "class", label: label };
      result.reason = Object.assign(result.reason, reason);
    }
    return result;
  };
});
