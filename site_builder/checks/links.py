"""Links that lead nowhere, pictures without words, footnotes and link targets that nothing uses."""

import posixpath
import re
from collections.abc import Iterator, Set
from typing import Final
from urllib.parse import unquote

from site_builder.addresses import split_address
from site_builder.checks.texts import place_in, texts
from site_builder.content import FAMILIES, HOME, Written
from site_builder.errors import Issue, Place, suggest
from site_builder.plans import FamilyFile

_LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^\s)>]*)>?[^)]*\)")
_TARGET: Final = re.compile(r"(?m)^ {0,3}\[(\^?[^\]]+)\]:")
_NO_PAGE: Final = ("schema/", "assets/", "sitemap.xml", "robots.txt")

type Found = tuple[str, str, str, str]
"""The words that a warning is about, what it says, why, and what to write instead."""


def link_warnings(file: FamilyFile, known: Set[str], base: str) -> Iterator[Issue]:
    """Warnings about the links and pictures in a plan file's texts."""
    for path, said in texts(file):
        for lang, text in said.items():
            for found, what, why, fix in _look(text, f"{base}{lang}/{file.words.id}/", known, base):
                yield file.document.issue(place_in(file, (*path, lang), found), what, why, fix)


def page_warnings(page: Written, known: Set[str], base: str) -> Iterator[Issue]:
    """The same for a written page, and what its footnotes and link targets lack."""
    below = "" if page.name == HOME else f"{page.name.removeprefix(f'{FAMILIES}/')}/"
    lines = page.body.split("\n")
    for number, line in enumerate(lines):
        for found, what, why, fix in _look(line, f"{base}{page.lang}/{below}", known, base):
            place = Place(page.front.file, page.body_line + number, line.find(found) + 1)
            yield Issue(place, what, why, fix, line)
    yield from _unused(page, lines)


def _look(text: str, here: str, known: Set[str], base: str) -> Iterator[Found]:
    for match in _LINK.finditer(text) if "](" in text else ():
        picture, words, target = match.groups()
        if picture and not words.strip():
            yield match[0], "the picture has no words", "who cannot see it learns nothing of it", "write `![words](…)`"
        if not picture and not words.strip():
            yield (
                match[0],
                "the link has no words",
                "nothing can be pressed or read out",
                "write `[words](…)`",
            )
        if not picture and _is_dead(target, here, known, base):
            yield match[0], f"the link `{target}` leads to no page", f"seen from {here}", suggest(target, known)


def _is_dead(target: str, here: str, known: Set[str], base: str) -> bool:
    parts = split_address(target)
    if parts.scheme or parts.netloc or not parts.path:
        return not target
    path = unquote(parts.path)
    whole = path if path.startswith("/") else posixpath.normpath(posixpath.join(here, path))
    whole += "/" if (path.endswith("/") or not path.startswith("/")) and not whole.endswith("/") else ""
    if whole.startswith(tuple(base + name for name in _NO_PAGE)):
        return False
    return whole not in known and f"{whole}/" not in known and whole.removesuffix("index.html") not in known


def _unused(page: Written, lines: list[str]) -> Iterator[Issue]:
    """Link targets and footnotes that the page defines and never uses."""
    for match in _TARGET.finditer(page.body):
        name = match[1]
        if page.body.casefold().count(f"[{name.casefold()}]") > 1:
            continue
        number = page.body.count("\n", 0, match.start())
        kind = "footnote" if name.startswith("^") else "link target"
        place = Place(page.front.file, page.body_line + number, lines[number].find("[") + 1)
        yield Issue(
            place, f"the {kind} `{name}` is not used", "no reader sees it", "use it, or remove it", lines[number]
        )
