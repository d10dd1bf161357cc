// The page's side of the calculator: starts the Worker, asks it questions, and says in one word why it cannot.

/** Reasons: no-wasm, blocked (by the page's policy), timeout, offline, crashed. The page has a sentence for each. */
export class EngineError extends Error {
  constructor(reason, detail = "") {
    super(detail ? `${reason}: ${detail}` : reason);
    this.reason = reason;
  }
}

/**
 * One calculator. `start` may be called early and often: it starts once, and again after a failure.
 * onprogress receives {phase: "download" | "start", loaded, total}, in bytes.
 */
export class Engine {
  constructor({ timeout = 30_000, onprogress = () => {} } = {}) {
    this.timeout = timeout; // milliseconds without a sign of life, in the start and in each question
    this.onprogress = onprogress;
    this.running = null;
    this.waiting = new Map(); // id -> {resolve, reject, timer}
    this.latest = new Map(); // kind -> the question that waits for its turn
    this.busy = new Map(); // kind -> a promise, while a question of that kind is under way
    this.lastId = 0;
  }

  /** manifest: the bundle's manifest, or its address. Resolves to {runtime: "image" | "pyodide"} when Python is ready. */
  start({ manifest, lang } = {}) {
    this.running ??= this.#start(manifest, lang).catch((error) => {
      this.stop(error);
      throw error;
    });
    return this.running;
  }

  /** The answer to one question, as a value; starts nothing by itself. Rejects with an EngineError. */
  async ask(kind, payload) {
    if (!this.running) throw new EngineError("crashed", "not started");
    await this.running;
    return JSON.parse(await this.#send({ type: "ask", kind, payload: JSON.stringify(payload) }));
  }

  /**
   * Like ask, for a form that changes faster than answers come: of the questions of one kind that pile up, only the
   * last is asked. The others resolve to null: a newer question has taken their place.
   */
  async askLatest(kind, payload) {
    this.latest.get(kind)?.(false);
    if (this.busy.has(kind)) {
      const mine = await new Promise((resolve) => {
        this.latest.set(kind, resolve);
        this.busy.get(kind).finally(() => resolve(true));
      });
      if (!mine) return null;
      this.latest.delete(kind);
    }
    const answer = this.ask(kind, payload);
    const settled = answer.catch(() => {}).then(() => this.busy.get(kind) === settled && this.busy.delete(kind));
    this.busy.set(kind, settled);
    return answer;
  }

  /** Ends the Worker; every open question is rejected. `start` begins anew. */
  stop(error = new EngineError("crashed", "stopped")) {
    this.worker?.terminate();
    this.worker = this.running = null;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
  }

  async #start(manifest, lang) {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new EngineError("no-wasm");
    const value = typeof manifest === "object" ? manifest : await this.#manifest(manifest);
    try {
      this.worker = new Worker(new URL(value.worker.name, import.meta.url), { type: "module" });
    } catch (error) {
      throw new EngineError("blocked", String(error));
    }
    this.worker.onmessage = ({ data }) => this.#receive(data);
    // a Worker whose script is refused or missing says only "error", without a word why
    this.worker.onerror = (event) => {
      const reason = event.message ? "crashed" : navigator.onLine ? "blocked" : "offline";
      this.stop(new EngineError(reason, event.message ?? ""));
    };
    const runtime = await this.#send({ type: "start", manifest: value, lang });
    return { runtime };
  }

  async #manifest(address) {
    try {
      return await (await fetch(address)).json();
    } catch (error) {
      throw new EngineError("offline", String(error));
    }
  }

  /** Posts a message and waits for the one that answers it; a Worker that shows no sign of life is ended. */
  #send(message) {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, timer: this.#timer() });
      this.worker.postMessage({ ...message, id });
    });
  }

  #timer() {
    return setTimeout(() => this.stop(new EngineError("timeout", `${this.timeout} ms`)), this.timeout);
  }

  #receive(data) {
    if (data.type === "progress") {
      for (const question of this.waiting.values()) {
        clearTimeout(question.timer); // a slow line is not a hung Worker
        question.timer = this.#timer();
      }
      this.onprogress({ phase: data.phase, loaded: data.loaded, total: data.total });
      return;
    }
    const question = this.waiting.get(data.id);
    if (!question) return;
    this.waiting.delete(data.id);
    clearTimeout(question.timer);
    if (data.type === "failed") question.reject(new EngineError(data.reason, data.detail));
    else question.resolve(data.type === "ready" ? data.runtime : data.answer);
  }
}
