"""What happens when: a plan's renewal windows, notices and billing around the last covered day, as places on a line.

The line is not to scale on purpose: before the last covered day it follows the days of the notices, after it each
window has the same room, so that thirty days of grace and three years of lateness can both be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator.plan import Family, Notice, Plan, Renewal, Window, in_force
from site_builder.rendering.voice import Voice

_EXPIRY = 50
"""Where the last covered day stands, in per cent of the line's width."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One window: its place and width in per cent."""

    style: str
    label: str
    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: its title, when, with what effect, and the clause that says so."""

    style: str
    title: str
    when: str
    effects: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The line of the plans that share it."""

    plans: str
    bars: tuple[Bar, ...]
    notices: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    expiry: int
    steps: tuple[Step, ...]
    alt: str


def timeline_views(
    family: Family, names: Mapping[str, str], clauses: Mapping[str, Any], voice: Voice, on: date
) -> tuple[TimelineView, ...]:
    """One line for each set of plans whose rules around the last covered day are the same."""
    groups: dict[object, list[tuple[Plan, Renewal]]] = {}
    for plan in family.plans.values():
        renewal = in_force(plan.renewal, on)
        if renewal:
            windows = [(window.id, window.until_day, _said(clauses, window.clause)) for window in renewal.windows]
            key = (tuple(windows), plan.notices, renewal.billed_months_before)
            groups.setdefault(key, []).append((plan, renewal))
    return tuple(
        _view(members[0][0], members[0][1], [names[plan.id] for plan, _ in members], clauses, voice)
        for members in groups.values()
    )


def _view(plan: Plan, renewal: Renewal, names: list[str], clauses: Mapping[str, Any], voice: Voice) -> TimelineView:
    steps = tuple(_steps(plan, renewal, clauses, voice))
    before, after = _before(renewal, plan.notices), [window for window in renewal.windows if window.until_day != 0]
    bars = tuple(_bars(renewal.windows, voice))
    alt = voice.ui("timeline.alt", steps=[f"{step.title}, {step.when}" for step in steps])
    return TimelineView(
        voice.translator.written(names, "list"),
        bars,
        tuple(Mark(_notice_x(notice.days_before, before), voice.ui("timeline.before", n=notice.days_before))
              for notice in sorted(plan.notices, key=lambda notice: -notice.days_before)),
        tuple(Mark(bar.x, voice.ui("timeline.after", n=window.from_day))
              for bar, window in zip(bars[1:], after, strict=False) if window.from_day and window.from_day > 1),
        _EXPIRY,
        steps,
        alt,
    )  # fmt: skip


def _before(renewal: Renewal, notices: Sequence[Notice]) -> int:
    """How many days the line shows before the last covered day."""
    return max([30, *(notice.days_before for notice in notices)]) * 6 // 5


def _notice_x(days: int, before: int) -> str:
    return f"{_EXPIRY * (before - days) / before:.2f}"


def _bars(windows: Sequence[Window], voice: Voice) -> Iterator[Bar]:
    """The window before the last covered day fills the left half, the others share the right one."""
    later = [window for window in windows if window.from_day is not None]
    closed = windows[-1].until_day is not None
    room = (100 - _EXPIRY) / max(1, len(later) + closed)
    yield _bar(style_of(windows[0].id), label_of(windows[0].id, voice), 0, _EXPIRY)
    for index, window in enumerate(later):
        yield _bar(style_of(window.id), label_of(window.id, voice), _EXPIRY + index * room, room)
    if closed:
        yield _bar("closed", voice.ui("timeline.closed"), 100 - room, room)


def _bar(style: str, label: str, x: float, width: float) -> Bar:
    return Bar(style, label, f"{x:.2f}", f"{width:.2f}", f"{x + width / 2:.2f}")


def style_of(window: str) -> str:
    """The look of a window: the plan's own late bands look late."""
    return "late" if window.startswith("late") else window


def label_of(window: str, voice: Voice) -> str:
    """What a window is called; a band of the plan's own speaks as `late` unless it has words."""
    return voice.quote(f"window.{window}.label") or voice.quote(f"window.{style_of(window)}.label")


def _steps(plan: Plan, renewal: Renewal, clauses: Mapping[str, Any], voice: Voice) -> Iterator[Step]:
    """Everything that happens, in the order of time."""
    if plan.notices:
        days = sorted((notice.days_before for notice in plan.notices), reverse=True)
        when = voice.ui("timeline.notices_when", days=[str(day) for day in days])
        yield Step("notice", voice.ui("timeline.notices"), when, (), _known(clauses, f"{plan.id}.notices"))
    if renewal.billed_months_before is not None:
        clause = f"{plan.id}.renewal.automatic"
        when = voice.ui("timeline.billing_when", months=renewal.billed_months_before)
        yield Step("notice", voice.ui("timeline.billing"), when, _said(clauses, clause), _known(clauses, clause))
    for window in renewal.windows:
        effects = _said(clauses, window.clause)
        yield Step(style_of(window.id), label_of(window.id, voice), _when(window, voice), effects, window.clause)
    last = renewal.windows[-1].until_day
    if last is not None:
        text = voice.ui("timeline.closed_text")
        yield Step("closed", voice.ui("timeline.closed"), voice.ui("timeline.no_more", to=last), (text,), "")


def _when(window: Window, voice: Voice) -> str:
    if window.from_day is None:
        return voice.ui("timeline.until_expiry")
    if window.until_day is None:
        return voice.ui("timeline.after_day", **{"from": window.from_day})
    return voice.ui("timeline.between", **{"from": window.from_day, "to": window.until_day})


def _said(clauses: Mapping[str, Any], clause: str) -> tuple[str, ...]:
    """The words of a clause; what it holds (a discount, carried time) is said in them."""
    text = clauses.get(clause, {}).get("text")
    return (text,) if text else ()


def _known(clauses: Mapping[str, Any], clause: str) -> str:
    return clause if clause in clauses else ""
