"""Ids of headings in written texts, so that links lead to them: the words in small letters, without accents.

A text that stands in a page which the program makes gives way: what the program's own parts and scripts go by keeps its
id, and the heading has `text-` before its own.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from site_builder.addresses import slug

_HEADING: Final = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")
_WORDLESS: Final = "part"
_MAIN: Final = "main"
_TAKEN: Final = re.compile(
    r"main|families|plans|compare|when|calculator|rules|readings|examples|scope|terms|next-step|actions|announcer"
    r"|.*-title|(?:action|calculator|choice|compare|copy|engine|error|example|explore|field|icon|link|main|more|needs|plan"
    r"|print|quote|reading|rule|save|term|total)-.*"
)


class HeadingIds:
    """Gives the headings of one text their ids, in their order; `alone` where the text is a page by itself."""

    def __init__(self, alone: bool) -> None:
        self.alone = alone
        self.given: set[str] = set()

    def html(self, html: str) -> str:
        """Converted Markdown, the next part of the text, with ids."""
        return _HEADING.sub(self._headed, html)

    def _headed(self, match: re.Match[str]) -> str:
        words = unescape(_TAG.sub("", match[2]))
        return f'<h{match[1]} id="{self._free(slug(words) or _WORDLESS)}">{match[2]}</h{match[1]}>'

    def _free(self, id: str) -> str:
        if id == _MAIN or (not self.alone and _TAKEN.fullmatch(id)):
            id = f"text-{id}"
        free = next(one for one in _numbered(id) if one not in self.given)
        self.given.add(free)
        return free


def _numbered(id: str) -> Iterator[str]:
    """The id, then the same with 1, 2 and so on."""
    yield id
    number = 1
    while True:
        yield f"{id}-{number}"
        number += 1
