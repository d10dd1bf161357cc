"""Pages that say the same in two languages: copied, to be translated later, and then forgotten."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from site_builder.checks.texts import prose
from site_builder.content import NO_TEXT, Content, Written
from site_builder.errors import Issue, Place, listed

_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_SPOKEN: Final = re.compile(r"\b[a-zà-ÿ]{4,}\b")
"""What a sentence is known by: names begin with capitals, and what joins their parts (de la, van der) is shorter."""

_ENOUGH: Final = 3
"""Texts with fewer of these words are taken for names, figures and pictures, which are the same in any language."""


def copy_warnings(content: Content) -> Iterator[Issue]:
    """One warning for each page that has the words of the same page in a language before it; it names both files."""
    told: set[str] = set()
    for (first, pages), (second, others) in combinations(content.pages.items(), 2):
        for name, page in pages.items():
            other = others.get(name)
            issue = _copied(page, other, first, second) if other and other.front.file not in told else None
            if issue:
                told.add(issue.place.file)
                yield issue


def _copied(page: Written, other: Written, first: str, second: str) -> Issue | None:
    """The warning at the second of two pages, if it has the body of the first, or some of what stands before it."""
    keys = [key for key, text in other.words.items() if key not in NO_TEXT and _same(text, page.words.get(key, ""))]
    named, same = listed(keys), f"the same as in `{page.front.file}`"
    why = "it may have been copied to be translated later, and readers of one of the two would not understand it"
    fix = f"write it in `{second}` here; if it is in `{second}` already, write the other one in `{first}`"
    if _same(other.body, page.body):
        lines = other.body.split("\n")
        number = next(index for index, line in enumerate(lines) if line.strip())
        place = Place(other.front.file, other.body_line + number, 1)
        what = f"the text is {same}" + (f", and so {'are' if keys[1:] else 'is'} {named}" if keys else "")
        return Issue(place, what, why, fix, lines[number])
    if keys:
        what = f"{named} {'are' if keys[1:] else 'is'} {same}"
        return other.front.issue(other.front.value_place((keys[0],)), what, why, fix)
    return None


def _same(text: str, other: str) -> bool:
    """Whether two texts have the same words, wherever their links lead, and are more than names."""
    said, also = _said(text), _said(other)
    return len(_SPOKEN.findall(said)) >= _ENOUGH and _WORD.findall(said) == _WORD.findall(also)


def _said(text: str) -> str:
    return prose(_PICTURE.sub("", text))
