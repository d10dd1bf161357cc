"""A strict reader: walks a JSON value, takes what is expected, and collects every mistake with its path."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from calculator.errors import Path, Problem
from calculator.money import parse_decimal
from calculator.periods import parse_date

EPOCH = date(1970, 1, 1)
STAND_INS = (EPOCH, date.min)
"""The days that stand for one that is wrong or missing."""
MANY = 8
"""More words than these are listed once, not again in the advice."""
_DIGITS = re.compile(r"([0-9]+(?:\.[0-9]{1,9})?)\s?[€$£¥%]?[”“»]?")
_ENDS = ("to", "until", "end", "till", "jusqu_au", "au")
"""What a dated row may be given for its end, and does not have."""
_WHOLE = re.compile("[“„”«]?(-?[0-9]+)")


def listed(names: Sequence[str]) -> str:
    """The names for a sentence: `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def nearest(word: str, names: Sequence[str]) -> str:
    """Advice that names the likeliest of `names`, else all of them."""
    same = [name for name in names if name.casefold() == word.casefold()]
    close = same or get_close_matches(word, names, 1)
    return f"did you mean `{close[0]}`?" if close else f"write {listed(list(names))}"


def meant(word: str, names: Iterable[str], otherwise: str) -> str:
    """Advice that names the one of `names` that is nearly the word, else other advice."""
    close = get_close_matches(word.casefold(), sorted(names), 1)
    return f"did you mean `{close[0]}`?" if close else otherwise


class Cut(NamedTuple):
    """A number cut in two by a comma in braces: the key before, its whole number, the digits, the key they became."""

    before: str
    whole: str
    digits: str
    key: str

    @property
    def said(self) -> tuple[str, str, str]:
        """What is wrong, why, and what to write instead."""
        whole, digits = self.whole, self.digits
        joined = [whole + digits] if "." in digits else [f"{whole}.{digits}", *([whole + digits] * (len(digits) == 3))]
        what = f"`{self.key}` looks like the end of the number `{whole},{self.key}`"
        fix = "write " + ", or ".join(f'`{self.before}: "{number}"`' for number in joined)
        return what, "in braces, a comma begins the next key", fix


def cut_off(held: Mapping[str, object], key: str) -> Cut | None:
    """The number whose end became `key` by a comma in braces; None for a key that is anything else, or not there."""
    keys = [*held]
    at = keys.index(key) if key in held else 0
    if not at or held[key] not in (None, ""):
        return None
    before, digits = keys[at - 1], _DIGITS.fullmatch(str(key))
    whole = _WHOLE.fullmatch(str(held[before]))
    return Cut(str(before), whole[1], digits[1], str(key)) if digits and whole else None


class Cursor:
    """A value, where it stands, and the list that all mistakes go to.

    Each method that takes a value returns a harmless stand-in after noting a mistake, so that reading goes on.
    """

    __slots__ = ("path", "problems", "value")

    def __init__(self, value: object, path: Path, problems: list[Problem]) -> None:
        self.value = value
        self.path = path
        self.problems = problems

    def problem(self, what: str, why: str, fix: str, *, at: Path = (), expected: str = "") -> None:
        """Note a mistake here, or at a place below."""
        self.problems.append(Problem(self.path + at, what, why, fix, expected))

    def mapping(self, required: Sequence[str] = (), optional: Sequence[str] = ()) -> "Cursor":
        """Expect a mapping with these keys and no others; empty stand-in when it is none."""
        if not isinstance(self.value, dict):
            self._keyless(required, optional)
            return Cursor({}, self.path, self.problems)
        for key in self.value:
            if key in required or key in optional:
                continue
            if cut := cut_off(self.value, key):
                self.problem(*cut.said, at=(key,))
                continue
            left = [name for name in (*required, *optional) if name not in self.value]  # none is written twice
            why = "nothing would read it, and a misspelt rule would silently not apply"
            fix = nearest(str(key), left) if left else "leave it out"
            if key in _ENDS and "from" in self.value:
                why, fix = "a row holds until the `from` of the next one", "leave it out"
            self.problem(f"`{key}` is not a key that belongs here", why, fix, at=(key,))
        for key in required:
            if key not in self.value:
                self.problem(f"`{key}` is missing", "there is no default for it", f"add `{key}: …`")
        return self

    def _keyless(self, required: Sequence[str], optional: Sequence[str]) -> None:
        """Note that no keys stand here, with what they look like: the value in place of the one that must be there."""
        names = [*required, *optional]
        kind = "a list stands" if isinstance(self.value, list | tuple) else f"`{self.value}` stands"
        if self.value in (None, ""):
            kind = "nothing stands"
        one = len(required or names) == 1 and type(self.value) in (int, str) and self.value != ""
        shown = ", ".join(f"{name}: {self.value if one else '…'}" for name in required or names[:1])
        what = f"{kind} here, where {'a key' if len(names) == 1 else 'keys'} with a value should"
        why = f"this place has {'a key' if len(names) == 1 else 'keys'} of its own: {listed(names[:MANY])}"
        self.problem(what, why, f"write `{{{shown}}}`")

    def has(self, key: str) -> bool:
        """Whether the mapping has that key."""
        return isinstance(self.value, dict) and key in self.value

    def at(self, key: str | int) -> "Cursor":
        """The value below `key`, which `has` confirmed."""
        return Cursor(self.value[key], (*self.path, key), self.problems)  # type: ignore[index]

    def get[T](self, key: str, read: Callable[["Cursor"], T], default: T) -> T:
        """The value below `key` as `read` takes it, or the default when the key is not there."""
        if isinstance(self.value, dict) and key in self.value:
            return read(Cursor(self.value[key], (*self.path, key), self.problems))
        return default

    def each[T](self, key: str, read: Callable[["Cursor"], T]) -> tuple[T, ...]:
        """What `read` takes of each item of the list below `key`; nothing when the key is not there."""
        return tuple(read(item) for item in self.at(key).items()) if self.has(key) else ()

    def entries(self, what: str = "names") -> Iterator[tuple[str, "Cursor"]]:
        """The keys of a mapping whose keys are free, each with its value."""
        if not isinstance(self.value, dict) or not self.value:
            self.problem("this is not a mapping, or it is empty", f"{what} are expected here", "write `name: …` below")
            return
        for key in self.value:
            yield str(key), self.at(key)

    def items(self) -> Iterator["Cursor"]:
        """The items of a list that is not empty."""
        if not isinstance(self.value, list | tuple) or not self.value:
            self.problem("this is not a list, or it is empty", "one or more items are expected", "write `- …` lines")
            return
        for index, value in enumerate(self.value):
            yield Cursor(value, (*self.path, index), self.problems)

    def text(self) -> str:
        """A text that is not empty."""
        if isinstance(self.value, str) and self.value:
            return self.value
        self.problem(f"{self.value!r} is not a text", "a text is expected here", "write a text, in quotes if need be")
        return ""

    def word(self, words: Sequence[str]) -> str:
        """One of these words; the first as a stand-in."""
        if isinstance(self.value, str) and self.value in words:
            return self.value
        known, fix = listed(list(words)), nearest(str(self.value), words)
        if len(words) > MANY and fix.endswith(known):
            fix = "write one of these"
        self.problem(f"`{self.value}` is not one of the words known here", f"it must be {known}", fix)
        return words[0]

    def integer(self, minimum: int, maximum: int) -> int:
        """A whole number from `minimum` to `maximum`, both included."""
        value = self.value
        if value.__class__ is int and minimum <= value <= maximum:
            return value
        self.problem(f"`{value}` is not a whole number from {minimum} to {maximum}", "only these make sense here",
                     f"write a number from {minimum} to {maximum}, without quotes or decimals",
                     expected="integer")  # fmt: skip
        return minimum

    def flag(self) -> bool:
        """True or false, as JSON or as the text of a YAML scalar."""
        if self.value is True or self.value == "true":
            return True
        if self.value is not False and self.value != "false":
            self.problem(f"`{self.value}` is neither true nor false", "this is a yes-or-no key", "write true or false")
        return False

    def decimal(self) -> Decimal:
        """An exact decimal number: a text, so that nothing can turn it into a binary fraction, or a whole number."""
        number = parse_decimal(str(self.value)) if isinstance(self.value, int | str) else None
        if number is None:
            self.problem(f"`{self.value}` is not a decimal number", "amounts, rates and percentages are exact decimals",
                         'write digits, and a point before the decimals, such as "120.00" or "-10"',
                         expected="decimal")  # fmt: skip
        return number if number is not None else Decimal(0)

    def day(self) -> date:
        """A date that exists, written YYYY-MM-DD."""
        day = parse_date(self.value) if isinstance(self.value, str) else None
        if day is None:
            self.problem(f"`{self.value}` is not a date", "dates are written YYYY-MM-DD and must exist",
                         "write a date such as 2026-01-01", expected="date")  # fmt: skip
        return day or EPOCH
