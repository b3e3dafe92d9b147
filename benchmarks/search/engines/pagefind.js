/** Pagefind as it comes. */
let engine = null;
window.ask = async function (text) {
  engine = engine || import("./pagefind/pagefind.js").then(async (module) => (await module.init(), module));
  const found = await (await engine).search(text);
  const shown = await Promise.all(found.results.slice(0, 8).map((each) => each.data()));
  return shown.map((each) => each.url.split("/").filter((part) => part && part !== "index.html").pop().replace(".html", ""));
};
