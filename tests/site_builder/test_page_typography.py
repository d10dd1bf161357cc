"""Pages are shown as they are written: an ordinary space beside a French mark is noticed in them."""

from pathlib import Path

import pytest

from site_builder.checks.typography import page_typography
from site_builder.cli import main
from site_builder.content import load_content
from site_builder.locales import load
from tests.site_builder.starter_site import change

HOME = "\n".join(
    [
        "---",
        *(f"{key}: x" for key in "title description heading lead call caption families_title choice".split()),
        "---",
    ]
)


@pytest.mark.parametrize(
    ("line", "noticed"),
    [
        ("Une taxe : chaque ligne.", ":"),
        ("Le mot « grâce ».", "«"),
        ("Une remise de 10 %.", "%"),
        ("Une taxe\u00a0: chaque ligne, de 10\u00a0%, « ainsi\u00a0».".replace("« ", "«\u00a0"), ""),
        ("À 12:30, https://a.example/x:y", ""),
    ],
)
def test_an_ordinary_space_beside_a_mark_is_noticed(tmp_path: Path, line: str, noticed: str) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "home.md").write_text(f"{HOME}\n{line}\n", "utf-8")
    page = load_content(tmp_path, ("fr",), tmp_path).home("fr")
    found = [issue.what for issue in page_typography(page, load("fr")) if "ordinary space" in issue.what]
    assert [what.partition("`")[2].partition("`")[0] for what in found] == ([noticed] if noticed else [])


def test_all_of_a_line_are_counted_and_the_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "home.md").write_text(f"{HOME}\nUne taxe : 5 %, puis 10 % et 15 %.\n", "utf-8")
    page = load_content(tmp_path, ("fr",), tmp_path).home("fr")
    issue = next(issue for issue in page_typography(page, load("fr")) if "ordinary space" in issue.what)
    assert issue.what.endswith(", and 3 more in this line") and "Option+Space" in issue.fix


def front(tmp_path: Path, lines: str, tag: str = "") -> list[tuple[int, int, str, str]]:
    """What is said of a French page with these lines of front matter: line, column, words and advice."""
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "home.md").write_text(f"{HOME}\n", "utf-8")
    (tmp_path / "fr" / "about.md").write_text(f"---\n{lines}\n---\nDu texte.\n", "utf-8")
    page = load_content(tmp_path, ("fr",), tmp_path).pages["fr"]["about"]
    return [(one.place.line, one.place.column, one.what, one.fix) for one in page_typography(page, load("fr"), tag)]


def test_what_stands_before_a_page_is_set_as_its_body(tmp_path: Path) -> None:
    lines = 'title: Qui sommes-nous ?\ndescription: "Nos prix : 10 % de moins..."\nslug: qui'
    question, dots, price = front(tmp_path, lines, "fr-FR")
    assert question[:3] == (2, 23, "an ordinary space beside `?`: `sommes-nous ?`") and "Option+Space" in question[3]
    assert dots[:2] == (3, 39) and dots[2].startswith("three dots in French")
    assert price[:3] == (3, 23, "an ordinary space beside `:`: `Nos prix : 10 %`, and 1 more in this line")


def test_where_a_country_sets_no_space_it_is_to_be_left_out(tmp_path: Path) -> None:
    (found,) = front(tmp_path, "title: Qui sommes-nous ?\ndescription: Nous", "fr-CA")
    assert found == (2, 23, "an ordinary space beside `?`: `sommes-nous ?`", "leave it out: fr-CA sets none there")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("L'équipe", 2, 9), ('"L\'équipe"', 2, 10), ("'Toute l''équipe'", 2, 8), (">-\n  Toute\n  l'équipe", 4, 4)],
)
def test_apostrophes_are_looked_for_before_a_page_too(tmp_path: Path, text: str, line: int, column: int) -> None:
    (found,) = front(tmp_path, f"title: {text}\ndescription: Nous")
    assert found[:2] == (line, column) and found[2].startswith("a straight apostrophe in French: `")


def test_titles_that_are_right_or_no_text_are_not_noticed(tmp_path: Path) -> None:
    lines = 'title: Qui sommes-nous\u202f? L’équipe\ndescription: "Nos prix\u00a0: 10\u00a0%"\nslug: a-propos'
    assert front(tmp_path, lines, "fr-FR") == []


@pytest.mark.parametrize(
    ("locale", "fix"), [("fr-CA", "leave it out: fr-CA sets none there"), ("fr-FR", "write a no-break space (U+00A0")]
)
def test_the_country_is_that_of_the_families_and_the_title_of_the_site_is_looked_at(
    site: Path, capsys: pytest.CaptureFixture[str], locale: str, fix: str
) -> None:
    change(site, "fr: fr-CA", f"fr: {locale}")
    change(site, "title: Studio Care, l’entretien expliqué", "title: Combien ça coûte ?", "content/fr/home.md")
    change(site, "Une remise, un prorata", "Une remise ? Un prorata", "content/fr/home.md")
    change(site, "title: Studio Care", 'title: "Studio Care : l’entretien"', "content/site.yaml")
    assert main(["check", "--on", "2026-06-01"]) == 0
    said = capsys.readouterr().err
    assert "content/fr/home.md:2:24: warning: an ordinary space beside `?`: `ien ça coûte ?`" in said
    assert "content/fr/home.md:15:11: warning: an ordinary space beside `?`" in said
    assert said.count(f"fix: {fix}") == (3 if locale == "fr-FR" else 2)
    assert "content/site.yaml:2:20: warning: an ordinary space beside `:`: `Studio Care : l’ent`" in said


def test_the_title_of_a_site_without_french_may_have_any_spaces(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "languages: [fr, en]", "languages: [en]", "content/site.yaml")
    change(site, "title: Studio Care", 'title: "Studio Care : support"', "content/site.yaml")
    main(["check", "--on", "2026-06-01"])
    assert "ordinary space" not in capsys.readouterr().err
