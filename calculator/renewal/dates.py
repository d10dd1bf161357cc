"""Dates to remember: notices of a term, and the days on which the current one's rules change."""

from datetime import date, timedelta

from calculator.errors import Json
from calculator.periods import ONE_DAY, Term, add_months, first_of_next_month, term_from
from calculator.plan import Window, in_force
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


def _is_renewed_on(day: date, request: Request, window: Window) -> bool:
    """Whether a renewal is possible on the last day of its window: not where the next term is over by then."""
    length = request.plan.term
    if not request.expiry or not length or (window.starts != "after_expiry" and window.ends != "with_next_term"):
        return True
    following = term_from(request.expiry + ONE_DAY, length, request.anchor, request.plan.proration.keep_month_end)
    return (first_of_next_month(day) if window.starts == "next_month" else day) <= following.end


def deadlines(request: Request) -> list[dict[str, Json]]:
    """The days, `on` or later, on which the current term's rules change; soonest first.

    A day is `final` where a renewal is possible on it, and on no later one.
    """
    if not request.expiry:
        return []
    found: list[dict[str, Json]] = []
    renewal = in_force(request.plan.renewal, request.on)
    for window in renewal.windows if renewal else ():
        if window.until_day is not None:
            day = request.expiry + timedelta(days=window.until_day)
            if window.kind in ("early", "late"):
                found.append({"code": "last_day_of_window", "date": day.isoformat(), "window": window.id})
            else:
                code = "last_day_on_time" if window.kind == "on_time" else "last_day_of_grace"
                found.append({"code": code, "date": day.isoformat()})
            if renewal and window is renewal.windows[-1] and _is_renewed_on(day, request, window):
                found[-1]["final"] = True  # Nothing can be renewed after it.
    if renewal and renewal.billed_months_before is not None:
        day = add_months(request.expiry, -renewal.billed_months_before)
        found.append({"code": "auto_renewal_billing", "date": day.isoformat()})
    if request.plan.horizon_months:
        day = add_months(request.on, request.plan.horizon_months) - ONE_DAY
        found.append({"code": "extension_limit", "date": day.isoformat()})
    ahead = [entry for entry in found if str(entry["date"]) >= request.on.isoformat()]
    return sorted(ahead, key=lambda entry: (str(entry["date"]), str(entry["code"])))
