"""Reads what each action of a plan does: first purchase, renewal and its windows, extension, addition."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from calculator.errors import Path
from calculator.periods import Length
from calculator.plan.cursor import Cursor
from calculator.plan.prices import Scope, in_order, read_adjustments, read_condition, read_price
from calculator.plan.records import (
    Addition,
    Adjustment,
    Buy,
    BuyTerm,
    Carries,
    Condition,
    Credit,
    Dated,
    Extension,
    Renewal,
    Window,
)  # fmt: skip

_WINDOW_NAME = re.compile("on_time|grace|late|late_[a-z0-9_]+")
BUY_STARTS = ("on_purchase", "next_month")
RENEWAL_STARTS = ("after_expiry", "on_purchase", "next_month")
ENDS = ("full_term", "with_next_term")


def read_length(cursor: Cursor) -> Length:
    """`{months: n}` or `{days: n}`."""
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
                       "declare it under the plan's `options`", at=("paid_on",))  # fmt: skip
    days = credit.get("within_days", lambda c: c.integer(0, 3660), 0)
    return Credit(code, f"{clause}.credits.{code}", credit.get("plan", Cursor.text, ""), option, days)


def read_extension(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Extension:
    """`extension`: whole months, at the term's price / its months."""
    return Extension(since, _read_part(cursor, "by_month", scope, f"{plan_id}.extension"))


def read_addition(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Addition:
    """`addition`: more units until the expiry, by the plan's proration."""
    return Addition(since, _read_part(cursor, "by_day", scope, f"{plan_id}.addition"))


def _read_part(cursor: Cursor, billed: str, scope: Scope, clause: str) -> tuple[Adjustment, ...]:
    """The adjustments of a section that prices a part of a term, billed in one way only."""
    section = cursor.mapping(("billed",), ("from", "adjust"))
    section.get("billed", lambda c: c.word((billed,)), "")
    return section.get("adjust", lambda c: read_adjustments(c, scope, clause, late=False), ())


def read_renewal(cursor: Cursor, since: date, scope: Scope, plan_id: str) -> Renewal:
    """`renewal`: the windows around the expiry, and what holds in all of them."""
    section = cursor.mapping(("windows",), ("from", "lengths", "automatic", "adjust"))
    clause = f"{plan_id}.renewal"
    renewal = Renewal(
        since,
        (),
        section.get("lengths", lambda c: _only(c, "min_months", 1, 1200), None),
        section.get("automatic", lambda c: _only(c, "billed_months_before", 0, 120), None),
        section.get("adjust", lambda c: read_adjustments(c, scope, clause), ()),
    )
    before = tuple(adjustment.code for adjustment in renewal.adjust)
    if not section.has("windows"):
        return renewal
    told = len(section.problems)
    windows = tuple(_read_window(item, scope, clause, before) for item in section.at("windows").items())
    if not any(problem.expected == "integer" for problem in section.problems[told:]):
        _check_tiling(section.at("windows"), windows)  # a stand-in for a wrong day would leave a gap
    return replace(renewal, windows=windows)


def _only(cursor: Cursor, key: str, minimum: int, maximum: int) -> int:
    return cursor.mapping((key,)).get(key, lambda c: c.integer(minimum, maximum), minimum)


def _read_window(cursor: Cursor, scope: Scope, clause: str, before: tuple[str, ...]) -> Window:
    keys = ("from_day", "until_day", "ends", "align", "carries", "adjust")
    window = cursor.mapping(("id", "starts"), keys)
    name = window.get("id", Cursor.text, "")
    if name and not _WINDOW_NAME.fullmatch(name):
        window.problem(f"`{name}` is not a window's name", "quotes and pages speak of windows by these names",
                       "write on_time, grace, late or late_…", at=("id",))  # fmt: skip
    own = f"{clause}.windows.{name}"
    return Window(
        name,
        own,
        window.get("from_day", lambda c: c.integer(-36_600, 36_600), None),
        window.get("until_day", lambda c: c.integer(-36_600, 36_600), None),
        window.get("starts", lambda c: c.word(RENEWAL_STARTS), "on_purchase"),
        window.get("ends", lambda c: c.word(ENDS), "full_term"),
        window.get("align", lambda c: _only(c, "max_months", 1, 120), None),
        window.get("carries", lambda c: _read_carries(c, scope), None),
        window.get("adjust", lambda c: read_adjustments(c, scope, own, before), ()),
    )


def _read_carries(cursor: Cursor, scope: Scope) -> Carries:
    carries = cursor.mapping(("usage", "step_minutes"))
    usage = carries.get("usage", Cursor.text, "")
    if usage and usage not in scope.options:
        carries.problem(f"the plan has no option `{usage}`", "the customer must be asked for the time used",
                        "declare it under the plan's `options`, with `type: minutes`", at=("usage",))  # fmt: skip
    return Carries(usage, carries.get("step_minutes", lambda c: c.integer(1, 1440), 1))


def _check_tiling(cursor: Cursor, windows: tuple[Window, ...]) -> None:
    """The windows must cover every day around the expiry once, in order."""
    why = "every day before and after the expiry must fall in exactly one window"
    names = [window.id for window in windows]
    for index, window in enumerate(windows):
        if window.id in names[:index]:
            cursor.problem(f"window `{window.id}` stands here twice", why, "rename or remove one", at=(index, "id"))
        if not index:
            if window.from_day is not None:
                cursor.problem(f"no window covers the days before day {window.from_day}", why,
                               "leave `from_day` out of the first window", at=(0, "from_day"))  # fmt: skip
            continue
        _check_joint(cursor, index, windows[index - 1], window, why)


def _check_joint(cursor: Cursor, index: int, before: Window, window: Window, why: str) -> None:
    if before.until_day is None:
        cursor.problem(f"`{before.id}` has no end, and `{window.id}` comes after it", why,
                       "give it an `until_day`", at=(index - 1,))  # fmt: skip
        return
    if before.until_day < 0:
        _tell_early(cursor, index, before, window)
        return
    due = before.until_day + 1
    if window.from_day is None:
        cursor.problem(f"`from_day` is missing in `{window.id}`", why, f"add `from_day: {due}`", at=(index,))
    elif window.from_day != due:
        days = f"day {due}" if window.from_day == due + 1 else f"days {due} to {window.from_day - 1}"
        what = f"no window covers {days}"
        if window.from_day < due:
            what = f"`{window.id}` overlaps `{before.id}`: day {window.from_day} is in both"
        fix = f"write `from_day: {due}` in `{window.id}`"
        if window.from_day > 0 and (before.from_day is None or before.from_day < window.from_day):
            fix += f", or `until_day: {window.from_day - 1}` in `{before.id}`"
        cursor.problem(what, why, fix, at=(index, "from_day"), expected="joint")
    if window.until_day is not None and window.from_day is not None and window.until_day < window.from_day:
        cursor.problem(f"`{window.id}` ends before it starts", why, "write an `until_day` after its `from_day`",
                       at=(index, "until_day"))  # fmt: skip


def _tell_early(cursor: Cursor, index: int, before: Window, window: Window) -> None:
    """A window after the first one would hold on the last covered day or earlier, when nobody is late yet."""
    at: Path = (index, "from_day") if window.from_day is not None else (index - 1, "until_day")
    cursor.problem(f"`{window.id}` begins on or before the last covered day, day 0",
                   "until then a renewal is on time; grace and late are the days after it",
                   f"write `from_day: 1` in `{window.id}`, and `until_day: 0` in `{before.id}`", at=at)  # fmt: skip
