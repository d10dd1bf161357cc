"""Rules that begin on a day, and windows that no shipped plan has."""

from typing import Any

import pytest

from tests.calculator.asking import TWO_WINDOWS, Answer, answer, ask, codes, one_plan, refused, term

DATED = one_plan(
    {
        "quantity": {"max": 2},
        "renewal": [{"from": "2026-01-01", "windows": TWO_WINDOWS}],
        "extension": [{"from": "2026-01-01", "billed": "by_month"}],
        "addition": [{"from": "2026-01-01", "billed": "by_day"}],
        "buy": [{"from": "2026-01-01", "starts": "on_purchase"}, {"from": "2026-02-01", "starts": "next_month"}],
    }
)


@pytest.mark.parametrize("action", ["buy", "renew", "extend", "add"])
def test_a_rule_is_not_offered_before_its_first_day(action: str) -> None:
    request: dict[str, object] = {"plan": "made/plan", "action": action, "on": "2025-12-31", "expiry": "2026-06-30"}
    request |= {"months": 1} if action == "extend" else {}
    assert refused(request, DATED) == [("action_not_offered", "on", {"date": "2025-12-31"})]
    assert answer(request | {"on": "2026-01-01"}, DATED)["ok"]


def test_the_version_in_force_on_the_day_applies() -> None:
    assert term(ask("made/plan", "buy", "2026-01-31", DATED)) == "2026-01-31…2027-01-30"
    assert term(ask("made/plan", "buy", "2026-02-01", DATED)) == "2026-03-01…2027-02-28"


def test_a_status_before_any_rule_still_knows_the_term() -> None:
    early = ask("made/plan", "status", "2025-12-31", DATED, expiry="2026-06-30")
    assert (early["window"], term(early)) == ("on_time", "2025-07-01…2026-06-30")
    assert ask("made/plan", "status", "2025-12-31", DATED, expiry="2025-12-30")["window"] == "late"


def test_more_serials_than_units_that_may_be_had() -> None:
    request = {"plan": "made/plan", "action": "buy", "on": "2026-01-01", "serials": ["a", "b", "c"]}
    assert refused(request, DATED) == [("out_of_range", "serials", {"min": 1, "max": 2})]


def test_no_part_is_left_of_a_term_that_is_over() -> None:
    late = TWO_WINDOWS[1] | {"ends": "with_next_term"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31"}
    assert term(answer(request | {"on": "2027-03-31"}, made)) == "2027-03-31…2027-03-31"
    assert refused(request | {"on": "2027-04-01"}, made) == [("too_late_to_renew", "on", {"last_day": "2027-03-31"})]


def test_grace_of_terms_in_days() -> None:
    late = TWO_WINDOWS[1] | {"ends": "with_next_term"}
    made = one_plan({"term": {"days": 30}, "renewal": {"windows": [TWO_WINDOWS[0], late]}})
    given = ask("made/plan", "renew", "2026-04-11", made, expiry="2026-03-31")
    assert (term(given), given["total"]) == ("2026-04-11…2026-04-30", "80.00")
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31", "months": 1}
    assert codes(request, made) == [("out_of_range", "months")]


def test_a_fee_per_quote_and_one_that_begins_later() -> None:
    fee = {"code": "fee", "fee": [{"from": "2026-04-15", "amount": "50.00"}], "per": "quote"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"adjust": [fee]}]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31", "quantity": 7}
    given = answer(request | {"on": "2026-04-15"}, made)
    assert (given["total"], given["lines"][1]["quantity"], given["lines"][1]["unit"]) == ("890.00", 1, None)
    assert codes(request | {"on": "2026-04-14"}, made) == [("no_price_at_date", "on")]


