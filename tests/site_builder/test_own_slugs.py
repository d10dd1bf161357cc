"""A page of one's own by its own name in the address of each language, and each mistake in an address told once."""

import re
from pathlib import Path

import pytest

from site_builder.checks import Checked, warnings_of
from site_builder.errors import InputError
from site_builder.reading import read_sources
from tests.site_builder.starter_site import ON, build, change, files

BASE = "https://plans.example.org/"


def page(site: Path, lang: str, name: str, slug: str = "", body: str = "Hello.") -> None:
    path = site / "content" / lang / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    own = f"slug: {slug}\n" if slug else ""
    path.write_text(f"---\ntitle: {name} {lang}\ndescription: A page\n{own}---\n\n{body}\n", "utf-8")


@pytest.fixture
def named(site: Path) -> Path:
    """The starter with a page that French calls otherwise."""
    page(site, "en", "about")
    page(site, "fr", "about", "a-propos")
    return site


def refused(site: Path) -> str:
    with pytest.raises(InputError) as caught:
        build(site)
    return str(caught.value)


def warned(site: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    monkeypatch.chdir(site)
    read = read_sources(Path("plans"), Path("content"))
    found = warnings_of(Checked(read.config, read.content, read.families, read.languages, ON, read.docs))
    return [(str(one.place), one.what, one.fix) for one in found if "leads to no page" in one.what]


def test_each_language_has_its_own_address_and_leads_to_the_other(named: Path) -> None:
    build(named)
    made = files(named / "public")
    assert {"en/about/index.html", "fr/a-propos/index.html"} <= made.keys()
    assert not {"fr/about/index.html", "en/a-propos/index.html"} & made.keys()
    french, english = made["fr/a-propos/index.html"].decode(), made["en/about/index.html"].decode()
    assert f'<link rel="canonical" href="{BASE}fr/a-propos/">' in french
    for html in (french, english):
        assert f'hreflang="fr" href="{BASE}fr/a-propos/"' in html and f'hreflang="en" href="{BASE}en/about/"' in html
    assert '<a href="/en/about/" lang="en"' in french and '<a href="/fr/a-propos/" lang="fr"' in english
    sitemap = made["sitemap.xml"].decode()
    assert f"<loc>{BASE}fr/a-propos/</loc>" in sitemap and f"<loc>{BASE}en/about/</loc>" in sitemap
    assert "fr/about/" not in sitemap and "en/a-propos/" not in sitemap
    for name in ("fr/index.html", "fr/studio-care/index.html", "fr/regles/index.html"):
        assert '<a href="/fr/a-propos/">about fr</a>' in made[name].decode(), name


def test_a_slug_may_have_folders_of_its_own_or_none(site: Path) -> None:
    page(site, "en", "team/people")
    page(site, "fr", "team/people", "equipe/les-gens")
    build(site)
    assert (site / "public/fr/equipe/les-gens/index.html").is_file()
    page(site, "fr", "team/people", "2026")
    build(site)
    assert (site / "public/fr/2026/index.html").is_file()


def test_a_changed_slug_leaves_no_page_behind_and_gives_what_a_first_build_gives(named: Path) -> None:
    build(named)
    change(named, "slug: a-propos", "slug: qui-nous-sommes", "content/fr/about.md")
    build(named)
    after = files(named / "public")
    assert not [name for name in after if name.startswith("fr/a-propos")]
    assert b"/fr/a-propos/" not in b"".join(data for name, data in after.items() if name.endswith((".html", ".xml")))
    build(named, named / "fresh", named / "cache-of-its-own")
    fresh = files(named / "fresh")
    assert fresh.keys() == after.keys()
    assert [name for name in fresh if fresh[name] != after[name]] == []


def test_links_to_a_page_are_counted_from_its_address(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page(named, "fr", "about", "equipe/nous", "[a](../../studio-care/), [b](../nous/)")
    assert warned(named, monkeypatch) == []
    body = "[a](/fr/a-propos/), [b](../a-propos/), [c](../studio-care/), [d](../../en/about/)"
    page(named, "fr", "about", "a-propos", body)
    assert warned(named, monkeypatch) == []


def test_a_link_to_the_name_of_the_file_is_told_the_address(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page(named, "fr", "about", "a-propos", "[moi](/fr/about/#x) [toi](../about)")
    fix = "write `/fr/a-propos/`, as the `slug` of that page says"
    assert warned(named, monkeypatch) == [
        ("content/fr/about.md:7:1", "the link `/fr/about/#x` leads to no page", fix),
        ("content/fr/about.md:7:21", "the link `../about` leads to no page", fix),
    ]


@pytest.mark.parametrize(
    ("slug", "said", "fix"),
    [
        ("À propos", "`À propos` cannot be an address", "`a-propos`"),
        ("/a-propos/", "`/a-propos/` cannot be an address", "`a-propos`"),
        ("equipe//nous", "`equipe//nous` cannot be an address", "`equipe/nous`"),
        ("日本", "`日本` cannot be an address", "`page`"),
        ("index", "no page of one's own is called `index`", "write another `slug`"),
        ("studio-care", "two pages have one address", "write another `slug`, such as `about-studio-care`"),
        ("regles", "two pages have one address", "write another `slug`, such as `about-regles`"),
    ],
)
def test_a_slug_that_is_none_is_told_once_at_its_place(slug: str, said: str, fix: str, named: Path) -> None:
    page(named, "fr", "about", slug)
    told = refused(named)
    assert told.startswith(f"content/fr/about.md:4:7: {said}\n") and told.endswith("\n1 error\n")
    assert fix in told


def test_what_is_advised_for_a_slug_is_accepted(named: Path) -> None:
    for slug in ("À propos", "/a/", "日本", "studio-care"):
        page(named, "fr", "about", slug)
        fix = re.findall(r"fix: .*?`([a-z0-9/-]+)`(?:;|\n)", refused(named).replace("`slug`, such as ", ""))
        page(named, "fr", "about", fix[0])
        build(named)


def test_a_slug_without_a_text_is_told(named: Path) -> None:
    page(named, "fr", "about", '""')
    assert "content/fr/about.md:4:7: `slug` has no text\n" in refused(named)


def test_two_pages_of_one_s_own_meet_once_with_both_places(named: Path) -> None:
    page(named, "en", "a-team")
    page(named, "fr", "a-team", "a-propos")
    told = refused(named)
    assert told.startswith("content/fr/about.md:4:7: two pages have one address\n") and told.endswith("\n1 error\n")
    assert "why: `/fr/a-propos/` is a page of your own (content/fr/a-team.md:4:7)" in told


def test_a_page_that_meets_a_family_in_every_language_is_told_once(site: Path) -> None:
    for lang in ("fr", "en"):
        page(site, lang, "studio-care")
    told = refused(site)
    assert told.endswith("\n1 error\n")
    where = "the page of the family `studio-care` (plans/studio-care.yaml:4:9)"
    assert f"why: `/fr/studio-care/` and `/en/studio-care/` are {where}" in told


def test_a_file_that_is_called_as_no_address_is_told_once(site: Path) -> None:
    for lang in ("fr", "en"):
        page(site, lang, "About us")
    assert refused(site).endswith("\n1 error\n")


def test_two_words_that_meet_are_told_once_with_both_places(site: Path) -> None:
    (site / "content/words").mkdir()
    (site / "content/words/fr.yaml").write_text("ui:\n  across: {slug: prix}\n  changes: {slug: prix}\n")
    told = refused(site)
    assert told.startswith("content/words/fr.yaml:2:12: ") and told.endswith("\n1 error\n")
    assert "why: `ui.changes.slug` (content/words/fr.yaml:3:13) says `prix`, too" in told


def test_a_word_that_meets_a_family_is_told_where_it_is_said(site: Path) -> None:
    (site / "content/words").mkdir()
    (site / "content/words/fr.yaml").write_text("ui: {across: {slug: studio-care}}\n")
    told = refused(site)
    assert told.startswith("content/words/fr.yaml:1:15: two pages have one address\n") and "\n1 error\n" in told
    assert "`/fr/studio-care/` is the page of the family `studio-care` (plans/studio-care.yaml:4:9)" in told


def test_a_family_s_introduction_and_the_first_page_have_no_slug(site: Path) -> None:
    (site / "content/fr/families").mkdir()
    (site / "content/en/families").mkdir()
    for lang in ("fr", "en"):
        (site / f"content/{lang}/families/studio-care.md").write_text("---\nslug: x\n---\nHello\n")
    change(site, "---\n", "---\nslug: x\n", "content/fr/home.md")
    told = refused(site)
    assert told.count("`slug` is not known here") == 3
