// Lints a page for mail programs: `node caniemail.mjs PAGE CLIENT…` prints {title: [clients]} as JSON.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const [page, ...clients] = process.argv.slice(2);
const { issues } = caniemail({ html: readFileSync(page, "utf8"), clients });
const found = {};
for (const kind of [issues.errors, issues.warnings]) {
  for (const [client, list] of kind) {
    for (const { title } of list) (found[title] ??= []).push(client);
  }
}
console.log(JSON.stringify(found));
