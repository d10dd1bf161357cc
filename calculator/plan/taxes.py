"""The taxes of regions as frozen records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate in per cent, in force from `since` on."""

    since: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax of a region, each on the subtotal."""

    code: str
    rates: tuple[TaxRate, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A region that requests may name; `taxes` is None where the catalogue has no table for it."""

    code: str
    taxes: tuple[Tax, ...] | None
