"""The days on which what a request costs changes: ends of windows, and days before a dated price within one.

Decides after which days a table of prices needs another row; leaves prices to `quote`, and rows to those who show them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from calculator.periods import ONE_DAY
from calculator.plan import Catalogue
from calculator.quote import quote

AHEAD = timedelta(days=366)
"""How far after the asked day, or the last end, a stretch without an end is followed."""

type Data = Mapping[str, Any]


def answer_on(catalogue: Catalogue, request: Data, day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answer to the same request on another day, and the request that got it.

    An end date that is offered only until a window closes is left out after that.
    """
    sent = {**request, "on": day.isoformat()}
    answer = quote(catalogue, sent)
    if not answer["ok"] and "align_to" in sent:
        del sent["align_to"]
        answer = quote(catalogue, sent)
    return answer, sent


def last_days(catalogue: Catalogue, request: Data, on: date, ends: set[date]) -> set[date]:
    """The last days, `on` or later, of what the request costs: those of its windows (`ends`), and within each of them.

    A price that moves every day has no last day of its own.
    """
    ahead = sorted(day for day in ends if day >= on)
    found, first = set(ahead), on
    for last in [*ahead, max([on, *ahead]) + AHEAD]:
        found |= set(_within(catalogue, request, first, last))
        first = last + ONE_DAY
    return found


def _within(catalogue: Catalogue, request: Data, first: date, last: date) -> Iterator[date]:
    """The last days of the prices from `first` on that end before `last`."""
    while first < last:
        until = _until(catalogue, request, first)
        if until is None or until >= last:
            return
        if until == first and _until(catalogue, request, first + ONE_DAY) == first + ONE_DAY:
            return  # the price moves every day
        yield until
        first = until + ONE_DAY


def _until(catalogue: Catalogue, request: Data, day: date) -> date | None:
    """The last day of the price of a day; None where there is no price, or nothing known ends it."""
    answer, _ = answer_on(catalogue, request, day)
    return date.fromisoformat(answer["valid_until"]) if answer["ok"] and answer["valid_until"] else None
