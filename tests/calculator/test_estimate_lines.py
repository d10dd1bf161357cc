"""Every line of an estimate says what it was computed from: its unit, its rate, the amount before it, the answer."""

from typing import Any

import pytest

from tests.calculator.asking import Answer, ask, notes, one_plan

ANSWERS = {
    "region_rate": "region", "hours": 37, "level": "proactive", "remote_percent": 35, "complexity": "standard",
    "updates": 3, "visits": 4, "travel": "distance", "km": 85, "under_warranty": True, "warranty_extension": True,
}  # fmt: skip


def figures(given: Answer, code: str) -> dict[str, Any]:
    """One line without its code and its clause."""
    found = next(line for line in given["lines"] if line["code"] == code)
    return {key: value for key, value in found.items() if key not in ("code", "clause")}


def line(quantity: int, unit: str | None, each: str, amount: str, **params: object) -> dict[str, Any]:
    return {"quantity": quantity, "unit": unit, "unit_amount": each, "amount": amount, "params": params}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("labour", line(37, "hours", "78.00", "2886.00", choice="region")),
        ("remote_share", line(1, None, "-202.02", "-202.02", of="2886.00", factor="0.80", share=35)),
        ("service_level", line(1, None, "671.00", "671.00", of="2683.98", factor="1.25", choice="proactive")),
        ("complexity", line(1, None, "503.25", "503.25", of="3354.98", factor="1.15", choice="standard")),
        ("updates", line(3, "updates", "140.00", "420.00")),
        ("travel_distance", line(680, "visits", "0.65", "442.00", km=85, visits=4)),
        ("under_warranty", line(1, None, "-578.73", "-578.73", of="3858.23", percent="-15")),
        ("warranty_extension", line(1, None, "308.66", "308.66", of="3858.23", percent="8")),
    ],
)
def test_a_line_says_what_it_was_computed_from(code: str, expected: dict[str, Any]) -> None:
    assert figures(ask("integrator/contract", "buy", "2026-03-01", options=ANSWERS), code) == expected


def built(parts: list[dict[str, Any]], illustrative: bool = False, **rules: Any) -> Any:
    """A plan that is bought as an estimate of these parts; it asks for `n` and `m`, both from 0 to 100."""
    option = {"type": "integer", "min": 0, "max": 100, "actions": ["buy"]}
    price = {"from": "2020-01-01", "estimate": parts, "illustrative": illustrative}
    asked = {"n": option, "m": option}
    return one_plan({"quantity": {"max": 1}, "options": asked, "price": [price], "buy": {}} | rules)


WORK = {"code": "work", "rate": "10.00", "quantity": "n"}
TRAVEL = {"code": "travel", "rate": "7.00", "quantity": "m"}


def buy(made: Any, n: int, m: int) -> Answer:
    return ask("made/plan", "buy", "2026-03-01", made, options={"n": n, "m": m})


def test_a_part_of_nothing_is_nothing() -> None:
    """A percentage, or a factor, of a part that was left out is written all the same, as 0.00."""
    made = built([WORK, {"code": "half", "factor": "1.50", "on": "work"}, {"code": "p", "percent": "8", "of": "work"}])
    given = buy(made, 0, 0)
    assert [(entry["code"], entry["amount"]) for entry in given["lines"]] == [("half", "0.00"), ("p", "0.00")]


def test_one_of_a_thing_is_a_line_and_none_is_not() -> None:
    given = buy(built([WORK, TRAVEL]), 0, 1)
    assert [(entry["code"], entry["quantity"], entry["amount"]) for entry in given["lines"]] == [("travel", 1, "7.00")]


def test_a_factor_joins_the_part_it_names_and_no_other() -> None:
    made = built(
        [WORK, TRAVEL, {"code": "f", "factor": "1.50", "on": "work"}, {"code": "p", "percent": "10", "of": "work"}]
    )
    given = buy(made, 4, 3)
    assert figures(given, "f") == line(1, None, "20.00", "20.00", of="40.00", factor="1.50")
    assert figures(given, "p") == line(1, None, "6.00", "6.00", of="60.00", percent="10")
    assert given["subtotal"] == "87.00"


@pytest.mark.parametrize(("n", "m"), [(1, 0), (0, 1)])
@pytest.mark.parametrize("illustrative", [True, False])
def test_an_example_price_is_said_whichever_part_it_is_in(illustrative: bool, n: int, m: int) -> None:
    given = buy(built([WORK, TRAVEL], illustrative), n, m)
    assert ("illustrative_price" in notes(given)) == illustrative


def test_an_example_percentage_alone_is_said_too() -> None:
    made = built([WORK, {"code": "p", "percent": "8", "of": "work"}], illustrative=True)
    given = buy(made, 0, 0)
    assert [entry["code"] for entry in given["lines"]] == ["p"] and "illustrative_price" in notes(given)


def test_a_percentage_of_the_price_counts_every_part_of_the_estimate() -> None:
    """An adjustment of the first purchase: 10 % of 10.00 + 14.00 + 5.00."""
    parts = [WORK, TRAVEL, {"code": "f", "factor": "1.50", "on": "work"}]
    given = buy(built(parts, buy={"adjust": [{"code": "opening", "percent": "10"}]}), 1, 2)
    assert figures(given, "opening") == line(1, None, "2.90", "2.90", of="29.00", percent="10")
