"""The calculator in pages of another origin: it shows, fits itself, and leads to the real page with the same quote."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from site_builder.headers import server_files
from site_builder.serve import SiteServer
from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.desk import START
from tests.e2e.test_accessibility import violations
from tests.e2e.words import FAMILY, IN_GRACE, LATE, link, money, voice

pytestmark = pytest.mark.e2e

INPUTS = 'data-plan="orange-care" data-action="renew" data-expiry="2026-03-31" data-on="2026-04-10" data-quantity="5"'


class Quiet(SimpleHTTPRequestHandler):
    """A partner's server."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Partner:
    """A page of another site, and ours, which lets that one hold the calculator: origins without a slash."""

    folder: Path
    origin: str
    stranger: str
    site: str

    def page(self, body: str, origin: str = "") -> str:
        """The address of a page of the partner's with that body."""
        text = f'<!DOCTYPE html><html lang="en"><title>Shop</title><h1>Shop</h1><p>{"Words " * 400}</p>{body}'
        (self.folder / "index.html").write_text(text)
        return f"{origin or self.origin}/index.html"

    def script(self, attributes: str) -> str:
        """The snippet that the guide shows."""
        return f'<script src="{self.site}/embed.js" data-family="{FAMILY}" {attributes} async></script>'


@pytest.fixture(scope="session")
def partner(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    """Another site under 127.0.0.1; ours is a copy of the built one, for whose settings only `_headers` differ."""
    ours, theirs = tmp_path_factory.mktemp("ours") / "public", tmp_path_factory.mktemp("theirs")
    shutil.copytree(built, ours, copy_function=os.link)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(theirs))) as shop:
        port = shop.server_address[1]
        origin = f"http://127.0.0.1:{port}"
        (ours / "_headers").unlink()
        (ours / "_headers").write_text(server_files("/", ("fr", "en"), (origin,))["_headers"])
        with SiteServer(ours, 0) as site:
            for server in (shop, site):
                threading.Thread(target=server.serve_forever, daemon=True).start()
            yield Partner(theirs, origin, f"http://localhost:{port}", site.url)
            for server in (shop, site):
                server.shutdown()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        page = context.new_page()
        yield page


def held(page: Page) -> list[Frame]:
    """The frames of a page, in their order, once each holds a calculator with a quote."""
    found = []
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
        expect(frame.content_frame.locator("tr.total")).to_be_visible(timeout=START)
        found.append(frame.element_handle().content_frame())
    return [frame for frame in found if frame]


def fits(page: Page, frame: Frame, index: int = 0) -> bool:
    """Whether a frame is as high as what it holds, and nothing in it scrolls."""
    inside = frame.evaluate("() => Math.ceil(document.body.getBoundingClientRect().height)")
    outside = page.locator("iframe").nth(index).evaluate("(frame) => frame.clientHeight")
    return bool(inside == outside)


def until(page: Page, condition: Callable[[], bool]) -> bool:
    """Whether something becomes true within five seconds."""
    for _ in range(50):
        if condition():
            return True
        page.wait_for_timeout(100)
    return False


def press(frame: Frame, selector: str) -> None:
    """Press a button or a link: by script, as in Firefox no test's mouse reaches into a frame of another process."""
    frame.evaluate("(selector) => document.querySelector(selector).click()", selector)


def test_a_partners_page_shows_the_quote_of_the_real_page(visitor: Page, partner: Partner) -> None:
    visitor.goto(partner.page(partner.script(f'data-lang="fr" {INPUTS}')))
    [frame] = held(visitor)
    expect(visitor.locator("iframe")).to_have_attribute("title", voice("fr").ui("embed.title", name="Clairplan"))
    assert money("fr", "585.21") in frame.inner_text("tr.total")
    assert frame.locator("#error-summary").is_hidden()
    assert until(visitor, lambda: fits(visitor, frame))
    assert visitor.evaluate("Object.keys(window).filter((name) => /clairplan|embed|fit/i.test(name))") == []

    # what is typed changes the height, and the frame follows; the address of the partner's page stays
    before = visitor.locator("iframe").evaluate("(frame) => frame.clientHeight")
    press(frame, "#more-fields summary")
    assert until(visitor, lambda: fits(visitor, frame))
    assert visitor.locator("iframe").evaluate("(frame) => frame.clientHeight") > before
    assert visitor.url == f"{partner.origin}/index.html"

    # rules and the whole page open beside the partner's, with the same quote and without a way back to its window
    with visitor.context.expect_page() as opened:
        press(frame, ".embed-foot a")
    expect(opened.value).to_have_url(f"{partner.site}/fr/{FAMILY}/{link(IN_GRACE)}")
    assert opened.value.evaluate("window.opener") is None
    expect(opened.value.locator("#quote-output tr.total")).to_contain_text(money("fr", "585.21"), timeout=START)
    with visitor.context.expect_page() as opened:
        press(frame, "a.line-rule")
    expect(opened.value).to_have_url(re.compile(re.escape(f"{partner.site}/fr/{FAMILY}/#rule-orange-care.")))
    assert visitor.url == f"{partner.origin}/index.html"


