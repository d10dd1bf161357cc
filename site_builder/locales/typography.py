"""The spaces that go with punctuation in a locale: « Prix : 10 % » in Québec, « Pourquoi ? » in France.

Editors write ordinary spaces; what really stands there is the locale's business.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from calculator.wording.texts import Text

SPACES: Final = {"none": "", "nbsp": "\u00a0", "nnbsp": "\u202f"}
OPENING: Final = "«"
"""The one mark whose space stands after it."""

_ANY_SPACE: Final = "[ \u00a0\u202f]+"
_OPENED: Final = re.compile(OPENING + _ANY_SPACE)


def spaced(text: str, spacing: Mapping[str, str]) -> str:
    """The text with the locale's space before each mark of `spacing` (after «), where the writer put a space.

    `spacing` goes from mark to one of `SPACES`' values. A mark without a space before it (12:30, a web address) is
    left alone.
    """
    for mark in spacing:
        if mark in text:
            break
    else:
        return text
    text = _closing(tuple(spacing)).sub(lambda found: spacing[found[1]] + found[1], text)
    if OPENING in spacing and OPENING in text:
        text = _OPENED.sub(OPENING + spacing[OPENING], text)
    return text


def spaced_text(text: Text, spacing: Mapping[str, str]) -> Text:
    """The same for a text that may be a list of alternatives."""
    return spaced(text, spacing) if isinstance(text, str) else [spaced(one, spacing) for one in text]


@cache
def _closing(marks: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the space before any of the marks; it matches nothing where there is none but «."""
    before = [re.escape(mark) for mark in marks if mark != OPENING]
    return re.compile(f"{_ANY_SPACE}({'|'.join(before)})" if before else "(?!)")
