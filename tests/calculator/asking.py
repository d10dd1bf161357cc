"""How engine tests ask: small helpers over the one door, and the repository's own catalogue."""

from functools import cache
from pathlib import Path
from typing import Any

from calculator.plan import Catalogue
from calculator.wire import quote, read_catalogue
from site_builder.plans import load_families

ROOT = Path(__file__).resolve().parents[2]

EARLY_WINDOWS = [
    {"id": "early_60", "until_day": -60, "starts": "after_expiry",
     "adjust": [{"code": "early_discount", "percent": "-15"}]},
    {"id": "early", "from_day": -59, "until_day": -30, "starts": "after_expiry",
     "adjust": [{"code": "early_discount", "percent": "-10"}]},
    {"id": "on_time", "from_day": -29, "until_day": 0, "starts": "after_expiry"},
    {"id": "grace", "from_day": 1, "until_day": 30, "starts": "after_expiry"},
    {"id": "late", "from_day": 31, "starts": "on_purchase"},
]  # fmt: skip
"""Windows with two discounts that end before the expiry, 60 and 30 days ahead."""

type Answer = dict[str, Any]


@cache
def plans() -> Catalogue:
    """The catalogue of the shipped plan files."""
    return load_families(ROOT / "plans").engine


def answer(request: object, catalogue: Catalogue | None = None) -> Answer:
    return quote(catalogue or plans(), request)


def ask(plan: str, action: str, on: str, catalogue: Catalogue | None = None, **fields: Any) -> Answer:
    """The answer to a request that must be answered."""
    given = answer({"plan": plan, "action": action, "on": on, **fields}, catalogue)
    assert given["ok"], given["errors"]
    return given


def refused(request: object, catalogue: Catalogue | None = None) -> list[tuple[str, str, dict[str, Any]]]:
    """Code, field and params of each error of a request that must be refused."""
    given = answer(request, catalogue)
    assert not given["ok"], given
    return [(error["code"], error["field"], error["params"]) for error in given["errors"]]


def codes(request: object, catalogue: Catalogue | None = None) -> list[tuple[str, str]]:
    return [(code, field) for code, field, _ in refused(request, catalogue)]


def term(given: Answer) -> str:
    """The term as `start…end`."""
    return f"{given['term']['start']}…{given['term']['end']}"


def lines(given: Answer) -> dict[str, str]:
    return {line["code"]: line["amount"] for line in given["lines"]}


def deadlines(given: Answer) -> dict[str, str]:
    return {entry["code"]: entry["date"] for entry in given["deadlines"]}


def notes(given: Answer) -> list[str]:
    """The notes' codes, those of readings with their id."""
    return [f"reading:{note['params']['id']}" if note["code"] == "reading" else note["code"] for note in given["notes"]]


def one_plan(rules: dict[str, Any], currency: str = "EUR", taxes: list[Any] | None = None, **others: Any) -> Catalogue:
    """A catalogue with the plan `made/plan` (and others beside it); 120.00 a year unless its rules say otherwise."""
    plan: dict[str, Any] = {"unit": "user", "term": {"months": 12}, **rules}
    if "packs" not in plan:
        plan.setdefault("price", [{"from": "2020-01-01", "amount": "120.00"}])
    family: dict[str, Any] = {"family": "made", "currency": currency, "plans": {"plan": plan, **others}}
    if taxes is not None:
        family["tax_region"] = "XX"
    regions: dict[str, Any] = {"XX": {} if taxes is None else {"taxes": taxes}}
    return read_catalogue({"contract": 1, "fingerprint": "0" * 16, "families": {"made": family}, "regions": regions})


TWO_WINDOWS = [
    {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
    {"id": "late", "from_day": 1, "starts": "on_purchase"},
]
