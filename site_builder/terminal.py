"""Lays a page of Markdown out for whoever reads it in a terminal, or in a pipe that ends in one."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final, TextIO

WIDEST: Final = 100
"""Columns of the longest line: longer ones are hard to read, however wide the terminal is."""

_WHOLE: Final = 44
"""Characters of the longest piece of code that no line of a paragraph breaks."""

_SIDE_BY_SIDE: Final = 3
"""How many columns can be read side by side where cells take several lines."""

_BOLD, _ITALIC, _CODE, _TITLE, _PLAIN = "\033[1m", "\033[3m", "\033[35m", "\033[1;4m", "\033[0m"
_STYLE: Final = re.compile(r"\033\[[0-9;]*m")
_SPOKEN: Final = re.compile(
    r"(?P<code>`+)(?P<in_code>.+?)(?P=code)|\*\*(?P<bold>.+?)\*\*|\*(?=\S)(?P<italic>[^*]+?)\*", re.DOTALL
)
_SPACE: Final = "\0"
"""Stands for a space that no line may be broken at."""

_GAPS: Final = re.compile(r"[ \t\n]+")  # no-break spaces are not gaps
_FENCE: Final = re.compile(r" *(```+|~~~+)")
_HEADING: Final = re.compile(r"(#{1,6}) +(.*)")
_ITEM: Final = re.compile(r"( *)([-*]|\d+\.) +(?=\S)")
_CELLS: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"[-: ]+")


def columns(out: TextIO) -> int:
    """How many columns a line may take: those of the terminal that `out` is, or that a pipe most likely ends in."""
    terminal = next((stream for stream in (out, sys.stderr) if stream.isatty()), None)
    if terminal is None or "COLUMNS" in os.environ:
        return min(WIDEST, shutil.get_terminal_size().columns)
    return min(WIDEST, os.get_terminal_size(terminal.fileno()).columns or 80)


def in_colour(out: TextIO) -> bool:
    """Whether `out` is a terminal that shows bold letters and colours, and its user wants them."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """The text in bold letters, of a terminal that has them."""
    return f"{_BOLD}{text}{_PLAIN}"


def listed(named: Mapping[str, str], wide: int, width: int) -> Iterator[str]:
    """Names in a column of `wide`, what they are beside them in lines of `width` columns; 0 for one line each."""
    for name, said in named.items():
        lines = _filled(said.split(" "), max(width - wide - 2, 1)) if width else [said]
        yield from (f"{'' if number else name:{wide}}  {line}" for number, line in enumerate(lines))


def laid_out(markdown: str, width: int, styled: bool) -> str:
    """The page with lines of at most `width` columns, code apart; `styled` with a terminal's means, else with marks."""
    return "\n".join([*_without_double_gaps(_blocks(markdown.split("\n"), width, styled))]).strip("\n") + "\n"


def _without_double_gaps(lines: Iterator[str]) -> Iterator[str]:
    last = ""
    for line in lines:
        if line or last:
            yield line
        last = line


