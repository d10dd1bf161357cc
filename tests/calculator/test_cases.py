"""Runs the worked cases of tests/cases: each is priced by the engine itself, and compared to the digit.

A file says whose cases they are, and may hold rules that its cases share: under `plan`, or those of a page of docs/
(`plan_of`), so that what an editor copies from there is what is tested; of several blocks, a case names its own.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml

from calculator.money import amount_text, share_of
from calculator.periods import Length, Proration, Term, share
from calculator.plan import Catalogue
from tests.calculator.asking import ROOT, Answer, answer, lines, one_plan, term

CASES = ROOT / "tests" / "cases"
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


class Loader(yaml.SafeLoader):
    """Dates stay texts, as in JSON, and so do `on` and `no`."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != "tag:yaml.org,2002:timestamp" and (tag != "tag:yaml.org,2002:bool" or first in "tf")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def blocks(page: str) -> list[dict[str, Any]]:
    """The YAML blocks of a page, each a mapping."""
    found = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    events = [event for text in found for event in yaml.parse(text)]
    marked = [event.anchor for event in events if isinstance(event, yaml.NodeEvent) and event.anchor]
    assert not marked, f"{page}: plan files have no anchors"
    return [yaml.load(text, Loader) for text in found]


@cache
def shared_rules(name: str, block: int) -> dict[str, Any]:
    document = yaml.load((CASES / name).read_text(encoding="utf-8"), Loader)
    page = document.get("plan_of")
    return blocks(page)[block] if page else document.get("plan", {})


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader)
        for case in document["cases"]:
            yield pytest.param(path.name, case, id=f"{path.stem}:{case['id']}")


def made(name: str, case: dict[str, Any]) -> Catalogue:
    taxes = [{"code": "TAX", "rates": [{"from": "1970-01-01", "rate": case["tax"]}]}] if "tax" in case else None
    rules = {**shared_rules(name, case.get("block", 0)), **case.get("plan", {})}
    return one_plan(rules, currency=case.get("currency", "EUR"), taxes=taxes)


def part_of_a_term(case: dict[str, Any]) -> str:
    """A price times the share of a term that a part makes, straight from the engine's proration and rounding."""
    given = case["proration"]
    spans = [Term(*map(date.fromisoformat, given[key].split(" … "))) for key in ("part", "full")]
    convention = Proration(given.get("basis", "actual_days"), given.get("round_factor"))
    found = share(spans[0], spans[1], Length(months=given["months"]), convention)
    return amount_text(share_of(Decimal(given["amount"]), found, case.get("currency", "EUR")))


def seen(given: Answer, key: str) -> Any:
    """The part of an answer that an expectation names."""
    if key == "errors":
        return [] if given["ok"] else [error["code"] for error in given["errors"]]
    assert given["ok"], given["errors"]
    special: dict[str, Callable[[], Any]] = {
        "term": lambda: term(given).replace("…", " … "),
        "lines": lambda: lines(given),
        "priced": lambda: [[line["quantity"], line["unit_amount"], line["amount"]] for line in given["lines"]],
        "tax": lambda: given["taxes"][0]["amount"],
        "minutes": lambda: given["entitlements"][0]["minutes"],
    }
    return special[key]() if key in special else given[key]


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_case(name: str, case: dict[str, Any]) -> None:
    if "proration" in case:
        assert part_of_a_term(case) == case["expect"]["amount"]
        return
    given = answer({"plan": "made/plan", **case["ask"]}, made(name, case))
    assert {key: seen(given, key) for key in case["expect"]} == case["expect"]


def test_other_people_s_numbers_name_their_source_and_convention() -> None:
    document = yaml.load((CASES / "other-peoples-numbers.yaml").read_text(encoding="utf-8"), Loader)
    for case in document["cases"]:
        assert case["source"] and case["convention"], case["id"]


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs" / "vocabulary").glob("*.md")))
def test_every_block_of_the_vocabulary_can_be_copied_into_a_plan(page: str) -> None:
    found = blocks(f"docs/vocabulary/{page}")
    assert found or page in ("README.md", "README.fr.md")
    for block in found:
        one_plan(block)
