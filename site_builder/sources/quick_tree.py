r"""Reads YAML as plan files are usually written, line by line and without places; gives up on all else.

What it knows: mappings and lists, one entry to a line or in brackets; quoted and plain texts, also over several lines;
texts below `|` and `>`; comments. What has a mistake, and what it does not know for certain, is left to `tree`, which
reads all of YAML and says where and why, at twenty times the cost. So this reader may give up wherever it likes, and
must never read what `tree` refuses or reads otherwise: `tests/site_builder/test_sources_quick.py` compares the two.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from site_builder.sources.documents import Bare, Value, is_typed
from site_builder.sources.text import is_unseen

MAX_DEPTH: Final = 40
"""Mappings and lists inside one another; the deepest part of a plan file needs about twelve."""

EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that say nothing."""

_MOST_LINES: Final = 100
"""Lines of a text in quotes."""

_LONGEST: Final = 4000
"""Characters of a line with brackets: a longer one may be meant to be hard to read."""

_NUMBERS: Final = frozenset("-0123456789tf")
"""What an integer or a boolean begins with."""

_KEY: Final = r"(?!(?:null|Null|NULL):)\w[\w.-]{0,99}"
_DOUBLE: Final = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_SINGLE: Final = r"'[^'\n]*+(?:''[^'\n]*+)*+'"
_BEGIN: Final = r"(?:[^ \n\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[\w.]))"
_PLAIN: Final = rf"{_BEGIN}[^\n:#]*+(?:(?::(?=[^ \n])|(?<=[^ ])#)[^\n:#]*+)*+"
_PLAIN_IN_BRACKETS: Final = rf"{_BEGIN}[^\n:#?,\[\]{{}}]*+(?:(?::(?=[^ \n?,\[\]{{}}])|(?<=[^ ])#)[^\n:#?,\[\]{{}}]*+)*+"
"""Plain texts, with the spaces after them."""

_LINE: Final = re.compile(rf"^( *)(-(?: +|$))?(?:({_KEY}|\"[^\"\\\n]{{1,99}}\"|'[^'\n]{{1,99}}'):(?: +|$))?(.*)$", re.M)
"""A line: its indentation, the dash of a list's item, a mapping's key, and the rest."""
_SCALAR: Final = re.compile(rf"(?:({_DOUBLE})|({_SINGLE})|({_PLAIN})) *(?:#.*)?")
_ITEM: Final = re.compile(
    rf" *(?:({_KEY}):(?: +|$))?(?:({_DOUBLE})|({_SINGLE})|({_PLAIN_IN_BRACKETS}))? *([{{}}\[\],]|$|.)"
)
"""Between brackets: a key, a text (in double or single quotes, or plain), and the character or end of line after it."""
_OPENING: Final = frozenset("{[")
_ENDS: Final = frozenset({"", "#"})
"""What ends a line between brackets."""
_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED: Final = {char: char for char in '"\\/ '} | {"n": "\n", "t": "\t", "_": "\u00a0"}

type _Item = tuple[str, str, str, str, str]
type _Entry = tuple[int, str, str, str, int]
"""A line that says something: its column, dash, key and rest, and its number from 0."""


class _GiveUpError(Exception):
    """This text is not for here."""


def read_quickly(text: str, lines: list[str]) -> Value:
    """The mapping or list in `text`, whose lines are given; None where it is not for here."""
    if "\t" in text:
        return None
    try:
        return _Reader(text, lines).document()
    except (_GiveUpError, ValueError, OverflowError):
        return None


