"""Languages as data: each folder here is a language, complete or the build fails; Babel gives the formats."""

from site_builder.locales.babel_formats import formats_of, language_name, territory_name
from site_builder.locales.data import FamilyData, Spoken, Translator, locale_data, texts_of, translator
from site_builder.locales.languages import LOCALES, Language, Locale, choose, load, load_all, load_kept
from site_builder.locales.typography import spaced

__all__ = [
    "LOCALES",
    "FamilyData",
    "Language",
    "Locale",
    "Spoken",
    "Translator",
    "choose",
    "formats_of",
    "language_name",
    "load",
    "load_all",
    "load_kept",
    "locale_data",
    "spaced",
    "territory_name",
    "texts_of",
    "translator",
]
