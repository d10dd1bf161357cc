"""Headings of written pages can be linked to: ids from their words, each once, and none that the program uses."""

import re
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.headings import HeadingIds
from tests.site_builder.starter_site import build, start
from tests.site_builder.test_own_pictures import shown, write


def ids(*parts: str, alone: bool = True) -> list[str]:
    given = HeadingIds(alone)
    return [found for part in parts for found in re.findall(r' id="([^"]*)"', given.html(part))]


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("Délai de grâce", "delai-de-grace"),
        ("L’œuvre &amp; l&#x27;été : <em>2 ans</em> !", "l-oeuvre-l-ete-2-ans"),
        ("見積もり", "part"),
        ("Main", "text-main"),
        ("Plans", "plans"),
    ],
)
def test_an_id_is_the_words_without_accents(heading: str, id: str) -> None:
    assert ids(f"<h2>{heading}</h2>") == [id]


def test_the_same_words_get_numbers_in_their_order_through_all_parts() -> None:
    assert ids("<h2>A</h2><h3>A</h3>", "<h2>A 1</h2>", "<h2>A</h2>") == ["a", "a-1", "a-1-1", "a-2"]


@pytest.mark.parametrize("heading", ["Plans", "Rules", "Quote output", "Plan complete", "Compare title", "Terms"])
def test_on_a_page_of_the_program_what_it_goes_by_is_its_own(heading: str) -> None:
    (id,) = ids(f"<h2>{heading}</h2>", alone=False)
    assert id.startswith("text-")
    assert ids("<h2>Who we are</h2>", alone=False) == ["who-we-are"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return start(tmp_path)


def test_no_page_has_an_id_twice_whatever_its_headings_say(site: Path) -> None:
    build(site)
    taken = set(re.findall(r' id="([^"]+)"', shown(site, "en/studio-care") + shown(site, "en")))
    body = "".join(f"## {id.replace('-', ' ')}\n\n" for id in sorted(taken) if re.fullmatch("[a-z-]+", id))
    write(site, body, "families/studio-care")
    for lang in ("en", "fr"):
        with (site / f"content/{lang}/home.md").open("a") as home:
            home.write(f"\n{body}")
    build(site)
    for page in ("en/studio-care", "en"):
        found = re.findall(r' id="([^"]+)"', shown(site, page))
        assert len(found) == len(set(found)), page


def test_links_to_headings_are_followed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = "[one](#qui-nous-sommes), [two](/en/about/#qui-nous-sommes), [three](/en/studio-care/#notre-aide)"
    write(site, f"## Qui nous sommes\n\n{link}\n")
    write(site, "## Notre aide\n", "families/studio-care")
    main(["check"])
    assert "leads to no" not in capsys.readouterr().err
    build(site)
    assert '<h2 id="qui-nous-sommes">' in shown(site) and '<h2 id="notre-aide">' in shown(site, "en/studio-care")


def test_a_heading_nearly_called_so_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "## Qui nous sommes\n\n[one](#qui-nous-somme)\n")
    main(["check"])
    assert "did you mean `#qui-nous-sommes`?" in capsys.readouterr().err


def test_the_first_page_s_headings_are_anchors(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(site)
    (id, *_) = re.findall(r'<h[23] id="([^"]+)"', shown(site, "en").partition("columns")[2])
    write(site, f"[there](/en/#{id})\n")
    main(["check"])
    assert "leads to no place" not in capsys.readouterr().err
