"""Runs the worked examples of plan files through the engine and compares every digit of what they expect."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from calculator.money import parse_decimal
from calculator.wire import quote
from site_builder.errors import InputError, Issue, listed
from site_builder.plans.families import Families
from site_builder.plans.words import Example
from site_builder.sources import Document, Path

type Response = dict[str, Any]

_ABSENT: Final = "not there"


def run_examples(families: Families) -> dict[str, dict[str, Response]]:
    """The engine's answer to each example, by family and by the example's id.

    Raises InputError with every difference between an answer and what its example expects.
    """
    answers: dict[str, dict[str, Response]] = {}
    issues: list[Issue] = []
    for family, file in families.files.items():
        answers[family] = {}
        for index, example in enumerate(file.words.examples):
            answer = quote(families.engine, example.request)
            answers[family][example.id] = answer
            issues += compare(file.document, ("examples", index), example, answer, families.region_rules)
    if issues:
        raise InputError(issues)
    return answers


def compare(
    document: Document, path: Path, example: Example, answer: Response, regions: Collection[str] = ()
) -> list[Issue]:
    """What differs between the answer and what the example at `path` expects, each at its place.

    `regions` are the codes that a wrong one is likened to.
    """
    if not answer["ok"] and "errors" not in example.expect:
        from site_builder.plans.refused import refused  # its words are for mistakes alone

        at = (*path, "request")
        return [refused(document, at, error, example.request, regions) for error in answer["errors"]]
    if answer["ok"] and "errors" in example.expect:
        return [_answered(document, (*path, "expect", "errors"), example.expect["errors"])]
    issues = []
    for key, expected in example.expect.items():
        for where, written, actual in _differences(key, expected, _actual(answer, key)):
            issue = _differs(document, (*path, "expect", key, *where), written, actual)
            untaxed = key == "total" and answer["ok"] and not answer["taxes"] and _more(written, actual)
            issues.append(_untaxed(issue, document, example.request, regions) if untaxed else issue)
    return issues


def _answered(document: Document, path: Path, expected: Any) -> Issue:
    """A request that should have been refused, shown at the refusal that was expected."""
    what = f"the request is answered, the example expects it refused with {_shown(expected)}"
    why = "a page may not show an example that its own rules do not give"
    return document.issue(document.key_place(path), what, why, "expect the quote's total, or mend the rule")


def _differs(document: Document, path: Path, written: str, actual: str) -> Issue:
    name = ".".join(str(step) for step in path[3:])
    what = f"`{name}` is {actual} by the rules, the example says {written}"
    why = "a page may not show an example that its own rules do not give"
    fix = f"write {actual}, or mend the rule" if actual != _ABSENT else "leave it out, or mend the rule"
    place = document.value_place(path) if document.has(path) else document.key_place(path)
    return document.issue(place, what, why, fix)


def _untaxed(issue: Issue, document: Document, request: Mapping[str, Any], regions: Collection[str]) -> Issue:
    """The same issue, saying why no taxes are in the total."""
    region = request.get("region") or document.at(("tax_region",))
    if request.get("tax_exempt"):
        cause = "the request says `tax_exempt`"
    elif region is None:
        cause = "neither the request names a `region` nor the file a `tax_region`"
    else:
        cause = f"the region `{region}` has no `taxes` in the files of `plans/regions`"
        if isinstance(regions, Mapping) and (regions.get(region) or {}).get("taxes"):
            cause = f"the `taxes` of the region `{region}` have no rate on that day"
    return replace(issue, why=f"{issue.why}; no taxes are in this one: {cause}")


def _more(expected: str, actual: str) -> bool:
    """Whether an example expects more than the rules give."""
    wanted, given = parse_decimal(expected), parse_decimal(actual)
    return wanted is not None and given is not None and wanted > given


def _differences(key: str, expected: Any, actual: Any) -> Iterator[tuple[Path, str, str]]:
    """Where, what the example says and what the rules give; nothing where they agree."""
    if not isinstance(expected, dict):
        if key in ("notes", "errors") and isinstance(expected, list) and isinstance(actual, list):
            expected, actual = sorted(expected, key=str), sorted(actual, key=str)
        if expected != actual:
            yield (), _shown(expected), _shown(actual)
        return
    actual = actual if isinstance(actual, dict) else {}
    for name in expected:
        if name not in actual:
            yield (name,), _shown(expected[name]), _ABSENT
        elif isinstance(expected[name], dict) and isinstance(actual[name], dict):
            # Of an entitlement, an example may name some of the fields.
            held = {field: actual[name].get(field) for field in expected[name]}
            yield from (((name, *where), old, new) for where, old, new in _differences("", expected[name], held))
        elif expected[name] != actual[name]:
            yield (name,), _shown(expected[name]), _shown(actual[name])
    unnamed = {name: value for name, value in actual.items() if name not in expected}
    if unnamed:
        yield (), f"nothing of {listed(unnamed)}", _shown(actual)


def _shown(value: Any) -> str:
    """A value as the editor would write it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_shown(held)}' for name, held in value.items())}}}"
    return "empty" if value is None else str(value)


def _actual(answer: Response, key: str) -> Any:
    """The part of the answer that an expectation speaks of."""
    if not answer["ok"]:
        return [error["code"] for error in answer["errors"]] if key == "errors" else None
    read: Callable[[Response], Any] = _PARTS.get(key, lambda held: held.get(key))
    return read(answer)


def _by_code(entries: list[dict[str, Any]], field: str) -> dict[str, Any]:
    """The entries' fields by code; where a code comes several times, a list of them in order."""
    found: dict[str, list[Any]] = {}
    for entry in entries:
        found.setdefault(entry["code"], []).append(entry[field])
    return {code: values[0] if len(values) == 1 else values for code, values in found.items()}


_PARTS: Mapping[str, Callable[[Response], Any]] = {
    "start": lambda answer: (answer["term"] or {}).get("start"),
    "end": lambda answer: (answer["term"] or {}).get("end"),
    "days": lambda answer: (answer["term"] or {}).get("days"),
    "lines": lambda answer: _by_code(answer["lines"], "amount"),
    "taxes": lambda answer: _by_code(answer["taxes"], "amount"),
    "deadlines": lambda answer: _by_code(answer["deadlines"], "date"),
    "entitlements": lambda answer: {entry["code"]: entry for entry in answer["entitlements"]},
    "notices": lambda answer: [notice["date"] for notice in answer["notices"]],
    "notes": lambda answer: sorted({note["code"] for note in answer["notes"]}),
}
