"""The only rounding: half up on the magnitude, to the currency's minor unit, whatever the caller's context."""

from decimal import ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction

import pytest

from calculator.money import (
    MINOR_UNITS,
    add_up,
    amount_text,
    fits,
    parse_decimal,
    percent_of,
    rounded,
    share_of,
    with_minor_units,
)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1.005", "EUR", "1.01"), ("-1.005", "EUR", "-1.01"), ("1.0049", "EUR", "1.00"), ("0", "EUR", "0.00"),
        ("-0.004", "EUR", "0.00"), ("0.5", "JPY", "1"), ("-0.5", "JPY", "-1"), ("0.49", "JPY", "0"),
        ("1.0005", "KWD", "1.001"), ("123456789012.125", "USD", "123456789012.13"), ("1234567", "JPY", "1234567"),
    ],
)  # fmt: skip
def test_half_up_on_the_magnitude(amount: str, currency: str, text: str) -> None:
    assert amount_text(rounded(Fraction(amount), currency)) == text


def test_shares_and_percentages_are_rounded_once() -> None:
    assert share_of(Decimal("600.00"), Fraction(356, 365), "CAD") == Decimal("585.21")
    assert percent_of(Decimal("452.05"), Decimal("-10"), "CAD") == Decimal("-45.21")
    assert percent_of(Decimal("1895.00"), Decimal("9.975"), "CAD") == Decimal("189.03")


def test_sums_are_exact_and_have_the_currency_s_digits() -> None:
    assert amount_text(add_up([], "EUR")) == "0.00"
    assert amount_text(add_up([], "JPY")) == "0"
    assert str(add_up([], "EUR")) == "0.00"  # and not -0.00
    assert amount_text(add_up([Decimal("999999999999.99")] * 3, "EUR")) == "2999999999999.97"


@pytest.mark.parametrize("text", ["120.00", "-10", "0.65", "9.975", "0", "999999999999.123456789"])
def test_plain_decimals(text: str) -> None:
    assert parse_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", "+1", "1e3", "NaN", "Infinity", "1.", ".5", "1,00", " 1", "1_0", "٣", "1" * 13, "1.1234567891"]
)
def test_anything_else_is_none(text: str) -> None:
    assert parse_decimal(text) is None


def test_an_amount_that_can_be_paid() -> None:
    assert fits(Decimal("1.10"), "EUR") and fits(Decimal("1.100"), "EUR") and not fits(Decimal("1.101"), "EUR")
    assert fits(Decimal("5"), "JPY") and not fits(Decimal("5.5"), "JPY")
    assert amount_text(with_minor_units(Decimal("95"), "EUR")) == "95.00"
    assert amount_text(with_minor_units(Decimal("0.655"), "EUR")) == "0.655"


def test_the_caller_s_context_changes_nothing() -> None:
    with localcontext(Context(prec=1, rounding=ROUND_FLOOR, Emin=0, Emax=0)):
        assert amount_text(rounded(Fraction("-0.001"), "EUR")) == "0.00"
        assert amount_text(Decimal("-0.00")) == "0.00"
        assert add_up([Decimal("10.05"), Decimal("20.06")], "EUR") == Decimal("30.11")


def test_every_currency_has_0_2_or_3_digits() -> None:
    assert set(MINOR_UNITS.values()) == {0, 2, 3}
