"""Taxes of the region: each rate on the subtotal, rounded once; never a silent zero."""

from dataclasses import dataclass
from decimal import Decimal

from calculator.money import percent_of
from calculator.plan import Catalogue, in_force
from calculator.request import Request


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One tax: its code, its rate in per cent, and its rounded amount."""

    code: str
    rate: Decimal
    amount: Decimal


def tax_lines(catalogue: Catalogue, request: Request, subtotal: Decimal) -> tuple[list[TaxLine], str | None]:
    """The taxes in force on the day, and the code of the note that says why there are none."""
    if request.tax_exempt:
        return [], "tax_exempt"
    region = catalogue.regions.get(request.region) if request.region else None
    if region is None or region.taxes is None:
        return [], "taxes_not_included"
    lines = []
    for tax in region.taxes:
        row = in_force(tax.rates, request.on)
        if row:
            lines.append(TaxLine(tax.code, row.rate, percent_of(subtotal, row.rate, request.family.currency)))
    return lines, None if lines else "taxes_not_included"
