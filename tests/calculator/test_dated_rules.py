"""Rules that begin on a day, and windows that no shipped plan has."""

import pytest

from tests.calculator.asking import TWO_WINDOWS, answer, ask, codes, one_plan, refused, term

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
