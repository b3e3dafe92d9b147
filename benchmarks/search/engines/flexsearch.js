/** FlexSearch over pairs of characters, the whole index in the browser. */
let engine = null;
window.ask = async function (text) {
  const { documents, cut, snippet } = await window.bigrams;
  if (!engine) {
    engine = new FlexSearch.Document({
      document: { id: "id", index: ["title", "words", "place", "text", "sounds"] },
      tokenize: "strict",
      encode: cut,
    });
    documents.forEach((each) => engine.add(each));
  }
  const found = engine.search(text, { limit: 8, merge: true, suggest: true });
  return found.slice(0, 8).map((each) => [each.id, snippet(each.id)][0]);
};
