"""The quick reader of YAML never reads what the strict one refuses or reads otherwise, and reads what is usual."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.sources import MAX_DEPTH, Value, parse_yaml, tree
from site_builder.sources.documents import Bare
from site_builder.sources.quick_tree import read_quickly
from site_builder.sources.text import is_unseen
from tests.fuzz.mutations import mutated

ROOT = Path(__file__).parents[2]
USUAL = ("plans", "site_builder/locales", "site_builder/starter", "content")
YAML_FILES = sorted(path for folder in (*USUAL, "tests/sites_invalid") for path in (ROOT / folder).rglob("*.yaml"))


def quickly(text: str) -> Value:
    return read_quickly(text)


def shape(value: Value) -> object:
    """The value with the classes of its scalars: a plain `30` is not a quoted one."""
    if isinstance(value, dict):
        return {key: shape(held) for key, held in value.items()}
    return [shape(held) for held in value] if isinstance(value, list) else (type(value), value)


def agree(text: str) -> bool:
    """Whether the text was read quickly; if so, it must have been read as the strict reader does."""
    quick = quickly(text)
    if quick is None:
        return False
    strict, issues = tree._read(text, "file", text.split("\n"))
    assert strict is not None, text
    assert issues == [], text
    assert shape(strict.value) == shape(quick), text
    document, _ = parse_yaml(text, "file")
    assert document is not None
    assert (document.keys, document.values) == (strict.keys, strict.values), text
    return True


def text_of(path: Path) -> str:
    return path.read_bytes().decode(errors="replace").replace("\r\n", "\n")


def test_files_are_read_as_the_strict_way_reads_them() -> None:
    assert sum(agree(text_of(path)) for path in YAML_FILES) > 80


def test_files_as_people_write_them_are_read_quickly() -> None:
    files = [path for folder in USUAL for path in (ROOT / folder).rglob("*.yaml") if "workflows" not in path.parts]
    assert [path.name for path in files if quickly(text_of(path)) is None] == []


USUAL_TEXTS = {
    "---\na: b\n": {"a": "b"},
    "- a\n-\n- - b\n": None,
    "- a\n-\n-   c: d\n    e: f\n": None,
    "- a\n-   c: d\n    e: f\n": ["a", {"c": "d", "e": "f"}],
    "a:\n- b\n- c:\n  - d\ne: ~\n": {"a": ["b", {"c": ["d"]}], "e": None},
    "a:\n": None,
    "a: What is it? # b\nc: Act#! at 12:30, https://x\n": {"a": "What is it?", "c": "Act#! at 12:30, https://x"},
    "a: one\n  two#three\n\nb: 'one\n  two'\nc: \"one\n two\" # x\n": {
        "a": "one two#three",
        "b": "one two",
        "c": "one two",
    },
    "a: >-\n  b\n  c\n\n  d\ne: |\n  f\n\n  # g\n# h\n": {"a": "b c\nd", "e": "f\n\n# g\n"},
    "a: {b: c, # d\n  e: [1, true,], f: {}}\n": {"a": {"b": "c", "e": ["1", "true"], "f": {}}},
    'a: "b\\"c\\u00e9\\n"\nb: \'it\'\'s\'\n"c": ~\n': {"a": 'b"cé\n', "b": "it's", "c": None},
    "a:\n  b\n": {"a": "b"},
    "a: - b\n": None,
    "a: {b: c} d\n": None,
    "a: {b: c}, e\n": None,
    "a: [b c: d]\n": {"a": [{"b c": "d"}]},
    "a: [,]\n": None,
    "a: {b: 1, b: 2}\n": None,
    "a: {b, c: 2}\n": None,
    "a: {null: 2}\n": None,
    "a: [b?]\n": None,
    "a: [b]]\n": None,
    "a: [b}\n": None,
    "a: [b\n": None,
    "a: b\na: c\n": None,
    "null: b\n": None,
    "a: b\n c: d\n": None,
    "a:\n  b: c\n d: e\n": None,
    "a: one\n\n  two\n": {"a": "one\ntwo"},
    "a: one # two\n  three\n": None,
    "a: >\n  b": {"a": "b"},
    "a: |\n   b\n  c\n": None,
    'a: "\\e"\n': None,
    'a: "b" "c"\n': None,
    "a: &b c\n": None,
    "a: b\nc: {a: 1}\n": {"a": "b", "c": {"a": "1"}},
    "a: b\nc: {&d a: 1}\n": None,
    "a: b\nc: {!d a: 1}\n": None,
    "a: {'~': 1}\nb: {~: 2}\n": None,
    "a: {'<<': 1}\nb: {<<: 2}\n": None,
    "a?: 1\nb: {a?: 2}\n": None,
    "30: true\nb: {30: 'true'}\n": {"30": "true", "b": {"30": "true"}},
    "a\n": None,
    "": None,
    "# a\n": None,
}


@pytest.mark.parametrize("text", USUAL_TEXTS)
def test_what_is_usual_is_read_and_the_rest_is_left(text: str) -> None:
    assert quickly(text) == USUAL_TEXTS[text]
    agree(text)


def test_plain_numbers_are_marked_where_they_stand() -> None:
    value = quickly("a: 30\nb: \"30\"\nc: [true, '1', -1, 007]\n")
    assert isinstance(value, dict)
    assert isinstance(value["c"], list)
    marked = [type(held) is Bare for held in (value["a"], value["b"], *value["c"])]
    assert marked == [True, False, True, False, True, False]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("- ", "")])
def test_depth_is_bounded_as_in_the_strict_way(opening: str, closing: str) -> None:
    assert not agree(opening * (MAX_DEPTH + 1) + closing * (MAX_DEPTH + 1))
    lines = "".join(f"{' ' * depth}k:\n" for depth in range(MAX_DEPTH - 1))
    inner = " " * MAX_DEPTH
    assert agree(f"{lines}{inner}[]\n")
    assert agree(f"{lines}{inner}a: b\n")
    for deeper in ("[[]]", "a: []", "a:\n" + inner + "- b", "- []"):
        assert not agree(f"{lines}{inner}{deeper}\n")


@pytest.mark.parametrize("seed", range(3))
def test_broken_files_are_read_alike_or_not_at_all(seed: int) -> None:
    chance = random.Random(seed)
    texts = [text_of(path) for folder in USUAL for path in sorted((ROOT / folder).rglob("*.yaml"))]
    lines = [text.split("\n") for text in texts]
    pieces = ["\n".join(some[start : start + 20]) for some in lines for start in range(0, len(some), 15)]
    read = sum(agree(text) for _ in range(400) if not is_unseen(text := mutated(chance.choice(pieces), chance)))
    assert read > 10


HOSTILE = {
    "escaped quotes": 'a: {b: "' + '\\"' * 200_000 + "\n",
    "quotes": "a: [" + "\"'" * 100_000 + "\n",
    "a text without end": 'a: "b\n' + "c\n" * 200_000,
    "brackets": "a: " + "[" * 200_000 + "\n",
    "spaces": "a: b" + " " * 400_000 + ":\n",
    "dashes": "- " * 200_000 + "\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_meant_to_be_hard_is_given_up_soon(name: str) -> None:
    started = time.process_time()
    assert quickly(HOSTILE[name]) is None
    assert time.process_time() - started < 2


PARTS = (
    *("a", "b", "1", "true", "null", "é", "\u00a0", "\n", "\n  ", "\n    ", " ", "\n- ", "a: ", "b: ", "- ", ": ", ":"),
    *(
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
        '"',
        "'",
        "\\n",
        "#",
        " #",
        "?",
        "|",
        ">-",
        "-",
        "---",
        "...",
        "&",
        "*",
        "!",
        "%",
        "@",
    ),
    *("@", "<<: "),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=24))
def test_odd_texts_are_read_alike_or_not_at_all(parts: list[str]) -> None:
    agree("".join(parts))
