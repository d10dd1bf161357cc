// Asks a marked image all questions of the profile: node profile.mjs JOB, a JSON file {worker, image, questions, ran}.
// Writes to `ran` the indices of the functions that ran, and prints nothing unless a question fails.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { startImage } = await import(pathToFileURL(job.worker).href);
let exports;
const serve = await startImage(async (imports) => {
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(job.image), imports);
  exports = instance.exports;
  return instance;
});
for (const [kind, payload] of job.questions) serve(kind, payload);
const ran = Object.entries(exports).filter(([name, mark]) => name.startsWith("ran_") && mark.value === 1);
fs.writeFileSync(job.ran, JSON.stringify(ran.map(([name]) => Number(name.slice(4)))));
