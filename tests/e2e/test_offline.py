"""Without a network: pages that were opened work, quotes included, and two builds never mix."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.build import build_site
from site_builder.bundle import plain
from site_builder.caching import Store
from site_builder.serve import SiteHandler, SiteServer
from tests.conftest import ROOT
from tests.e2e.conftest import IN_CHROMIUM, WINDOW
from tests.e2e.desk import Desk
from tests.e2e.words import FAMILY, Request, link

pytestmark = pytest.mark.e2e

REQUEST: Request = {"plan": f"{FAMILY}/orange-care", "action": "buy", "on": "2027-07-01", "quantity": 5}
BEFORE, AFTER = "600.00", "650.00"
PRICE = '      - {from: 2020-01-01, amount: "120.00"}\n'
NEW_PRICE = '      - {from: 2027-07-01, amount: "130.00"}\n'

KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => url);
}"""


class OneAnswer(SiteHandler):
    """Ends each connection with its answer, so that none outlives the server."""

    protocol_version = "HTTP/1.0"


class Host:
    """A server that may go away, and come back at the same address with another site."""

    def __init__(self, folder: Path) -> None:
        self.port = 0
        self.up(folder)

    def up(self, folder: Path) -> None:
        self.server = SiteServer(folder, self.port, handler=OneAnswer)
        self.port, self.url = self.server.server_address[1], self.server.url
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def down(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def host(built: Path) -> Iterator[Host]:
    running = Host(built)
    yield running
    running.down()


@pytest.fixture
def apart(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=WINDOW) as context:
        context.set_default_timeout(30_000)
        yield context


def kept(page: Page, *present: str, absent: Sequence[str] = ()) -> list[str]:
    """The addresses that are kept, once there are some with all of these ends, and none of the absent ones."""
    page.evaluate("() => dispatchEvent(new Event('idle'))")  # what the page does when it has been idle for a while
    urls: list[str] = []
    for _ in range(300):  # Firefox would not wait for a promise in wait_for_function
        urls = page.evaluate(KEPT)
        if all(any(url.endswith(end) for url in urls) for end in present) and not set(absent) & set(urls):
            return urls
        page.wait_for_timeout(100)
    raise AssertionError(urls)


def offline(desk: Desk) -> None:
    """Open the page anew where there is no network; it says how old it is."""
    desk.visit(link(REQUEST))
    expect(desk.page.locator(".offline-note")).to_be_visible()


def test_without_a_network_what_was_opened_still_works(apart: BrowserContext, host: Host) -> None:
    desk = Desk(apart.new_page(), host.url, "fr")
    desk.visit(link(REQUEST))
    desk.expect_total(BEFORE)
    expect(desk.page.locator(".offline-note")).to_be_hidden()
    found = kept(desk.page, f"/fr/{FAMILY}/", ".wasm", "/fr/offline.html")
    assert not [url for url in found if "pyodide" in url or "python_stdlib" in url], "fetched though nobody used it"
    desk.page.goto(f"{host.url}/fr/")
    kept(desk.page, "/fr/", f"/fr/{FAMILY}/", ".wasm")
    host.down()
    offline(desk)
    desk.expect_total(BEFORE)
    desk.type("quantity", "7")
    desk.expect_total("840.00")
    desk.page.goto(f"{host.url}/fr/?utm_source=mail")
    expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
    answer = desk.page.goto(f"{host.url}/fr/sketchup/")
    assert answer is not None and answer.status == 503
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk.ui("offline.title"))
    expect(desk.page.locator("html")).to_have_attribute("lang", "fr")
    expect(desk.page.locator("main li a")).to_have_count(2)
    desk.page.locator(f"main li a[href$='/{FAMILY}/']").click()
    expect(desk.form).to_be_visible()
    host.up(host.server.folder)
    desk.page.goto(f"{host.url}/fr/sketchup/")
    expect(desk.form).to_be_visible()


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site under another price, without an image: whole Pyodide answers there."""
    folder = tmp_path_factory.mktemp("second")
    plans = folder / "plans"
    for path in (ROOT / "plans").rglob("*.yaml"):
        target = plans / path.relative_to(ROOT / "plans")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8").replace(PRICE, PRICE + NEW_PRICE), "utf-8")

    def prepare(folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]:
        parts = plain.parts(ROOT / "node_modules", ROOT / ".cache" / "bundle")
        return plain.build(
            folder, parts=parts, catalogue_json=catalogue, locale_json_by_lang=locale_data, compress=False
        )

    out = folder / "public"
    build_site(
        plans, ROOT / "content", out, date.today(), say=lambda _: None, store=Store(folder / "cache"), prepare=prepare,
        compress=False, jobs=1,
    )  # fmt: skip
    return out


@IN_CHROMIUM
def test_two_builds_never_mix(apart: BrowserContext, host: Host, second: Path) -> None:
    desk = Desk(apart.new_page(), host.url, "en")
    desk.visit(link(REQUEST))
    desk.expect_total(BEFORE)
    old = [url for url in kept(desk.page, f"/en/{FAMILY}/", ".wasm") if "/assets/calculator/" in url]
    host.down()
    host.up(second)
    desk.page.goto(f"{host.url}/en/")  # a page of the new build; the kept page stays whole
    kept(desk.page, "/en/", f"/en/{FAMILY}/", *old)
    host.down()
    offline(desk)
    desk.expect_total(BEFORE)
    host.up(second)
    desk.visit(link(REQUEST))
    desk.expect_total(AFTER)
    expect(desk.page.locator(".offline-note")).to_be_hidden()
    image = [url for url in old if url.endswith(".wasm")]
    kept(desk.page, f"/en/{FAMILY}/", ".whl", absent=image)  # nobody refers to the old image any more
