"""Reads the least that an order of a plan costs, and checks that some order of the plan can have it."""

from decimal import Decimal
from typing import Final

from calculator.plan.cursor import EPOCH, Cursor
from calculator.plan.prices import Scope, in_order, read_amount, undated
from calculator.plan.records import Minimum, Plan

PRICED: Final = ("buy", "renew", "extend", "add")
"""The actions that have a price."""

USUAL: Final = ("buy", "renew")
"""Those that a minimum holds for unless it says otherwise: what joins a running contract belongs to its order."""


def read_minimum(cursor: Cursor, scope: Scope) -> tuple[Minimum, ...]:
    """Dated rows, at least one, in the order of their dates; an amount of zero ends the minimum before it."""
    if undated(cursor):
        return ()
    rows = tuple(_read_row(item, scope) for item in cursor.items())
    in_order(cursor, rows)
    return rows


def _read_row(cursor: Cursor, scope: Scope) -> Minimum:
    row = cursor.mapping(("from", "amount"), ("actions", "illustrative"))
    return Minimum(
        row.get("from", Cursor.day, EPOCH),
        row.get("amount", lambda c: read_amount(c, scope), Decimal(0)),
        row.each("actions", lambda c: c.word(PRICED)) or USUAL,
        row.get("illustrative", Cursor.flag, False),
    )


def check_minimum(cursor: Cursor, plan: Plan) -> None:
    """Check that the plan offers the actions that a minimum names and, where it names none, one of the usual ones."""
    offered = [action for action in plan.actions if action in PRICED]
    for index, row in enumerate(plan.minimum):
        named = cursor.at("minimum").at(index).has("actions")
        for place, action in enumerate(row.actions if named else ()):
            if action not in offered:
                cursor.problem(
                    f"the plan does not offer `{action}`",
                    "no order could ever cost this minimum",
                    f"name actions of the plan: {', '.join(offered)}" if offered else "remove `minimum`",
                    at=("minimum", index, "actions", place),
                )
        if not named and not set(row.actions) & set(offered):
            cursor.problem(
                "the plan offers neither `buy` nor `renew`",
                "a minimum holds for these two where it names no others",
                f"add `actions: [{', '.join(offered)}]`" if offered else "remove `minimum`",
                at=("minimum", index),
            )
