"""What tests of the builder share: a new site of their own, in which commands run."""

from pathlib import Path

import pytest

from tests.site_builder.starter_site import start


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site as `clairplan init` writes it, with which a test may do what it likes."""
    folder = start(tmp_path / "site")
    monkeypatch.chdir(folder)
    return folder
