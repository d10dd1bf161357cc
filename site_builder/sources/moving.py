"""Lines of a YAML text moved to another column, and the document that then stands there, with places as written.

Leaves to its callers which lines to move, and why; what it gives is read as strictly as any file.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.errors import Place
from site_builder.sources.documents import Document, Places
from site_builder.sources.text import indent, speaks
from site_builder.sources.tree import parse_yaml

DASH: Final = "- "


@dataclass(frozen=True, slots=True)
class Move:
    """The lines from `first` to `last` (from 1, both included), `by` columns to the right; negative: to the left."""

    first: int
    last: int
    by: int


def moved(lines: Sequence[str], move: Move) -> list[str]:
    """The lines after a move; what has fewer spaces than it takes away loses those that it has."""
    changed = list(lines)
    for index in range(move.first - 1, min(move.last, len(lines))):
        line = lines[index]
        if move.by > 0:
            changed[index] = " " * move.by + line if line.strip() else line
        else:
            changed[index] = line[min(-move.by, indent(line)) :]
    return changed


def reread(name: str, written: Sequence[str], moves: Sequence[Move]) -> Document | None:
    """The document of the lines after the moves, its places and excerpts as in the lines that were written."""
    lines = list(written)
    for move in moves:
        lines = moved(lines, move)
    document, issues = parse_yaml("\n".join(lines), name)
    if document is None or issues:
        return None
    return replace(document, lines=written, find=_as_written(document, written, lines))


def _as_written(document: Document, written: Sequence[str], lines: Sequence[str]) -> Callable[[Document], Places]:
    """Looks for the places after the moves, and gives those before them."""

    def find(_: Document) -> Places:
        def back(place: Place) -> Place:
            by = len(lines[place.line - 1]) - len(written[place.line - 1]) if 0 < place.line <= len(lines) else 0
            return Place(place.file, place.line, max(1, place.column - by))

        return (
            {path: back(place) for path, place in document.keys.items()},
            {path: back(place) for path, place in document.values.items()},
        )

    return find


def columns_before(lines: Sequence[str], number: int) -> tuple[int, ...]:
    """The columns (from 0) of the blocks that are open where line `number` (from 1) begins, the innermost first."""
    found: list[int] = []
    for line in reversed(lines[: number - 1]):
        if not speaks(line):
            continue
        for column in sorted(_columns(line), reverse=True):
            if not found or column < found[-1]:
                found.append(column)
        if not indent(line):
            break
    return tuple(found)


def _columns(line: str) -> Iterator[int]:
    """Where the line's own keys and dashes stand."""
    at = indent(line)
    yield at
    while line.startswith(DASH, at):
        at += len(DASH) + indent(line[at + len(DASH) :])
        yield at


def extents(lines: Sequence[str], number: int, target: int, most: int = 24) -> tuple[int, ...]:
    """Last lines of what may have to move with line `number` to the column `target` (from 0).

    They are the line itself, what it holds, its neighbours, and the rest of the block; on the way to the right also
    what lies before the next lines that stand there already.
    """
    column, ends, last = indent(lines[number - 1]), [number], number
    for index in range(number, len(lines)):
        if not speaks(lines[index]):
            continue
        at = indent(lines[index])
        if at <= max(column, target):
            ends.append(last)
        if at < column:
            break
        last = index + 1
    else:
        ends.append(last)
    ends = list(dict.fromkeys(ends))
    return tuple(dict.fromkeys([*ends[:most], ends[-1]]))


def unevenness(lines: Sequence[str]) -> int:
    """How many blocks are not as far inside the line that opens them as most are."""
    steps = Counter[int]()
    opener: int | None = None
    for line in lines:
        if not speaks(line):
            continue
        at = indent(line)
        if opener is not None and (at > opener or (at == opener and line.startswith(DASH, at))):
            steps[at - opener] += 1
        opener = at if line.rstrip().endswith(":") else None
    return steps.total() - max(steps.values(), default=0)
