"""Finds lines in the wrong column: by moving them, and seeing what then fits the keys that the file may have.

One line too far to the left or right takes away from one mapping what it gives to another, and each key of both is
then wrong by itself. So the file is judged as it stands after the smallest move that makes most of it fit; the move is
what its editor is told. Works only on what is wrong already, and gives up on what moving alone does not mend.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path as FilePath
from typing import Final

from site_builder.errors import Issue, Place, counted
from site_builder.plans.shape import Shape, shape_of
from site_builder.sources import Document, Path, Value, parse_yaml, read_text, shown
from site_builder.sources.moving import Move, columns_before, extents, moved, reread, unevenness
from site_builder.sources.rough_tree import read_roughly
from site_builder.sources.text import indent, speaks

_STEP: Final = 2
_OPENS: Final = re.compile(r":(?: +[|>][-+]?)? *$")
"""A line that what follows is inside of: a mapping, a list, or a text of several lines."""
_MOVES: Final = 4
"""So many places are mended at most; a file with more of them is a matter for its editor's eyes."""
_MOST: Final = 10_000
"""A file of more values than this, by its lines and commas, is not tried: a run through it alone takes a second."""
_LONGEST: Final = 250_000
"""A file of more characters than this neither."""
_SUSPECTS: Final = 10
_LOOKED_AT: Final = 200
"""Of so many misfits at most is it asked whether they are misspelt."""
_TRIES: Final = 80_000
"""How many lines may be read in all while looking for one move; short files are tried more often."""
_DEEP: Final = 12
"""So many open blocks are looked at for a line to belong to, the innermost first."""
_LEFT: Final = 3
"""So many misfits may be left in a file that could not be read before: they have nothing to do with columns."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The document after the moves, its places as written, and one issue for each move."""

    document: Document
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """How well some lines fit: `broken` is the line that YAML's syntax ends at, 0 where all of it is read.

    `refused` are the lines of what the syntax allows and we do not, such as a key that stands twice.
    """

    value: Value
    broken: int
    misfits: Mapping[Path, int]
    refused: tuple[int, ...] = ()

    @property
    def score(self) -> tuple[int, int]:
        """Less is better."""
        return (1, -self.broken) if self.broken else (0, sum(self.misfits.values()) + len(self.refused))


def as_meant(path: FilePath, root: FilePath, schema: str, told: int) -> Mended | None:
    """The file at `path` by its schema, as `mended` gives it, where that says no more than the `told` issues; or None.

    Files that are not read for another reason are passed over.
    """
    name = shown(path, root)
    text, _ = read_text(path, name)
    meant = mended(text.split("\n"), name, shape_of(schema)) if text else None
    return meant if meant and len(meant.issues) <= told else None


def mended(written: Sequence[str], name: str, shape: Shape) -> Mended | None:
    """The file `name` as it was meant, where lines of it only stand in the wrong column; None where it is not so.

    None as well for a file of more than 10,000 lines and commas, or more than 250,000 characters.
    """
    if _too_large(written):
        return None
    lines, moves = list(written), list[Move]()
    state = first = _state(lines, shape)
    while len(moves) < _MOVES and state.score > (0, 0):
        move = _best(lines, state, shape, name)
        if move is None:
            break
        moves.append(move)
        lines = moved(lines, move)
        state = _state(lines, shape)
    if not moves or state.broken or (first.broken and len(state.misfits) > _LEFT):
        return None
    document = reread(name, written, moves)
    # A line that fits nowhere is in the wrong place, or what it belongs to is missing: moving it is no advice.
    if document is None or any(_path_at(document, move.first) in state.misfits for move in moves):
        return None
    return Mended(document, tuple(_told(written, name, document, move) for move in moves))


def _too_large(lines: Sequence[str]) -> bool:
    return sum(map(len, lines)) > _LONGEST or len(lines) + sum(line.count(",") for line in lines) > _MOST


def _state(lines: Sequence[str], shape: Shape) -> _State:
    rough = read_roughly("\n".join(lines))
    if rough.broken:
        return _State(None, rough.broken, {})
    return _State(rough.value, 0, shape.misfits(rough.value), tuple(rough.refused))


