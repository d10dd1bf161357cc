"""Markdown in two parts, with places that count from the top of the file."""

from pathlib import Path

from site_builder.errors import Place
from site_builder.sources import parse_page, read_page


def test_front_matter_and_body_are_split() -> None:
    page, issues = parse_page("---\ntitle: Accueil\ndraft: no\n---\n\n# Bonjour\n", "fr/a.md")
    assert not issues
    assert page
    assert page.front.value == {"title": "Accueil", "draft": "no"}
    assert page.body == "\n# Bonjour\n"
    assert page.body_line == 5
    assert page.front.key_place(("draft",)) == Place("fr/a.md", 3, 1)


def test_mistakes_in_front_are_placed_in_the_file() -> None:
    page, issues = parse_page("---\ntitle: a\ntitle: b\n---\ntext\n", "a.md")
    assert page
    assert [(issue.place, issue.excerpt) for issue in issues] == [(Place("a.md", 3, 1), "title: b")]
    page, issues = parse_page("---\ntitle: a: b\n---\ntext\n", "a.md")
    assert page is None
    assert issues[0].place == Place("a.md", 2, 9)


def test_a_page_may_have_no_front_matter() -> None:
    page, issues = parse_page("# Only text\n\n---\n", "a.md")
    assert not issues
    assert page
    assert page.front.value is None
    assert page.body == "# Only text\n\n---\n"
    assert page.body_line == 1


def test_front_matter_must_be_closed() -> None:
    page, issues = parse_page("---\ntitle: a\n", "a.md")
    assert page is None
    assert issues[0].place == Place("a.md", 1, 1)
    assert issues[0].what == "the front matter is not closed"


def test_a_page_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\r\ntitle: a\r\n---\r\ntext\r\n")
    page, issues = read_page(tmp_path / "a.md", tmp_path)
    assert not issues
    assert page
    assert (page.front.value, page.body) == ({"title": "a"}, "text\n")
    assert read_page(tmp_path / "b.md", tmp_path)[1][0].place == Place("b.md")
