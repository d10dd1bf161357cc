"""The guides' worked sessions: every block is followed, every output compared."""

import shutil
from pathlib import Path

import pytest

from tests.docs.sessions import ROOT, check, folder

GUIDES = ROOT / "docs" / "guides"
EXAMPLES = {"add-a-family": "atlas/four-seats", "change-a-price": "atlas/before"}
"""The guides with a session, each with the example that its home page shows."""


@pytest.mark.parametrize("name", [f"{name}{suffix}" for name in EXAMPLES for suffix in (".md", ".fr.md")])
def test_a_guide_says_what_happens(name: str, tmp_path: Path) -> None:
    check(GUIDES / name, folder(tmp_path, EXAMPLES[name.partition(".")[0]]))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["add-a-language.md", "add-a-language.fr.md"])
def test_the_guide_to_languages_says_what_happens(name: str, tmp_path: Path) -> None:
    root = folder(tmp_path, "atlas/four-seats", regions=("world.yaml",))
    for package in ("calculator", "site_builder"):
        # The guide adds Italian as if it were not there yet.
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "it"))
    check(GUIDES / name, root)
