"""The words of a plan file with their places: every text in every language, wherever it stands."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import chain, pairwise
from typing import Final

from site_builder.errors import Issue, Place
from site_builder.plans import FamilyFile
from site_builder.sources import Document, Path, Value

_MANY: Final = 12

_CODE: Final = re.compile(r"`[^`]*`|\]\([^)]*\)|<?https?://\S+|\b[\w.]+@[\w.]+")


def texts(file: FamilyFile) -> Iterator[tuple[Path, dict[str, str]]]:
    """Each text of the file by its path: the same words in the family's languages."""
    return _texts(file.document.value, (), frozenset(file.words.locales))


def _texts(value: Value, path: Path, languages: Set[str]) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(value, dict):
        if value and value.keys() <= languages:
            said = {lang: text for lang, text in value.items() if isinstance(text, str)}
            if len(said) == len(value):
                yield path, said
                return
        for key, held in value.items():
            if isinstance(held, dict | list):
                yield from _texts(held, (*path, key), languages)
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _texts(held, (*path, index), languages)


def unit_words(file: FamilyFile, lang: str) -> Iterator[tuple[Path, str]]:
    """The family's own words for units in one language, each with its path."""
    for unit, spoken in file.words.units.items():
        yield from ((("units", unit, lang, form), word) for form, word in spoken.get(lang, {}).items())


def said_in(file: FamilyFile, lang: str) -> Iterator[tuple[Path, str]]:
    """All that a plan file says in a language, by path."""
    return chain((((*path, lang), said.get(lang, "")) for path, said in texts(file)), unit_words(file, lang))


def warn(file: FamilyFile, path: Path, what: str, why: str, fix: str) -> Issue:
    """A warning at the value of a path; what is missing is shown where it is missed."""
    document = file.document
    return document.issue(document.value_place(path), what, why, fix)


def prose(text: str) -> str:
    """A Markdown text without code, addresses and the targets of links, its length kept."""
    return _CODE.sub(lambda found: " " * len(found[0]), text)


def place_in(file: FamilyFile, path: Path, found: str) -> Place:
    """Where some words of a plan file's text stand."""
    return place_of(file.document, path, found)


def place_of(document: Document, path: Path, found: str) -> Place:
    """Where some words of a text stand: in its first line if they are there, else in one of the next ones."""
    place = document.value_place(path)
    for line in range(place.line, min(place.line + 12, len(document.lines)) + 1):
        column = document.lines[line - 1].find(found, place.column - 1 if line == place.line else 0)
        if column >= 0:
            return Place(place.file, line, column + 1)
    return place


def line_ranges(lines: Sequence[int]) -> str:
    """Numbers of lines, those that follow each other as one range."""
    starts = [lines[0], *(after for before, after in pairwise(lines) if after > before + 1)]
    ends = [*(before for before, after in pairwise(lines) if after > before + 1), lines[-1]]
    ranges = [str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]
    more = f" and {len(ranges) - _MANY} more places" if len(ranges) > _MANY else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(ranges[:_MANY])}{more}"
