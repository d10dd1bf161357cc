"""Every figure and name of a line that an action makes: its code, clause and params, not its amount alone."""

from typing import Any

import pytest

from tests.calculator.asking import TWO_WINDOWS, answer, ask, one_plan, refused, term

ORANGE = "keystroke/orange-care"


def line(given: dict[str, Any], code: str) -> tuple[Any, ...]:
    found = next(entry for entry in given["lines"] if entry["code"] == code)
    return found["amount"], found["clause"], found["params"]


@pytest.mark.parametrize(
    ("on", "window"),
    [("2026-03-31", "on_time"), ("2026-04-01", "grace"), ("2026-04-30", "grace"), ("2026-05-01", "late")],
)
def test_a_status_names_the_window_of_its_day(on: str, window: str) -> None:
    assert ask(ORANGE, "status", on, expiry="2026-03-31")["window"] == window


@pytest.mark.parametrize(("on", "window"), [("2026-03-31", "on_time"), ("2026-04-01", "late")])
def test_a_status_without_renewal_rules_is_on_time_through_the_last_covered_day(on: str, window: str) -> None:
    assert ask("integrator/contract", "status", on, expiry="2026-03-31")["window"] == window


def test_a_status_cites_the_readings_of_its_window() -> None:
    given = ask(ORANGE, "status", "2026-04-30", expiry="2026-03-31")
    assert {"code": "reading", "params": {"id": "day-30"}} in given["notes"]


def test_an_addition_cites_its_section_and_its_days() -> None:
    given = ask(ORANGE, "add", "2026-02-15", expiry="2026-03-31", quantity=2, existing=5)
    assert line(given, "prorated_price") == ("29.59", "orange-care.addition", {"days": 45, "of": 365})


def test_an_addition_by_months_is_a_share_of_the_terms_months() -> None:
    made = one_plan({"addition": {"billed": "by_day"}, "proration": {"basis": "whole_months"}})
    given = ask("made/plan", "add", "2026-02-15", made, expiry="2026-12-31")
    assert line(given, "prorated_price") == ("110.00", "plan.addition", {"share": "11/12"})


def aligning(at_most: int, **proration: Any) -> Any:
    windows = [{**TWO_WINDOWS[0], "align": {"max_months": at_most}}, TWO_WINDOWS[1]]
    return one_plan({"renewal": {"windows": windows}, **({"proration": proration} if proration else {})})


def test_an_aligned_renewal_cites_its_window_and_its_days() -> None:
    given = ask("made/plan", "renew", "2026-01-10", aligning(12), expiry="2026-01-31", align_to="2026-06-30")
    assert term(given) == "2026-02-01…2026-06-30"
    assert line(given, "prorated_price") == ("49.32", "plan.renewal.windows.on_time", {"days": 150, "of": 365})


def test_an_aligned_renewal_of_a_whole_term_is_the_plain_price() -> None:
    given = ask("made/plan", "renew", "2026-01-10", aligning(24), expiry="2026-01-31", align_to="2027-01-31")
    assert line(given, "price") == ("120.00", "plan.renewal.windows.on_time", {})


def test_an_aligned_renewal_beyond_a_term_adds_a_share_of_the_next() -> None:
    """A whole term and 28 days of the next (2027-02-01 to 2028-01-31 has 365): 120 + 120 x 28 / 365."""
    given = ask("made/plan", "renew", "2026-01-10", aligning(24), expiry="2026-01-31", align_to="2027-02-28")
    assert line(given, "prorated_price") == ("129.21", "plan.renewal.windows.on_time", {"days": 393, "of": 365})


def test_an_alignment_counts_its_terms_from_the_anchor() -> None:
    """From 29 February 2020 the fourth term ends on 28 February 2024: a day more than counted from its start."""
    renewal = {"expiry": "2023-02-27", "anchor": "2020-02-29", "align_to": "2024-02-28"}
    given = ask("made/plan", "renew", "2023-02-01", aligning(12), **renewal)
    assert line(given, "price") == ("120.00", "plan.renewal.windows.on_time", {})
    later = renewal | {"align_to": "2024-03-09"}
    beyond = ask("made/plan", "renew", "2023-02-01", aligning(24), **later)
    assert line(beyond, "prorated_price")[0] == "123.29"  # 120 + 120 x 10 / 365 (2024-02-29 to 2025-02-27)


