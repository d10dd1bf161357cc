"""When the windows of one contract's renewal are open: to their own last day, or until the next term would be over."""

from bisect import bisect_left
from datetime import date, timedelta
from typing import NamedTuple

from calculator.periods import ONE_DAY, Length, term_from
from calculator.plan import Plan, Renewal, Window


class Opening(NamedTuple):
    """The days on which a renewal in the window is possible, both included; None: no bound."""

    window: Window
    first: date | None
    last: date | None


class Span(NamedTuple):
    """Days on end on which renewing is alike, both included; None: no bound.

    `window` is the one that takes the length that is asked for. Without one nothing can be renewed on these days or,
    where `longer`, what is asked for would be over by then and only a longer length or a later end can still be had.
    """

    window: Window | None
    first: date | None
    last: date | None
    longer: bool = False


def openings(
    plan: Plan, renewal: Renewal, expiry: date, anchor: date | None, length: Length | None = None
) -> tuple[Opening, ...]:
    """The windows that open at all, in the order of time; the first one always does.

    `length` is the one that is asked for. Without it a day counts if any length is possible on it, or any end.
    """
    found = []
    for window in renewal.windows:
        first, last = (None if day is None else expiry + timedelta(days=day)
                       for day in (window.from_day, window.until_day))  # fmt: skip
        over = _over(plan, renewal, window, expiry, anchor, length)
        if over and (last is None or over < last):
            last = over
        if first is None or last is None or first <= last:
            found.append(Opening(window, first, last))
    return tuple(found)


def spans(
    plan: Plan, renewal: Renewal, expiry: date, anchor: date | None, length: Length | None = None
) -> tuple[Span, ...]:
    """All days in the order of time, each in one span. Without a length, none is for a longer one."""
    own = {window.id: last for window, _, last in openings(plan, renewal, expiry, anchor, length)}
    found: list[Span] = []
    for window, first, last in openings(plan, renewal, expiry, anchor):
        if first and found and found[-1].last != first - ONE_DAY:
            found.append(Span(None, _after(found), first - ONE_DAY))
        if window.id in own:
            found.append(Span(window, first, own[window.id]))
            first = _after(found)
        if window.id not in own or (first and (last is None or first <= last)):
            found.append(Span(None, first, last, longer=True))
    return tuple(found) if found[-1].last is None else (*found, Span(None, _after(found), None))


def _after(found: list[Span]) -> date | None:
    """The day after the last span; None where that has no end."""
    last = found[-1].last
    return last and last + ONE_DAY


def length_asked(plan: Plan, renewal: Renewal, months: int | None) -> Length | None:
    """The length of a renewal that asks for so many months, or for none."""
    if not plan.term or (months and plan.term.months):
        return Length(months=months) if months else None
    return renewal.usual(plan.term)


def shortest_to(plan: Plan, renewal: Renewal, expiry: date, anchor: date | None, day: date) -> int | None:
    """The shortest length on offer, in months, with which the next term still covers `day`; None where none does."""
    lengths = renewal.lengths
    if not lengths or not plan.term or not plan.term.months:
        return None
    keep = plan.proration.keep_month_end
    offered = lengths.all
    at = bisect_left(offered, day, key=lambda months: term_from(expiry + ONE_DAY, Length(months), anchor, keep).end)
    return offered[at] if at < len(offered) else None


def _over(
    plan: Plan, renewal: Renewal, window: Window, expiry: date, anchor: date | None, length: Length | None
) -> date | None:
    """The last day on which the term that the window gives still has a day to come; None where it always has."""
    lengths = [length] if length else _any(plan, renewal, window)
    if not lengths or (window.starts != "after_expiry" and window.ends == "full_term"):
        return None
    keep = plan.proration.keep_month_end
    end = max(term_from(expiry + ONE_DAY, held, anchor, keep).end for held in lengths)
    # paid in the month of that end, a term that begins with a month would begin after it
    return end.replace(day=1) - ONE_DAY if window.starts == "next_month" else end


def _any(plan: Plan, renewal: Renewal, window: Window) -> list[Length]:
    """The lengths that a renewal in the window can have; none where it can be as long as one likes."""
    ends_anywhere = window.align_months and window.starts != "after_expiry"
    if not plan.term or ends_anywhere or (renewal.lengths and not renewal.lengths.only):
        return []
    months = [*(renewal.lengths.only if renewal.lengths else ()), *filter(None, [window.align_months])]
    return [renewal.usual(plan.term), *(Length(months=number) for number in months)]
