"""The term that an action gives, and what of it is priced."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from calculator.errors import Json, Refusal, Refused
from calculator.periods import (
    ONE_DAY,
    Cover,
    Length,
    Missed,
    Term,
    add_months,
    first_of_next_month,
    part_cover,
    share_over_terms,
    term_ending,
    term_from,
)  # fmt: skip
from calculator.plan import Adjustment, Credit, Renewal, Window, in_force
from calculator.renewal.openings import shortest_to
from calculator.request import Request, chosen_months, first_length


@dataclass(frozen=True, slots=True)
class Offer:
    """What an action gives: its window and term, what is priced, and the rules that go with it.

    `rule` is the window of a renewal; `daily` says that the price depends on the very day of purchase; `missed` is the
    time without cover before it.
    """

    window: str
    clause: str
    term: Term | None
    covers: tuple[Cover, ...] = ()
    adjust: tuple[Adjustment, ...] = ()
    credits: tuple[Credit, ...] = ()
    rule: Window | None = None
    missed: Missed | None = None
    daily: bool = False


def window_at(renewal: Renewal, days_late: int) -> Window | None:
    """The window of that day (0: the expiry, 1: the first day after it); None past the last one's end."""
    return next((w for w in renewal.windows if w.until_day is None or days_late <= w.until_day), None)


def _dates(request: Request) -> tuple[date, Length]:
    """The expiry and the plan's term, which every request about a running contract has."""
    assert request.expiry is not None and request.plan.term is not None
    return request.expiry, request.plan.term


def current_term(request: Request) -> Term:
    """The plan's term whose last covered day is the expiry, counted from the anchor when that is given."""
    expiry, length = _dates(request)
    return term_ending(expiry, length, request.anchor, request.plan.proration.keep_month_end)


def offer(request: Request) -> Offer:
    """What the request's action gives. Raises Refused where the rules do not allow it on that day."""
    actions = {"buy": _buy, "renew": _renew, "extend": _extend, "add": _add, "status": _status}
    return actions[request.action](request)


def _not_yet(request: Request) -> Refused:
    return Refused(Refusal("action_not_offered", "on", {"date": request.on.isoformat()}))


def _running(request: Request) -> tuple[date, Length]:
    """The expiry and the term of a contract that still runs. Raises Refused after its last covered day."""
    expiry, length = _dates(request)
    if request.on > expiry:
        raise Refused(Refusal("contract_not_active", "on", {"expiry": expiry.isoformat()}))
    return expiry, length


def _refuse_alignment(request: Request) -> None:
    if request.align_to:
        raise Refused(Refusal("align_not_offered", "align_to"))


def _buy(request: Request) -> Offer:
    rule = in_force(request.plan.buy, request.on)
    if not rule:
        raise _not_yet(request)
    _refuse_alignment(request)
    start = first_of_next_month(request.on) if rule.starts == "next_month" else request.on
    length = first_length(request)
    term = term_from(start, length, request.anchor, request.plan.proration.keep_month_end) if length else None
    full = (Cover("price", Fraction(1), {}),)
    return Offer("new", f"{request.plan.id}.buy", term, full, rule.adjust, rule.credits)


def _status(request: Request) -> Offer:
    expiry, _ = _dates(request)
    _refuse_alignment(request)
    days_late = (request.on - expiry).days
    renewal = in_force(request.plan.renewal, request.on)
    window = window_at(renewal, days_late) if renewal else None
    name = window.id if window else ("on_time" if days_late <= 0 else "late")
    term = current_term(request)
    if request.anchor:  # A first term may be shorter than the plan's: nothing was covered before it began.
        term = Term(max(term.start, request.anchor), term.end)
    return Offer(name, window.clause if window else "", term)


def _extend(request: Request) -> Offer:
    expiry, length = _running(request)
    rule = in_force(request.plan.extension, request.on)
    if not rule:
        raise _not_yet(request)
    _refuse_alignment(request)
    months = request.months or 1
    added = Length(months=months)
    term = term_from(expiry + ONE_DAY, added, request.anchor, request.plan.proration.keep_month_end)
    _check_horizon(request, term, "months")
    cover = Cover("extension", Fraction(months, length.months), {"months": months, "of": length.months})
    return Offer("extension", f"{request.plan.id}.extension", term, (cover,), rule.adjust)


def _add(request: Request) -> Offer:
    expiry, length = _running(request)
    rule = in_force(request.plan.addition, request.on)
    if not rule:
        raise _not_yet(request)
    _refuse_alignment(request)
    term = Term(request.on, expiry)
    cover = part_cover("prorated_price", term, current_term(request), length, request.plan.proration, Fraction(1))
    return Offer("addition", f"{request.plan.id}.addition", term, (cover,), rule.adjust, daily=True)


def _check_horizon(request: Request, term: Term, field: str) -> None:
    """The last covered day is at most the day before (`on` + the horizon)."""
    if request.plan.horizon_months:
        latest = add_months(request.on, request.plan.horizon_months) - ONE_DAY
        if term.end > latest:
            raise Refused(Refusal("extension_over_limit", field, {"latest_end": latest.isoformat()}))


