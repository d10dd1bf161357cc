"""The guide to a site's own words: its session is run, and what the site then says is read through."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculator import card, wire
from site_builder.locales import in_own_words, load_all, own_words
from site_builder.plans import load_families
from site_builder.rules import language_data
from tests.docs.sessions import ROOT, check
from tests.site_builder.starter_site import start

GUIDES = ROOT / "docs" / "guides"
LANGUAGES = load_all()
CHANGES: tuple[dict[str, Any], ...] = (
    {}, {"plan": "other/plan"}, {"action": "extend"}, {"months": 999}, {"serials": ["A"]}, {"quantity": 0},
)  # fmt: skip
"""What is asked otherwise than in a worked example, to be refused."""


@pytest.mark.parametrize("name", ["own-words.md", "own-words.fr.md"])
def test_with_the_guides_words_nothing_says_what_the_program_says(name: str, tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    check(GUIDES / name, site)
    pages = {path: path.read_text("utf-8") for path in (site / "public" / "fr").rglob("*.html")}
    assert len(pages) > 3
    assert [str(path) for path, text in pages.items() if re.search("forfait", text, re.IGNORECASE)] == []
    assert any("Quel contrat" in text for text in pages.values())
    said = list(_answers(site))
    assert len(said) > 20
    assert [text for text in said if re.search("forfait", text, re.IGNORECASE)] == []
    assert any("Ce contrat n’existe pas" in text or "un de nos contrats" in text for text in said)


def _answers(site: Path) -> Iterator[str]:
    """Quotes and refusals of the starter's plans as text: its examples, and each with something wrong in it."""
    french = in_own_words(LANGUAGES, own_words(LANGUAGES, site / "content", site))["fr"]
    families = load_families(site / "plans")
    data = language_data(french, families)
    for file in families.files.values():
        for example in file.words.examples:
            for change in CHANGES:
                request = {**example.request, **change}
                sheet = wire.present(wire.quote(families.engine, request), data, request)
                yield card.plain_text(sheet) + json.dumps(sheet, ensure_ascii=False)


def test_the_guides_have_the_same_words() -> None:
    english, french = (
        re.findall(r"```yaml\n(.*?)```", (GUIDES / name).read_text("utf-8"), re.DOTALL)
        for name in ("own-words.md", "own-words.fr.md")
    )
    assert len(english) == 1
    assert english == french
