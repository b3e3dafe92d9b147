/**
 * Filtering by facets, without the page: which cards stay, how many each choice would give,
 * which filter to loosen. Choices within a facet widen, facets narrow.
 * Runs in Node too, for tests.
 *
 * A card is {id, facets: {name: [value]}}, a selection {name: [value]} without empty lists.
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory();
  } else {
    root.casebook = root.casebook || {};
    root.casebook.facets = factory();
  }
})(typeof self === "undefined" ? this : self, function () {
  "use strict";

  function has(card, name, values) {
    const own = card.facets[name] || [];
    return values.some(function (value) {
      return own.indexOf(value) !== -1;
    });
  }

  /** The selection with one facet taken out. */
  function without(selection, name) {
    const rest = Object.assign({}, selection);
    delete rest[name];
    return rest;
  }

  /** Cards that every facet of the selection lets through. */
  function filter(cards, selection) {
    const names = Object.keys(selection);
    return cards.filter(function (card) {
      return names.every(function (name) {
        return has(card, name, selection[name]);
      });
    });
  }

  /** Cards by value of one facet, with all the other facets applied. */
  function counts(cards, selection, name) {
    // Cards with the same values share one list of them, so that each list is looked into once.
    const lists = new Map();
    filter(cards, without(selection, name)).forEach(function (card) {
      const own = card.facets[name] || [];
      lists.set(own, (lists.get(own) || 0) + 1);
    });
    const result = new Map();
    lists.forEach(function (times, own) {
      new Set(own).forEach(function (value) {
        result.set(value, (result.get(value) || 0) + times);
      });
    });
    return result;
  }

  /**
   * The one filter whose removal gives the most cards: {name, count}, or null when no single
   * removal gives any. `found` are the cards the search gives and `all` every card; with a
   * search, leaving out the words themselves (name "q") is tried too.
   */
  function loosen(all, found, selection, searching) {
    const tries = Object.keys(selection).map(function (name) {
      return { name: name, count: filter(found, without(selection, name)).length };
    });
    if (searching) {
      tries.push({ name: "q", count: filter(all, selection).length });
    }
    return tries.reduce(function (best, attempt) {
      return attempt.count > (best ? best.count : 0) ? attempt : best;
    }, null);
  }

  return { filter: filter, counts: counts, loosen: loosen, without: without };
});
