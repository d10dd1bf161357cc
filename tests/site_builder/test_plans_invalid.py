"""Every defect under tests/sites_invalid gives exactly the text that lies beside it.

Each folder holds `plans/` with one small mistake and `expected.txt`. A site without files of regions gets one that has
nothing to do with its mistake. After a message was changed on purpose, CLAIRPLAN_WRITE_EXPECTED=1 writes the texts
anew, to be read before they are committed.
"""

import os
import shutil
from pathlib import Path

import pytest

from site_builder.errors import InputError, render_all
from site_builder.plans import load_families, run_examples

SITES = Path(__file__).parent.parent / "sites_invalid"
DEFECTS = sorted(site.name for site in SITES.iterdir() if site.is_dir())


def printed(site: Path) -> str:
    """What an editor reads of the site; an empty text where nothing is wrong."""
    try:
        run_examples(load_families(site / "plans", ("fr", "en")))
    except InputError as error:
        return render_all(error.issues)
    return ""


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_prints_its_text(defect: str, tmp_path: Path) -> None:
    shutil.copytree(SITES / defect / "plans", tmp_path / "plans")
    regions = tmp_path / "plans" / "regions"
    if not regions.exists():
        regions.mkdir()
        (regions / "world.yaml").write_text("regions: {US: {}}\n", encoding="utf-8")
    text, expected = printed(tmp_path), SITES / defect / "expected.txt"
    if os.environ.get("CLAIRPLAN_WRITE_EXPECTED"):
        expected.write_text(text, encoding="utf-8")
    assert text, "the defect went unnoticed"
    assert text == expected.read_text(encoding="utf-8")


def test_there_are_defects() -> None:
    assert len(DEFECTS) >= 30
