"""Links, pictures, footnotes and quotation marks of written pages: which are told, with what mends them."""

from pathlib import Path

import pytest

from site_builder.checks.links import Pages, page_warnings
from site_builder.checks.quoted import page_quotes
from site_builder.content import Written
from site_builder.errors import Issue
from site_builder.sources import read_yaml

ANCHORS = {"main", "plans", "rules", "rule-full.renewal", "plan-full"}


def told(body: str, name: str = "about", base: str = "/") -> list[Issue]:
    """What is said of a page of a site that has it, a home page and a family."""
    known: Pages = {
        base: lambda: None,
        f"{base}en/": lambda: {"main", "families"},
        f"{base}en/about/": lambda: {"main"},
        f"{base}en/care/": lambda: ANCHORS,
    }
    return list(page_warnings(page(name, body, {}), known, base))


def page(name: str, body: str, words: dict[str, str]) -> Written:
    front, _ = read_yaml(Path(__file__).parents[1] / "docs/marinor.yaml", Path("/"))
    assert front
    return Written("en", name, words, body, front, 7)


@pytest.mark.parametrize(
    ("body", "what", "fix"),
    [
        ("![ ](a.png)", "the picture has no words", "write `![words](…)`"),
        ("[ ](/en/)", "the link has no words", "write `[words](…)`"),
        ("[](../care/)", "the link has no words", "write `[words](…)`"),
        ("[a]()", "the link `` leads to no page", "write one of `/`, `/en/`"),
        ("[a](/en/car/)", "the link `/en/car/` leads to no page", "did you mean `/en/care/`?"),
        ("[a](other/)", "the link `other/` leads to no page", ""),
        ("[a](/en/care/#rulez)", "the link `/en/care/#rulez` leads to no place of its page", "did you mean `#rules`?"),
        ("[a](/en/#xyz)", "the link `/en/#xyz` leads to no place of its page", "write one of `families`, `main`"),
        ("[a](/en/care/#x)", "the link `/en/care/#x` leads to no place of its page", "write one of `plans`, `rules`"),
    ],
)
def test_what_leads_nowhere_or_says_nothing_is_told_once(body: str, what: str, fix: str) -> None:
    (issue,) = told(f"First.\n\nSee {body}.")
    assert issue.what == what and fix in issue.fix
    assert (issue.place.line, issue.place.column) == (9, 5)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/en/car/", "mailto:a@example.org", "//example.org/x", "/en/care/", "/en/care", "../care/",
        "../care", "../care/index.html", "../", ".", "../..", "/en/care/#rules", "/en/care/#field-quantity",
        "/en/care/#q=e30", "/en/c%61re/", "#main", "../../robots.txt", "../../schema/plan.json",
    ],
)  # fmt: skip
def test_what_leads_somewhere_is_not_told(link: str) -> None:
    assert not told(f"[a]({link})") and not told(f"[a]({link})", base="/site/")


def test_files_and_the_first_page_are_there_too() -> None:
    for link in ("/", "/index.html", "/en/care/index.html", "/schema/plan.json", "/robots.txt"):
        assert not told(f"[a]({link})")


def test_links_of_the_first_page_are_counted_from_its_folder() -> None:
    assert not told("[a](care/)", "home") and told("[a](care/)")
    assert not told("[a](../care/)", "families/care")


def test_a_site_may_live_below_a_path_that_is_called_as_a_language() -> None:
    assert not told("[a](/en/en/care/)", base="/en/") and not told("[a](../care/)", base="/en/")


def test_what_a_picture_shows_is_no_page() -> None:
    assert not told("![A map](map.png)")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("[^one]: A note.", "the footnote `^one` is not used"),
        ("[Map]: https://example.org", "the link target `Map` is not used"),
        ("See[^one] and [the map][map].\n\n[^one]: A note.\n[Map]: https://example.org", None),
    ],
)
def test_what_is_defined_is_used(body: str, what: str | None) -> None:
    issues = told(f"Text.\n\n {body}")
    assert [issue.what for issue in issues] == ([what] if what else [])
    assert [(issue.place.line, issue.place.column) for issue in issues] == ([(9, 2)] if what else [])


@pytest.mark.parametrize(
    ("title", "fix"),
    [
        ("“Gold”", 'write `"Gold"`'), ("„Gold“", 'write `"Gold"`'), ("«\u00a0Gold\u00a0»", 'write `"Gold"`'),
        (" “a” ", 'write `"a"`'), ("‘It’s Gold’", 'write `"It’s Gold"`'), ("“The 12\" one”", "write `'The 12\" one'`"),
        ("“Care” and “Plus”", None), ("“Gold", None), ("Gold”", None), ("“”", None), ("", None),
    ],
)  # fmt: skip
def test_a_title_that_is_in_quotation_marks_as_a_whole_is_told(title: str, fix: str | None) -> None:
    assert [issue.fix for issue in page_quotes(page("about", "", {"title": title}))] == ([fix] if fix else [])
