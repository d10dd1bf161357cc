"""What became of each row: counted, said on the terminal where somebody has to act, and written to a file.

The file is CSV; a cell that a spreadsheet would take for a formula is made a text.
"""

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Final, Self

FIELDS: Final = ("line", "contract", "name", "email", "outcome", "notice", "detail", "message_id")
TO_ACT_ON: Final = ("refused", "rejected", "later", "duplicate")
"""Outcomes whose rows are named on the terminal."""

NAMED_AT_MOST: Final = 20
LONG: Final = 500
"""Rows from which on a campaign that nobody watches says how far it is."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def is_report(head: bytes) -> bool:
    """Whether a file that begins so is the report of an earlier campaign."""
    return head.decode("utf-8-sig", "replace").splitlines()[:1] == [",".join(FIELDS)]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row."""

    line: int
    contract: str
    name: str
    email: str
    outcome: str
    notice: str = ""
    detail: str = ""
    message_id: str = ""


class Report:
    """Counts results and writes them as they come, to a file where one is wanted."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self.named: list[Result] = []
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self.path:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(FIELDS)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._file:
            self._file.close()

    def add(self, result: Result) -> None:
        """Take note of one row."""
        self.counts[result.outcome] += 1
        if result.outcome in TO_ACT_ON and len(self.named) < NAMED_AT_MOST:
            self.named.append(result)
        if self._file:
            cells = [str(getattr(result, name)) for name in FIELDS]
            csv.writer(self._file).writerow([as_text(shown(cell)) for cell in cells])

    def lines(self) -> Sequence[str]:
        """The rows that somebody has to act on, then how many there were of each outcome."""
        rows = [f"line {row.line}: {shown(row.contract)}: {row.outcome}: {shown(row.detail)}" for row in self.named]
        more = sum(self.counts[outcome] for outcome in TO_ACT_ON) - len(self.named)
        if more:
            where = f"all of them are in {self.path}" if self.path else "--report FILE lists them all"
            rows.append(f"… and {more} more; {where}")
        counts = [f"{count:>7}  {outcome}" for outcome, count in sorted(self.counts.items())]
        return [*rows, *([""] if rows else []), *counts, f"{self.counts.total():>7}  in all"]


def as_text(cell: str) -> str:
    """The cell, with a mark in front where a spreadsheet would calculate it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def shown(text: str) -> str:
    """The text for a terminal: what has no glyph is written out."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class Progress:
    """How far the campaign is, on standard error: a bar on a terminal, and elsewhere a line for each tenth."""

    def __init__(self, total: int, stream: IO[str] | None = None) -> None:
        self.total = max(total, 1)
        self.stream = stream or sys.stderr
        self._bar = self.stream.isatty()
        self._done = self._tenth = 0
        self._shown = 0.0

    def step(self, counts: Counter[str]) -> None:
        """One more row is settled."""
        self._done += 1
        now = monotonic()
        tenth = self._done * 10 // self.total
        if self._bar and (now - self._shown > 0.1 or self._done == self.total):
            self._shown = now
            filled = self._done * 30 // self.total
            self._write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {self._done}/{self.total}  {_few(counts)}\x1b[K")
        elif not self._bar and tenth > self._tenth and self.total >= LONG:
            self._tenth = tenth
            self._write(f"{self._done}/{self.total} rows; {_few(counts)}\n")

    def close(self) -> None:
        """Leave the bar's line."""
        if self._bar and self._done:
            self._write("\n")

    def _write(self, text: str) -> None:
        with suppress(OSError):  # nobody may be looking
            self.stream.write(text)
            self.stream.flush()


def _few(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common(4))
