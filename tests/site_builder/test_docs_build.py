"""The documentation in a whole site: addresses, languages, lists, and that nothing is made twice."""

import re
from pathlib import Path

import pytest

from site_builder.errors import InputError
from tests.site_builder.starter_site import build, change, files, start

INDEX = "# Help\n\nAll that you need to know.\n\n## Start\n\n- [Begin](begin.md): how.\n- [Rules](rules.md): all.\n"
FRENCH = (
    "# Aide\n\nTout ce qu’il faut.\n\n## Débuter\n\n- [Commencer](begin.md) : pour débuter.\n- [Les règles](rules.md)\n"
)
DOCS = {
    "README.md": INDEX,
    "README.fr.md": FRENCH,
    "begin.md": "# Begin\n\nAll is [needed](../requirements.txt), [the rules](rules.md#first).\n\n## One\n## Two\n",
    "begin.fr.md": "# Commencer\n\nLes premiers mots, et [les règles](rules.md).\n",
    "rules.md": "# Rules\n\nWhat holds for everyone.\n\n## First\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = start(tmp_path / "site")
    for name, text in DOCS.items():
        (site / "docs").mkdir(exist_ok=True)
        (site / "docs" / name).write_text(text, "utf-8")
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text() + "docs: {folder: docs, language: en}\n")
    return site


def page(site: Path, address: str) -> str:
    return (site / "public" / address / "index.html").read_text("utf-8")


def test_pages_are_in_the_languages_that_they_are_written_in(site: Path) -> None:
    build(site)
    found = {path.parent.relative_to(site / "public").as_posix() for path in site.glob("public/*/docs/**/index.html")}
    assert found == {"fr/docs", "fr/docs/begin", "en/docs", "en/docs/begin", "en/docs/rules"}
    begin = page(site, "fr/docs/begin")
    base = "https://plans.example.org"
    assert f'<link rel="canonical" href="{base}/fr/docs/begin/">' in begin
    assert f'<link rel="alternate" hreflang="en" href="{base}/en/docs/begin/">' in begin
    assert '<meta name="description" content="Les premiers mots, et les règles.">' in begin
    assert '<a href="/en/docs/rules/" hreflang="en">les règles</a>' in begin
    rules = page(site, "en/docs/rules")
    assert 'hreflang="fr"' not in rules and 'hreflang="en"' not in rules
    sitemap = (site / "public/sitemap.xml").read_text()
    assert all(f"<loc>{base}/{address}/</loc>" in sitemap for address in found)


def test_what_is_in_english_alone_says_so_in_the_french_list(site: Path) -> None:
    build(site)
    cards = re.findall(r"<li>\n<h3>(.*?)</h3>(.*?)</li>", page(site, "fr/docs"), re.DOTALL)
    assert [card[0] for card in cards] == [
        '<a href="/fr/docs/begin/">Commencer</a>',
        '<a href="/en/docs/rules/" hreflang="en">Les règles</a>',
    ]
    assert ["en anglais" in card[1] for card in cards] == [False, True]


def test_a_site_without_documentation_has_nothing_of_it(tmp_path: Path) -> None:
    plain = start(tmp_path / "plain")
    build(plain)
    (style,) = plain.glob("public/assets/site-*.css")
    assert ".docs" not in style.read_text() and "/docs/" not in page(plain, "en")


def test_every_page_leads_to_the_documentation(site: Path) -> None:
    build(site)
    for lang in ("fr", "en"):
        for address in (lang, f"{lang}/studio-care", f"{lang}/docs/begin"):
            assert f'<li><a href="/{lang}/docs/">Documentation</a></li>' in page(site, address)


def test_a_page_has_its_neighbours_and_its_contents(site: Path) -> None:
    build(site)
    begin = page(site, "en/docs/begin")
    assert '<a href="#one">One</a>' in begin and '<a href="#two">Two</a>' in begin
    assert re.search(r'<a rel="next" href="/en/docs/rules/">.*Rules</a>', begin)
    assert 'rel="prev"' not in begin and 'rel="next"' not in page(site, "fr/docs/begin")
    assert '<a href="/en/docs/begin/" aria-current="page">Begin</a>' in begin


def test_nothing_is_made_twice(site: Path, tmp_path: Path) -> None:
    build(site)
    assert build(site).written == 0
    change(site, "What holds for everyone.", "What holds for all.", "docs/rules.md")
    before = files(site / "public")
    build(site)
    after = files(site / "public")
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {f"en/docs/rules/index.html{suffix}" for suffix in ("", ".br", ".gz")}
    build(site, tmp_path / "fresh", tmp_path / "cache")
    assert after == files(tmp_path / "fresh")


def test_a_link_that_dies_is_found_and_the_last_site_stays(site: Path) -> None:
    build(site)
    before = files(site / "public")
    change(site, "rules.md#first", "rules.md#frist", "docs/begin.md")
    with pytest.raises(InputError, match=r"docs/begin\.md:3:51: the link `rules\.md#frist` leads to no heading"):
        build(site)
    assert files(site / "public") == before
    change(site, "rules.md#frist", "rules.md#first", "docs/begin.md")
    (site / "requirements.txt").unlink()
    with pytest.raises(InputError, match=r"docs/begin\.md:3:17: the link `\.\./requirements\.txt` leads nowhere"):
        build(site)
