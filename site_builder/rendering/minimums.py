"""The least that an order costs, beside the price of a unit: without it, a price per unit would promise too little."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from calculator.plan import Family, Minimum, Plan, in_force
from site_builder.rendering.voice import Voice


def minimum_now(plan: Plan, family: Family, voice: Voice, on: date) -> str:
    """The minimum of that day in one short phrase; empty where there is none."""
    row = in_force(plan.minimum, on)
    return minimum_text(row, plan, family, voice) if row and row.amount else ""


def minimums_ahead(plan: Plan, family: Family, voice: Voice, on: date) -> Iterator[str]:
    """The minimums to come, each with its first day."""
    for row in plan.minimum:
        if row.since > on:
            said = minimum_text(row, plan, family, voice)
            yield voice.ui("price.later", amount=said, date=row.since.isoformat())


def minimum_text(row: Minimum, plan: Plan, family: Family, voice: Voice) -> str:
    """`At least 100.00 per order (purchases and renewals)`; the orders are named where it is not of all of them."""
    if not row.amount:
        return voice.ui("price.no_minimum")
    offered = [action for action in plan.actions if action != "status"]
    held = [voice.quote(f"rule.minimum.for.{action}") for action in offered if action in row.actions]
    some = voice.listed(held) if len(held) < len(offered) else None
    return voice.ui("price.minimum", amount=voice.money(row.amount, family.currency), actions=some)


def minimum_of_a_term(plan: Plan, on: date) -> Decimal:
    """What a purchase or, where there is none, a renewal costs at least on that day; 0 where nothing is said."""
    row = in_force(plan.minimum, on)
    asked = "buy" if plan.buy else "renew"
    return row.amount if row and asked in row.actions else Decimal(0)
