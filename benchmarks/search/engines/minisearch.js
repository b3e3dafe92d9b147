/** MiniSearch over pairs of characters, the whole index in the browser. */
let engine = null;
window.ask = async function (text) {
  const { documents, cut, snippet } = await window.bigrams;
  if (!engine) {
    engine = new MiniSearch({
      fields: ["title", "place", "text", "words", "sounds"],
      tokenize: cut,
      processTerm: (term) => term,
      searchOptions: {
        boost: { title: 6, words: 4, place: 3 },
        prefix: (term) => term.length === 1 || /^[\p{L}\p{N}]{3,}$/u.test(term),
        fuzzy: (term) => (/^[a-z]{6,}$/.test(term) ? 0.2 : false),
      },
    });
    engine.addAll(documents);
  }
  let found = engine.search(text, { combineWith: "AND" });
  if (!found.length) found = engine.search(text, { combineWith: "OR" });
  return found.slice(0, 8).map((each) => [each.id, snippet(each.id)][0]);
};
