"""Reads the words that a plan file brings for what its plans count: `units`, by unit, language and plural form."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from site_builder.errors import suggest
from site_builder.plans.checking import Spot
from site_builder.plans.words import UnitWords

FORMS: Final = ("zero", "one", "two", "few", "many", "other")
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
            why = "words are for the units of plans, and for options that are numbers; nothing would say these"
            likely = dict.fromkeys(_counted(family.at("plans"), _NUMBERS))
            family.checker.at_key(here.path, f"no plan counts in `{unit}`", why, suggest(unit, likely))
    return found


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
        why = "it is said of one and of several"
        forms.mistaken(f"{what} needs a word for each number", why, f"write `{forms.path[-1]}: {_TEMPLATE}`")
        return {}
    forms.keys(what, (), FORMS)
    return {form: _read_word(forms, form, f"the word for {what}") for form in forms.value if form in FORMS}


def _read_word(forms: Spot, form: str, what: str) -> str:
    word = forms.line(form, what)
    if _MARKS.search(word):
        why = "the number is put beside it, and these marks would be taken for a place to put one"
        forms.at(form).mistaken(f"{what} holds a brace or a bar", why, "write the word alone, such as `vehicles`")
    return word
