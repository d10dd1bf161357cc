"""A quote's address: it opens the same quote, on another day, under other prices and in another language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site
from tests.e2e.conftest import IN_CHROMIUM, Contexts
from tests.e2e.desk import START, Desk
from tests.e2e.words import FAMILY, IN_GRACE, LATE, ON_TIME, Request, link, money

pytestmark = pytest.mark.e2e

# What a form of another plan leaves behind must not travel with a link.
VIP: Request = {
    "plan": f"{FAMILY}/vip",
    "action": "renew",
    "expiry": "2026-03-31",
    "on": "2026-03-15",
    "options": {"pack": "8h", "interventions": [20, 50]},
}


def test_a_link_opens_its_quote_and_keeps_it_when_reloaded(new_desk: Callable[[str], Desk]) -> None:
    desk = new_desk("fr")
    desk.visit(link(IN_GRACE))
    desk.expect_total("585.21")
    desk.expect_fragment(IN_GRACE)
    for name in ("expiry", "on", "quantity"):
        expect(desk.control(name)).to_have_value(str(IN_GRACE[name]))
    desk.page.reload()
    desk.expect_total("585.21")
    desk.expect_fragment(IN_GRACE)


def test_a_link_followed_on_the_same_page_opens_its_quote(french: Desk) -> None:
    french.blank("orange-care", "renew")
    for request, total in ((ON_TIME, "540.00"), (VIP, "612.00"), (LATE, "600.00")):
        french.page.evaluate("(hash) => { location.hash = hash }", link(request))
        french.expect_total(total)
        french.expect_fragment(request)
    french.page.go_back()
    french.expect_total("612.00")
    expect(french.control("options.interventions")).to_have_value("20, 50")


def test_typing_makes_the_fragment_that_the_engine_makes(french: Desk) -> None:
    french.blank("vip", "renew")
    french.type("expiry", VIP["expiry"])
    french.type("on", VIP["on"])
    french.control("options.pack").select_option("8h")
    french.type("options.interventions", "20 50")
    french.expect_total("612.00")
    french.expect_fragment(VIP)


def test_a_link_of_another_day_says_so_and_offers_the_price_of_today(new_desk: Callable[[str], Desk]) -> None:
    desk = new_desk("en")
    desk.page.clock.set_fixed_time("2026-04-10T12:00:00")
    desk.visit(link(ON_TIME))
    desk.expect_total("540.00")
    expect(desk.notice).to_contain_text("March 15, 2026")
    desk.notice.get_by_role("button", name=desk.ui("script.link_today")).click()
    desk.expect_total("585.21")
    expect(desk.notice).to_be_hidden()
    desk.expect_fragment({**ON_TIME, "on": "2026-04-10"})


@IN_CHROMIUM
def test_a_link_of_today_has_nothing_to_say(french: Desk) -> None:
    today = french.page.evaluate("() => new Date().toLocaleDateString('sv')")
    french.page.evaluate("(hash) => { location.hash = hash }", link({**LATE, "on": today}))
    expect(french.sheet).to_be_visible(timeout=START)
    expect(french.notice).to_be_hidden()


def test_a_link_of_another_catalogue_still_quotes_and_says_so(desk: Desk) -> None:
    desk.blank("basic", "buy")
    desk.page.evaluate("(hash) => { location.hash = hash }", link(LATE, fingerprint="0123456789abcdef"))
    desk.expect_total("600.00")
    expect(desk.notice).to_contain_text(desk.ui("script.link_changed"))


@IN_CHROMIUM
@pytest.mark.parametrize("fragment", ["#q=", "#q=%25&c=1", "#q=bm90IGpzb24&c=1", "#q=W10&c=1", "#q=eyJvbiI6WzFdfQ&c=1"])
def test_a_broken_link_leaves_a_form_that_works(french: Desk, fragment: str) -> None:
    french.blank("basic", "buy")
    french.page.evaluate("(hash) => { location.hash = hash }", fragment)
    french.choose("orange-care", "renew")
    french.type_request(LATE)
    french.expect_total("600.00")


def test_the_language_switch_keeps_the_page_and_the_quote(new_desk: Callable[[str], Desk]) -> None:
    desk = new_desk("fr")
    desk.visit(link(IN_GRACE))
    desk.expect_total("585.21")
    desk.page.get_by_role("link", name="English").first.click()
    desk.lang = "en"
    desk.expect_total("585.21")
    expect(desk.page.locator("html")).to_have_attribute("lang", "en-CA")
    expect(desk.sheet).to_contain_text(money("en", "120.00"))
    desk.expect_fragment(IN_GRACE)


def test_the_link_is_copied(contexts: Contexts, chromium: Browser, site: Site) -> None:
    """In Chromium only: Firefox lets no test read the clipboard."""
    desk = contexts.desk(chromium, "fr")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    desk.blank("orange-care", "renew")
    desk.type_request(LATE)
    desk.expect_total("600.00")
    button = desk.page.get_by_role("button", name=desk.ui("form.copy_link"))
    button.click()
    expect(desk.announcer).to_have_text(desk.ui("form.copied"))
    copied = desk.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == desk.page.url
    assert copied.endswith(link(LATE))
    expect(button).to_be_visible()


@IN_CHROMIUM
def test_an_addition_begins_with_one_unit_but_a_link_without_any_means_none(
    browser: Browser, contexts: Contexts, site: Site
) -> None:
    request: Request = {
        "plan": "solidxperts/subscription", "action": "add", "on": "2026-03-02", "expiry": "2026-12-31", "quantity": 2,
    }  # fmt: skip
    page = contexts.of(browser)[0].new_page()
    existing = page.locator("[data-field=existing] input")
    page.goto(f"{site.url}/en/solidxperts/")
    expect(existing).to_have_value("1")
    for opened, value in ((request, "0"), (request | {"existing": 4}, "4"), (request | {"action": "buy"}, "1")):
        page.goto("about:blank")
        page.goto(f"{site.url}/en/solidxperts/{link(opened)}")
        expect(page.locator("[data-field=quantity] input")).to_have_value("2")
        expect(existing).to_have_value(value)
    page.close()


@pytest.mark.parametrize(
    ("lang", "expiry", "day"), [("fr", "10/02/2027", "12/02/2027"), ("en", "2027-02-10", "2027-02-12")]
)
def test_days_are_shown_as_readers_type_them_and_links_keep_them_as_iso(
    page: Page, site: Site, lang: str, expiry: str, day: str
) -> None:
    request: Request = {
        "plan": "sketchup/maintenance", "action": "renew", "expiry": "2027-02-10", "on": "2027-02-12", "quantity": 2,
        "region": "FR",
    }  # fmt: skip
    page.goto(f"{site.url}/{lang}/sketchup/{link(request)}")
    expect(page.locator("#field-expiry")).to_have_value(expiry)
    expect(page.locator("#field-on")).to_have_value(day)
    expect(page.locator("#field-on")).to_have_attribute("placeholder", "31/03/2026" if lang == "fr" else "2026-03-31")
    page.locator("#field-quantity").fill("3")
    expect(page).to_have_url(f"{site.url}/{lang}/sketchup/{link({**request, 'quantity': 3})}", timeout=START)
