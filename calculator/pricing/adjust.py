"""What goes on top of the price or comes off it: percentages, fees, arrears, credits."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from calculator.errors import Refusal, Refused
from calculator.money import add_up, amount_text, percent_of, share_of
from calculator.periods import Cover, Missed
from calculator.plan import Adjustment, Credit, PriceRow, in_force
from calculator.pricing.lines import Line, dated_row, price_lines
from calculator.request import Request, chosen_months, holds_for


def adjustment_lines(
    request: Request,
    row: PriceRow,
    lines: list[Line],
    rules: tuple[Adjustment, ...],
    missed: Missed | None,
    year: Cover | None,
) -> list[Line]:
    """The lines of the adjustments whose condition holds, in their order.

    `missed` is the time between the expiry and the new term, `year` what is covered, as a share of a year.
    """
    result: list[Line] = []
    for rule in rules:
        if not holds_for(rule.when, request.options) or (rule.months and chosen_months(request) not in rule.months):
            continue
        if rule.percent is not None:
            result.append(_percentage(request, rule, [*lines, *result]))
        elif rule.fee:
            result.append(_fee(request, rule, year if rule.prorated else None))
        elif missed:
            result += _arrears(request, row, rule, missed)
    return result


def _percentage(request: Request, rule: Adjustment, lines: list[Line]) -> Line:
    """A percentage applies to the rounded amounts of the lines it names."""
    currency = request.family.currency
    named = [line for line in lines if ("price" if line.is_price else line.code) in rule.of]
    base = add_up([line.amount for line in named], currency)
    assert rule.percent is not None
    amount = percent_of(base, rule.percent, currency)
    params = {"percent": amount_text(rule.percent), "of": amount_text(base)}
    return Line(rule.code, 1, None, amount, amount, rule.clause, dict(params))


def _fee(request: Request, rule: Adjustment, year: Cover | None) -> Line:
    """A fee for each unit or for the quote; with `year`, that share of it."""
    row = dated_row(rule.fee, request.on, "on")
    quantity = request.quantity if rule.per_unit else 1
    unit = request.plan.unit if rule.per_unit else None
    assert row.amount is not None  # a fee is a plain amount
    amount = share_of(row.amount, quantity * (year.share if year else Fraction(1)), request.family.currency)
    params = {"yearly": amount_text(row.amount), **year.params} if year else {}
    return Line(rule.code, quantity, unit, row.amount, amount, rule.clause, dict(params), row.illustrative)


def _arrears(request: Request, row: PriceRow, rule: Adjustment, missed: Missed) -> list[Line]:
    """The declared share of the price of the days that were missed, at today's price."""
    assert rule.missed_percent is not None
    params: dict[str, int | str] = {"missed_days": missed.days, "percent": amount_text(rule.missed_percent)}
    basis = request.plan.proration.basis
    if basis in ("actual_days", "days_365") and 0 < missed.share <= 1:  # days of one term, and no share was rounded
        of = missed.days / missed.share
        params |= {"of": of.numerator} if of.denominator == 1 else {}
    owed = Cover(rule.code, missed.share * Fraction(rule.missed_percent) / 100, params)
    return [replace(line, is_price=False) for line in price_lines(request, row, owed, rule.clause)]


def check_credits(request: Request) -> None:
    """Refuse what a credit cannot be taken for: a payment after the day, or on a day without a price."""
    rule = in_force(request.plan.buy, request.on) if request.action == "buy" else None
    for credit in rule.credits if rule else ():
        _credit(request, credit)


def _credit(request: Request, credit: Credit) -> tuple[date, PriceRow | None] | None:
    """When the credit's plan was paid and its price then (None: too long ago); None when it was not. Raises Refused."""
    paid_on = request.options.get(credit.paid_on)
    if not isinstance(paid_on, date):
        return None
    field = f"options.{credit.paid_on}"
    if paid_on > request.on:
        raise Refused(Refusal("bad_option", field, {"latest": request.on.isoformat()}))
    if request.on > paid_on + timedelta(days=credit.within_days):
        return paid_on, None
    return paid_on, dated_row(request.family.plans[credit.plan].price, paid_on, field)


def credit_lines(request: Request, lines: list[Line], credits: tuple[Credit, ...]) -> tuple[list[Line], list[str]]:
    """The credits that apply, as negative lines, and the codes of those that came too late.

    A credit is the price that was in force on the day it was paid, and never more than what it is taken from.
    """
    result: list[Line] = []
    expired: list[str] = []
    currency = request.family.currency
    for credit in credits:
        found = _credit(request, credit)
        if not found:
            continue
        paid_on, row = found
        if row is None or row.amount is None:
            expired.append(credit.code)
            continue
        left = add_up([line.amount for line in (*lines, *result)], currency)
        amount = min(row.amount, left).copy_negate()
        result.append(Line(credit.code, 1, None, amount, amount, credit.clause,
                           {"paid_on": paid_on.isoformat(), "within_days": credit.within_days},
                           row.illustrative))  # fmt: skip
    return result, expired
