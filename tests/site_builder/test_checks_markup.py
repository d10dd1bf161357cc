"""HTML in a written page is told with its place and what to write in Markdown, which then mends it."""

import re
from pathlib import Path

import pytest

from site_builder.checks.markup import markup_warnings
from site_builder.content import Written, to_html
from site_builder.errors import Issue
from site_builder.sources.front_matter import read_page

HEAD = "---\ntitle: About\ndescription: About us.\n---\n\n"


def warned(tmp_path: Path, body: str) -> list[Issue]:
    path = tmp_path / "about.md"
    path.write_text(HEAD + body, "utf-8")
    front, issues = read_page(path, tmp_path)
    assert front and not issues
    page = Written("en", "about", {}, front.body, front.front, front.body_line)
    return list(markup_warnings(page))


@pytest.mark.parametrize(
    ("html", "fix", "wanted"),
    [
        ("<b>bold</b>", "**bold**", "<strong>bold</strong>"),
        ("<STRONG>bold</STRONG>", "**bold**", "<strong>bold</strong>"),
        ("<em class='x'>soft</em>", "*soft*", "<em>soft</em>"),
        (
            '<a href="https://a.example/">here</a>',
            "[here](https://a.example/)",
            '<a href="https://a.example/">here</a>',
        ),
        ('<img src="../logo.svg" alt="Our logo">', "![Our logo](../logo.svg)", '<img alt="Our logo" src="../logo.svg"'),
        ("<h3>Prices</h3>", "### Prices", "<h3>Prices</h3>"),
    ],
)
def test_a_tag_is_told_with_the_markdown_for_it(html: str, fix: str, wanted: str, tmp_path: Path) -> None:
    (issue,) = warned(tmp_path, f"Hello.\n\n{html}\n")
    assert (issue.place.line, issue.place.column) == (8, 1)
    assert issue.fix.startswith(f"write `{fix}`")
    assert wanted in to_html(issue.fix.split("`")[1])


@pytest.mark.parametrize(
    ("html", "fix"),
    [
        ("one<br/>two", "end the line with two spaces in place of it"),
        ("<!-- later -->", "leave the remark out"),
        ("<div class='a'>x</div>", "leave out `<div class='a'>` and what closes it"),
        ("<ul>\n<li>one</li>\n</ul>", "write `- …` lines"),
    ],
)
def test_other_tags_are_told_with_what_to_do(html: str, fix: str, tmp_path: Path) -> None:
    assert warned(tmp_path, html)[0].fix.startswith(fix)


def test_each_kind_of_tag_is_told_once(tmp_path: Path) -> None:
    found = warned(tmp_path, "<b>one</b>\n\n<b>two</b> <i>three</i>\n")
    assert [re.findall(r"`(<[^>]*>)`", issue.what) for issue in found] == [["<b>"], ["<i>"]]


@pytest.mark.parametrize(
    "text",
    ["a < b > c", "`<b>` stands for bold", "```\n<b>code</b>\n```", "<https://a.example/>", "<a@b.example>", "<3"],
)
def test_what_is_no_tag_is_left_alone(text: str, tmp_path: Path) -> None:
    assert warned(tmp_path, text) == []
