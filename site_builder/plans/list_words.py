"""Reads the lists of a plan file: the comparison, what is in, what is out, and terms in words."""

from typing import Final

from site_builder.errors import listed, suggest
from site_builder.plans.checking import Checker
from site_builder.plans.splitting import mapping_keys
from site_builder.plans.words import Cell, Comparison, Group, ListItem, Row, Term, Text
from site_builder.sources import Path

CELL_WORDS: Final = ("yes", "no", "ask", "none", "price")
_ANSWERS: Final = ("paid", "grace_call", "other")
_STATUSES: Final = ("fact", "decision")


def read_comparison(checker: Checker) -> Comparison:
    """The comparison: groups of rows, and in each row one cell for each plan."""
    path: Path = ("comparison",)
    if not checker.has(path) or not checker.keys(path, "the comparison", ("groups",)):
        return Comparison()
    seen = dict[str, Path]()
    return Comparison(
        tuple(_read_group(checker, item, seen) for item in checker.items((*path, "groups"), "the groups"))
    )


def _read_group(checker: Checker, path: Path, seen: dict[str, Path]) -> Group:
    if not checker.keys(path, "a group", ("id", "title", "rows")):
        return Group("", {}, ())
    rows = tuple(_read_row(checker, item, seen) for item in checker.items((*path, "rows"), "the rows"))
    return Group(_id(checker, path, seen), _text(checker, path, "title", "the group's title"), rows)


def _read_row(checker: Checker, path: Path, seen: dict[str, Path]) -> Row:
    if not checker.keys(path, "a row", ("id", "title", "cells"), ("footnote",)):
        return Row("", {}, {}, None)
    return Row(
        _id(checker, path, seen),
        _text(checker, path, "title", "the row's title"),
        _read_cells(checker, (*path, "cells")) if checker.has((*path, "cells")) else {},
        checker.optional_text((*path, "footnote"), "the row's footnote"),
    )


def _read_cells(checker: Checker, path: Path) -> dict[str, Cell]:
    plans = mapping_keys(checker.document, ("plans",))
    written = checker.mapping(path, "the cells of a row")
    for plan in written:
        if plan not in plans:
            why = f"the family's plans are {listed(plans)}"
            missing = [name for name in plans if name not in written]
            checker.at_key((*path, plan), f"no plan is called `{plan}`", why, suggest(plan, missing))
    for plan in plans:
        if plan not in written and isinstance(checker.document.at(path), dict):
            why = "a row has exactly one cell for each plan"
            fix = f"add `{plan}: {{text: …}}`, or one of {listed(CELL_WORDS)}"
            checker.at_key(path, f"the cell of `{plan}` is missing", why, fix)
    return {plan: _read_cell(checker, (*path, plan)) for plan in plans if plan in written}


def _read_cell(checker: Checker, path: Path) -> Cell:
    value = checker.document.at(path)
    if isinstance(value, dict):
        if not checker.keys(path, "a cell", ("text",)):
            return Cell("none")
        return Cell("text", _text(checker, path, "text", "the cell's text"))
    if isinstance(value, str) and value in CELL_WORDS:
        return Cell(value)
    why = f"a cell is {listed(CELL_WORDS)}, or holds words"
    checker.at_value(
        path, "this is no cell of the comparison", why, f"write one of these, or `{{text: {_template(checker)}}}`"
    )
    return Cell("none")


def read_inclusions(checker: Checker) -> tuple[ListItem, ...]:
    """What is in; without `plans` it holds for all of them."""
    return _read_list(checker, "inclusions", ())


def read_exclusions(checker: Checker) -> tuple[ListItem, ...]:
    """What is out, and who helps with it."""
    return _read_list(checker, "exclusions", ("answer", "plan"))


def _read_list(checker: Checker, key: str, more: tuple[str, ...]) -> tuple[ListItem, ...]:
    seen = dict[str, Path]()
    return tuple(_read_item(checker, path, more, seen) for path in checker.items((key,), f"`{key}`"))


def _read_item(checker: Checker, path: Path, more: tuple[str, ...], seen: dict[str, Path]) -> ListItem:
    if not checker.keys(path, "an item", ("id", "text"), ("plans", *more)):
        return ListItem("", {}, ())
    every = mapping_keys(checker.document, ("plans",))
    named = tuple(checker.items((*path, "plans"), "the plans"))
    answer, plan = (*path, "answer"), (*path, "plan")
    return ListItem(
        _id(checker, path, seen),
        _text(checker, path, "text", "the item's text"),
        tuple(_plan(checker, item) for item in named) if named else every,
        checker.one_of(answer, _ANSWERS) if more and checker.has(answer) else None,
        _plan(checker, plan) if more and checker.has(plan) else None,
    )


def read_terms(checker: Checker) -> tuple[Term, ...]:
    """Rules in words, each said to be a fact of the source or our decision."""
    seen = dict[str, Path]()
    return tuple(_read_term(checker, path, seen) for path in checker.items(("terms",), "`terms`"))


def _read_term(checker: Checker, path: Path, seen: dict[str, Path]) -> Term:
    if not checker.keys(path, "a term", ("id", "status", "text")):
        return Term("", _STATUSES[0], {})
    status = (*path, "status")
    return Term(
        _id(checker, path, seen),
        checker.one_of(status, _STATUSES) if checker.has(status) else _STATUSES[0],
        _text(checker, path, "text", "the term's text"),
    )


def _plan(checker: Checker, path: Path) -> str:
    plans, value = mapping_keys(checker.document, ("plans",)), checker.document.at(path)
    if isinstance(value, str) and value in plans:
        return value
    written = value if isinstance(value, str) else ""
    what = f"no plan is called `{written}`" if written else "a plan should be named here"
    checker.at_value(path, what, f"the family's plans are {listed(plans)}", suggest(written, plans))
    return ""


def _id(checker: Checker, path: Path, seen: dict[str, Path]) -> str:
    return checker.identifier((*path, "id"), seen) if checker.has((*path, "id")) else ""


def _text(checker: Checker, path: Path, key: str, what: str) -> Text:
    """A text whose key, if missing, has been noted with the others of its mapping."""
    return checker.text((*path, key), what) if checker.has((*path, key)) else {}


def _template(checker: Checker) -> str:
    return f"{{{', '.join(f'{language}: …' for language in checker.languages)}}}"
