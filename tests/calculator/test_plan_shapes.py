"""What a plan file's reader says of a key, a row or a list that is not as it must be."""

from typing import Any

import pytest

from calculator.plan import read_family
from tests.calculator.asking import TWO_WINDOWS

PRICE = [{"from": "2020-01-01", "amount": "120.00"}]
CHOICE = {
    "size": {"type": "choice", "choices": ["s", "l"], "actions": ["buy"]},
    "n": {"type": "integer", "actions": ["buy"]},
}


def found(rules: dict[str, Any], **family: Any) -> list[tuple[str, str]]:
    plan = {"unit": "user", "term": {"months": 12}, "price": PRICE, **rules}
    _, problems = read_family({"family": "made", "currency": "EUR", "plans": {"plan": plan}, **family})
    assert all(problem.why and problem.fix for problem in problems)
    return [(".".join(map(str, problem.path)).removeprefix("plans.plan."), problem.what) for problem in problems]


def row(**content: Any) -> dict[str, Any]:
    return {"price": [{"from": "2020-01-01", **content}]}


def steps(*given: dict[str, Any]) -> dict[str, Any]:
    return row(tiers={"mode": "graduated", "steps": list(given)})


def estimate(*parts: dict[str, Any]) -> dict[str, Any]:
    return row(estimate=list(parts)) | {"options": CHOICE, "quantity": {"max": 1}, "buy": {}}


LABOUR = {"code": "labour", "quantity": "n", "rate": "60.00"}


