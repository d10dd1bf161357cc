"""What people type where a plan file wants an exact decimal, a date or a whole number, and how that is written here.

The one place that knows of decimal commas, spaces between thousands, signs, and days before months; what a comma does
to a number in braces is told by `calculator.plan.cut_off`.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Final

_MARKS: Final = " \n\t“”„«»‘’\"'\u00a0\u202f"
"""Blanks and quotation marks around a value: those of word processors are part of the text to YAML."""
_LONGEST: Final = 60
"""Characters of the longest text that is taken for a number: what is longer is none, and would take long to look at."""
_SPACES: Final = "[ \u00a0\u202f]"
_SIGNED: Final = re.compile(
    rf"(?:[€$£¥]|[A-Z]{{3}})?{_SPACES}*(.*?){_SPACES}*(?:[€$£¥%]|[A-Z]{{2,3}}{_SPACES}?\$?|\$CA)?"
)
"""A number between signs of currencies or of percent."""
_NUMBER: Final = re.compile(rf"([-−+]?)([0-9]+(?:(?:{_SPACES}|[’'.,])[0-9]{{3}})*)(?:[.,]([0-9]{{1,9}}))?")
_ORDERED: Final = re.compile(r"([0-9]{1,4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,4})")
_PAST: Final = re.compile(r"(19[0-9]{2}|2[0-9]{3})-(0[1-9]|1[0-2])-(29|3[01])")
_WORDED: Final = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th|º)?\.? +(?:de +)?(\w{3,})\.?,? +([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"(\w{3,})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_COUNTED: Final = re.compile(rf"(-?[0-9]{{1,9}}){_SPACES}*[^\W\d]*\.?")

_LENGTH: Final = re.compile(r"([0-9]{1,4})[ \u00a0\u202f-]*([^\W\d]*)\.?")
_LENGTHS: Final = (("mo", "months", 1), ("mes", "months", 1), ("y", "months", 12), ("an", "months", 12),
                   ("d", "days", 1), ("j", "days", 1), ("gio", "days", 1),
                   ("w", "days", 7), ("sem", "days", 7), ("sett", "days", 7))  # fmt: skip
"""What lengths of time begin with in French, English and Italian, and how many months or days one is."""

_MONTHS: Final = (
    ("jan", "gen"),
    ("fév", "fev", "feb"),
    ("mar",),
    ("avr", "apr"),
    ("mai", "may", "mag"),
    ("juin", "jun", "giu"),
    ("juil", "jul", "lug"),
    ("aoû", "aou", "aug", "ago"),
    ("sep", "set"),
    ("oct", "ott"),
    ("nov",),
    ("déc", "dec", "dic"),
)
"""How the months begin in French, English and Italian."""


def decimals(text: str) -> list[str]:
    """The decimals that a text may stand for, the likeliest first: `45.00` for `45,00 €`; none for words."""
    if text[:1] in "“„«" and text[-1:] not in "”“»":
        return []  # a comma in braces has cut its end off
    text = text.strip(_MARKS)
    outer = _SIGNED.fullmatch(text) if len(text) <= _LONGEST else None
    found = _NUMBER.fullmatch(outer[1]) if outer else None
    if not found:
        return []
    sign = "-" if found[1] in ("-", "−") else ""
    whole, cents = found[2], found[3]
    digits = re.sub(r"[^0-9]", "", whole)
    plain = sign + digits + (f".{cents}" if cents else "")
    last = re.fullmatch(r"([0-9]{1,3})[.,]([0-9]{3})", whole)
    # 1,200 is a thousand to some, and a little more than one to others.
    return [plain, f"{sign}{last[1]}.{last[2]}"] if last and not cents else [plain]


def days(text: str) -> list[str]:
    """The days that a text may stand for, written YYYY-MM-DD: both where day and month could change places."""
    text = text.strip(_MARKS).casefold()
    found: list[tuple[int, int, int]] = []
    if match := _ORDERED.fullmatch(text):
        first, second, third = (int(part) for part in match.groups())
        orders = ((first, second, third),) if first > 31 else ((third, second, first), (third, first, second))
        found += orders
    elif match := _WORDED.fullmatch(text):
        found += [(int(match[3]), month, int(match[1])) for month in _month(match[2])]
    elif match := _MONTH_FIRST.fullmatch(text):
        found += [(int(match[3]), month, int(match[2])) for month in _month(match[1])]
    return list(dict.fromkeys(day for parts in found if (day := _day(*parts))))


def wholes(text: str) -> list[str]:
    """The whole number that a text may stand for: `12` for `12 mois`."""
    found = _COUNTED.fullmatch(text.strip(_MARKS))
    return [str(int(found[1]))] if found else []


def length_advice(text: str) -> str:
    """The advice to write a length of time in months or in days; nothing where none is known."""
    found = _LENGTH.fullmatch(text.strip().casefold())
    for start, unit, times in _LENGTHS if found else ():
        if found and (found[2] or "mo").startswith(start):
            return f"write `{{{unit}: {int(found[1]) * times}}}`"
    return ""


def decimal_advice(text: str) -> str:
    """The advice to write a decimal as it is written here; nothing where none is known."""
    return _advice([f'"{number}"' for number in decimals(text)])


def day_advice(text: str) -> str:
    """The same for a day."""
    found = days(text)
    if not found and (past := _PAST.fullmatch(text)):
        year, month = int(past[1]), int(past[2])
        last = monthrange(year, month)[1]
        return f"write `{date(year, month, last)}`, the last day of that month"
    if len(found) < 2:
        return _advice(found)
    return f"write `{found[0]}`, or `{found[1]}` if the month stands first"


def whole_advice(text: str, minimum: int, maximum: int) -> str:
    """The same for a whole number between two others."""
    return _advice([number for number in wholes(text) if minimum <= int(number) <= maximum])


def _advice(values: list[str]) -> str:
    return f"write {' or '.join(f'`{value}`' for value in values)}" if values else ""


def _month(name: str) -> list[int]:
    return [number for number, starts in enumerate(_MONTHS, 1) if name.startswith(starts)]


def _day(year: int, month: int, day: int) -> str | None:
    year += 2000 if year < 100 else 0
    try:
        return date(year, month, day).isoformat() if year > 1900 else None
    except ValueError:
        return None