def test_an_alignment_keeps_the_months_end_where_the_plan_does() -> None:
    made = aligning(12, months="keep_month_end")
    whole = ask("made/plan", "renew", "2026-02-01", made, expiry="2026-02-27", align_to="2027-02-27")
    assert line(whole, "price") == ("120.00", "plan.renewal.windows.on_time", {})
    leap = ask("made/plan", "renew", "2027-02-01", made, expiry="2027-02-27", align_to="2028-02-28")
    assert line(leap, "price")[0] == "120.00"  # from the last day of a February to the day before the last of the next


def test_an_alignment_by_months_is_a_share_of_the_terms_months() -> None:
    made = aligning(12, basis="whole_months")
    given = ask("made/plan", "renew", "2026-01-10", made, expiry="2026-01-31", align_to="2026-06-15")
    assert line(given, "prorated_price") == ("50.00", "plan.renewal.windows.on_time", {"share": "5/12"})


def test_arrears_cite_their_rule_and_are_no_price() -> None:
    """A percentage after the arrears applies to the price alone."""
    late = {
        **TWO_WINDOWS[1],
        "adjust": [{"code": "arrears", "missed_percent": "50"}, {"code": "uplift", "percent": "10"}],
    }
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    given = ask("made/plan", "renew", "2026-04-10", made, expiry="2026-03-31", quantity=2)
    own = "plan.renewal.windows.late.adjust.arrears"
    assert line(given, "arrears") == ("2.96", own, {"missed_days": 9, "percent": "50", "of": 365})
    assert line(given, "uplift")[0] == "24.00"


@pytest.mark.parametrize(
    ("proration", "on", "of"),
    [
        ({"basis": "actual_days"}, "2027-03-31", 365),
        ({"basis": "actual_days"}, "2027-04-01", 365),  # a whole term was missed
        ({"basis": "actual_days"}, "2027-04-02", None),  # a term, and a day of the next
        ({"basis": "actual_days", "round_factor": 4}, "2026-04-10", None),
        ({"basis": "days_365"}, "2026-04-10", 365),
        ({"basis": "months_30"}, "2026-04-10", None),
        ({"basis": "whole_months"}, "2026-05-15", None),
        ({"basis": "months_and_days"}, "2026-05-15", None),
    ],
)
def test_arrears_tell_of_how_many_days_where_a_day_has_a_price(
    proration: dict[str, Any], on: str, of: int | None
) -> None:
    late = {**TWO_WINDOWS[1], "adjust": [{"code": "arrears", "missed_percent": "50"}]}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}, "proration": proration})
    given = ask("made/plan", "renew", on, made, expiry="2026-03-31")
    assert line(given, "arrears")[2].get("of") == of


def test_arrears_of_more_than_a_term_tell_of_no_days() -> None:
    """Two terms of 365 days: 366 days are no part of 365."""
    late = {**TWO_WINDOWS[1], "adjust": [{"code": "arrears", "missed_percent": "50"}]}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    for on, of in (("2025-04-01", 365), ("2025-04-02", None)):
        given = ask("made/plan", "renew", on, made, expiry="2024-03-31")
        assert line(given, "arrears")[2].get("of") == of


@pytest.mark.parametrize(("used", "carried"), [([0], 480), ([1], 465), ([15], 465), ([16], 450), ([600], 0), ([], 480)])
def test_time_is_carried_in_steps_of_fifteen_minutes(used: list[int], carried: int) -> None:
    options = {"pack": "8h", "interventions": used}
    given = ask("keystroke/vip", "renew", "2026-03-15", expiry="2026-03-31", options=options)
    assert given["entitlements"] == [{"code": "support_time", "minutes": 480 + carried, "carried": carried}]


def test_units_that_are_there_already_count_with_added_ones_alone() -> None:
    """A renewal, and a first contract, are for the units asked for."""
    rules = {"buy": {}, "renewal": {"windows": TWO_WINDOWS}, "addition": {"billed": "by_day"}}
    per_user = one_plan(rules | {"entitlements": [{"code": "calls", "minutes": 10, "per": "unit"}]})
    asked = {"expiry": "2026-03-31", "existing": 5, "quantity": 3}
    for action, minutes in (("buy", 30), ("renew", 30), ("add", 80)):
        given = ask("made/plan", action, "2026-03-01", per_user, **asked)
        assert given["entitlements"] == [{"code": "calls", "minutes": minutes}]
    per_contract = one_plan(rules | {"entitlements": [{"code": "calls", "minutes": 10}]})
    assert ask("made/plan", "renew", "2026-03-01", per_contract, **asked)["entitlements"][0]["minutes"] == 10


