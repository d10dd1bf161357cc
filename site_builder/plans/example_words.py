"""Reads the worked examples of a plan file: title, request and what its answer must be."""

from typing import Final

from site_builder.errors import listed, suggest
from site_builder.plans.checking import Spot
from site_builder.plans.words import Example
from site_builder.sources import Value
from site_builder.sources.documents import typed

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


def read_examples(family: Spot, id: str) -> tuple[Example, ...]:
    """The examples; their requests are judged by the engine when they are run."""
    seen = dict[str, Spot]()
    plans = [f"{id}/{name}" for name in family.at("plans").named]
    return tuple(_read_example(item, plans, id, seen) for item in family.items("examples", "`examples`"))


def _read_example(example: Spot, plans: list[str], family: str, seen: dict[str, Spot]) -> Example:
    if not example.keys("an example", ("id", "title", "request", "expect")):
        return Example("", {}, {}, {})
    return Example(
        example.identifier(seen),
        example.text("title", "the example's title"),
        _read_request(example.at("request"), plans, family) if example.has("request") else {},
        _read_expect(example.at("expect")) if example.has("expect") else {},
    )


def _read_request(request: Spot, plans: list[str], family: str) -> dict[str, Value]:
    if not request.mapping("the request"):
        return {}
    written = request.get("plan")
    if written not in plans:
        what = (
            f"`{written}` is no plan of this family" if isinstance(written, str) else "`plan` is missing in the request"
        )
        alone = [plan for plan in plans if plan.endswith(f"/{written}")]
        fix = (
            suggest(alone[0] if alone else written, plans)
            if isinstance(written, str)
            else f"add `plan: {plans[0] if plans else family}`"
        )
        why = f"an example belongs to its family, whose plans are {listed(plans)}"
        request.at("plan").mistaken(what, why, fix)
    return _typed(request)


def _read_expect(expect: Spot) -> dict[str, Value]:
    if not expect.keys("what an example expects", (), EXPECTATIONS):
        return {}
    if not expect.value:
        expect.checker.at_key(expect.path, "the example expects nothing", "a build must be able to fail on it",
                              'add `total: "…"`')  # fmt: skip
    for key in ("lines", "taxes", "entitlements", "deadlines"):
        if expect.has(key):
            expect.at(key).mapping(f"`{key}`")
    for key in ("notices", "notes", "errors"):
        if expect.has(key) and not isinstance(expect.get(key), list):
            expect.at(key).mistaken(f"`{key}` should be a list", "there may be several", "write `[…, …]`")
    return _typed(expect)


def _typed(spot: Spot) -> dict[str, Value]:
    value = typed(spot.value)
    return value if isinstance(value, dict) else {}
