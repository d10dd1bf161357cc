"""How dates, amounts, percentages, durations, counts and lists are written from patterns."""

import pytest

from calculator.wording.formats import (
    Formats,
    date_long,
    date_short,
    duration,
    listed,
    money,
    number,
    percent,
    plural_form,
)

FRENCH = Formats(
    decimal=",",
    group="\u00a0",
    minus="-",
    percent="{n}\u00a0%",
    money={"CAD": "{n}\u00a0$", "other": "{n}\u00a0{code}"},
    money_minus={"CAD": "-{n}\u00a0$", "other": "-{n}\u00a0{code}"},
    date_long="{d} {month} {y}",
    date_short="{dd}/{mm}/{y}",
    months=["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre"],
    months_short=["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
    first_day="1er",
    plural="00" + "1" * 198,
    plural_fraction="001",
    plural_forms=2,
    duration={"hours": "{h}\u00a0h", "minutes": "{m}\u00a0min", "both": "{h}\u00a0h\u00a0{mm}"},
    list={"two": "{0} et {1}", "middle": "{0}, {1}", "end": "{0} et {1}"},
    colon="\u00a0:",
)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0.00", "0,00\u00a0$"),
        ("-0.00", "0,00\u00a0$"),
        ("585.21", "585,21\u00a0$"),
        ("999.99", "999,99\u00a0$"),
        ("1000.00", "1\u00a0000,00\u00a0$"),
        ("-60.00", "-60,00\u00a0$"),
        ("-1234567890.10", "-1\u00a0234\u00a0567\u00a0890,10\u00a0$"),
        ("500", "500\u00a0$"),
    ],
)
def test_an_amount_keeps_its_digits_and_gets_groups(amount: str, written: str) -> None:
    assert money(amount, "CAD", FRENCH) == written


def test_a_currency_without_a_pattern_is_named_by_its_code() -> None:
    assert money("12.50", "XAG", FRENCH) == "12,50\u00a0XAG"
    assert money("-12.50", "XAG", FRENCH) == "-12,50\u00a0XAG"


@pytest.mark.parametrize(
    ("value", "written"),
    [("9.975", "9,975\u00a0%"), ("5", "5\u00a0%"), ("-10", "-10\u00a0%"), ("20.0", "20\u00a0%"), (100, "100\u00a0%")],
)
def test_a_percentage_has_no_closing_zeros(value: int | str, written: str) -> None:
    assert percent(value, FRENCH) == written


def test_a_factor_keeps_its_zeros() -> None:
    assert number("0.80", FRENCH) == "0,80"
    assert number(1_000_000, FRENCH) == "1\u00a0000\u00a0000"


def test_only_the_first_of_a_month_is_an_ordinal() -> None:
    assert date_long("2026-01-01", FRENCH) == "1er janvier 2026"
    assert date_long("2026-08-31", FRENCH) == "31 août 2026"
    assert date_short("2026-04-05", FRENCH) == "05/04/2026"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (0, "0\u00a0min"),
        (45, "45\u00a0min"),
        (60, "1\u00a0h"),
        (65, "1\u00a0h\u00a005"),
        (870, "14\u00a0h\u00a030"),
        (60_000, "1\u00a0000\u00a0h"),
    ],
)
def test_minutes_become_hours_from_sixty_on(minutes: int, written: str) -> None:
    assert duration(minutes, FRENCH) == written


@pytest.mark.parametrize(
    ("count", "form"), [(0, 0), (1, 0), (2, 1), (101, 1), (201, 1), (1_000_001, 1), ("1.5", 0), ("2.5", 1), (-1, 0)]
)
def test_french_counts_nought_and_one_alike(count: int | str, form: int) -> None:
    assert plural_form(count, FRENCH) == form


def test_a_large_number_follows_its_last_two_digits() -> None:
    """As Slavic languages want it: 101 and 1 are alike there."""
    table = "".join("0" if n % 10 == 1 and n % 100 != 11 else "1" for n in range(200))
    slavic: Formats = {**FRENCH, "plural": table}
    assert [plural_form(n, slavic) for n in (1, 11, 21, 101, 111, 100_021, 100_011)] == [0, 1, 0, 0, 1, 0, 1]


def test_lists_join_two_three_and_none() -> None:
    assert [listed(items, FRENCH) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"])] == [
        "", "a", "a et b", "a, b et c", "a, b, c et d",
    ]  # fmt: skip


def test_what_is_listed_is_not_read_as_a_pattern() -> None:
    assert listed(["{1}", "{0}", "c"], FRENCH) == "{1}, {0} et c"
