"""Two things are made again and again by whatever builds a site, always the same: here each worker makes them once.

They are the languages that come with the builder, as long as their files are the same, and the compressed copies of
a file. Both follow from the bytes alone, and nobody alters them; what is left out is the time. Tests of languages have
folders of their own, which are read as ever; so does every program that a test starts, which knows nothing of this.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

from site_builder import output
from site_builder.errors import Issue
from site_builder.locales import languages


@cache
def _quick_reading() -> Any:
    """The reading of one language's folder, which looks first whether it has read just these files."""
    read, known = languages._read_language, {}

    def quickly(folder: Path, root: Path, issues: list[Issue]) -> Any:
        if folder.parent != languages.LOCALES:
            return read(folder, root, issues)
        key = (folder, root, *((path.name, path.read_bytes()) for path in sorted(folder.glob("*.yaml"))))
        if key not in known:
            found: list[Issue] = []
            known[key] = read(folder, root, found), found
        language, found = known[key]
        issues += found
        return language

    return quickly


_compressed = lru_cache(maxsize=2000)(output.compressed)


def made_once() -> Callable[[], None]:
    """From now on, until what this returns is called."""
    patch = pytest.MonkeyPatch()
    patch.setattr(languages, "_read_language", _quick_reading())
    patch.setattr(output, "compressed", _compressed)
    return patch.undo
