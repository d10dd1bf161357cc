"""What is covered: a list that can be read without script, and narrowed and followed to a price with it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site
from tests.e2e.desk import Desk
from tests.e2e.words import FAMILY, voice

pytestmark = pytest.mark.e2e


def test_what_one_needs_is_found_and_leads_to_its_price(page: Page, site: Site, lang: str) -> None:
    page.goto(f"{site.url}/{lang}/{FAMILY}/#scope")
    needs = page.locator(".need")
    every = needs.count()
    page.get_by_label(voice(lang).ui("family.need")).fill("mot reinit" if lang == "fr" else "PASSWORD reset")
    expect(page.locator(".need:visible")).to_have_count(2)
    count = voice(lang).ui("family.need_count", n="2", total=str(every))
    expect(page.locator(".needs-filter output")).to_have_text(count)
    found = page.locator(".need:visible").first
    expect(found.locator("summary .tag")).to_have_text(voice(lang).ui("family.verdict_included"))
    found.locator("summary").focus()
    page.keyboard.press("Enter")
    offer = found.get_by_role("link", name="Orange Care", exact=True)
    expect(offer.locator("xpath=..")).to_contain_text("120")
    offer.click()
    expect(Desk(page, site.url, lang).radio("plan", "orange-care")).to_be_checked()


def test_a_search_that_finds_nothing_leaves_no_heading(page: Page, site: Site, lang: str) -> None:
    page.goto(f"{site.url}/{lang}/{FAMILY}/#scope")
    headings, search = page.locator(".in-out h3:visible"), page.get_by_label(voice(lang).ui("family.need"))
    expect(headings).to_have_count(2)
    search.fill("xyzzy")
    expect(headings).to_have_count(0)
    search.fill("")
    expect(headings).to_have_count(2)


def test_what_is_out_says_who_helps_and_at_what_price(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/en/{FAMILY}/#scope")
    paid = page.locator(".need.out").first
    expect(paid.locator("summary .tag")).to_have_text(voice("en").ui("family.verdict_paid"))
    paid.locator("summary").click()
    expect(paid.get_by_role("link")).to_be_visible()
    expect(paid.locator(".need-plans")).to_contain_text(re.compile(r"\$\d"))


def test_without_script_it_is_a_plain_list(chromium: Browser, site: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(f"{site.url}/en/{FAMILY}/")
        expect(page.locator("#needs-filter")).to_be_hidden()
        first = page.locator(".need").first
        first.locator("summary").click()
        expect(first.locator(".need-plans")).to_be_visible()
