"""Money: exact decimal amounts, their currency's minor unit, and the only rounding in the project.

Amounts are `Decimal`; shares of an amount are exact fractions, so that a tie is a tie and nothing is rounded twice.
"""

import re
from decimal import Context, Decimal
from fractions import Fraction

MINOR_UNITS = {
    **dict.fromkeys(("AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR"), 2),
    **dict.fromkeys(("MAD", "MXN", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR"), 2),
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "KWD", "OMR", "TND"), 3),
}
"""Digits after the decimal point of each currency that a family may use (ISO 4217)."""

# Wide enough that no product or sum of prices, quantities and rates is ever cut short by the caller's own context.
_EXACT = Context(prec=80)
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")


def parse_decimal(text: str) -> Decimal | None:
    """Read plain decimal notation such as `120.00` or `-10`; None for anything else (exponents, spaces, NaN)."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def rounded(amount: Fraction, currency: str) -> Decimal:
    """Round half up, on the magnitude, to the currency's minor unit. Lines are rounded once, by this."""
    digits = MINOR_UNITS[currency]
    numerator, denominator = abs(amount.numerator) * 10**digits, amount.denominator
    units = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(-units if amount < 0 else units).scaleb(-digits, _EXACT)


def share_of(amount: Decimal, share: Fraction | int, currency: str) -> Decimal:
    """`amount` times `share`, rounded once."""
    return rounded(Fraction(amount) * share, currency)


def with_minor_units(amount: Decimal, currency: str) -> Decimal:
    """The same amount with at least the currency's digits after the point: `95` EUR is written 95.00, 0.655 stays."""
    written = rounded(Fraction(amount), currency)
    return written if written == amount else amount


def percent_of(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    """`percent` per cent of `amount`, rounded once; a negative percentage gives a negative amount."""
    return rounded(Fraction(amount) * Fraction(percent) / 100, currency)


def add_up(amounts: list[Decimal], currency: str) -> Decimal:
    """The exact sum of amounts that are already rounded, with the currency's digits even when there are none."""
    total = Decimal((0, (0,), -MINOR_UNITS[currency]))
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def amount_text(amount: Decimal) -> str:
    """The amount as the contract writes it: plain digits, never an exponent or a negative zero."""
    return f"{amount if amount else amount.copy_abs():f}"


def fits(amount: Decimal, currency: str) -> bool:
    """Whether the amount has no digit below the currency's minor unit."""
    return rounded(Fraction(amount), currency) == amount