class _Reader:
    """Reads a text from line to line; collections inside one another call each other, no deeper than MAX_DEPTH."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self.lines = lines
        found = enumerate(_LINE.findall(text))
        self.entries: list[_Entry] = [
            (len(indent), dash, key, rest, number)
            for number, (indent, dash, key, rest) in found
            if dash or key or (rest and rest[0] != "#")
        ]
        self.entries.append((-1, "", "", "", len(lines)))
        self.at = 0
        self.row = 0

    def document(self) -> Value:
        """The only document of the text, which is a mapping or a list."""
        if self.entries[0][:4] == (0, "", "", "---"):
            self.at = 1
        if self.entries[self.at][0] < 0:
            raise _GiveUpError
        value = self._node(-1, 0)
        if isinstance(value, str | None) or self.entries[self.at][0] >= 0:
            raise _GiveUpError
        return value

    def _node(self, above: int, depth: int) -> Value:
        """What begins with a line of its own, further in than column `above`."""
        column, dash, key, rest, _ = self.entries[self.at]
        if dash:
            return self._list(column, depth)
        return self._mapping(column, depth) if key else self._value(rest, above, depth)

    def _mapping(self, column: int, depth: int) -> dict[str, Value]:
        if depth >= MAX_DEPTH:
            raise _GiveUpError
        held: dict[str, Value] = {}
        while True:
            begins, dash, key, rest, _ = self.entries[self.at]
            if begins < column:
                return held
            if begins > column or dash or not key:
                raise _GiveUpError
            name = key[1:-1] if key[0] in "\"'" else key
            if name in held:
                raise _GiveUpError
            held[name] = self._value(rest, column, depth + 1, column)

    def _list(self, column: int, depth: int) -> list[Value]:
        if depth >= MAX_DEPTH:
            raise _GiveUpError
        held: list[Value] = []
        while True:
            begins, dash, key, rest, number = self.entries[self.at]
            if begins < column or (begins == column and not dash):
                return held
            if begins > column:
                raise _GiveUpError
            if key:
                inner = column + len(dash)
                self.entries[self.at] = inner, "", key, rest, number
                held.append(self._mapping(inner, depth + 1))
            else:
                held.append(self._value(rest, column, depth + 1))

    def _value(self, rest: str, above: int, depth: int, listed: int = -1) -> Value:
        """The value that begins in the `rest` of this line, below column `above`; a list may stand at `listed`."""
        number = self.entries[self.at][4]
        self.at += 1
        found = _SCALAR.fullmatch(rest)
        if found:
            double, single, plain = found.groups()
            if plain and self.entries[self.at][0] > above:
                return self._plain_lines(rest, above, number)
            return _text(double, single, plain)
        first = rest[:1]
        if first in ("", "#"):
            column, dash, *_ = self.entries[self.at]
            if column > above:
                return self._node(above, depth)
            return self._list(column, depth) if dash and column == listed else None
        if first in "{[":
            return self._brackets(rest, number, depth)
        return self._block(rest, above, number) if first in "|>" else self._quoted_lines(rest, number)

    def _plain_lines(self, rest: str, above: int, number: int) -> str:
        """A plain text that goes on in the next lines."""
        said = [rest.rstrip(" ")]
        while self.entries[self.at][0] > above:
            number += 1
            said.append(self.lines[number].strip(" "))
            if self.entries[self.at][4] != number:
                raise _GiveUpError
            self.at += 1
        for line in said:
            found = _SCALAR.fullmatch(line)
            if not found or found[3] != line:
                raise _GiveUpError
        return " ".join(said)

    def _quoted_lines(self, rest: str, number: int) -> Value:
        """A text in quotes that ends in one of the next lines."""
        if rest[0] not in "\"'":
            raise _GiveUpError
        found, last = None, number + _MOST_LINES
        while found is None:
            number += 1
            more = self.lines[number].strip(" ") if number < len(self.lines) else ""
            rest = rest.rstrip(" ")
            if not more or number > last or rest.endswith("\\") or more[:3] in ("---", "..."):
                raise _GiveUpError
            rest = f"{rest} {more}"
            found = _SCALAR.fullmatch(rest)
        self._go_to(number + 1)
        return _text(found[1], found[2], "")

    def _block(self, header: str, above: int, number: int) -> str:
        """A text below `|` (lines as they are) or `>` (lines joined), all of which begin in one column."""
        header = header.rstrip(" ")
        number += 1
        first = self.lines[number] if number < len(self.lines) else ""
        column = len(first) - len(first.lstrip(" "))
        if header not in ("|", ">", "|-", ">-") or column <= above or not first.strip(" "):
            raise _GiveUpError
        between, blank, said = ("\n" if header[0] == "|" else " "), 0, list[str]()
        for line in islice(self.lines, number, None):
            if len(line) <= column and not line.strip(" "):
                blank += 1
            elif line[:column].strip(" "):
                break
            elif line[column] == " ":
                raise _GiveUpError
            else:
                if said:
                    said.append("\n" * blank + between * (not blank or between == "\n"))
                said.append(line[column:])
                blank = 0
            number += 1
        if len(header) == 1:
            if number == len(self.lines) and not blank:
                raise _GiveUpError  # the text ends with the file, without a line's end
            said.append("\n")
        self._go_to(number)
        return "".join(said)

    def _go_to(self, number: int) -> None:
        """Go on with the first line from this one on that says something."""
        while self.entries[self.at][4] < number:
            self.at += 1

    def _brackets(self, rest: str, number: int, depth: int) -> Value:
        """A mapping or list in brackets, which may go over several lines."""
        self.row = number
        items = self._items(rest)
        value = self._bracket(next(items)[4], items, depth)
        *said, sign = next(items)
        if any(said) or sign not in _ENDS:
            raise _GiveUpError
        self._go_to(self.row + 1)
        return value

    def _items(self, rest: str) -> Iterator[_Item]:
        """What stands between brackets, from the rest of line `row` on; an item without sign ends each line."""
        while True:
            if len(rest) > _LONGEST:
                raise _GiveUpError
            for item in _ITEM.findall(rest):
                yield item
                if item[4] == "#":
                    break
            self.row += 1
            if self.row == len(self.lines):
                raise _GiveUpError
            rest = self.lines[self.row]

    def _bracket(self, sign: str, items: Iterator[_Item], depth: int) -> Value:
        if depth >= MAX_DEPTH:
            raise _GiveUpError
        return self._pairs(items, depth + 1) if sign == "{" else self._texts(items, depth + 1)

    def _pairs(self, items: Iterator[_Item], depth: int) -> dict[str, Value]:
        held: dict[str, Value] = {}
        filled = False  # since the bracket or the last comma
        for key, double, single, plain, sign in items:
            if key:
                if filled or key in held:
                    raise _GiveUpError
                filled = True
                if not (double or single or plain):
                    if sign not in _OPENING:
                        raise _GiveUpError
                    held[key] = self._bracket(sign, items, depth)
                    continue
                held[key] = _text(double, single, plain)
            elif double or single or plain:
                raise _GiveUpError
            if sign == "}":
                break
            filled = _goes_on(sign, filled)
        return held

    def _texts(self, items: Iterator[_Item], depth: int) -> list[Value]:
        held: list[Value] = []
        filled = False
        for key, double, single, plain, sign in items:
            said = bool(double or single or plain)
            if key or (filled and (said or sign in _OPENING)):
                raise _GiveUpError
            if said:
                held.append(_text(double, single, plain))
                filled = True
            elif sign in _OPENING:
                held.append(self._bracket(sign, items, depth))
                filled = True
                continue
            if sign == "]":
                break
            filled = _goes_on(sign, filled)
        return held


def _goes_on(sign: str, filled: bool) -> bool:
    """Whether something stands since the last comma, after a sign between brackets that closes none."""
    if sign == ",":
        if not filled:
            raise _GiveUpError
        return False
    if sign not in _ENDS:
        raise _GiveUpError
    return filled


def _text(double: str | None, single: str | None, plain: str | None) -> str | None:
    """A scalar's text without its quotes; None where it says nothing."""
    if double:
        return _unescaped(double[1:-1]) if "\\" in double else double[1:-1]
    if single:
        return single[1:-1].replace("''", "'")
    assert plain
    text = plain.rstrip(" ")
    if text in EMPTY:
        return None
    return Bare(text) if text[0] in _NUMBERS and is_typed(text) else text


def _unescaped(text: str) -> str:
    said = _ESCAPE.sub(_char, text)
    if is_unseen(said):
        raise _GiveUpError
    return said


def _char(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16))
    if found[4] not in _ESCAPED:
        raise _GiveUpError
    return _ESCAPED[found[4]]
