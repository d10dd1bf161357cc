"""Reads the words that a plan file brings for what its plans count: `units`, by unit, language and plural form."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Final

from site_builder.errors import did_you_mean, suggest
from site_builder.plans.checking import Spot
from site_builder.plans.words import UnitWords
from site_builder.sources import Path

_FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR; which of them a language has is the language's to say."""

_NUMBERS: Final = ("integer", "minutes")
_TEMPLATE: Final = "{one: …, other: …}"
_MARKS: Final = re.compile(r"[{}|]")
"""They would begin or part a placeholder."""


def read_units(family: Spot) -> dict[str, UnitWords]:
    """The family's own words by unit, in each of its languages; whether no plural form lacks is judged elsewhere."""
    if not family.has("units"):
        return {}
    counted = tuple(dict.fromkeys(_counted(family.at("plans"))))
    units, found = family.at("units"), {}
    for unit in units.mapping("the table of units"):
        here = units.at(unit)
        if unit in counted:
            found[unit] = _read_unit(here, f"the unit `{unit}`")
        else:
            _nobodys(here, unit, family)
    return found


def _nobodys(here: Spot, unit: str, family: Spot) -> None:
    """Note words for a unit that nobody counts; where one is nearly called so, and has none, that is said with it."""
    plans, checker = family.at("plans"), family.checker
    if any(not isinstance(plans.at(id).get("unit"), str) for id in plans.named):
        return  # what that plan counts in is asked elsewhere, and may be this
    wordless = [name for name in _counted(plans, _NUMBERS) if name not in family.at("units").named]
    near = did_you_mean(unit, wordless)
    if near is None:
        why = "words are for the units of plans, and for options that are numbers; nothing would say these"
        likely = dict.fromkeys(_counted(plans, _NUMBERS))
        checker.at_key(here.path, f"no plan counts in `{unit}`", why, suggest(unit, likely))
        return
    plan, place = next((plan, place) for plan, name, place in _places(plans) if name == near)
    line = checker.document.key_place(place).line
    checker.at_key(
        here.path,
        f"no plan counts in `{unit}`, and `{near}` has no words here",
        f"`{plan}` counts in `{near}` (line {line}); one of the two is misspelt",
        f"write `{near}` here, or `{unit}` in line {line}",
    )


def _places(plans: Spot) -> Iterator[tuple[str, str, Path]]:
    """Each unit and option of the plans with its plan and its place."""
    for id in plans.named:
        plan = plans.at(id)
        if isinstance(unit := plan.get("unit"), str):
            yield id, unit, (*plan.path, "unit")
        yield from ((id, name, (*plan.path, "options", name)) for name in plan.at("options").named)


def _counted(plans: Spot, types: Collection[str] = ()) -> Iterator[str]:
    """What the plans count: their units, and options by their names, all or those of some types."""
    for plan in map(plans.at, plans.named):
        unit = plan.get("unit")
        if isinstance(unit, str):
            yield unit
        options = plan.at("options")
        yield from (name for name in options.named if not types or options.at(name).get("type") in types)


def _read_unit(unit: Spot, what: str) -> UnitWords:
    return {lang: _read_forms(unit.at(lang), f"{what} in `{lang}`") for lang in unit.in_languages(what, _TEMPLATE)}


def _read_forms(forms: Spot, what: str) -> dict[str, str]:
    if not isinstance(forms.value, dict):
        template = ", ".join(f"{name}: …" for name in _forms_of(forms))
        fix = f"write `{forms.path[-1]}: {{{template}}}`"
        forms.mistaken(f"{what} needs a word for each number", "it is said of one and of several", fix)
        return {}
    # Which forms the language has is asked only of one that has others; the rest is judged elsewhere.
    forms.keys(what, (), _FORMS if forms.value.keys() <= {*_FORMS} else _forms_of(forms))
    return {form: _read_word(forms, form, f"the word for {what}") for form in forms.value if form in _FORMS}


def _forms_of(forms: Spot) -> tuple[str, ...]:
    """The forms that numbers take in the language that a unit's words are in; all that there are for an unknown one."""
    from babel import UnknownLocaleError  # only mistakes need Babel here

    from site_builder.plurals import plural_names

    language = str(forms.path[-1])
    for tag in (str(forms.checker.document.at(("locales", language))), language):
        with suppress(ValueError, UnknownLocaleError):
            return plural_names(tag)
    return _FORMS


def _read_word(forms: Spot, form: str, what: str) -> str:
    word = forms.line(form, what)
    if _MARKS.search(word):
        why = "the number is put beside it, and these marks would be taken for a place to put one"
        forms.at(form).mistaken(f"{what} holds a brace or a bar", why, "write the word alone, such as `vehicles`")
    return word
