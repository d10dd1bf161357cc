"""Prices over the next twelve months: days without one, and quantities at which more costs less."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from calculator.money import amount_text
from calculator.plan import Plan, PriceRow
from site_builder.checks.texts import warn
from site_builder.errors import Issue
from site_builder.plans import FamilyFile
from site_builder.sources import Path


def price_warnings(file: FamilyFile, on: date) -> Iterator[Issue]:
    """Gaps and cliffs in the prices of a family, as they stand in the year that begins on that day."""
    for plan in file.family.plans.values() if file.family else ():
        for path, rows in _prices(plan):
            yield from _gaps(file, path, rows, on)
            for index, row in enumerate(rows):
                yield from _cliffs(file, (*path, index), row)


def _prices(plan: Plan) -> Iterator[tuple[Path, Sequence[PriceRow]]]:
    me: Path = ("plans", plan.id)
    if plan.price:
        yield (*me, "price"), plan.price
    for pack in plan.packs:
        yield (*me, "packs", pack.id, "price"), pack.price


def _gaps(file: FamilyFile, path: Path, rows: Sequence[PriceRow], on: date) -> Iterator[Issue]:
    """Days of the year without a price: before the first row, and where a price gives way to `on_request`."""
    end = on + timedelta(days=365)
    first = rows[0].since
    if first > on:
        until = (min(first, end) - timedelta(days=1)).isoformat()
        yield warn(
            file, (*path, 0, "from"),
            f"there is no price from {on.isoformat()} to {until}",
            "a quote for one of these days is refused (`no_price_at_date`)",
            f"write a row from {on.isoformat()} or earlier, before this one",
        )  # fmt: skip
    for index, (before, row) in enumerate(pairwise(rows), 1):
        if row.on_request and not before.on_request and on < row.since <= end:
            yield warn(
                file, (*path, index, "from"),
                f"from {row.since.isoformat()} on there is no price, only `on_request`",
                "quotes for renewals that fall due after that day are refused",
                "write the next year's amount, if it is known",
            )  # fmt: skip


def _cliffs(file: FamilyFile, path: Path, row: PriceRow) -> Iterator[Issue]:
    """Volume tiers at whose edge one unit more lowers the total."""
    if row.tiers is None or row.tiers.mode != "volume":
        return
    steps = row.tiers.steps
    for index, (step, following) in enumerate(pairwise(steps), 1):
        if step.up_to is None:
            continue
        last, more = step.amount * step.up_to, following.amount * (step.up_to + 1)
        if more < last:
            enough = _least(following.amount, last)
            yield warn(
                file, (*path, "tiers", "steps", index, "amount"),
                f"{step.up_to + 1} units cost {amount_text(more)}, less than {step.up_to} ({amount_text(last)})",
                "with `mode: volume` all units cost what the last one does, so a customer gains by buying more",
                f"write `mode: graduated`, or mean it: up to {enough - 1} units cost less than {step.up_to}",
            )  # fmt: skip


def _least(amount: Decimal, total: Decimal) -> int:
    """The smallest number of units at `amount` that costs at least `total`."""
    return int(-(-total // amount)) if amount else 1