def _blocks(lines: Sequence[str], width: int, styled: bool) -> Iterator[str]:
    rest = list(lines)
    while rest:
        if fence := _FENCE.match(rest[0]):
            block = [rest[0], *takewhile(lambda line: line.strip() != fence[1], rest[1:])]
            shown = [f"    {line}".rstrip() for line in block[1:]]
            yield from shown if styled else [*block, fence[0]]
            rest = rest[len(block) + 1 :]
        elif rest[0].startswith("|"):
            block = [*takewhile(lambda line: line.startswith("|"), rest)]
            yield from _table(block, width, styled)
            rest = rest[len(block) :]
        elif heading := _HEADING.fullmatch(rest[0]):
            words = " ".join(_words(heading[2], False)).replace("`", "")
            yield f"{_TITLE if heading[1] == '#' else _BOLD}{words}{_PLAIN}" if styled else rest[0]
            rest = rest[1:]
        elif rest[0].strip():
            block = [rest[0], *takewhile(_goes_on, rest[1:])]
            yield from _paragraph(block, width, styled)
            rest = rest[len(block) :]
        else:
            yield ""
            rest = rest[1:]


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph or the item above it."""
    return bool(line.strip()) and not any(mark.match(line) for mark in (_FENCE, _HEADING, _ITEM)) and line[0] != "|"


def _paragraph(block: Sequence[str], width: int, styled: bool) -> Iterator[str]:
    """A paragraph, or an item of a list with what hangs below its mark."""
    item = _ITEM.match(block[0])
    lead = item[0] if item else " " * (len(block[0]) - len(block[0].lstrip(" ")))
    text = "\n".join([block[0].removeprefix(lead), *block[1:]])
    if styled and item and item[2] in "-*":
        lead = lead.replace(item[2], "•")
    for number, line in enumerate(_filled(_words(text, styled, _WHOLE), width - len(lead))):
        yield f"{' ' * len(lead) if number else lead}{line}"


def _table(block: Sequence[str], width: int, styled: bool) -> Iterator[str]:
    """A table in columns as wide as they need to be; where that is too wide, cells go on below themselves."""
    rows = [[cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip().strip("|"))] for line in block]
    head, *body = [[_words(cell, styled) for cell in row] for row in rows if not all(map(_RULE.fullmatch, row))]
    wide = _widths([head, *body], width)
    tall = any(_long(cell) > room for row in body for cell, room in zip(row, wide, strict=False))
    if tall and len(head) > _SIDE_BY_SIDE:
        yield from _entries(head, body, width, styled)
        return
    yield from _row(head, wide)
    yield "  ".join("─" * room for room in wide)
    for number, row in enumerate(body):
        yield from [""] if tall and number else []
        yield from _row(row, wide)


def _entries(
    head: Sequence[Sequence[str]], body: Sequence[Sequence[Sequence[str]]], width: int, styled: bool
) -> Iterator[str]:
    """A table that is too wide to be read as one: each row by itself, below its first cell."""
    wide = max(map(_long, head))
    for number, (first, *others) in enumerate(body):
        yield from [""] if number else []
        yield from _filled([bold(word) for word in first] if styled else first, width)
        for label, cell in zip(head[1:], others, strict=False):
            named = " ".join(label)
            for at, line in enumerate(_filled(cell, width - wide - 4) if cell else []):
                yield f"  {' ' * wide if at else named + ' ' * (wide - _shown(named))}  {line}"


def _widths(rows: Sequence[Sequence[Sequence[str]]], width: int) -> list[int]:
    """The columns of each column: the widest give way first, none becomes narrower than its longest word."""
    count = max(map(len, rows))
    cells = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    wide = [max(1, *map(_long, column)) for column in cells]
    least = [max(1, *(_shown(word) for cell in column for word in cell or [""])) for column in cells]
    while sum(wide) + 2 * (count - 1) > width:
        able = [at for at in range(count) if wide[at] > least[at]]
        if not able:
            break
        wide[max(able, key=lambda at: wide[at])] -= 1
    return wide


def _row(row: Sequence[Sequence[str]], wide: Sequence[int]) -> Iterator[str]:
    cells = [_filled(words, room) for words, room in zip(row, wide, strict=False)]
    for at in range(max(map(len, cells), default=0)):
        parts = [cell[at] if at < len(cell) else "" for cell in cells]
        yield "  ".join(part + " " * (room - _shown(part)) for part, room in zip(parts, wide, strict=False)).rstrip()


def _words(text: str, styled: bool, whole: int = 0) -> list[str]:
    """The words of a text, each with its style: a line may end between any two.

    Code of at most `whole` characters is one word, so that it can be copied.
    """
    text = _SPOKEN.sub(lambda found: _held(found[0]) if found["code"] and len(found[0]) <= whole else found[0], text)
    if styled:
        text = _SPOKEN.sub(_shown_as, text)
    return [word for word in _GAPS.split(text) if word]


def _held(text: str) -> str:
    return _GAPS.sub(_SPACE, text)


def _shown_as(found: re.Match[str]) -> str:
    if found["code"]:
        return " ".join(f"{_CODE}{word}{_PLAIN}" for word in _GAPS.split(found["in_code"]))
    style, inner = (_BOLD, found["bold"]) if found["bold"] else (_ITALIC, found["italic"])
    return " ".join(f"{style}{word}{_PLAIN}" for word in _words(inner, True))


def _filled(words: Sequence[str], width: int) -> list[str]:
    """The words in lines; a word that is wider than a line has one of its own. At least one line."""
    lines: list[str] = []
    for word in words:
        if lines and _shown(lines[-1]) + 1 + _shown(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [line.replace(_SPACE, " ") for line in lines] or [""]


def _long(words: Sequence[str]) -> int:
    return sum(map(_shown, words)) + max(0, len(words) - 1)


def _shown(text: str) -> int:
    return len(_STYLE.sub("", text))
