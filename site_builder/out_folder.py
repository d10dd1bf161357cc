"""Whether a folder may become the site: a build replaces all that is in it.

It may where there is nothing yet, or a site that was built before. An earlier site is known by its `plans.json`, or by
a file that the last build's record has; a folder in it that no build makes says that it is more than that.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from site_builder.errors import InputError, Issue, Place

_FIX: Final = "name a new or an empty folder, such as `--out public`"
_MADE: Final = re.compile(r"assets|embed|schema|[a-z]{2,3}|\.well-known")
"""Folders that stand at the top of a site; `.well-known` is put there by hosts and for them."""

_LISTED: Final = ("site", "edition", "on", "families")
_LEFT: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that a system leaves in any folder that somebody looks at."""


def refuse_out(out: Path, sources: Iterable[Path], record: Mapping[str, tuple[str, int, int]]) -> None:
    """Raise InputError where a site in `out` would take the place of anything but an earlier site.

    `sources` are the folders that the site is made from; `record` is what the last build wrote there: for each file a
    key, its size in bytes, and the time of its last change in nanoseconds.
    """
    for what, why, fix in _wrong(out, sources, record):
        raise InputError([Issue(Place(str(out)), what, why, fix)])


def _wrong(
    out: Path, sources: Iterable[Path], record: Mapping[str, tuple[str, int, int]]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong, why, and what to do; the first of them is enough."""
    whole = out.resolve()
    if os.path.lexists(whole) and not whole.is_dir():
        yield "this is a file", "a site is a folder", _FIX
        return
    for source in sources:
        folder = source.resolve()
        if folder.is_relative_to(whole):
            yield f"this folder holds `{source}`", "a build replaces all that is in its folder", _FIX
        elif whole.is_relative_to(folder):
            yield f"this folder is in `{source}`", "the site is made from it, and would become a part of it", _FIX
    held = sorted(_held(whole))
    if not held:
        return
    if not (_is_site(whole) or _is_recorded(whole, record)):
        why = f"a build replaces all that is in its folder, and `{held[0]}` there is from none"
        yield "this folder holds something other than a site", why, f"{_FIX}, or empty this one yourself"
    foreign = [name for name in held if name == ".git" or ((whole / name).is_dir() and not _MADE.fullmatch(name))]
    if foreign:
        why = f"a build replaces all that is in its folder, and `{foreign[0]}` there is from none"
        yield "this folder holds more than a site", why, f"move `{foreign[0]}` elsewhere, or {_FIX}"


def _held(folder: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return [name for name in os.listdir(folder) if name not in _LEFT]
    return []


def _is_site(folder: Path) -> bool:
    """Whether the folder has the list of plans that every site has, with the page and the headers beside it."""
    try:
        listed: Any = json.loads((folder / "plans.json").read_bytes())
    except (OSError, ValueError):
        return False
    named = isinstance(listed, dict) and all(key in listed for key in _LISTED)
    return named and (folder / "index.html").is_file() and (folder / "sitemap.xml").is_file()


def _is_recorded(folder: Path, record: Mapping[str, tuple[str, int, int]]) -> bool:
    """Whether a file is there as the last build left it."""
    for name, (_, size, time) in record.items():
        with suppress(OSError):
            found = os.stat(folder / name)
            if (found.st_size, found.st_mtime_ns) == (size, time):
                return True
    return False
