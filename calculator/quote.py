"""Ties terms, prices, taxes and dates into the answer of the contract, or refuses with every reason at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from calculator.errors import Json, Refusal, Refused
from calculator.money import add_up, amount_text
from calculator.periods import ONE_DAY, Cover, first_of_next_month, of_a_year
from calculator.plan import Catalogue, PriceRow, Reading
from calculator.pricing import (
    Line,
    TaxLine,
    adjustment_lines,
    check_credits,
    credit_lines,
    estimate_lines,
    price_lines,
    price_row,
    tax_lines,
    with_minimum,
)  # fmt: skip
from calculator.renewal import Offer, deadlines, entitlements, lapses, notices, offer
from calculator.request import LAST_DAY, Request, check_months, first_length, holds_for, in_field_order, read_request

CONTRACT = 1


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer with its lines and taxes; `expired` are the codes of credits that came too late."""

    offer: Offer
    lines: tuple[Line, ...]
    taxes: tuple[TaxLine, ...]
    tax_note: str | None
    subtotal: Decimal
    total: Decimal
    expired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer and the price row in force, as far as there are any (a status has no price), and what was refused."""

    offer: Offer | None
    row: PriceRow | None
    refusals: list[Refusal]


class Dues(NamedTuple):
    """What goes with a term, as the response shows it."""

    entitlements: list[dict[str, Json]]
    notices: list[dict[str, Json]]
    deadlines: list[dict[str, Json]]


def quote(catalogue: Catalogue, value: object) -> dict[str, Json]:
    """The response to a request, as the contract writes it; a pure function of the two."""
    request, refusals = read_request(catalogue, value)
    try:
        if request and refusals:
            known = {refusal.field for refusal in refusals}
            refusals += [refusal for refusal in _judged(request).refusals if refusal.field not in known]
        if refusals or not request:
            raise Refused(*in_field_order(refusals))
        return _answer(catalogue, request, _price(catalogue, request))
    except Refused as refused:
        return refusal_answer(catalogue, refused.refusals)


def refusal_answer(catalogue: Catalogue, refusals: Sequence[Refusal]) -> dict[str, Json]:
    """The response that says why there is no quote."""
    errors: list[Json] = [
        {"code": refusal.code, "field": refusal.field, "params": dict(refusal.params)} for refusal in refusals
    ]
    return {"contract": CONTRACT, "ok": False, "errors": errors, "catalogue": catalogue.fingerprint}


def _judged(request: Request) -> Judged:
    """What dates and prices give and refuse, whatever else is wrong with the request."""
    refusals: list[Refusal] = []
    _tried(check_months, request, refusals)
    given = _tried(offer, request, refusals)
    _tried(check_credits, request, refusals)
    priced = request.action != "status" and (not request.plan.packs or "pack" in request.options)
    return Judged(given, _tried(price_row, request, refusals) if priced else None, refusals)


def _tried[T](rule: Callable[[Request], T], request: Request, refusals: list[Refusal]) -> T | None:
    """What the rule gives; None when it refuses, which is then noted."""
    try:
        return rule(request)
    except Refused as refused:
        refusals += refused.refusals
        return None


def _price(catalogue: Catalogue, request: Request) -> Priced:
    """The lines of what the action gives, and their sum. Raises Refused with every reason the rules have."""
    judged = _judged(request)
    given = judged.offer
    if judged.refusals or given is None:
        raise Refused(*in_field_order(judged.refusals))
    lines, expired = _lines(request, given, judged.row) if judged.row else ([], [])
    subtotal = add_up([line.amount for line in lines], request.family.currency)
    taxes, tax_note = ([], None) if request.action == "status" else tax_lines(catalogue, request, subtotal)
    total = add_up([subtotal, *(tax.amount for tax in taxes)], request.family.currency)
    return Priced(given, tuple(lines), tuple(taxes), tax_note, subtotal, total, tuple(expired))


def _lines(request: Request, given: Offer, row: PriceRow) -> tuple[list[Line], list[str]]:
    if row.estimate:
        lines = estimate_lines(request, row)
    else:
        lines = [line for cover in given.covers for line in price_lines(request, row, cover, given.clause)]
    lines += adjustment_lines(request, row, lines, given.adjust, given.missed, _year(request, given))
    lines = with_minimum(request, lines, given.adjust)
    credits, expired = credit_lines(request, lines, given.credits)
    return [*lines, *credits], expired


def _year(request: Request, given: Offer) -> Cover | None:
    """What the offer covers as a share of a year; None where no rule asks for it, or there is no term."""
    length = first_length(request) if request.action == "buy" else request.plan.term
    return of_a_year(given.covers, length) if length and any(rule.prorated for rule in given.adjust) else None


def _answer(catalogue: Catalogue, request: Request, priced: Priced) -> dict[str, Json]:
    given, term = priced.offer, priced.offer.term
    days_late = (request.on - request.expiry).days if request.expiry and request.action != "buy" else None
    ahead = deadlines(request) if request.action != "buy" else []
    dues = Dues(entitlements(request, given), notices(request, term), ahead)
    return {
        "contract": CONTRACT,
        "ok": True,
        "plan": f"{request.family.id}/{request.plan.id}",
        "action": request.action,
        "on": request.on.isoformat(),
        "window": given.window,
        "days_late": days_late,
        "term": {"start": term.start.isoformat(), "end": term.end.isoformat(), "days": term.days} if term else None,
        "currency": request.family.currency,
        "lines": [_line(line) for line in priced.lines],
        "subtotal": amount_text(priced.subtotal),
        "taxes": [
            {"code": tax.code, "rate": amount_text(tax.rate), "amount": amount_text(tax.amount)} for tax in priced.taxes
        ],
        "total": amount_text(priced.total),
        "valid_until": _valid_until(catalogue, request, priced),
        "entitlements": list(dues.entitlements),
        "notices": list(dues.notices),
        "deadlines": list(dues.deadlines),
        "notes": _notes(request, priced, days_late, dues),
        "catalogue": catalogue.fingerprint,
    }


def _line(line: Line) -> dict[str, Json]:
    return {
        "code": line.code,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_amount": amount_text(line.unit_amount),
        "amount": amount_text(line.amount),
        "clause": line.clause,
        "params": dict(line.params),
    }


def _notes(request: Request, priced: Priced, days_late: int | None, dues: Dues) -> list[Json]:
    """What must be said beside the figures, the reasons for missing taxes first."""
    notes: list[Json] = [{"code": priced.tax_note}] if priced.tax_note else []
    if any(line.illustrative for line in priced.lines):
        notes.append({"code": "illustrative_price"})
    notes += [{"code": "credit_expired", "params": {"credit": code}} for code in priced.expired]
    rule = priced.offer.rule
    if rule and rule.carries and rule.carries.usage not in request.options:
        notes.append({"code": "usage_not_stated"})
    window = priced.offer.window
    for note in request.plan.notes:
        if request.action in note.actions and (not note.windows or window in note.windows):
            notes.append({"code": note.code})
    notes += lapses(request)
    used = _cited(request, priced, dues)
    for reading in request.family.readings:
        if used & set(reading.clauses) and _applies(reading, request, days_late):
            notes.append({"code": "reading", "params": {"id": reading.id}})
    return notes


def _cited(request: Request, priced: Priced, dues: Dues) -> set[str]:
    """The clauses that had a say in the answer: its window's, its lines', and those that no line shows."""
    plan, me, action = request.plan, request.plan.id, request.action
    cited = {priced.offer.clause, *(line.clause for line in priced.lines)}
    cited |= {f"{me}.entitlements.{entitlement['code']}" for entitlement in dues.entitlements}
    window, automatic = priced.offer.rule, "auto_renewal_billing"
    said = {
        f"{me}.price": bool(plan.price) and action != "status",
        f"{me}.packs.{request.options.get('pack')}": True,
        f"{me}.notices": bool(dues.notices),
        f"{me}.horizon": action in ("extend", "renew") and request.months is not None,
        f"{me}.limit": bool(request.holds),
        f"{me}.eligibility": bool(request.holds),
        f"{me}.renewal.lengths": action == "renew" and request.months is not None,
        f"{me}.renewal.automatic": any(entry["code"] == automatic for entry in dues.deadlines),
    }
    if window:
        said[f"{window.clause}.align"] = request.align_to is not None
        said[f"{window.clause}.carries"] = window.carries is not None
    return cited | {clause for clause, was in said.items() if was}


def _applies(reading: Reading, request: Request, days_late: int | None) -> bool:
    """Whether the decision made a difference to this request, as far as its conditions tell."""
    since = [
        isinstance(day := request.options.get(name), date) and (request.on - day).days == days
        for name, days in reading.days_since.items()
    ]
    return (
        (not reading.days_late or days_late in reading.days_late)
        and (not reading.holds or bool(set(reading.holds) & set(request.holds)))
        and (not reading.days_of_month or request.on.day in reading.days_of_month)
        and holds_for(reading.options, request.options)
        and all(since)
    )


def _valid_until(catalogue: Catalogue, request: Request, priced: Priced) -> str | None:
    """The last day on which the same request costs the same total; None where nothing ends it.

    Totals change only on certain days, so it is enough to ask again on each of those, in order. A price that moves by
    the day holds for that day alone; it is not asked whether rounding hides the move.
    """
    if request.action == "status":
        return None
    candidates = _changes(catalogue, request)
    if request.action == "renew" and priced.offer.term:
        candidates.add(priced.offer.term.end + ONE_DAY)
    day, later = request.on, priced
    while True:
        moves = _moves(later.offer, day)
        if moves == day + ONE_DAY:
            return day.isoformat()
        if moves:
            candidates.add(moves)
        candidates = {candidate for candidate in candidates if candidate > day}
        if not candidates:
            return None
        day = min(candidates)
        try:
            later = _price(catalogue, replace(request, on=day))
        except Refused:
            return (day - ONE_DAY).isoformat()
        if later.total != priced.total or day > LAST_DAY:
            return (day - ONE_DAY).isoformat()


def _moves(given: Offer, day: date) -> date | None:
    """The next day on which the price of an offer made on `day` moves by itself; None for one that does not."""
    if not given.daily:
        return None
    return first_of_next_month(day) if given.rule and given.rule.starts == "next_month" else day + ONE_DAY


def _changes(catalogue: Catalogue, request: Request) -> set[date]:
    """Every day on which a dated row, a window, a credit or the contract's end could change the total.

    An addition's price changes daily in any case.
    """
    plan = request.plan
    prices = [plan.price, *(pack.price for pack in plan.packs), *(buy.price for buy in plan.buy)]
    prices += [rule.fee for rule in plan.adjustments]
    days = {row.since for price in prices for row in price} | {row.since for row in plan.minimum}
    days |= {rule.since for rules in (plan.buy, plan.renewal, plan.extension) for rule in rules}
    region = catalogue.regions.get(request.region or "")
    days |= {rate.since for tax in (region.taxes if region else None) or () for rate in tax.rates}
    for buy in plan.buy:
        paid = [(request.options.get(credit.paid_on), credit.within_days) for credit in buy.credits]
        days |= {day + timedelta(days=within + 1) for day, within in paid if isinstance(day, date)}
    if request.expiry:
        ends = [window.until_day for renewal in plan.renewal for window in renewal.windows]
        days |= {request.expiry + timedelta(days=end + 1) for end in (0, *ends) if end is not None}
    return days
