"""What ticking a box of the form adds to the price, or takes off, in a few words beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from calculator.money import amount_text
from calculator.plan import Addition, Adjustment, Buy, Extension, Plan, in_force
from site_builder.rendering.voice import Voice

_PRICED: Final = ("buy", "renew", "extend", "add")
"""The actions whose prices adjustments change."""

type _Said = dict[str, str]
"""What a case costs, by the case: an action, or the title of a window's rule."""


def extra_cost(plan: Plan, option: str, clauses: Mapping[str, Any], voice: Voice, on: date) -> str:
    """What a yes to a yes-or-no option does to the price on that day; empty where no amount hangs on it alone.

    Where it differs between actions, or between the windows of a renewal, each is said with its own.
    """
    said: _Said = {}
    actions = next(held.actions for held in plan.options if held.name == option)
    for action in (action for action in _PRICED if action in actions and action in plan.actions):
        said |= _renewing(plan, option, clauses, voice, on) if action == "renew" else {
            voice.ui(f"action.{action}"): _costs(plan, _rules(plan, action, on), option, clauses, voice, on)
        }  # fmt: skip
    if len(set(said.values())) < 2:
        return next(iter(said.values()), "")
    cases = [voice.ui("form.extra_case", case=case, costs=costs) for case, costs in said.items() if costs]
    return voice.quote("rule.join").join(cases)


def _rules(plan: Plan, action: str, on: date) -> Sequence[Adjustment]:
    if action == "buy":
        rule: Buy | Extension | Addition | None = in_force(plan.buy, on)
    else:
        rule = in_force(plan.extension, on) if action == "extend" else in_force(plan.addition, on)
    return rule.adjust if rule else ()


def _renewing(plan: Plan, option: str, clauses: Mapping[str, Any], voice: Voice, on: date) -> _Said:
    """What renewing costs more, said once where it is the same in all windows."""
    rule = in_force(plan.renewal, on)
    if rule is None:
        return {}
    said = {
        window.clause: _costs(plan, (*window.adjust, *rule.adjust), option, clauses, voice, on)
        for window in rule.windows
    }
    if len(set(said.values())) < 2:
        return {voice.ui("action.renew"): next(iter(said.values()), "")}
    return {clauses.get(clause, {}).get("title", clause): costs for clause, costs in said.items()}


def _costs(
    plan: Plan, rules: Sequence[Adjustment], option: str, clauses: Mapping[str, Any], voice: Voice, on: date
) -> str:
    titles = {rule.code: clauses.get(rule.clause, {}).get("title", "") for rule in rules}
    parts = [_adjustment(plan, rule, titles, voice, on) for rule in rules if _alone(rule.when, option)]
    return voice.listed(list(filter(None, (*parts, *_of_estimate(plan, option, clauses, voice, on)))))


def _alone(when: Mapping[str, object], option: str) -> bool:
    """Whether a condition asks for a yes to the option, and for nothing else."""
    return dict(when) == {option: True}


def _adjustment(plan: Plan, rule: Adjustment, titles: Mapping[str, str], voice: Voice, on: date) -> str:
    if rule.percent is not None:
        price = voice.quote("rule.adjust.price")
        of = [price if code == "price" else _line(titles.get(code) or code, voice) for code in rule.of or ("price",)]
        return _percentage(rule.percent, voice.listed(of), voice)
    if rule.missed_percent is not None:
        return voice.quote("timeline.effect.arrears", percent=amount_text(rule.missed_percent))
    row = in_force(rule.fee, on)
    if row is None or row.amount is None:
        return voice.ui("price.on_request")
    unit = voice.quote(f"unit_one.{plan.unit}") or plan.unit
    key = "timeline.effect.yearly_fee" if rule.prorated else "timeline.effect.fee"
    fee = voice.quote(key, amount=amount_text(row.amount), unit=unit if rule.per_unit else None)
    return voice.quote("timeline.effect.example", fee=fee) if row.illustrative else fee


def _of_estimate(plan: Plan, option: str, clauses: Mapping[str, Any], voice: Voice, on: date) -> Iterator[str]:
    """The percentages of an estimate that hang on the option."""
    row = in_force(plan.price, on)
    for part in row.estimate if row else ():
        if part.percent is not None and _alone(part.when, option):
            title = clauses.get(f"{plan.id}.price.estimate.{part.of}", {}).get("title") or part.of
            yield _percentage(part.percent, _line(title, voice), voice)


def _percentage(percent: Decimal, of: str, voice: Voice) -> str:
    key = "form.extra_less" if percent < 0 else "form.extra_more"
    return voice.ui(key, percent=amount_text(abs(percent)), of=of)


def _line(title: str, voice: Voice) -> str:
    return voice.quote("rule.adjust.line", title=title)
