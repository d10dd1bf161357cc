"""How a locale writes dates, amounts, percentages, durations, counts and lists.

Decides nothing about words: it fills patterns that were made from Babel at build time and came in as data, so that
the browser, the command line and the e-mail write the same characters. Nothing is rounded here: an amount is written
with the digits it was given.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLURAL_TABLE = 200


class Duration(TypedDict):
    """Patterns of lengths of time given in minutes: `{h}` hours, `{m}` minutes, `{mm}` minutes with two digits."""

    hours: str
    minutes: str
    both: str


class ListPatterns(TypedDict):
    """Patterns that join `{0}` and `{1}`: two elements, the first ones of more, and the last one."""

    two: str
    middle: str
    end: str


class Formats(TypedDict):
    """What one locale (`fr-CA`) writes around digits and names.

    `plural` holds one digit for each number from 0 to 199: which of the forms in `{n:one|other}` goes with it (a
    larger number follows its last two digits). `money` and `money_minus` go by currency, with `other` for currencies
    that have no pattern of their own (`{code}`).
    """

    decimal: str
    group: str
    minus: str
    percent: str
    money: Mapping[str, str]
    money_minus: Mapping[str, str]
    date_long: str
    date_short: str
    months: Sequence[str]
    months_short: Sequence[str]
    first_day: str
    plural: str
    plural_fraction: str
    plural_forms: int
    duration: Duration
    list: ListPatterns
    colon: str


def _grouped(digits: str, group: str) -> str:
    """The digits in groups of three from the right."""
    first = len(digits) % 3 or 3
    return group.join([digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))])


def _magnitude(text: str, formats: Formats) -> str:
    """A decimal text without its sign, with the locale's group and decimal marks."""
    whole, _, fraction = text.removeprefix("-").partition(".")
    return _grouped(whole, formats["group"]) + (formats["decimal"] + fraction if fraction else "")


def _is_negative(text: str) -> bool:
    """Whether a decimal text is below zero (`-0.00` is not)."""
    return text.startswith("-") and any(digit in text for digit in "123456789")


def number(value: int | str, formats: Formats) -> str:
    """An integer or a decimal text: `1 234,5`."""
    text = str(value)
    return (formats["minus"] if _is_negative(text) else "") + _magnitude(text, formats)


def percent(value: int | str, formats: Formats) -> str:
    """A percentage given in per cent (`9.975` is 9,975 %), without closing zeros."""
    text = str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return formats["percent"].replace("{n}", number(text, formats))


def money(amount: str, currency: str, formats: Formats) -> str:
    """An amount of the contract (a decimal text with the currency's digits) with its currency's sign."""
    patterns = formats["money_minus" if _is_negative(amount) else "money"]
    pattern = patterns.get(currency) or patterns["other"].replace("{code}", currency)
    return pattern.replace("{n}", _magnitude(amount, formats))


def _dated(iso: str, pattern: str, months: Sequence[str], first_day: str) -> str:
    day = date.fromisoformat(iso)
    parts = {
        "{dd}": f"{day.day:02}",
        "{d}": first_day if day.day == 1 else str(day.day),
        "{month}": months[day.month - 1],
        "{mm}": f"{day.month:02}",
        "{y}": str(day.year),
    }
    for mark, part in parts.items():
        pattern = pattern.replace(mark, part)
    return pattern


def date_long(iso: str, formats: Formats) -> str:
    """`2026-04-01` as `1er avril 2026`."""
    return _dated(iso, formats["date_long"], formats["months"], formats["first_day"])


def date_short(iso: str, formats: Formats) -> str:
    """`2026-04-10` as `10 avr. 2026`, for tables."""
    return _dated(iso, formats["date_short"], formats["months_short"], formats["first_day"])


def duration(minutes: int, formats: Formats) -> str:
    """Minutes as hours and minutes: `2 h 30`, `45 min`, `14 h`."""
    hours, rest = divmod(minutes, 60)
    patterns = formats["duration"]
    pattern = patterns["minutes"] if not hours else patterns["both"] if rest else patterns["hours"]
    for mark, part in (("{h}", number(hours, formats)), ("{mm}", f"{rest:02}"), ("{m}", str(rest))):
        pattern = pattern.replace(mark, part)
    return pattern


def plural_form(value: int | str, formats: Formats) -> int:
    """Which plural form goes with a count: the index of a form in `{n:one|other}`."""
    text = str(value).removeprefix("-")
    whole, _, fraction = text.partition(".")
    count = int(whole)
    if fraction.strip("0"):
        return int(formats["plural_fraction"][min(count, 2)])
    return int(formats["plural"][count if count < PLURAL_TABLE else 100 + count % 100])


def listed(items: Sequence[str], formats: Formats) -> str:
    """`a, b et c`."""
    patterns = formats["list"]

    def joined(pattern: str, left: str, right: str) -> str:
        head, tail = pattern.split("{0}")[0], pattern.split("{1}")[1]
        middle = pattern.split("{0}")[1].split("{1}")[0]
        return head + left + middle + right + tail

    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return joined(patterns["two"], *items)
    text = joined(patterns["end"], items[-2], items[-1])
    for item in reversed(items[:-2]):
        text = joined(patterns["middle"], item, text)
    return text
