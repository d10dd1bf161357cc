"""The calculator writes amounts, dates and lists from data exactly as Babel does with the whole of CLDR."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from calculator.money import MINOR_UNITS, amount_text
from calculator.wording.formats import date_long, date_short, listed, money, number, percent, plural_form
from site_builder.locales import formats_of, territory_name

TAGS = ("fr-CA", "fr-FR", "en-CA", "en-GB", "en-US", "it-IT", "de-DE", "es-ES", "pl-PL")
DURATION = {"hours": "{h} h", "minutes": "{m} min", "both": "{h} h {m} min"}
FORMATS = {tag: formats_of(tag, "1", DURATION, ":") for tag in TAGS}  # type: ignore[arg-type]
BABEL = {tag: Locale.parse(tag, sep="-") for tag in TAGS}
CURRENCIES = ("CAD", "USD", "EUR", "GBP", "JPY", "TND")


def sample(least: int, most: int) -> list[int]:
    """Whole numbers of every size between two bounds: those around each power of ten, and some in between."""
    edges = {sign * (10**power + step) for power in range(12) for step in (-1, 0, 1, 234) for sign in (1, -1)}
    drawn = Random(1)
    between = {drawn.randint(least, most) for _ in range(40)}
    return sorted(number for number in edges | between if least <= number <= most)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_amounts_are_babels(tag: str, currency: str) -> None:
    for minor in sample(-(10**11), 10**11):
        amount = Decimal(minor).scaleb(-MINOR_UNITS[currency])
        theirs = format_currency(amount, currency, locale=BABEL[tag]).replace("-", "\u2212")
        ours = money(amount_text(amount), currency, FORMATS[tag])
        # Browsers put a space between letters and digits (JPY 5), Babel does not.
        assert theirs in (ours, ours.replace("\u00a0", ""))


@pytest.mark.parametrize(("tag", "written"), [("en-US", "CHF\u00a01.50"), ("fr-CA", "1,50\u00a0CHF")])
def test_letters_do_not_touch_digits(tag: str, written: str) -> None:
    assert money("1.50", "CHF", FORMATS[tag]) == written


@pytest.mark.parametrize(
    ("tag", "cad", "usd", "eur", "minus"),
    [
        ("fr-CA", "1\u00a0234,50\u00a0$", "1\u00a0234,50\u00a0$\u00a0US", "1\u00a0234,50\u00a0€", "\u221260,00\u00a0$"),
        ("fr-FR", "1\u202f234,50\u00a0$CA", "1\u202f234,50\u00a0$US", "1\u202f234,50\u00a0€", "\u221260,00\u00a0$CA"),
        ("en-CA", "$1,234.50", "US$1,234.50", "€1,234.50", "\u2212$60.00"),
        ("en-GB", "CA$1,234.50", "US$1,234.50", "€1,234.50", "\u2212CA$60.00"),
        ("en-US", "CA$1,234.50", "$1,234.50", "€1,234.50", "\u2212CA$60.00"),
    ],
)
def test_amounts_of_the_shipped_locales(tag: str, cad: str, usd: str, eur: str, minus: str) -> None:
    written = [money("1234.50", currency, FORMATS[tag]) for currency in ("CAD", "USD", "EUR")]
    assert [*written, money("-60.00", "CAD", FORMATS[tag])] == [cad, usd, eur, minus]


@pytest.mark.parametrize("tag", TAGS)
def test_dates_are_babels(tag: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=days) for days in range(366)]
    for day in [*days, date(1970, 1, 1), date(2024, 2, 29), date(2200, 12, 31)]:
        assert date_long(day.isoformat(), FORMATS[tag]) == format_date(day, "long", locale=BABEL[tag])
        assert date_short(day.isoformat(), FORMATS[tag]) == format_date(day, "medium", locale=BABEL[tag])


@pytest.mark.parametrize("tag", TAGS)
def test_integers_are_babels(tag: str) -> None:
    for value in sample(-(10**9), 10**9):
        assert number(value, FORMATS[tag]) == format_decimal(value, locale=BABEL[tag]).replace("-", "\u2212")


@pytest.mark.parametrize("tag", TAGS)
def test_percentages_are_babels(tag: str) -> None:
    for thousandths in [*sample(-200_000, 200_000), 9975, 5000, 20_000, -15_000, 8500]:
        value = Decimal(thousandths).scaleb(-3)
        theirs = format_percent(value / 100, locale=BABEL[tag], decimal_quantization=False).replace("-", "\u2212")
        assert percent(amount_text(value), FORMATS[tag]) == theirs


@pytest.mark.parametrize("tag", TAGS)
def test_plural_forms_are_babels(tag: str) -> None:
    numbers = [*range(200), *sample(200, 999_999)]
    used = {BABEL[tag].plural_form(number) for number in range(200)}
    names = [name for name in ("zero", "one", "two", "few", "many", "other") if name in used]
    assert FORMATS[tag]["plural_forms"] == len(names)
    assert [names[plural_form(n, FORMATS[tag])] for n in numbers] == [BABEL[tag].plural_form(n) for n in numbers]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("items", [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d", "e"]])
def test_lists_are_babels(tag: str, items: list[str]) -> None:
    assert listed(items, FORMATS[tag]) == format_list(items, locale=BABEL[tag])


def test_amounts_are_compared_once_rounded_half_up() -> None:
    """Why nothing is rounded while writing: Babel rounds ties to even, the calculator's quotes round them up."""
    tie = Decimal("2.345")
    assert format_currency(tie, "EUR", locale=BABEL["en-GB"]) == "€2.34"
    assert money(str(tie.quantize(Decimal("0.01"), ROUND_HALF_UP)), "EUR", FORMATS["en-GB"]) == "€2.35"


@pytest.mark.parametrize(
    ("tag", "code", "name"),
    [
        ("fr-CA", "DE", "Allemagne"),
        ("en-GB", "DE", "Germany"),
        ("en-US", "US-NY", "United States (NY)"),
        ("fr-FR", "QQ", "QQ"),
    ],
)
def test_countries_are_named_by_the_locale(tag: str, code: str, name: str) -> None:
    assert territory_name(tag, code) == name
