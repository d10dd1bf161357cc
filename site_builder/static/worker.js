// The calculator's Web Worker: starts Python once, then answers questions in JSON text.
// It decides how Python starts: from the memory image, and from the whole Pyodide when a question leaves what the
// image can do. Questions are pure, so asking again is safe. What the page says about it is engine.js's affair.
// Node imports the two starters from here too, so that the builder and the tests run the same code.

const here = (name) => new URL(name, import.meta.url);

/** Counts the bytes of all files of a start as they arrive, decompressed, and reports them against the known total. */
class Progress {
  constructor(files, report) {
    this.total = files.reduce((sum, file) => sum + file.bytes, 0);
    this.loaded = 0;
    this.report = report;
  }

  async fetch(file) {
    const response = await fetch(here(file.name));
    if (!response.ok) throw new TypeError(`${file.name}: ${response.status}`);
    this.count(response.clone().body.getReader());
    return response; // as it came: a browser keeps compiled code only for a response straight from the network
  }

  async count(reader) {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.loaded += part.value.byteLength;
      this.report({ phase: "download", loaded: this.loaded, total: this.total });
    }
  }
}

/**
 * What the image may ask of its surroundings: to call a function of another signature, and for more memory.
 * Everything else would be a file, a clock or the network, which no calculation needs: it ends the image.
 */
function surroundings(image) {
  const provided = {
    _PyEM_TrampolineCall_JS: (slot, ...given) => image.table.get(slot)(...given),
    emscripten_resize_heap: (bytes) => {
      image.memory.grow(Math.ceil((bytes - image.memory.buffer.byteLength) / 65536));
      return 1;
    },
  };
  const refuse = (name) => () => {
    throw new Error(`the image has no ${name}`);
  };
  return new Proxy({}, { get: (_, name) => provided[name] ?? refuse(name) });
}

/** The memory image. `instantiate(imports)` yields a WebAssembly instance; returns serve(kind, payload) -> answer. */
export async function startImage(instantiate) {
  const image = {};
  Object.assign(image, (await instantiate({ e: surroundings(image) })).exports);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return (kind, payload) => {
    const question = encoder.encode(`${kind}\n${payload}`);
    const place = image.malloc(question.length + 4);
    new Uint8Array(image.memory.buffer).set(question, place);
    const text = image.text(place, question.length);
    const answer = image.call(image.answer.value, text);
    if (!answer) throw new Error("the image raised an exception");
    const utf8 = image.utf8(answer, place);
    const [length] = new Uint32Array(image.memory.buffer, place, 1);
    const result = decoder.decode(new Uint8Array(image.memory.buffer, utf8, length));
    for (const object of [answer, text]) image.release(object);
    image.free(place);
    return result;
  };
}

/** The whole Pyodide, as it comes from its package. Returns serve(kind, payload text) -> answer text. */
export async function startPyodide(manifest, report) {
  const { script, module, wasm, stdlib, calculator, catalogue, locales } = manifest.pyodide;
  const progress = new Progress([wasm, stdlib, calculator, catalogue, locales], report);
  const [program, library, wheel, ...texts] = [wasm, stdlib, calculator, catalogue, locales].map((file) =>
    progress.fetch(file),
  );
  await import(here(script.name)); // leaves _createPyodideModule behind, and Pyodide then looks for no script itself
  const { loadPyodide } = await import(here(module.name));
  const plainFetch = globalThis.fetch;
  // Pyodide asks for its files by their plain names: it is handed those already on their way
  globalThis.fetch = (url, ...rest) =>
    /asm\.wasm$/.test(url) ? program : /stdlib\.zip$/.test(url) ? library : plainFetch(url, ...rest);
  try {
    const python = await loadPyodide({
      indexURL: here(".").href,
      lockFileContents: { info: manifest.pyodide.info, packages: {} },
      env: { PYTHONHASHSEED: "0" },
    });
    report({ phase: "start", loaded: progress.total, total: progress.total });
    python.unpackArchive(await (await wheel).arrayBuffer(), "wheel");
    const wire = python.pyimport(manifest.door);
    wire.load(...(await Promise.all(texts.map(async (response) => (await response).text()))));
    return (kind, payload) => wire.serve(kind, payload);
  } finally {
    globalThis.fetch = plainFetch;
  }
}

/** Why a start failed, in the few words that the page has sentences for. */
function reasonOf(error) {
  if (typeof WebAssembly !== "object") return "no-wasm";
  if (error instanceof WebAssembly.CompileError || error?.name === "SecurityError") return "blocked";
  if (error instanceof TypeError && /fetch|network|load|: \d{3}$/i.test(error.message)) return "offline";
  return "crashed";
}

/** A module of eight bytes: a policy without 'wasm-unsafe-eval' refuses it here, where Pyodide would wait for ever. */
function assertWasmAllowed() {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
}

/** One calculator: the image for as long as it answers, then the whole Pyodide. */
class Calculator {
  constructor(manifest, report) {
    this.manifest = manifest;
    this.report = report;
  }

  /** Resolves to the runtime's name. Without its files there is no second try: Pyodide's are ten times as large. */
  async start() {
    assertWasmAllowed();
    try {
      const progress = new Progress([this.manifest.image], this.report);
      const response = progress.fetch(this.manifest.image);
      const instantiate = async (imports) => (await WebAssembly.instantiateStreaming(response, imports)).instance;
      this.serve = await startImage(instantiate);
      return (this.runtime = "image");
    } catch (error) {
      if (reasonOf(error) === "offline") throw error;
      return this.startWhole();
    }
  }

  async startWhole() {
    this.serve = await startPyodide(this.manifest, this.report);
    return (this.runtime = "pyodide");
  }

  async ask(kind, payload) {
    if (this.runtime === "image") {
      try {
        return this.serve(kind, payload);
      } catch {
        // the image's memory may be in any state now: it is not asked again
        await (this.whole ??= this.startWhole());
      }
    }
    await this.whole;
    return this.serve(kind, payload);
  }
}

function listen() {
  let calculator;
  const report = (event) => postMessage({ type: "progress", ...event });
  const act = async ({ id, type, manifest, kind, payload }) => {
    if (type === "start") {
      calculator = new Calculator(manifest, report);
      postMessage({ type: "ready", id, runtime: await calculator.start() });
    } else {
      postMessage({ type: "answer", id, answer: await calculator.ask(kind, payload) });
    }
  };
  addEventListener("message", ({ data }) => {
    act(data).catch((error) => {
      postMessage({ type: "failed", id: data.id, reason: reasonOf(error), detail: String(error) });
    });
  });
}

if (typeof WorkerGlobalScope !== "undefined") listen();
