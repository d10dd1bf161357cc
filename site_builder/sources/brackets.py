"""Brackets, quotes and dashes that a line lacks at its end or its beginning: found where they belong.

Asked only where YAML's syntax has failed, which is often noticed lines after the place to mend.
"""

import re
from collections.abc import Sequence
from typing import Final

import yaml

from site_builder.sources.slips import Slip
from site_builder.sources.text import indent, speaks

_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_NEW: Final = re.compile(r"- |-$|[\w-]+:(?:\s|$)|\.\.\.|---")
"""What begins an item of a list, or a key."""
_PAIRS: Final = {"[": "]", "{": "}"}


def missing_at(error: yaml.MarkedYAMLError, last: yaml.Event | None, lines: Sequence[str]) -> Slip | None:
    """What is missing, where it would be written; None where the error is another one."""
    problem, mark, opening = error.problem or "", error.problem_mark, error.context_mark
    if not mark or not opening or mark.line > len(lines):
        return None
    if problem.startswith("expected the node content, but found '-'"):
        return dash_in_brackets(lines, mark.line)
    if problem.startswith("expected ',' or"):
        return _bracket(problem, lines, opening.line, _token(last, mark, problem))
    if problem.startswith("expected <block end>, but found '"):
        return _quote(last, mark, lines) or _dash(error.context or "", problem, opening, mark, lines)
    return None


def _token(last: yaml.Event | None, mark: yaml.Mark, problem: str) -> tuple[int, int]:
    """Where the parser stopped: a text over several lines has swallowed what begins the second one."""
    start, end = (last.start_mark, last.end_mark) if isinstance(last, yaml.ScalarEvent) else (None, None)
    if start and end and end.line > start.line and isinstance(last, yaml.ScalarEvent) and not last.style:
        return start.line + 1, 0
    return mark.line, mark.column


def _bracket(problem: str, lines: Sequence[str], opened: int, at: tuple[int, int]) -> Slip | None:
    """The bracket, or the comma, that is missing at the end of a line or before another bracket."""
    line, column = at
    if line < len(lines) and lines[line][:column].strip():
        return _within(problem, lines[line], line, column)
    above = next((index for index in range(min(line, len(lines)) - 1, opened - 1, -1) if speaks(lines[index])), -1)
    next_one = next((index for index in range(line, len(lines)) if speaks(lines[index])), -1)
    still_open = _open(lines[opened : above + 1])
    if above < 0 or not still_open:
        return None
    head = re.match(r"\s*(?:- +)*", lines[opened])
    begins = _NEW.match(lines[next_one].lstrip()) if next_one >= 0 else None
    if next_one >= 0 and not (begins and head and indent(lines[next_one]) <= head.end()):
        return None
    closing = "".join(_PAIRS[bracket] for bracket, _, _ in reversed(still_open))
    bracket, row, _ = still_open[-1]
    where = "" if opened + row == above else f" of line {opened + row + 1}"
    why = f"the `{bracket}`{where} is still open, and line {next_one + 1} begins something new"
    if next_one < 0:
        why = f"the `{bracket}`{where} is still open where the file ends"
    end = len(lines[above].rstrip())
    return (
        above,
        end,
        (f"`{closing}` is missing at the end of this line", why, f"add `{closing}` at the end of this line"),
    )


def _within(problem: str, text: str, line: int, column: int) -> Slip | None:
    """What is missing before a bracket in the middle of a line."""
    wanted, found = problem[len("expected ',' or '") :][:1], text[column : column + 1]
    before = text[:column].rstrip()
    if found in "[{" and before[-1] in "]}\"'":
        what = f"a comma is missing before this `{found}`"
        return line, column, (what, "the items in brackets are separated by commas", f"add `,` before the `{found}`")
    if found in "]}" and found != wanted:
        what, why = f"`{wanted}` is missing before this `{found}`", "brackets are closed in the order of their opening"
        return line, column, (what, why, f"add `{wanted}` before the `{found}`")
    return None


def _open(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """The brackets that these lines open and do not close, each with its line among them and its column."""
    opened: list[tuple[str, int, int]] = []
    for row, line in enumerate(lines):
        for at, char in enumerate(bare(line)):
            if char in "[{":
                opened.append((char, row, at))
            elif char in "]}" and opened:
                opened.pop()
    return opened


def bare(line: str) -> str:
    """A line without its comment, and with an `x` for each character in quotes."""
    return _QUOTED.sub(lambda text: "x" * len(text[0]), line).partition(" #")[0].rstrip()


def _quote(last: yaml.Event | None, mark: yaml.Mark, lines: Sequence[str]) -> Slip | None:
    """A text in quotes that has run into the next line, where the opening quote of another text closed it."""
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"') or not last.start_mark:
        return None
    first, quote = last.start_mark, last.style
    key = re.fullmatch(rf"\s*(?:- +)*[\w-]+: +{quote}\s*", lines[mark.line][: mark.column])
    if first.line == mark.line or not key:
        return None
    why = f"the text goes on up to the next `{quote}`, in line {mark.line + 1}, which should begin another one"
    return first.line, first.column, ("the text is not closed", why, f"add `{quote}` at the end of this line")


def _dash(context: str, problem: str, opening: yaml.Mark, mark: yaml.Mark, lines: Sequence[str]) -> Slip | None:
    """An item of a list without its dash."""
    line, at = lines[mark.line], opening.column
    in_a_list = "collection" in context and lines[opening.line][at : at + 2].startswith("-")
    if not in_a_list or line[: mark.column].strip() or mark.column < at:
        return None
    if not re.search(r"found '(?:\{|\[|<block mapping start>|<scalar>)'", problem):
        return None
    why = f"the list that begins in line {opening.line + 1} goes on here, and each of its items has a dash"
    fix = f"begin this line with {at} spaces and `- `" if at else "begin this line with `- `"
    return mark.line, mark.column, ("the dash of this item is missing", why, fix)


def dash_in_brackets(lines: Sequence[str], line: int) -> Slip | None:
    """The bracket above a line with a dash that is not closed."""
    for index in range(line - 1, -1, -1):
        opened = _open(lines[index : index + 1])
        if opened:
            bracket, _, column = opened[-1]
            closing = "".join(_PAIRS[one] for one, _, _ in reversed(opened))
            alone = column == len(bare(lines[index])) - 1
            fix = f"delete the `{bracket}`" if alone else f"add `{closing}` at the end of this line"
            why = f"line {line + 1} begins an item with a dash, and in brackets there are none"
            return index, column, (f"this `{bracket}` is not closed", why, fix)
    return None
