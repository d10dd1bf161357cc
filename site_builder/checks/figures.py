"""Figures in the plan file's own words for a rule that the rule itself does not have."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from site_builder.checks.texts import place_in, prose
from site_builder.errors import Issue, listed
from site_builder.plans import FamilyFile
from site_builder.plans.splitting import CLAUSE_WORDS, clauses_in
from site_builder.sources import Path, Value

_NUMBER: Final = re.compile(r"(?<![\w.,-])(\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?![\w-]|[.,:]\d)")
_CONTEXT: Final = ("term", "quantity", "limit", "horizon", "packs", "notices", "price", "minimum")
"""What else of the plan a rule's words may speak of."""


def figure_warnings(file: FamilyFile) -> Iterator[Issue]:
    """A figure in a clause's `title` or `text` that is in none of its plan's rules near it."""
    for path, clause, rule in clauses_in(file.document.value):
        for key in CLAUSE_WORDS:
            words = rule.get(key)
            for lang, text in words.items() if isinstance(words, dict) else ():
                if isinstance(text, str):
                    yield from _unknown(file, path, clause, (*path, key, lang), text)


def _unknown(file: FamilyFile, rule: Path, clause: str, path: Path, text: str) -> Iterator[Issue]:
    known = _known(file, rule)
    for match in _NUMBER.finditer(prose(text)):
        figure = _number(match[1])
        if figure is None or figure in known or _is_year(match[1]):
            continue
        figures = listed(sorted({format(number.normalize(), "f") for number in _own(file, rule)}))
        yield file.document.issue(
            place_in(file, path, match[1]),
            f"the words of `{clause}` say {match[1]}, the rule does not",
            f"its figures are {figures}" if figures else "the rule has no figure",
            "leave the figure out (the page says the rule's own figures), or mend the rule",
        )


def _own(file: FamilyFile, rule: Path) -> set[Decimal]:
    value = file.document.at(rule)
    return set(_numbers(_without_words(value)))


def _known(file: FamilyFile, rule: Path) -> set[Decimal]:
    """The rule's figures and those of its plan's basics, also as hours, years and the like."""
    plan = rule[:2]
    found = _own(file, rule)
    for key in _CONTEXT:
        found |= set(_numbers(_without_words(file.document.at((*plan, key)))))
    # A window's words may speak of its plan's other windows; an adjustment's of its window.
    if "windows" in rule:
        found |= set(_numbers(_without_words(file.document.at(rule[: rule.index("windows") + 1]))))
    near = {number + one for number in found for one in (-1, 0, 1)} if "windows" in rule else set()
    parts = {number / by for number in found for by in (12, 60, 7, 30)} | {100 - number for number in found}
    return found | parts | near | {Decimal(0), Decimal(1), Decimal(100)}


def _without_words(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _without_words(held) for key, held in value.items() if key not in CLAUSE_WORDS}
    return [_without_words(held) for held in value] if isinstance(value, list) else value


def _numbers(value: Value) -> Iterator[Decimal]:
    if isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _numbers(held)
    elif isinstance(value, str) and (number := _number(value.lstrip("-"))) is not None:
        yield number


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(re.sub("[   ]", "", text).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", text))
