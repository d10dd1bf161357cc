"""Who is to be written to on a day, and why: what the contract's status says about notices and the grace period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

DEFAULT_NOTICES: Final = (90, 30)
"""Days before expiry for plans that name none."""

DEFAULT_GRACE_DAYS: Final = 10
"""How many days before the last day of grace its running out is said."""

REMINDER, GRACE = "reminder", "grace"


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that is due. `notice` is the same on every day on which it would be; `last` is the last day of grace."""

    kind: str
    notice: str
    expiry: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class NotDue:
    """No mail on that day: `outcome` is a word of the report."""

    outcome: str
    detail: str


def judge(status: Mapping[str, Any], expiry: str, notices: Sequence[int], grace_days: int) -> Due | NotDue:
    """Whether a mail is due on the status's day.

    A notice is due from its own day until the next one's, so that a day on which no campaign runs loses nothing; of
    several that have passed only the last one is sent.
    """
    on = date.fromisoformat(status["on"])
    if on <= date.fromisoformat(expiry):
        return _reminder(status, on, expiry, notices)
    last = next((entry["date"] for entry in status["deadlines"] if entry["code"] == "last_day_of_grace"), None)
    if status["window"] != "grace" or last is None:
        return NotDue("expired", f"ended on {expiry}, past any grace period")
    starts = date.fromisoformat(last) - timedelta(days=grace_days)
    if on < starts:
        return NotDue("not due", f"grace until {last}; due from {starts.isoformat()}")
    return Due(GRACE, GRACE, expiry, last)


def _reminder(status: Mapping[str, Any], on: date, expiry: str, notices: Sequence[int]) -> Due | NotDue:
    planned = [(date.fromisoformat(entry["date"]), entry["days_before"]) for entry in status["notices"]]
    if not planned:
        end = date.fromisoformat(expiry)
        planned = sorted((end - timedelta(days=days), days) for days in notices)
    passed = [days for day, days in planned if day <= on]
    if not passed:
        first = planned[0][0].isoformat() if planned else "never"
        return NotDue("not due", f"due from {first}")
    return Due(REMINDER, f"{REMINDER}-{passed[-1]}", expiry)
