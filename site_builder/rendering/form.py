"""The calculator's form: every field that any plan and action of a family may need, and which of them apply when.

What a plan and an action need is the engine's to say (`wire.fields`); the order, the labels and what stands behind
"more details" are decided here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple
from unicodedata import combining, normalize

from markupsafe import Markup

from calculator import forms
from calculator.plan import Catalogue, Family, in_force
from site_builder.locales import territory_name
from site_builder.plans import FamilyWords, OptionWords, RegionWords
from site_builder.rendering.assets import BundleLinks
from site_builder.rendering.extras import extra_cost
from site_builder.rendering.prices import PlanView, length_with_change
from site_builder.rendering.voice import Voice

ACTIONS: Final = ("buy", "renew", "extend", "add", "status")
MORE: Final = frozenset({"anchor", "serials", "holds", "tax_exempt"})
"""Fields that few need; they stand behind "more details"."""

_OPTION: Final = "options."


class Choice(NamedTuple):
    """A choice of a field, and its words. `spare`: a code for what is offered under another one, taken if given."""

    value: str
    text: str
    group: str = ""
    spare: bool = False


class FieldView(NamedTuple):
    """One field. `plan` is set for a plan's own option, empty for a field that plans share.

    It names actions of plans (`care/renew`) where these are given a choice, and others are asked for a number instead.
    `cost` says what a box adds to the price when it is ticked; `helps` are helps by action, where actions differ.
    """

    id: str
    name: str
    type: str
    label: str
    help: str
    plan: str = ""
    choices: tuple[Choice, ...] = ()
    default: str = ""
    cost: str = ""
    helps: tuple[tuple[str, str], ...] = ()

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices in their order, by the group that they stand in (empty: in none)."""
        return [(group, list(held)) for group, held in groupby(self.choices, lambda choice: choice.group)]

    @property
    def main(self) -> bool:
        """Whether it is always in view."""
        return self.name not in MORE


class NextStepView(NamedTuple):
    """Where a reader goes from here."""

    title: str
    text: Markup
    url: str = ""
    email: str = ""


class ScopeView(NamedTuple):
    """What is in and what is out of one plan, for the sheet on paper."""

    plan: str
    included: tuple[Markup, ...]
    excluded: tuple[Markup, ...]


class FormView(NamedTuple):
    """The form and its data block; below a quote, the next step and what its plan covers."""

    plans: tuple[PlanView, ...]
    first: str
    actions: tuple[Choice, ...]
    fields: tuple[FieldView, ...]
    data: Markup
    next_step: NextStepView
    scopes: tuple[ScopeView, ...]


type Asked = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""The fields for each plan and each action that it offers, as the engine asks for them."""


@dataclass(frozen=True, slots=True)
class FormSource:
    """What a form is made from, for one family."""

    words: FamilyWords
    plans: tuple[PlanView, ...]
    family_data: Mapping[str, Any]
    catalogue: Catalogue
    regions: Mapping[str, RegionWords]
    plan_names: Mapping[str, str]
    """Names of the family's plans by `family/plan`, for what a customer may hold."""
    asked: Asked
    bundle: BundleLinks
    on: date


def form_view(source: FormSource, voice: Voice, base: str) -> FormView:
    """The form of a family; `base` is the path under which the site lives."""
    asked = _asked(source.asked, voice)
    fields = tuple(_fields(asked, source, voice))
    offered = {action for actions in asked.values() for action in actions}
    actions = tuple(Choice(action, voice.ui(f"action.{action}")) for action in ACTIONS if action in offered)
    priced = [plan.id for plan in source.plans if any(not price.words for price in plan.prices)]
    first = (priced or [plan.id for plan in source.plans])[0]
    data = _for_element(_data(source, asked, voice, base))
    scopes = tuple(_scope(source.words, plan.id, voice) for plan in source.plans)
    return FormView(source.plans, first, actions, fields, data, next_step(source.words, voice), scopes)


def next_step(words: FamilyWords, voice: Voice) -> NextStepView:
    """What the family asks a reader to do who agrees with a price."""
    step = words.next_step
    if step is None:
        return NextStepView(voice.ui("family.next"), Markup(""))
    return NextStepView(voice.plain(step.label), voice.rich(step.text), step.url, step.email)


def _scope(words: FamilyWords, plan: str, voice: Voice) -> ScopeView:
    included = (voice.rich(item.text) for item in words.inclusions if plan in item.plans)
    excluded = (voice.rich(item.text) for item in words.exclusions if plan in item.plans)
    return ScopeView(plan, tuple(included), tuple(excluded))


def asked_of(family: Family) -> Asked:
    """What the engine asks for, in no language yet."""
    return {
        plan.id: {action: forms.fields(plan, action) for action in ACTIONS if action in plan.actions}
        for plan in family.plans.values()
    }


def _asked(asked: Asked, voice: Voice) -> dict[str, dict[str, list[Mapping[str, Any]]]]:
    """The same with units in words."""
    return {
        plan: {action: [_for_page(field, voice) for field in fields] for action, fields in actions.items()}
        for plan, actions in asked.items()
    }


