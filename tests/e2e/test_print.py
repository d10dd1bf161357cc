"""On paper (in Chromium: elsewhere a test cannot ask for print media) a quote stands without its form."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Contexts
from tests.e2e.words import LATE

pytestmark = pytest.mark.e2e


def test_print_shows_the_quote_and_not_the_form(contexts: Contexts, chromium: Browser) -> None:
    desk = contexts.desk(chromium, "fr")
    desk.blank("orange-care", "renew")
    desk.type_request(LATE)
    desk.expect_total("600.00")
    desk.page.emulate_media(media="print")
    expect(desk.sheet).to_be_visible()
    expect(desk.page.locator("#compare table")).to_be_visible()
    for hidden in (desk.form, desk.page.locator("#copy-link"), desk.page.get_by_role("navigation").first):
        expect(hidden).to_be_hidden()
    desk.page.emulate_media(media="null")


def test_the_print_button_prints_the_quote_alone(contexts: Contexts, chromium: Browser) -> None:
    desk = contexts.desk(chromium, "fr")
    desk.blank("orange-care", "renew")
    desk.type_request(LATE)
    desk.expect_total("600.00")
    desk.page.emulate_media(media="print")
    desk.page.evaluate(
        """() => { window.print = () => {
            const shown = (selector) => document.querySelector(selector).checkVisibility();
            window.printed = [shown("#quote-output .sheet"), shown("#compare"), shown("#rules")];
        }; }"""
    )
    desk.page.evaluate("() => document.getElementById('print-sheet').click()")
    desk.page.emulate_media(media="null")
    assert desk.page.evaluate("() => window.printed") == [True, False, False]