@pytest.mark.parametrize("example", [True, False])
def test_an_example_fee_is_said_though_the_price_is_none(example: bool) -> None:
    fee = {"code": "fee", "fee": [{"from": "2020-01-01", "amount": "0.00", "illustrative": example}]}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"adjust": [fee]}]}})
    given = ask("made/plan", "renew", "2026-04-10", made, expiry="2026-03-31")
    assert line(given, "fee")[0] == "0.00"
    assert ({"code": "illustrative_price"} in given["notes"]) == example


LONG = one_plan({"renewal": {"windows": TWO_WINDOWS, "lengths": {"min_months": 12}}})
ON_TIME = "plan.renewal.windows.on_time"


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (12, [("price", "120.00", {})]),
        (13, [("price", "120.00", {}), ("further_months", "10.00", {"months": 1, "of": 12})]),
        (23, [("price", "120.00", {}), ("further_months", "110.00", {"months": 11, "of": 12})]),
        (24, [("price", "240.00", {"terms": 2})]),
        (38, [("price", "360.00", {"terms": 3}), ("further_months", "20.00", {"months": 2, "of": 12})]),
    ],
)
def test_a_longer_renewal_says_its_terms_and_its_further_months(months: int, expected: list[Any]) -> None:
    given = ask("made/plan", "renew", "2026-03-01", LONG, expiry="2026-03-31", months=months)
    assert [(entry["code"], entry["amount"], entry["params"]) for entry in given["lines"]] == expected
    assert {entry["clause"] for entry in given["lines"]} == {ON_TIME}


def test_a_longer_renewal_in_the_term_that_would_have_come_costs_its_share() -> None:
    """Of 24 months from 2026-04-01, the 721 days from 2026-04-11 on; 731 hold a 29 February."""
    grace = TWO_WINDOWS[1] | {"ends": "with_next_term"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], grace], "lengths": {"min_months": 12}}})
    asked = {"expiry": "2026-03-31", "months": 24}
    whole = ask("made/plan", "renew", "2026-04-01", made, **asked)
    assert (term(whole), line(whole, "price")) == (
        "2026-04-01…2028-03-31", ("240.00", "plan.renewal.windows.late", {"terms": 2}),
    )  # fmt: skip
    part = ask("made/plan", "renew", "2026-04-11", made, **asked)
    assert (term(part), line(part, "prorated_price")) == (
        "2026-04-11…2028-03-31", ("236.72", "plan.renewal.windows.late", {"days": 721, "of": 731, "terms": 2}),
    )  # fmt: skip


@pytest.mark.parametrize(("on", "last_day"), [("2026-06-30", "2026-06-29"), ("2028-01-01", "2026-06-29")])
def test_past_the_last_window_the_refusal_says_its_last_day(on: str, last_day: str) -> None:
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"until_day": 90}]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31"}
    assert refused(request | {"on": on}, made) == [("too_late_to_renew", "on", {"last_day": last_day})]
    only = one_plan({"renewal": {"windows": [TWO_WINDOWS[0]]}})
    assert refused(request | {"on": on}, only) == [("too_late_to_renew", "on", {"last_day": "2026-03-31"})]


@pytest.mark.parametrize("ends", ["full_term", "with_next_term"])
def test_a_renewal_that_would_be_over_already_is_refused(ends: str) -> None:
    late = TWO_WINDOWS[1] | {"starts": "after_expiry", "ends": ends}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31"}
    assert answer(request | {"on": "2027-03-31"}, made)["ok"]
    assert refused(request | {"on": "2027-04-01"}, made) == [("too_late_to_renew", "on", {"last_day": "2027-03-31"})]


