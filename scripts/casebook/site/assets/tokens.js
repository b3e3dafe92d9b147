/**
 * How text is cut for search. The twin of views/search/tokens.py: both cut alike, and a test says so.
 *
 * Chinese has no spaces, and a dictionary does not know 何家坳 or 铜塘湾: a run of Chinese
 * characters becomes its pairs of neighbours. Words of other scripts stay whole; English ones
 * lose their endings. Runs in Node too, for tests.
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

  const CJK = "\\u3005-\\u3007\\u3040-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";

  // 279,040 · 99.4 · a word or number · a run of Chinese (or Japanese) characters.
  const RUNS = new RegExp(
    "[0-9]+(?:,[0-9]{3})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]+)+|(?:(?![" + CJK + "])[\\p{L}\\p{N}])+|[" + CJK + "]+",
    "gu"
  );
  const IS_CJK = new RegExp("^[" + CJK + "]", "u");
  const ENDINGS = [["ing", 3], ["ed", 3], ["ment", 3], ["ion", 4], ["er", 4], ["or", 4], ["al", 4], ["ly", 4]];

  /**
   * One spelling for the same letters: full-width forms, accents, capitals and, by a table of
   * characters (a Map), traditional ones.
   */
  function normalise(text, simplified) {
    let plain = String(text);
    if (/[^\x00-\x7f]/.test(plain)) {
      plain = plain.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
      if (simplified) {
        plain = Array.from(plain, function (character) {
          return simplified.get(character) || character;
        }).join("");
      }
    }
    return plain.toLowerCase();
  }

  /** The words and the runs of Chinese characters of a normalised text. */
  function runs(plain) {
    return plain.match(RUNS) || [];
  }

  function isCjk(run) {
    return IS_CJK.test(run);
  }

  /** The token of a word or number: no thousands separators, no English endings. */
  function word(run) {
    return /^[a-z]+$/.test(run) ? stem(run) : run.replace(/,/g, "");
  }

  /** An English word without its endings: cleaners, cleaning, cleaned → clean. */
  function stem(given) {
    let text = given;
    if (text.length < 4) {
      return text;
    }
    if (/ies$/.test(text) && text.length > 4) {
      text = text.slice(0, -3) + "y";
    } else if (/(?:ss|sh|ch|x|z)es$/.test(text)) {
      text = text.slice(0, -2);
    } else if (/s$/.test(text) && !/(?:ss|us|is)$/.test(text)) {
      text = text.slice(0, -1);
    }
    text = strip(strip(text));
    if (text.length > 3 && /e$/.test(text)) {
      text = text.slice(0, -1);
    }
    if (text.length > 5) {
      text = text.replace(/i[sz](?:at)?$/, "i");
    }
    if (text.length > 3) {
      if (/y$/.test(text)) {
        text = text.slice(0, -1) + "i";
      } else if (text[text.length - 1] === text[text.length - 2]) {
        text = text.slice(0, -1);
      }
    }
    return text;
  }

  function strip(text) {
    for (const [ending, least] of ENDINGS) {
      const rest = text.slice(0, -ending.length);
      if (text.endsWith(ending) && rest.length >= least && /[aeiouy]/.test(rest)) {
        return rest;
      }
    }
    return text;
  }

  /** Tokens of a text as the index has them; `ends` as in Python, for names. */
  function cut(text, simplified, ends) {
    const out = [];
    runs(normalise(text, simplified)).forEach(function (run) {
      if (!isCjk(run)) {
        out.push(word(run));
        return;
      }
      const characters = Array.from(run);
      for (let i = 0; i + 1 < characters.length; i += 1) {
        out.push(characters[i] + characters[i + 1]);
      }
      if (ends || characters.length === 1) {
        out.push(characters[characters.length - 1]);
      }
    });
    return out;
  }

  return { normalise: normalise, runs: runs, isCjk: isCjk, word: word, stem: stem, cut: cut };
});
