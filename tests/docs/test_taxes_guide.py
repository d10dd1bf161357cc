"""The guide to taxes: its session is run in a new site, and what it says of codes and files is so."""

import re
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.locales import load_all
from tests.docs.sessions import ROOT, check
from tests.site_builder.starter_site import start

GUIDES = ROOT / "docs" / "guides"
NAMES = ("taxes.md", "taxes.fr.md")


@pytest.mark.parametrize("name", NAMES)
def test_a_state_gets_its_taxes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = start(tmp_path / "site")
    check(GUIDES / name, site)
    monkeypatch.chdir(site)
    world = site / "plans/regions/world.yaml"
    world.write_text(world.read_text("utf-8") + "  US-VA: {}\n", "utf-8")
    capsys.readouterr()
    assert main(["check"]) == 2
    assert "the region `US-VA` is in two files" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_the_codes_that_are_said_in_each_language_are_all_told(name: str) -> None:
    known = {key.removeprefix("tax.") for key in load_all()["en"].texts if key.startswith("tax.")} - {"label"}
    (line,) = re.findall(r"`GST`[^;.]*", (GUIDES / name).read_text("utf-8"))
    assert set(re.findall(r"`([A-Z]{3})`", line)) == known
