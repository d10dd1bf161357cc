"""What a quote costs once the calculator runs: its time in the Worker, the time from a key to the paint, and memory."""

import contextlib
import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.start.stage import Stage
from benchmarks.start.visits import SIDES, WATCH, Bench, Side, painted, profile
from scripts.browsers import browser
from site_builder.bundle import corpus
from tests.conftest import CHROMIUM_ARGUMENTS

QUESTIONS = 300
KEYS = 60
SEED = 7
MEGABYTE = 1_000_000

# The page's own engine, started a second time: its Worker is asked one question after the other.
ASK = """async ([engine, manifest, payloads]) => {
  const { Engine } = await import(engine);
  const worker = new Engine();
  await worker.start({ manifest });
  const times = [];
  for (const payload of payloads) {
    const begin = performance.now();
    await worker.ask("quote", payload);
    times.push(performance.now() - begin);
  }
  worker.stop();
  return times;
}"""
ASK_STOCK = """(payloads) => payloads.map((payload) => {
  const begin = performance.now();
  JSON.parse(benchServe("quote", JSON.stringify(payload)));
  return performance.now() - begin;
})"""

# The event's own time: that of the key, before any script ran.
KEYED = "() => { addEventListener('input', (event) => (globalThis.benchKey = event.timeStamp), true); }"

# The memory of the image, which nobody but its loader knows.
PROBE = """const whole = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = async (...given) => {
  const made = await whole(...given);
  globalThis.benchMemory = () => made.instance.exports.memory.buffer.byteLength;
  return made;
};
"""


@dataclass
class Measures:
    """Times in milliseconds, memory in bytes. `resident` is what the page's process holds (Chromium on Linux)."""

    worker: dict[str, list[float]] = field(default_factory=dict)
    stock: dict[str, list[float]] = field(default_factory=dict)
    keys: dict[str, list[float]] = field(default_factory=dict)
    wasm: dict[Side, int] = field(default_factory=dict)
    resident: dict[Side, int] = field(default_factory=dict)


def quantile(times: Sequence[float], share: float) -> float:
    """The time that this share of the times does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if share != 0.5 else statistics.median(ordered)


def payloads(stage: Stage) -> list[object]:
    """Made-up quotes of the catalogue, and as many refusals as such requests meet."""
    catalogue = (stage.folder / "assets/calculator" / stage.manifest["pyodide"]["catalogue"]["name"]).read_bytes()
    asked = corpus.questions(json.loads(catalogue), ["en", "fr"], 3 * QUESTIONS, SEED)
    return [json.loads(payload) for kind, payload in asked if kind == "quote"][:QUESTIONS]


def measure(bench: Bench, names: Sequence[str], progress: bool = True) -> Measures:
    """All measures, in each browser."""
    found = Measures()
    asked = payloads(bench.stage)
    for name in names:
        if progress:
            print(f"{name}: quotes in the Worker, keys, memory", flush=True)
        with profile(bench.playwright, name) as context:
            page = bench.open(context, "ours")
            found.keys[name] = _keys(page)
            given = [bench.stage.engine_path, bench.server.url + bench.stage.manifest_path, asked]
            found.worker[name] = list(page.evaluate(ASK, given))
            stock = bench.open(context, "stock")
            found.stock[name] = list(stock.evaluate(ASK_STOCK, asked))
    if "chromium" in names:
        _probe(bench.stage)
        for side in SIDES:
            found.wasm[side], found.resident[side] = _memory(bench, side)
    return found


def _keys(page: Page) -> list[float]:
    """Types into the quantity, a digit and its removal in turn, each once the last one's quote is painted."""
    page.evaluate(KEYED)
    page.locator("#quote-form [name=quantity]").focus()
    page.keyboard.press("End")
    times = []
    for number in range(KEYS):
        page.keyboard.press("1" if number % 2 == 0 else "Backspace")
        shown = painted(page, number + 2)
        times.append(shown - page.evaluate("() => benchKey"))
    return times


def _probe(stage: Stage) -> None:
    """Lets the Worker say how much memory its image has."""
    path = stage.folder / "assets/calculator" / stage.manifest["worker"]["name"]
    text = path.read_text("utf-8")
    for each in (path, Path(f"{path}.br"), Path(f"{path}.gz")):
        each.unlink(missing_ok=True)  # it may be a link to the built site's own
    path.write_text(PROBE + text, "utf-8")


def _memory(bench: Bench, side: Side) -> tuple[int, int]:
    """The WebAssembly memory, and what the process of the page holds (0 where the system does not tell)."""
    program = browser("chromium")
    with bench.playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS) as launched:
        page = launched.new_page()
        page.add_init_script(WATCH)
        page.goto(bench.address(side), wait_until="commit")
        painted(page, 1)
        page.wait_for_timeout(2000)
        where = page.workers[0] if side == "ours" else page
        size = int(where.evaluate("() => benchMemory()"))
        told = launched.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        renderers = [_proportional(one["id"]) for one in told["processInfo"] if one["type"] == "renderer"]
        return size, max(renderers, default=0)


def _proportional(process: int) -> int:
    """A process's memory in bytes, what it shares counted in shares."""
    with contextlib.suppress(OSError):  # no Linux, or the process has just ended
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
