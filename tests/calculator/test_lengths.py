"""Lengths of a renewal to choose from: which are offered, what each costs, and which rules count for one of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.errors import CatalogueError
from calculator.money import amount_text
from calculator.periods import Length, Term, term_from
from calculator.plan import Catalogue, in_force
from calculator.wire import fields, present
from tests.calculator.asking import TWO_WINDOWS, answer, ask, codes, lines, one_plan, refused, term
from tests.mail.making import words

RULES = [
    {"code": "two_years_discount", "percent": "-10", "when": {"months": 24}},
    {"code": "three_years_discount", "percent": "-15", "when": {"months": 36}},
]
IN_TIME: dict[str, Any] = {"plan": "made/plan", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}


def made(lengths: dict[str, Any] | None = None, adjust: list[Any] | None = None, **rules: Any) -> Catalogue:
    renewal = {"lengths": lengths or {"months": [12, 24, 36]}, "windows": TWO_WINDOWS, "adjust": adjust or RULES}
    return one_plan({"renewal": renewal, **rules})


def problems(**changes: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        made(**changes)
    return [(".".join(map(str, found.path[4:])), found.what, found.fix) for found in caught.value.problems]


@pytest.mark.parametrize(
    ("months", "total"),
    [(1, None), (11, None), (12, "120.00"), (13, None), (23, None), (24, "216.00"), (25, None), (35, None),
     (36, "306.00"), (37, None), (48, None)],
)  # fmt: skip
def test_the_lengths_that_are_listed_are_the_only_ones(months: int, total: str | None) -> None:
    request = IN_TIME | {"months": months}
    if total:
        assert answer(request, made())["total"] == total
    else:
        assert refused(request, made()) == [("out_of_range", "months", {"choices": [12, 24, 36]})]


def test_lengths_may_be_listed_in_any_order() -> None:
    assert refused(IN_TIME | {"months": 1}, made({"months": [36, 12, 24]}))[0][2] == {"choices": [12, 24, 36]}


def test_a_single_length_is_no_choice() -> None:
    catalogue = made({"months": [24]}, RULES[:1])
    given = ask("made/plan", "renew", "2026-03-15", catalogue, expiry="2026-03-31")
    assert (given["total"], term(given)) == ("216.00", "2026-04-01…2028-03-31")
    assert refused(IN_TIME | {"months": 12}, catalogue) == [("out_of_range", "months", {"min": 24, "max": 24})]
    assert "months" not in [field["name"] for field in fields(catalogue, "made/plan", "renew")]


@pytest.mark.parametrize(
    ("lengths", "months"),
    [({"months": [12, 36]}, 12), ({"months": [36, 24]}, 24), ({"min_months": 12}, 12), ({"min_months": 18}, 18)],
)
def test_who_asks_for_no_length_gets_a_term_or_else_the_shortest(lengths: dict[str, Any], months: int) -> None:
    catalogue = made(lengths, [{"code": "length_discount", "percent": "-5"}])
    none_asked = ask("made/plan", "renew", "2026-03-15", catalogue, expiry="2026-03-31")
    asked = ask("made/plan", "renew", "2026-03-15", catalogue, expiry="2026-03-31", months=months)
    assert none_asked["lines"] == asked["lines"] and none_asked["term"] == asked["term"]


def test_a_rule_counts_for_a_length_that_nobody_asked_for() -> None:
    catalogue = made({"months": [24, 36]})
    assert lines(ask("made/plan", "renew", "2026-03-15", catalogue, expiry="2026-03-31")) == {
        "price": "240.00", "two_years_discount": "-24.00",
    }  # fmt: skip


def test_where_an_end_is_asked_for_no_length_is_chosen() -> None:
    rules = [{"code": "one_year", "percent": "-50", "when": {"months": 12}}]
    windows = [TWO_WINDOWS[0] | {"align": {"max_months": 24}}, TWO_WINDOWS[1]]
    catalogue = one_plan({"renewal": {"lengths": {"months": [12, 24]}, "windows": windows, "adjust": rules}})
    aligned = IN_TIME | {"align_to": "2027-03-31"}
    assert answer(IN_TIME, catalogue)["total"] == "60.00"
    assert answer(aligned, catalogue)["total"] == answer(aligned | {"months": 12}, catalogue)["total"] == "120.00"
    assert refused(aligned | {"months": 24}, catalogue) == [("out_of_range", "months", {"min": 12, "max": 12})]


def test_a_length_that_is_cut_short_by_the_next_term_is_still_the_one_that_was_chosen() -> None:
    windows = [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"ends": "with_next_term"}]
    catalogue = one_plan({"renewal": {"lengths": {"months": [12, 24]}, "windows": windows, "adjust": RULES[:1]}})
    given = ask("made/plan", "renew", "2026-04-11", catalogue, expiry="2026-03-31", months=24)
    assert term(given) == "2026-04-11…2028-03-31"
    assert lines(given) == {"prorated_price": "236.72", "two_years_discount": "-23.67"}


def test_versions_of_the_rule_have_lengths_of_their_own() -> None:
    versions = [
        {"from": "2020-01-01", "windows": TWO_WINDOWS},
        {"from": "2026-07-01", "windows": TWO_WINDOWS, "lengths": {"months": [12, 24]}},
        {"from": "2027-07-01", "windows": TWO_WINDOWS, "lengths": {"months": [24, 36]}},
    ]
    catalogue = one_plan({"renewal": versions})
    assert codes(IN_TIME | {"months": 24}, catalogue) == [("out_of_range", "months")]
    later = IN_TIME | {"on": "2026-07-01", "expiry": "2026-07-31", "months": 24}
    assert answer(later, catalogue)["total"] == "240.00"
    assert refused(later | {"on": "2027-07-01", "months": 12}, catalogue)[0][2] == {"choices": [24, 36]}
    field = next(field for field in fields(catalogue, "made/plan", "renew") if field["name"] == "months")
    assert (field["choices"], field["default"]) == ([12, 24, 36], 12)


def test_a_form_is_told_the_lengths_to_choose_from() -> None:
    asked = fields(made(extension={"billed": "by_month"}), "made/plan", "renew")
    field = next(field for field in asked if field["name"] == "months")
    assert field == {"name": "months", "type": "integer", "required": False, "min": 12, "max": 36, "default": 12,
                     "choices": [12, 24, 36]}  # fmt: skip
    extend = next(
        field
        for field in fields(made(extension={"billed": "by_month"}), "made/plan", "extend")
        if field["name"] == "months"
    )
    assert "choices" not in extend


def test_a_version_without_a_list_takes_any_number() -> None:
    versions = [
        {"from": "2020-01-01", "windows": TWO_WINDOWS, "lengths": {"months": [12, 24]}},
        {"from": "2027-01-01", "windows": TWO_WINDOWS, "lengths": {"min_months": 24}},
    ]
    asked = fields(one_plan({"renewal": versions}), "made/plan", "renew")
    field = next(field for field in asked if field["name"] == "months")
    assert "choices" not in field and (field["min"], field["default"]) == (12, 12)


def test_an_option_called_months_is_that_option() -> None:
    options = {"months": {"type": "choice", "choices": ["12", "24"], "actions": ["renew"]}}
    rules = [{"code": "length_discount", "percent": "-10", "when": {"months": "24"}}]
    catalogue = one_plan({"options": options, "renewal": {"windows": TWO_WINDOWS, "adjust": rules}})
    assert answer(IN_TIME | {"options": {"months": "24"}}, catalogue)["total"] == "108.00"


@given(
    st.sets(st.integers(12, 60), min_size=2, max_size=5),
    st.integers(1, 61),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(-40, 40),
    st.integers(1, 99),
)
def test_a_length_is_a_refusal_or_its_months_at_the_price_of_the_term(
    offered: set[int], months: int, expiry: date, late: int, percent: int
) -> None:
    """Whatever is listed: the twelfths of all months, the discount where the length has one, and the whole term."""
    chosen = min(offered)
    catalogue = made({"months": sorted(offered, reverse=True)},
                     [{"code": "length_discount", "percent": f"-{percent}", "when": {"months": [chosen]}}])  # fmt: skip
    on = date.fromordinal(expiry.toordinal() + late)
    request = IN_TIME | {"on": on.isoformat(), "expiry": expiry.isoformat(), "months": months}
    given = answer(request, catalogue)
    assert given["ok"] == (months in offered)
    if not given["ok"]:
        return
    discount = -Decimal(months * 10) * percent / 100 if months == chosen else Decimal(0)
    assert given["total"] == amount_text(Decimal(months * 10) + discount.quantize(Decimal("0.01")))
    start = date.fromordinal(expiry.toordinal() + 1) if late <= 0 else on
    whole: Term = term_from(start, Length(months=months), None, False)
    assert term(given) == f"{whole.start}…{whole.end}"


@pytest.mark.parametrize(
    ("changes", "path", "what", "fix"),
    [
        ({"lengths": {"months": [12, 24, 12]}}, "renewal.lengths.months.2", "`12` stands here twice", "remove one"),
        ({"lengths": {"months": [36, 6]}}, "renewal.lengths.months.1", "6 months are less than a term",
         "write `12`, or more"),
        ({"lengths": {"months": [12, 36, 24]}, "horizon": {"months": 24}}, "renewal.lengths.months.1",
         "36 months go past the plan's limit", "write `24` at most, or raise `horizon`"),
        ({"lengths": {"months": [12, 24], "min_months": 12}}, "renewal.lengths.min_months",
         "`months` and `min_months` exclude each other", "keep one of them"),
        ({"lengths": {"min_months": 12, "max_months": 36}}, "renewal.lengths.max_months",
         "there is no `max_months` here", "list them: `months: [12, 24, 36]`"),
        ({"lengths": {"max_months": 36}}, "renewal.lengths.max_months", "there is no `max_months` here",
         "list them: `months: [12, 24, 36]`"),
        ({"lengths": {"months": 24}}, "renewal.lengths.months", "`24` is not a list of lengths",
         "write `[24]`, or all of them: `[12, 24, 36]`"),
        ({"lengths": [12, 24]}, "renewal.lengths", "a list stands here, where keys with a value should",
         "write `{months: [12, 24]}`"),
        ({"lengths": {"months": [12, 36]}}, "renewal.adjust.0.when.months", "24 months cannot be chosen",
         "write `12` or `36`, or add `24` to `lengths`"),
        ({"lengths": {"min_months": 25}}, "renewal.adjust.0.when.months", "24 months cannot be chosen",
         "write `25`, or more"),
        ({"buy": {"adjust": RULES}}, "buy.adjust.0.when.months", "no length is chosen here",
         "move the rule to `renewal`, or take `months` out of its `when`"),
        ({"adjust": [{"code": "a", "percent": "1", "when": {"months": "24"}}]}, "renewal.adjust.0.when.months",
         "`24` is not a whole number from 1 to 1200", "write a number from 1 to 1200, without quotes or decimals"),
        ({"adjust": [{"code": "a", "percent": "1", "when": {"months": [24, 24]}}]}, "renewal.adjust.0.when.months.1",
         "`24` stands here twice", "remove one"),
    ],
)  # fmt: skip
def test_what_cannot_be_offered_is_told_with_what_to_write(
    changes: dict[str, Any], path: str, what: str, fix: str
) -> None:
    assert (path, what, fix) in problems(**changes)


@pytest.mark.parametrize(
    ("lengths", "fix"), [({}, "add `months: [12, 24, 36]`, or `min_months: 12`"), (12, "write `{min_months: …}`")]
)
def test_lengths_without_their_keys_are_told_once(lengths: object, fix: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        one_plan({"renewal": {"lengths": lengths, "windows": TWO_WINDOWS}})
    assert [found.fix for found in caught.value.problems] == [fix]


def test_a_rule_for_a_length_needs_lengths_to_choose_from() -> None:
    with pytest.raises(CatalogueError) as caught:
        one_plan({"renewal": {"windows": TWO_WINDOWS, "adjust": RULES[:1]}})
    assert [found.fix for found in caught.value.problems] == [
        "add `lengths: {months: […]}` beside `windows`, with all lengths that are offered"
    ]


def test_an_estimate_has_one_length() -> None:
    price = [{"from": "2020-01-01", "estimate": [{"code": "labour", "rate": "10.00", "quantity": "hours"}]}]
    options = {"hours": {"type": "integer", "actions": ["renew"]}}
    with pytest.raises(CatalogueError) as caught:
        made(price=price, options=options, quantity={"max": 1})
    assert any(found.what == "this renewal cannot be priced by an estimate" for found in caught.value.problems)


def test_lengths_are_in_force_with_their_version() -> None:
    plan = made().families["made"].plans["plan"]
    renewal = in_force(plan.renewal, date(2026, 1, 1))
    assert renewal and renewal.lengths and renewal.lengths.only == (12, 24, 36)


CUT_SHORT = [TWO_WINDOWS[0], {"id": "grace", "from_day": 1, "starts": "on_purchase", "ends": "with_next_term"}]


@pytest.mark.parametrize(
    ("months", "params", "said"),
    [
        (12, {"days": 355, "of": 365}, "1 user at $120.00, 355 of 365 days"),
        (24, {"days": 721, "of": 731, "terms": 2}, "1 user at $120.00, 2 periods, 721 of 731 days"),
        (18, {"share": "807/548"}, "1 user at $120.00, share 807/548"),
    ],
)
def test_of_several_terms_that_are_cut_short_a_line_says_how_many(
    months: int, params: dict[str, Any], said: str
) -> None:
    catalogue = one_plan({"renewal": {"lengths": {"min_months": 12}, "windows": CUT_SHORT}}, currency="CAD")
    found = answer(IN_TIME | {"on": "2026-04-11", "months": months}, catalogue)
    assert found["lines"][0]["params"] == params
    sheet: Any = present(found, words("en"))
    assert sheet["rows"][0]["detail"].replace("\u00a0", " ") == said
