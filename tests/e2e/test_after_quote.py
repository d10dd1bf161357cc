"""What a quote leads to: other days and plans, three years, an e-mail, a calendar, a sheet on paper."""

from email import message_from_string
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from calculator import wire
from calculator.card import Offered, Order
from calculator.card import draft as draft_of
from site_builder.locales import load
from site_builder.plans import load_families
from site_builder.rules import language_data
from tests.e2e.conftest import IN_CHROMIUM, Contexts
from tests.e2e.desk import START, Desk
from tests.e2e.words import FAMILY, IN_GRACE, ON_TIME, ROOT, catalogue, link, money

pytestmark = pytest.mark.e2e


def offered(lang: str) -> Offered:
    """The card of ON_TIME as the command line makes it."""
    data = language_data(load(lang), load_families(ROOT / "plans"))
    return wire.card(catalogue(), data, Order(ON_TIME, address(lang)))


def address(lang: str) -> str:
    return f"https://clairplan.example/{lang}/{FAMILY}/"


def opened(desk: Desk) -> Desk:
    desk.visit(link(ON_TIME))
    desk.expect_total("540.00")
    return desk


def test_waiting_three_years_and_other_plans_stand_below_the_quote(desk: Desk) -> None:
    opened(desk)
    tables = desk.page.locator("#quote-explore table")
    expect(tables).to_have_count(3, timeout=START)
    after = tables.first.locator("tbody tr").last
    expect(after).to_contain_text(money(desk.lang, "600.00"))
    expect(tables.nth(1)).to_contain_text(money(desk.lang, "1620.00"))
    grace = tables.first.locator("tbody tr").nth(2).get_by_role("link")
    grace.click()
    desk.expect_total("552.33")
    expect(tables.first.locator("tbody tr").first).to_contain_text(money(desk.lang, "552.33"), timeout=START)


def test_tables_leave_with_the_quote_that_they_belong_to(french: Desk) -> None:
    opened(french)
    expect(french.page.locator("#quote-explore table").first).to_be_visible(timeout=START)
    french.type("on", "")
    expect(french.page.locator("#quote-explore table")).to_have_count(0)
    expect(french.page.locator("#copy-card")).to_be_hidden()


def test_tables_fit_a_phone(contexts: Contexts, chromium: Browser) -> None:
    desk = contexts.desk(chromium, "fr")
    opened(desk)
    expect(desk.page.locator("#quote-explore table")).to_have_count(3, timeout=START)
    before = desk.page.viewport_size
    desk.page.set_viewport_size({"width": 320, "height": 700})
    wider = desk.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert before
    desk.page.set_viewport_size(before)
    assert wider <= 0


def test_the_clipboard_holds_the_card_of_the_command_line(contexts: Contexts, chromium: Browser) -> None:
    desk = contexts.desk(chromium, "fr")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(desk)
    desk.page.locator("#copy-card").click()
    expect(desk.page.locator("#copy-card")).to_have_text(desk.ui("form.card_copied"), timeout=START)
    read = """async (type) => {
        const [item] = await navigator.clipboard.read();
        return (await item.getType(type)).text();
    }"""
    card = offered("fr").card
    assert card
    assert desk.page.evaluate(read, "text/plain") == card.text
    html = desk.page.evaluate(read, "text/html")  # the clipboard cleans HTML: words and links are what can be compared
    for expected in (money("fr", "540.00").replace("\u00a0", "&nbsp;"), wire.link_fragment(ON_TIME, "")[:40]):
        assert expected in html or expected.replace("&nbsp;", "\u00a0") in html


@IN_CHROMIUM
def test_draft_and_dates_are_those_of_the_command_line(desk: Desk, tmp_path: Path) -> None:
    opened(desk)
    saved: dict[str, str] = {}
    for id in ("save-draft", "save-dates"):
        with desk.page.expect_download(timeout=START) as download:
            desk.page.locator(f"#{id}").click()
        download.value.save_as(tmp_path / id)
        saved[id] = (tmp_path / id).read_bytes().decode()
        expect(desk.page.locator(f"#{id}")).to_have_text(desk.ui("form.saved"))
    offer = offered(desk.lang)
    assert saved["save-draft"] == draft_of(offer, address(desk.lang))
    parts = [part for part in message_from_string(saved["save-draft"]).walk() if part.get_filename() == "dates.ics"]
    assert saved["save-dates"].encode() == parts[0].get_payload(decode=True)


def test_the_sheet_on_paper_says_what_is_in_and_out_and_by_which_rules(contexts: Contexts, chromium: Browser) -> None:
    desk = contexts.desk(chromium, "en")
    opened(desk)
    expect(desk.page.locator("#quote-explore .timeline")).to_contain_text("Up to March 31, 2026", timeout=START)
    reference = wire.reference(ON_TIME, catalogue().fingerprint)
    expect(desk.sheet.locator(".sheet-reference")).to_contain_text(reference)
    desk.page.emulate_media(media="print")
    desk.page.evaluate("() => document.documentElement.classList.add('print-sheet')")
    scope = desk.page.locator('[data-contract="orange-care"]')
    expect(scope).to_be_visible()
    expect(scope).to_contain_text("Classroom training")
    expect(desk.page.locator('[data-contract="vip"]')).to_be_hidden()
    expect(desk.sheet.locator(".contract-only")).to_be_visible()
    expect(desk.page.locator("#quote-explore table").first).to_be_hidden()
    expect(desk.page.locator("#quote-explore .timeline-picture")).to_be_visible()
    expect(desk.sheet.locator(".letterhead")).to_have_text("Keystroke Keystroke support plans for Act!")
    opens = desk.sheet.locator(".sheet-reference a")
    expect(opens).to_have_text(address("en") + link(ON_TIME))
    expect(opens).to_be_visible()
    paper = desk.page.pdf(format="Letter")
    desk.page.evaluate("() => document.documentElement.classList.remove('print-sheet')")
    desk.page.emulate_media(media="null")
    expect(desk.page.locator('[data-contract="orange-care"]')).to_be_hidden()
    expect(opens).to_be_hidden()
    assert paper.count(b"/Type /Page\n") == 1


def test_a_quote_carries_the_next_step(french: Desk) -> None:
    french.visit(link(IN_GRACE))
    french.expect_total("585.21")
    expect(french.page.locator(".quote-next").get_by_role("heading")).to_be_visible()
