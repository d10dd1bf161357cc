"""A site of one language begins with its home page, and offers no choice where there is none."""

import re
from pathlib import Path

import pytest

from site_builder.errors import InputError
from tests.site_builder.starter_site import build, change, start


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    start(tmp_path)
    change(tmp_path, "languages: [fr, en]", "languages: [en]", "content/site.yaml")
    with (tmp_path / "content/en/home.md").open("a") as home:
        home.write("\n## More\n\n[Near](studio-care/#rules), [top](/en/studio-care/), [here](#families)\n")
    return tmp_path


def text(site: Path, name: str) -> str:
    return (site / "public" / name).read_text("utf-8")


def test_the_first_page_is_the_home_page(site: Path) -> None:
    build(site)
    first, home = text(site, "index.html"), text(site, "en/index.html")
    assert '<ul class="language-list">' not in first and 'id="families"' in first
    assert first.replace('href="/en/studio-care/#rules">Near', 'href="studio-care/#rules">Near') == home
    assert 'href="/en/studio-care/#rules">Near' in first and 'href="#families">here' in first


def test_one_address_of_it_is_told_to_search_engines(site: Path) -> None:
    build(site)
    for name in ("index.html", "en/index.html", "en/studio-care/index.html"):
        assert len(re.findall(r'<link rel="canonical" href="https://[^"/]+/en/', text(site, name))) == 1
        assert "hreflang" not in text(site, name)
    sitemap = text(site, "sitemap.xml")
    assert "x-default" not in sitemap and sitemap.count("/en/</loc>") == 1


def test_below_a_path_too(site: Path) -> None:
    change(site, "base_url: https://plans.example.org/", "base_url: https://example.org/site/", "content/site.yaml")
    build(site)
    first = text(site, "index.html")
    assert 'href="/site/en/studio-care/#rules">Near' in first and 'href="/site/en/studio-care/">top' in first


def test_several_languages_are_offered(site: Path) -> None:
    change(site, "languages: [en]", "languages: [fr, en]", "content/site.yaml")
    build(site)
    assert '<ul class="language-list">' in text(site, "index.html")
    assert 'hreflang="x-default"' in text(site, "en/index.html")


def test_where_nothing_is_chosen_no_words_for_the_choice_are_asked_for(site: Path) -> None:
    home = site / "content/en/home.md"
    text, count = re.subn(r"(?m)^choice: .*\n", "", home.read_text("utf-8"))
    assert count == 1
    home.write_text(text, "utf-8")
    build(site)
    change(site, "languages: [en]", "languages: [fr, en]", "content/site.yaml")
    with pytest.raises(InputError) as caught:
        build(site)
    assert str(caught.value).startswith("content/en/home.md:1:1: `choice` is missing")
