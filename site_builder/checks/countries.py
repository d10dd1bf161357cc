"""Words of another country in what a site itself says: « courriel » in France, “colour” in the United States.

One warning for each such word in a file, with all of its lines. What is quoted is somebody else's; code and addresses
are nobody's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from site_builder.checks.texts import line_ranges, place_in, prose, said_in
from site_builder.content import FAMILIES, Written
from site_builder.errors import Issue, Place
from site_builder.locales import Language, Locale, foreign_in
from site_builder.plans import Families, FamilyFile

_QUOTED: Final = re.compile(r"«[^«»]*»|“[^“”]*”")


class Foreign(NamedTuple):
    """A word of another country: where it stands, what is said here, and the line."""

    place: Place
    word: str
    here: str
    excerpt: str


def foreign_in_text(text: str, locale: Locale) -> Iterator[tuple[str, str]]:
    """The words of a Markdown text that its country says otherwise, each with what it says."""
    if locale.instead:
        yield from foreign_in(_QUOTED.sub(lambda found: " " * len(found[0]), prose(text)), locale.instead)


def foreign_warnings(found: Iterable[Foreign], tag: str) -> Iterator[Issue]:
    """The warnings for the words of one file, one for each word that is said otherwise here."""
    by_word: dict[str, list[Foreign]] = {}
    for one in sorted(found):
        by_word.setdefault(one.here, []).append(one)
    for here, words in by_word.items():
        first, lines = words[0], sorted({word.place.line for word in words})
        many = f" in {len(lines)} lines; the first:" if len(lines) > 1 else ""
        why = f"`{tag}` says “{here}”" + (f"; it is in {line_ranges(lines)}" if len(lines) > 1 else "")
        yield Issue(first.place, f"a word of another country{many} “{first.word}”", why, f"write “{here}”",
                    first.excerpt)  # fmt: skip


def family_countries(file: FamilyFile, languages: Mapping[str, Language]) -> Iterator[Issue]:
    """Such words in the texts of a plan file, by the country of each of its languages."""
    lines = file.document.lines
    for lang, tag in file.words.locales.items():
        locale = languages[lang].locales.get(tag) if lang in languages else None
        if locale is None or not locale.instead:
            continue
        found = []
        for path, text in said_in(file, lang):
            for word, here in foreign_in_text(text, locale):
                place = place_in(file, path, word)
                found.append(Foreign(place, word, here, lines[place.line - 1]))
        yield from foreign_warnings(found, tag)


def country_of(page: Written, families: Families) -> str:
    """The locale of a written page: that of all families which speak its language; empty where they have several."""
    id = page.name.removeprefix(f"{FAMILIES}/")
    named = {id: families.words[id]} if id != page.name and id in families.words else families.words
    tags = {words.locales[page.lang] for words in named.values() if page.lang in words.locales}
    return tags.pop() if len(tags) == 1 else ""


def page_countries(page: Written, families: Families, languages: Mapping[str, Language]) -> Iterator[Issue]:
    """The same for a written page, where all families that speak its language are of one country."""
    tag = country_of(page, families)
    locale = languages[page.lang].locales.get(tag) if page.lang in languages else None
    if locale is None:
        return
    front = page.front
    texts = [(front.value_place((key,)), front.lines, text) for key, text in page.words.items()]
    found = [
        Foreign(Place(front.file, place.line, max(1, lines[place.line - 1].find(word) + 1)), word, here,
                lines[place.line - 1])
        for place, lines, text in texts
        for word, here in foreign_in_text(text, locale)
    ]  # fmt: skip
    for number, line in enumerate(page.body.split("\n")):
        for word, here in foreign_in_text(line, locale):
            place = Place(front.file, page.body_line + number, line.find(word) + 1)
            found.append(Foreign(place, word, here, line))
    yield from foreign_warnings(found, tag)
