"""Reads a list of contracts row by row, in memory that does not grow: CSV of any common kind, or Parquet.

Decides where a row and a cell begin and end, and in which encoding; leaves what they mean to `contracts`. A cell that
is too long is cut as it is read, so that no cell can fill the memory.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from site_builder.errors import InputError, Issue, Place

MAX_CELL: Final = 4000
"""Characters of a cell that are kept; a longer one is marked."""

_BLOCK: Final = 1 << 16
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS: Final = ";,\t"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, the line on which it begins (the first one is 1), and which cells were too long."""

    line: int
    cells: tuple[str, ...]
    cut: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A list that was looked through once: its columns, its number of rows, and how to read it again.

    `delimiter` is empty for Parquet.
    """

    path: Path
    header: tuple[str, ...]
    rows: int
    encoding: str = ""
    delimiter: str = ""

    def __iter__(self) -> Iterator[Row]:
        """Every row after the header."""
        if not self.delimiter:
            return _parquet_rows(self.path)
        return self._csv_rows()

    def _csv_rows(self) -> Iterator[Row]:
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            rows = _Reader(file, self.delimiter).rows()
            next(rows)
            yield from rows


def open_table(path: Path) -> Table:
    """Look through the list once. Raises InputError for what is no list, and for a quote that is never closed."""
    if path.suffix.lower() in (".parquet", ".pq"):
        return _open_parquet(path)
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = _delimiter(file.readline(_BLOCK))
        file.seek(0)
        reader = _Reader(file, delimiter)
        rows = reader.rows()
        header = next(rows, None)
        if header is None:
            raise _broken(path, 0, "the list is empty", "a list has a row of column names", "export it again")
        count = sum(1 for _ in rows)
    if reader.open_line:
        what, why = "a quotation mark is opened here and never closed", "the rows after it would be lost in one cell"
        raise _broken(path, reader.open_line, what, why, "close it, or write it twice inside a quoted cell")
    return Table(path, tuple(name.strip() for name in header.cells), count, encoding, delimiter)


def _broken(path: Path, line: int, what: str, why: str, fix: str) -> InputError:
    return InputError([Issue(Place(str(path), line, 1 if line else 0), what, why, fix)])


def _encoding(path: Path) -> str:
    """That of the byte order mark; else UTF-8 where the whole file is, and Windows-1252 where it is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        for mark, name in _BOMS:
            if block.startswith(mark):
                return name
        try:
            while block:
                decoder.decode(block)
                block = file.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _delimiter(first: str) -> str:
    """The mark that occurs most often in the first line, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


class _Reader:
    """Splits text into rows; `open_line` is the line of a quotation mark that the end of the file left open."""

    def __init__(self, file: IO[str], delimiter: str) -> None:
        self.file = file
        self.delimiter = delimiter
        self.line, self.open_line = 1, 0
        self._quoted = self._after_quote = False
        self._cells: list[str] = []
        self._cut: set[int] = set()
        self._parts: list[str] = []
        self._size = 0

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, the header among them."""
        start, after_return = 1, False
        for token in self._tokens():
            if after_return and token == "\n":
                after_return = False
                continue
            after_return = token == "\r"
            if token in "\r\n":
                self.line += 1
                if not self._quoted:
                    yield from self._row(start)
                    start = self.line
                    continue
                token = "\n"
            self._take(token)
        if not self._quoted:
            self.open_line = 0
        yield from self._row(start)

    def _take(self, token: str) -> None:
        """One token of a row: part of a cell, its end, or a quotation mark (twice for one inside a quoted cell)."""
        after_quote, self._after_quote = self._after_quote, False
        if self._quoted:
            self._quoted, self._after_quote = token != '"', token == '"'
            if self._quoted:
                self._add(token)
        elif token == '"' and (after_quote or not self._size):
            if after_quote:
                self._add(token)
            self._quoted, self.open_line = True, self.line
        elif token == self.delimiter:
            self._end_cell()
        else:
            self._add(token)

    def _tokens(self) -> Iterator[str]:
        pattern = re.compile(rf'["\r\n{self.delimiter}]|[^"\r\n{self.delimiter}]+')
        while block := self.file.read(_BLOCK):
            for match in pattern.finditer(block):
                yield match[0]

    def _add(self, text: str) -> None:
        if self._size + len(text) > MAX_CELL:
            self._cut.add(len(self._cells))
            text = text[: MAX_CELL - self._size]
        self._parts.append(text)
        self._size += len(text)

    def _end_cell(self) -> None:
        self._cells.append("".join(self._parts))
        self._parts, self._size = [], 0

    def _row(self, line: int) -> Iterator[Row]:
        self._end_cell()
        self._after_quote = False
        row = Row(line, tuple(self._cells), frozenset(self._cut))
        self._cells, self._cut = [], set()
        if any(row.cells):
            yield row


def _open_parquet(path: Path) -> Table:
    file = _parquet_file(path)
    return Table(path, tuple(file.schema_arrow.names), file.metadata.num_rows)


def _parquet_file(path: Path) -> Any:
    try:
        from pyarrow import lib, parquet
    except ImportError:
        why = "Parquet is read by pyarrow, which is not installed"
        fix = "`pip install 'clairplan[parquet]'`, or give the list as CSV"
        raise _broken(path, 0, "this list cannot be read here", why, fix) from None
    try:
        return parquet.ParquetFile(path)
    except lib.ArrowException as error:
        raise _broken(path, 0, "this is not Parquet", str(error).splitlines()[0], "export it again") from None


def _parquet_rows(path: Path) -> Iterator[Row]:
    """The rows as text, numbered as the lines of a CSV with a header would be."""
    line = 1
    for batch in _parquet_file(path).iter_batches(batch_size=1000):
        columns: Sequence[Sequence[Any]] = [column.to_pylist() for column in batch.columns]
        for values in zip(*columns, strict=True):
            line += 1
            texts = [_as_text(value) for value in values]
            cut = frozenset(index for index, text in enumerate(texts) if len(text) > MAX_CELL)
            yield Row(line, tuple(text[:MAX_CELL] for text in texts), cut)


def _as_text(value: Any) -> str:
    """A value as a CSV would have it: dates as YYYY-MM-DD, lists separated by spaces, whole numbers without a point.

    Tools that know no empty whole number write a column with gaps as 5.0.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(_as_text, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)
