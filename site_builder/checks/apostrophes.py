"""Straight apostrophes in texts: one warning for a file, however many there are, with all of their lines."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from site_builder.checks.texts import line_ranges, prose
from site_builder.errors import Issue, Place

CURLED: Final = {"fr": "French", "en": "English", "it": "Italian"}
"""The languages that are set with ’, by their codes."""

_STRAIGHT: Final = re.compile(r"[^\W\d_]+'(?=[^\W\d_])(?:[^\W\d_]|')*")


class Straight(NamedTuple):
    """A word with a straight apostrophe, where it stands, its language's code, and the line."""

    place: Place
    word: str
    lang: str
    excerpt: str


def straight_words(text: str) -> list[str]:
    """The words of a Markdown text that have a straight apostrophe."""
    return _STRAIGHT.findall(prose(text)) if "'" in text else []


def apostrophe_warnings(found: Iterable[Straight]) -> Iterator[Issue]:
    """The warning for the words of one file; none where there are none."""
    words = sorted(found)
    if not words:
        return
    first = words[0]
    spoken = " and ".join(CURLED[lang] for lang in CURLED if any(word.lang == lang for word in words))
    lines = sorted({word.place.line for word in words})
    verb = "are" if " and " in spoken else "is"
    what, fix = f"a straight apostrophe in {spoken}: `{first.word}`", f"write `{first.word.replace("'", '’')}`"
    why = f"{spoken} {verb} set with ’"
    if len(words) > 1:
        in_lines = f"{len(lines)} lines" if len(lines) > 1 else "this line"
        what = f"straight apostrophes in {spoken}, in {in_lines}; the first: `{first.word}`"
        why += f"; they are in {line_ranges(lines)}" if len(lines) > 1 else ""
        fix = (
            "write ’ (U+2019) instead; most editors replace all at once: search `(?<=\\w)'(?=\\w)` as a regular "
            "expression, and replace it with ’"
        )
    yield Issue(first.place, what, why, fix, first.excerpt)
