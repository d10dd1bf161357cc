"""Visits both pages as a person does who opens a quote's address, and takes the time until the quote is painted."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import BrowserContext, Page, Playwright

from benchmarks.start.line import Server
from benchmarks.start.stage import Stage
from scripts.browsers import browser
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.e2e.words import FAMILY, IN_GRACE, link

type Side = Literal["stock", "ours"]
BROWSERS = ("chromium", "firefox")
SIDES: tuple[Side, Side] = ("stock", "ours")
LINE = (10.0, 40.0)
"""The narrow line: Mbit/s, and milliseconds of a round trip."""
SETTLE = 2500
"""Milliseconds after a first visit, in which a browser writes down what it keeps for the next one."""
PATIENCE = 180_000

# Runs before the page's own scripts. The time of a quote is that of the frame that shows it: the task after its rAF.
WATCH = """
globalThis.benchPaints = [];
new MutationObserver(() => {
  const total = document.querySelector("#quote-output .sheet tr.total");
  if (!total || total === globalThis.benchLast) return;
  globalThis.benchLast = total;
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => benchPaints.push(performance.now());
    after.port2.postMessage(0);
  });
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True)
class Visit:
    """One visit: milliseconds from the start of the navigation to the painted quote, and the bytes until then."""

    milliseconds: float
    bytes: int


@contextmanager
def profile(playwright: Playwright, name: str) -> Iterator[BrowserContext]:
    """A browser that was never used: its own process, its own folder on disk."""
    program = browser(name)
    if program is None:
        raise SystemExit(f"{name} was not found (see scripts/browsers.py)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if name == "chromium":
            context = playwright.chromium.launch_persistent_context(
                folder, executable_path=program, args=CHROMIUM_ARGUMENTS
            )
        else:
            context = playwright.firefox.launch_persistent_context(
                folder, channel="moz-firefox", executable_path=program
            )
        context.add_init_script(WATCH)
        try:
            yield context
        finally:
            context.close()


@dataclass(frozen=True)
class Bench:
    """The two pages and the server that they come from."""

    playwright: Playwright
    server: Server
    stage: Stage

    def address(self, side: Side) -> str:
        return self.server.url + self.stage.address(side, FAMILY, link(IN_GRACE))

    def cold_and_repeat(self, name: str, side: Side) -> dict[str, Visit]:
        """A first visit, and then another one in a new tab."""
        with profile(self.playwright, name) as context:
            cold = self.visit(context, side)
            return {"cold": cold, "repeat": self.visit(context, side)}

    def throttled(self, name: str, side: Side) -> dict[str, Visit]:
        """A first visit over the narrow line."""
        with profile(self.playwright, name) as context, self.server.narrowed(*LINE):
            return {"throttled": self.visit(context, side)}

    def visit(self, context: BrowserContext, side: Side) -> Visit:
        page = context.new_page()
        page.wait_for_timeout(1000)
        self.server.line.reset()
        page.goto(self.address(side), wait_until="commit", timeout=PATIENCE)
        milliseconds = painted(page, 1)
        sent = self.server.line.total
        page.wait_for_timeout(SETTLE)
        page.close()
        return Visit(milliseconds, sent)

    def open(self, context: BrowserContext, side: Side) -> Page:
        """The page with its quote."""
        page = context.new_page()
        page.goto(self.address(side), wait_until="commit", timeout=PATIENCE)
        painted(page, 1)
        return page


def painted(page: Page, count: int) -> float:
    """The time of the page's count-th painted quote, in milliseconds since the start of its navigation."""
    page.wait_for_function("(count) => globalThis.benchPaints?.length >= count", arg=count, timeout=PATIENCE)
    return float(page.evaluate("(count) => benchPaints[count - 1]", count))
