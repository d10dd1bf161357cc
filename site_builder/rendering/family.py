"""The page of one family in one language, as a view: everything worded, nothing left to decide for the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from calculator import wire
from calculator.plan import window_kind
from site_builder.plans import Families, FamilyFile, FamilyWords, tax_names
from site_builder.rendering.assets import BundleLinks
from site_builder.rendering.comparison import ComparisonView, ItemView, comparison_view, item_views
from site_builder.rendering.form import Asked, FormSource, FormView, NextStepView, form_view, next_step, region_name
from site_builder.rendering.prices import PlanView, plan_view, tax_note
from site_builder.rendering.rules import ReadingView, RuleGroup, reading_views, rule_groups
from site_builder.rendering.timeline import TimelineView, timeline_views
from site_builder.rendering.voice import Voice


class Link(NamedTuple):
    """An entry of a menu; `id` is an address or, in a table of contents, an anchor."""

    id: str
    text: str


class ExampleView(NamedTuple):
    """A worked example: its sheet or its refusal, and the fragment that opens it in the calculator."""

    id: str
    title: str
    quote: Mapping[str, Any]
    href: str

    @property
    def total(self) -> str:
        """The amount at the foot of the sheet; empty for a refusal and for what has no price."""
        totals = self.quote["totals"] if self.quote["ok"] else ()
        return next((total["amount"] for total in totals if total["kind"] == "total"), "")


class ExampleGroup(NamedTuple):
    """The examples of one plan."""

    plan: str
    examples: tuple[ExampleView, ...]


class TermView(NamedTuple):
    """A condition without a price; `ours` where the source does not say it."""

    id: str
    text: Markup
    ours: bool


class FactView(NamedTuple):
    """What one wants to know first: a short label and the answer."""

    id: str
    text: Markup


class FamilyView(NamedTuple):
    """All that the page of a family shows."""

    id: str
    vendor: str
    name: str
    summary: str
    introduction: Markup
    facts: tuple[FactView, ...]
    plans: tuple[PlanView, ...]
    board_notes: tuple[str, ...]
    form: FormView
    comparison: ComparisonView | None
    compare_lead: str
    inclusions: tuple[ItemView, ...]
    exclusions: tuple[ItemView, ...]
    timelines: tuple[TimelineView, ...]
    rules: tuple[RuleGroup, ...]
    readings: tuple[ReadingView, ...]
    examples: tuple[ExampleGroup, ...]
    terms: tuple[TermView, ...]
    support: Markup
    next_step: NextStepView
    contents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FamilySource:
    """What the page of a family is made from."""

    families: Families
    file: FamilyFile
    answers: Mapping[str, Mapping[str, Any]]
    locale_data: Mapping[str, Any]
    introduction: Markup
    bundle: BundleLinks
    on: date

    @property
    def words(self) -> FamilyWords:
        """The family's words."""
        return self.file.words


def family_view(source: FamilySource, asked: Asked, voice: Voice, base: str) -> FamilyView:
    """The family in the voice's language; `asked` is what its form asks for, `base` the site's path."""
    words, family = source.words, source.file.family
    if family is None:
        raise ValueError(f"{words.id} has no rules")
    data = source.locale_data["families"][words.id]
    clauses = data["clauses"]
    plans = tuple(
        plan_view(plan, words.plans[plan.id], family, clauses, voice, source.on) for plan in family.plans.values()
    )
    names = {plan.id: plan.name for plan in plans}
    view = FamilyView(
        id=words.id,
        vendor=words.vendor,
        name=voice.plain(words.name),
        summary=voice.plain(words.summary),
        introduction=source.introduction,
        facts=_facts(source, voice),
        plans=plans,
        board_notes=_notes(source, plans, voice),
        form=form_view(_form_source(source, asked, plans, data, voice), voice, base),
        comparison=comparison_view(words.comparison, plans, voice),
        compare_lead=_compare_lead(words, voice),
        inclusions=item_views(words.inclusions, plans, voice, included=True),
        exclusions=item_views(words.exclusions, plans, voice, included=False),
        timelines=timeline_views(family, names, clauses, voice, source.on),
        rules=rule_groups(clauses, words, family.plans, voice, source.on),
        readings=reading_views(words.readings, clauses, voice),
        examples=_examples(source, names, voice),
        terms=tuple(
            TermView(term.id, voice.rich(term.text), words.interpreted and term.status == "decision")
            for term in words.terms
        ),
        support=voice.rich(words.support),
        next_step=next_step(words, voice),
        contents=(),
    )
    return _with_contents(view, voice)


