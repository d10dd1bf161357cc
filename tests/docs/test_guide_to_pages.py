"""The guide to settings and pages: what it shows is read, and it tells every key."""

import re
from pathlib import Path

import pytest

from site_builder.config import _KEYS, load_config
from site_builder.content import _HOME_KEYS, _HOME_OPTIONAL, _PAGE_KEYS, _PAGE_OPTIONAL, load_content
from tests.docs.markdown import ROOT

GUIDES = {"en": "pages.md", "fr": "pages.fr.md"}
SLUGS = {"en": "about-us/", "fr": "a-propos/"}


def blocks(lang: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / "guides" / GUIDES[lang]).read_text("utf-8")
    found: list[str] = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return found


def keys(lang: str) -> set[str]:
    """The keys that the guide's tables tell."""
    text = (ROOT / "docs" / "guides" / GUIDES[lang]).read_text("utf-8")
    return {key for cell in re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("lang", GUIDES)
def test_what_the_guide_shows_is_read(lang: str, tmp_path: Path) -> None:
    (settings,) = blocks(lang, "yaml")
    home, page = blocks(lang, "markdown")
    (tmp_path / "docs").mkdir()
    (tmp_path / "content" / lang).mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text(settings, "utf-8")
    (tmp_path / "content" / lang / "home.md").write_text(home, "utf-8")
    (tmp_path / "content" / lang / "about.md").write_text(page, "utf-8")
    assert load_config(tmp_path / "content/site.yaml", tmp_path).docs
    content = load_content(tmp_path / "content", (lang,), tmp_path)
    assert content.home(lang).words["example"] == "acme/first-year"
    assert len(content.home(lang).sections) == 1
    assert [(page.name, page.below) for page in content.plain(lang)] == [("about", SLUGS[lang])]


@pytest.mark.parametrize("lang", GUIDES)
def test_the_guide_tells_every_key(lang: str) -> None:
    assert keys(lang) == {*_KEYS, *_HOME_KEYS, *_HOME_OPTIONAL, *_PAGE_KEYS, *_PAGE_OPTIONAL}
