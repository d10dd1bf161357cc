"""The comparison as rows of worded cells; which rows are the same for all plans is known, to hide them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from site_builder.plans import Cell, Comparison, ListItem, Row
from site_builder.rendering.prices import PlanView, enumerated
from site_builder.rendering.voice import Voice

_SIGNS: Final = ("yes", "no", "ask", "none")
"""Cells that the page says with a sign and a word of its own."""


class CellView(NamedTuple):
    """A cell; `kind` is text, yes, no, ask or none, and `text` says it in words in every case."""

    kind: str
    text: str


class RowView(NamedTuple):
    """A row with one cell for each plan; `same`: all plans say the same, and none that one must ask."""

    id: str
    title: str
    cells: tuple[CellView, ...]
    footnote: Markup
    same: bool


class GroupView(NamedTuple):
    """Rows under a title."""

    title: str
    rows: tuple[RowView, ...]


class ComparisonView(NamedTuple):
    """The plans in the columns' order, and the groups."""

    plans: tuple[PlanView, ...]
    groups: tuple[GroupView, ...]


def comparison_view(comparison: Comparison, plans: Sequence[PlanView], voice: Voice) -> ComparisonView | None:
    """The whole table; None where the family has none."""
    if not comparison.groups:
        return None
    said = {kind: CellView(kind, voice.ui(f"compare.{kind}")) for kind in _SIGNS}
    prices = {plan.id: CellView("text", _price_cell(plan, voice)) for plan in plans}

    def cell(of: Cell, plan: str) -> CellView:
        if of.kind == "text":
            return CellView("text", voice.plain(of.text))
        return prices[plan] if of.kind == "price" else said[of.kind]

    def row(of: Row) -> RowView:
        cells = tuple([cell(of.cells[plan], plan) for plan in prices])
        same = cells.count(cells[0]) == len(cells) and cells[0].kind != "ask"
        return RowView(of.id, voice.plain(of.title), cells, voice.block(of.footnote), same)

    groups = [GroupView(voice.plain(group.title), tuple(map(row, group.rows))) for group in comparison.groups]
    return ComparisonView(tuple(plans), tuple(groups))


def _price_cell(plan: PlanView, voice: Voice) -> str:
    """The plan's price with its unit, what more of them cost where it has one price, the minimum, and fees."""
    numbers = [price for price in plan.prices if not price.words]
    unit, tiers = (numbers[0].unit, numbers[0].tiers) if len(numbers) == 1 else ("", ())
    price = " ".join(filter(None, (numbers[0].amount if tiers else plan.hint, unit)))
    return _with(price, (*tiers, *(() if plan.minimum in tiers else (plan.minimum,)), *plan.fees), voice)


def _with(price: str, further: Sequence[str], voice: Voice) -> str:
    """A price and what else there is to say of it."""
    said = [*filter(None, further)]
    return voice.ui("price.with_tiers", price=price, tiers=enumerated(said, voice)) if said else price


class OfferView(NamedTuple):
    """A plan that covers something, and its price in one short phrase."""

    plan: str
    name: str
    price: str


class ItemView(NamedTuple):
    """Something that may have to be done: in a word who does it (`verdict`), and which plans cover it at what price.

    `verdict` is included, paid, grace_call, other or none. `plans` names the plans that include it or leave it
    out, where not all do; for what is out, `answer` says what helps instead.
    """

    text: Markup
    verdict: str
    plans: str
    answer: str
    offers: tuple[OfferView, ...]


def item_views(
    items: Sequence[ListItem], plans: Sequence[PlanView], voice: Voice, included: bool
) -> tuple[ItemView, ...]:
    """Lists of inclusions or exclusions; `plans` are all plans of the family."""
    return tuple(_item(item, plans, voice, included) for item in items)


def _item(item: ListItem, plans: Sequence[PlanView], voice: Voice, included: bool) -> ItemView:
    covering = item.plans if included else (item.plan,)
    answer = "" if item.plan and item.answer == "other" else item.answer  # a plan helps: nobody has to ask who does
    return ItemView(
        text=voice.rich(item.text),
        verdict="included" if included else answer or ("paid" if item.plan else "none"),
        plans="" if len(item.plans) == len(plans) else _names(item, plans, voice),
        answer=voice.ui(f"family.answer_{answer}") if answer else "",
        offers=tuple(OfferView(plan.id, plan.name, _price(plan, voice)) for plan in plans if plan.id in covering),
    )


def _names(item: ListItem, plans: Sequence[PlanView], voice: Voice) -> str:
    return voice.listed([plan.name for plan in plans if plan.id in item.plans])


def _price(plan: PlanView, voice: Voice) -> str:
    """The plan's price with its unit, where there is one unit, and what an order costs at least."""
    units = {price.unit for price in plan.prices if not price.words}
    price = " ".join(filter(None, (plan.hint, units.pop() if len(units) == 1 else "")))
    return _with(price, [plan.minimum], voice)
