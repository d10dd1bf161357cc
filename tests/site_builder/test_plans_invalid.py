"""Every defect under tests/sites_invalid gives exactly the text that lies beside it.

Each folder holds `plans/` with one small mistake and `expected.txt`. A site without files of regions gets one that has
nothing to do with its mistake. A folder that holds `content/` is laid over the starter's site, and read whole. After a
message was changed on purpose, CLAIRPLAN_WRITE_EXPECTED=1 writes the texts anew, to be read before they are committed.
"""

import os
import shutil
from pathlib import Path

import pytest

from site_builder.errors import InputError, render_all
from site_builder.plans import load_families, run_examples
from site_builder.reading import read_sources
from tests.site_builder.starter_site import start

SITES = Path(__file__).parent.parent / "sites_invalid"
DEFECTS = sorted(site.name for site in SITES.iterdir() if site.is_dir())
WHOLE = [defect for defect in DEFECTS if (SITES / defect / "content").is_dir()]


def printed(site: Path) -> str:
    """What an editor reads of the site; an empty text where nothing is wrong."""
    try:
        run_examples(load_families(site / "plans", ("fr", "en")))
    except InputError as error:
        return render_all(error.issues)
    return ""


def read_whole(defect: str, folder: Path) -> str:
    """What an editor reads of the starter's site with the defect's files in it."""
    shutil.copytree(SITES / defect, start(folder), dirs_exist_ok=True)
    try:
        read_sources(Path("plans"), Path("content"))
    except InputError as error:
        return render_all(error.issues)
    return ""


@pytest.mark.parametrize("defect", WHOLE)
def test_a_defect_of_a_whole_site_prints_its_text(defect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    compare_with(defect, read_whole(defect, tmp_path))


@pytest.mark.parametrize("defect", [defect for defect in DEFECTS if defect not in WHOLE])
def test_a_defect_prints_its_text(defect: str, tmp_path: Path) -> None:
    shutil.copytree(SITES / defect / "plans", tmp_path / "plans")
    regions = tmp_path / "plans" / "regions"
    if not regions.exists():
        regions.mkdir()
        (regions / "world.yaml").write_text("regions: {US: {}}\n", encoding="utf-8")
    compare_with(defect, printed(tmp_path))


def compare_with(defect: str, text: str) -> None:
    expected = SITES / defect / "expected.txt"
    if os.environ.get("CLAIRPLAN_WRITE_EXPECTED"):
        expected.write_text(text, encoding="utf-8")
    assert text, "the defect went unnoticed"
    assert text == expected.read_text(encoding="utf-8")


def test_there_are_defects() -> None:
    assert len(DEFECTS) >= 30
