/**
 * Search in the browser, over the index files of the page's language. Runs in Node too, for tests.
 *
 * A query is planned (search/plan.js), the postings of its words are fetched (search/postings.js), the
 * documents that have them are found and ranked (search/find.js, search/rank.js); the texts of the
 * first are fetched and shown (search/show.js).
 */
(function (root, factory) {
  "use strict";
  if (typeof module === "object" && module.exports) {
    module.exports = factory(
      require("./search/plan.js"),
      require("./search/postings.js"),
      require("./search/find.js"),
      require("./search/show.js"),
      require("./search/patience.js")
    );
  } else {
    const casebook = (root.casebook = root.casebook || {});
    const create = factory(
      casebook.searchPlan,
      casebook.searchPostings,
      casebook.searchFind,
      casebook.searchShow,
      casebook.searchPatience
    );
    casebook.search = create(
      function (name) {
        return casebook.need("search/" + name);
      },
      function (reason) {
        return casebook.word("why_" + reason.by, reason);
      }
    );
  }
})(typeof self === "undefined" ? this : self, function (planner, opener, find, show, patience) {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** Results of each other kind that are shown beside cases. */
  const BESIDE = 3;

  /**
   * @param need     name of a file → promise of its value.
   * @param explain  why a page was found, {by, …} of search/show.js → what readers are told.
   */
  return function (need, explain) {
    let opened = null;

    /** Base files, read once; a failure is forgotten, so that the next query tries again. */
    function open() {
      opened = opened || Promise.all([need("base"), need("words")]).then(prepare);
      opened.catch(function () {
        opened = null;
      });
      return opened;
    }

    function prepare([base, words]) {
      const kinds = [];
      let count = 0;
      Object.keys(base.kinds).forEach(function (name) {
        kinds.push({ name: name, from: count, to: count + base.kinds[name] });
        count += base.kinds[name];
      });
      const lengths = Array.from(base.lengths, function (digit) {
        return DIGITS.indexOf(digit);
      });
      return {
        kinds: kinds,
        stats: { count: count, cases: base.kinds.case, average: base.average, lengths: lengths },
        chunk: base.chunk,
        questions: base.questions,
        words: words,
        planner: planner(base, words),
        postings: opener(base, need),
      };
    }

    function kindOf(state, doc) {
      return state.kinds.find(function (kind) { return doc < kind.to; }).name;
    }

    function isCase(state) {
      return function (each) {
        return each.doc < state.stats.cases;
      };
    }

    /** The first results; other kinds neither crowd out the cases nor are crowded out by them. */
    function first(state, ranked, limit) {
      const seen = {};
      const beside = ranked.filter(function (each) {
        const kind = kindOf(state, each.doc);
        seen[kind] = (seen[kind] || 0) + 1;
        return kind !== "case" && seen[kind] <= BESIDE;
      });
      const room = Math.max(Math.ceil(limit / 2), limit - beside.length);
      const cases = ranked.filter(isCase(state)).slice(0, room);
      return cases.concat(beside.slice(0, limit - cases.length)).sort(function (one, other) {
        return other.score - one.score;
      });
    }

    /** One result: what is shown of a document, whose texts are among those of its neighbours. */
    function result(state, doc, chunk, query) {
      const record = chunk[doc % state.chunk];
      const [id, url, title, place] = record;
      const shown = show(record, query, state, query.heard(doc));
      const why = explain ? explain(shown.reason) : "";
      return Object.assign(shown, { id: id, kind: kindOf(state, doc), url: url, title: title, place: place, why: why });
    }

    /** All results, fetched together and made one by one. */
    async function texts(state, top, query) {
      const chunks = await Promise.all(top.map(function (each) { return need("d-" + Math.floor(each.doc / state.chunk)); }));
      const rest = patience();
      const results = [];
      for (const each of top) {
        results.push(result(state, each.doc, chunks[results.length], query));
        await rest();
      }
      return results;
    }

    return {
      /** Fetch what every query needs, while the reader is still typing. */
      warm: function () {
        return open().then(function () {});
      },

      /**
       * Search.
       * @param text     what is typed.
       * @param options  {kind, limit, ids}: kind of page, number of results, whether ids are wanted.
       * @returns promise of {results, numbers, ids, partial, total}.
       *   results  the first ones: {id, kind, url, title, place, snippet: [{text, mark}], claim, reason, why}.
       *   numbers  all cases found, best first, by their place in the collection; `ids` their ids, if wanted.
       *   partial  true where no page has everything that was asked for.
       *   total    number of pages found.
       */
      query: async function (text, options) {
        const { kind, limit, ids } = Object.assign({ kind: null, limit: 10, ids: false }, options);
        const state = await open();
        const whole = { from: 0, to: state.stats.count };
        const range = kind ? state.kinds.find(function (each) { return each.name === kind; }) : whole;
        const look = function (plan) { return find(state.stats, state.postings, plan, range); };
        let found = await look(state.planner.plan(text));
        if (!found.ranked.length) {
          const apart = await look(state.planner.apart(text));
          found = apart.partial ? found : apart;
        }
        const normalise = state.planner.normalise;
        const query = Object.assign({ normalise: normalise, text: normalise(text) }, found);
        const top = kind ? found.ranked.slice(0, limit) : first(state, found.ranked, limit);
        const results = await texts(state, top, query);
        const numbers = found.ranked.filter(isCase(state)).map(function (each) { return each.doc; });
        const names = ids ? await need("ids") : [];
        return {
          results: results,
          numbers: numbers,
          ids: ids ? numbers.map(function (number) { return names[number]; }) : null,
          partial: found.partial,
          total: found.ranked.length,
        };
      },
    };
  };
});
