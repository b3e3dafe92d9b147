/**
 * The search for persons, as in casebook/checks/private_data.py, whose patterns and words the form's description
 * carries. A browser without look-behind (before 2023 on Apple's devices) cannot search; `able` says so.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;

  const patterns = {};
  let able = true;

  function pattern(rules, name, sticky) {
    const key = name + (sticky ? "!" : "");
    if (!patterns[key]) {
      patterns[key] = new RegExp(rules[name], sticky ? "y" : "g");
    }
    return patterns[key];
  }

  /** Every match between two places; look-behind and look-ahead see only as far, as in Python's finditer. */
  function matches(regexp, text, start, end) {
    const found = [];
    const part = text.slice(0, end === undefined ? text.length : Math.min(end, text.length));
    regexp.lastIndex = Math.max(start || 0, 0);
    for (let match = regexp.exec(part); match; match = regexp.exec(part)) {
      found.push({ start: match.index, end: match.index + match[0].length, text: match[0], group: match[1] });
      if (!match[0]) {
        regexp.lastIndex += 1;
      }
    }
    return found;
  }

  function at(regexp, text, start) {
    regexp.lastIndex = start;
    const match = regexp.exec(text);
    return match ? { start: start, end: start + match[0].length, text: match[0] } : null;
  }

  function places(text, words) {
    const found = [];
    words.forEach((word) => {
      for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
        found.push({ index: index, word: word });
      }
    });
    return found;
  }

  function isIdCard(rules, number) {
    if (!new RegExp("^(?:" + rules.birthday + ")$").test(number)) {
      return false;
    }
    const total = rules.weights.reduce((sum, weight, index) => sum + weight * Number(number[index]), 0);
    return "10X98765432"[total % 11] === number[17].toUpperCase();
  }

  function isBankCard(rules, number) {
    if (!/^[0-9]{16,19}$/.test(number) || !at(pattern(rules, "card", true), number, 0)) {
      return false;
    }
    const digits = number.split("").reverse().map((digit, index) => Number(digit) * (1 + (index % 2)));
    return digits.reduce((sum, each) => sum + (each > 9 ? each - 9 : each), 0) % 10 === 0;
  }

  function numbers(rules, whole) {
    const found = [];
    let text = whole;
    const add = (code, each) => found.push({ code: code, start: each.start, end: each.end });
    if (text.indexOf("@") !== -1) {
      matches(pattern(rules, "email"), text).forEach((each) => add("private-email", each));
    }
    if (text.indexOf("://") !== -1) {
      text = text.replace(pattern(rules, "url"), (address) => " ".repeat(address.length));
    }
    matches(pattern(rules, "digits"), text).forEach((digits) => {
      const start = Math.max(digits.start - 14, 0);
      const end = digits.end + 3;
      matches(pattern(rules, "spoken_id"), text, start, end).forEach((each) => {
        add("private-id-card", { start: each.end - each.group.length, end: each.end });
      });
      matches(pattern(rules, "long"), text, start, end).forEach((each) => {
        const number = each.text.replace(/[ -]/g, "");
        if (isIdCard(rules, number)) {
          add("private-id-card", each);
        } else if (isBankCard(rules, number)) {
          add("private-bank-card", each);
        }
      });
      matches(pattern(rules, "mobile"), text, start, end).forEach((each) => add("private-mobile", each));
      matches(pattern(rules, "landline"), text, start, end).forEach((each) => add("private-landline", each));
    });
    return found;
  }

  function rooms(rules, text) {
    const found = [];
    places(text, rules.room_signs).forEach((place) => {
      const after = place.index + place.word.length;
      if (/^[0-9]$/.test(text[after] || "")) {
        const ascii = /^[\x20-\x7e]*$/.test(place.word);
        const [first] = matches(pattern(rules, "room"), text, ascii ? place.index : Math.max(place.index - 8, 0), after + 24);
        if (first) {
          found.push({ code: "private-home", start: first.start, end: first.end });
        }
      }
    });
    return found;
  }

  function chineseNames(rules, text) {
    const found = [];
    const isSurname = (sign) => sign !== undefined && rules.surnames.indexOf(sign) !== -1;
    const add = (start, end) => found.push({ start: start, end: end });
    places(text, rules.address).forEach((place) => {
      if (place.index && isSurname(text[place.index - 1])) {
        add(place.index - 1, place.index + place.word.length);
      }
    });
    places(text, rules.unnamed).forEach((place) => {
      const end = place.index + (text[place.index + 1] === place.word ? 2 : 1);
      if (place.index && isSurname(text[place.index - 1]) && rules.not_a_person.indexOf(text[end]) === -1) {
        add(place.index - 1, end);
      }
    });
    places(text, rules.standing).forEach((place) => {
      const name = at(pattern(rules, "named", true), text, place.index + place.word.length);
      if (name && isSurname(name.text[0])) {
        add(name.start, name.end);
      }
    });
    places(text, rules.close).forEach((place) => {
      if (isSurname(text[place.index + 1]) && at(pattern(rules, "familiar", true), text, place.index)) {
        add(place.index, place.index + 2);
      }
    });
    places(text, rules.years).forEach((place) => {
      matches(pattern(rules, "aged_name"), text, Math.max(place.index - 12, 0), place.index + 8).forEach((each) => {
        if (isSurname(each.text[0])) {
          add(each.start, each.end);
        }
      });
    });
    return found;
  }

  function near(rules, text, name, kind, distance) {
    const reach = distance + rules.longest;
    return matches(pattern(rules, kind), text, Math.max(name.start - reach, 0), name.end + reach).filter(
      (each) => name.start - each.end <= distance && each.start - name.end <= distance
    );
  }

  function search(rules, text) {
    const plain = text.replace(/[\uff0b\uff0d\uff10-\uff19\uff20-\uff3a\uff41-\uff5a]/.test(text) ? /[\uff01-\uff5e]/g : /(?!)/g, (sign) =>
      String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
    );
    const found = numbers(rules, plain).concat(rooms(rules, plain));
    const english = rules.english.some((word) => plain.indexOf(word) !== -1) ? matches(pattern(rules, "english_name"), plain) : [];
    chineseNames(rules, plain).concat(english).forEach((name) => {
      const aged = near(rules, plain, name, "age", rules.near_age).length > 0;
      found.push({ code: aged ? "private-age" : "private-name", start: name.start, end: name.end });
      near(rules, plain, name, "home", rules.near_home).forEach((home) => found.push({ code: "private-home", start: home.start, end: home.end }));
    });
    const kept = [];
    found.sort((one, other) => one.start - other.start || other.end - one.end).forEach((each) => {
      if (!kept.length || each.start >= kept[kept.length - 1].end) {
        kept.push(each);
      }
    });
    return kept;
  }

  /** A stretch that was found, with asterisks over all but its beginning; it need not be found again alone. */
  function starred(text) {
    const shown = Math.max(1, Math.min(3, Math.floor(text.length / 4)));
    return text.slice(0, shown) + "*".repeat(text.length - shown);
  }

  casebook.formPrivate = {
    starred: starred,

    able: () => able,

    /** What is private in a text, in order: [{code, start, end}]. */
    find: function (rules, text) {
      try {
        return able ? search(rules, text) : [];
      } catch (error) {
        able = !(error instanceof SyntaxError);
        return [];
      }
    },

    /** The text with asterisks over all but the beginning of what is private. */
    masked: function (rules, text) {
      return casebook.formPrivate.find(rules, text).reduce((masked, each) => {
        return masked.slice(0, each.start) + starred(masked.slice(each.start, each.end)) + masked.slice(each.end);
      }, text);
    },
  };
})();
