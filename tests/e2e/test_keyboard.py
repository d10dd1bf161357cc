"""Everything by keyboard: the order of Tab, groups by arrows, a focus that can be seen, a quote without a mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site
from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.desk import START, Desk
from tests.e2e.words import IN_GRACE

pytestmark = pytest.mark.e2e

MOST_STOPS = 400

# What has the focus, and whether one can see it: an outline or a shadow on it, or on what is drawn in its place.
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const drawn = [element, element.nextElementSibling, element.closest("label")].filter(Boolean);
    const seen = (one) => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    };
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, innerHeight / 3)];
    const top = document.elementFromPoint(x, y);
    const bar = top?.closest("header, .contents");
    return {
        name: [element.tagName, element.name, element.id, element.textContent.trim().slice(0, 40)].join(" "),
        field: element.name ?? "",
        value: element.value ?? "",
        visible: drawn.some(seen),
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
        covered: Boolean(bar && !bar.contains(element)),
    };
}"""


def focused(page: Page) -> dict[str, Any]:
    found: dict[str, Any] | None = page.evaluate(FOCUSED)
    return found or {"name": "", "field": "", "value": "", "visible": False}


def tab_to(page: Page, field: str, limit: int) -> None:
    """Press Tab until a control of that name has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page)["field"] == field:
            return
    pytest.fail(f"{limit} × Tab did not lead to {field}")


def test_a_quote_without_a_mouse(new_desk: Callable[[str], Desk]) -> None:
    desk = new_desk("fr")
    desk.visit()
    page = desk.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=desk.ui("page.skip"))).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "plan", limit=60)
    for _ in range(8):
        if focused(page)["value"] == "orange-care":
            break
        page.keyboard.press("ArrowDown")
    expect(desk.radio("plan", "orange-care")).to_be_checked()
    tab_to(page, "action", limit=1)
    page.keyboard.press("ArrowRight")
    expect(desk.radio("action", "renew")).to_be_checked()
    for name in ("expiry", "on", "quantity"):
        tab_to(page, name, limit=1)
        assert focused(page)["visible"]
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(IN_GRACE[name]))
    desk.expect_total("585.21")
    desk.expect_fragment(IN_GRACE)
    page.keyboard.press("Enter")
    desk.expect_total("585.21")


def test_errors_by_keyboard(french: Desk) -> None:
    french.blank("orange-care", "renew")
    french.control("expiry").focus()
    french.page.keyboard.type("demain")
    french.page.keyboard.press("Enter")
    expect(french.summary).to_be_visible()
    french.summary.get_by_role("link").focus()
    french.page.keyboard.press("Enter")
    expect(french.control("expiry")).to_be_focused()


@IN_CHROMIUM
@pytest.mark.parametrize("address", ["/fr/", "/en/keystroke/", "/404.html", "/"])
def test_every_stop_of_tab_can_be_seen(page: Page, site: Site, address: str) -> None:
    page.goto(site.url + address)
    if page.locator("#quote-explore").count():  # what arrives while one tabs would move what has the focus
        page.locator("#quote-form").scroll_into_view_if_needed()
        expect(page.locator("#quote-explore table").first).to_be_visible(timeout=START)
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(FOCUSED)) is None:
            break
        if stops and stop == stops[0]:
            break
        stops.append(stop)
    assert 0 < len(stops) < MOST_STOPS
    assert [stop["name"] for stop in stops if not stop["visible"]] == []
    assert [stop["name"] for stop in stops if not stop["inside"]] == []
    assert [stop["name"] for stop in stops if stop["covered"]] == []
