// Answers questions with a built bundle under Node: node runner.mjs JOB, a JSON file
// {worker, runtime: "image" | "pyodide", image, pyodide (the npm package), stdlib, wheel, info, door, catalogue,
// locales (texts), questions: [[kind, payload]], answers (path to write)}.
// Writes a list of answers; null where a question left what the image can do, so that the page would ask Pyodide.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

async function image() {
  const { startImage } = await import(pathToFileURL(job.worker).href);
  const module = await WebAssembly.compile(fs.readFileSync(job.image));
  return startImage((imports) => WebAssembly.instantiate(module, imports));
}

async function pyodide() {
  const { loadPyodide } = await import(pathToFileURL(`${job.pyodide}/pyodide.mjs`).href);
  const python = await loadPyodide({
    indexURL: job.pyodide,
    stdLibURL: job.stdlib,
    lockFileContents: { info: job.info, packages: {} },
    env: { PYTHONHASHSEED: "0" },
  });
  python.unpackArchive(new Uint8Array(fs.readFileSync(job.wheel)), "wheel");
  const wire = python.pyimport(job.door);
  wire.load(job.catalogue, job.locales);
  return (kind, payload) => wire.serve(kind, payload);
}

const start = { image, pyodide }[job.runtime];
let serve = await start();
const answers = [];
for (const [kind, payload] of job.questions) {
  try {
    answers.push(serve(kind, payload));
  } catch (error) {
    if (job.runtime !== "image") throw error;
    answers.push(null);
    serve = await start(); // a memory image is not asked again after a failure
  }
}
fs.writeFileSync(job.answers, JSON.stringify(answers));
