"""What the file of one locale says: its spaces, the texts that differ there, and the words that nobody says there."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from calculator.wording.texts import PLACEHOLDER, Text, placeholders
from site_builder.errors import Issue, suggest
from site_builder.locales.located import Located, flat, other_placeholders
from site_builder.locales.typography import OPENING, SPACES
from site_builder.sources import Document

PROGRAM: Final = "instead_in_program"
REGIONAL_KEYS: Final = ("spacing", "strings", "instead", PROGRAM)
HEARD: Final = ("ui.campaign.column.",)
"""Texts that are not said but understood: what somebody may have written, in whichever country."""


def read_spacing(document: Document, issues: list[Issue]) -> dict[str, str]:
    """Mark by mark, the space that goes with it; a percent or currency sign is a mark too."""
    value = document.at(("spacing",))
    result: dict[str, str] = {}
    for mark, name in (value if isinstance(value, dict) else {}).items():
        if isinstance(name, str) and name in SPACES and len(mark) == 1:
            result[mark] = SPACES[name]
        else:
            place = document.value_place(("spacing", mark))
            why = f"the space before a mark (after {OPENING}) has a name"
            issues.append(document.issue(place, f"`{mark}: {name}` names no space", why, suggest(str(name), SPACES)))
    return result


def read_overlay(document: Document, texts: Mapping[str, Located], issues: list[Issue]) -> dict[str, Located]:
    """The texts that differ in a locale; each must stand for one that the language has."""
    if not document.at(("strings",)):
        return {}
    own: dict[str, Located] = {}
    for dotted, located in flat(document, ("strings",), issues):
        key = dotted.removeprefix("strings.")
        if key not in texts:
            why = "a locale can only say otherwise what its language says"
            issues.append(located.issue(f"`{key}` is not a key of the language", why, suggest(key, texts)))
        elif placeholders(located.text) != placeholders(texts[key].text):
            issues.append(other_placeholders(key, located, texts[key]))
        own[key] = located
    return own


def read_instead(document: Document, issues: list[Issue]) -> dict[str, str]:
    """From words of other countries to those that are said here, in whatever text of a site."""
    return _words_of(document, "instead", issues)


def foreign_words(
    tag: str, document: Document, texts: Mapping[str, Located], instead: Mapping[str, str], issues: list[Issue]
) -> Iterator[Issue]:
    """Texts of a locale that hold a word of another country: such a word, and what is said here.

    Beside those of `instead` these are words that the country has too, but not for what the program means by them.
    """
    words = {**instead, **_words_of(document, PROGRAM, issues)}
    for key, located in texts.items():
        found = None if key.startswith(HEARD) else next(foreign_in(words_in(located.text), words), None)
        if found:
            what, why = f"`{key}` says “{found[0]}”", f"`{tag}` says “{found[1]}” instead"
            yield located.issue(what, why, f"a text of its own under `strings` in {document.file}")


def _words_of(document: Document, key: str, issues: list[Issue]) -> dict[str, str]:
    """A mapping of words; empty after noting why it is none."""
    words, said = document.at((key,)) or {}, {}
    for word, here in words.items() if isinstance(words, dict) else ():
        if isinstance(here, str) and here.strip():
            said[word] = here
    if not isinstance(words, dict) or len(said) < len(words):
        place, why = document.key_place((key,)), "it goes from words of other countries to those that are said here"
        issues.append(document.issue(place, f"`{key}` is not a mapping of words", why, "{courriel: e-mail}"))
        return {}
    return said


def foreign_in(text: str, instead: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The words of a text that are said otherwise here, each with what is said.

    A word counts wherever one begins with it: `courriel` is in `courriels` too.
    """
    if instead:
        here = tuple(instead.values())
        for found in _beginning(tuple(instead)).finditer(text):
            yield found[0], here[(found.lastindex or 1) - 1]


@cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern with a group for each word."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(f'({re.escape(word)})' for word in words)})", re.IGNORECASE)


def words_in(text: Text) -> str:
    """What a text says, all alternatives: of a placeholder, only its plural forms are words."""
    said = text if isinstance(text, str) else "\n".join(text)
    return PLACEHOLDER.sub(lambda found: found[2] if "|" in (found[2] or "") else "", said)