def _for_page(field: Mapping[str, Any], voice: Voice) -> Mapping[str, Any]:
    """The field, its unit as the word for several of them; a length that is no longer offered is asked for anew."""
    if _is_choice_of_length(field):
        return {**field, "required": True}
    return {**field, "unit": voice.quote(f"unit.{field['unit']}", n=2) or field["unit"]} if "unit" in field else field


def _fields(asked: Asked, source: FormSource, voice: Voice) -> Iterator[FieldView]:
    """Each field once, in the order in which the engine asks; a plan's own options once for each plan."""
    seen: dict[tuple[str, str], FieldView] = {}
    for plan, actions in asked.items():
        for field in (field for fields in actions.values() for field in fields):
            name = field["name"]
            key = (plan if name.startswith(_OPTION) or _is_choice_of_length(field) else "", name)
            if key not in seen:
                make = _option if name.startswith(_OPTION) else _length if key[0] else None
                seen[key] = make(field, plan, source, voice) if make else _shared(field, source, voice)
    if ("", "months") in seen:
        seen["", "months"] = _months(seen["", "months"], asked, voice)
    yield from sorted(seen.values(), key=lambda view: _PLACE.get(view.name, 0))


def _is_choice_of_length(field: Mapping[str, Any]) -> bool:
    return field["name"] == "months" and "choices" in field


def _length(field: Mapping[str, Any], plan: str, source: FormSource, voice: Voice) -> FieldView:
    """The lengths of one plan's renewal to choose from, each with what it changes."""
    renewal = in_force(source.catalogue.families[source.words.id].plans[plan].renewal, source.on)
    choices = [
        Choice(str(months), length_with_change(months, voice.ui("price.months", n=months), renewal, voice))
        for months in field["choices"]
    ]
    label, help = (voice.quote(f"field.length.{part}") for part in ("label", "help"))
    return FieldView(f"field-months-{plan}", "months", "integer", label, help, f"{plan}/renew", tuple(choices),
                     str(field["default"]))  # fmt: skip


def _months(field: FieldView, asked: Asked, voice: Voice) -> FieldView:
    """The number of months, where it is no choice; with the help of each action that asks for it."""
    fields = [(plan, action, field) for plan, actions in asked.items() for action, held in actions.items()
              for field in held if field["name"] == "months"]  # fmt: skip
    typed = [(plan, action) for plan, action, field in fields if not _is_choice_of_length(field)]
    plan = " ".join(f"{plan}/{action}" for plan, action in typed) if len(typed) < len(fields) else ""
    told = {"renew": field.help, "extend": voice.quote("field.months.help_extend")}
    helps = [(action, told[action]) for action in told if action in {action for _, action in typed}]
    if len(helps) == 1:
        return field._replace(plan=plan, help=helps[0][1])
    return field._replace(plan=plan, helps=tuple(helps))


_PLACE: Final = {"expiry": -5, "on": -4, "quantity": -3, "existing": -2, "months": -1, "region": 1, "tax_exempt": 2}
"""Fields that come first (below 0) or last; the others stay as the engine asks for them."""


def _shared(field: Mapping[str, Any], source: FormSource, voice: Voice) -> FieldView:
    name, kind = field["name"], field["type"]
    choices: tuple[Choice, ...] = ()
    default = str(field["default"]) if kind == "integer" and "default" in field else ""
    if name == "months":
        default = ""  # the plan's own length, which its words say better than a number
    elif name == "existing":
        default = "1"  # what units are added to has at least one
    if kind == "region":
        default = source.catalogue.families[source.words.id].tax_region or ""
        choices = tuple(_regions(source, voice))
    elif kind == "plan_list":
        choices = tuple(Choice(id, text) for id, text in source.plan_names.items())
    label, help = (voice.quote(f"field.{name}.{part}") for part in ("label", "help"))
    units = {plan.unit for plan in source.catalogue.families[source.words.id].plans.values()}
    if kind == "integer" and len(units) == 1:
        unit = voice.quote(f"unit.{next(iter(units))}", n=2)
        help = (unit and voice.quote(f"field.{name}.help_unit", unit=unit)) or help
    return FieldView(f"field-{name}", name, kind, label or name, help, choices=choices, default=default)


