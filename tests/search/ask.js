/**
 * Searches index files as the browser does: the folder of one language as argument, requests
 * {q, kind, limit} on stdin, on stdout what is found and the files that were read for it.
 */
"use strict";

const fs = require("fs");
const path = require("path");
const create = require(path.join(__dirname, "../../scripts/casebook/site/assets/search.js"));

async function main() {
  const answers = [];
  for (const request of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const read = [];
    const search = create(async (name) => {
      read.push(name);
      return JSON.parse(fs.readFileSync(path.join(process.argv[2], "search", name + ".json"), "utf8"));
    });
    const found = await search.query(request.q, { kind: request.kind || null, limit: request.limit || 10, ids: true });
    answers.push(Object.assign(found, { read: Array.from(new Set(read)) }));
  }
  process.stdout.write(JSON.stringify(answers));
}

main();
