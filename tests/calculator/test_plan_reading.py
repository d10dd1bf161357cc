"""What the catalogue's reader refuses: every mistake with its path, and no plan that the engine could stumble over."""

from typing import Any

import pytest

from calculator.errors import CatalogueError
from calculator.plan import read_family
from tests.calculator.asking import TWO_WINDOWS, one_plan

PRICE = [{"from": "2020-01-01", "amount": "120.00"}]
ARREARS = [{"code": "arrears", "missed_percent": "50"}]
ESTIMATE = [{"from": "2020-01-01", "estimate": [{"code": "labour", "quantity": "hours", "rate": "60.00"}]}]
HOURS = {"hours": {"type": "integer", "actions": ["buy"]}}
ONE = {"max": 1}


def problems(**rules: Any) -> list[tuple[str, str]]:
    """Path (below the plan) and first words of every problem of a plan with these rules."""
    plan = {"unit": "user", "term": {"months": 12}, "price": PRICE, **rules}
    plan = {key: value for key, value in plan.items() if value is not None}
    _, found = read_family({"family": "made", "currency": "EUR", "plans": {"plan": plan}})
    return [(".".join(map(str, problem.path[2:])), problem.what) for problem in found]


@pytest.mark.parametrize(
    ("rules", "path", "what"),
    [
        ({"packs": {"s": {"price": PRICE}}}, "", "`price` and `packs` exclude each other"),
        ({"price": None}, "", "the plan has no price"),
        ({"term": None, "extension": {"billed": "by_month"}}, "", "`term` is missing"),
        ({"term": {"days": 30}, "extension": {"billed": "by_month"}}, "", "this needs a term in months"),
        ({"term": {"days": 30}, "proration": {"basis": "days_365"}}, "", "this needs a term in months"),
        (
            {"renewal": {"windows": TWO_WINDOWS, "lengths": {"min_months": 6}}},
            "renewal.lengths.min_months",
            "`min_months: 6` is less than a term",
        ),
        (
            {"price": None, "packs": {"s": {"price": PRICE}}, "addition": {"billed": "by_day"}},
            "addition",
            "`addition` and `packs` exclude each other",
        ),
        (
            {
                "price": None,
                "packs": {"s": {"price": PRICE}},
                "options": {"pack": {"type": "boolean", "actions": ["buy"]}},
            },
            "options.pack",
            "the option `pack` is there already",
        ),
        (
            {"price": None, "packs": {"s": {"price": ESTIMATE}}, "options": HOURS},
            "packs",
            "an estimate cannot stand here",
        ),
        ({"buy": {"price": ESTIMATE}, "options": HOURS}, "buy", "an estimate cannot stand here"),
        ({"price": ESTIMATE, "options": HOURS, "buy": {}}, "price", "the plan needs `quantity: {max: 1}`"),
        (
            {"price": ESTIMATE, "options": HOURS, "quantity": ONE, "buy": {}, "renewal": {"windows": TWO_WINDOWS}},
            "price.0.estimate.0.quantity",
            "`hours` is no integer that is always answered",
        ),
        (
            {"price": ESTIMATE, "options": {"hours": {**HOURS["hours"], "optional": True}}, "quantity": ONE, "buy": {}},
            "price.0.estimate.0.quantity",
            "`hours` is no integer that is always answered",
        ),
        (
            {
                "price": ESTIMATE,
                "options": {"hours": {"type": "boolean", "actions": ["buy"]}},
                "quantity": ONE,
                "buy": {},
            },
            "price.0.estimate.0.quantity",
            "`hours` is no integer that is always answered",
        ),
        (
            {
                "price": ESTIMATE,
                "options": {"hours": {**HOURS["hours"], "actions": ["buy", "add"]}},
                "quantity": ONE,
                "buy": {},
                "addition": {"billed": "by_day"},
            },
            "addition",
            "`addition` cannot be priced by an estimate",
        ),
        (
            {
                "price": ESTIMATE,
                "options": {"hours": {**HOURS["hours"], "actions": ["buy", "renew"]}},
                "quantity": ONE,
                "buy": {},
                "renewal": {"windows": [TWO_WINDOWS[0] | {"align": {"max_months": 12}}]},
            },
            "renewal",
            "this renewal cannot be priced by an estimate",
        ),
        *(
            (
                {
                    "price": ESTIMATE,
                    "options": {"hours": {**HOURS["hours"], "actions": ["buy", "renew"]}},
                    "quantity": ONE,
                    "buy": {},
                    "renewal": renewal,
                },
                "renewal",
                "this renewal cannot be priced by an estimate",
            )
            for renewal in (
                {"windows": [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"adjust": ARREARS}]},
                {"windows": TWO_WINDOWS, "adjust": ARREARS},
            )
        ),
        (
            {
                "renewal": {"windows": [TWO_WINDOWS[0] | {"carries": {"usage": "used", "step_minutes": 15}}]},
                "options": {"used": {"type": "minutes", "actions": ["renew"]}},
            },
            "renewal",
            "`carries` needs `packs`",
        ),
        (
            {
                "price": None,
                "packs": {"s": {"price": PRICE}},
                "options": {"used": {"type": "integer", "actions": ["renew"]}},
                "renewal": [
                    {
                        "from": "2020-01-01",
                        "windows": [TWO_WINDOWS[0] | {"carries": {"usage": "used", "step_minutes": 15}}],
                    }
                ],
            },
            "renewal.0.windows.0.carries.usage",
            "`used` is not an option of `type: minutes` for `renew`",
        ),
        (
            {
                "buy": {"credits": [{"code": "c", "plan": "plan", "paid_on": "day", "within_days": 30}]},
                "options": {"day": {"type": "date", "actions": ["renew"]}},
            },
            "buy.credits.0.paid_on",
            "`day` is not an option of `type: date` for `buy`",
        ),
        (
            {
                "buy": {"terms": [{"when": {"n": "true"}, "months": 12}, {"days": 30}]},
                "options": {"n": {"type": "integer", "actions": ["buy"]}},
            },
            "buy.terms.0.when.n",
            "`n` is neither a boolean nor a choice",
        ),
        (
            {"options": {"n": {"type": "integer", "min": 5, "max": 4, "actions": ["buy"]}}},
            "options.n.min",
            "`min` is more",
        ),
        (
            {"entitlements": [{"code": "e", "minutes": 5, "by_quantity": [{"quantity": 1}]}]},
            "entitlements.0",
            "`e` says its size twice",
        ),
        (
            {"entitlements": [{"code": "e", "minutes_from": "pack"}]},
            "entitlements",
            "`minutes_from: pack` needs `packs`",
        ),
        (
            {
                "buy": {
                    "adjust": [
                        {
                            "code": "fee",
                            "fee": [{"from": "2020-01-01", "tiers": {"mode": "volume", "steps": [{"amount": "1.00"}]}}],
                        }
                    ]
                }
            },
            "buy.adjust.0.fee.0",
            "a fee is one amount",
        ),
        (
            {"price": [{"from": "2020-01-01", "on_request": False}]},
            "price.0.on_request",
            "`on_request` can only be true",
        ),
        (
            {"price": [{"from": "2020-01-01", "amount": "1.00", "illustrative": 1}]},
            "price.0.illustrative",
            "`1` is neither true nor false",
        ),
    ],
)
def test_a_rule_that_could_not_be_priced(rules: dict[str, Any], path: str, what: str) -> None:
    found = problems(**rules)
    assert len(found) == 1, found
    assert found[0][0] == path and found[0][1].startswith(what)


