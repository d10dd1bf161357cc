// Answers questions under Node and takes the time: node run.mjs JOB, a JSON file
// {engine: "publicodes" | "image", publicodes, worker, image (paths), questions, answers (path to write)}.
// Writes {seconds, answers}; the start is not counted, nor is a first turn over a tenth of the questions.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { asked, rules } from "./rules.mjs";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

async function publicodes() {
  const { default: Engine } = await import(pathToFileURL(job.publicodes).href);
  const engine = new Engine(rules, { logger: { log() {}, warn() {}, error: console.error } });
  return (situation) => {
    engine.setSituation(situation);
    return asked.map((name) => engine.evaluate(name).nodeValue);
  };
}

async function image() {
  const { startImage } = await import(pathToFileURL(job.worker).href);
  const module = await WebAssembly.compile(fs.readFileSync(job.image));
  const serve = await startImage((imports) => WebAssembly.instantiate(module, imports));
  return (payload) => serve("quote", payload);
}

const answer = await { publicodes, image }[job.engine]();
for (const question of job.questions.slice(0, job.questions.length / 10)) answer(question);
const begin = performance.now();
const answers = job.questions.map(answer);
const seconds = (performance.now() - begin) / 1000;
fs.writeFileSync(job.answers, JSON.stringify({ seconds, answers }));
