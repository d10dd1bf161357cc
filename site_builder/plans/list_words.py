"""Reads the lists of a plan file: the comparison, what is in, what is out, and terms in words."""

from collections.abc import Sequence
from typing import Final

from site_builder.errors import listed, suggest
from site_builder.plans.checking import Spot
from site_builder.plans.words import Cell, Comparison, Group, ListItem, Row, Term
from site_builder.sources import Value

CELL_WORDS: Final = ("yes", "no", "ask", "none", "price")
_CELLS: Final = {word: Cell(word) for word in CELL_WORDS}
_ANSWERS: Final = ("paid", "grace_call", "other")
_STATUSES: Final = ("fact", "decision")


def read_comparison(family: Spot) -> Comparison:
    """The comparison: groups of rows, and in each row one cell for each plan."""
    comparison = family.at("comparison")
    if not family.has("comparison") or not comparison.keys("the comparison", ("groups",)):
        return Comparison()
    seen, plans = dict[str, Spot](), _plans(family)
    return Comparison(tuple(_read_group(group, plans, seen) for group in comparison.items("groups", "the groups")))


def _read_group(group: Spot, plans: Sequence[str], seen: dict[str, Spot]) -> Group:
    if not group.keys("a group", ("id", "title", "rows")):
        return Group("", {}, ())
    rows = tuple(_read_row(row, plans, seen) for row in group.items("rows", "the rows"))
    return Group(group.identifier(seen), group.text("title", "the group's title"), rows)


def _read_row(row: Spot, plans: Sequence[str], seen: dict[str, Spot]) -> Row:
    if not row.keys("a row", ("id", "title", "cells"), ("footnote",)):
        return Row("", {}, {}, None)
    return Row(
        row.identifier(seen),
        row.text("title", "the row's title"),
        _read_cells(row.at("cells"), plans) if row.has("cells") else {},
        row.optional_text("footnote", "the row's footnote"),
    )


_MEANT: Final = {
    **dict.fromkeys(("oui", "sì", "si", "true", "x", "✓", "✔", "y"), "yes"),
    **dict.fromkeys(("non", "false", "✗", "✘", "n"), "no"),
    **dict.fromkeys(("-", "–", "—", "n/a"), "none"),
}  # fmt: skip
"""What people write in a cell, as it is written here."""


def _read_cells(cells: Spot, plans: Sequence[str]) -> dict[str, Cell]:
    written = cells.mapping("the cells of a row")
    for plan in written:
        if plan not in plans:
            why = f"the family's plans are {listed(plans)}"
            missing = [name for name in plans if name not in written]
            path = (*cells.path, plan)
            cells.checker.at_key(path, f"no plan is called `{plan}`", why, suggest(plan, missing))
    for plan in plans:
        if plan not in written and isinstance(cells.value, dict):
            why = "a row has exactly one cell for each plan"
            fix = f"add `{plan}: {{text: …}}`, or one of {listed(CELL_WORDS)}"
            cells.checker.at_key(cells.path, f"the cell of `{plan}` is missing", why, fix)
    return {plan: _read_cell(cells, plan, written[plan]) for plan in plans if plan in written}


def _read_cell(cells: Spot, plan: str, value: Value) -> Cell:
    if isinstance(value, str) and value in CELL_WORDS:
        return _CELLS[value]
    cell = cells.at(plan)
    if isinstance(value, dict):
        return Cell("text", cell.text("text", "the cell's text")) if cell.keys("a cell", ("text",)) else _CELLS["none"]
    template = f"{{{', '.join(f'{language}: …' for language in cells.checker.languages)}}}"
    why = f"a cell is {listed(CELL_WORDS)}, or holds words"
    meant = _MEANT.get(str(value).strip().casefold())
    fix = f"write `{meant}`" if meant else f"write one of these, or `{{text: {template}}}`"
    cell.mistaken("this is no cell of the comparison", why, fix)
    return _CELLS["none"]


def read_inclusions(family: Spot) -> tuple[ListItem, ...]:
    """What is in; without `plans` it holds for all of them."""
    return _read_list(family, "inclusions", ())


def read_exclusions(family: Spot) -> tuple[ListItem, ...]:
    """What is out, and who helps with it."""
    return _read_list(family, "exclusions", ("answer", "plan"))


def _read_list(family: Spot, key: str, more: tuple[str, ...]) -> tuple[ListItem, ...]:
    seen, plans = dict[str, Spot](), _plans(family)
    return tuple(_read_item(item, plans, more, seen) for item in family.items(key, f"`{key}`"))


def _read_item(item: Spot, plans: tuple[str, ...], more: tuple[str, ...], seen: dict[str, Spot]) -> ListItem:
    if not item.keys("an item", ("id", "text"), ("plans", *more)):
        return ListItem("", {}, ())
    named = item.items("plans", "the plans")
    return ListItem(
        item.identifier(seen),
        item.text("text", "the item's text"),
        tuple(_plan(plan, plans) for plan in named) if named else plans,
        item.one_of("answer", _ANSWERS) if more and item.has("answer") else None,
        _plan(item.at("plan"), plans) if more and item.has("plan") else None,
    )


def read_terms(family: Spot) -> tuple[Term, ...]:
    """Rules in words, each said to be a fact of the source or our decision."""
    seen = dict[str, Spot]()
    return tuple(_read_term(term, seen) for term in family.items("terms", "`terms`"))


def _read_term(term: Spot, seen: dict[str, Spot]) -> Term:
    if not term.keys("a term", ("id", "status", "text")):
        return Term("", _STATUSES[0], {})
    return Term(
        term.identifier(seen),
        term.one_of("status", _STATUSES) if term.has("status") else _STATUSES[0],
        term.text("text", "the term's text"),
    )


def _plan(named: Spot, plans: Sequence[str]) -> str:
    value = named.value
    if isinstance(value, str) and value in plans:
        return value
    written = value if isinstance(value, str) else ""
    what = f"no plan is called `{written}`" if written else "a plan should be named here"
    named.mistaken(what, f"the family's plans are {listed(plans)}", suggest(written, plans))
    return ""


def _plans(family: Spot) -> tuple[str, ...]:
    return tuple(family.at("plans").named)
