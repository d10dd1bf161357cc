"""What a plan file's reader says of a key, a row or a list that is not as it must be."""

from typing import Any

import pytest

from calculator.errors import Problem
from calculator.plan import read_family
from calculator.plan.cursor import MANY, Cursor, cut_off, listed, meant, nearest
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


@pytest.mark.parametrize(
    ("value", "required", "optional", "what", "fix"),
    [
        (None, ("a", "b"), (), "nothing stands here, where keys with a value should", "write `{a: …, b: …}`"),
        ("", ("a",), (), "nothing stands here, where a key with a value should", "write `{a: …}`"),
        (7, ("a",), ("b",), "`7` stands here, where keys with a value should", "write `{a: 7}`"),
        ("x", (), ("a",), "`x` stands here, where a key with a value should", "write `{a: x}`"),
        ("x", (), ("a", "b"), "`x` stands here, where keys with a value should", "write `{a: …}`"),
        (True, ("a",), (), "`True` stands here, where a key with a value should", "write `{a: …}`"),
        (["x"], ("a",), (), "a list stands here, where a key with a value should", "write `{a: …}`"),
    ],
)
def test_what_stands_where_keys_are_expected_goes_behind_the_key_that_must_be_there(
    value: object, required: tuple[str, ...], optional: tuple[str, ...], what: str, fix: str
) -> None:
    problems: list[Problem] = []
    assert Cursor(value, (), problems).mapping(required, optional).value == {}
    assert [(problem.what, problem.fix) for problem in problems] == [(what, fix)]


def test_few_words_are_listed_in_the_advice_and_many_are_not() -> None:
    for count, fix in ((2, "write `w0` or `w1`"), (MANY, None), (MANY + 1, "write one of these")):
        problems: list[Problem] = []
        words = [f"w{number}" for number in range(count)]
        assert Cursor("zzzz", (), problems).word(words) == "w0"
        assert problems[0].fix == (fix or f"write {listed(words)}")
        Cursor("w00", (), problems).word(words)
        assert problems[1].fix == "did you mean `w0`?"


def test_a_word_in_capitals_is_known_however_short() -> None:
    assert (
        nearest("FR", ["de", "fr"])
        == nearest("fR", ["DE", "fr"])
        == meant("FR", {"de", "fr"}, "")
        == "did you mean `fr`?"
    )


@pytest.mark.parametrize(("value", "meaning", "count"), [("true", True, 0), ("false", False, 0), ("yes", False, 1)])
def test_a_flag_is_true_or_false_as_text_too(value: str, meaning: bool, count: int) -> None:
    problems: list[Problem] = []
    assert Cursor(value, (), problems).flag() is meaning
    assert len(problems) == count


@pytest.mark.parametrize(
    ("held", "key", "said"),
    [
        ({"amount": "45", "50": None}, "50", 'write `amount: "45.50"`'),
        ({"amount": 1, "200": ""}, "200", 'write `amount: "1.200"`, or `amount: "1200"`'),
        ({"amount": "45", "50": "x"}, "50", None),
        ({"amount": "45", "fees": None}, "fees", None),
        ({"name": "Gold", "50": None}, "50", None),
        ({"50": None, "amount": "45"}, "50", None),
        ({"amount": "45"}, "50", None),
    ],
)
def test_only_digits_behind_a_whole_number_are_the_end_of_one(held: dict[str, object], key: str, said: str) -> None:
    found = cut_off(held, key)
    assert (found and found.said[2]) == said
