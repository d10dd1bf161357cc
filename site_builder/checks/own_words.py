"""A site's own words, looked through as the texts of a plan file are: apostrophes, French typography, countries."""

from collections.abc import Iterator, Mapping, Sequence

from site_builder.checks.apostrophes import CURLED, Straight, apostrophe_warnings, straight_words
from site_builder.checks.countries import Foreign, foreign_in_text, foreign_warnings
from site_builder.checks.texts import place_of
from site_builder.checks.typography import FRENCH, slips
from site_builder.errors import Issue, Place
from site_builder.locales import Language, Locale, OwnWords, words_in
from site_builder.plans import Families


def own_words_warnings(
    words: Sequence[OwnWords], families: Families, languages: Mapping[str, Language]
) -> Iterator[Issue]:
    """What a careful reader would mend in them; words of a whole language go by the country of all families."""
    for own in words:
        language = languages[own.tag.partition("-")[0]]
        spoken = {said.locales[language.lang] for said in families.words.values() if language.lang in said.locales}
        tag = own.tag if own.tag in language.locales else spoken.pop() if len(spoken) == 1 else ""
        yield from apostrophe_warnings(_straight(own, language.lang))
        if language.lang == FRENCH:
            yield from _typography(own, language.locales[tag or language.default])
        if tag:
            yield from foreign_warnings(_foreign(own, language.locales[tag]), tag)


def _straight(own: OwnWords, lang: str) -> Iterator[Straight]:
    for text in own.texts.values() if lang in CURLED else ():
        for word in straight_words(words_in(text.text)):
            place = place_of(text.document, text.path, word)
            column = place.column + word.index("'")
            yield Straight(Place(place.file, place.line, column), word, lang, text.document.lines[place.line - 1])


def _typography(own: OwnWords, locale: Locale) -> Iterator[Issue]:
    for text in own.texts.values():
        for found, what, why, fix in slips(words_in(text.text), locale.spacing, locale.tag):
            yield text.document.issue(place_of(text.document, text.path, found), what, why, fix)


def _foreign(own: OwnWords, locale: Locale) -> Iterator[Foreign]:
    for text in own.texts.values():
        for word, here in foreign_in_text(words_in(text.text), locale):
            place = place_of(text.document, text.path, word)
            yield Foreign(place, word, here, text.document.lines[place.line - 1])
