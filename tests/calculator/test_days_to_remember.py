"""Reminders and deadlines: on their very day, in their order, and what each of them says."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.calculator.asking import TWO_WINDOWS, Answer, ask, codes, one_plan


def reminders(given: Answer) -> list[tuple[str, int]]:
    assert all(entry["code"] == "reminder" for entry in given["notices"])
    return [(entry["date"], entry["days_before"]) for entry in given["notices"]]


def test_reminders_come_in_the_order_of_their_days() -> None:
    made = one_plan({"buy": {}, "notices": [{"days_before": days} for days in (7, 60, 0, 30)]})
    assert reminders(ask("made/plan", "buy", "2026-05-01", made)) == [
        ("2027-03-01", 60), ("2027-03-31", 30), ("2027-04-23", 7), ("2027-04-30", 0),
    ]  # fmt: skip


def test_no_reminder_comes_before_the_term_and_the_earliest_stays_first() -> None:
    notices = [{"days_before": days} for days in (29, 45, 30, 60)]
    made = one_plan({"term": {"days": 31}, "buy": {}, "notices": notices})
    assert reminders(ask("made/plan", "buy", "2026-05-01", made)) == [
        ("2026-05-01", 60), ("2026-05-01", 45), ("2026-05-01", 30), ("2026-05-02", 29),
    ]  # fmt: skip


def test_nothing_to_be_reminded_of_without_a_term() -> None:
    free = {"unit": "call", "price": [{"from": "2020-01-01", "amount": "1.00"}], "buy": {}}
    made = one_plan({"buy": {}}, call=free | {"notices": [{"days_before": 7}]})
    assert ask("made/call", "buy", "2026-05-01", made)["notices"] == []


@pytest.mark.parametrize(
    ("align_to", "days"),
    [("2027-03-30", [30]), ("2027-03-31", [90, 30]), ("2027-04-01", [90, 30])],
)
def test_a_reminder_of_long_terms_alone(align_to: str, days: list[int]) -> None:
    """From 2026-04-01, 12 months end on 2027-03-31; a day less is a shorter term."""
    windows = [{**TWO_WINDOWS[0], "align": {"max_months": 24}}, TWO_WINDOWS[1]]
    notices = [{"days_before": 90, "min_term_months": 12}, {"days_before": 30}]
    made = one_plan({"renewal": {"windows": windows}, "notices": notices})
    given = ask("made/plan", "renew", "2026-03-01", made, expiry="2026-03-31", align_to=align_to)
    assert [entry["days_before"] for entry in given["notices"]] == days


WINDOWS: list[dict[str, Any]] = [
    {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
    {"id": "grace", "from_day": 1, "until_day": 30, "starts": "after_expiry"},
    {"id": "late_a_year", "from_day": 31, "until_day": 365, "starts": "on_purchase"},
    {"id": "late", "from_day": 366, "until_day": 730, "starts": "on_purchase"},
]
ALL = one_plan(
    {
        "buy": {},
        "horizon": {"months": 36},
        "renewal": {"windows": WINDOWS, "automatic": {"billed_months_before": 1}},
        "extension": {"billed": "by_month"},
        "addition": {"billed": "by_day"},
    }
)
BILLING = {"code": "auto_renewal_billing", "date": "2026-02-28"}
ON_TIME = {"code": "last_day_on_time", "date": "2026-03-31"}
GRACE = {"code": "last_day_of_grace", "date": "2026-04-30"}
A_YEAR = {"code": "last_day_of_window", "date": "2027-03-31", "window": "late_a_year"}
LATE = {"code": "last_day_of_window", "date": "2028-03-30", "window": "late", "final": True}


@pytest.mark.parametrize(
    ("on", "expected", "limit"),
    [
        ("2026-02-27", [BILLING, ON_TIME, GRACE, A_YEAR, LATE], "2029-02-26"),
        ("2026-02-28", [BILLING, ON_TIME, GRACE, A_YEAR, LATE], "2029-02-27"),
        ("2026-03-01", [ON_TIME, GRACE, A_YEAR, LATE], "2029-02-28"),
        ("2026-03-31", [ON_TIME, GRACE, A_YEAR, LATE], "2029-03-30"),
        ("2026-04-01", [GRACE, A_YEAR, LATE], "2029-03-31"),
        ("2026-04-30", [GRACE, A_YEAR, LATE], "2029-04-29"),
        ("2026-05-01", [A_YEAR, LATE], "2029-04-30"),
        ("2027-03-31", [A_YEAR, LATE], "2030-03-30"),
        ("2027-04-01", [LATE], "2030-03-31"),
        ("2028-03-30", [LATE], "2031-03-29"),
        ("2028-03-31", [], "2031-03-30"),
    ],
)
def test_deadlines_until_their_own_day(on: str, expected: list[dict[str, str]], limit: str) -> None:
    given = ask("made/plan", "status", on, ALL, expiry="2026-03-31")
    assert given["deadlines"] == [*expected, {"code": "extension_limit", "date": limit}]


def test_deadlines_of_one_day_are_in_the_order_of_their_codes() -> None:
    made = one_plan({"renewal": {"windows": TWO_WINDOWS, "automatic": {"billed_months_before": 0}}})
    given = ask("made/plan", "status", "2026-03-01", made, expiry="2026-03-31")
    assert given["deadlines"] == [{"code": "auto_renewal_billing", "date": "2026-03-31"}, ON_TIME]


def test_a_first_contract_has_no_deadlines_and_is_never_late() -> None:
    """Not even when an expiry is given: it is that of another contract."""
    given = ask("made/plan", "buy", "2026-04-10", ALL, expiry="2026-03-31")
    assert (given["deadlines"], given["days_late"], given["window"]) == ([], None, "new")


ONLY = {"id": "on_time", "until_day": 0, "starts": "after_expiry"}
IN_GRACE = {"id": "grace", "from_day": 1, "until_day": 400, "starts": "on_purchase"}


@pytest.mark.parametrize(
    ("windows", "final", "last"),
    [
        ([ONLY], ["last_day_on_time"], "2026-03-31"),
        ([ONLY, IN_GRACE], ["last_day_of_grace"], "2027-05-05"),
        # The year that would have followed is over by then: renewing ends before the window does.
        ([ONLY, IN_GRACE | {"ends": "with_next_term"}], ["last_day_of_grace"], "2027-03-31"),
        ([ONLY, IN_GRACE | {"starts": "after_expiry"}], ["last_day_of_grace"], "2027-03-31"),
        ([ONLY, IN_GRACE | {"ends": "with_next_term", "starts": "next_month", "until_day": 365}], ["last_day_of_grace"],
         "2027-02-28"),
        ([ONLY, {"id": "late", "from_day": 1, "starts": "after_expiry"}], ["last_day_of_window"], "2027-03-31"),
        ([ONLY, {"id": "late", "from_day": 1, "starts": "on_purchase", "ends": "with_next_term"}],
         ["last_day_of_window"], "2027-03-31"),
        ([ONLY, IN_GRACE | {"ends": "with_next_term", "until_day": 365}], ["last_day_of_grace"], "2027-03-31"),
        ([ONLY, {"id": "late", "from_day": 1, "starts": "on_purchase"}], [], None),
    ],
)  # fmt: skip
def test_the_last_day_to_renew_is_the_one_after_which_it_is_refused(
    windows: list[dict[str, Any]], final: list[str], last: str | None
) -> None:
    made = one_plan({"renewal": {"windows": windows}})
    given = ask("made/plan", "status", "2026-03-01", made, expiry="2026-03-31")["deadlines"]
    assert [entry["code"] for entry in given if "final" in entry] == final
    if last:
        assert ask("made/plan", "renew", last, made, expiry="2026-03-31")["ok"]
        after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        request = {"plan": "made/plan", "action": "renew", "on": after, "expiry": "2026-03-31"}
        assert codes(request, made) == [("too_late_to_renew", "on")]
        assert all(entry["date"] == last for entry in given if "final" in entry)


def test_deadlines_follow_the_rules_of_the_day() -> None:
    versions = [{"from": "2026-02-01", "windows": TWO_WINDOWS}]
    made = one_plan({"renewal": versions})
    assert ask("made/plan", "status", "2026-01-31", made, expiry="2026-03-31")["deadlines"] == []
    assert ask("made/plan", "status", "2026-02-01", made, expiry="2026-03-31")["deadlines"] == [ON_TIME]
