"""Dates to remember: notices of a term, and the days on which the current one's rules change."""

from datetime import timedelta

from calculator.errors import Json
from calculator.periods import ONE_DAY, Term, add_months
from calculator.plan import in_force
from calculator.renewal.openings import openings
from calculator.request import Request


def notices(request: Request, term: Term | None) -> list[dict[str, Json]]:
    """The reminders of a term, soonest first: `days_before` its last covered day, but not before its first day."""
    if not term:
        return []
    found: list[tuple[str, int]] = []
    for notice in request.plan.notices:
        if notice.min_term_months and add_months(term.start, notice.min_term_months) - ONE_DAY > term.end:
            continue
        day = max(term.end - timedelta(days=notice.days_before), term.start)
        found.append((day.isoformat(), notice.days_before))
    found.sort(key=lambda entry: (entry[0], -entry[1]))
    return [{"code": "reminder", "date": day, "days_before": days} for day, days in found]


_LAST_DAYS = {"on_time": "last_day_on_time", "grace": "last_day_of_grace"}


def deadlines(request: Request) -> list[dict[str, Json]]:
    """The days, `on` or later, on which the current term's rules change; soonest first.

    A day is `final` where a renewal is possible on it, and on no later one.
    """
    if not request.expiry:
        return []
    found: list[dict[str, Json]] = []
    renewal = in_force(request.plan.renewal, request.on)
    opened = openings(request.plan, renewal, request.expiry, request.anchor) if renewal else ()
    for window, _, last in opened:
        if last is None:
            continue
        found.append({"code": _LAST_DAYS.get(window.kind, "last_day_of_window"), "date": last.isoformat()})
        if window.kind not in _LAST_DAYS:
            found[-1]["window"] = window.id
        if window is opened[-1].window:
            found[-1]["final"] = True  # Nothing can be renewed after it.
    if renewal and renewal.billed_months_before is not None:
        day = add_months(request.expiry, -renewal.billed_months_before)
        found.append({"code": "auto_renewal_billing", "date": day.isoformat()})
    if request.plan.horizon_months:
        day = add_months(request.on, request.plan.horizon_months) - ONE_DAY
        found.append({"code": "extension_limit", "date": day.isoformat()})
    ahead = [entry for entry in found if str(entry["date"]) >= request.on.isoformat()]
    return sorted(ahead, key=lambda entry: (str(entry["date"]), str(entry["code"])))
