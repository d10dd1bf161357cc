"""Strict YAML: values as text, a place for each, and everything with two readings refused at its place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.errors import InputError, Issue, Place
from site_builder.sources import MAX_BYTES, MAX_DEPTH, Document, load_yaml, parse_yaml, read_yaml
from site_builder.sources.text import decode


def read(text: str) -> Document:
    document, issues = parse_yaml(text, "a.yaml")
    assert not issues
    assert document
    return document


def refused(text: str) -> list[tuple[str, str]]:
    """Places and messages of what is refused."""
    return [(f"{issue.place.line}:{issue.place.column}", issue.what) for issue in parse_yaml(text, "a.yaml")[1]]


@pytest.mark.parametrize(
    "scalar", ["no", "yes", "on", "12:30", "1.10", "1_000", "0x1F", "007", "1e3", ".inf", "2026-01-01", "true", "3"]
)
def test_scalars_stay_text(scalar: str) -> None:
    assert read(f"a: {scalar}\n").value == {"a": scalar}
    assert read(f"a: '{scalar}'\n").value == {"a": scalar}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_nothing_written_is_none(scalar: str) -> None:
    assert read(f"a: {scalar}\n").value == {"a": None}


def test_quoted_nothing_is_text() -> None:
    assert read("a: ''\nb: 'null'\n").value == {"a": "", "b": "null"}


def test_keys_are_text() -> None:
    assert read("on: 1\nno: 2\n12:30: 3\n").value == {"on": "1", "no": "2", "12:30": "3"}


def test_plain_integers_and_booleans_are_recognised_where_wanted() -> None:
    document = read('a: 30\nb: "30"\nc: [true, "true", -1, 0, 00, 1.0, 2026-01-01, null]\nd: 1234567890123456789\n')
    assert document.typed() == {
        "a": 30,
        "b": "30",
        "c": [True, "true", -1, 0, "00", "1.0", "2026-01-01", None],
        "d": "1234567890123456789",
    }
    assert document.typed(("c", 2)) == -1


def test_every_key_and_value_has_a_place() -> None:
    document = read("a:\n  - {b: é, c: x}\n")
    assert document.key_place(("a",)) == Place("a.yaml", 1, 1)
    assert document.value_place(("a",)) == Place("a.yaml", 2, 3)
    assert document.value_place(("a", 0, "b")) == Place("a.yaml", 2, 9)
    assert document.key_place(("a", 0, "c")) == Place("a.yaml", 2, 12)


def test_what_is_missing_is_placed_at_its_holder() -> None:
    document = read("a:\n  b:\n    c: x\n  d: [{e: f}]\n")
    assert document.value_place(("a", "b", "gone")) == document.key_place(("a", "b"))
    assert document.value_place(("a", "d", 0, "gone")) == document.value_place(("a", "d", 0))
    assert document.value_place(("gone", "too")) == document.value_place(())
    assert document.at(("a", "d", 0, "gone")) is None
    assert document.at(("a", "d", 7)) is None


def test_an_empty_file_has_a_place_too() -> None:
    document = read("# nothing\n")
    assert document.value is None
    assert document.value_place(()) == Place("a.yaml", 1, 1)


def test_equal_keys_are_refused_with_both_places() -> None:
    issues = parse_yaml("a: 1\nb: {c: 1, c: 2}\n'a': 3\n", "a.yaml")[1]
    assert [(issue.place.line, issue.what) for issue in issues] == [
        (2, "the key `c` is written twice"),
        (3, "the key `a` is written twice"),
    ]
    assert "a.yaml:2:5" in issues[0].why
    assert "a.yaml:1:1" in issues[1].why


def test_the_same_key_in_two_mappings_is_fine() -> None:
    assert read("- {a: 1}\n- {a: 2}\n").value == [{"a": "1"}, {"a": "2"}]


def test_indirection_is_refused_wherever_it_stands() -> None:
    assert refused("a: &x [1]\nb: *x\nc: {<<: {d: 1}}\nd: !!int 3\n") == [
        ("1:4", "the anchor `&x` is not read"),
        ("2:4", "the alias `*x` is not read"),
        ("3:5", "merge keys are not read"),
        ("4:4", "the tag `!!int` is not read"),
    ]


def test_a_quoted_merge_sign_is_a_key() -> None:
    assert read("'<<': 1\n").value == {"<<": "1"}


def test_keys_must_be_there_and_be_text() -> None:
    assert refused("? [a, {b: c}]\n: d\n") == [("1:3", "a key must be text")]
    assert refused("~: d\n") == [("1:1", "a key is missing")]
    document, _ = parse_yaml("? {a: &x b}\n: c\nd: e\n", "a.yaml")
    assert document
    assert document.value == {"d": "e"}


def test_a_second_document_is_refused_and_the_first_kept() -> None:
    document, issues = parse_yaml("a: 1\n---\na: 2\n---\na: 3\n", "a.yaml")
    assert document
    assert document.value == {"a": "1"}
    assert [str(issue.place) for issue in issues] == ["a.yaml:2:1"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(opening: str) -> None:
    document, issues = parse_yaml(opening * 100_000, "a.yaml")
    assert document is None
    assert f"more than {MAX_DEPTH} deep" in issues[0].what


def test_the_greatest_depth_is_read() -> None:
    assert parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml")[1] == []
    assert parse_yaml("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "a.yaml")[1]


SLIPS = {
    "a:\n\tb: 1\n": ("2:1", "a tab stands where YAML wants spaces"),
    "a: b: c\n": ("1:5", "a colon followed by a space is not expected here"),
    "a: @b\n": ("1:4", "a text cannot begin with `@`"),
    "a: **b**\n": ("1:5", "a text cannot begin with `*` or `&`"),
    "a: ? b\n": ("1:4", "a text cannot begin with `?` and a space"),
    "a:\n  b: 1\n c: 2\n": ("3:2", "this line is not indented as those before it"),
    'a: "b" c\n': ("1:8", "the text goes on after its end"),
    "a: 1\nb\nc: 2\n": ("2:1", "a colon is missing"),
    'a: "b\nc: 1\n': ("1:4", "the text is not closed"),
    'a: {b: "c}\nd: "e"\n': ("1:8", "the text is not closed"),
    "a: {b: c\nd: e\n": ("1:9", "`}` is missing at the end of this line"),
    "a: [b, c\n": ("1:9", "`]` is missing at the end of this line"),
    'a: "\\q"\n': ("1:6", "the escape `\\q` is unknown"),
    "a: !x!y z\n": ("1:4", "tags are not read"),
    "a: - b\n": ("1:4", "a list cannot begin here"),
    "a:\n  b: 1\n  - c\n": ("3:3", "a list item is not expected here"),
    ": b\n": ("1:1", "a key is missing"),
    "a: 1\n...\nb\n": ("3:1", "the document has ended before this line"),
    "a: |x\n": ("1:5", "this line cannot be read"),
    'a: "\\UFFFFFFFF"\n': ("1:7", "this escape or directive has no meaning"),
    "%YAML 1." + "1" * 5000 + "\n---\n": ("1:9", "this escape or directive has no meaning"),
    'a: "\\ud800"\n': ("1:4", "the text holds the character U+D800 (control character)"),
    'a: "\\e[2J"\n': ("1:4", "the text holds the character U+001B (escape)"),
    '"\\e": b\n': ("1:1", "the text holds the character U+001B (escape)"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_usual_slips_are_named_where_they_are_mended(text: str) -> None:
    assert refused(text) == [SLIPS[text]]


def test_issues_before_a_syntax_error_are_told_with_it() -> None:
    assert [what for _, what in refused("a: 1\na: 2\nb: @\n")] == [
        "the key `a` is written twice",
        "a text cannot begin with `@`",
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-? \n\t[]{}\"'#&*!|>%@`\\,<~.\u00e9\U0001f600", max_size=60))
def test_no_text_ends_in_a_traceback(text: str) -> None:
    document, issues = parse_yaml(text, "a.yaml")
    assert document is not None or issues
    for issue in issues:
        assert 1 <= issue.place.line <= text.count("\n") + 1
        assert issue.place.column >= 1


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    text, issues = decode(data, "a.yaml")
    assert (text is None) == bool(issues)


def only_issue(path: Path) -> Issue:
    document, issues = read_yaml(path, path.parent.parent)
    assert document is None
    assert len(issues) == 1
    return issues[0]


def test_bytes_that_are_not_utf8_are_placed_in_characters(tmp_path: Path) -> None:
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes("a: été\r\nb: é".encode() + b"\xff\n")
    issue = only_issue(path)
    assert issue.place == Place("plans/a.yaml", 2, 5)
    assert issue.what == "byte 0xFF is not UTF-8"
    assert issue.excerpt == "b: é�"


@pytest.mark.parametrize("char", ["\ufeff", "\x00", "\x1b", "\x85", "\u2028", "\x7f"])
def test_characters_that_cannot_be_seen_are_refused(char: str, tmp_path: Path) -> None:
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir()
    path.write_text(f"a: 1\nb: {char}2\n", encoding="utf-8", newline="")
    assert only_issue(path).place == Place("plans/a.yaml", 2, 4)


def test_a_lone_carriage_return_is_refused_and_a_pair_is_a_line_end() -> None:
    assert decode(b"a\r\nb\r\n", "a")[0] == "a\nb\n"
    assert decode(b"a\rb", "a")[1][0].place == Place("a", 1, 2)


def test_french_spaces_and_quotes_are_allowed() -> None:
    text = "« prix\u00a0: 1\u202f000 $ » — l’an"
    assert decode(text.encode(), "a") == (text, [])


def test_a_file_may_be_missing_or_too_big(tmp_path: Path) -> None:
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir()
    assert only_issue(path).place == Place("plans/a.yaml")
    path.write_bytes(b"#" * MAX_BYTES)
    assert read_yaml(path, tmp_path)[1] == []
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert only_issue(path).what == "the file is too big"


def test_loading_raises_with_all_issues(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: *x\nb: *y\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_yaml(path, tmp_path)
    assert len(caught.value.issues) == 2
    path.write_text("a: b\n", encoding="utf-8")
    assert load_yaml(path, tmp_path).value == {"a": "b"}


def test_a_file_outside_the_root_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: *x\n", encoding="utf-8")
    assert read_yaml(path, tmp_path / "elsewhere")[1][0].place.file == path.as_posix()
