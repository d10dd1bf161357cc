"""axe-core finds nothing on any page, in light and in dark, nor on a calculator with a quote or with errors."""

from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Site
from tests.e2e.conftest import Contexts
from tests.e2e.desk import Desk
from tests.e2e.watching import OPEN_ALL
from tests.e2e.words import LANGUAGES, ON_TIME, ROOT, opened_addresses

pytestmark = pytest.mark.e2e

# Only colours differ between light and dark: the second look at a page asks for nothing else.
RUN = """([part, onlyColours]) => {
    const options = { resultTypes: ["violations"], ...(onlyColours ? { runOnly: ["cat.color"] } : {}) };
    return axe.run(document.querySelector(part), options).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id}: ${target} ${failureSummary}`)));
}"""


@cache
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds in a part of the page, in light and then in dark."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(axe())
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        results: list[Any] = page.evaluate(RUN, [part, scheme == "dark"])
        found += [f"{scheme}: {result}" for result in results]
    page.emulate_media(color_scheme="null")
    return found


def addresses() -> list[str]:
    """Pages of different making, whichever families there are; `test_every_family` sees the others."""
    return ["/", "/404.html", *(f"/{lang}/{page}" for lang in LANGUAGES for page in ("", "404.html"))]


@pytest.fixture
def light(contexts: Contexts, chromium: Browser) -> Any:
    with contexts.of(chromium)[0].new_page() as page:
        page.add_init_script(axe())  # handed over once, not for each page
        yield page


def test_pages(light: Page, site: Site) -> None:
    for address in addresses():
        light.goto(site.url + address)
        light.evaluate(OPEN_ALL)
        assert violations(light) == [], address


@pytest.mark.parametrize("half", range(4))
def test_every_family(light: Page, site: Site, half: int) -> None:
    """In parts, for the test runner to share out."""
    rest = [address for address in opened_addresses(site.directory) if address not in addresses()]
    assert len(rest) >= 10
    for address in rest[half::4]:
        light.goto(site.url + address)
        light.evaluate(OPEN_ALL)
        assert violations(light) == [], address


def test_a_calculator_with_a_quote_and_with_errors(contexts: Contexts, chromium: Browser, lang: str) -> None:
    desk: Desk = contexts.desk(chromium, lang)
    desk.blank("orange-care", "renew")
    desk.type_request(ON_TIME)
    desk.expect_total("540.00")
    assert violations(desk.page, "#calculator") == []
    desk.type("expiry", "31.02.2026")
    desk.type("quantity", "five")
    desk.control("expiry").focus()
    expect(desk.summary.get_by_role("listitem")).to_have_count(2)
    assert violations(desk.page, "#calculator") == []
