"""Month arithmetic, anchors, terms, and the share that a part makes under each declared convention."""

from datetime import date
from fractions import Fraction

import pytest

from calculator.periods import (
    Length,
    Proration,
    Term,
    add_months,
    first_of_next_month,
    parse_date,
    part_cover,
    share,
    share_over_terms,
    term_ending,
    term_from,
)

YEAR, MONTH = Length(months=12), Length(months=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> Term:
    start, end = text.split("…")
    return Term(day(start), day(end))


@pytest.mark.parametrize(
    ("start", "months", "keep", "result"),
    [
        ("2026-01-31", 1, False, "2026-02-28"),
        ("2024-01-31", 1, False, "2024-02-29"),
        ("2026-01-31", 2, False, "2026-03-31"),
        ("2026-03-31", -1, False, "2026-02-28"),
        ("2024-02-29", 12, False, "2025-02-28"),
        ("2024-02-29", 48, False, "2028-02-29"),
        ("2026-12-15", 1, False, "2027-01-15"),
        ("2026-01-15", -1, False, "2025-12-15"),
        ("2026-02-28", 1, False, "2026-03-28"),
        ("2026-02-28", 1, True, "2026-03-31"),
        ("2024-02-28", 1, True, "2024-03-28"),
        ("2024-02-29", 12, True, "2025-02-28"),
        ("2025-02-28", 36, True, "2028-02-29"),
        ("2026-04-30", -2, True, "2026-02-28"),
        ("2026-01-30", 1, True, "2026-02-28"),
        ("1900-01-31", 1, False, "1900-02-28"),
        ("2000-01-31", 1, False, "2000-02-29"),
        ("2026-05-05", 0, True, "2026-05-05"),
    ],
)
def test_months(start: str, months: int, keep: bool, result: str) -> None:
    assert add_months(day(start), months, keep) == day(result)


@pytest.mark.parametrize(
    ("start", "length", "anchor", "keep", "end"),
    [
        ("2026-01-01", YEAR, None, False, "2026-12-31"),
        ("2026-01-31", MONTH, None, False, "2026-02-27"),
        ("2024-02-29", YEAR, None, False, "2025-02-27"),
        ("2026-02-01", Length(days=30), None, False, "2026-03-02"),
        ("2026-02-01", Length(days=1), None, False, "2026-02-01"),
        ("2026-02-28", MONTH, "2026-01-31", False, "2026-03-30"),
        ("2027-02-28", YEAR, "2024-02-29", False, "2028-02-28"),
        ("2027-02-28", YEAR, None, False, "2028-02-27"),
        ("2027-03-01", YEAR, "2024-02-29", False, "2028-02-29"),
        ("2026-02-28", MONTH, None, True, "2026-03-30"),
        ("2026-03-28", MONTH, "2026-02-28", True, "2026-04-27"),
        ("2026-03-31", MONTH, "2026-02-28", True, "2026-04-29"),
        ("2026-02-01", Length(days=30), "2026-01-01", True, "2026-03-02"),
    ],
)
def test_terms(start: str, length: Length, anchor: str | None, keep: bool, end: str) -> None:
    counted_from = day(anchor) if anchor else None
    assert term_from(day(start), length, counted_from, keep) == Term(day(start), day(end))


@pytest.mark.parametrize(
    ("end", "length", "anchor", "keep", "start"),
    [
        ("2026-12-31", YEAR, None, False, "2026-01-01"),
        ("2025-02-27", YEAR, None, False, "2024-02-28"),
        ("2025-02-27", YEAR, "2020-02-29", False, "2024-02-29"),
        ("2028-02-28", YEAR, "2024-02-29", False, "2027-02-28"),
        ("2026-03-30", MONTH, None, False, "2026-02-28"),
        ("2026-02-27", MONTH, None, False, "2026-01-28"),
        ("2026-02-27", MONTH, "2025-12-31", False, "2026-01-31"),
        ("2026-02-27", MONTH, None, True, "2026-01-31"),
        ("2026-03-01", Length(days=30), None, False, "2026-01-31"),
        ("2026-04-29", MONTH, "2026-02-28", True, "2026-03-31"),
        ("2026-04-27", MONTH, "2026-02-28", True, "2026-03-28"),
    ],
)
def test_terms_by_their_end(end: str, length: Length, anchor: str | None, keep: bool, start: str) -> None:
    counted_from = day(anchor) if anchor else None
    assert term_ending(day(end), length, counted_from, keep) == Term(day(start), day(end))


@pytest.mark.parametrize(
    ("year", "lengths"),
    [
        (2026, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
        (2028, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
    ],
)
def test_the_last_day_of_every_month(year: int, lengths: list[int]) -> None:
    ends = [add_months(date(year, 1, 31), months) for months in range(12)]
    assert ends == [date(year, month, last) for month, last in enumerate(lengths, 1)]
    kept = [add_months(date(year, 2, lengths[1]), months, keep_month_end=True) for months in range(-1, 11)]
    assert kept == ends


def test_the_day_counts_unless_the_month_s_end_is_asked_for() -> None:
    assert add_months(day("2026-02-28"), 1) == day("2026-03-28")


def test_first_of_next_month() -> None:
    assert [first_of_next_month(day(text)) for text in ("2026-01-01", "2026-01-31", "2026-12-31", "2024-02-29")] == [
        day("2026-02-01"), day("2026-02-01"), day("2027-01-01"), day("2024-03-01"),
    ]  # fmt: skip


def test_dates_are_written_in_one_way() -> None:
    assert parse_date("2024-02-29") == day("2024-02-29")
    for text in ("2023-02-29", "2024-2-29", "20240229", "2024-02-29 ", "٢٠٢٤-02-29", "0000-01-01"):
        assert parse_date(text) is None


@pytest.mark.parametrize(
    ("basis", "part", "full", "expected"),
    [
        ("actual_days", "2026-04-10…2027-03-31", "2026-04-01…2027-03-31", Fraction(356, 365)),
        ("actual_days", "2027-04-10…2028-03-31", "2027-04-01…2028-03-31", Fraction(357, 366)),
        ("days_365", "2027-04-10…2028-03-31", "2027-04-01…2028-03-31", Fraction(357, 365)),
        ("days_365", "2027-04-01…2028-03-31", "2027-04-01…2028-03-31", Fraction(366, 365)),
        ("months_30", "2026-04-10…2027-03-31", "2026-04-01…2027-03-31", Fraction(351, 360)),
        ("months_30", "2026-02-01…2026-02-28", "2026-01-01…2026-12-31", Fraction(1, 12)),
        ("months_30", "2026-01-31…2026-01-31", "2026-01-01…2026-12-31", Fraction(1, 360)),
        ("months_30", "2026-01-01…2026-01-30", "2026-01-01…2026-12-31", Fraction(29, 360)),
        ("months_30", "2026-01-01…2026-01-31", "2026-01-01…2026-12-31", Fraction(30, 360)),
        ("months_30", "2026-01-31…2026-03-30", "2026-01-01…2026-12-31", Fraction(60, 360)),
        ("whole_months", "2026-04-10…2027-03-31", "2026-04-01…2027-03-31", Fraction(1)),
        ("whole_months", "2027-03-01…2027-03-31", "2026-04-01…2027-03-31", Fraction(1, 12)),
        ("whole_months", "2027-02-28…2027-03-31", "2026-04-01…2027-03-31", Fraction(2, 12)),
        ("months_and_days", "2026-04-10…2027-03-31", "2026-04-01…2027-03-31", (11 + Fraction(22, 31)) / 12),
        ("months_and_days", "2027-03-31…2027-03-31", "2026-04-01…2027-03-31", Fraction(1, 30 * 12)),
    ],
)
def test_conventions(basis: str, part: str, full: str, expected: Fraction) -> None:
    assert share(span(part), span(full), YEAR, Proration(basis)) == expected


@pytest.mark.parametrize(
    ("basis", "part", "kept", "by_day"),
    [
        ("whole_months", "2026-02-28…2026-03-30", Fraction(1), Fraction(2)),
        ("whole_months", "2026-02-28…2026-03-31", Fraction(2), Fraction(2)),
        ("months_and_days", "2026-02-28…2026-03-30", Fraction(1), 1 + Fraction(3, 31)),
        ("months_and_days", "2026-02-28…2026-04-29", Fraction(2), 2 + Fraction(2, 30)),
        ("months_and_days", "2026-02-28…2026-04-30", 2 + Fraction(1, 31), 2 + Fraction(3, 30)),
        ("months_and_days", "2026-02-28…2026-03-27", Fraction(28, 31), Fraction(1)),
        ("months_and_days", "2026-02-28…2026-02-28", Fraction(1, 31), Fraction(1, 28)),
    ],
)
def test_months_that_go_from_last_day_to_last_day(basis: str, part: str, kept: Fraction, by_day: Fraction) -> None:
    full = span("2026-01-01…2026-12-31")
    assert share(span(part), full, YEAR, Proration(basis, keep_month_end=True)) == kept / 12
    assert share(span(part), full, YEAR, Proration(basis)) == by_day / 12


@pytest.mark.parametrize(
    ("digits", "expected"), [(1, Fraction(10, 10)), (2, Fraction(98, 100)), (9, Fraction(975342466, 10**9))]
)
def test_rounded_factors(digits: int, expected: Fraction) -> None:
    part, full = span("2026-04-10…2027-03-31"), span("2026-04-01…2027-03-31")
    assert share(part, full, YEAR, Proration(round_factor=digits)) == expected


def test_months_are_counted_over_several_years() -> None:
    """A term of 36 months from 2026-01-01, of which 2026-12-10 to 2028-12-20 are 24 months and 11 days of 31."""
    part, full, three = span("2026-12-10…2028-12-20"), span("2026-01-01…2028-12-31"), Length(months=36)
    assert share(part, full, three, Proration("months_and_days")) == (24 + Fraction(11, 31)) / 36
    assert share(part, full, three, Proration("whole_months")) == Fraction(25, 36)
    assert share(part, full, three, Proration("months_30")) == Fraction(24 * 30 + 11, 36 * 30)


def test_a_tie_of_the_factor_is_rounded_up() -> None:
    week = Length(days=8)
    assert share(
        span("2026-01-01…2026-01-01"), span("2026-01-01…2026-01-08"), week, Proration(round_factor=2)
    ) == Fraction(13, 100)


def test_several_terms_are_counted_from_the_first_day() -> None:
    # From 31 January: to 27 February, to 30 March, to 29 April; a chain of jumps would drift to the 27th.
    part = span("2026-01-31…2026-03-30")
    assert share_over_terms(part, MONTH, Proration()) == 2
    assert share_over_terms(span("2026-01-31…2026-03-31"), MONTH, Proration()) == 2 + Fraction(1, 30)
    anchored = share_over_terms(span("2026-02-28…2026-03-31"), MONTH, Proration(), day("2026-01-31"))
    assert anchored == 1 + Fraction(1, 30)


@pytest.mark.parametrize("basis", ["actual_days", "days_365", "months_30", "whole_months", "months_and_days"])
def test_whole_terms_cost_whole_prices_under_every_convention(basis: str) -> None:
    """Also where a term has 366 days of a year of 365, and where the months of one are counted as 30 days."""
    for keep in (False, True):
        convention = Proration(basis, keep_month_end=keep)
        assert share_over_terms(span("2027-03-15…2028-03-14"), YEAR, convention) == 1
        assert share_over_terms(span("2027-03-15…2029-03-14"), YEAR, convention) == 2
        assert share_over_terms(span("2026-01-31…2026-02-27"), MONTH, convention) == 1


@pytest.mark.parametrize(
    ("convention", "length", "params"),
    [
        (Proration(), YEAR, {"days": 356, "of": 365, "terms": 2}),
        (Proration("days_365"), YEAR, {"days": 356, "of": 365, "terms": 2}),
        (Proration("days_365"), Length(months=24), {"days": 356, "of": 730, "terms": 2}),
        (Proration("days_365"), Length(months=3), {"share": "1424/365", "terms": 2}),
        (Proration("months_30"), YEAR, {"share": "39/40", "terms": 2}),
        (Proration(round_factor=4), YEAR, {"days": 356, "of": 365, "factor": "0.9753", "terms": 2}),
    ],
)
def test_figures_that_explain_a_share(convention: Proration, length: Length, params: dict[str, object]) -> None:
    full = span("2026-04-01…2027-03-31")
    cover = part_cover("prorated_price", span("2026-04-10…2027-03-31"), full, length, convention, Fraction(2))
    assert repr(cover.params) == repr(params)  # whole numbers stay whole
    assert cover.share == 2 * share(span("2026-04-10…2027-03-31"), full, length, convention)
