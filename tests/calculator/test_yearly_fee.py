"""A fee of a year and the part of it that a quote takes: by months, by days, by the plan's own convention."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.errors import CatalogueError
from calculator.wire import present
from site_builder.locales import load_all, locale_data
from tests.calculator.asking import TWO_WINDOWS, Answer, ask, one_plan

DAY = timedelta(days=1)


def yearly(amount: str = "20.00", **more: Any) -> dict[str, Any]:
    fee = [{"from": "1970-01-01", "amount": amount}]
    return {"code": "account", "fee": fee, "per": "quote", "prorated": True, **more}


def rules(months: int = 3, **more: Any) -> dict[str, Any]:
    """A plan whose every action has the fee."""
    fee = [yearly()]
    windows = [TWO_WINDOWS[0] | {"align": {"max_months": 24}}, TWO_WINDOWS[1] | {"ends": "with_next_term"}]
    return {
        "term": {"months": months}, "price": [{"from": "1970-01-01", "amount": "30.00"}], "buy": {"adjust": fee},
        "renewal": {"adjust": fee, "windows": windows}, "extension": {"billed": "by_month", "adjust": fee},
        "addition": {"billed": "by_day", "adjust": fee}, **more,
    }  # fmt: skip


def account(answer: Answer) -> tuple[str, dict[str, Any]]:
    """The fee of a quote, and how it was worked out."""
    line: dict[str, Any] = next(line for line in answer["lines"] if line["code"] == "account")
    return line["amount"], line["params"]


@pytest.mark.parametrize(("months", "amount"), [(1, "1.67"), (3, "5.00"), (6, "10.00"), (12, "20.00"), (24, "40.00")])
def test_a_term_takes_its_months(months: int, amount: str) -> None:
    given_quote = ask("made/plan", "buy", "2026-01-31", one_plan(rules(months)))
    assert account(given_quote) == (amount, {"yearly": "20.00", "months": months})
    assert given_quote["lines"][1]["unit_amount"] == "20.00"


def test_each_unit_pays_its_part() -> None:
    made = one_plan(rules(buy={"adjust": [yearly("12.50", per="unit")]}))
    assert account(ask("made/plan", "buy", "2026-01-31", made, quantity=7))[0] == "21.88"


def test_a_fee_beside_it_is_charged_whole() -> None:
    whole = {"code": "setup", "fee": [{"from": "1970-01-01", "amount": "8.00"}], "per": "quote"}
    given_quote = ask("made/plan", "buy", "2026-01-31", one_plan(rules(buy={"adjust": [yearly(), whole]})))
    line = given_quote["lines"][2]
    assert (line["amount"], line["params"], account(given_quote)[0]) == ("8.00", {}, "5.00")


def test_a_first_term_of_another_length_takes_its_own_part() -> None:
    made = one_plan(rules(buy={"adjust": [yearly()], "terms": [{"months": 9}]}))
    assert account(ask("made/plan", "buy", "2026-01-31", made)) == ("15.00", {"yearly": "20.00", "months": 9})


def test_terms_in_days_count_365_to_the_year() -> None:
    fee = [yearly()]
    made = one_plan(
        {"term": {"days": 73}, "buy": {"adjust": fee}, "addition": {"billed": "by_day", "adjust": fee}},
        other={"unit": "user", "price": [{"from": "1970-01-01", "amount": "30.00"}],
               "buy": {"adjust": fee, "terms": [{"days": 146}]}},
    )  # fmt: skip
    assert account(ask("made/plan", "buy", "2028-01-31", made)) == ("4.00", {"yearly": "20.00", "days": 73, "of": 365})
    assert account(ask("made/other", "buy", "2028-01-31", made))[0] == "8.00"
    part = ask("made/plan", "add", "2028-01-31", made, expiry="2028-02-09")
    assert account(part) == ("0.55", {"yearly": "20.00", "days": 10, "of": 365})


@pytest.mark.parametrize(("basis", "amount", "params"), [
    ("actual_days", "4.45", {"days": 81, "of": 91, "months": 3}),
    ("days_365", "4.44", {"share": "81/365"}),
    ("months_30", "4.44", {"share": "2/9"}),
    ("whole_months", "5.00", {"months": 3}),
    ("months_and_days", "4.44", {"share": "2/9"}),
])  # fmt: skip
def test_the_plan_s_convention_decides_what_a_part_is(basis: str, amount: str, params: dict[str, Any]) -> None:
    made = one_plan(rules(proration={"basis": basis}))
    given_quote = ask("made/plan", "renew", "2026-04-11", made, expiry="2026-03-31")
    assert account(given_quote) == (amount, {"yearly": "20.00", **params})
    price = Fraction(given_quote["lines"][0]["amount"])  # the same share of 30.00 as the fee is of 5.00
    assert abs(Fraction(amount) - price / 30 * 5) < Fraction(1, 100)


def test_an_end_to_choose_takes_its_part() -> None:
    made = one_plan(rules())
    shorter = ask("made/plan", "renew", "2026-03-20", made, expiry="2026-03-31", align_to="2026-05-15")
    assert account(shorter) == ("2.47", {"yearly": "20.00", "days": 45, "of": 91, "months": 3})
    longer = ask("made/plan", "renew", "2026-03-20", made, expiry="2026-03-31", align_to="2027-03-31")
    assert account(longer)[0] == "20.00"


@pytest.mark.parametrize(("lang", "whole", "part"), [
    ("fr", "20,00 EUR par an, 3 mois", "2 utilisateurs à 20,00 EUR par an, 45 jours sur les 91 de 3 mois"),
    ("en", "EUR 20.00 a year, 3 months", "2 users at EUR 20.00 a year, 45 of the 91 days of 3 months"),
    ("it", "20,00 EUR all’anno, 3 mesi", "2 utenti a 20,00 EUR all’anno, 45 giorni su 91 di 3 mesi"),
])  # fmt: skip
def test_the_line_says_the_year_and_the_part(lang: str, whole: str, part: str) -> None:
    words = locale_data(load_all()[lang], {})
    made = one_plan(rules(addition={"billed": "by_day", "adjust": [yearly(per="unit")]}))
    bought = ask("made/plan", "buy", "2026-01-01", made)
    added = ask("made/plan", "add", "2026-05-17", made, expiry="2026-06-30", quantity=2)
    sheets: list[Any] = [present(answer, words) for answer in (bought, added)]
    assert [" ".join(sheet["rows"][1]["detail"].split()) for sheet in sheets] == [whole, part]


@pytest.mark.parametrize(("plan", "what"), [
    ({"buy": {"adjust": [{"code": "x", "percent": "5", "prorated": True}]}}, "does not go with `percent`"),
    ({"renewal": {"windows": [TWO_WINDOWS[0], TWO_WINDOWS[1] | {
        "adjust": [{"code": "x", "missed_percent": "5", "prorated": True}]}]}}, "does not go with `missed_percent`"),
    ({"buy": {"adjust": [yearly(prorated="often")]}}, "neither true nor false"),
])  # fmt: skip
def test_only_a_fee_can_be_that_of_a_year(plan: dict[str, Any], what: str) -> None:
    with pytest.raises(CatalogueError, match=what):
        one_plan(plan)


firsts = st.dates(date(2021, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=min(day.day, 28)))
fees = st.integers(0, 99_999).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")


@given(firsts, st.sampled_from([1, 3, 6, 12, 24]), fees, st.sampled_from(["actual_days", "months_30"]), st.data())
def test_the_parts_of_a_term_come_to_its_fee(
    first: date, months: int, amount: str, basis: str, data: st.DataObject
) -> None:
    """A renewal up to a day and an addition from the next one on take together what the whole term takes, to a cent."""
    fee = [yearly(amount)]
    windows = [TWO_WINDOWS[0] | {"align": {"max_months": 24}}, TWO_WINDOWS[1]]
    made = one_plan({
        "term": {"months": months}, "proration": {"basis": basis}, "renewal": {"adjust": fee, "windows": windows},
        "addition": {"billed": "by_day", "adjust": fee},
    })  # fmt: skip
    asked = {"expiry": str(first - DAY)}
    whole = ask("made/plan", "renew", str(first - DAY), made, **asked)
    end = date.fromisoformat(str(whole["term"]["end"]))
    cut = first + data.draw(st.integers(1, (end - first).days)) * DAY
    begin = ask("made/plan", "renew", str(first - DAY), made, align_to=str(cut - DAY), **asked)
    rest = ask("made/plan", "add", str(cut), made, expiry=str(end))
    assert abs(Fraction(account(whole)[0]) - Fraction(amount) * months / 12) <= Fraction(1, 200)
    assert abs(sum(Decimal(account(part)[0]) for part in (begin, rest)) - Decimal(account(whole)[0])) <= Decimal("0.01")


@given(fees, st.sampled_from([1, 3, 12]), st.lists(st.integers(1, 24), min_size=1, max_size=6))
def test_months_that_are_added_one_after_another_come_to_the_fee_of_all(
    amount: str, term: int, parts: list[int]
) -> None:
    """Extensions by any months take a twelfth of the fee for each, to half a cent per quote."""
    made = one_plan({"term": {"months": term}, "extension": {"billed": "by_month", "adjust": [yearly(amount)]}})
    fields: dict[str, Any] = {"expiry": "2026-12-31"}
    paid = [account(ask("made/plan", "extend", "2026-06-01", made, months=months, **fields))[0] for months in parts]
    assert abs(sum(map(Fraction, paid)) - Fraction(amount) * sum(parts) / 12) <= Fraction(len(parts), 200)
