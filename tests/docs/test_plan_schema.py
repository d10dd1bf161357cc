"""The schema of plan files says what the readers of plan files say: no key more, no key less."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from calculator.plan.prices import ADJUSTMENT_KINDS, PART_KINDS, ROW_KINDS
from calculator.request import FIELDS
from scripts.schema import DATED, PAGE, PLAN_FILE, REGION_FILE, page, pretty, with_versions
from site_builder.plans.checking import is_name
from site_builder.plans.example_words import EXPECTATIONS
from site_builder.plans.list_words import CELL_WORDS
from tests.docs.reading import Notes, as_yaml, notes_of_family, notes_of_regions
from tests.docs.schemas import as_editor, node_at, plan_file, refusals, region_file
from tests.site_builder.made_family import RULES
from tests.site_builder.plan_files import SMALL
from tests.site_builder.test_plans_invalid import DEFECTS, SITES

ROOT: Final = Path(__file__).resolve().parents[2]
PLANS: Final = sorted((ROOT / "plans").glob("*.yaml"))
REGIONS: Final = sorted((ROOT / "plans" / "regions").glob("*.yaml"))
HOLDERS: Final = ("options", "packs")
"""What of a plan is called by names that its file gives."""
SEEN_BY_OTHERS: Final = {"request": set(FIELDS), "expect": set(EXPECTATIONS)}
"""Mappings that only the examples have."""


def texts() -> dict[str, str]:
    """Plan files that together use every rule and every word."""
    shipped = {path.name: path.read_text("utf-8") for path in PLANS}
    return shipped | {"small": SMALL, "made": as_yaml(RULES | {"locales": {"en": "en-CA"}})}


def test_the_schemas_and_the_page_are_current() -> None:
    assert PLAN_FILE.read_text("utf-8") == pretty(with_versions(dict(plan_file()))) + "\n", "python -m scripts.schema"
    assert REGION_FILE.read_text("utf-8") == pretty(region_file()) + "\n"
    assert PAGE.read_text("utf-8") == page(with_versions(dict(plan_file())), dict(region_file()))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_shipped_plan_file_is_valid_and_points_to_the_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../site_builder/schema/plan-file.schema.json\n")
    assert refusals(plan_file(), as_editor(text)) == []


@pytest.mark.parametrize("path", REGIONS, ids=lambda path: path.stem)
def test_a_shipped_file_of_regions_is_valid_and_points_to_the_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../site_builder/schema/region-file.schema.json\n")
    assert refusals(region_file(), as_editor(text)) == []


def differences(notes: Notes, schema: Any, value: Any) -> list[str]:
    """Where the readers and the schema disagree on keys, words or bounds."""
    found = []
    for path, known in notes.known.items():
        if path[-1:] == ("words",):
            continue  # an option's choices, by the names that the file gives them
        node = node_at(schema, path, value)
        if (keys := set(node.get("properties", {}))) != known - _refused_later(path):
            found.append(f"{path}: read {sorted(known - keys)} more, {sorted(keys - known)} less")
        noted = notes.required.get(path, set()) | ({"from"} if _dated(path) else set())
        noted -= {"words"}  # needed with `type: choice`, which the schema says by a condition
        if (required := set(node.get("required", ()))) != noted:
            found.append(f"{path}: required in the schema {sorted(required)}, by the readers {sorted(noted)}")
    for path, words in notes.words.items():
        if (written := set(node_at(schema, path, value).get("enum", ()))) != words and not _named_above(path):
            found.append(f"{path}: words in the schema {sorted(written)}, by the readers {sorted(words)}")
    for path, bounds in notes.bounds.items():
        node = node_at(schema, path, value)
        if (limits := (node.get("minimum"), node.get("maximum"))) != bounds:
            found.append(f"{path}: bounds in the schema {limits}, by the readers {bounds}")
    return found


def _refused_later(path: tuple[str | int, ...]) -> set[str]:
    """Keys that are read at first, and refused or without effect there."""
    if path[-1:] and path[-1] in DATED:
        return {"from"}  # a section that is written once has no first day
    return {"tiers", "estimate"} if path[-2:-1] == ("fee",) else set()


def _dated(path: tuple[str | int, ...]) -> bool:
    """Whether this is one of several versions of a section; the reader looks for its day by itself."""
    return len(path) == 4 and path[2] in DATED and isinstance(path[3], int)


def _named_above(path: tuple[str | int, ...]) -> bool:
    """Words that a file declares itself: codes of lines and parts, choices of an option."""
    return path[-1] in ("on", "of") or "of" in path or "when" in path or "required_with" in path


@pytest.mark.parametrize("name", texts())
def test_the_schema_has_the_keys_words_and_bounds_that_are_read(name: str) -> None:
    text = texts()[name]
    assert differences(notes_of_family(text), plan_file(), as_editor(text)) == []


def test_the_schema_of_regions_has_the_keys_that_are_read() -> None:
    text = REGIONS[0].read_text("utf-8")
    notes = notes_of_regions(text)
    for path in notes.known:  # the words, which the engine does not read
        notes.known[path] |= {2: {"name", "source"}, 4: {"name"}}.get(len(path), set())
    assert differences(notes, region_file(), as_editor(text)) == []


def test_every_mapping_of_the_schema_was_compared() -> None:
    compared = set()
    for text in texts().values():
        nodes = (node_at(plan_file(), path, as_editor(text)) for path in notes_of_family(text).known)
        compared |= {frozenset(node.get("properties", ())) for node in nodes}
    definitions = plan_file()["$defs"].items()
    mappings = {name: frozenset(node["properties"]) for name, node in definitions if "properties" in node}
    unseen = {name for name, keys in mappings.items() if keys not in compared and name not in SEEN_BY_OTHERS}
    # The dated versions are made from their sections; a text's keys are languages.
    assert {name for name in unseen if not name.endswith("_from")} == {"text"}
    for name, keys in SEEN_BY_OTHERS.items():
        assert mappings[name] == keys


def test_names_are_those_that_are_read() -> None:
    names, schema = ["care", "care-plus", "2h", "a_b", "A", "a b", "é", "a--b", "-a", "a-", ""], plan_file()
    for holder in (schema["properties"]["plans"], *(schema["$defs"]["plan"]["properties"][key] for key in HOLDERS)):
        taken = {**holder["propertyNames"], "$defs": schema["$defs"]}
        assert [name for name in names if not refusals(taken, name)] == [name for name in names if is_name(name)]
    family = {**schema["properties"]["family"], "$defs": schema["$defs"]}
    assert [name for name in names if not refusals(family, name)] == names[:4]


def test_kinds_and_cells_are_those_that_are_read() -> None:
    definitions = plan_file()["$defs"]
    for name, kinds in (("price_row", ROW_KINDS), ("part", PART_KINDS), ("adjustment", ADJUSTMENT_KINDS)):
        assert [entry["required"][0] for entry in definitions[name]["oneOf"]] == list(kinds)
    assert definitions["cell"]["then"]["enum"] == list(CELL_WORDS)


def test_every_key_is_described_and_shown() -> None:
    for schema in (plan_file(), region_file()):
        for where, node in _keys(schema, ""):
            assert node.get("description", "").endswith("."), where
            assert node.get("examples") is not None, f"{where} has no example"


def _keys(node: Any, where: str) -> list[tuple[str, Any]]:
    found = []
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            if isinstance(value, dict) and set(value) != {"const"}:
                found.append((f"{where}.{name}", value))
        found += [entry for name, value in node.items() if name != "if" for entry in _keys(value, f"{where}.{name}")]
    return found


# What a schema can see: keys and words. It sees neither what two places say of each other, nor a calendar.
_VISIBLE: Final = (
    r"is not a key ", r"^`[a-z_]+` is missing", r"is not one of the words known", r"is not a decimal number",
    r"is not a whole number", r"is neither true nor false", r"` is not known here", r"is no cell", r"none of its kinds",
    r"` and `[a-z_]+` exclude each other", r"should be given in each language", r"this is not a (list|mapping)",
    r"the file is (empty|not a mapping)", r"expects nothing", r"is not a window’s name", r"is empty in `",
)  # fmt: skip
_HIDDEN: Final = (
    r"is not a key of the words of",  # the choices are the file's own
    r"`from_day` is missing in",  # what a window lacks depends on the one before
    r"`term` is missing",  # so does a term, on what the plan offers
    r"`price` and `packs`",
)


def _visible(message: str) -> bool:
    return any(re.search(p, message) for p in _VISIBLE) and not any(re.search(p, message) for p in _HIDDEN)


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_schema_refuses_defects_of_keys_and_words(defect: str) -> None:
    site, seen = SITES / defect, set[str]()
    expected = (site / "expected.txt").read_text("utf-8")
    for file in sorted((site / "plans").rglob("*.yaml")):
        schema = region_file() if file.parent.name == "regions" else plan_file()
        try:
            seen |= set(refusals(schema, as_editor(file.read_text("utf-8"))))
        except (yaml.YAMLError, ValueError, TypeError):
            return  # the defect is one of YAML itself
    said = re.findall(r"^\S+?:\d+:\d+: (.+)$", expected, re.MULTILINE)
    visible = [message for message in said if _visible(message)]
    assert bool(seen) or not visible, f"the schema does not see: {visible}"


def test_a_site_of_the_defects_is_valid_without_its_defect() -> None:
    """Else the test above would find every defect refused, whatever it is."""
    for defect in ("gap-between-windows", "reading-of-unknown-clause", "example-a-cent-off", "unknown-tax-region"):
        text = (SITES / defect / "plans" / "small.yaml").read_text("utf-8")
        assert refusals(plan_file(), as_editor(text)) == []
