"""The worked quotes of the contract, typed by hand, and the rules that their lines lead to."""

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import Desk
from tests.e2e.words import IN_GRACE, LATE, ON_TIME, Request, money

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("wanted", "window", "total"),
    [(ON_TIME, "on_time", "540.00"), (IN_GRACE, "grace", "585.21"), (LATE, "late", "600.00")],
    ids=["on-time", "grace", "late"],
)
def test_a_worked_quote_typed_by_hand(desk: Desk, wanted: Request, window: str, total: str) -> None:
    desk.blank("basic", "buy")
    desk.choose("orange-care", "renew")
    desk.type_request(wanted)
    desk.expect_total(total)
    expect(desk.sheet.locator(f".tag.{window}")).to_be_visible()
    expect(desk.announcer).to_contain_text(money(desk.lang, total))
    desk.expect_fragment(wanted)


def test_each_line_has_its_amount_and_leads_to_its_rule_and_back(desk: Desk) -> None:
    desk.blank("orange-care", "renew")
    desk.type_request(ON_TIME)
    desk.expect_total("540.00")
    lines = desk.sheet.locator("tbody tr:has(a.line-rule)")
    for index, amount in enumerate(["600.00", "-60.00"]):
        expect(lines.nth(index)).to_contain_text(money(desk.lang, amount))
        rule_link = lines.nth(index).locator("a.line-rule")
        target = (rule_link.get_attribute("href") or "").removeprefix("#")
        rule_link.click()
        rule = desk.page.locator(f'.rule:has([id="{target}"])')
        expect(rule.get_by_role("heading")).to_be_in_viewport()
        rule.get_by_role("link", name=desk.ui("family.back_to_quote")).click()
        expect(desk.sheet.get_by_role("heading").first).to_be_in_viewport()