def test_every_adjustment_is_a_line_in_the_order_of_the_rules() -> None:
    """Those of the renewal first, then the window's; arrears between two others lose neither."""
    own = [
        {"code": "arrears", "missed_percent": "50"},
        {"code": "dossier", "percent": "10", "of": ["arrears", "index"]},
    ]
    late = TWO_WINDOWS[1] | {"adjust": own}
    rules = {"windows": [TWO_WINDOWS[0], late], "adjust": [{"code": "index", "percent": "5"}]}
    given = ask("made/plan", "renew", "2026-05-10", one_plan({"renewal": rules}), expiry="2026-03-31")
    # 39 days were missed, 2026-04-01 to 2026-05-09: 120 x 39 / 365 / 2 = 6.41.
    assert [(entry["code"], entry["amount"]) for entry in given["lines"]] == [
        ("price", "120.00"), ("index", "6.00"), ("arrears", "6.41"), ("dossier", "1.24"),
    ]  # fmt: skip
    assert line(given, "dossier")[1:] == (
        "plan.renewal.windows.late.adjust.dossier", {"percent": "10", "of": "12.41"},
    )  # fmt: skip


def credited(illustrative: bool = False) -> Any:
    """A plan that takes off what was paid for `one` within 10 days, and for `two` within 20."""
    other = {"unit": "call", "price": [{"from": "2020-01-01", "amount": "9.00", "illustrative": illustrative}]}
    option = {"type": "date", "actions": ["buy"], "optional": True}
    credits = [
        {"code": f"{name}_off", "plan": name, "paid_on": name, "within_days": days}
        for name, days in (("one", 10), ("two", 20))
    ]
    rules = {"options": {"one": option, "two": option}, "buy": {"credits": credits}}
    return one_plan(rules, one=other, two=other)


@pytest.mark.parametrize(
    ("paid", "taken", "expired"),
    [
        ({}, [], []),
        ({"two": "2026-05-01"}, ["two_off"], []),
        ({"one": "2026-05-01", "two": "2026-05-01"}, ["one_off", "two_off"], []),
        ({"one": "2026-04-30", "two": "2026-05-01"}, ["two_off"], ["one_off"]),
        ({"one": "2026-05-01", "two": "2026-04-20"}, ["one_off"], ["two_off"]),
        ({"one": "2026-04-20", "two": "2026-04-20"}, [], ["one_off", "two_off"]),
    ],
)
def test_each_credit_is_judged_by_itself(paid: dict[str, str], taken: list[str], expired: list[str]) -> None:
    given = ask("made/plan", "buy", "2026-05-11", credited(), options=paid)
    assert [entry["code"] for entry in given["lines"]] == ["price", *taken]
    late = [note for note in given["notes"] if note["code"] == "credit_expired"]
    assert late == [{"code": "credit_expired", "params": {"credit": code}} for code in expired]


@pytest.mark.parametrize("example", [True, False])
def test_a_credit_at_an_example_price_is_said(example: bool) -> None:
    given = ask("made/plan", "buy", "2026-05-11", credited(example), options={"one": "2026-05-11"})
    assert line(given, "one_off")[0] == "-9.00"
    assert ({"code": "illustrative_price"} in given["notes"]) == example


REMARKS = one_plan(
    {
        "buy": {},
        "renewal": {"windows": TWO_WINDOWS},
        "addition": {"billed": "by_day"},
        "notes": [
            {"code": "any_renewal", "actions": ["renew"]},
            {"code": "late_renewal", "actions": ["renew", "status"], "windows": ["late"]},
            {"code": "at_first", "actions": ["buy", "add"]},
        ],
    }
)


@pytest.mark.parametrize(
    ("action", "on", "expected"),
    [
        ("buy", "2026-03-31", ["at_first"]),
        ("add", "2026-03-31", ["at_first"]),
        ("renew", "2026-03-31", ["any_renewal"]),
        ("renew", "2026-04-01", ["any_renewal", "late_renewal"]),
        ("status", "2026-03-31", []),
        ("status", "2026-04-01", ["late_renewal"]),
    ],
)
def test_a_plan_s_remarks_go_with_their_actions_in_their_windows(action: str, on: str, expected: list[str]) -> None:
    found = [note["code"] for note in ask("made/plan", action, on, REMARKS, expiry="2026-03-31")["notes"]]
    assert [code for code in found if code not in ("taxes_not_included", "lapses")] == expected


def test_a_status_says_nothing_of_taxes() -> None:
    rates = [{"from": "2020-01-01", "rate": "5"}]
    rules = {"renewal": {"windows": TWO_WINDOWS}}
    for made in (one_plan(rules, taxes=[{"code": "GST", "rates": rates}]), one_plan(rules)):
        given = ask("made/plan", "status", "2026-03-01", made, expiry="2026-03-31")
        assert (given["taxes"], given["total"]) == ([], "0.00")
        assert {note["code"] for note in given["notes"]} == {"lapses"}
