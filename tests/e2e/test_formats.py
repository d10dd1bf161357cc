"""Dates, amounts and percentages are those of the browser's Intl, for every locale of every language.

Digits are always grouped, also in the languages that leave four of them alone: amounts stand in columns.
"""

from typing import Any

import pytest
from playwright.sync_api import Browser

from calculator.wording.formats import date_long, date_short, money, number, percent
from site_builder.locales import load_all

pytestmark = pytest.mark.e2e

LOCALES = {locale.tag: locale for language in load_all().values() for locale in language.locales.values()}
DAYS = tuple(f"2026-{month:02}-{day}" for month in range(1, 13) for day in ("01", "02", "28"))
AMOUNTS = ("0.00", "5.20", "-379.80", "1234.50", "1234567.89")
CURRENCIES = ("CAD", "EUR", "USD")
PERCENTS = ("-10", "5", "9.975", "100")
NUMBERS = ("7", "1234", "0.85", "1234567")

INTL = """([tag, days, amounts, currencies, percents, numbers]) => {
    const of = (style) => new Intl.DateTimeFormat(tag, { dateStyle: style, timeZone: "UTC" });
    const moments = days.map((day) => new Date(`${day}T12:00:00Z`));
    const digits = { maximumFractionDigits: 3 };
    return {
        long: moments.map((day) => of("long").format(day)),
        short: moments.map((day) => of("medium").format(day)),
        money: currencies.map((currency) => amounts.map((amount) =>
            new Intl.NumberFormat(tag, { style: "currency", currency, useGrouping: "always" }).format(amount))),
        percent: percents.map((rate) =>
            new Intl.NumberFormat(tag, { style: "percent", ...digits }).format(Number(`${rate}e-2`))),
        number: numbers.map((value) => new Intl.NumberFormat(tag, { ...digits, useGrouping: "always" }).format(value)),
    };
}"""


@pytest.fixture(scope="module")
def intl(chromium: Browser) -> dict[str, dict[str, Any]]:
    page = chromium.new_page()
    asked = [list(each) for each in (DAYS, AMOUNTS, CURRENCIES, PERCENTS, NUMBERS)]
    found = {tag: page.evaluate(INTL, [tag, *asked]) for tag in LOCALES}
    page.close()
    return found


def plain(text: str) -> str:
    """A text with one kind of space and of minus: which of them is a matter of the release of CLDR."""
    for space in "\u00a0\u202f":
        text = text.replace(space, " ")
    return text.replace("\u2212", "-").replace("\u200e", "")


@pytest.mark.parametrize("tag", sorted(LOCALES))
def test_dates_are_the_browsers(tag: str, intl: dict[str, dict[str, Any]]) -> None:
    """Except for the first of a month, where a language may declare how it is said (1er, 1º)."""
    formats = LOCALES[tag].formats
    for kind, write in (("long", date_long), ("short", date_short)):
        for day, expected in zip(DAYS, intl[tag][kind], strict=True):
            said = plain(write(day, formats))
            if day.endswith("-01") and formats["first_day"] != "1":
                said = said.replace(formats["first_day"], "1" if kind == "long" or "01" not in expected else "01", 1)
            assert said == plain(expected), (kind, day)


@pytest.mark.parametrize("tag", sorted(LOCALES))
def test_amounts_are_the_browsers(tag: str, intl: dict[str, dict[str, Any]]) -> None:
    formats = LOCALES[tag].formats
    for currency, expected in zip(CURRENCIES, intl[tag]["money"], strict=True):
        said = [plain(money(amount, currency, formats)) for amount in AMOUNTS]
        assert said == [plain(text) for text in expected], currency


@pytest.mark.parametrize("tag", sorted(LOCALES))
def test_percentages_and_numbers_are_the_browsers(tag: str, intl: dict[str, dict[str, Any]]) -> None:
    formats = LOCALES[tag].formats
    assert [plain(percent(rate, formats)) for rate in PERCENTS] == [plain(text) for text in intl[tag]["percent"]]
    assert [plain(number(value, formats)) for value in NUMBERS] == [plain(text) for text in intl[tag]["number"]]
