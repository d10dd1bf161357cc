"""Reads the words of one plan file; the rules between them are left to the engine."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.plans.checking import Checker
from site_builder.plans.example_words import read_examples
from site_builder.plans.list_words import read_comparison, read_exclusions, read_inclusions, read_terms
from site_builder.plans.splitting import clause_places, mapping_keys
from site_builder.plans.unit_words import read_units
from site_builder.plans.words import (
    ClauseWords,
    Comparison,
    FamilyWords,
    NextStep,
    OptionWords,
    PlanWords,
    Reading,
    Text,
)
from site_builder.sources import Path

_REQUIRED: Final = ("country", "locales", "vendor", "name", "summary")
_LOCALE: Final = re.compile(r"([a-z]{2,3})-[A-Z]{2}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_STEPS: Final = ("order", "write", "call")


def read_family_words(checker: Checker, family: str, languages: Sequence[str]) -> FamilyWords:
    """The words of the checker's document; its issues go to the checker, with stand-ins in their places.

    `languages` are those of the site; the family must have them all, and may have more.
    """
    checker.required((), "the family", _REQUIRED)
    locales = _read_locales(checker, languages)
    checker.languages = tuple(locales)
    if not locales:
        return _without_words(checker, family)
    return FamilyWords(
        id=family,
        country=_read_country(checker),
        locales=locales,
        vendor=_read_vendor(checker),
        name=_text(checker, ("name",), "the family's name"),
        summary=_text(checker, ("summary",), "the family's summary"),
        support=checker.optional_text(("support",), "the word on whom to turn to"),
        next_step=_read_next_step(checker),
        plans={plan: _read_plan(checker, plan) for plan in mapping_keys(checker.document, ("plans",))},
        clauses=_read_clauses(checker),
        comparison=read_comparison(checker),
        inclusions=read_inclusions(checker),
        exclusions=read_exclusions(checker),
        terms=read_terms(checker),
        readings=_read_readings(checker),
        examples=read_examples(checker, family),
        units=read_units(checker),
    )


def _without_words(checker: Checker, family: str) -> FamilyWords:
    """Stand-in for a family without languages: without them no text can be checked."""
    country, vendor = _read_country(checker), _read_vendor(checker)
    return FamilyWords(family, country, {}, vendor, {}, {}, None, None, {}, {}, Comparison(), (), (), (), (), ())


def _text(checker: Checker, path: Path, what: str) -> Text:
    """A required text; that it is missing has been noted with the other keys of its mapping."""
    return checker.text(path, what) if checker.has(path) else {}


def _read_country(checker: Checker) -> str:
    if not checker.has(("country",)):
        return ""
    country = checker.document.at(("country",))
    if isinstance(country, str) and _COUNTRY.fullmatch(country):
        return country
    why = "dates, amounts and spaces are written as that country does"
    checker.at_value(("country",), "the country should be its two-letter code", why, "write two capitals, such as `CA`")
    return ""


def _read_locales(checker: Checker, languages: Sequence[str]) -> Mapping[str, str]:
    if not checker.has(("locales",)):
        return {}
    written = checker.mapping(("locales",), "the table of locales")
    for language, locale in written.items():
        found = _LOCALE.fullmatch(locale) if isinstance(locale, str) else None
        if not found or found.group(1) != language:
            why = "a locale is the language, a hyphen and the country whose formats it follows"
            checker.at_value(
                ("locales", language), f"this is no locale of `{language}`", why, f"write `{language}-CA`, say"
            )
    for language in languages:
        if language not in written:
            why = "the site is published in this language"
            fix = f"add `{language}: {language}-…`, and its texts"
            checker.at_key(("locales",), f"the language `{language}` is missing", why, fix)
    return {language: locale for language, locale in written.items() if isinstance(locale, str)}


def _read_vendor(checker: Checker) -> str:
    path: Path = ("vendor",)
    if not checker.has(path) or not checker.keys(path, "the vendor", ("name",)):
        return ""
    return checker.line((*path, "name"), "the vendor's name") if checker.has((*path, "name")) else ""


def _read_next_step(checker: Checker) -> NextStep | None:
    path: Path = ("next_step",)
    if not checker.has(path) or not checker.keys(path, "the next step", ("kind", "label"), ("text",)):
        return None
    return NextStep(
        checker.one_of((*path, "kind"), _STEPS) if checker.has((*path, "kind")) else _STEPS[0],
        _text(checker, (*path, "label"), "the next step's label"),
        checker.optional_text((*path, "text"), "the next step's text"),
    )


def _read_plan(checker: Checker, plan: str) -> PlanWords:
    path: Path = ("plans", plan)
    if isinstance(checker.document.at(path), dict):
        checker.required(path, f"the plan `{plan}`", ("name",))
    return PlanWords(
        id=plan,
        name=_text(checker, (*path, "name"), f"the name of `{plan}`"),
        summary=checker.optional_text((*path, "summary"), f"the summary of `{plan}`"),
        audience=checker.optional_text((*path, "audience"), f"the audience of `{plan}`"),
        options={name: _read_option(checker, path, name) for name in _mappings(checker, (*path, "options"))},
        packs={name: _read_pack(checker, path, name) for name in _mappings(checker, (*path, "packs"))},
    )


def _mappings(checker: Checker, path: Path) -> tuple[str, ...]:
    """The names below `path` that hold mappings; the engine speaks of the others."""
    names = mapping_keys(checker.document, path)
    return tuple(name for name in names if isinstance(checker.document.at((*path, name)), dict))


def _read_pack(checker: Checker, plan: Path, pack: str) -> Text:
    path = (*plan, "packs", pack)
    checker.required(path, f"the pack `{pack}`", ("name",))
    return _text(checker, (*path, "name"), f"the name of the pack `{pack}`")


def _read_option(checker: Checker, plan: Path, name: str) -> OptionWords:
    path = (*plan, "options", name)
    checker.required(path, f"the option `{name}`", ("label",))
    return OptionWords(
        label=_text(checker, (*path, "label"), f"the label of the option `{name}`"),
        help=checker.optional_text((*path, "help"), f"the help for the option `{name}`"),
        choices=_read_choices(checker, path, name),
    )


def _read_choices(checker: Checker, path: Path, name: str) -> dict[str, Text]:
    """The words of an option's choices: exactly one entry for each choice."""
    choices = checker.document.at((*path, "choices"))
    known = [choice for choice in choices if isinstance(choice, str)] if isinstance(choices, list) else []
    words = (*path, "words")
    what = f"the words of the option `{name}`"
    if not checker.has(words):
        if known:
            checker.required(path, f"the option `{name}`", ("words",))
        return {}
    if not checker.keys(words, what, known):
        return {}
    return {choice: _text(checker, (*words, choice), f"the word for `{choice}`") for choice in known}


def _read_clauses(checker: Checker) -> dict[str, ClauseWords]:
    """The words that rules carry themselves; of several dated versions of a rule the last one's count."""
    found = {}
    for path, clause in clause_places(checker.document):
        title = checker.optional_text((*path, "title"), f"the title of `{clause}`")
        text = checker.optional_text((*path, "text"), f"the text of `{clause}`")
        if title is not None or text is not None:
            found[clause] = ClauseWords(title, text)
    return found


def _read_readings(checker: Checker) -> tuple[Reading, ...]:
    """Our readings; their clauses are checked by the engine, their words and ids here."""
    readings, seen = [], dict[str, Path]()
    items = checker.document.at(("readings",))
    for index in range(len(items) if isinstance(items, list) else 0):
        path: Path = ("readings", index)
        if not isinstance(checker.document.at(path), dict):
            continue
        checker.required(path, "the reading", ("text",))
        name = checker.identifier((*path, "id"), seen) if checker.has((*path, "id")) else ""
        clauses = checker.document.at((*path, "clauses"))
        cited = tuple(clause for clause in clauses if isinstance(clause, str)) if isinstance(clauses, list) else ()
        readings.append(Reading(name, cited, _text(checker, (*path, "text"), "the reading's text")))
    return tuple(readings)
