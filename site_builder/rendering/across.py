"""The rules of all families side by side, subject by subject: short answers that lead to the rule in full.

Every answer is made from a rule's figures; where a plan file has no such rule, the answer says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from calculator.money import amount_text
from calculator.plan import Adjustment, Family, Plan, Renewal, Window, in_force, window_kind
from site_builder.plans import FamilyWords
from site_builder.rendering.prices import amount_of, unit_word
from site_builder.rendering.voice import Voice
from site_builder.rules import days_in_words

SUBJECTS: Final = ("grace", "late", "early", "notices", "limit", "lapse", "proration")


class Point(NamedTuple):
    """One short answer, and the clause that says it in full (empty: there is none)."""

    text: str
    clause: str = ""


class Answer(NamedTuple):
    """What some plans of a family say on a subject; `plans` is empty where all of them say it."""

    plans: str
    points: tuple[Point, ...]


class _Asked(NamedTuple):
    """A plan, its rules of a day, and who speaks."""

    family: Family
    plan: Plan
    renewal: Renewal | None
    clauses: Mapping[str, Any]
    voice: Voice
    on: date
    interpreted: bool

    @property
    def unstated(self) -> Point:
        """That nothing is said: by somebody else's text, or by one's own rules."""
        return Point(self.say("unstated" if self.interpreted else "unstated_own"))

    def say(self, key: str, **params: Any) -> str:
        return self.voice.ui(f"across.{key}", **params)


def answers(
    family: Family, words: FamilyWords, clauses: Mapping[str, Any], voice: Voice, on: date
) -> dict[str, tuple[Answer, ...]]:
    """The family's answers by subject; plans that say the same share an answer. Plans without a term have no part."""
    names = {plan: voice.plain(held.name) for plan, held in words.plans.items()}
    plans = [plan for plan in family.plans.values() if plan.term or plan.renewal]
    asked = [_Asked(family, plan, in_force(plan.renewal, on), clauses, voice, on, words.interpreted) for plan in plans]
    return {subject: tuple(_shared(subject, asked, names)) for subject in SUBJECTS}


def _shared(subject: str, asked: Sequence[_Asked], names: Mapping[str, str]) -> Iterator[Answer]:
    groups: dict[tuple[str, ...], list[tuple[_Asked, tuple[Point, ...]]]] = {}
    for one in asked:
        points = tuple(_points(subject, one))
        groups.setdefault(tuple([point.text for point in points]), []).append((one, points))
    for members in groups.values():
        plans = [names[one.plan.id] for one, _ in members]
        named = members[0][0].voice.listed(plans) if len(groups) > 1 else ""
        yield Answer(named, members[0][1])


def _points(subject: str, asked: _Asked) -> Iterator[Point]:
    if subject == "notices":
        yield _notices(asked)
    elif subject == "proration":
        yield _proration(asked)
    elif subject == "limit":
        yield from _limit(asked)
    elif asked.renewal is None:
        yield Point(asked.say("no_renewal"))
    else:
        yield from _OF_RENEWAL[subject](asked, asked.renewal)


def _grace(asked: _Asked, renewal: Renewal) -> Iterator[Point]:
    windows = [window for window in renewal.windows if window.id == "grace"]
    for window in windows:
        yield Point(asked.say("days", n=window.until_day or 0), window.clause)
        yield from _start(asked, window)
        yield from _changes(asked, (*window.adjust, *renewal.adjust))
    if not windows:
        yield Point(asked.say("no_grace"), renewal.windows[-1].clause)


def _late(asked: _Asked, renewal: Renewal) -> Iterator[Point]:
    """Each late window with what it adds; renewal may end, and what is added in every window counts here too."""
    windows = [window for window in renewal.windows if window.kind == "late"]
    for window in windows:
        if len(windows) > 1:
            yield Point(asked.say("from_day", n=window.from_day or 0), window.clause)
        if not any(_adds(change) for change in (*window.adjust, *renewal.adjust)):
            yield Point(asked.say("no_fee"), window.clause)
        yield from _changes(asked, window.adjust)
        yield from _start(asked, window)
    yield from _changes(asked, renewal.adjust)
    if not windows:
        yield Point(asked.say("no_late"), renewal.windows[-1].clause)


def _adds(change: Adjustment) -> bool:
    """Whether a rule may change what one pays: one that a customer chooses takes nothing off for all."""
    return not change.chosen or change.percent is None or change.percent > 0


