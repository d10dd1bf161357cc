"""Links that lead nowhere, pictures without words, footnotes and link targets that nothing uses."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from site_builder.addresses import split_address
from site_builder.checks.texts import place_in, texts
from site_builder.content import Written
from site_builder.errors import Issue, Place, did_you_mean, suggest
from site_builder.plans import FamilyFile

LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^\s)>]*)>?[^)]*\)")
_TARGET: Final = re.compile(r"(?m)^ {0,3}\[(\^?[^\]]+)\]:")
_PARTS: Final = (
    "plans", "compare", "when", "calculator", "rules", "readings", "examples", "scope", "terms", "next-step",
)  # fmt: skip
"""The parts of a family's page, and of its address."""
_OF_THE_FORM: Final = ("field-", "choice-", "action-", "quote-")
_NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
_NO_PAGE: Final = ("schema/", "assets/", "sitemap.xml", "robots.txt")

type Pages = Mapping[str, Callable[[], Set[str] | None]]
"""The pages of the site by their paths from the host's root, each with what tells its anchors (None: any)."""

type Moved = Mapping[str, str]
"""Where pages are that have an address of their own, by the paths that their files' names would give them."""

type Found = tuple[str, str, str, str]
"""The words that a warning is about, what it says, why, and what to write instead."""


def link_warnings(file: FamilyFile, known: Pages, base: str, moved: Moved = _NOWHERE) -> Iterator[Issue]:
    """Warnings about the links and pictures in a plan file's texts."""
    for path, said in texts(file):
        for lang, text in said.items():
            for found, what, why, fix in _look(text, f"{base}{lang}/{file.words.id}/", known, base, moved):
                yield file.document.issue(place_in(file, (*path, lang), found), what, why, fix)


def page_warnings(page: Written, known: Pages, base: str, moved: Moved = _NOWHERE) -> Iterator[Issue]:
    """The same for a written page, and what its footnotes and link targets lack."""
    lines = page.body.split("\n")
    for number, line in enumerate(lines):
        for found, what, why, fix in _look(line, f"{base}{page.lang}/{page.below}", known, base, moved):
            place = Place(page.front.file, page.body_line + number, line.find(found) + 1)
            yield Issue(place, what, why, fix, line)
    yield from _unused(page, lines)


def _look(text: str, here: str, known: Pages, base: str, moved: Moved) -> Iterator[Found]:
    for match in LINK.finditer(text) if "](" in text else ():
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
        if not picture and (dead := _dead(target, here, known, base, moved)):
            yield match[0], *dead


def _dead(target: str, here: str, known: Pages, base: str, moved: Moved) -> tuple[str, str, str] | None:
    """What is wrong with a link, why, and what to write: to no page of the site, or to no place of its page."""
    parts = split_address(target)
    if parts.scheme or parts.netloc:
        return None
    whole = _whole(parts.path, here, known, base)
    if whole.startswith(tuple(base + name for name in _NO_PAGE)):
        return None
    page = page_of(parts.path, here, known, base)
    if page is None or not target:
        why, now = f"seen from {here}", moved.get(f"{whole}/")
        fix = f"write `{now}`, as the `slug` of that page says" if now and target else suggest(target, known)
        return f"the link `{target}` leads to no page", why, fix
    return _astray(target, unquote(parts.fragment), page, known)


def page_of(path: str, here: str, known: Pages, base: str) -> str | None:
    """The page that the path of a link leads to from the page `here`, as it is known; None for no page of the site."""
    whole = _whole(path, here, known, base)
    return next((each for each in (whole, f"{whole}/", whole.removesuffix("index.html")) if each in known), None)


def _whole(path: str, here: str, known: Pages, base: str) -> str:
    """The path of a link from the host's root."""
    whole = posixpath.normpath(posixpath.join(here, unquote(path)))
    if not whole.startswith(base) and f"{base}{whole.split('/')[1]}/" in known:
        whole = base + whole[1:]  # a link from the top of the site, which pages make one from the top of the host
    return whole


def _astray(target: str, fragment: str, page: str, known: Pages) -> tuple[str, str, str] | None:
    """The same for the anchor of a link to a page; one with `=` is a request, which opens the calculator."""
    anchors = known[page]() if fragment and "=" not in fragment else None
    if anchors is None or fragment in anchors or fragment.startswith(_OF_THE_FORM):
        return None
    what, why = f"the link `{target}` leads to no place of its page", f"{page} has no `#{fragment}`"
    near = did_you_mean(fragment, anchors)
    if near is None and not anchors - {"main"}:
        return what, f"{why}: no heading is on it", "link to the page itself"
    return what, why, f"did you mean `#{near}`?" if near else suggest(fragment, _short(anchors))


def _short(anchors: Set[str]) -> list[str]:
    """The parts of a page alone, where it has many anchors."""
    return [name for name in anchors if name in _PARTS] or [*anchors]


def family_anchors(file: FamilyFile, clauses: Set[str]) -> set[str]:
    """What a link may lead to on a family's page: its parts, plans, rows of the comparison, rules and more."""
    words = file.words
    rows = (row.id for group in words.comparison.groups for row in group.rows)
    named = {"plan": words.plans, "compare": rows, "rule": clauses, "reading": (one.id for one in words.readings),
             "example": (one.id for one in words.examples), "term": (one.id for one in words.terms)}  # fmt: skip
    titles = {f"{part}-title" for part in _PARTS}
    return {"main", *_PARTS, *titles, *(f"{kind}-{id}" for kind, ids in named.items() for id in ids)}


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