def _facts(source: FamilySource, voice: Voice) -> tuple[FactView, ...]:
    """Who answers, which taxes come on top, and of which day the prices are."""
    taxes = Markup.escape(_tax_note(source, voice))
    facts = [FactView(voice.ui("fact.support"), voice.rich(source.words.support))] if source.words.support else []
    day = Markup.escape(voice.date(source.on))
    return (*facts, FactView(voice.ui("fact.taxes"), taxes), FactView(voice.ui("fact.as_of"), day))


def _notes(source: FamilySource, plans: tuple[PlanView, ...], voice: Voice) -> tuple[str, ...]:
    """What holds for all prices of the board: the taxes, and what an example price is."""
    notes = [_tax_note(source, voice)]
    if any(plan.illustrative for plan in plans):
        notes.append(voice.ui(f"price.example_note{'' if source.words.interpreted else '_own'}"))
    return tuple(notes)


def _tax_note(source: FamilySource, voice: Voice) -> str:
    """The taxes of the family's own region, by its name."""
    family = source.file.family
    assert family is not None
    code = family.tax_region
    name = region_name(code, source.families.region_words, voice) if code else ""
    called = tax_names(source.families.region_words)
    return tax_note(family, source.families.engine.regions, name, voice, source.on, called)


def _compare_lead(words: FamilyWords, voice: Voice) -> str:
    """What “ask us” means in the table, where it stands there: the vendor says nothing, or it depends."""
    cells = (cell for group in words.comparison.groups for row in group.rows for cell in row.cells.values())
    if not any(cell.kind == "ask" for cell in cells):
        return ""
    return voice.ui(f"family.compare_lead{'' if words.interpreted else '_own'}")


def _form_source(
    source: FamilySource, asked: Asked, plans: tuple[PlanView, ...], data: Mapping[str, Any], voice: Voice
) -> FormSource:
    words = source.words
    names = {f"{words.id}/{plan}": voice.plain(held.name) for plan, held in words.plans.items()}
    engine, regions = source.families.engine, source.families.region_words
    return FormSource(words, plans, data, engine, regions, names, asked, source.bundle, source.on)


def _examples(source: FamilySource, names: Mapping[str, str], voice: Voice) -> tuple[ExampleGroup, ...]:
    """The worked examples by plan: plans in the order of the page, those of a plan in the order of the file."""
    groups: dict[str, list[ExampleView]] = {plan: [] for plan in source.words.plans}
    for example in source.words.examples:
        plan = str(example.request.get("plan", "")).rpartition("/")[2]
        groups.setdefault(plan, []).append(example_view(source, example.id, voice))
    return tuple(ExampleGroup(names.get(plan, plan), tuple(held)) for plan, held in groups.items() if held)


def example_view(source: FamilySource, id: str, voice: Voice) -> ExampleView:
    """One worked example, presented as the calculator would."""
    example = next(example for example in source.words.examples if example.id == id)
    quote: dict[str, Any] = dict(wire.present(source.answers[id], source.locale_data, example.request))
    if quote["ok"]:
        quote["window"] = {**quote["window"], "style": window_kind(quote["window"]["code"])}
    fragment = wire.link_fragment(example.request, source.families.engine.fingerprint)
    return ExampleView(id, voice.plain(example.title), quote, fragment)


def _with_contents(view: FamilyView, voice: Voice) -> FamilyView:
    """The view with its table of contents: the sections that it has."""
    sections = (
        ("plans", view.plans), ("calculator", view.form), ("compare", view.comparison),
        ("scope", view.inclusions or view.exclusions), ("when", view.timelines), ("rules", view.rules),
        ("readings", view.readings), ("examples", view.examples), ("terms", view.terms),
    )  # fmt: skip
    called = {"compare": "compare_one"} if len(view.plans) == 1 else {}
    entries = [Link(id, voice.ui(f"family.short.{called.get(id, id)}")) for id, held in sections if held]
    return view._replace(contents=(*entries, Link("next-step", voice.ui("family.short.next-step"))))