def _best(lines: Sequence[str], state: _State, shape: Shape, name: str) -> Move | None:
    """The smallest of the moves after which most fits; those with neighbours are tried where nothing else mends all."""
    suspects, left = _suspects(lines, state, shape, name), max(12, _TRIES // len(lines))
    found: list[tuple[tuple[int, int], int, int, int, Move]] = []
    for near in (True, False):
        moves = [move for number in suspects[: None if near else 5] for move in _moves(lines, number, near)]
        for move in sorted(moves, key=lambda move: move.last - move.first)[:left]:
            there = moved(lines, move)
            after = _state(there, shape)
            if after.score < state.score and not 0 < after.broken <= move.last:
                found.append((after.score, unevenness(there), move.last - move.first, abs(move.by), move))
        left -= len(moves)
        if left <= 0 or (0, 0) in (one[0] for one in found):
            break
    found.sort(key=lambda one: one[:4])
    return next((move for *_, move in found if _is_read(lines, name, move)), None)


def _is_read(lines: Sequence[str], name: str, move: Move) -> bool:
    """Whether the first line that moves begins a key or an item afterwards, and no text swallows it."""
    document, line = reread(name, lines, [move]), lines[move.first - 1]
    text = ": " not in line and not line.lstrip().startswith("- ")
    return text or document is None or _path_at(document, move.first) is not None


def _suspects(lines: Sequence[str], state: _State, shape: Shape, name: str) -> list[int]:
    """The lines that may stand in the wrong column, the likeliest first."""
    found = _before(lines, state.broken) if state.broken else _misfitting(lines, state, shape, name)
    return list(dict.fromkeys(found))[:_SUSPECTS]


def _before(lines: Sequence[str], number: int) -> Iterator[int]:
    """Where reading ends, and back from there the last and the first lines of each block that is open."""
    above = [(index, indent(line)) for index, line in enumerate(lines[:number], 1) if speaks(line)][::-1]
    if above:
        yield above.pop(0)[0]
    column = max((at for _, at in above), default=0) + 1
    for position, (index, at) in enumerate(above):
        if at < column:
            column = at
            yield index
            yield from _first(above[position:], at)


def _first(above: Sequence[tuple[int, int]], column: int) -> Iterator[int]:
    """Of lines with their columns, the nearest first: those of one column, and the first of their block."""
    level = list(takewhile(lambda line: line[1] == column, above))
    yield from (index for index, _ in (*level[1:4], level[-1]))
    block = [index for index, at in takewhile(lambda line: line[1] >= column, above) if at == column]
    yield from block[-1:] if column else ()


def _misfitting(lines: Sequence[str], state: _State, shape: Shape, name: str) -> list[int]:
    """The lines of what does not fit, but for what seems misspelt."""
    document, _ = parse_yaml("\n".join(lines), name)
    if document is None:
        return sorted(state.refused)  # libyaml and PyYAML read a few odd texts differently
    # Of a mapping in which a key is misspelt, another may be missing for that alone.
    misfits = [*islice(state.misfits, _LOOKED_AT)]
    misspelt = {path for path in misfits if shape.misspelt(state.value, path)}
    near = {path[:-1] for path in misspelt}
    wrong = [path for path in misfits if path not in misspelt and (path[:-1] not in near or document.has(path))]
    # What holds it may be what stands there by mistake.
    return sorted({*(document.key_place(at).line for path in wrong for at in (path, path[:-1]) if at), *state.refused})


def _moves(lines: Sequence[str], number: int, near: bool) -> Iterator[Move]:
    """Where a line may belong, with what may have to come along: columns of open blocks, or one inside the line before.

    With `near` it moves by itself, with what it holds or with the rest of its block; else with some of its neighbours.
    """
    column = indent(lines[number - 1])
    targets = dict.fromkeys(columns_before(lines, number)[:_DEEP])
    before = next((line for line in reversed(lines[: number - 1]) if speaks(line)), "")
    if _OPENS.search(before):
        targets[indent(before) + _STEP] = None
    ends: dict[int, tuple[int, ...]] = {}
    for target in targets:
        if target >= 0 and target != column:
            # On the way to the left the lines that come along are the same wherever it goes.
            reach = max(column, target)
            lasts = ends[reach] = ends.get(reach) or extents(lines, number, reach)
            kept = (*lasts[:2], *lasts[2:][-1:])
            yield from (Move(number, last, target - column) for last in lasts if (last in kept) == near)


def _path_at(document: Document, number: int) -> Path | None:
    """What begins in a line: the outermost key or item."""
    keys = [path for path, place in document.keys.items() if place.line == number]
    items = [path for path, place in document.values.items() if place.line == number and isinstance(path[-1:][0], int)]
    return min([*keys, *items], key=len, default=None)


def _told(written: Sequence[str], name: str, document: Document, move: Move) -> Issue:
    line = written[move.first - 1]
    path = _path_at(document, move.first)
    if path is None:
        owner: Path = ()
        what = "this line of a text"
    else:
        owner = next((path[:end] for end in range(len(path) - 1, 0, -1) if isinstance(path[end - 1], str)), ())
        what = f"`{path[-1]}`" if isinstance(path[-1], str) else f"this item of `{owner[-1]}`"
    wrong = "is not indented far enough" if move.by > 0 else "is indented too far"
    why = _why(written, document, move, owner) if path is not None else "a text goes on in the column it began in"
    place = Place(name, move.first, indent(line) + 1)
    return Issue(place, f"{what} {wrong}", why, _fix(move), line)


def _why(written: Sequence[str], document: Document, move: Move, owner: Path) -> str:
    """Where the line stands, and where it belongs: inside `owner`, or at the edge of the file."""
    column = indent(written[move.first - 1])
    line = document.key_place(owner).line if owner else 0
    inside = f"inside `{owner[-1]}` (line {line})" if owner else "at the edge of the file"
    if move.by > 0 and line and indent(written[line - 1]) == column:
        return f"it stands level with `{owner[-1]}` (line {line}), and belongs inside it"
    around = _around(written, move.first)
    if move.by < 0 and around not in (0, line) and _OPENS.search(written[around - 1]):
        level = "level with it, " if indent(written[around - 1]) == column + move.by else ""
        return f"it stands inside `{_key(written[around - 1])}` (line {around}), and belongs {level}{inside}"
    if not owner:
        return f"it belongs {inside}"
    begins = f"begins in column {column + move.by + 1}, this line in column {column + 1}"
    return f"what `{owner[-1]}` (line {line}) holds {begins}"


def _around(written: Sequence[str], number: int) -> int:
    """The line, from 1, of the key in whose block a line stands as written; 0 at the edge of the file."""
    column = indent(written[number - 1])
    for index in range(number - 1, 0, -1):
        line = written[index - 1]
        if speaks(line) and indent(line) < column:
            return index
    return 0


def _key(line: str) -> str:
    return line.strip().removeprefix("- ").partition(":")[0]


def _fix(move: Move) -> str:
    below, by = move.last - move.first, abs(move.by)
    lines = "this line"
    if below:
        lines += f" and the {counted(below, 'line') if below > 1 else 'line'} below it (down to line {move.last})"
    spaces = "1 more space" if by == 1 else f"{by} more spaces"
    if move.by > 0:
        return f"indent {lines} by {spaces}"
    return f"take {counted(by, 'space')} away at the beginning of {lines}"