@IN_CHROMIUM
def test_several_calculators_each_fit_themselves_and_one_may_go(visitor: Page, partner: Partner) -> None:
    two = partner.script(f'data-lang="en" data-theme="dark" {INPUTS}') + partner.script(
        'data-plan="basic" data-action="buy" data-title="Start"'
    )
    visitor.goto(partner.page(two))
    dark, start = held(visitor)
    assert visitor.locator("iframe").nth(1).get_attribute("title") == "Start"
    assert start.evaluate("document.documentElement.lang").startswith("en")  # the language of the partner's page
    colours = "[getComputedStyle(document.body).backgroundColor, document.documentElement.style.colorScheme]"
    assert (dark.evaluate(colours), start.evaluate(colours)) == (
        ["rgb(15, 22, 19)", "dark"],
        ["rgb(255, 255, 255)", ""],
    )
    today = start.evaluate("new Date().toLocaleDateString('sv')")
    assert start.locator("#field-on").input_value() == today
    assert until(visitor, lambda: fits(visitor, dark) and fits(visitor, start, 1))
    # a message of the partner's own, or a height beyond reason, changes nothing
    visitor.evaluate("postMessage({ clairplan: { height: 5 } }, '*')")
    for height in ("1e9", "-4", "'100'", "NaN"):
        start.evaluate(f"parent.postMessage({{ clairplan: {{ height: {height} }} }}, '*')")
    visitor.wait_for_timeout(200)
    assert fits(visitor, dark)
    assert fits(visitor, start, 1)
    visitor.evaluate("document.querySelector('iframe').remove()")
    press(start, "#more-fields summary")
    visitor.wait_for_timeout(200)
    assert until(visitor, lambda: fits(visitor, start))


@IN_CHROMIUM
def test_a_frame_without_script_holds_any_quote(visitor: Page, partner: Partner) -> None:
    source = f"{partner.site}/embed/en/{FAMILY}/{link(LATE)}"
    frame = f'<iframe src="{source}" title="Prices" width="500" height="640" loading="lazy"></iframe>'
    visitor.goto(partner.page(frame))
    [inside] = held(visitor)
    assert money("en", "600.00") in inside.inner_text("tr.total")
    assert inside.evaluate("document.documentElement.scrollHeight > innerHeight")  # there it scrolls
    assert visitor.locator("iframe").evaluate("(frame) => frame.clientHeight") == 640
    assert violations_of(inside) == []


def violations_of(frame: Frame) -> list[str]:
    """What axe finds on the page in a frame, opened by itself."""
    with frame.page.context.new_page() as page:
        page.goto(frame.url)
        expect(page.locator("tr.total")).to_be_visible(timeout=START)
        return violations(page)


def test_whoever_is_not_in_the_settings_is_refused(visitor: Page, partner: Partner) -> None:
    with visitor.expect_response(lambda answer: "/embed/en/" in answer.url):
        visitor.goto(partner.page(partner.script(INPUTS), partner.stranger))
        visitor.locator("iframe").scroll_into_view_if_needed()
    visitor.wait_for_timeout(700)
    assert visitor.locator("iframe").content_frame.locator("#quote-form").count() == 0
    assert visitor.locator("iframe").evaluate("(frame) => frame.clientHeight") == 760

    # and nobody holds the other pages
    visitor.goto(partner.page(f'<iframe src="{partner.site}/en/{FAMILY}/" width="600" height="400"></iframe>'))
    assert visitor.locator("iframe").content_frame.locator("#quote-form").count() == 0


@IN_CHROMIUM
def test_the_link_that_is_copied_is_the_real_pages(visitor: Page, partner: Partner) -> None:
    for origin in (partner.origin, partner.site):
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    visitor.goto(partner.page(partner.script(f'data-lang="en" {INPUTS}')))
    [frame] = held(visitor)
    frame.locator("#copy-link").click()
    expect(frame.locator("#copy-link")).to_have_text(voice("en").ui("form.copied"))
    visitor.locator("h1").click()
    assert visitor.evaluate("navigator.clipboard.readText()") == f"{partner.site}/en/{FAMILY}/{link(IN_GRACE)}"
