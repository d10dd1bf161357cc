"""The engine in a browser, under the site's policy: its start, its fallbacks, and the words for why it cannot."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from calculator import wire
from site_builder.bundle import wasm
from site_builder.serve import SiteServer

from .conftest import Desk, Site

pytestmark = [pytest.mark.parity, pytest.mark.slow]

REQUEST = {
    "plan": "keystroke/orange-care",
    "action": "renew",
    "on": "2026-04-10",
    "expiry": "2026-03-31",
    "quantity": 5,
}
PAYLOAD = {"request": REQUEST, "lang": "fr"}
SCRIPT = """
import { Engine } from "./%s";
globalThis.start = async (timeout) => {
  globalThis.events = [];
  globalThis.engine = new Engine({ timeout, onprogress: (event) => events.push(event) });
  try {
    return await engine.start({ manifest: new URL("./manifest.json", import.meta.url).href });
  } catch (error) {
    return { reason: error.reason };
  }
};
globalThis.ask = async (kind, payload) => {
  try {
    return { answer: await engine.ask(kind, payload) };
  } catch (error) {
    return { reason: error.reason };
  }
};
globalThis.loaded = true;
"""


class Bench:
    """A copy of the bundle that a test may damage, and a page that has its engine."""

    def __init__(self, folder: Path, url: str, page: Page, manifest: dict[str, Any]) -> None:
        self.folder, self.url, self.page, self.manifest = folder, url, page, manifest

    def open(self) -> Page:
        (self.folder / "manifest.json").write_text(json.dumps(self.manifest))
        self.page.goto(f"{self.url}/page.html")
        self.page.wait_for_function("() => globalThis.loaded")
        return self.page

    def start(self, timeout: int = 60_000) -> Any:
        return self.open().evaluate("(timeout) => start(timeout)", timeout)

    def ask(self, kind: str = "quote", payload: object = PAYLOAD) -> Any:
        return self.page.evaluate("([kind, payload]) => ask(kind, payload)", [kind, payload])

    def image(self) -> Path:
        return self.folder / str(self.manifest["image"]["name"])


@pytest.fixture
def bench(desk: Desk, chromium: Browser, tmp_path: Path) -> Iterator[Bench]:
    folder = tmp_path / "site"
    shutil.copytree(desk.bundle.directory, folder)
    (folder / "page.html").write_text('<!doctype html><title>-</title><script type="module" src="page.js"></script>')
    (folder / "page.js").write_text(SCRIPT % desk.bundle.engine)
    server = SiteServer(folder, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    with chromium.new_context() as context:
        yield Bench(folder, server.url, context.new_page(), json.loads(json.dumps(dict(desk.bundle.manifest))))
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def right(site: Site) -> Any:
    wire.load(site.catalogue, site.all_locales)
    return json.loads(wire.serve("quote", json.dumps(PAYLOAD)))


def test_the_image_starts_and_answers(bench: Bench, right: object) -> None:
    assert bench.start() == {"runtime": "image"}
    assert bench.ask() == {"answer": right}
    events = bench.page.evaluate("() => events")
    size = bench.manifest["image"]["bytes"]
    assert events[-1] == {"phase": "download", "loaded": size, "total": size}
    assert [event["loaded"] for event in events] == sorted(event["loaded"] for event in events)


def damage_beginning(content: bytes) -> bytes:
    return b"\0asx" + content[4:]


def damage_imports(content: bytes) -> bytes:
    """A module whose start needs something that the loader has not."""
    module = wasm.parse(content)
    first = module.imports[0]
    other = wasm.Import(b"elsewhere", first.name, first.kind, first.type).encoded()
    return wasm.Module(
        {**module.sections, wasm.IMPORT: wasm.vector([other, *(one.encoded() for one in module.imports[1:])])}
    ).encoded()


@pytest.mark.parametrize("damage", [damage_beginning, damage_imports])
def test_an_image_that_does_not_start_is_replaced(
    bench: Bench, right: object, damage: Callable[[bytes], bytes]
) -> None:
    bench.image().write_bytes(damage(bench.image().read_bytes()))
    assert bench.start() == {"runtime": "pyodide"}
    assert bench.ask() == {"answer": right}


def test_a_question_beyond_the_profile_is_asked_again(bench: Bench, right: object) -> None:
    """Every call into Python traps here, as one does that reaches a function which the profile never saw."""
    module = wasm.parse(bench.image().read_bytes())
    _, entry = module.exports()[b"call"]
    code = wasm.map_bodies(module, lambda index, body: wasm.TRAP if index == entry else wasm.sized(body))
    bench.image().write_bytes(wasm.Module({**module.sections, wasm.CODE: code}).encoded())
    assert bench.start() == {"runtime": "image"}
    assert bench.ask() == {"answer": right}
    assert bench.ask() == {"answer": right}
    assert "start" in bench.page.evaluate("() => events.map((event) => event.phase)")


def test_a_question_that_no_python_answers_says_so(bench: Bench) -> None:
    assert bench.start() == {"runtime": "image"}
    assert bench.ask("no-such-kind") == {"reason": "crashed"}


def test_without_the_files(bench: Bench) -> None:
    bench.image().unlink()
    assert bench.start() == {"reason": "offline"}


def test_a_worker_that_stays_silent(bench: Bench) -> None:
    (bench.folder / "silent.js").write_text("for (;;);")
    bench.manifest["worker"]["name"] = "silent.js"
    assert bench.start(timeout=500) == {"reason": "timeout"}


def test_of_questions_that_pile_up_only_the_last_is_asked(bench: Bench) -> None:
    assert bench.start() == {"runtime": "image"}
    totals = bench.page.evaluate(
        """async ([kind, payload]) => {
          const asked = [1, 2, 3, 4].map((quantity) =>
            engine.askLatest(kind, { ...payload, request: { ...payload.request, quantity } }));
          return (await Promise.all(asked)).map((answer) => answer && answer.response.lines[0].quantity);
        }""",
        ["quote", PAYLOAD],
    )
    assert totals == [1, None, None, 4]