def _regions(source: FormSource, voice: Voice) -> Iterator[Choice]:
    """The catalogue's regions by country, the family's own country first, then those that have several regions.

    Before them, in no group, what readers mostly look for: the family's own region, or none at all where it has none,
    and the regions that its worked examples are about.
    """
    family = source.catalogue.families[source.words.id]
    if family.tax_region is None:
        yield Choice("", voice.ui("form.region_none"))
    regions = source.catalogue.regions
    parts = Counter(code.partition("-")[0] for code in regions)
    others = voice.ui("form.region_others")
    names = {code: region_name(code, source.regions, voice) for code in regions}
    # Overseas regions have a code of their own (GP) beside that within their country (FR-971): they are offered once,
    # under the latter, or under the one that is chosen from the start.
    offered = {(name, regions[code].taxes): code for code, name in names.items() if "-" in code}
    if family.tax_region:
        offered[names[family.tax_region], regions[family.tax_region].taxes] = family.tax_region
    usual = _usual(source)
    named = []
    for code, name in names.items():
        country = code.partition("-")[0]
        group = territory_name(voice.locale, country) if parts[country] > 1 else others
        rank = 0 if country == source.words.country else 1 if group != others else 2
        other = offered.get((name, regions[code].taxes), code)
        spare = ("-" in code) != ("-" in other)
        place: tuple[int, str, bool, str] = (rank, _plain(group), code != country, _plain(name))
        if code in usual and not spare:
            abroad = "-" in code and country != source.words.country
            name = f"{name} ({territory_name(voice.locale, country)})" if abroad else name
            place, group = (-1, "", False, f"{usual.index(code):04}"), ""
        named.append((place, Choice(code, name, group, spare)))
    yield from (choice for _, choice in sorted(named, key=lambda pair: pair[0]))


def _usual(source: FormSource) -> list[str]:
    """The codes of the family's own region and of those that its worked examples are about, in their order."""
    own = source.catalogue.families[source.words.id].tax_region
    asked = [example.request.get("region") for example in source.words.examples]
    return list(dict.fromkeys(str(code) for code in (own, *asked) if code))


@lru_cache(8192)
def _plain(text: str) -> str:
    """Letters without their accents, to sort by: É stands with E."""
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter)).casefold()


def region_name(code: str, regions: Mapping[str, RegionWords], voice: Voice) -> str:
    """What its file calls a region, else what the locale does."""
    name = regions[code].name or {}
    return voice.plain(name) if voice.lang in name else territory_name(voice.locale, code)


def _option(field: Mapping[str, Any], plan: str, source: FormSource, voice: Voice) -> FieldView:
    """An option of one plan; a pack is called by its name."""
    name = field["name"].removeprefix(_OPTION)
    words = source.words.plans[plan]
    own: OptionWords | None = words.options.get(name)
    label = voice.plain(own.label) if own else voice.quote(f"field.{name}.label")
    help = voice.plain(own.help) if own else voice.quote(f"field.{name}.help")
    said = own.choices if own and own.choices else words.packs
    choices = tuple(Choice(value, voice.plain(said.get(value)) or value) for value in field.get("choices", ()))
    cost = ""
    if field["type"] == "boolean":
        rules = source.catalogue.families[source.words.id].plans[plan]
        cost = extra_cost(rules, name, source.family_data["clauses"], voice, source.on)
    return FieldView(
        f"field-{plan}-{name}", field["name"], field["type"], label or name, help, plan, choices,
        choices[0].value if choices else "", cost,
    )  # fmt: skip


def _data(source: FormSource, asked: Mapping[str, Any], voice: Voice, base: str) -> str:
    """What the page's script needs to know beyond what it finds in the form, as JSON."""
    head = {
        "family": source.words.id,
        "lang": voice.locale,
        "language": voice.lang,
        "fingerprint": source.catalogue.fingerprint,
        "engine": base + source.bundle.engine,
        "manifest": base + source.bundle.manifest,
    }
    text = voice.translator.once("script", lambda: _script_texts(voice))
    rest = f'"fields":{_alike(asked)},"examples":{_compact(_examples(source))},"text":{text}'
    return f"{_compact(head)[:-1]},{rest}}}"


def _alike(asked: Mapping[str, Any]) -> str:
    """The fields of each plan as JSON: plans mostly ask for the same as the one before."""
    parts, said, last = [], "", None
    for plan, fields in asked.items():
        if fields != last:
            said, last = _compact(fields), fields
        parts.append(f"{_compact(plan)}:{said}")
    return f"{{{','.join(parts)}}}"


def _script_texts(voice: Voice) -> str:
    return _compact({key: _for_script(text) for key, text in voice.translator.strings("ui.script.").items()})


def _examples(source: FormSource) -> dict[str, dict[str, Any]]:
    """The first worked example of each plan and action that is a quote, to start from where much is asked."""
    found: dict[str, dict[str, Any]] = {}
    for example in source.words.examples:
        plan, action = str(example.request.get("plan", "")).rpartition("/")[2], str(example.request.get("action", ""))
        if "errors" not in example.expect:
            found.setdefault(plan, {}).setdefault(action, dict(example.request))
    return found


def _for_script(text: str | Sequence[str]) -> str:
    """A text whose parameters the script fills as they are: `{day:text}` becomes `{day}`."""
    return (text if isinstance(text, str) else text[0]).replace(":text}", "}")


def data_block(value: object) -> Markup:
    """JSON for a `<script type="application/json">`, in which no `<` can end the element."""
    return _for_element(_compact(value))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _for_element(text: str) -> Markup:
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
