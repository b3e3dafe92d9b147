/** Pagefind over pages cut into pairs of characters; where no page has all, those that have most. */
let engine = null;
let simplified = null;

async function cut(text) {
  simplified =
    simplified ||
    fetch("simplified.json").then(async (response) => {
      const characters = Array.from(await response.json());
      const table = new Map();
      for (let i = 0; i < characters.length; i += 2) table.set(characters[i], characters[i + 1]);
      return table;
    });
  const tokens = casebook.tokens.cut(text, await simplified);
  const pairs = tokens.filter((token) => token.length > 1);
  return pairs.length ? pairs : tokens;
}

window.ask = async function (text) {
  engine = engine || import("./pagefind/pagefind.js").then(async (module) => (await module.init(), module));
  const module = await engine;
  const words = await cut(text);
  let results = (await module.search(words.join(" "))).results;
  if (!results.length && words.length > 1) {
    const scores = new Map();
    for (const word of words) {
      for (const each of (await module.search(word)).results) {
        const sum = scores.get(each.id) || { result: each, score: 0 };
        sum.score += each.score;
        scores.set(each.id, sum);
      }
    }
    results = Array.from(scores.values()).sort((one, other) => other.score - one.score).map((each) => each.result);
  }
  const shown = await Promise.all(results.slice(0, 8).map((each) => each.data()));
  return shown.map((each) => each.url.split("/").filter((part) => part && part !== "index.html").pop().replace(".html", ""));
};
