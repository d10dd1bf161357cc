"""Where the calculator cannot run, the page says so in words, offers another try and stays readable."""

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.headers import meta_policy
from site_builder.serve import SiteServer
from tests.conftest import Site
from tests.e2e.conftest import IN_CHROMIUM, WINDOW
from tests.e2e.desk import START, Desk
from tests.e2e.words import IN_GRACE, link

pytestmark = pytest.mark.e2e

STRICT = meta_policy().replace(" 'wasm-unsafe-eval'", "")


@pytest.fixture
def apart(browser: Browser) -> Iterator[BrowserContext]:
    """A context of its own, whose complaints are meant, and whose cache holds nothing."""
    with browser.new_context(viewport=WINDOW) as context:
        yield context


def expect_words(desk: Desk, reason: str) -> None:
    expect(desk.output).to_contain_text(desk.ui(f"script.failed_{reason}"), timeout=START)
    expect(desk.output).to_contain_text(desk.ui("script.failed_instead"))
    expect(desk.output.get_by_role("button", name=desk.ui("script.retry"))).to_be_visible()
    expect(desk.announcer).to_contain_text(desk.ui(f"script.failed_{reason}"))
    expect(desk.status).to_be_hidden()


def test_without_webassembly(apart: BrowserContext, site: Site, lang: str) -> None:
    apart.add_init_script("delete globalThis.WebAssembly")
    desk = Desk(apart.new_page(), site.url, lang)
    desk.visit(link(IN_GRACE))
    expect_words(desk, "no-wasm")
    expect(desk.control("expiry")).to_have_value(IN_GRACE["expiry"])


def test_without_webassembly_the_empty_form_says_so_too(apart: BrowserContext, site: Site) -> None:
    apart.add_init_script("delete globalThis.WebAssembly")
    desk = Desk(apart.new_page(), site.url, "fr")
    desk.visit()
    desk.choose("orange-care", "renew")
    expect_words(desk, "no-wasm")


@pytest.fixture
def strict(site: Site) -> Iterator[str]:
    """The same site under a policy that allows no WebAssembly, as a proxy or a host's own headers may set."""
    server = SiteServer(site.directory, 0)
    server.policy = {**server.policy, "Content-Security-Policy": STRICT}
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.url
    server.shutdown()
    server.server_close()
    thread.join()


def test_under_a_policy_without_webassembly(apart: BrowserContext, strict: str) -> None:
    desk = Desk(apart.new_page(), strict, "fr")
    desk.visit(link(IN_GRACE))
    expect_words(desk, "blocked")


@IN_CHROMIUM
@pytest.mark.parametrize("missing", ["engine", "manifest", "worker", "wasm"])
def test_without_its_files_it_says_so_and_another_try_succeeds(apart: BrowserContext, site: Site, missing: str) -> None:
    pattern = {"wasm": "**/*.wasm"}.get(missing, f"**/{missing}-*")
    apart.route(pattern, lambda route: route.abort())
    desk = Desk(apart.new_page(), site.url, "en")
    desk.visit(link(IN_GRACE))
    retry = desk.output.get_by_role("button", name=desk.ui("script.retry"))
    expect(retry).to_be_visible(timeout=START)
    expect(desk.output).to_contain_text(desk.ui("script.failed_instead"))
    apart.unroute(pattern)
    retry.click()
    desk.expect_total("585.21")


@IN_CHROMIUM
def test_a_start_that_takes_too_long_is_given_up(apart: BrowserContext, site: Site) -> None:
    opened: Page = apart.new_page()
    opened.clock.install()
    apart.route("**/*.wasm", lambda route: None)
    desk = Desk(opened, site.url, "fr")
    with opened.expect_request("**/*.wasm"):
        desk.visit(link(IN_GRACE))
    expect(desk.status).to_be_visible()
    opened.clock.fast_forward(31_000)
    expect_words(desk, "timeout")


HEARD = """addEventListener("DOMContentLoaded", () => {
  const said = document.querySelector("#engine-status p");
  globalThis.heard = [];
  new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
});"""


@IN_CHROMIUM
def test_once_every_byte_is_there_the_page_says_that_python_starts(apart: BrowserContext, site: Site) -> None:
    apart.add_init_script(HEARD)
    desk = Desk(apart.new_page(), site.url, "en")
    desk.visit(link(IN_GRACE))
    desk.expect_total("585.21")
    heard: list[str] = desk.page.evaluate("() => heard")
    assert desk.ui("script.starting") in heard
    counted = [found for text in heard if (found := re.search(r"([\d.]+) MB of ([\d.]+) MB", text))]
    assert counted
    assert heard.index(desk.ui("script.starting")) >= len(counted)


@IN_CHROMIUM
def test_the_page_stays_readable(apart: BrowserContext, site: Site) -> None:
    apart.add_init_script("delete globalThis.WebAssembly")
    desk = Desk(apart.new_page(), site.url, "en")
    desk.visit()
    for part in ("plans", "compare", "rules", "examples"):
        expect(desk.page.locator(f"#{part}-title")).to_be_visible()
    expect(desk.page.locator("#rules .rule").first).to_be_visible()
