import json
import re
import shutil
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from site_builder.errors import InputError
from site_builder.rendering import render_site
from tests.site_builder.small_site import ROOT, small_site
from tests.site_builder.starter_site import build, start

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """A page's elements, and whether each that opens is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@cache
def files() -> dict[str, bytes]:
    return render_site(small_site())


def text(name: str) -> str:
    return files()[name].decode()


def pages() -> list[str]:
    return sorted(name for name in files() if name.endswith(".html"))


def form_data(name: str) -> dict[str, Any]:
    found = re.search(r'id="calculator-data">(.*?)</script>', text(name), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_every_page_is_there_in_each_language() -> None:
    assert pages() == sorted(
        ["index.html", "404.html"]
        + [
            f"{lang}/{name}"
            for lang in ("fr", "en")
            for name in ("index.html", "404.html", "offline.html", "about/index.html", "care/index.html")
        ]
        + ["fr/regles/index.html", "en/rules/index.html", "fr/changements/index.html", "en/changes/index.html"]
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render_site(small_site()) == files()


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "404.html",
        "fr/index.html",
        "fr/care/index.html",
        "en/about/index.html",
        "fr/regles/index.html",
        "en/changes/index.html",
    ],
)
def test_a_page_is_well_formed_and_keeps_to_the_policy(name: str) -> None:
    page = Page(text(name))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    for tag, attributes in page.elements:
        assert "style" not in attributes, tag
        assert not [key for key in attributes if key.startswith("on")], tag
    for script in page.all("script"):
        assert script.get("src") or script["type"] in ("application/json", "application/ld+json")
    assert not page.all("style")
    assert [tag for tag, _ in page.elements].count("h1") == 1
    assert [tag for tag, _ in page.elements].count("main") == 1


def test_links_within_a_page_lead_somewhere() -> None:
    for name in pages():
        page = Page(text(name))
        for link in page.all("a"):
            href = str(link["href"])
            if href.startswith("#") and not href.startswith("#q="):
                assert href[1:] in page.ids, (name, href)


def test_links_between_pages_lead_to_files_and_anchors() -> None:
    for name in pages():
        for link in Page(text(name)).all("a"):
            path, _, fragment = str(link["href"]).partition("#")
            if path:
                file = path.removeprefix("/site/") + ("index.html" if path.endswith("/") else "")
                assert file in files(), (name, link)
                if fragment and not fragment.startswith("q="):
                    assert fragment in Page(text(file)).ids, (name, link)


def test_addresses_begin_with_the_sites_path_and_assets_exist() -> None:
    page = Page(text("fr/care/index.html"))
    for attributes in page.all("link") + page.all("script"):
        address = attributes.get("href") or attributes.get("src") or ""
        if address.startswith("/site/assets/"):
            assert address.removeprefix("/site/") in files()


def test_the_language_and_its_alternates_are_said() -> None:
    page = Page(text("fr/care/index.html"))
    assert page.all("html")[0]["lang"] == "fr-CA"
    links = {(link.get("hreflang"), link.get("href")) for link in page.all("link") if link.get("rel") == "alternate"}
    base = "https://plans.example.org/site"
    assert links == {("fr", f"{base}/fr/care/"), ("en", f"{base}/en/care/")}
    assert {"rel": "canonical", "href": f"{base}/fr/care/"} in page.all("link")
    assert any(link.get("href") == "/site/en/care/" and "data-keep-quote" in link for link in page.all("a"))


def test_the_home_page_is_offered_to_readers_of_no_language_of_ours() -> None:
    links = [link for link in Page(text("en/index.html")).all("link") if link.get("hreflang") == "x-default"]
    assert [link["href"] for link in links] == ["https://plans.example.org/site/"]


def test_the_page_for_what_is_not_found_is_not_indexed() -> None:
    for name in ("404.html", "fr/404.html"):
        assert '<meta name="robots" content="noindex">' in text(name)
        assert "canonical" not in text(name)
    assert "Page introuvable" in text("404.html")
    assert "Page not found" in text("404.html")


def test_prices_say_unit_period_tax_and_date() -> None:
    board = text("en/care/index.html")
    assert "$120.00" in board
    assert "per user per year" in board
    assert "In force since January 1, 2026" in board
    assert "$126.00 from January 1, 2027" in board
    assert "Plus taxes (Taxland): GST 5% and QST 9.975%" in board
    assert "Free of charge" in board
    assert "Other sizes on request" in board
    assert "$198.00 to $680.00" in board


def test_example_prices_are_marked_wherever_they_stand() -> None:
    page = text("en/care/index.html")
    assert page.count("Example price") >= 2  # on the board and at the rule
    assert "An example price is ours" in page
    assert "Example price" in text("en/index.html")


def test_later_prices_follow_the_day_of_the_site() -> None:
    later = render_site(replace(small_site(), on=small_site().on.replace(year=2028)))["en/care/index.html"].decode()
    assert "$126.00" in later
    board = later[later.index('class="board"') : later.index('id="calculator"')]
    assert "$120.00" not in board
    assert "An example price is ours" not in later


def test_cells_say_what_they_mean() -> None:
    page = text("en/care/index.html")
    row = page[page.index('id="compare-phone"') : page.index('id="compare-unknown"')]
    assert [mark for mark in ("cell-no", "cell-ask", "9 to 5") if mark in row] == ["cell-no", "cell-ask", "9 to 5"]
    assert '<a class="cell-ask" href="#next-step">Ask us</a>' in row
    assert "&lt;script&gt;x&lt;/script&gt;" in row


def test_rows_that_are_the_same_for_all_are_known_but_unknown_ones_may_differ() -> None:
    page = text("en/care/index.html")
    same = re.findall(r'<tr class="row same"><th scope="row" id="compare-([\w-]+)"', page)
    assert same == ["mail"]


def test_every_line_of_an_example_leads_to_its_rule() -> None:
    page = text("en/care/index.html")
    assert 'href="#rule-full.renewal.windows.grace"' in page
    assert 'id="rule-full.renewal.windows.grace"' in page
    assert "$585.21" in page


def test_an_example_opens_in_the_calculator_and_a_refused_one_says_why() -> None:
    page = text("en/care/index.html")
    example = page[page.index('id="example-nothing"') :]
    assert "Refused" in example
    assert re.search(r'href="#q=[\w-]+&amp;c=[0-9a-f]{16}"', page)


def test_readings_stand_at_their_rule_and_in_their_own_list() -> None:
    page = text("en/care/index.html")
    assert page.count("Day 30 counts") >= 2
    assert 'id="reading-day-30"' in page


def test_the_timeline_has_its_words_and_tells_when_renewal_closes() -> None:
    page = text("en/care/index.html")
    picture = next(attributes for attributes in Page(page).all("svg") if attributes.get("class") == "timeline-picture")
    assert picture["aria-hidden"] == "true"
    line = page[page.index('class="timeline"') :]
    assert "−60 d" in line
    assert "<h4>Grace period</h4>" in line
    assert '<p class="effect">It takes a new purchase</p>' in line
    assert "After day 365" in line


def test_the_form_has_each_field_once_and_knows_when_it_applies() -> None:
    data = form_data("fr/care/index.html")
    assert data["family"] == "care"
    assert data["lang"] == "fr-CA"
    assert data["engine"] == "/site/assets/calculator/engine-1.js"
    assert set(data["fields"]["full"]) == {"buy", "renew", "add", "status"}
    assert [field["name"] for field in data["fields"]["full"]["renew"]][:2] == ["on", "expiry"]
    page = Page(text("fr/care/index.html"))
    named = [str(a["data-field"]) for _, a in page.elements if "data-field" in a]
    asked = {field["name"] for plan in data["fields"].values() for fields in plan.values() for field in fields}
    assert set(named) == asked
    assert len(named) == len(asked)


def test_every_field_has_a_label_and_a_place_for_its_error() -> None:
    page = Page(text("en/care/index.html"))
    labelled = {label["for"] for label in page.all("label") if label.get("for")}
    for control in page.all("input") + page.all("select"):
        described = str(control.get("aria-describedby") or "").split()
        if described:
            assert control["id"] in labelled
            assert f"{control['id']}-error" in described
            assert set(described) <= set(page.ids)


def test_the_data_block_cannot_end_its_element() -> None:
    found = re.search(r'id="calculator-data">(.*?)</script>', text("en/care/index.html"), re.DOTALL)
    assert found
    assert "<" not in found[1]


def test_words_of_plan_files_are_escaped_and_spaced_as_the_locale_wants() -> None:
    assert "Vendor &amp; Sons" in text("en/care/index.html")
    assert "Pour tous\u00a0: oui?" in text("fr/care/index.html")
    assert "Call <strong>us</strong>" in text("en/care/index.html")


def test_the_home_page_shows_a_worked_example_that_exists() -> None:
    assert "$585.21" in text("en/index.html")
    assert 'href="/site/en/care/#rule-full.renewal.windows.grace"' in text("en/index.html")
    assert "&lt;b&gt;reason" in text("en/index.html")


def test_an_example_that_does_not_exist_is_refused_at_its_place() -> None:
    site = small_site()
    home = site.content.home("en")
    wrong = replace(home, words={**home.words, "example": "care/latte"})
    content = replace(site.content, pages={**site.content.pages, "en": {**site.content.pages["en"], "home": wrong}})
    with pytest.raises(InputError) as caught:
        render_site(replace(site, content=content))
    assert "home.md:10:10: there is no example `care/latte`" in str(caught.value)
    assert "did you mean `care/late`?" in str(caught.value)


def test_the_sitemap_lists_every_page_with_its_languages() -> None:
    sitemap = text("sitemap.xml")
    base = "https://plans.example.org/site"
    for path in ("/fr/", "/en/", "/fr/care/", "/en/care/", "/fr/about/", "/en/about/"):
        assert f"<loc>{base}{path}</loc>" in sitemap
    assert sitemap.count('hreflang="fr"') == 10
    assert f"Sitemap: {base}/sitemap.xml" in text("robots.txt")


def test_no_template_holds_words_of_its_own() -> None:
    french = re.sub(r"<script.*?</script>", "", text("fr/care/index.html"), flags=re.DOTALL)
    for word in ("Compare the", "Your price", "Work out", "per user", "Ask us", "Details"):
        assert word not in french


def test_pages_name_the_service_worker_below_the_site_s_own_path() -> None:
    root = Page(text("fr/care/index.html")).all("html")[0]
    assert root["data-worker"] == "/site/sw.js"
    assert root["data-offline"] == "/site/fr/offline.html"
    assert "const ON = true;" in text("sw.js")


def test_a_site_without_its_service_worker_serves_one_that_goes_away() -> None:
    site = small_site()
    without = render_site(replace(site, config=replace(site.config, offline=False)))
    assert b"const ON = false;" in without["sw.js"]
    assert not [name for name, data in without.items() if name.endswith(".html") and b"data-worker" in data]


def test_a_family_of_one_plan_compares_nothing(tmp_path: Path) -> None:
    folder = start(tmp_path / "site")
    shutil.copy(ROOT / "plans/sketchup.yaml", folder / "plans")
    build(folder)
    one, several = ((folder / f"public/fr/{name}/index.html").read_text() for name in ("sketchup", "studio-care"))
    assert "Le forfait en détail</h2>" in one
    assert ">En détail</a>" in one
    for shown in ("Comparer", "only-differences"):
        assert shown in several
        assert shown not in one
