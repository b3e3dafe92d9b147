/**
 * Small things that reading, checking and drawing share: fields by role, terms, and what a text holds.
 */
(function () {
  "use strict";

  const casebook = typeof window === "undefined" ? globalThis.casebook : window.casebook;
  const HAN = /[\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/gu;
  const WORD = /[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[\uac00-\ud7a3]+/g;
  const UNSEEN =
    /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;
  const WIDE = { "\u3000": " ", "。": ".", "、": ",", "—": "-", "–": "-", "−": "-", "“": "", "”": "", "‘": "", "’": "" };

  function length(text) {
    return Array.from(text).length;
  }

  function isMapping(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function has(mapping, key) {
    return Object.prototype.hasOwnProperty.call(mapping, key);
  }

  function allows(part, kind) {
    return !part.for || part.for.indexOf(kind) !== -1;
  }

  function byRole(fields, role) {
    for (const item of fields) {
      const found = item.role === role ? item : byRole(item.fields || [], role);
      if (found) {
        return found;
      }
    }
    return null;
  }

  function term(form, vocabulary, id) {
    const found = form.vocabularies[vocabulary];
    return (found && found.terms.find((each) => each.id === id)) || null;
  }

  /** The text with full-width signs made half-width, and without Chinese quotation marks. */
  function halfWidth(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[\u3000。、—–−“”‘’]/g, (sign) => WIDE[sign])
      .trim();
  }

  /** How many Chinese characters and Latin words a fragment has. */
  function measure(text) {
    return { han: (text.match(HAN) || []).length, words: (text.match(WORD) || []).length };
  }

  casebook.formTerms = {
    UNSEEN: UNSEEN,
    length: length,
    isMapping: isMapping,
    has: has,
    byRole: byRole,
    term: term,
    allows: allows,
    measure: measure,
    halfWidth: halfWidth,

    /** Whether a text holds something that nobody sees. */
    hides: function (text) {
      return text.search(UNSEEN) !== -1;
    },

    /** Whether nothing can be seen of a text. */
    isBlank: function (text) {
      return !text.replace(UNSEEN, "").trim();
    },
  };
})();
