"""Reads what each action of a plan does: first purchase, renewal and its windows, extension, addition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from calculator.periods import Length
from calculator.plan.cursor import Cursor, meant
from calculator.plan.lengths import LONGEST, read_lengths
from calculator.plan.prices import Scope, in_order, read_adjustments, read_condition, read_price
from calculator.plan.records import (
    Addition,
    Adjustment,
    Buy,
    BuyTerm,
    Condition,
    Credit,
    Dated,
    Extension,
    Renewal,
)  # fmt: skip
from calculator.plan.windows import only, read_windows

BUY_STARTS = ("on_purchase", "next_month")


def read_length(cursor: Cursor) -> Length:
    """`{months: n}` or `{days: n}`."""
    if not isinstance(cursor.value, dict):
        said = f"`{cursor.value}`" if isinstance(cursor.value, int | str) else "this"
        cursor.problem(f"{said} does not say a length in months or in days", "it is a key, a colon and a whole number",
                       "write `{months: 12}` or `{days: 30}`", expected="length")  # fmt: skip
        return Length(months=12)
    length = cursor.mapping((), ("months", "days"))
    if length.has("months") == length.has("days"):
        length.problem("a length is in months or in days", "one of the two must say how long a term is",
                       "write `months: 12` or `days: 30`")  # fmt: skip
    if length.has("days"):
        return Length(days=length.at("days").integer(1, 3660))
    return Length(months=length.get("months", lambda c: c.integer(1, 1200), 12))


def read_dated[T: Dated](cursor: Cursor, read: Callable[[Cursor, date], T]) -> tuple[T, ...]:
    """One version of a section, in force always, or a list of versions that each say `from` when."""
    if not isinstance(cursor.value, list | tuple):
        if cursor.has("from"):
            cursor.problem("a section that is written once has no `from`", "it would apply on every day all the same",
                           "make it a list of versions, `- from: …`", at=("from",))  # fmt: skip
        return (read(cursor, date.min),)
    versions = []
    for item in cursor.items():
        if not item.has("from"):
            item.problem("`from` is missing", "each version of a rule has a first day", "add `from: 2026-01-01`")
        versions.append(read(item, item.get("from", Cursor.day, date.min)))
    in_order(cursor, versions)
    return tuple(versions)


def read_buy(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Buy:
    """`buy`: when the first term starts, how long it is, its price if not the plan's, and credits."""
    buy = cursor.mapping((), ("from", "starts", "terms", "price", "credits", "adjust"))
    clause = f"{plan_id}.buy"
    return Buy(
        since,
        buy.get("starts", lambda c: c.word(BUY_STARTS), "on_purchase"),
        buy.get("terms", lambda c: _read_terms(c, scope), ()),
        buy.get("price", lambda c: read_price(c, scope), ()),
        buy.each("credits", lambda c: _read_credit(c, scope, clause)),
        buy.get("adjust", lambda c: read_adjustments(c, scope, clause, late=False), ()),
    )


def _read_terms(cursor: Cursor, scope: Scope) -> tuple[BuyTerm, ...]:
    terms = []
    items = list(cursor.items())
    for index, item in enumerate(items):
        entry = item.mapping((), ("when", "months", "days"))
        when: Condition = entry.get("when", lambda c: read_condition(c, scope), {})
        if (index == len(items) - 1) != (not when):
            entry.problem("the terms do not cover every answer once", "the first whose `when` fits applies",
                          "leave `when` out of the last term, and only there")  # fmt: skip
        lengths = {key: value for key, value in entry.value.items() if key != "when"}  # type: ignore[attr-defined]
        terms.append(BuyTerm(when, read_length(Cursor(lengths, entry.path, entry.problems))))
    return tuple(terms)


def _read_credit(cursor: Cursor, scope: Scope, clause: str) -> Credit:
    credit = cursor.mapping(("code", "plan", "paid_on", "within_days"))
    code = credit.get("code", Cursor.text, "")
    option = credit.get("paid_on", Cursor.text, "")
    if option and option not in scope.options:
        credit.problem(f"the plan has no option `{option}`", "the customer must be asked for the day",
                       meant(option, scope.options, "declare it under the plan's `options`"),
                       at=("paid_on",))  # fmt: skip
    days = credit.get("within_days", lambda c: c.integer(0, 3660), 0)
    return Credit(code, f"{clause}.credits.{code}", credit.get("plan", Cursor.text, ""), option, days)


def read_extension(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Extension:
    """`extension`: whole months, at the term's price / its months."""
    section = _part(cursor, "by_month", "max_months")
    most = section.get("max_months", lambda c: c.integer(1, LONGEST), None)
    return Extension(since, _adjust(section, scope, f"{plan_id}.extension"), most)


def read_addition(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Addition:
    """`addition`: more units until the expiry, by the plan's proration."""
    return Addition(since, _adjust(_part(cursor, "by_day"), scope, f"{plan_id}.addition"))


def _part(cursor: Cursor, billed: str, *own: str) -> Cursor:
    """A section that prices a part of a term, billed in one way only."""
    section = cursor.mapping(("billed",), ("from", "adjust", *own))
    section.get("billed", lambda c: c.word((billed,)), "")
    return section


def _adjust(section: Cursor, scope: Scope, clause: str) -> tuple[Adjustment, ...]:
    return section.get("adjust", lambda c: read_adjustments(c, scope, clause, late=False), ())


def read_renewal(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Renewal:
    """`renewal`: the windows around the expiry, and what holds in all of them."""
    section = cursor.mapping(("windows",), ("from", "lengths", "automatic", "adjust"))
    clause = f"{plan_id}.renewal"
    renewal = Renewal(
        since,
        (),
        section.get("lengths", read_lengths, None),
        section.get("automatic", lambda c: only(c, "billed_months_before", 0, 120), None),
        section.get("adjust", lambda c: read_adjustments(c, scope, clause), ()),
    )
    before = tuple(adjustment.code for adjustment in renewal.adjust)
    if not section.has("windows"):
        return renewal
    return replace(renewal, windows=read_windows(section.at("windows"), scope, clause, before))
