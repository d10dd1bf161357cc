"""Reads the words that a plan file brings for what its plans count: `units`, by unit, language and plural form."""

import re
from collections.abc import Iterator
from typing import Final

from site_builder.errors import suggest
from site_builder.plans.checking import Checker
from site_builder.plans.splitting import mapping_keys
from site_builder.plans.words import UnitWords
from site_builder.sources import Document, Path

FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR; which of them a language has is the language's to say."""

_TEMPLATE: Final = "{one: …, other: …}"
_MARKS: Final = re.compile(r"[{}|]")
"""They would begin or part a placeholder."""


def read_units(checker: Checker) -> dict[str, UnitWords]:
    """The family's own words by unit, in each of its languages; whether no plural form lacks is judged elsewhere."""
    path: Path = ("units",)
    if not checker.has(path):
        return {}
    counted = tuple(dict.fromkeys(_counted(checker.document)))
    found = {}
    for unit in checker.mapping(path, "the table of units"):
        if unit in counted:
            found[unit] = _read_unit(checker, (*path, unit), f"the unit `{unit}`")
        else:
            why = "words are for the units of plans, and for options that are numbers; nothing would say these"
            checker.at_key((*path, unit), f"no plan counts in `{unit}`", why, suggest(unit, counted))
    return found


def _counted(document: Document) -> Iterator[str]:
    """What the plans count: their units, and options by their names."""
    for plan in mapping_keys(document, ("plans",)):
        unit = document.at(("plans", plan, "unit"))
        if isinstance(unit, str):
            yield unit
        yield from mapping_keys(document, ("plans", plan, "options"))


def _read_unit(checker: Checker, path: Path, what: str) -> UnitWords:
    languages = checker.in_languages(path, what, _TEMPLATE)
    return {lang: _read_forms(checker, (*path, lang), f"{what} in `{lang}`") for lang in languages}


def _read_forms(checker: Checker, path: Path, what: str) -> dict[str, str]:
    if not isinstance(checker.document.at(path), dict):
        why = "it is said of one and of several"
        checker.at_value(path, f"{what} needs a word for each number", why, f"write `{path[-1]}: {_TEMPLATE}`")
        return {}
    checker.keys(path, what, (), FORMS)
    written = [form for form in mapping_keys(checker.document, path) if form in FORMS]
    return {form: _read_word(checker, (*path, form), f"the word for {what}") for form in written}


def _read_word(checker: Checker, path: Path, what: str) -> str:
    word = checker.line(path, what)
    if _MARKS.search(word):
        why = "the number is put beside it, and these marks would be taken for a place to put one"
        checker.at_value(path, f"{what} holds a brace or a bar", why, "write the word alone, such as `vehicles`")
    return word
