"""`valid_until` ends on the day before whatever changes the total: each dated rule, and nothing that changes none."""

from typing import Any

import pytest

from calculator.plan import Catalogue
from tests.calculator.asking import TWO_WINDOWS, ask, one_plan

OLD, NEW = "2020-01-01", "2026-07-01"
LAST = "2026-06-30"


def amounts(before: str, after: str, since: str = NEW) -> list[dict[str, str]]:
    return [{"from": OLD, "amount": before}, {"from": since, "amount": after}]


def fee(after: str = "6.00") -> list[dict[str, Any]]:
    return [{"code": "fee", "fee": amounts("5.00", after)}]


def windows(**late: Any) -> list[dict[str, Any]]:
    return [TWO_WINDOWS[0], TWO_WINDOWS[1] | late]


def until(made: Catalogue, action: str, on: str = "2026-05-10", **fields: Any) -> str | None:
    given = ask("made/plan", action, on, made, **fields)["valid_until"]
    return None if given is None else str(given)


EXPIRED: dict[str, Any] = {"expiry": "2026-03-31"}


@pytest.mark.parametrize(
    ("rules", "action", "fields"),
    [
        ({"price": amounts("1.00", "2.00"), "buy": {}}, "buy", {}),
        ({"buy": {"price": amounts("1.00", "2.00")}}, "buy", {}),
        ({"packs": {"a": {"price": amounts("1.00", "2.00")}, "b": {"price": amounts("1.00", "1.00")}}, "buy": {}},
         "buy", {"options": {"pack": "a"}}),
        ({"buy": {"adjust": fee()}}, "buy", {}),
        ({"buy": [{"from": OLD}, {"from": NEW, "adjust": [{"code": "more", "percent": "1"}]}]}, "buy", {}),
        ({"price": amounts("1.00", "2.00"), "renewal": {"windows": windows()}}, "renew", EXPIRED),
        ({"renewal": {"windows": windows(), "adjust": fee()}}, "renew", EXPIRED),
        ({"renewal": {"windows": windows(adjust=fee())}}, "renew", EXPIRED),
        ({"renewal": [{"from": OLD, "windows": windows()}, {"from": NEW, "windows": windows(adjust=fee())}]},
         "renew", EXPIRED),
        ({"renewal": {"windows": windows(until_day=91)}}, "renew", EXPIRED),
        ({"price": amounts("12.00", "24.00"), "extension": {"billed": "by_month"}}, "extend",
         {"expiry": "2027-03-31", "months": 1}),
        ({"extension": {"billed": "by_month"}}, "extend", {"expiry": LAST, "months": 1}),
    ],
)  # fmt: skip
def test_the_day_before_a_change(rules: dict[str, Any], action: str, fields: dict[str, Any]) -> None:
    made = one_plan(rules)
    for on in ("2026-05-10", "2026-06-29", LAST):
        assert until(made, action, on, **fields) == LAST


@pytest.mark.parametrize(
    ("rules", "action", "fields"),
    [
        ({"price": amounts("1.00", "1.00"), "buy": {}}, "buy", {}),
        ({"packs": {"a": {"price": amounts("1.00", "2.00")}, "b": {"price": amounts("1.00", "1.00")}}, "buy": {}},
         "buy", {"options": {"pack": "b"}}),
        ({"buy": {"adjust": fee("5.00")}}, "buy", {}),
        ({"buy": [{"from": OLD}, {"from": NEW, "starts": "next_month"}]}, "buy", {}),
        ({"renewal": {"windows": windows(adjust=fee("5.00"))}}, "renew", EXPIRED),
        ({"renewal": {"windows": windows()}, "buy": {"adjust": fee()}}, "renew", EXPIRED),
        ({"renewal": [{"from": OLD, "windows": windows(until_day=90)}, {"from": NEW, "windows": windows()}]},
         "renew", {"expiry": "2026-04-01"}),
    ],
)  # fmt: skip
def test_what_leaves_the_total_as_it_is_ends_nothing(
    rules: dict[str, Any], action: str, fields: dict[str, Any]
) -> None:
    assert until(one_plan(rules), action, **fields) is None


