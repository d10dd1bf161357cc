"""Links that take readers to another language, although the same page is there in their own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from site_builder.addresses import split_address
from site_builder.checks.links import LINK, Found, Pages, page_of
from site_builder.checks.texts import place_in, texts
from site_builder.content import Written
from site_builder.errors import Issue, Place
from site_builder.plans import FamilyFile

_END: Final = re.compile(r"[.!?…](?=\s|$)|\|")
"""Where what is said of a link ends: with its sentence, or the cell of its table."""


class Twin(NamedTuple):
    """A page's language, and its paths from the host's root in all languages that have it."""

    lang: str
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crossings:
    """What links are compared with: all pages of the site, the path that it lives below, and their twins by path."""

    known: Pages
    base: str
    twins: Mapping[str, Twin]

    def of_family(self, file: FamilyFile) -> Iterator[Issue]:
        """Warnings about the links in a plan file's texts."""
        for path, said in texts(file):
            for lang, text in said.items():
                for found, what, why, fix in self._look(text, lang, f"{self.base}{lang}/{file.words.id}/"):
                    yield file.document.issue(place_in(file, (*path, lang), found), what, why, fix)

    def of_page(self, page: Written) -> Iterator[Issue]:
        """The same for a written page."""
        for number, line in enumerate(page.body.split("\n"), page.body_line):
            for found, what, why, fix in self._look(line, page.lang, f"{self.base}{page.lang}/{page.below}"):
                yield Issue(Place(page.front.file, number, line.find(found) + 1), what, why, fix, line)

    def _look(self, text: str, lang: str, here: str) -> Iterator[Found]:
        for match in LINK.finditer(text) if "](" in text else ():
            picture, _, target = match.groups()
            twin = None if picture or not target else self._led_to(target, here)
            if twin is None or lang not in twin.paths or lang == twin.lang or _named(twin.lang, lang, text, match):
                continue
            what = f"the link `{target}` leads to the page in `{twin.lang}`, from a text in `{lang}`"
            why = "readers would find themselves in another language, and the page is there in theirs"
            own = self._from_the_top(twin.paths[lang], target)
            meant = f"if the other language is meant, name it beside the link: {_names(twin.lang, lang)[0]}"
            yield match[0], what, why, f"write `{own}`; {meant}"

    def _led_to(self, target: str, here: str) -> Twin | None:
        parts = split_address(target)
        page = None if parts.scheme or parts.netloc else page_of(parts.path, here, self.known, self.base)
        return self.twins.get(page) if page else None

    def _from_the_top(self, page: str, target: str) -> str:
        """The address to write for a page, with the place in it that a link led to, if the page has that too."""
        fragment = split_address(target).fragment
        anchors = self.known[page]() if fragment and "=" not in fragment else None
        kept = f"#{fragment}" if fragment and (anchors is None or fragment in anchors) else ""
        return f"/{page.removeprefix(self.base)}{kept}"


def _named(lang: str, spoken: str, text: str, match: re.Match[str]) -> bool:
    """Whether the sentence of a link names the language to which it leads, or the link is called by its code."""
    start = max((found.end() for found in _END.finditer(text, 0, match.start())), default=0)
    after = _END.search(text, match.end())
    sentence = text[start : match.start()] + match[2] + text[match.end() : after.start() if after else len(text)]
    known = "|".join(re.escape(name) for name in _names(lang, spoken))
    return match[2].strip().casefold() == lang or bool(re.search(rf"\b(?:{known})", sentence, re.IGNORECASE))


@cache
def _names(lang: str, spoken: str) -> tuple[str, ...]:
    """What a language is called in another one, in English and by itself; adjectives begin as these do."""
    from babel import Locale  # only here: few links need it
    from babel.core import UnknownLocaleError

    names = []
    for tongue in (spoken, "en", lang):
        try:
            names.append(Locale(tongue).languages.get(lang, lang))
        except UnknownLocaleError:
            names.append(lang)
    return tuple(names)