def _renew(request: Request) -> Offer:
    expiry, term_length = _dates(request)
    renewal = in_force(request.plan.renewal, request.on)
    if not renewal:
        raise _not_yet(request)
    window = window_at(renewal, (request.on - expiry).days)
    if not window:
        last = expiry + timedelta(days=renewal.windows[-1].until_day or 0)
        raise Refused(Refusal("too_late_to_renew", "on", {"last_day": last.isoformat()}))
    length = Length(months=chosen_months(request)) if term_length.months and not request.align_to else term_length
    start = _start(request, window, expiry)
    term, covers = _cover(request, renewal, window, start, length)
    if term.end < request.on:
        raise _over(request, renewal, window, term.end)
    _check_horizon(request, term, "align_to" if request.align_to else "months")
    missed = None
    adjust = (*renewal.adjust, *window.adjust)
    if start > expiry + ONE_DAY:
        missed = _missed(request, Term(expiry + ONE_DAY, start - ONE_DAY))
    moves = window.starts != "after_expiry"
    owed = any(rule.missed_percent is not None for rule in adjust)
    daily = moves and (owed or window.ends == "with_next_term" or request.align_to is not None)
    return Offer(window.id, window.clause, term, covers, adjust, rule=window, missed=missed, daily=daily)


def _start(request: Request, window: Window, expiry: date) -> date:
    if window.starts == "after_expiry":
        return expiry + ONE_DAY
    return request.on if window.starts == "on_purchase" else first_of_next_month(request.on)


def _missed(request: Request, gap: Term) -> Missed:
    _, length = _dates(request)
    return Missed(share_over_terms(gap, length, request.plan.proration, request.anchor), gap.days)


def _over(request: Request, renewal: Renewal, window: Window, end: date) -> Refused:
    """The refusal of a term that would be over, on `end`, when it is paid: it names what can still be had on that day.

    That is a longer length, or another end where one may be asked for; too late it is where there is neither.
    """
    expiry, _ = _dates(request)
    start = _start(request, window, expiry)
    to_cover = max(start, request.on)
    latest = _latest_end(request, window, start)
    longer = shortest_to(request.plan, renewal, expiry, request.anchor, to_cover)
    if longer and not request.align_to:
        return Refused(Refusal("length_too_short", "months", {"last_day": end.isoformat(), "min": longer}))
    if latest and latest >= to_cover:
        possible: dict[str, Json] = {"first": to_cover.isoformat(), "last": latest.isoformat()}
        return Refused(Refusal("align_out_of_range", "align_to", possible))
    if longer:
        return Refused(Refusal("align_not_offered", "align_to"))
    return Refused(Refusal("too_late_to_renew", "on", {"last_day": end.isoformat()}))


def _latest_end(request: Request, window: Window, start: date) -> date | None:
    """The last day on which a term from `start` may be asked to end; None where no end may be asked for."""
    if not window.align_months:
        return None
    keep = request.plan.proration.keep_month_end
    return term_from(start, Length(months=window.align_months), request.anchor, keep).end


def _cover(
    request: Request, renewal: Renewal, window: Window, start: date, length: Length
) -> tuple[Term, tuple[Cover, ...]]:
    """The new term and its priced parts: to the day asked, to the end of the term that would have come, or whole."""
    expiry, term_length = _dates(request)
    convention, anchor = request.plan.proration, request.anchor
    keep = convention.keep_month_end
    terms = Fraction(length.months, term_length.months) if length.months else Fraction(1)
    if request.align_to:
        return _aligned(request, renewal, window, start)
    if window.ends == "with_next_term":
        following = term_from(expiry + ONE_DAY, length, anchor, keep)
        if start > following.end:
            raise _over(request, renewal, window, following.end)
        term = Term(start, following.end)
        if term != following:
            return term, (part_cover("prorated_price", term, following, length, convention, terms),)
        return term, _whole(terms, length, term_length)
    return term_from(start, length, anchor, keep), _whole(terms, length, term_length)


def _whole(terms: Fraction, length: Length, term_length: Length) -> tuple[Cover, ...]:
    """Whole terms at the price, and further months at the price divided by the term's months."""
    whole = terms.numerator // terms.denominator
    rest = length.months % term_length.months if term_length.months else 0
    covers = [Cover("price", Fraction(whole), {"terms": whole} if whole > 1 else {})]
    if rest:
        share = Fraction(rest, term_length.months)
        covers.append(Cover("further_months", share, {"months": rest, "of": term_length.months}))
    return tuple(covers)


def _aligned(request: Request, renewal: Renewal, window: Window, start: date) -> tuple[Term, tuple[Cover, ...]]:
    """The term that ends on the day asked for, at most `align_months` long, priced as a share of the full term."""
    _, length = _dates(request)
    latest = _latest_end(request, window, start)
    if not latest or not request.align_to:
        raise Refused(Refusal("align_not_offered", "align_to"))
    keep = request.plan.proration.keep_month_end
    if not start <= request.align_to <= latest:
        raise _over(request, renewal, window, latest)
    term = Term(start, request.align_to)
    full = term_from(start, length, request.anchor, keep)
    if term == full:
        return term, (Cover("price", Fraction(1), {}),)
    if term.end < full.end:
        return term, (part_cover("prorated_price", term, full, length, request.plan.proration, Fraction(1)),)
    share = share_over_terms(term, length, request.plan.proration, request.anchor)
    return term, (Cover("prorated_price", share, {"days": term.days, "of": full.days}),)
