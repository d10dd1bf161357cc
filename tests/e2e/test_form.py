"""The form: it asks what is needed, checks what is typed, loses nothing and answers the last question."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from calculator.wire import fields
from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.desk import START, Desk
from tests.e2e.words import FAMILY, LATE, ON_TIME, catalogue, money, voice

pytestmark = pytest.mark.e2e

# Keeps every total that appears from now on, as text.
KEEP_TOTALS = """() => {
    window.totals = [];
    const output = document.getElementById("quote-output");
    const keep = () => {
        const total = output.querySelector(".sheet:not(.stale) tr.total td");
        if (total && totals.at(-1) !== total.textContent) totals.push(total.textContent);
    };
    new MutationObserver(keep).observe(output, { subtree: true, childList: true, attributes: true });
}"""


def test_an_unreadable_date_is_said_beside_its_field_in_the_summary_and_aloud(desk: Desk) -> None:
    desk.blank("orange-care", "renew")
    desk.type_request({**ON_TIME, "expiry": "31.02.2026"})
    wrong = desk.ui("script.unreadable_date")
    expiry = desk.control("expiry")
    expect(desk.error("expiry")).to_have_text(wrong)
    field = voice(desk.lang).quote("field.expiry.label")
    expect(desk.summary.get_by_role("listitem")).to_have_text([desk.ui("script.error", field=field, message=wrong)])
    expect(desk.announcer).to_contain_text(wrong)
    expect(desk.announcer).to_have_attribute("role", "status")
    expect(expiry).to_have_attribute("aria-invalid", "true")
    expect(expiry).to_have_accessible_description(re.compile(re.escape(wrong)))
    expect(expiry).to_have_value("31.02.2026")
    expect(desk.control("quantity")).to_have_value("5")
    expect(desk.sheet).to_have_count(0)
    desk.summary.get_by_role("link").click()
    expect(expiry).to_be_focused()
    desk.type("expiry", "2026-03-31")
    desk.expect_total("540.00")
    expect(desk.summary).to_be_hidden()
    expect(expiry).not_to_have_attribute("aria-invalid", "true")


def test_a_date_that_reads_in_two_ways_is_asked_again(desk: Desk) -> None:
    desk.blank("orange-care", "renew")
    desk.type_request({**ON_TIME, "expiry": "03/04/2026"})
    expect(desk.error("expiry")).to_be_visible()
    expect(desk.error("expiry")).to_contain_text("2026")
    assert (desk.error("expiry").text_content() or "").count("2026") == 2
    desk.type("expiry", {"fr": "31 mars 2026", "en": "March 31, 2026"}[desk.lang])
    desk.expect_total("540.00")
    desk.expect_fragment(ON_TIME)


def test_what_the_engine_refuses_is_said_beside_its_field(desk: Desk) -> None:
    desk.blank("orange-care", "renew")
    desk.type_request({**ON_TIME, "align_to": "2035-12-31"})
    error = desk.error("align_to")
    expect(error).not_to_be_empty()
    said = re.compile(re.escape(error.text_content() or ""))
    expect(desk.summary).to_contain_text(said)
    expect(desk.announcer).to_contain_text(said)
    expect(desk.output).to_contain_text(desk.ui("script.refused"))
    expect(desk.control("align_to")).to_have_value("2035-12-31")
    desk.type("align_to", "2027-02-28")
    expect(desk.sheet).to_be_visible()
    expect(error).to_be_hidden()


@IN_CHROMIUM
def test_the_form_asks_what_the_plan_and_the_action_need(french: Desk) -> None:
    for plan, rules in catalogue().families[FAMILY].plans.items():
        for action in rules.actions:
            french.blank(plan, action)
            asked = fields(catalogue(), f"{FAMILY}/{plan}", action)
            assert french.asked() == {str(field["name"]) for field in asked if not field.get("required_with")}


def test_only_what_is_asked_is_in_the_request_and_nothing_typed_is_lost(french: Desk) -> None:
    french.blank("orange-care", "renew")
    french.type_request(LATE)
    french.expect_total("600.00")
    french.radio("action", "buy").check()
    expect(french.control("expiry")).to_have_count(0)
    french.expect_total("600.00")
    french.expect_fragment({"plan": LATE["plan"], "action": "buy", "on": LATE["on"], "quantity": 5})
    french.radio("plan", "basic").check()
    french.radio("plan", "orange-care").check()
    french.radio("action", "renew").check()
    for name in ("expiry", "on", "quantity"):
        expect(french.control(name)).to_have_value(str(LATE[name]))
    french.expect_total("600.00")
    french.expect_fragment(LATE)


def test_it_recalculates_as_one_types_and_the_last_question_is_answered_last(french: Desk) -> None:
    french.blank("orange-care", "renew")
    french.type_request({**LATE, "quantity": 1})
    french.expect_total("120.00")
    french.page.evaluate(KEEP_TOTALS)
    french.control("quantity").press_sequentially("2345")
    french.expect_total("1481400.00")
    french.expect_fragment({**LATE, "quantity": 12345})
    typed = [money("fr", f"{quantity * 120}.00") for quantity in (1, 12, 123, 1234, 12345)]
    shown = french.page.evaluate("() => totals")
    assert shown == sorted(shown, key=typed.index)
    assert shown[-1] == typed[-1]


def test_python_starts_with_a_line_of_progress_and_an_overtaken_question_is_dropped(
    new_desk: Callable[[str], Desk],
) -> None:
    desk = new_desk("fr")
    held: list[Route] = []
    desk.page.route("**/*.wasm", lambda route: held.append(route))
    desk.visit()
    desk.choose("orange-care", "renew")
    desk.type_request(LATE)
    expect(desk.status).to_be_visible()
    expect(desk.status.get_by_role("paragraph")).not_to_be_empty()
    expect(desk.status.get_by_role("progressbar", name=desk.ui("form.progress"))).to_be_visible()
    desk.type("expiry", "")
    expect(desk.output).to_contain_text(desk.ui("script.needed"))
    for route in held:
        route.continue_()
    expect(desk.status).to_be_hidden(timeout=START)
    desk.type("quantity", "6")
    expect(desk.output).to_contain_text(desk.ui("script.needed"))
    expect(desk.sheet).to_have_count(0)
    desk.type("expiry", LATE["expiry"])
    desk.expect_total("720.00")


@IN_CHROMIUM
def test_a_plan_chosen_among_the_prices_is_chosen_in_the_form(french: Desk) -> None:
    french.blank("basic", "buy")
    french.page.locator('[data-choose-plan="orange-care"]').first.click()
    expect(french.radio("plan", "orange-care")).to_be_checked()
    expect(french.form).to_be_in_viewport()