def test_a_wrong_key_causes_no_second_mistake() -> None:
    assert problems(options={"n": {"type": "intger", "actions": ["buy"]}}, buy={"terms": [{"days": 30}]}) == [
        ("options.n.type", "`intger` is not one of the words known here")
    ]


def windows(*bounds: tuple[str, int | None, int | None]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, first, last in bounds:
        days = {key: day for key, day in (("from_day", first), ("until_day", last)) if day is not None}
        made.append({"id": name, "starts": "on_purchase", **days})
    return made


@pytest.mark.parametrize(
    ("bounds", "what"),
    [
        ([("on_time", None, 0), ("late", 2, None)], "no window covers day 1"),
        ([("on_time", None, 0), ("late", 4, None)], "no window covers days 1 to 3"),
        ([("on_time", None, 0), ("late", 0, None)], "`late` begins on the last covered day, day 0"),
        ([("on_time", None, -2), ("late", 1, None)], "`on_time` ends on day -2, before the last covered day, day 0"),
        ([("on_time", None, None), ("late", 1, None)], "`on_time` has no end, and `late` comes after it"),
        ([("on_time", 0, 0), ("late", 1, None)], "no window covers the days before day 0"),
        ([("on_time", None, 0), ("late", None, None)], "`from_day` is missing in `late`"),
        ([("on_time", None, 0), ("late", 1, 0)], "`late` ends before it starts"),
        ([("on_time", None, 0), ("late", 1, 5), ("late", 6, None)], "window `late` stands here twice"),
        ([("on_time", None, 0), ("tardy", 1, None)], "`tardy` is not a window's name"),
    ],
)  # fmt: skip
def test_windows_tile_the_days(bounds: list[tuple[str, int | None, int | None]], what: str) -> None:
    assert [found for _, found in problems(renewal={"windows": windows(*bounds)})] == [what]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"contract": 2}, "`2` is not a whole number from 1 to 1"),
        ({"families": {"other": {"family": "made", "currency": "EUR", "plans": {"p": {"unit": "u", "price": PRICE}}}}},
         "the family calls itself `made`"),
        ({"regions": {"XX": {"taxes": [{"code": "T", "rates": [{"from": "2020-01-01", "rate": "x"}]}]}}},
         "`x` is not a decimal number"),
        ({"regions": {"YY": {}}}, "no region is called `XX`"),
    ],
)  # fmt: skip
def test_catalogue(change: dict[str, Any], what: str) -> None:
    from calculator.plan import read_catalogue

    families = {
        "made": {"family": "made", "currency": "EUR", "tax_region": "XX", "plans": {"p": {"unit": "u", "price": PRICE}}}
    }
    value = {"contract": 1, "fingerprint": "f", "families": families, "regions": {"XX": {}}}
    assert read_catalogue(value).fingerprint == "f"
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(value | change)
    assert [problem.what for problem in caught.value.problems] == [what]


def test_a_credit_needs_a_plain_price_always() -> None:
    rules = {
        "options": {"day": {"type": "date", "actions": ["buy"], "optional": True}},
        "buy": {"credits": [{"code": "c", "plan": "other", "paid_on": "day", "within_days": 30}]},
    }
    for rows in (
        [{"from": "2020-01-01", "amount": "5.00"}, {"from": "2021-01-01", "on_request": True}],
        [{"from": "2020-01-01", "tiers": {"mode": "volume", "steps": [{"amount": "5.00"}]}}],
    ):
        with pytest.raises(CatalogueError, match="plain price"):
            one_plan(rules, other={"unit": "incident", "price": rows, "buy": {}})


def test_amounts_are_written_with_the_currency_s_digits() -> None:
    made = one_plan({"price": [{"from": "2020-01-01", "amount": "95"}], "buy": {}})
    row = made.families["made"].plans["plan"].price[0]
    assert str(row.amount) == "95.00"
    yen = one_plan({"price": [{"from": "2020-01-01", "amount": "95"}], "buy": {}}, currency="JPY")
    assert str(yen.families["made"].plans["plan"].price[0].amount) == "95"
