"""Addresses for examples to which a site would send its readers: of the next step, and in texts and pages.

One warning for the whole site, with all of their places: who writes a site knows them all, and mends them together.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from site_builder.checks.starting import WAIT, is_example
from site_builder.checks.texts import line_ranges, place_in, texts
from site_builder.content import Content
from site_builder.errors import Issue, Place
from site_builder.plans import Families, FamilyFile

_ADDRESS: Final = re.compile(r"https?://([\w.-]+\w)[^\s<>)\]\"]*|[\w.+-]+@([\w.-]+\w)")
_CODE: Final = re.compile(r"`[^`]*`")
_FILES: Final = 6
"""How many files a warning names."""


class _Found(NamedTuple):
    place: Place
    address: str
    excerpt: str


def placeholder_warnings(content: Content, families: Families) -> Iterator[Issue]:
    """The warning about all such addresses; none where there are none. `starting` tells of the site’s own."""
    pages = [found for file in families.files.values() for found in _of_family(file)]
    pages += _of_pages(content)
    if not pages:
        return
    first, places = pages[0], sorted({found.place for found in pages})
    what, they = f"`{first.address}` is an address for examples", ""
    if places[1:]:
        what = f"addresses for examples, in {len(places)} places; the first: `{first.address}`"
        they = f"; they are in {_said(places)}"
    local, at, _ = first.address.partition("@")
    own = f"{local}@your-company.com" if at else "https://www.your-company.com/"
    why = f"readers would write or go there, and nobody answers{they}"
    yield Issue(first.place, what, why, f"write your own, such as `{own}`; {WAIT}", first.excerpt)


def _of_family(file: FamilyFile) -> Iterator[_Found]:
    """Those of a family's next step first, for all of its quotes lead there; then those of its texts."""
    document, step = file.document, file.words.next_step
    for key, text in (("email", step.email), ("url", step.url)) if step else ():
        place = document.value_place(("next_step", key))
        yield from (_Found(place, one, document.lines[place.line - 1]) for one in _addresses(text))
    for path, said in texts(file):
        for lang, text in said.items():
            for one in _addresses(text):
                place = place_in(file, (*path, lang), one)
                yield _Found(place, one, document.lines[place.line - 1])


def _of_pages(content: Content) -> Iterator[_Found]:
    for page in (page for pages in content.pages.values() for page in pages.values()):
        for number, line in enumerate(_without_code(page.body).split("\n"), page.body_line):
            for one in _addresses(line):
                written = page.body.split("\n")[number - page.body_line]
                yield _Found(Place(page.front.file, number, line.find(one) + 1), one, written)


def _addresses(text: str) -> Iterator[str]:
    """The addresses of a text that are for examples, but for those in code."""
    for match in _ADDRESS.finditer(_without_code(text)) if "example" in text else ():
        if is_example(match[1] or match[2]):
            yield match[0].rstrip(".,;:!?")


def _without_code(text: str) -> str:
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _said(places: list[Place]) -> str:
    """Places by file, with their lines."""
    lines: dict[str, set[int]] = {}
    for place in places:
        lines.setdefault(place.file, set()).add(place.line)
    named = [f"{file}, {line_ranges(sorted(held))}" for file, held in lines.items()]
    return "; ".join(named[:_FILES]) + (f"; and in {len(named) - _FILES} more files" if named[_FILES:] else "")
