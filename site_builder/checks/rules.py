"""Rules that say the opposite of their names, and questions whose answers change nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from calculator.plan import Plan
from calculator.plan.records import Addition, Adjustment, Buy, Extension, Part, PriceRow, Renewal
from site_builder.checks.texts import warn
from site_builder.errors import Issue
from site_builder.plans import FamilyFile
from site_builder.sources import Path

_CODE: Final = re.compile("discount|rebate")
_TITLE: Final = re.compile(r"(?:discount|rebate|rabais|remise|réduction|sconto)\b", re.IGNORECASE)
_SECTIONS: Final = {"buy": "buy", "renew": "renewal", "extend": "extension", "add": "addition"}


def rule_warnings(file: FamilyFile) -> Iterator[Issue]:
    """Discounts that add to the price, and options that no rule looks at."""
    for plan in file.family.plans.values() if file.family else ():
        for action in _SECTIONS:
            for path, rule in _adjustments(file, plan, action):
                yield from _discount(file, path, rule)
        yield from _idle_options(file, plan)


def _adjustments(file: FamilyFile, plan: Plan, action: str) -> Iterator[tuple[Path, Adjustment]]:
    """The adjustments of one action with their paths."""
    base: Path = ("plans", plan.id, _SECTIONS[action])
    single = isinstance(file.document.at(base), dict)
    offered: dict[str, Sequence[Buy | Renewal | Extension | Addition]]
    offered = {"buy": plan.buy, "renew": plan.renewal, "extend": plan.extension, "add": plan.addition}
    for version, section in enumerate(offered[action]):
        path = base if single else (*base, version)
        yield from (((*path, "adjust", index), rule) for index, rule in enumerate(section.adjust))
        for place, window in enumerate(section.windows if isinstance(section, Renewal) else ()):
            own = (*path, "windows", place, "adjust")
            yield from (((*own, index), rule) for index, rule in enumerate(window.adjust))


def _discount(file: FamilyFile, path: Path, rule: Adjustment) -> Iterator[Issue]:
    """A discount of a positive percentage; one of other discounts takes some of them back."""
    title = file.document.at((*path, "title"))
    titles = title.values() if isinstance(title, dict) else ()
    called = _CODE.search(rule.code) or any(isinstance(text, str) and _TITLE.match(text) for text in titles)
    if called and rule.percent and rule.percent > 0 and not any(map(_CODE.search, rule.of)):
        yield warn(
            file, (*path, "percent"), f"a discount of +{rule.percent} % adds to the price",
            f"the percentage of `{rule.code}` is added to what it is of, and only a negative one takes off",
            f'write `percent: "-{rule.percent}"`',
        )  # fmt: skip


def _idle_options(file: FamilyFile, plan: Plan) -> Iterator[Issue]:
    """Options to be answered for an action of the plan in which nothing depends on the answer."""
    offered = [action for action in _SECTIONS if action in plan.actions]
    used = {action: _used(file, plan, action) for action in offered} if plan.options else {}
    for option in plan.options:
        path: Path = ("plans", plan.id, "options", option.name)
        if option.type not in ("boolean", "choice") or not file.document.has(path):
            continue  # an answer in numbers is said in the quote; `packs` declares its own option
        for action in (action for action in offered if action in option.actions and option.name not in used[action]):
            yield warn(
                file, (*path, "actions"),
                f"option `{option.name}` is asked for `{action}`, and nothing depends on it there",
                "readers would answer a question that changes nothing",
                f"leave `{action}` out of its `actions`, or name it in a `when` of `{_SECTIONS[action]}`",
            )  # fmt: skip


def _used(file: FamilyFile, plan: Plan, action: str) -> set[str]:
    """The options that some rule of the action looks at, or a reading that goes with its quotes."""
    prices = [*plan.price, *(row for pack in plan.packs for row in pack.price)]
    conditions: list[Mapping[str, object]] = [rule.when for _, rule in _adjustments(file, plan, action)]
    conditions += [option.required_with or {} for option in plan.options if action in option.actions]
    conditions += [reading.options for reading in file.family.readings] if file.family else []
    if action == "buy":
        conditions += [term.when for buy in plan.buy for term in buy.terms]
        prices += [row for buy in plan.buy for row in buy.price]
    return {name for condition in conditions for name in condition} | {
        name for row in prices for name in _priced_by(row)
    }


def _priced_by(row: PriceRow) -> Iterator[str]:
    """The options that a row of an estimate is computed from."""
    for part in row.estimate:
        yield from _looked_at(part)


def _looked_at(part: Part) -> Iterator[str]:
    yield from (*part.when, *part.times, part.quantity, part.share)
    yield from (rate.by for rate in (part.rate, part.factor) if rate)
