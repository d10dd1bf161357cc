"""The same inputs give the same bundle, to the byte, and a first quote stays light."""

import json
import re
from pathlib import Path

import pytest

from site_builder import bundle

from .conftest import Desk, Site

pytestmark = [pytest.mark.parity, pytest.mark.slow]

REFERENCE = re.compile(r"[\w./-]+-[0-9a-f]{10}\.\w+")
FIRST_QUOTE = 2_900_000
"""Bytes that may travel until a page shows its first quote, where Brotli is understood."""


def test_a_bundle_made_anew_is_the_same(desk: Desk, site: Site, tmp_path: Path) -> None:
    """The one of the other tests was made in another process, often on another day. Names carry hashes."""
    again = bundle.build(
        tmp_path / "out",
        cache_dir=tmp_path / "cache",
        catalogue_json=site.catalogue,
        locale_json_by_lang=site.locales,
        compress=False,
    )
    assert {logical: file.name for logical, file in again.files.items()} == {
        logical: file.name for logical, file in desk.bundle.files.items()
    }
    assert again.manifest_name == desk.bundle.manifest_name


def fetched(public: Path, page: Path) -> set[Path]:
    """What a browser asks for until the first quote: the page and all that it refers to, but not the whole Pyodide."""
    found, left = set[Path](), [page]
    while left:
        path = left.pop()
        found.add(path)
        if path.name.startswith("manifest-"):
            manifest = json.loads(path.read_bytes())
            left += [path.with_name(manifest[part]["name"]) for part in ("worker", "image")]
        elif path.suffix in (".html", ".js", ".css"):
            for name in REFERENCE.findall(path.read_text("utf-8")):
                below = public / name.partition("/assets/")[2] if "/assets/" in name else None
                target = public / "assets" / below.relative_to(public) if below else path.parent / name
                if target.is_file() and target.resolve() not in found and target.suffix != ".png":
                    left.append(target.resolve())
    return found


def weight(path: Path) -> int:
    """The bytes that travel."""
    compressed = path.with_name(f"{path.name}.br")
    return (compressed if compressed.is_file() else path).stat().st_size


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_first_quote_is_light(built: Path, lang: str) -> None:
    public = built.resolve()
    pages = [path for path in public.glob(f"{lang}/*/index.html") if "calculator-data" in path.read_text("utf-8")]
    assert pages
    for page in pages:
        files = fetched(public, page)
        names = {path.name.partition("-")[0] for path in files}
        assert {"page", "site", "engine", "manifest", "worker", "calculator", "public"} <= names
        assert not [path for path in files if path.name.startswith(("pyodide", "python_stdlib"))]
        assert sum(map(weight, files)) <= FIRST_QUOTE, sorted((weight(path), path.name) for path in files)[-3:]
