"""Dates and terms: month arithmetic from an anchor, day counts, and the share of a term that a part of it makes.

Dates have no clock and no time zone. A term is inclusive at both ends: 12 months from 2026-01-01 end on 2026-12-31.
"""

import re
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ONE_DAY = timedelta(days=1)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days from `start` to `end`, both covered."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days are covered."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Length:
    """How long a term is: whole months, or else days."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Proration:
    """A declared convention for the price of a part of a term.

    `basis` is `actual_days` (covered days / days of the full term), `days_365` (a year has 365 days), `months_30`
    (every month has 30), `whole_months` (a month begun is a month) or `months_and_days` (whole months, then days of
    the month that follows). `round_factor` rounds the share half up to so many digits, None keeps it exact.
    `keep_month_end` lets months that start on a month's last day go from last day to last day.
    """

    basis: str = "actual_days"
    round_factor: int | None = None
    keep_month_end: bool = False


def parse_date(text: str) -> date | None:
    """Read `YYYY-MM-DD`; None when it is written otherwise or does not exist."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def add_months(day: date, months: int, keep_month_end: bool = False) -> date:
    """The same day of the month, `months` later (or earlier), clamped to the month's length.

    Always one jump from `day`, never a chain: 31 January plus two months is 31 March. With `keep_month_end` the last
    day of a month leads to the last day of a month.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = _days_in_month(year, month + 1)
    at_month_end = keep_month_end and day.day == _days_in_month(day.year, day.month)
    return date(year, month + 1, last if at_month_end else min(day.day, last))


def _months_since(anchor: date, day: date, keep_month_end: bool) -> int | None:
    """How many months after `anchor` the terms counted from it start on `day`; None when none does."""
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    return months if add_months(anchor, months, keep_month_end) == day else None


def term_from(start: date, length: Length, anchor: date | None, keep_month_end: bool) -> Term:
    """The term of `length` that starts on `start` (included).

    With an `anchor` whose count of months falls on `start`, the end is counted from the anchor, so that a contract
    begun on 29 February returns to that day in leap years. A start off that count begins a count of its own.
    """
    if length.days:
        return Term(start, start + timedelta(days=length.days - 1))
    since = None if anchor is None else _months_since(anchor, start, keep_month_end)
    if anchor is None or since is None:
        anchor, since = start, 0
    return Term(start, add_months(anchor, since + length.months, keep_month_end) - ONE_DAY)


def term_ending(end: date, length: Length, anchor: date | None, keep_month_end: bool) -> Term:
    """The term of `length` whose last covered day is `end`."""
    following = end + ONE_DAY
    if length.days:
        return Term(following - timedelta(days=length.days), end)
    since = None if anchor is None else _months_since(anchor, following, keep_month_end)
    if anchor is None or since is None:
        anchor, since = following, 0
    return Term(add_months(anchor, since - length.months, keep_month_end), end)


def first_of_next_month(day: date) -> date:
    """The first day of the month after the one `day` is in, also when `day` is itself a first."""
    return add_months(day.replace(day=1), 1)


def _month_of_the_end(part: Term, keep_month_end: bool) -> tuple[int, date]:
    """The month, counted from the start of `part`, that its last day is in: how many went before, and its first day."""
    months = (part.end.year - part.start.year) * 12 + part.end.month - part.start.month
    if add_months(part.start, months, keep_month_end) > part.end:
        months -= 1
    return months, add_months(part.start, months, keep_month_end)


def _days_of_30_day_months(part: Term) -> int:
    """The days of `part` when every month counts 30 (30E/360: a 31st counts as a 30th)."""
    after = part.end + ONE_DAY
    months = (after.year - part.start.year) * 12 + after.month - part.start.month
    return months * 30 + min(after.day, 30) - min(part.start.day, 30)


def _months(part: Term, convention: Proration) -> Fraction:
    """The length of `part` in months, by a convention that counts months."""
    if convention.basis == "months_30":
        return Fraction(_days_of_30_day_months(part), 30)
    months, begun = _month_of_the_end(part, convention.keep_month_end)
    if convention.basis == "whole_months":
        return Fraction(months + 1)
    following = add_months(part.start, months + 1, convention.keep_month_end)
    return months + Fraction((part.end - begun).days + 1, (following - begun).days)


def share(part: Term, full: Term, length: Length, convention: Proration) -> Fraction:
    """The share of the price of the term `full` (which is `length` long) that `part` costs.

    `actual_days` is the rule of all plans that declare nothing else: covered days / days of the full
    term, so 366 where that term holds a 29 February.
    """
    if convention.basis == "actual_days":
        exact = Fraction(part.days, full.days)
    elif convention.basis == "days_365":
        exact = Fraction(part.days * 12, 365 * length.months)
    else:
        exact = _months(part, convention) / length.months
    if convention.round_factor is None:
        return exact
    scale = 10**convention.round_factor
    return Fraction((2 * exact.numerator * scale + exact.denominator) // (2 * exact.denominator), scale)


def share_over_terms(part: Term, length: Length, convention: Proration, anchor: date | None = None) -> Fraction:
    """The price of `part` as a multiple of one term's price: whole terms from its start, then a share of the next.

    The terms are counted from the anchor when one of them starts with `part`, else from the start of `part`.
    """
    whole, start, keep = 0, part.start, convention.keep_month_end
    counted_from = anchor if anchor and _months_since(anchor, start, keep) is not None else start
    while True:
        full = term_from(start, length, counted_from, keep)
        if full.end > part.end:  # a part that ends with a term has no day of the next one, and no day costs nothing
            return whole + share(Term(start, part.end), full, length, convention)
        whole, start = whole + 1, full.end + ONE_DAY


@dataclass(frozen=True, slots=True)
class Missed:
    """Time without cover: the multiple of one term's price that it would have cost, and its days."""

    share: Fraction
    days: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What one line prices: a share of the term's price, under the line's code, with the figures that explain it."""

    code: str
    share: Fraction
    params: dict[str, int | str]


def of_a_year(covers: Sequence[Cover], length: Length) -> Cover:
    """The time that covers price, as a share of a year; `length` is that of the term whose price they are shares of.

    A month is a twelfth of a year, a day of a term in days 1/365 of it. The params are `months`, or `days` `of` a term
    of so many `months` (left out: of a year), or else the exact `share`, as where the plan rounds it.
    """
    terms = sum((cover.share for cover in covers), Fraction(0))
    years = terms * (Fraction(length.months, 12) if length.months else Fraction(length.days, 365))
    params = covers[0].params
    days, of = (None, None) if "factor" in params else (params.get("days"), params.get("of"))
    if length.days and (years * 365).denominator == 1:
        return Cover("", years, {"days": int(years * 365), "of": 365})
    if isinstance(days, int) and isinstance(of, int):
        months = years * 12 * of / days
        if months.denominator == 1:
            part: dict[str, int | str] = {"days": days, "of": of}
            return Cover("", years, part if months == 12 else {**part, "months": int(months)})
    if (years * 12).denominator == 1:
        return Cover("", years, {"months": int(years * 12)})
    return Cover("", years, {"share": str(years)})


def part_cover(code: str, part: Term, full: Term, length: Length, convention: Proration, terms: Fraction) -> Cover:
    """The cover of `part` of the term `full`, whose price is that of so many `terms`."""
    exact = share(part, full, length, convention)
    params: dict[str, int | str] = {"share": str(exact)}
    if convention.basis == "actual_days":
        params = {"days": part.days, "of": full.days}
    elif convention.basis == "days_365" and not length.months % 12:
        params = {"days": part.days, "of": 365 * length.months // 12}
    if convention.round_factor is not None:
        digits = convention.round_factor
        scaled = f"{exact.numerator * 10**digits // exact.denominator:0{digits + 1}d}"
        params["factor"] = f"{scaled[:-digits]}.{scaled[-digits:]}"
    if terms.denominator > 1:  # in neither days nor whole terms, so that the amount could be worked out from them
        params = {"share": str(exact * terms)}
    elif terms > 1:
        params["terms"] = int(terms)
    return Cover(code, exact * terms, params)
