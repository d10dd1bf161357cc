"""Lines in the wrong column: whatever was moved, the file is read as it was meant, and one line is named."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from site_builder.errors import did_you_mean
from site_builder.plans import indentation, load_families, run_examples, shape
from site_builder.plans.indentation import mended
from site_builder.plans.shape import PLAN_FILE, REGION_FILE, shape_of
from site_builder.sources import Value, parse_yaml
from site_builder.sources.moving import Move, columns_before, extents, moved, reread
from site_builder.sources.rough_tree import Rough, read_roughly
from site_builder.sources.text import indent, speaks
from tests.site_builder.plan_files import REGIONS, SMALL, with_changes, write_plans

SHAPE = shape_of(PLAN_FILE)
LINES = SMALL.split("\n")
SPEAKING = [number for number, line in enumerate(LINES, 1) if speaks(line)]
ROOT = Path(__file__).parents[2]


def read(text: str) -> Value:
    document, issues = parse_yaml(text, "small.yaml")
    return None if document is None or issues else document.value


def line_of(part: str) -> int:
    return next(number for number, line in enumerate(LINES, 1) if line.strip().startswith(part))


@pytest.mark.parametrize("by", [2, -2, 1, -4])
def test_what_was_moved_is_moved_back(by: int) -> None:
    tried = 0
    for number in SPEAKING[abs(by) :: 4]:
        lasts = extents(LINES, number, 0)
        last = lasts[-1] if by == -2 else lasts[number % 2 % len(lasts)]
        wrong = moved(LINES, Move(number, last, by))
        value = read("\n".join(wrong))
        if indent(LINES[number - 1]) < -by or (value is not None and not SHAPE.misfits(value)):
            continue
        meant = mended(wrong, "small.yaml", SHAPE)
        assert meant, "\n".join(wrong[number - 3 : last + 3])
        assert meant.document.value == read(SMALL), [str(issue.place) for issue in meant.issues]
        tried += 1
    assert tried >= 7


@pytest.mark.parametrize("path", sorted((ROOT / "plans").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_right_file_fits_its_shape(path: Path) -> None:
    assert SHAPE.misfits(read(path.read_text("utf-8"))) == {}
    assert mended(path.read_text("utf-8").split("\n"), path.name, SHAPE) is None


def test_a_right_file_of_regions_fits_its_shape() -> None:
    for path in (ROOT / "plans" / "regions").glob("*.yaml"):
        assert shape_of(REGION_FILE).misfits(read(path.read_text("utf-8"))) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("windows:", "windws:"),
        ("    unit: user", "    colour: red\n    unit: user"),
        ("    unit: user", '    unit: "user'),
        ("term: {months: 12}", "term: {months: 12"),
        ("family: small", "- small"),
        ("name: {fr: Petit, en: Small}", "  fr: Petit\n  en: Small"),
        ("    unit: user", "          cells: {care: price}"),
    ],
)
def test_other_mistakes_are_left_to_others(old: str, new: str) -> None:
    assert mended(with_changes((old, new)).split("\n"), "small.yaml", SHAPE) is None


def test_no_text_swallows_a_key() -> None:
    text = with_changes(
        ("    unit: user", "    summery:\n      fr: >-\n        Un mot.\n    colour: red\n    unit: user")
    )
    assert mended(text.split("\n"), "small.yaml", SHAPE) is None


def test_a_line_of_a_text_is_one() -> None:
    text = with_changes(("{fr: Petit, en: Small}", "\n  fr: >-\n    Un petit\n  forfait.\n  en: Small"))
    meant = mended(text.split("\n"), "small.yaml", SHAPE)
    assert meant
    (issue,) = meant.issues
    assert (issue.what, issue.fix) == (
        "this line of a text is not indented far enough",
        "indent this line by 2 more spaces",
    )


def test_right_files_ask_for_none_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("indentation", "shape", "refused", "as_typed"):
        monkeypatch.setitem(sys.modules, f"site_builder.plans.{name}", None)
    run_examples(load_families(write_plans(tmp_path, {"small.yaml": SMALL, "regions/some.yaml": REGIONS})))
    with pytest.raises(ImportError):
        load_families(write_plans(tmp_path, {"small.yaml": SMALL.replace("unit: user", "unti: user")}))


FLAT = "\n".join(f"key{number}: x" for number in range(9_990))
STEPS = "\n".join("  " * (number % 40) + f"key{number}:" for number in range(5_000))
WRONG = "\nplans:\n  a:\n    unit: b\n   term: c"


@pytest.mark.slow
@pytest.mark.parametrize("text", [FLAT, FLAT + WRONG, STEPS + WRONG], ids=["flat", "flat-broken", "steps"])
def test_large_wrong_files_are_read_a_few_times_only(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counter[str]()

    def reading(text: str) -> Rough:
        counted["read"] += 1
        return read_roughly(text)

    def liking(key: str, known: list[str]) -> str | None:
        counted["likened"] += 1
        return did_you_mean(key, known)

    monkeypatch.setattr(indentation, "read_roughly", reading)
    monkeypatch.setattr(shape, "did_you_mean", liking)
    assert mended(text.split("\n"), "small.yaml", SHAPE) is None
    assert 0 < counted["read"] <= 60
    assert counted["likened"] <= 4 * 200


@pytest.mark.parametrize(
    "text",
    [FLAT + WRONG + "\n#" * 20, FLAT + WRONG + "\nx: [" + "a," * 20 + "]", "x: " + "a" * 250_000 + WRONG],
    ids=["lines", "commas", "characters"],
)
def test_a_file_that_is_too_large_is_not_tried(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(indentation, "read_roughly")
    assert mended(text.split("\n"), "small.yaml", SHAPE) is None


def test_places_are_those_in_the_file() -> None:
    number = line_of("bank:")
    wrong = moved(LINES, Move(number, number + 5, 2))
    document = reread("small.yaml", wrong, [Move(number, number + 5, -2)])
    assert document
    assert document.value == read(SMALL)
    assert document.key_place(("plans", "bank", "unit")).column == 7
    assert document.key_place(("units",)).column == 1
    assert document.lines == wrong


def test_open_columns_are_those_of_keys_and_dashes() -> None:
    assert columns_before(["a:", "  - b: 1", "    # c", ""], 5) == (4, 2, 0)
    assert columns_before(["a: 1"], 1) == ()


def test_misfits_weigh_what_nobody_reads() -> None:
    value = read(with_changes(("term: {months: 12}", "trm: {months: 12}")))
    assert SHAPE.misfits(value) == {("plans", "care", "trm"): 2}
    assert SHAPE.misspelt(value, ("plans", "care", "trm"))
    assert not SHAPE.misspelt(value, ("plans", "care", "term"))
    assert not SHAPE.misspelt(value, ())


def test_a_language_that_the_file_has_not_is_no_part_of_a_text_but_a_plan_may_be_called_anything() -> None:
    """What a plan may be called is judged by its reader, who says it better."""
    assert SHAPE.misfits(read(with_changes(("\n  care:\n", "\n  Été:\n")))) == {}
    assert SHAPE.misfits({"locales": {"fr": "fr-CA"}, "plans": {"Été": {"name": {"fr": "A", "en": "B"}}}}).keys() >= {
        ("plans", "Été", "name", "en")
    }
