"""What whoever writes a request as JSON is told beside the words of a refusal, which speak to a form's reader.

A form shows names and offers dates; who writes JSON needs the codes, the quotation marks and the catalogue's own names.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calculator.plan import Catalogue
from site_builder.errors import did_you_mean, listed, suggest
from site_builder.plans import RegionWords
from site_builder.plans.as_typed import day_advice, whole_advice


def advice(
    errors: Any, request: object, catalogue: Catalogue, regions: Mapping[str, RegionWords] | None = None
) -> Iterator[str]:
    """What to write in the request instead: a line for each error of which more is known than its words say.

    `regions` are the words of the catalogue's regions, by their codes.
    """
    for error in errors:
        written = _at(request, error["field"])
        if error["code"] == "unknown_region" and isinstance(written, str) and (codes := _named(written, regions or {})):
            fix = f"write {'one of ' * (len(codes) > 1)}{', '.join(map(json.dumps, codes))}"
        else:
            fix = _fix(error["code"], error["field"], error.get("params") or {}, request, written, catalogue)
        if fix:
            # A name that was made up may hold what moves a terminal's cursor.
            yield f"  {json.dumps(error['field'])[1:-1]}: {fix}"


def _named(written: str, regions: Mapping[str, RegionWords]) -> list[str]:
    """The codes of the regions that are called so, or nearly so, in one of their languages."""
    called: dict[str, list[str]] = {}
    for code, region in regions.items():
        for name in set((region.name or {}).values()):
            called.setdefault(name.casefold(), []).append(code)
    typed = written.casefold().strip()
    exact = [name for name in called if typed == name or name.endswith(f" {typed}")]
    near = exact or [name for name in [did_you_mean(typed, called)] if name]
    return sorted({code for name in near for code in called[name]})


def _fix(
    code: str, field: str, given: Mapping[str, Any], request: object, written: object, catalogue: Catalogue
) -> str:
    if code == "unknown_plan":
        return suggest(given.get("value", ""), _plans(catalogue))
    if code == "unknown_region":
        return suggest(given.get("value", ""), catalogue.regions)
    if code == "unknown_option":
        return _option(field.partition(".")[2], given.get("known") or (), request, catalogue)
    if code == "bad_date":
        return day_advice(written) if isinstance(written, str) else ""
    if given.get("expected") == "boolean":
        return "write true or false, without quotation marks"
    if given.get("expected") == "integer":
        return _whole(written)
    codes = next((given[key] for key in ("offered", "choices") if given.get(key)), ())
    return f"write {'one of ' * (len(codes) > 1)}{', '.join(map(json.dumps, codes))}" if codes else ""


def _at(request: object, field: str) -> object:
    """What the request holds in a field, or in one of its options; None for nothing."""
    held: object = request
    for step in field.split(".", 1):
        held = held.get(step) if isinstance(held, dict) else None
    return held


def _plans(catalogue: Catalogue) -> list[str]:
    return [f"{name}/{plan}" for name, family in catalogue.families.items() for plan in family.plans]


def _whole(written: object) -> str:
    """A number that was typed as text: as it is written without the marks."""
    if not isinstance(written, str):
        return ""
    fix = whole_advice(written, -(10**9), 10**9).replace("`", "")
    return f"it is text in quotation marks: {fix} without them" if fix else ""


def _option(name: str, known: Sequence[str], request: object, catalogue: Catalogue) -> str:
    """An option that is not asked for: the one that was meant, if it is nearly called so; else that it goes."""
    if near := did_you_mean(name, known):
        return f"did you mean `{near}`?"
    held = request if isinstance(request, dict) else {}
    plan = held.get("plan")
    found = catalogue.plan(plan) if isinstance(plan, str) else None
    actions = next((option.actions for option in found[1].options if option.name == name), ()) if found else ()
    asked = f"; it is asked for {listed(actions)}" if actions else ""
    others = "" if actions or not known else f"; what is asked there: {listed(known)}"
    return f"leave it out{asked}{others}"
