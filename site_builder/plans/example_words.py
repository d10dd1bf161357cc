"""Reads the worked examples of a plan file: title, request and what its answer must be."""

from typing import Final

from site_builder.errors import listed, suggest
from site_builder.plans.checking import Checker
from site_builder.plans.splitting import mapping_keys
from site_builder.plans.words import Example
from site_builder.sources import Path, Value

EXPECTATIONS: Final = (
    *(
        "window",
        "days_late",
        "start",
        "end",
        "days",
        "currency",
        "subtotal",
        "total",
        "valid_until",
        "lines",
        "taxes",
    ),
    *("entitlements", "notices", "deadlines", "notes", "errors"),
)
"""What an example may expect of its answer; any of them, at least one."""


def read_examples(checker: Checker, family: str) -> tuple[Example, ...]:
    """The examples; their requests are judged by the engine when they are run."""
    seen = dict[str, Path]()
    return tuple(_read_example(checker, path, family, seen) for path in checker.items(("examples",), "`examples`"))


def _read_example(checker: Checker, path: Path, family: str, seen: dict[str, Path]) -> Example:
    if not checker.keys(path, "an example", ("id", "title", "request", "expect")):
        return Example("", {}, {}, {})
    name, title = (*path, "id"), (*path, "title")
    return Example(
        checker.identifier(name, seen) if checker.has(name) else "",
        checker.text(title, "the example's title") if checker.has(title) else {},
        _read_request(checker, (*path, "request"), family),
        _read_expect(checker, (*path, "expect")),
    )


def _read_request(checker: Checker, path: Path, family: str) -> dict[str, Value]:
    if not checker.has(path) or not checker.mapping(path, "the request"):
        return {}
    plan = (*path, "plan")
    written = checker.document.at(plan)
    plans = [f"{family}/{name}" for name in mapping_keys(checker.document, ("plans",))]
    if written not in plans:
        what = (
            f"`{written}` is no plan of this family" if isinstance(written, str) else "`plan` is missing in the request"
        )
        fix = suggest(written, plans) if isinstance(written, str) else f"add `plan: {plans[0] if plans else family}`"
        checker.at_value(plan, what, f"an example belongs to its family, whose plans are {listed(plans)}", fix)
    request = checker.document.typed(path)
    return request if isinstance(request, dict) else {}


def _read_expect(checker: Checker, path: Path) -> dict[str, Value]:
    if not checker.has(path) or not checker.keys(path, "what an example expects", (), EXPECTATIONS):
        return {}
    if not checker.mapping(path, "what an example expects"):
        checker.at_key(path, "the example expects nothing", "a build must be able to fail on it", 'add `total: "…"`')
    for key in ("lines", "taxes", "entitlements", "deadlines"):
        if checker.has((*path, key)):
            checker.mapping((*path, key), f"`{key}`")
    for key in ("notices", "notes", "errors"):
        if checker.has((*path, key)) and not isinstance(checker.document.at((*path, key)), list):
            checker.at_value((*path, key), f"`{key}` should be a list", "there may be several", "write `[…, …]`")
    expect = checker.document.typed(path)
    return expect if isinstance(expect, dict) else {}
