"""The most months that can be added at a time: which requests are refused, what a form is told, what a file may say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.errors import CatalogueError
from calculator.plan import Catalogue
from calculator.wire import fields
from tests.calculator.asking import answer, codes, one_plan, refused

ASKED: dict[str, Any] = {"plan": "made/plan", "action": "extend", "on": "2026-06-01", "expiry": "2026-12-31"}


def made(limit: Any = 11, **rules: Any) -> Catalogue:
    return one_plan({"extension": {"billed": "by_month", "max_months": limit}, **rules})


@given(st.integers(1, 40), st.integers(1, 40))
def test_just_the_months_up_to_the_limit_can_be_added(limit: int, months: int) -> None:
    request = ASKED | {"months": months}
    if months <= limit:
        unlimited = one_plan({"extension": {"billed": "by_month"}})
        given, free = answer(request, made(limit)), answer(request, unlimited)
        assert {**given, "catalogue": ""} == {**free, "catalogue": ""}
    else:
        assert refused(request, made(limit)) == [("out_of_range", "months", {"min": 1, "max": limit})]


def test_a_limit_may_begin_on_a_day() -> None:
    versions = [
        {"from": "2020-01-01", "billed": "by_month"},
        {"from": "2026-07-01", "billed": "by_month", "max_months": 3},
    ]
    catalogue = one_plan({"extension": versions})
    request = ASKED | {"months": 4}
    given = answer(request | {"on": "2026-06-30"}, catalogue)
    assert given["ok"] and given["valid_until"] == "2026-06-30"
    assert codes(request | {"on": "2026-07-01"}, catalogue) == [("out_of_range", "months")]
    assert most(catalogue) == 1200


def most(catalogue: Catalogue) -> object:
    return next(field["max"] for field in fields(catalogue, "made/plan", "extend") if field["name"] == "months")


@pytest.mark.parametrize(
    ("limit", "rules", "told"),
    [(11, {}, 11), (5, {"horizon": {"months": 36}}, 5), (35, {"horizon": {"months": 36}}, 35)],
)
def test_a_form_is_told_the_lesser_limit(limit: int, rules: dict[str, Any], told: int) -> None:
    assert most(made(limit, **rules)) == told


def test_both_limits_are_told_of_one_request() -> None:
    catalogue = made(6, horizon={"months": 12})
    assert codes(ASKED | {"months": 7}, catalogue) == [("out_of_range", "months"), ("extension_over_limit", "months")]
    assert codes(ASKED | {"months": 6}, catalogue) == [("extension_over_limit", "months")]
    assert answer(ASKED | {"months": 5}, catalogue)["ok"]


@pytest.mark.parametrize(
    ("limit", "rules", "problem"),
    [
        (0, {}, ("extension.max_months", "`0` is not a whole number from 1 to 1200")),
        ("11", {}, ("extension.max_months", "`11` is not a whole number from 1 to 1200")),
        (36, {"horizon": {"months": 36}}, ("extension.max_months", "36 months can never be added")),
    ],
)
def test_a_limit_that_is_none_is_refused(limit: Any, rules: dict[str, Any], problem: tuple[str, str]) -> None:
    with pytest.raises(CatalogueError) as caught:
        made(limit, **rules)
    assert [(".".join(map(str, found.path[4:])), found.what) for found in caught.value.problems] == [problem]


def test_additions_have_no_such_limit() -> None:
    with pytest.raises(CatalogueError) as caught:
        one_plan({"addition": {"billed": "by_day", "max_months": 3}})
    assert [found.path[-1] for found in caught.value.problems] == ["max_months"]