@pytest.mark.parametrize(
    ("rules", "problems"),
    [
        ({"price": []}, ["price: this is not a list"]),
        ({"price": "120.00"}, ["price: this is not a list"]),
        ({"unit": ""}, ["unit: '' is not a text"]),
        ({"colour": "red"}, ["colour: `colour` is not a key"]),
        ({"term": []}, ["term: this does not say a length in months or in days"]),
        ({"term": {"months": 12, "days": 30}}, ["term: a length is in months or in days"]),
        ({"term": {"months": "12"}}, ["term.months: `12` is not a whole number from 1 to 1200"]),
        ({"term": {"months": True}}, ["term.months: `True` is not a whole number"]),
        (row(), ["price.0: none of its kinds"]),
        (row(amount="1.00", on_request=True), ["price.0: `amount` and `on_request` exclude each other"]),
        (row(amount=120), []),
        (
            {"options": CHOICE, "buy": {"adjust": [{"code": "extra", "percent": "5", "when": {"size": "xl"}}]}},
            ["buy.adjust.0.when.size: `xl` is not one of the words known here"],
        ),
        (
            {"options": CHOICE, "buy": {"adjust": [{"code": "extra", "percent": "5", "when": {"nope": True}}]}},
            ["buy.adjust.0.when.nope: the plan has no option `nope`"],
        ),
        (
            {"options": CHOICE, "buy": {"adjust": [{"code": "extra", "percent": "5", "when": {"n": True}}]}},
            ["buy.adjust.0.when.n: `n` is neither a boolean nor a choice"],
        ),
        (
            {
                "options": CHOICE,
                "renewal": {
                    "adjust": [{"code": "extra", "percent": "5", "when": {"size": "s"}}],
                    "windows": TWO_WINDOWS,
                },
            },
            ["renewal.adjust.0.when.size: `size` is not asked for `renew`"],
        ),
        (row(amount=120.5), ["price.0.amount: `120.5` is not a decimal number"]),
        (row(amount=True), ["price.0.amount: `True` is not a decimal number"]),
        (row(amount="120,00"), ["price.0.amount: `120,00` is not a decimal number"]),
        (row(amount="120.005"), ["price.0.amount: `120.005` is not an amount that can be paid in EUR"]),
        (row(amount="-1.00"), ["price.0.amount: `-1.00` is not an amount"]),
        ({"price": [{"amount": "1.00"}]}, ["price.0: `from` is missing"]),
        ({"price": [{"from": "2020-02-30", "amount": "1.00"}]}, ["price.0.from: `2020-02-30` is not a date"]),
        ({"price": [*PRICE, *PRICE]}, ["price.1.from: `from: 2020-01-01` does not come after"]),
        (
            steps({"amount": "1.00"}, {"up_to": 5, "amount": "1.00"}),
            ["price.0.tiers.steps.0: the steps", "price.0.tiers.steps.1"],
        ),
        (
            steps({"up_to": 5, "amount": "1.00"}, {"up_to": 5, "amount": "2.00"}, {"amount": "3.00"}),
            ["price.0.tiers.steps.1: the steps do not cover"],
        ),
        (estimate({"code": "a", "rate": "1.00"}), ["price.0.estimate.0: `quantity` is missing"]),
        (
            estimate({"code": "a", "quantity": "m", "rate": "1.00"}),
            ["price.0.estimate.0.quantity: the plan has no option `m`"],
        ),
        (estimate({"code": "a", "factor": "1.00"}), ["price.0.estimate.0: `on` is missing"]),
        (estimate({"code": "a", "factor": "1.00", "on": "b"}), ["price.0.estimate.0.on: there is no earlier part"]),
        (estimate(LABOUR, {"code": "a", "percent": "1", "of": "b"}), ["price.0.estimate.1.of: `b` is not one of"]),
        (
            estimate(LABOUR, {"code": "a", "on": "labour", "factor": {"by": "size", "cases": {"s": "1", "xl": "2"}}}),
            [
                "price.0.estimate.1.factor.cases: `l` has no case",
                "price.0.estimate.1.factor.cases.xl: `xl` is no choice",
            ],
        ),
        (estimate({**LABOUR, "when": {"size": "m"}}), ["price.0.estimate.0.when.size: `m` is not one of"]),
        (estimate({**LABOUR, "when": {}}), ["price.0.estimate.0.when: this is not a mapping, or it is empty"]),
        ({"buy": {"adjust": [{"code": "price", "percent": "1"}]}}, ["buy.adjust.0.code: `price` is taken"]),
        (
            {"buy": {"adjust": [{"code": "a", "percent": "1"}, {"code": "a", "percent": "1"}]}},
            ["buy.adjust.1.code: `a` is taken"],
        ),
        ({"buy": {"adjust": [{"code": "a", "percent": "1", "of": ["b"]}]}}, ["buy.adjust.0.of.0: `b` is not one of"]),
        (
            {"buy": {"adjust": [{"code": "a", "missed_percent": "50"}]}},
            ["buy.adjust.0.missed_percent: nothing can have been missed"],
        ),
        ({"buy": {"adjust": [{"code": "a"}]}}, ["buy.adjust.0: none of its kinds"]),
        ({"buy": {"terms": [{"months": 12}, {"days": 30}]}}, ["buy.terms.0: the terms do not cover every answer once"]),
        (
            {"buy": {"credits": [{"code": "c", "plan": "x", "paid_on": "day", "within_days": 30}]}},
            ["buy.credits.0.paid_on: the plan has no option `day`"],
        ),
        ({"buy": [{"starts": "on_purchase"}]}, ["buy.0: `from` is missing"]),
        ({"renewal": {}}, ["renewal: `windows` is missing"]),
        (
            {"renewal": {"windows": [TWO_WINDOWS[0] | {"carries": {"usage": "u", "step_minutes": 15}}]}},
            ["renewal.windows.0.carries.usage: the plan has no option `u`"],
        ),
        (
            {"options": {"n": {"type": "choice", "actions": ["buy"]}}},
            ["options.n: `choices` and `type: choice` go together"],
        ),
        ({"options": {"n": {"type": "integer", "actions": "buy"}}}, ["options.n.actions: this is not a list"]),
        ({"notes": [{"code": "n", "actions": ["sell"]}]}, ["notes.0.actions.0: `sell` is not one of the words"]),
    ],
)
def test_shape(rules: dict[str, Any], problems: list[str]) -> None:
    told = [f"{path}: {what}" for path, what in found(rules)]
    assert len(told) == len(problems), told
    for said, start in zip(told, problems, strict=True):
        assert start in said, told


def test_family() -> None:
    assert found({}, currency="XXX") == [("currency", "`XXX` is not one of the words known here")]
    assert found({}, plans={}) == [("plans", "this is not a mapping, or it is empty")]
    assert found({}, readings=[{"id": "r"}]) == [("readings.0", "`clauses` is missing")]
    assert [what for _, what in found({}, plans=7)] == ["this is not a mapping, or it is empty"]
    family, problems = read_family([])
    assert family is None and {problem.what for problem in problems} >= {
        "a list stands here, where keys with a value should"
    }
