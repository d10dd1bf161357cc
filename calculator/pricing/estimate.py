"""Parametric estimates: parts that build on one another, each a line, each rounded on the amount before it."""

from decimal import Decimal
from fractions import Fraction

from calculator.errors import Json
from calculator.money import add_up, amount_text, percent_of, share_of, with_minor_units
from calculator.plan import Part, PriceRow, Rate
from calculator.pricing.lines import Line
from calculator.request import Request, holds_for


def _rate(rate: Rate, request: Request) -> Decimal:
    return rate.fixed if rate.fixed is not None else (rate.cases or {})[str(request.options[rate.by])]


def _count(request: Request, option: str) -> int:
    value = request.options[option]
    assert isinstance(value, int)  # a plan with any other kind of option here is not accepted
    return value


def estimate_lines(request: Request, row: PriceRow) -> list[Line]:
    """The lines of the parts whose condition holds; a part whose quantity is 0 is left out.

    A factor acts on the running amount of the part it names, and joins it; a percentage applies to the finished one.
    """
    lines: list[Line] = []
    running: dict[str, list[Decimal]] = {}
    for part in row.estimate:
        if not holds_for(part.when, request.options):
            continue
        line = _line(part, request, row, running)
        if line:
            lines.append(line)
            running.setdefault(part.on or part.code, []).append(line.amount)
    return lines


def _line(part: Part, request: Request, row: PriceRow, running: dict[str, list[Decimal]]) -> Line | None:
    currency = request.family.currency
    clause = f"{request.plan.id}.price.estimate.{part.code}"
    params: dict[str, Json] = {}
    if part.rate:
        quantity, rate = _count(request, part.quantity), _rate(part.rate, request)
        for option in part.times:
            params[option] = _count(request, option)
            quantity *= _count(request, option)
        if part.times:
            params[part.quantity] = _count(request, part.quantity)
        quantity *= part.multiple
        if part.rate.by:
            params["choice"] = str(request.options[part.rate.by])
        amount = share_of(rate, quantity, currency)
        each = with_minor_units(rate, currency)
        line = Line(part.code, quantity, part.quantity, each, amount, clause, params, row.illustrative, is_price=True)
        return line if quantity else None
    base = add_up(running.get(part.on or part.of, []), currency)
    params["of"] = amount_text(base)
    if part.percent is not None:
        params["percent"] = amount_text(part.percent)
        amount = percent_of(base, part.percent, currency)
    else:
        assert part.factor  # the only kind left
        factor = _rate(part.factor, request)
        params["factor"] = amount_text(factor)
        if part.factor.by:
            params["choice"] = str(request.options[part.factor.by])
        portion = Fraction(_count(request, part.share), 100) if part.share else Fraction(1)
        if part.share:
            params["share"] = _count(request, part.share)
        amount = share_of(base, portion * (Fraction(factor) - 1), currency)
    return Line(part.code, 1, None, amount, amount, clause, params, row.illustrative, is_price=True)