def test_a_credit_never_exceeds_what_it_is_taken_from() -> None:
    made = one_plan(
        {
            "options": {"day": {"type": "date", "actions": ["buy"], "optional": True}},
            "buy": {"credits": [{"code": "c", "plan": "other", "paid_on": "day", "within_days": 0}]},
        },
        other={
            "unit": "incident",
            "price": [{"from": "2026-01-01", "amount": "0.00"}, {"from": "2026-02-01", "amount": "500.00"}],
        },
    )
    buy = {"plan": "made/plan", "action": "buy"}
    assert answer(buy | {"on": "2026-02-01", "options": {"day": "2026-02-01"}}, made)["total"] == "0.00"
    free = answer(buy | {"on": "2026-01-31", "options": {"day": "2026-01-31"}}, made)
    assert (free["total"], free["lines"][1]["amount"]) == ("120.00", "0.00")


def test_a_region_with_one_tax_in_force() -> None:
    rates = [{"from": "2026-07-01", "rate": "10"}]
    made = one_plan(
        {"buy": {}},
        taxes=[{"code": "OLD", "rates": [{"from": "1990-01-01", "rate": "5"}]}, {"code": "NEW", "rates": rates}],
    )
    assert [tax["code"] for tax in ask("made/plan", "buy", "2026-06-30", made)["taxes"]] == ["OLD"]
    assert [tax["code"] for tax in ask("made/plan", "buy", "2026-07-01", made)["taxes"]] == ["OLD", "NEW"]
    later = one_plan({"buy": {}}, taxes=[{"code": "NEW", "rates": rates}])
    assert ask("made/plan", "buy", "2026-06-30", later)["notes"] == [{"code": "taxes_not_included"}]


HOTLINE = {"code": "hotline", "percent": "15", "when": {"hotline": True}}
WITH_EXTRAS = one_plan({
    "options": {"hotline": {"type": "boolean", "actions": ["extend", "add"]}},
    "extension": [
        {"from": "2026-01-01", "billed": "by_month", "adjust": [HOTLINE]},
        {"from": "2026-03-01", "billed": "by_month", "adjust": [HOTLINE | {"percent": "20"}]},
    ],
    "addition": [
        {"from": "2026-01-01", "billed": "by_day"},
        {"from": "2026-03-01", "billed": "by_day", "adjust": [HOTLINE]},
    ],
})  # fmt: skip


def hotline(given: Answer) -> tuple[Any, ...]:
    (found,) = [line for line in given["lines"] if line["code"] == "hotline"]
    return found["amount"], found["clause"], found["params"]


@pytest.mark.parametrize(
    ("on", "percent", "amount", "until"),
    [("2026-02-28", "15", "4.50", "2026-02-28"), ("2026-03-01", "20", "6.00", "2026-06-30")],
)
def test_an_extra_of_added_months_is_that_of_the_version_in_force(
    on: str, percent: str, amount: str, until: str
) -> None:
    ticked = {"expiry": "2026-06-30", "months": 3, "options": {"hotline": True}}
    given = ask("made/plan", "extend", on, WITH_EXTRAS, **ticked)
    assert hotline(given) == (amount, "plan.extension.adjust.hotline", {"percent": percent, "of": "30.00"})
    assert given["valid_until"] == until
    without = ask("made/plan", "extend", on, WITH_EXTRAS, expiry="2026-06-30", months=3)
    assert (without["total"], without["valid_until"]) == ("30.00", "2026-06-30")


def test_an_extra_of_added_units_begins_with_its_version() -> None:
    ticked = {"expiry": "2026-06-30", "options": {"hotline": True}}
    assert len(ask("made/plan", "add", "2026-02-28", WITH_EXTRAS, **ticked)["lines"]) == 1
    given = ask("made/plan", "add", "2026-03-01", WITH_EXTRAS, **ticked)
    assert hotline(given) == ("6.02", "plan.addition.adjust.hotline", {"percent": "15", "of": "40.11"})


def test_an_extra_that_stands_in_no_section_of_the_action_is_refused_not_left_out() -> None:
    made = one_plan({
        "options": {"hotline": {"type": "boolean", "actions": ["buy"]}},
        "buy": {"adjust": [HOTLINE]}, "extension": {"billed": "by_month"},
    })  # fmt: skip
    request = {"plan": "made/plan", "action": "extend", "on": "2026-03-01", "expiry": "2026-06-30", "months": 3}
    assert refused(request | {"options": {"hotline": True}}, made) == [
        ("unknown_option", "options.hotline", {"known": []})
    ]
