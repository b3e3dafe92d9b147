/**
 * Runs the form's checks and its writing of YAML outside a browser, a request a line:
 * the first line holds the form's description and words; then {"text": …} or {"plain": …, "base": …}.
 */
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const vm = require("vm");

const ASSETS = path.join(__dirname, "../../scripts/casebook/site/assets");
globalThis.casebook = {};
["vendor/yaml.min.js", "form-terms.js", "form-private.js", "form-read.js", "form-rules.js", "form-check.js", "form-model.js", "form-yaml.js"].forEach((name) => {
  vm.runInThisContext(fs.readFileSync(path.join(ASSETS, name), "utf8"), { filename: name });
});
const { formCheck, formModel, formYaml } = globalThis.casebook;

let form = null;
let words = {};

function word(key, values) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function check(plain) {
  return formCheck.check(form, plain).map((each) => Object.assign(each, { where: formCheck.where(each, (key, values) => word(key, values || {})) }));
}

function answer(request) {
  if ("text" in request) {
    const read = formYaml.read(request.text);
    return "plain" in read ? { problems: check(read.plain), plain: read.plain } : { error: read.error };
  }
  const model = new formModel.Model(form);
  const value = model.fill(request.plain);
  const text = formYaml.write(form, model.placed(value), request.base);
  return { problems: check(model.plain(value)), plain: model.plain(value), text: text };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  if (form === null) {
    form = request.form;
    words = request.words;
    return;
  }
  process.stdout.write(JSON.stringify(answer(request)) + "\n");
});
