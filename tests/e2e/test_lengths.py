"""The form of a plan with lengths to choose from: a choice for renewing, a number for extending, a help for each."""

from collections.abc import Iterator
from functools import cache
from mimetypes import guess_type

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from site_builder.rendering import render_site
from tests.e2e.words import link
from tests.site_builder.small_site import PLANS, made_site
from tests.site_builder.test_renewal_lengths import LENGTHS, RENEWAL, with_extension

pytestmark = pytest.mark.e2e

ORIGIN = "https://plans.example.org"
EXTENSION = "    extension: {billed: by_month}\n"
NUMBER, CHOICE = "#field-months", "#field-months-full"


@cache
def files(lengths: str) -> dict[str, bytes]:
    return render_site(made_site(with_extension(PLANS.replace(RENEWAL, lengths), EXTENSION)))


def opened(page: Page, lengths: str) -> Page:
    """The family's page; Python is not there, and the form needs none."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{ORIGIN}/site/").partition("#")[0]
        path += "index.html" if path.endswith("/") else ""
        if body := files(lengths).get(path):  # Python is waited for, and never comes
            route.fulfill(body=body, content_type=guess_type(path)[0] or "text/plain")

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/site/en/care/")
    return page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_page() as made:
        yield made
        made.unroute_all(behavior="ignoreErrors")


def choose(page: Page, action: str, plan: str = "full") -> None:
    page.locator(f"#choice-{plan}").check()
    page.locator(f"#action-{action}").check()


def test_lengths_are_chosen_for_renewing_and_typed_for_extending(page: Page) -> None:
    opened(page, LENGTHS)
    choose(page, "renew")
    expect(page.locator(CHOICE)).to_be_visible()
    expect(page.locator(CHOICE)).to_have_value("12")
    expect(page.locator(NUMBER)).to_be_hidden()
    choose(page, "extend")
    expect(page.locator(CHOICE)).to_be_hidden()
    expect(page.locator(NUMBER)).to_be_visible()
    expect(page.locator(NUMBER)).to_have_accessible_description("How many months to add to the running contract.")
    choose(page, "buy")
    expect(page.locator(NUMBER)).to_be_hidden()
    expect(page.locator(CHOICE)).to_be_hidden()


def test_a_link_opens_with_its_length_and_asks_for_another_where_it_is_not_offered(page: Page) -> None:
    opened(page, LENGTHS)
    request = {"plan": "care/full", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31", "months": 36}
    page.evaluate("(hash) => { location.hash = hash }", link(request))
    expect(page.locator(CHOICE)).to_have_value("36")
    page.evaluate("(hash) => { location.hash = hash }", link(request | {"months": 18}))
    expect(page.locator(CHOICE)).to_have_value("")
    expect(page.locator("#quote-output")).to_contain_text("Length")


def test_one_field_for_two_actions_has_the_help_of_the_one_that_is_chosen(page: Page) -> None:
    opened(page, RENEWAL + "      lengths: {min_months: 12}\n")
    choose(page, "renew")
    expect(page.locator(NUMBER)).to_have_accessible_description(
        "How many months to renew for. Leave it empty for the plan’s usual length."
    )
    choose(page, "extend")
    expect(page.locator(NUMBER)).to_have_accessible_description("How many months to add to the running contract.")
