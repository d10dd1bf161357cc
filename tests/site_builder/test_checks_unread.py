"""Texts that no page is made of are told, and languages in which nothing is offered."""

import re
from pathlib import Path

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import FAMILY, build, change


def said(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["check", "--on", "2026-06-01"]) == 0
    printed = capsys.readouterr()
    return printed.err + printed.out


def add(site: Path, name: str) -> None:
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Hello.\n")


def test_a_new_site_has_nothing_of_the_kind(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = ("words/.keep", "words/notes.txt", ".draft.md", "en/.draft.txt", "pictures/logo.svg", "en/logo.svg")
    for name in (*kept, "fr/families/studio-care.md", "en/families/studio-care.md"):
        add(site, name)
    (site / "content/en/notes.txt").mkdir()
    assert said(capsys) == "Nothing to mend.\n"


@pytest.mark.parametrize(
    ("name", "place", "fix"),
    [
        ("About 2.md", "About 2.md", "move it to `content/fr/about-2.md`, `content/en/about-2.md`"),
        ("de/about.md", "de", "add `de` to `languages`, or remove the folder"),
        ("drafts/about.md", "drafts", "move its pages into the folder of each language"),
        ("en/team/About.MD", "en/team/About.MD", "write it in Markdown, as `about.md`"),
        ("日本.md", "日本.md", "move it to `content/fr/page.md`, `content/en/page.md`"),
        ("e2/about.md", "e2", "move its pages into the folder of each language"),
        ("fr/日本.txt", "fr/日本.txt", "write it in Markdown, as `home.md`"),
        ("fr/notes.txt", "fr/notes.txt", "write it in Markdown, as `notes.md`"),
    ],
)
def test_a_text_that_nothing_reads_is_told(
    name: str, place: str, fix: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(site, name)
    found = said(capsys)
    assert found.startswith(f"content/{place}: warning: nothing is made of this\n")
    assert f"  fix: {fix}\n" in found and found.endswith("\n1 warning\n")


def test_an_introduction_to_no_family_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("fr", "en"):
        add(site, f"{lang}/families/studio-car.md")
    found = said(capsys)
    assert "content/en/families/studio-car.md: warning: there is no family `studio-car`" in found
    assert "fix: did you mean `studio-care`?" in found


def test_documentation_within_the_content_is_no_stray(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("README.md", "README.fr.md"):
        add(site, f"docs/{name}")
        (site / "content/docs" / name).write_text("# Documentation\n\nWhat there is to know of this site.\n")
    with (site / "content/site.yaml").open("a") as settings:
        settings.write("docs: {folder: content/docs, language: en}\n")
    assert "nothing is made" not in said(capsys)


@pytest.fixture
def english(site: Path) -> Path:
    """The same site in two languages, its family in English alone."""
    text = (site / FAMILY).read_text("utf-8")
    text = re.sub(r'\bfr: (fr-CA|"[^"]*"), |(?m:^ +fr: ["{].*\n)', "", text)
    (site / FAMILY).write_text(text, "utf-8")
    change(site, "example: ", "# example: ", "content/fr/home.md")
    return site


def test_a_language_without_plans_has_no_empty_list(english: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys)
    assert "content/site.yaml:" in found and "warning: no plan is offered in `fr`" in found
    build(english)
    french, spoken = ((english / f"public/{lang}/index.html").read_text("utf-8") for lang in ("fr", "en"))
    assert 'id="families"' in spoken and 'href="#families"' in spoken
    assert "families" not in french.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("path", ["", "site/"])
def test_links_from_the_top_of_the_site_are_followed_below_a_path_too(
    path: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(
        site, "base_url: https://plans.example.org/", f"base_url: https://plans.example.org/{path}", "content/site.yaml"
    )
    for lang in ("fr", "en"):
        head = "---\ntitle: A page\ndescription: A page of our own\n---\n\n"
        links = "[a](/en/studio-care/) [b](/fr/regles/) [c](/en/changes/) [d](/en/nothing/)"
        (site / f"content/{lang}/about.md").write_text(head + links)
    found = said(capsys)
    assert found.count("warning: the link `/en/nothing/` leads to no page") == 2
    assert found.count("leads to no") == 2
