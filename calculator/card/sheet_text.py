"""The worded quote as plain text, for mails and terminals.

Takes the sheet that `wording.present` makes and decides only how it is laid out; adds no word and no figure.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import combining, east_asian_width

WIDTH = 72
"""Columns of the plain text: what mail programs show without wrapping."""

_ODD = re.compile("[^\\x00-\u02ff\u2000-\u206f\u20a0-\u20bf\u2200-\u22ff]")
"""Letters outside the blocks in which each takes one column: those of text, of currencies, and the minus sign's."""

type Sheet = Mapping[str, Any]


def plain_text(sheet: Sheet) -> str:
    """The sheet as plain text, at most 72 columns wide where words allow; ends with a line feed."""
    lines = _refusal(sheet) if not sheet["ok"] else _quote(sheet)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def columns(text: str) -> int:
    """How many columns the text takes in a terminal."""
    if not _ODD.search(text):
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """The words of the text in lines; only ordinary spaces break, so that no-break spaces hold what they join."""
    lines, used = [""], 0
    for word in text.split(" "):
        size = columns(word)
        if lines[-1] and used + 1 + size > width:
            lines.append(word)
            used = size
        else:
            used += size + 1 if lines[-1] else size
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def item(text: str, mark: str = "- ") -> list[str]:
    """An entry of a list: the mark, and the text wrapped beside it."""
    first, *rest = wrapped(text, WIDTH - len(mark))
    return [mark + first, *(" " * len(mark) + line for line in rest)]


def amount_row(label: str, amount: str, width: int = WIDTH) -> list[str]:
    """The label at the left, wrapped, and the amount flush right beside its last line."""
    *before, last = wrapped(label, width - max(14, columns(amount) + 2))
    return [*before, last + " " * (width - columns(last) - columns(amount)) + amount]


def ruled() -> str:
    """A line across."""
    return "-" * WIDTH


def _refusal(sheet: Sheet) -> Iterator[str]:
    for error in sheet["errors"]:
        yield from item(f"{error['field']} – {error['message']}" if error["field"] else error["message"])


def _quote(sheet: Sheet) -> Iterator[str]:
    yield sheet["title"]
    yield "=" * columns(sheet["title"])
    for text in (sheet["window"]["label"], sheet["window"]["detail"]):
        if text:
            yield from wrapped(text, WIDTH)
    yield ""
    width = max((columns(fact["label"]) for fact in sheet["facts"]), default=0)
    for fact in sheet["facts"]:
        yield fact["label"] + " " * (width + 2 - columns(fact["label"])) + fact["value"]
    yield from _amounts(sheet)
    if sheet["validity"]:
        yield ""
        yield from wrapped(sheet["validity"], WIDTH)
    for part in ("entitlements", "deadlines", "notices", "notes"):
        if sheet[part]:
            yield ""
        for entry in sheet[part]:
            yield from item(f"{entry['when']} – {entry['text']}" if "when" in entry else entry["text"])


def _amounts(sheet: Sheet) -> Iterator[str]:
    if sheet["rows"] or sheet["totals"]:
        yield ruled()
    for row in sheet["rows"]:
        yield from amount_row(row["label"], row["amount"])
        for text in (row["detail"], row["rule"] if row["rule"] != row["label"] else ""):
            if text:
                yield from (f"  {line}" for line in wrapped(text, WIDTH - 18))
    if sheet["totals"]:
        yield ruled()
    for row in sheet["totals"]:
        yield from amount_row(row["label"], row["amount"])
