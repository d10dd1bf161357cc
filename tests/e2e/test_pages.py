"""Every page as it is built: its policy, its ids and anchors, what every quote's rules lead to."""

from itertools import batched
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from calculator.wire import quote
from site_builder.headers import content_security_policy, meta_policy
from site_builder.plans import load_families
from tests.conftest import Site
from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.documents import document
from tests.e2e.watching import sideways
from tests.e2e.words import FAMILY, LANGUAGES, ROOT, catalogue, opened_addresses, page_addresses, page_files

pytestmark = pytest.mark.e2e

NARROW = (320, 360)
TABS = 6
DATA = ("application/json", "application/ld+json")


def test_the_policy_is_in_the_header_and_in_the_page(site: Site) -> None:
    for address in page_addresses(site.directory):
        with urlopen(site.url + address) as answer:
            assert answer.headers["Content-Security-Policy"] == content_security_policy(), address
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = content_security_policy()
    for part in ("default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'self'"):
        assert part in policy
    assert "unsafe-inline" not in policy


def test_pages_hold_no_script_and_no_style_of_their_own(built: Path) -> None:
    for file in page_files(built):
        page = document(file)
        metas = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
        assert metas == [meta_policy()], file
        assert page.all("style") == [], file
        for tag, attributes in page.tags:
            assert not [name for name in attributes if name == "style" or name.startswith("on")], (
                file,
                tag,
                attributes,
            )
        for script in page.all("script"):
            assert script.get("src", "").startswith("/") or script["type"] in (
                "application/json",
                "application/ld+json",
            )


def test_ids_are_unique_and_every_anchor_is_on_its_page(built: Path) -> None:
    for file in page_files(built):
        page = document(file)
        assert len(page.ids) == len(set(page.ids)), file
        anchors = {link["href"][1:] for link in page.all("a") if link.get("href", "").startswith("#")}
        assert {anchor for anchor in anchors if not anchor.startswith("q=")} <= set(page.ids), file


def answers() -> list[tuple[str, dict[str, Any]]]:
    """Each worked example of the plan files: its family and the engine's answer."""
    families = load_families(ROOT / "plans")
    found = [
        (family, quote(catalogue(), example.request))
        for family, words in families.words.items()
        for example in words.examples
    ]
    return [(family, answer) for family, answer in found if answer["ok"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rule_of_every_line_of_every_example_is_on_its_page(built: Path, lang: str) -> None:
    cited: set[str] = set()
    for family, answer in answers():
        ids = set(document(built / lang / family / "index.html").ids)
        clauses = {f"rule-{line['clause']}" for line in answer["lines"]}
        assert clauses <= ids, family
        cited |= clauses
    assert len(cited) > 20


def test_no_page_asks_another_host_or_complains(page: Page, site: Site) -> None:
    """The watch over the page says what went wrong when the test ends.

    A page is left once it has asked for nothing for half a second; several wait for that side by side.
    """
    tabs = [page, *(page.context.new_page() for _ in range(TABS - 1))]
    for addresses in batched(opened_addresses(site.directory), TABS, strict=False):
        opened = list(zip(tabs, addresses, strict=False))
        for tab, address in opened:
            tab.goto(site.url + address)
        for tab, _ in opened:
            tab.wait_for_load_state("networkidle")
    for tab in tabs[1:]:
        tab.close()


@IN_CHROMIUM
@pytest.mark.parametrize("width", NARROW)
def test_every_page_fits_a_narrow_window(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for address in opened_addresses(site.directory):
        page.goto(site.url + address)
        page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => { one.name = ''; one.open = true; })"
        )
        if over := sideways(page):
            too_wide[address] = over
    assert too_wide == {}


@IN_CHROMIUM
def test_what_is_held_together_stands_on_one_line_of_a_phone(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    seen = []
    for address in page_addresses(site.directory):
        if "/docs/" not in address:
            page.goto(site.url + address)
            seen += page.evaluate(
                """() => [...document.querySelectorAll("details")].forEach((one) => (one.open = true)) ??
                    [...document.querySelectorAll("main .whole")].filter((one) => one.checkVisibility())
                        .map((one) => [one.textContent, one.getClientRects().length])"""
            )
    assert len(seen) > 20
    assert [text for text, lines in seen if lines != 1] == []


@IN_CHROMIUM
def test_a_phone_compares_the_first_two_plans(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site.url}/fr/{FAMILY}/")
    boxes = page.locator("[data-compare-tools] [data-column]")
    assert [box.is_checked() for box in boxes.all()] == [True, True, False, False, False]
    boxes.nth(3).scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")  # the calculator above has come, and moves nothing any more
    boxes.nth(3).check()
    assert [box.is_checked() for box in boxes.all()] == [False, True, False, True, False]
