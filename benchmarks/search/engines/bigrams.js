/** Cutting text for the peers that let others do it, and a snippet of the same size for all. */
window.bigrams = (async function () {
  const [documents, pairs] = await Promise.all(
    ["documents.json", "simplified.json"].map((name) => fetch(name).then((response) => response.json()))
  );
  const characters = Array.from(pairs);
  const simplified = new Map();
  for (let i = 0; i < characters.length; i += 2) simplified.set(characters[i], characters[i + 1]);
  const byId = new Map(documents.map((each) => [each.id, each]));
  return {
    documents: documents,
    cut: (text) => casebook.tokens.cut(text, simplified),
    snippet: (id) => byId.get(id).text.slice(0, 120),
  };
})();
