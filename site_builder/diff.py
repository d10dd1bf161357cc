"""What a change of the plan files does to prices: the same generated requests under both catalogues, in words.

Decides how changes are grouped and said; what a request costs is the calculator's affair, and which requests are
asked is `bundle.corpus`'s.
"""

import io
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

from calculator import wire
from calculator.plan import Catalogue
from site_builder.bundle.corpus import requests
from site_builder.errors import InputError, Issue, Place, counted
from site_builder.plans import Families, load_families

_WHAT: Final = {"buy": "purchases", "renew": "renewals", "extend": "extensions", "add": "additions", "status": "status"}
_TENTH: Final = Decimal("0.1")

type Response = Mapping[str, Any]


@dataclass
class Group:
    """Requests of one plan and action whose answers changed in one way."""

    plan: str
    action: str
    kind: str
    asked: int = 0
    changed: int = 0
    percents: set[Decimal] = field(default_factory=set)
    first: str = "9999"
    last_same: str = "0000"
    example: Any = None


@contextmanager
def plan_folder(name: str, folder: str = "plans") -> Iterator[Path]:
    """The plan files that `name` stands for: a folder, or a git revision of this repository.

    Raises InputError when it is neither.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    command = ["git", "archive", "--format=tar", name, "--", folder]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
        missing = done.stderr.decode(errors="replace").strip()
    except FileNotFoundError:
        done, missing = None, "git is not installed"
    if done is None or done.returncode:
        why = f"it is no folder, and git says: {missing}"
        raise InputError(
            [Issue(Place(name), "there are no plan files here", why, "a folder of plan files or a revision")]
        )
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(temporary, filter="data")
        yield Path(temporary) / folder


def compare(old: Families, new: Families, count: int, seed: int = 1) -> list[Group]:
    """Ask `count` generated requests under both catalogues and group what changed, most requests first."""
    merged = {
        "families": {**old.catalogue["families"], **new.catalogue["families"]},
        "regions": {**old.catalogue["regions"], **new.catalogue["regions"]},
    }
    asked: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[tuple[str, str, str], Group] = {}
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for request in requests(merged, count, seed):
        before, after = wire.quote(old.engine, request), wire.quote(new.engine, request)
        if not isinstance(request, dict) or not (before["ok"] or after["ok"]):
            continue
        key = str(request["plan"]), str(request["action"])
        asked[key] += 1
        kind, percent = _change(before, after)
        if before.get("total") == after.get("total"):
            same[key].append(str(request["on"]))
        if not kind:
            continue
        group = groups.setdefault((*key, kind), Group(*key, kind, example=request))
        group.changed += 1
        group.first = min(group.first, str(request["on"]))
        if percent is not None:
            group.percents.add(percent)
    for group in groups.values():
        group.asked = asked[group.plan, group.action]
        earlier = [day for day in same[group.plan, group.action] if day < group.first]
        group.last_same = max(earlier, default="")
    return sorted(groups.values(), key=lambda group: (-group.changed, group.plan, group.action, group.kind))


def _change(before: Response, after: Response) -> tuple[str, Decimal | None]:
    """The kind of change, empty for none, and the change of the total in per cent where that has a sense."""
    if before["ok"] != after["ok"]:
        errors = (before if after["ok"] else after)["errors"]
        codes = ", ".join(sorted({error["code"] for error in errors}))
        return (f"now quoted (was refused: {codes})" if after["ok"] else f"now refused: {codes}"), None
    if before["total"] != after["total"]:
        old, new = Decimal(before["total"]), Decimal(after["total"])
        if not old:
            return f"from {old} to {new}", None
        return "total", ((new - old) * 100 / old).quantize(_TENTH, ROUND_HALF_UP)
    if before["term"] != after["term"]:
        return "another term", None
    parts = ("lines", "taxes", "valid_until", "window", "entitlements", "notices", "deadlines", "notes")
    other = [part for part in parts if before[part] != after[part]]
    return (f"same total, other {', '.join(other)}" if other else ""), None


def describe(groups: Iterable[Group], old: Families, new: Families, count: int) -> list[str]:
    """One sentence a group: `orange-care, renewals from 2027-01-01: +5.0 %, 412 of 3,000 requests`."""
    lines = []
    for group in groups:
        family, _, plan = group.plan.partition("/")
        days = {*_days(old.engine, family, plan), *_days(new.engine, family, plan)}
        since = "" if group.kind.startswith("same") else _since(group, days)
        what = _percents(group.percents) if group.kind == "total" else group.kind
        lines.append(f"{group.plan}, {_WHAT.get(group.action, group.action)}{since}: {what}, "
                     f"{group.changed:,} of {counted(count, 'request')}")  # fmt: skip
    return lines


def _percents(found: set[Decimal]) -> str:
    low, high = min(found), max(found)
    return f"{low:+} %" if low == high else f"{low:+} % to {high:+} %"


def _since(group: Group, days: set[str]) -> str:
    """The dated row that the change begins with, where requests before it were asked and stayed the same."""
    starts = [day for day in days if group.last_same < day <= group.first]
    return f" from {max(starts)}" if starts and group.last_same else ""


def _days(catalogue: Catalogue, family: str, plan: str) -> set[str]:
    """The first days of every dated row of a plan's prices and rules, and of taxes."""
    found = catalogue.plan(f"{family}/{plan}")
    if not found:
        return set()
    rules = found[1]
    prices = [rules.price, *(pack.price for pack in rules.packs), *(buy.price for buy in rules.buy)]
    prices += [adjustment.fee for adjustment in rules.adjustments]
    days = {row.since for price in prices for row in price} | {row.since for row in rules.minimum}
    days |= {rule.since for section in (rules.buy, rules.renewal, rules.extension, rules.addition) for rule in section}
    taxes = [tax for region in catalogue.regions.values() for tax in region.taxes or ()]
    days |= {rate.since for tax in taxes for rate in tax.rates}
    return {day.isoformat() for day in days}


def load_both(old: str, new: str) -> tuple[Families, Families]:
    """Both catalogues. Raises InputError with what is wrong in either."""
    with plan_folder(old) as before, plan_folder(new) as after:
        return load_families(before), load_families(after)
