// Starts CPython under Node, lets it import the calculator, and writes down the state of the machine after that.
// node image.mjs JOB, where JOB is a JSON file: {pyodide, wasm, files: {path in Python's file system: path here},
// start: a Python program that leaves a function `answer(text) -> text` in __main__, memory, state: paths to write}.
// Pyodide's own Python modules are not started: the image holds CPython, the calculator and nothing else.
import * as crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

// The same inputs must give the same image: no clock, no chance.
Date.now = () => 1_767_225_600_000;
performance.now = () => 0;
globalThis.crypto.getRandomValues = (array) => array.fill(0);
globalThis.require = (name) => ({ fs, path, crypto })[name];
await import(pathToFileURL(path.join(job.pyodide, "pyodide.asm.js")).href);

const said = [];
const captured = {};

function instantiateWasm(imports, done) {
  imports.sentinel = { create_sentinel: () => null, is_sentinel: () => 0 };
  // CPython then calls functions of other signatures through an import, which the image's loader has in one line
  imports.env._PyEM_InitTrampoline_js = () => {};
  imports.env.emscripten_get_now = imports.env.emscripten_date_now = () => 0;
  WebAssembly.instantiate(fs.readFileSync(job.wasm), imports).then(({ instance, module }) => {
    Object.assign(captured, { imports, module, exports: instance.exports });
    done(instance, module);
  });
  return {};
}

function prepareFiles(Module) {
  Object.assign(Module.ENV, { PYTHONHASHSEED: "0", PYTHONHOME: "/", PYTHONPATH: "/lib/image" });
  for (const [target, source] of Object.entries(job.files)) {
    Module.FS.mkdirTree(path.posix.dirname(target));
    Module.FS.writeFile(target, fs.readFileSync(source));
  }
}

const Module = await globalThis._createPyodideModule({
  API: {
    config: { env: {}, args: [], jsglobals: globalThis },
    runtimeEnv: { IN_NODE: true, IN_NODE_ESM: true },
    lockFilePromise: new Promise(() => {}), // never: no package is ever looked for
  },
  noInitialRun: true,
  thisProgram: "python",
  arguments: [],
  print: (line) => said.push(line),
  printErr: (line) => said.push(line),
  preRun: [prepareFiles],
  instantiateWasm,
});

const { exports, imports, module } = captured;
const bytes = () => new Uint8Array(imports.env.memory.buffer);

function withText(text, use) {
  const data = Buffer.from(`${text}\0`);
  const pointer = exports.malloc(data.length);
  bytes().set(data, pointer);
  const result = use(pointer);
  exports.free(pointer);
  return result;
}

for (const flag of ["NoSiteFlag", "NoUserSiteDirectory", "DontWriteBytecodeFlag"]) Module.HEAP32[Module[`_Py_${flag}`] >> 2] = 1;
Module.HEAP32[Module._Py_OptimizeFlag >> 2] = 2;
exports.Py_InitializeEx(0);
if (withText(job.start, exports.PyRun_SimpleString) !== 0) {
  console.error(said.join("\n"));
  process.exit(1);
}
const main = withText("__main__", exports.PyImport_AddModule);
const answer = withText("answer", (name) => exports.PyObject_GetAttrString(main, name));

/** The indices of the functions behind each slot of the table, -1 for an empty one: a function's name is its index. */
function tableEntries() {
  const table = imports.env.__indirect_function_table;
  return Array.from({ length: table.length }, (_, slot) => Number(table.get(slot)?.name ?? -1));
}

const globals = WebAssembly.Module.imports(module).filter((one) => one.kind === "global");
const defined = Object.entries(exports).filter(([name]) => name.startsWith("mutable_global_"));
const state = {
  answer,
  heapEnd: exports.sbrk(0),
  importedGlobals: globals.map(({ module: from, name }) => imports[from][name].value),
  definedGlobals: Object.fromEntries(defined.map(([name, { value }]) => [name.slice(15), value])),
  table: tableEntries(),
  report: Module.FS.analyzePath("/report.json").exists ? JSON.parse(Module.FS.readFile("/report.json", { encoding: "utf8" })) : null,
};
fs.writeFileSync(job.memory, bytes());
fs.writeFileSync(job.state, JSON.stringify(state));
