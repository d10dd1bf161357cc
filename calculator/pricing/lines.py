"""The price lines of a quote: which dated price holds, and one line per tier or licence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from calculator.errors import Json, Refusal, Refused
from calculator.money import share_of
from calculator.periods import Cover
from calculator.plan import Buy, Price, PriceRow, Tiers, in_force
from calculator.request import Request


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote: `amount` is rounded and final, the rest explains it.

    `is_price` marks the lines that percentages apply to unless they name others.
    """

    code: str
    quantity: int
    unit: str | None
    unit_amount: Decimal
    amount: Decimal
    clause: str
    params: dict[str, Json]
    illustrative: bool = False
    is_price: bool = False


def dated_row(price: Price, on: date, field: str) -> PriceRow:
    """The price in force on that day. Raises Refused when there is none or when it is given on request only."""
    row = in_force(price, on)
    if not row:
        first = price[0].since.isoformat() if price else None
        raise Refused(Refusal("no_price_at_date", field, {"date": on.isoformat(), "first": first}))
    if row.on_request:
        raise Refused(Refusal("price_on_request", "options.pack" if field == "options.pack" else "plan"))
    return row


def price_row(request: Request) -> PriceRow:
    """The price row of the request: its pack's, its first purchase's, or its plan's. Raises Refused, see above."""
    plan = request.plan
    if plan.packs:
        pack = next(pack for pack in plan.packs if pack.id == request.options["pack"])
        row = in_force(pack.price, request.on)
        return dated_row(pack.price, request.on, "options.pack" if row and row.on_request else "on")
    rule: Buy | None = in_force(plan.buy, request.on) if request.action == "buy" else None
    return dated_row(rule.price if rule and rule.price else plan.price, request.on, "on")


class TierPart(NamedTuple):
    """Units that share a tier: how many, at which amount, and the tier's first and last unit (None: no last one)."""

    quantity: int
    amount: Decimal
    tier_from: int
    tier_to: int | None


def tier_parts(tiers: Tiers, first: int, quantity: int) -> Iterator[TierPart]:
    """How many units at which amount, for the units after the `first` ones that are there already."""
    last, begin = first + quantity, 1
    for step in tiers.steps:
        within = step.up_to is None or last <= step.up_to
        if tiers.mode == "volume":
            if within:
                yield TierPart(quantity, step.amount, begin, step.up_to)
                return
        else:
            upper = last if step.up_to is None else min(step.up_to, last)
            if upper > first:
                yield TierPart(upper - first, step.amount, begin, step.up_to)
                first = upper
        begin = (step.up_to or 0) + 1


def _tier(tiers: Tiers, part: TierPart) -> dict[str, Json]:
    """Which tier a line is of; nothing where there is but one."""
    if len(tiers.steps) == 1:
        return {}
    last: dict[str, Json] = {} if part.tier_to is None else {"tier_to": part.tier_to}
    return {"tier_from": part.tier_from, **last}


def _parts(request: Request, row: PriceRow) -> Iterator[tuple[int, Decimal, dict[str, Json]]]:
    """Units that share an amount; with serials, each licence by itself."""
    existing = request.existing if request.action == "add" else 0
    parts: list[tuple[int, Decimal, dict[str, Json]]]
    if row.tiers:
        found = tier_parts(row.tiers, existing, request.quantity)
        parts = [(part.quantity, part.amount, _tier(row.tiers, part)) for part in found]
    else:
        assert row.amount is not None  # an estimate has lines of its own, and is never asked for a part
        parts = [(request.quantity, row.amount, {})]
    if not request.serials:
        yield from parts
        return
    serials = iter(request.serials)
    for quantity, amount, tier in parts:
        for _ in range(quantity):
            yield 1, amount, {"serial": next(serials), **tier}


def price_lines(request: Request, row: PriceRow, cover: Cover, clause: str) -> list[Line]:
    """One line per tier and licence for one cover; rounded once per line."""
    currency, lines = request.family.currency, []
    for quantity, amount, params in _parts(request, row):
        lines.append(
            Line(
                cover.code,
                quantity,
                request.plan.unit,
                amount,
                share_of(amount, quantity * cover.share, currency),
                clause,
                {**cover.params, **params},
                row.illustrative,
                is_price=True,
            )
        )
    return lines