def test_the_tax_of_the_region_asked_for() -> None:
    rates = [{"from": OLD, "rate": "5"}, {"from": NEW, "rate": "6"}]
    made = one_plan({"buy": {}}, taxes=[{"code": "GST", "rates": rates}])
    assert until(made, "buy") == LAST
    assert until(made, "buy", region="XX") == LAST
    assert until(made, "buy", tax_exempt=True) is None
    none = [{"from": OLD, "rate": "5"}, {"from": NEW, "rate": "5"}]
    assert until(one_plan({"buy": {}}, taxes=[{"code": "GST", "rates": none}]), "buy") is None


def test_a_tax_that_begins() -> None:
    made = one_plan({"buy": {}}, taxes=[{"code": "GST", "rates": [{"from": NEW, "rate": "5"}]}])
    assert until(made, "buy") == LAST
    assert until(made, "buy", on=NEW) is None


@pytest.mark.parametrize(("within", "on", "expected"), [
    (0, "2026-05-10", "2026-05-10"), (1, "2026-05-10", "2026-05-11"), (30, "2026-05-10", "2026-06-09"),
    (30, "2026-06-09", "2026-06-09"), (30, "2026-06-10", None),
])  # fmt: skip
def test_a_credit_that_runs_out(within: int, on: str, expected: str | None) -> None:
    credit = {"code": "c", "plan": "other", "paid_on": "day", "within_days": within}
    option = {"type": "date", "actions": ["buy"], "optional": True}
    other = {"unit": "incident", "price": [{"from": OLD, "amount": "7.00"}]}
    made = one_plan({"options": {"day": option}, "buy": {"credits": [credit]}}, other=other)
    assert until(made, "buy", on, options={"day": "2026-05-10"}) == expected
    assert until(made, "buy", on) is None


def test_each_day_of_an_addition_has_its_own_price() -> None:
    made = one_plan({"addition": {"billed": "by_day"}})
    for on in ("2026-03-30", "2026-03-31"):
        assert until(made, "add", on, expiry="2026-03-31") == on


def test_each_day_of_an_addition_is_its_own_though_the_total_stays() -> None:
    """It is not asked whether rounding, or a price of nothing, hides that the price moves."""
    made = one_plan({"addition": {"billed": "by_day"}, "price": [{"from": OLD, "amount": "0.00"}]})
    assert until(made, "add", "2026-03-01", expiry="2026-03-31") == "2026-03-01"


def test_the_first_change_counts_though_a_later_one_takes_it_back() -> None:
    price = [*amounts("1.00", "2.00"), {"from": "2026-08-01", "amount": "1.00"}]
    made = one_plan({"price": price, "buy": {}})
    assert [until(made, "buy", on) for on in (LAST, NEW, "2026-07-31", "2026-08-01")] == [
        LAST, "2026-07-31", "2026-07-31", None,
    ]  # fmt: skip


def test_the_last_day_that_may_be_asked_about() -> None:
    """A row of that day which changes nothing ends nothing; one of the day after cannot be asked about any more."""
    last = one_plan({"price": amounts("1.00", "1.00", "2200-12-31"), "buy": {}})
    assert until(last, "buy", "2200-12-30") is None
    after = one_plan({"price": amounts("1.00", "1.00", "2201-01-01"), "buy": {}})
    assert until(after, "buy", "2200-12-30") == "2200-12-31"


def test_a_status_holds_no_price_even_on_the_last_day_that_may_be_asked_about() -> None:
    made = one_plan({"renewal": {"windows": TWO_WINDOWS}})
    for on in ("2200-12-30", "2200-12-31"):
        assert until(made, "status", on, expiry="2200-12-31") is None
