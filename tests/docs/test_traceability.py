"""docs/traceability.md speaks of places, examples and tests that exist, and of words that are on the pages."""

import ast
import html
import importlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from site_builder.errors import InputError
from site_builder.plans import Families, load_families
from site_builder.sources import Document, Value
from tests.docs.markdown import ROOT
from tests.docs.sessions import type_in, without_docs

PAGE: Final = ROOT / "docs" / "traceability.md"
WORDS: Final = ("terms", "inclusions", "exclusions", "readings", "comparison")


@dataclass(frozen=True)
class Row:
    """A rule: its family (empty for the rules of all), where it lives, what holds it."""

    family: str
    rule: str
    places: tuple[str, ...]
    held: tuple[str, ...]
    on_page: bool


def rows() -> list[Row]:
    return list(_rows(PAGE.read_text("utf-8")))


def _rows(text: str) -> Iterator[Row]:
    family = ""
    for line in text.splitlines():
        if line.startswith("## "):
            name = line[3:].partition(":")[0]
            family = name if (ROOT / "plans" / f"{name}.yaml").exists() else ""
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| ") and len(cells) == 4 and cells[3] != "held by":
            held = cells[3].split(", ")
            yield Row(family, cells[0], _named(cells[2]), _named(cells[3]), "page" in held)


def _named(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


@cache
def families() -> Families:
    return load_families(ROOT / "plans")


def words_at(document: Document, place: str) -> Value:
    """What stands at a place of a plan file: a plan's rule, or something at its top; None where there is nothing."""
    steps = place.split(".")
    if steps[0] == "comparison":
        groups = document.at(("comparison", "groups"))
        for group in groups if isinstance(groups, list) else []:
            if row := _step(_step([group], "rows"), steps[1]):
                return row
        return None
    plans = document.at(("plans",))
    value = plans if isinstance(plans, dict) and steps[0] in plans else document.value
    for step in steps:
        value = _step(value, step)
    return value


def _step(value: Value, step: str) -> Value:
    """What a step leads to: a key, or in a list the item of that id or code, or the first item that has the key."""
    if isinstance(value, dict):
        return value.get(step)
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    named = [item for item in items if step in (item.get("id"), item.get("code"))]
    return named[0] if named else next((item[step] for item in items if step in item), None)


def exists(row: Row, place: str) -> bool:
    """Whether a place, function or file is there."""
    if "/" in place:
        return (ROOT / place).is_file()
    if place.startswith(("calculator.", "site_builder.")):
        return _importable(place)
    return bool(row.family) and words_at(families().files[row.family].document, place) not in (None, "", [], {})


def _importable(name: str) -> bool:
    module, _, last = name.rpartition(".")
    try:
        if hasattr(importlib.import_module(module), last):
            return True
        importlib.import_module(name)
    except ImportError:
        return False
    return True


@cache
def names_in(path: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8"))) if path.is_file() else ()
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def holds(row: Row, name: str) -> bool:
    """Whether an example or a test is there."""
    file, mark, test = name.partition("::")
    if mark:
        return test in names_in(ROOT / file if "/" in file else ROOT / "tests" / "calculator" / file)
    if name.startswith("tests/"):
        return (ROOT / name).is_file()
    family, _, example = name.rpartition("/") if "/" in name else (row.family, "", name)
    file_of = families().files.get(family)
    return file_of is not None and example in {known.id for known in file_of.words.examples}


@pytest.mark.parametrize("family", ["", *sorted(path.stem for path in (ROOT / "plans").glob("*.yaml"))])
def test_every_place_example_and_test_exists(family: str) -> None:
    found = [row for row in rows() if row.family == family]
    assert len(found) > 10
    missing = [f"{row.rule}: {place}" for row in found for place in row.places if not exists(row, place)]
    missing += [f"{row.rule}: {name}" for row in found for name in row.held if not holds(row, name)]
    assert missing == []


def test_every_rule_lives_somewhere_and_is_held() -> None:
    assert [row.rule for row in rows() if not row.places or not (row.held or row.on_page)] == []


def test_what_does_not_exist_is_found() -> None:
    places, held = "`vip.renewal.windows.lat`, `terms.none`, `calculator.money.no`", "`none`, `test_money.py::test_no`"
    (row,) = _rows(f"## keystroke: x\n| a | fact | {places} | {held} |\n")
    assert not any(exists(row, place) for place in row.places)
    assert not any(holds(row, name) for name in row.held)


def test_every_clause_reading_and_term_is_traced() -> None:
    """A rule that is added to a plan file gets its row."""
    untraced = []
    for family, file in families().files.items():
        named = {place for row in rows() if row.family == family for place in row.places}
        known = [f"terms.{term.id}" for term in file.words.terms]
        known += [f"readings.{reading.id}" for reading in file.words.readings]
        known += [f"comparison.{line.id}" for group in file.words.comparison.groups for line in group.rows]
        known += [f"inclusions.{item.id}" for item in file.words.inclusions]
        known += [f"exclusions.{item.id}" for item in file.words.exclusions]
        untraced += [f"{family}: {name}" for name in known if name not in named]
    assert untraced == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of all families, without the calculator."""
    root = tmp_path_factory.mktemp("built")
    for name in ("plans", "content"):
        shutil.copytree(ROOT / name, root / name)
    without_docs(root)
    try:
        said = type_in("clairplan build", root)
    except InputError as error:
        pytest.fail(str(error))
    assert "pages in public" in said, said
    return root / "public"


def test_words_that_rules_live_in_are_on_the_pages(built: Path) -> None:
    missing = []
    plain = cache(lambda page: _plain((built / page / "index.html").read_text("utf-8")))
    for row in rows():
        if not row.on_page:
            continue
        file = families().files[row.family]
        for lang in file.words.locales:
            page = plain(f"{lang}/{row.family}")
            for place in row.places:
                for words in _said(words_at(file.document, place) if "/" not in place else None, lang, place):
                    missing += [f"{row.family}/{lang}: {place}: {words}"] if _letters(words) not in page else []
    assert missing == []


def _said(value: Value, lang: str, place: str) -> Iterator[str]:
    """The words in one language of a term, an item of a list, a reading, or a row of the comparison with its cells."""
    if not place.startswith((*WORDS, "support", "next_step", "summary")) or not isinstance(value, dict):
        return
    if set(value) >= {lang} and isinstance(value[lang], str):
        yield str(value[lang])
        return
    for inner in value.values():
        yield from _said(inner, lang, place)


def _plain(page: str) -> str:
    """The page's letters and digits, without markup: spaces and quotes are the locale's affair."""
    return _letters(html.unescape(re.sub(r"<[^>]+>", " ", page)))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
