"""What a build keeps for the next one: values under keys that name all they were made from.

A key that is not there is made anew, so that the whole folder may be removed at any time. Files are written beside
and renamed: builds that run at once, or are killed, leave no half value.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final

from site_builder.packing import packed, unpacked

PACKAGE: Final = Path(__file__).parent
CALCULATOR: Final = PACKAGE.parent / "calculator"
FOLDER: Final = Path(".cache") / "build"
"""Where builds keep what they made, below the folder that they run in."""

_LIBRARIES: Final = ("babel", "brotli", "jinja2", "markdown", "markupsafe", "pillow", "pygments", "pyyaml")
_READING: Final = (
    *("errors.py", "packing.py", "caching.py", "units.py", "ledger.py", "plurals.py"),
    *("plans", "sources", "locales", "rules"),
)
_LARGE: Final = ("read", "made", "docs-pages")
_KEPT_SECONDS: Final = 7 * 24 * 3600
"""How long a value that no build asks for is kept."""


class Store:
    """Values by key below a folder; what cannot be read counts as not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.grown = False

    def get(self, kind: str, key: str) -> Any:
        """The value, or None."""
        try:
            with open(f"{self.folder}/{kind}/{key}", "rb") as file:
                return unpacked(file.read())
        except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError, UnpicklingError):
            return None

    def put(self, kind: str, key: str, value: object) -> bool:
        """Keep a value; False where the folder cannot be written."""
        folder, data = f"{self.folder}/{kind}", packed(value)
        beside = f"{folder}/.{os.getpid()}-{key}"
        try:
            try:
                _write(beside, data)
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
                _write(beside, data)
            os.replace(beside, f"{folder}/{key}")
        except OSError:
            return False
        self.grown = True
        return True

    def tidy(self, asked: Iterable[tuple[str, str]]) -> None:
        """Drop what is old, but not what was asked for by (kind, key), once most of the folder is not."""
        if not self.grown:
            return
        used = {f"{self.folder}/{kind}/{key}" for kind, key in asked}
        files = [entry for folder in _folders(self.folder) for entry in os.scandir(folder) if entry.is_file()]
        if len(files) <= 3 * len(used):
            return
        oldest = time.time() - _KEPT_SECONDS
        for entry in files:
            if entry.path not in used and entry.stat().st_mtime < oldest:
                Path(entry.path).unlink(missing_ok=True)


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


class Memory(Store):
    """A store for a process that builds again and again: what a build asked for, the next one finds in memory.

    Nobody may alter what it gives. What two builds did not ask for is forgotten; whole families and their pages stay on
    disk alone, for there may be many.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.held: dict[tuple[str, str], Any] = {}
        self.before: dict[tuple[str, str], Any] = {}

    def turn(self) -> None:
        """A build begins."""
        self.held, self.before = {}, self.held

    def get(self, kind: str, key: str) -> Any:
        """The value, or None."""
        name = kind, key
        if name not in self.held:
            value = self.before[name] if name in self.before else super().get(kind, key)
            if value is None or kind in _LARGE:
                return value
            self.held[name] = value
        return self.held[name]

    def put(self, kind: str, key: str, value: object) -> bool:
        """Keep a value; False where the folder cannot be written."""
        if kind not in _LARGE:
            self.held[kind, key] = value
        return super().put(kind, key, value)


def _folders(folder: Path) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []


def key_of(*parts: str | bytes) -> str:
    """A key from texts and bytes, none of which can run into the next."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()[:40]


@cache
def reading_key() -> str:
    """Stands for all code and words by which a plan file is read and judged."""
    return files_key([CALCULATOR, *(PACKAGE / name for name in _READING)])


@cache
def making_key() -> str:
    """Stands for all code, templates and words by which a page is made."""
    names = (
        "colours.py",
        "config.py",
        "content.py",
        "pictures.py",
        "quick_markdown.py",
        "docs",
        "headers.py",
        "rendering",
        "templates",
    )
    return key_of(reading_key(), files_key([PACKAGE / name for name in names]))


@cache
def bundle_key() -> str:
    """Stands for all code that the calculator's files for the browser are made of and by."""
    static = PACKAGE / "static"
    return files_key([CALCULATOR, PACKAGE / "bundle", static / "engine.js", static / "worker.js"])


def forget_keys() -> None:
    """Look at code, templates and words again: a preview goes on while they are written."""
    for key in (reading_key, making_key, bundle_key):
        key.cache_clear()


def files_key(places: Iterable[Path]) -> str:
    """Stands for the contents of files and folders, and for the libraries that read them."""
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    kept = [file for file in files if file.is_file() and file.suffix != ".pyc"]
    parts = [part for file in kept for part in (file.relative_to(PACKAGE.parent).as_posix(), file.read_bytes())]
    return key_of(sys.version, *map(library_version, _LIBRARIES), *parts)


@cache
def library_version(name: str) -> str:
    """The release of a library, empty where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
