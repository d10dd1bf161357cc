"""The least that an order costs: a line of its own where price and discounts come to less."""

from collections.abc import Sequence

from calculator.money import add_up, amount_text
from calculator.plan import MINIMUM_LINE, Adjustment, in_force
from calculator.pricing.lines import Line
from calculator.request import Request


def with_minimum(request: Request, lines: Sequence[Line], rules: Sequence[Adjustment]) -> list[Line]:
    """The lines with the one that brings price and discounts up to the minimum in force, after the last of these.

    Fees and arrears are owed besides. What costs nothing stays free: a minimum is of what is charged.
    """
    row = in_force(request.plan.minimum, request.on)
    counted = _counted(lines, rules)
    if row is None or request.action not in row.actions or not counted:
        return [*lines]
    currency = request.family.currency
    base = add_up([lines[index].amount for index in counted], currency)
    if not 0 < base < row.amount:
        return [*lines]
    missing = add_up([row.amount, base.copy_negate()], currency)
    params = {"minimum": amount_text(row.amount), "of": amount_text(base)}
    clause = f"{request.plan.id}.minimum"
    line = Line(MINIMUM_LINE, 1, None, missing, missing, clause, dict(params), row.illustrative)
    after = counted[-1] + 1
    return [*lines[:after], line, *lines[after:]]


def _counted(lines: Sequence[Line], rules: Sequence[Adjustment]) -> list[int]:
    """Where the lines of the price stand, and the percentages of it, or of one that counts itself."""
    of = {rule.clause: rule.of for rule in rules if rule.percent is not None}
    known, found = {"price"}, []
    for index, line in enumerate(lines):
        if line.is_price or known & set(of.get(line.clause, ())):
            known |= set() if line.is_price else {line.code}
            found.append(index)
    return found
