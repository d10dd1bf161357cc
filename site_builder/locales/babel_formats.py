"""The patterns that the calculator's wording fills, taken from Babel's CLDR data at build time."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import format_currency, format_percent

from calculator.money import MINOR_UNITS
from calculator.wording.formats import Duration, Formats
from calculator.wording.formats import ListPatterns as Lists
from site_builder.plurals import FORMS, plural_table

MINUS = "\u2212"
"""The minus sign, also where CLDR has a hyphen: it is as wide as a figure, and no line ends behind it."""

_FIELDS: Final = {
    "d": "{d}",
    "dd": "{dd}",
    "MMMM": "{month}",
    "MMM": "{month}",
    "MM": "{mm}",
    "LLLL": "{month}",
    "y": "{y}",
    "yyyy": "{y}",
}
_FIELD: Final = re.compile(r"'([^']*)'|(([A-Za-z])\3*)")


def formats_of(tag: str, first_day: str, duration: Duration, colon: str) -> Formats:
    """The formats of a locale such as `fr-CA`; what CLDR does not say (1er, « 2 h 30 », « : ») is handed in."""
    locale = Locale.parse(tag, sep="-")
    plural, fraction, forms = _plural(locale)
    lists = locale.list_patterns["standard"]
    symbols = locale.number_symbols["latn"]
    return Formats(
        decimal=symbols["decimal"],
        group=symbols["group"],
        minus=symbols["minusSign"].replace("-", MINUS),
        percent=_around(format_percent(Decimal("0.02"), locale=locale), "2"),
        money={code: _money(locale, code, "") for code in MINOR_UNITS} | {"other": _money(locale, "XTS", "")},
        money_minus={code: _money(locale, code, "-") for code in MINOR_UNITS} | {"other": _money(locale, "XTS", "-")},
        date_long=_date_pattern(locale.date_formats["long"].pattern),
        date_short=_date_pattern(locale.date_formats["medium"].pattern),
        months=[locale.months["format"]["wide"][month] for month in range(1, 13)],
        months_short=[locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        first_day=first_day,
        plural=plural,
        plural_fraction=fraction,
        plural_forms=forms,
        duration=duration,
        list=Lists(two=lists["2"], middle=lists["middle"], end=lists["end"]),
        colon=colon,
    )


@lru_cache(8192)
def territory_name(tag: str, code: str) -> str:
    """What the locale calls a country; a part of one (`US-NY`) goes by its country and its own letters."""
    country, _, part = code.partition("-")
    name = Locale.parse(tag, sep="-").territories.get(country, country)
    return f"{name} ({part})" if part else str(name)


def language_name(code: str, lang: str) -> str:
    """What a language calls another, as it stands within a sentence."""
    return str(Locale.parse(lang).languages.get(code, code))


def _around(written: str, digits: str) -> str:
    """What is written around the digits, as a pattern."""
    return written.replace(digits, "{n}")


def _money(locale: Locale, currency: str, sign: str) -> str:
    """The pattern of amounts in a currency; the probe `2` has no fraction, so that only the digits are replaced."""
    written = format_currency(
        Decimal(f"{sign}2"), currency, locale=locale, currency_digits=False, format=None, decimal_quantization=False
    )
    pattern = _around(re.sub(r"2[.,]?0*", "2", written, count=1), "2").replace("XTS", "{code}").replace("¤", "{code}")
    # As browsers write it: letters do not touch digits.
    pattern = re.sub(r"(?<=[A-Za-z}])\{n\}", "\u00a0{n}", pattern)
    return pattern.replace("-", MINUS)


def _date_pattern(pattern: str) -> str:
    """CLDR's `d MMMM y` as `{d} {month} {y}`; letters in quotes are themselves."""

    def field(match: re.Match[str]) -> str:
        return match[1] if match[2] is None else _FIELDS[match[2]]

    return _FIELD.sub(field, pattern)


def _plural(locale: Locale) -> tuple[str, str, int]:
    """The plural form of each number up to the table's end, of 0.5, 1.5 and 2.5, and how many forms are in use.

    Forms are numbered in CLDR's order, only those that whole numbers need: a text gives them in that order.
    """
    names = plural_table(locale)
    used = [form for form in FORMS if form in names]
    fractions = [locale.plural_form(Decimal(text)) for text in ("0.5", "1.5", "2.5")]
    last = len(used) - 1
    index: Mapping[str, int] = {form: place for place, form in enumerate(used)}
    return (
        "".join(str(index[name]) for name in names),
        "".join(str(index.get(name, last)) for name in fractions),
        len(used),
    )