def _early(asked: _Asked, renewal: Renewal) -> Iterator[Point]:
    """Each window up to the last covered day, with its days where there are several of them."""
    windows = [window for window in renewal.windows if window.kind in ("early", "on_time")]
    for window in windows:
        if len(windows) > 1:
            days = days_in_words(lambda key, **params: asked.voice.translator.t(f"rule.{key}", **params), window)
            yield Point(asked.say("days_named", days=days), window.clause)
        yield from _start(asked, window)
        yield from _changes(asked, (*window.adjust, *renewal.adjust))
        if window.align_months:
            yield Point(asked.say("align"), f"{window.clause}.align")
        if window.carries:
            yield Point(asked.say("carries"), f"{window.clause}.carries")


def _lapse(asked: _Asked, renewal: Renewal) -> Iterator[Point]:
    """What becomes of a plan that nobody renews: it renews itself, or ends, and what is left then."""
    last, plan = renewal.windows[-1], asked.plan
    found = []
    if renewal.billed_months_before is not None:
        found.append(Point(asked.say("automatic"), f"{plan.id}.renewal.automatic"))
    for note in plan.notes:
        if "status" in note.actions or any(window_kind(window) == "late" for window in note.windows):
            own = asked.clauses.get(f"{plan.id}.notes.{note.code}", {}).get("text", "")
            found.append(Point(own or asked.voice.quote(f"note.{note.code}"), last.clause))
    if last.until_day is not None:
        found.append(Point(asked.say("closed", n=last.until_day), last.clause))
    yield from found or [asked.unstated]


_OF_RENEWAL: Final = {"grace": _grace, "late": _late, "early": _early, "lapse": _lapse}


def _notices(asked: _Asked) -> Point:
    if not asked.plan.notices:
        return asked.unstated
    days = sorted((notice.days_before for notice in asked.plan.notices), reverse=True)
    return Point(asked.say("notices_when", days=[str(day) for day in days]), f"{asked.plan.id}.notices")


def _limit(asked: _Asked) -> Iterator[Point]:
    plan = asked.plan
    extension = f"{plan.id}.extension"
    if rule := in_force(plan.extension, asked.on):
        yield Point(asked.say("extension", most=rule.max_months), extension)
    if plan.horizon_months:
        yield Point(asked.say("horizon", n=plan.horizon_months), f"{plan.id}.horizon")
    else:
        yield Point(asked.say("no_limit"))


def _proration(asked: _Asked) -> Point:
    """The convention, where one of the plan's rules needs it."""
    plan, renewal = asked.plan, asked.renewal
    clauses = [f"{plan.id}.addition"] if in_force(plan.addition, asked.on) else []
    for window in renewal.windows if renewal else ():
        clauses += [window.clause] if window.ends == "with_next_term" else []
        clauses += [f"{window.clause}.align"] if window.align_months else []
    if clauses:
        return Point(asked.say(f"proration_{plan.proration.basis}"), clauses[0])
    whole = plan.term.months if plan.term else 0
    lengths = renewal.lengths if renewal else None
    if lengths and (not lengths.only or any(months % whole for months in lengths.only)):
        return Point(asked.say("proration_lengths"), f"{plan.id}.renewal.lengths")
    if in_force(plan.extension, asked.on):
        return Point(asked.say("proration_lengths"), f"{plan.id}.extension")
    return Point(asked.say("proration_never"))


def _start(asked: _Asked, window: Window) -> Iterator[Point]:
    yield Point(asked.say(f"{window.ends}.{window.starts}"), window.clause)


def _changes(asked: _Asked, changes: Sequence[Adjustment]) -> Iterator[Point]:
    """A percentage, a fee or arrears, by its own title; those that a customer chooses are no rule for all."""
    for change in changes:
        if change.chosen:
            continue
        title = asked.clauses.get(change.clause, {}).get("title", "") or change.code
        yield Point(asked.say("change", title=title, value=_value(asked, change)), change.clause)


def _value(asked: _Asked, change: Adjustment) -> str:
    if change.percent is not None:
        return asked.voice.translator.written(amount_text(change.percent), "percent")
    if change.missed_percent is not None:
        return asked.say("missed", percent=amount_text(change.missed_percent))
    row = in_force(change.fee, asked.on)
    if row is None:
        return asked.voice.ui("price.on_request")
    amount = amount_of(row, asked.plan, asked.family, asked.voice)
    if row.amount:
        unit = unit_word(asked.plan, asked.voice)
        amount = asked.say("per_year", amount=amount) if change.prorated else amount
        amount = asked.say("per_unit" if change.per_unit else "per_order", amount=amount, unit=unit)
    return asked.say("example", amount=amount) if row.illustrative else amount
