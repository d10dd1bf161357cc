"""How an issue reads: place, excerpt, caret, why, fix; and its forms for machines."""

from pathlib import Path

from site_builder.errors import (
    EXCERPT_WIDTH,
    InputError,
    Issue,
    Place,
    as_annotation,
    as_json,
    did_you_mean,
    in_order,
    render,
    render_all,
    suggest,
)

ISSUE = Issue(Place("plans/a.yaml", 2, 3), "`renwal` is unknown", "nothing would read it", "did you mean `renewal`?")


def test_an_issue_reads_from_place_to_fix() -> None:
    assert render(ISSUE, "a: 1\n  renwal: 2\n") == (
        "plans/a.yaml:2:3: `renwal` is unknown\n"
        "    2 |   renwal: 2\n"
        "      |   ^\n"
        "  why: nothing would read it\n"
        "  fix: did you mean `renewal`?"
    )


def test_an_issue_of_a_whole_file_has_no_excerpt() -> None:
    assert render(Issue(Place("plans/a.yaml"), "too big"), "a: 1\n") == "plans/a.yaml: too big"


def test_the_caret_counts_characters_and_tabs_as_one() -> None:
    lines = render(Issue(Place("a", 1, 5), "here", excerpt="\té\u00a0 x")).split("\n")
    assert lines[1] == "    1 | →é\u00a0 x"
    assert lines[1][lines[2].index("^")] == "x"


def test_the_caret_may_stand_after_the_last_character() -> None:
    assert render(Issue(Place("a", 1, 99), "here", excerpt="abc")).split("\n")[2] == "      |    ^"


def test_a_long_line_is_clipped_around_its_caret() -> None:
    line = "x" * 300 + "y" + "z" * 300
    lines = render(Issue(Place("a", 1, 301), "here", excerpt=line)).split("\n")
    shown = lines[1].partition(" | ")[2]
    assert len(shown) == EXCERPT_WIDTH + 2
    assert shown.startswith("…x")
    assert shown.endswith("z…")
    assert lines[1][lines[2].index("^")] == "y"


def test_a_line_of_the_full_width_is_not_clipped() -> None:
    line = "x" * EXCERPT_WIDTH
    assert render(Issue(Place("a", 1, EXCERPT_WIDTH), "here", excerpt=line)).split("\n")[1].endswith("| " + line)


def test_what_a_file_holds_cannot_move_the_cursor() -> None:
    text = render(Issue(Place("a", 1, 1), "key `\x1b[2J\n`", excerpt="\x1b[2J"))
    assert "\x1b" not in text
    assert text.split("\n")[0] == "a:1:1: key `�[2J `"


def test_all_issues_are_rendered_with_their_number(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("first\nsecond\n", encoding="utf-8")
    issues = (Issue(Place("a", 2, 1), "two"), Issue(Place("gone", 1, 1), "lost"))
    assert render_all(issues, tmp_path) == "a:2:1: two\n    2 | second\n      | ^\n\ngone:1:1: lost\n\n2 errors\n"
    assert render_all(issues[1:]) == "gone:1:1: lost\n\n1 error\n"


def test_issues_are_sorted_by_place_and_told_once() -> None:
    later, sooner = Issue(Place("a", 10, 1), "x"), Issue(Place("a", 9, 2), "x")
    assert in_order([later, sooner, later]) == (sooner, later)
    assert InputError([later, sooner]).issues == (sooner, later)
    assert str(InputError([later])) == "a:10:1: x\n\n1 error\n"


def test_an_issue_as_json() -> None:
    assert as_json(ISSUE) == {
        "file": "plans/a.yaml",
        "line": 2,
        "column": 3,
        "what": "`renwal` is unknown",
        "why": "nothing would read it",
        "fix": "did you mean `renewal`?",
        "excerpt": ISSUE.excerpt,
    }


def test_an_issue_as_an_annotation() -> None:
    issue = Issue(Place("a,b:c.yaml", 2, 3), "100 % wrong", fix="write\nless")
    assert as_annotation(issue) == "::error file=a%2Cb%3Ac.yaml,line=2,col=3::100 %25 wrong%0Afix: write%0Aless"
    assert as_annotation(Issue(Place("a"), "gone")) == "::error file=a::gone"


def test_a_near_name_is_offered() -> None:
    assert did_you_mean("Renwal", ["price", "renewal"]) == "renewal"
    assert did_you_mean("colour", ["price", "renewal"]) is None
    assert suggest("renwal", ["price", "renewal"]) == "did you mean `renewal`?"
    assert suggest("colour", ["renewal", "price"]) == "write one of `price`, `renewal`"
    assert suggest("colour", ["price"]) == "write `price`"
    assert suggest("colour", []) == "leave it out"
