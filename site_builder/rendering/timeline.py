"""What happens when: a plan's renewal windows, notices and billing around the last covered day, drawn at build.

The picture and its bands are the calculator's own, which shows the same with a customer's dates; here they speak of
days before and after the last covered one. They say in short what a window gives: the rule itself stands once on the
page, among the others, and each band leads to it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from calculator.elements import bands, picture
from calculator.plan import Family, Plan, Renewal, in_force
from calculator.timeline import Band, Words, line
from calculator.wording.speech import Speech
from site_builder.rendering.markup import markup
from site_builder.rendering.voice import Voice
from site_builder.rules import days_in_words


class Step(NamedTuple):
    """Something that happens besides the windows: its title, when, and the clause that says so (empty: none)."""

    title: str
    when: str
    clause: str


class TimelineView(NamedTuple):
    """The line of the plans that share it: picture, bands in words, what else happens."""

    plans: str
    picture: Markup
    bands: Markup
    steps: tuple[Step, ...]


def timeline_views(
    family: Family, names: Mapping[str, str], clauses: Mapping[str, Any], voice: Voice, on: date
) -> tuple[TimelineView, ...]:
    """One line for each set of plans whose rules around the last covered day are the same."""
    groups: dict[object, list[tuple[Plan, Renewal]]] = {}
    for plan in family.plans.values():
        renewal = in_force(plan.renewal, on)
        if renewal:
            windows = [(window.id, window.until_day, _said(clauses, window.clause)) for window in renewal.windows]
            changes = [[(change.code, change.percent, change.fee) for change in window.adjust]
                       for window in renewal.windows]  # fmt: skip
            key = (repr((windows, changes, renewal.adjust)), plan.notices, renewal.billed_months_before)
            groups.setdefault(key, []).append((plan, renewal))
    return tuple(
        _view(members[0][0], members[0][1], [names[plan.id] for plan, _ in members], family, clauses, voice, on)
        for members in groups.values()
    )


def _view(
    plan: Plan, renewal: Renewal, names: list[str], family: Family, clauses: Mapping[str, Any], voice: Voice, on: date
) -> TimelineView:
    known = {family.id: {"clauses": clauses, "plans": {}}}
    speech = Speech(voice.locale, voice.translator.texts, f"{family.id}/{plan.id}", known)
    drawn = line(plan, renewal, speech, on, Words(lambda band: _when(band, voice), lambda day: _tick(day, voice),
                                                  voice.ui("timeline.expiry")))  # fmt: skip
    starts = {window.clause: (voice.ui(f"timeline.starts.{window.starts}"),) for window in renewal.windows}
    return TimelineView(
        voice.listed(names),
        markup(picture(drawn)),
        markup(bands(drawn, speech, lambda clause: starts.get(clause, ()))),
        tuple(_steps(plan, renewal, clauses, voice)),
    )


def _when(band: Band, voice: Voice) -> str:
    """A band's days in words, counted from the last covered one."""
    if band.window is None:
        return voice.ui("timeline.no_more", to=(band.first or 1) - 1)
    return days_in_words(lambda key, **params: voice.translator.t(f"rule.{key}", **params), band.window)


def _tick(day: int, voice: Voice) -> str:
    return voice.ui("timeline.before", n=-day) if day < 0 else voice.ui("timeline.after", n=day)


def _steps(plan: Plan, renewal: Renewal, clauses: Mapping[str, Any], voice: Voice) -> list[Step]:
    """Notices and the automatic bill, in the order of time."""
    steps: list[Step] = []
    if renewal.billed_months_before is not None:
        clause = f"{plan.id}.renewal.automatic"
        when = voice.ui("timeline.billing_when", months=renewal.billed_months_before)
        steps.append(Step(voice.ui("timeline.billing"), when, _known(clauses, clause)))
    if plan.notices:
        days = sorted((notice.days_before for notice in plan.notices), reverse=True)
        when = voice.ui("timeline.notices_when", days=[str(day) for day in days])
        steps.append(Step(voice.ui("timeline.notices"), when, _known(clauses, f"{plan.id}.notices")))
    return steps


def _said(clauses: Mapping[str, Any], clause: str) -> tuple[str, ...]:
    """The words of a clause, by which plans are told apart; what it holds (a discount, carried time) is in them."""
    text = clauses.get(clause, {}).get("text")
    return (text,) if text else ()


def _known(clauses: Mapping[str, Any], clause: str) -> str:
    return clause if clause in clauses else ""
