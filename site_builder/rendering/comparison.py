"""The comparison as rows of worded cells; which rows are the same for all plans is known, to hide them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from site_builder.plans import Cell, Comparison, ListItem
from site_builder.rendering.prices import PlanView
from site_builder.rendering.voice import Voice


class CellView(NamedTuple):
    """A cell; `kind` is text, yes, no, ask or none, and `text` says it in words in every case."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with one cell for each plan."""

    id: str
    title: str
    cells: tuple[CellView, ...]
    footnote: Markup

    @property
    def same(self) -> bool:
        """Whether all plans say the same; what must be asked for may differ."""
        return len(set(self.cells)) == 1 and self.cells[0].kind != "ask"


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under a title."""

    title: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The plans in the columns' order, and the groups."""

    plans: tuple[PlanView, ...]
    groups: tuple[GroupView, ...]


def comparison_view(comparison: Comparison, plans: Sequence[PlanView], voice: Voice) -> ComparisonView | None:
    """The whole table; None where the family has none."""
    if not comparison.groups:
        return None
    groups = tuple(
        GroupView(
            voice.plain(group.title),
            tuple(
                RowView(
                    row.id,
                    voice.plain(row.title),
                    tuple(_cell(row.cells[plan.id], plan, voice) for plan in plans),
                    voice.block(row.footnote),
                )
                for row in group.rows
            ),
        )
        for group in comparison.groups
    )
    return ComparisonView(tuple(plans), groups)


def _cell(cell: Cell, plan: PlanView, voice: Voice) -> CellView:
    if cell.kind == "price":
        numbers = [price for price in plan.prices if not price.words]
        unit, tiers = (numbers[0].unit, numbers[0].tiers) if len(numbers) == 1 else ("", ())
        price = " ".join(filter(None, (plan.hint, unit)))
        text = voice.ui("price.with_tiers", price=price, tiers=voice.listed(tiers)) if tiers else price
        return CellView("text", text)
    if cell.kind == "text":
        return CellView("text", voice.plain(cell.text))
    return CellView(cell.kind, voice.ui(f"compare.{cell.kind}"))


@dataclass(frozen=True, slots=True)
class OfferView:
    """A plan that covers something, and its price in one short phrase."""

    plan: str
    name: str
    price: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something that may have to be done: in a word who does it (`verdict`), and which plans cover it at what price.

    `verdict` is included, paid, grace_call, other or none. For what is out, `plans` names the plans that leave it out
    where not all do, and `answer` says what helps instead.
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
    return ItemView(
        text=voice.rich(item.text),
        verdict="included" if included else item.answer or ("paid" if item.plan else "none"),
        plans="" if included or len(item.plans) == len(plans) else _names(item, plans, voice),
        answer=voice.ui(f"family.answer_{item.answer}") if item.answer else "",
        offers=tuple(OfferView(plan.id, plan.name, _price(plan)) for plan in plans if plan.id in covering),
    )


def _names(item: ListItem, plans: Sequence[PlanView], voice: Voice) -> str:
    return voice.translator.written([plan.name for plan in plans if plan.id in item.plans], "list")


def _price(plan: PlanView) -> str:
    """The plan's price with its unit, where there is one unit."""
    units = {price.unit for price in plan.prices if not price.words}
    return " ".join(filter(None, (plan.hint, units.pop() if len(units) == 1 else "")))
