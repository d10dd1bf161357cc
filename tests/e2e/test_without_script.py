"""Without JavaScript (in Chromium: elsewhere a test cannot switch it off) the pages are complete."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site
from tests.e2e.conftest import WINDOW
from tests.e2e.words import FAMILY, money, page_addresses, voice

pytestmark = pytest.mark.e2e


@pytest.fixture
def plain(chromium: Browser, site: Site, lang: str) -> Iterator[Page]:
    """The family's page without script."""
    with chromium.new_context(viewport=WINDOW, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}/{lang}/{FAMILY}/")
        yield page


def test_prices_comparison_and_rules_are_readable(plain: Page, lang: str) -> None:
    board = plain.locator("#plans")
    for amount in ("120.00", "198.00", "680.00"):
        expect(board).to_contain_text(money(lang, amount))
    table = plain.get_by_role("table", name=voice(lang).ui("family.compare"))
    assert table.get_by_role("columnheader").count() == 6
    for cell in (table.get_by_role("columnheader").last, table.get_by_role("cell").first):
        expect(cell).to_be_visible()
    expect(table).to_contain_text(voice(lang).ui("compare.ask"))
    assert plain.locator("#rules").get_by_role("article").count() > 10
    expect(plain.locator("#rules").get_by_role("article").first).to_be_visible()


def test_a_footnote_and_an_example_open(plain: Page, lang: str) -> None:
    note = plain.locator("#compare details").first
    note.locator("summary").click()
    expect(note.locator("> :not(summary)").first).to_be_visible()
    example = plain.locator("#examples details", has_text=money(lang, "585.21")).first
    example.locator("summary").click()
    expect(example.get_by_role("row", name=money(lang, "585.21")).first).to_be_visible()


def test_the_calculator_says_what_it_needs(plain: Page, lang: str) -> None:
    expect(plain.locator("#calculator")).to_contain_text(voice(lang).ui("form.needs_script"))
    expect(plain.locator("#quote-form")).to_be_hidden()
    expect(plain.get_by_text(voice(lang).ui("form.needs_script"))).to_be_visible()


def test_columns_can_be_hidden(plain: Page, lang: str) -> None:
    """By style alone."""
    table = plain.get_by_role("table", name=voice(lang).ui("family.compare"))
    before = table.get_by_role("columnheader").count()
    plain.locator("[data-compare-tools] [data-column='1']").uncheck()
    expect(table.get_by_role("columnheader")).to_have_count(before - 1)


def test_every_page_has_its_heading(chromium: Browser, site: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for address in page_addresses(site.directory):
            page.goto(site.url + address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
