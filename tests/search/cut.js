/** Cuts texts as the browser does: {simplified: "繁简…", ends, texts: […]} on stdin, lists of tokens on stdout. */
"use strict";

const fs = require("fs");
const path = require("path");
const tokens = require(path.join(__dirname, "../../scripts/casebook/site/assets/tokens.js"));

const given = JSON.parse(fs.readFileSync(0, "utf8"));
const characters = Array.from(given.simplified);
const simplified = new Map();
for (let i = 0; i < characters.length; i += 2) {
  simplified.set(characters[i], characters[i + 1]);
}
process.stdout.write(JSON.stringify(given.texts.map((text) => tokens.cut(text, simplified, given.ends))));
