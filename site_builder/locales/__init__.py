"""Languages as data: each folder here is a language, complete or the build fails; Babel gives the formats."""

from site_builder.locales.as_yaml import as_yaml
from site_builder.locales.babel_formats import formats_of, language_name, territory_name
from site_builder.locales.data import FamilyData, Spoken, Translator, locale_data, texts_of, translator
from site_builder.locales.languages import LOCALES, Language, Locale, choose, load, load_all, load_kept
from site_builder.locales.own_words import FOLDER as OWN_WORDS
from site_builder.locales.own_words import OwnWords, in_own_words, kept_in_own_words, own_words
from site_builder.locales.regional import foreign_in, words_in
from site_builder.locales.typography import spaced

__all__ = [
    "LOCALES",
    "OWN_WORDS",
    "FamilyData",
    "Language",
    "Locale",
    "OwnWords",
    "Spoken",
    "Translator",
    "as_yaml",
    "choose",
    "foreign_in",
    "formats_of",
    "in_own_words",
    "kept_in_own_words",
    "language_name",
    "load",
    "load_all",
    "load_kept",
    "locale_data",
    "own_words",
    "spaced",
    "territory_name",
    "texts_of",
    "translator",
    "words_in",
]
