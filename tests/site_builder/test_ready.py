"""What depends on the program alone is made once and kept beside it, where Python may write compiled code."""

import sys
from pathlib import Path

import pytest

from site_builder import making
from site_builder.caching import Store
from site_builder.locales import languages, load_kept
from site_builder.ready import ready_folder, ready_values


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps compiled code, for this test alone."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    return tmp_path / "compiled"


def test_languages_are_read_once_for_all_sites(beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_kept(Store(tmp_path / "one"), "key")
    read = languages.load_all
    monkeypatch.setattr(languages, "load_all", lambda: pytest.fail("the languages are read again"))
    assert load_kept(Store(tmp_path / "two"), "key") == first
    monkeypatch.setattr(languages, "load_all", read)
    assert load_kept(Store(tmp_path / "two"), "another key") == first
    assert sorted(path.name for path in beside.rglob("values/languages/*")) == ["another key", "key"]


def test_compiled_templates_serve_all_sites(beside: Path, tmp_path: Path) -> None:
    one, two = (making._compiled(Store(tmp_path / name)) for name in ("one", "two"))
    assert one is not None and one == two and one.is_relative_to(beside) and one.is_dir()


@pytest.mark.parametrize("cause", ["told not to", "a file in the way", "another's folder"])
def test_where_python_may_not_write_everything_stays_beside_the_site(
    cause: str, beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cause == "told not to":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    elif cause == "a file in the way":
        beside.write_text("")
    else:
        monkeypatch.setattr("site_builder.ready.os.access", lambda *_: False)
    assert ready_folder("templates") is None and ready_values() is None
    store = Store(tmp_path / "site")
    store.folder.mkdir()
    assert set(load_kept(store, "key")) >= {"fr", "en"} and store.get("languages", "key")
    assert making._compiled(store) == store.folder / "templates"
