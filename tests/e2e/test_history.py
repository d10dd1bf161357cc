"""The rule behind a line is one step away from the quote, and one step back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.desk import Desk
from tests.e2e.words import ON_TIME, link

pytestmark = pytest.mark.e2e


@IN_CHROMIUM
def test_a_rule_followed_from_a_quote_does_not_lose_it(new_desk: Callable[[str], Desk]) -> None:
    desk = new_desk("fr")
    desk.visit(link(ON_TIME))
    desk.expect_total("540.00")
    desk.sheet.locator(".line-rule").last.click()
    rule = desk.page.locator("[id='rule-orange-care.renewal.windows.on_time.adjust.on_time_discount']")
    expect(rule).to_be_in_viewport()
    desk.page.reload()
    desk.expect_total("540.00")
    expect(rule).to_be_in_viewport()
    desk.page.go_back()
    desk.expect_fragment(ON_TIME)
    desk.expect_total("540.00")
    expect(desk.sheet).to_be_in_viewport()
