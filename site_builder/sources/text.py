"""From bytes to text: UTF-8 only, of bounded size, without characters that an editor cannot see."""

import re
import unicodedata
from pathlib import Path
from typing import Final

from site_builder.errors import Issue, Place

MAX_BYTES: Final = 1_000_000
"""A file of words and prices is far below this; a larger one is a mistake, or meant to exhaust the build."""

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

_ORDINARY: Final = bytes([*b"\t\n", *range(0x20, 0x7F)])
"""What ASCII has that is seen, or moves what is."""


def read_text(path: Path, name: str) -> tuple[str | None, list[Issue]]:
    """The file's text, its lines ended by line feeds, or None and the reason; `name` is the path to show."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [Issue(Place(name), "the file cannot be read", reason, "put a readable file there")]
    if data is None:
        why = f"it has more than {MAX_BYTES:,} bytes, far more than such a file needs"
        return None, [Issue(Place(name), "the file is too big", why, "split it into smaller files")]
    return decode(data, name)


def decode(data: bytes, name: str) -> tuple[str | None, list[Issue]]:
    """The text of `data`, or None and where a byte is not UTF-8 or characters cannot be seen."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, name)]
    # Of most files nothing is left then but a few letters with accents.
    rest = data.translate(None, _ORDINARY).decode("utf-8")
    issues = [_unseen(text, found, name) for found in _UNSEEN.finditer(text)] if _UNSEEN.search(rest) else []
    return (None, issues[:20]) if issues else (text, [])


def is_unseen(text: str) -> re.Match[str] | None:
    """The first character in `text` that an editor cannot see; tabs and line feeds are allowed."""
    return _UNSEEN.search(text)


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def speaks(line: str) -> bool:
    """Whether a line holds more than a comment."""
    text = line.lstrip()
    return bool(text) and text[0] != "#"


def name_of(char: str) -> str:
    """A character as an editor can look it up: its code point and name."""
    known = {"\ufeff": "byte order mark", "\r": "carriage return", "\x1b": "escape", "\x00": "null"}
    return f"U+{ord(char):04X} ({known.get(char) or unicodedata.name(char, 'control character').lower()})"


def _not_utf8(data: bytes, start: int, name: str) -> Issue:
    before = data[:start].decode("utf-8").replace("\r\n", "\n")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    excerpt = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")[line - 1]
    return Issue(
        Place(name, line, column),
        f"byte 0x{data[start]:02X} is not UTF-8",
        "the file was saved in another encoding, such as Windows-1252 or UTF-16",
        "save the file again as UTF-8",
        excerpt,
    )


def _unseen(text: str, found: re.Match[str], name: str) -> Issue:
    start = found.start()
    line = text.count("\n", 0, start) + 1
    first = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    mark = found.group() == "\ufeff" and start == 0
    return Issue(
        Place(name, line, start - first + 1),
        f"the character {name_of(found.group())} is not allowed",
        "it cannot be seen, and would reach the pages unnoticed",
        "save the file as UTF-8 without a byte order mark" if mark else "remove this character",
        text[first : end if end >= 0 else None],
    )
