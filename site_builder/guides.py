"""The documentation as it travels with the package, for whoever has installed it and nothing else."""

import re
from pathlib import Path
from typing import Final

from site_builder.errors import suggest

_BESIDE: Final = Path(__file__).parent
_APART: Final = ("adr", "README")
"""Decisions are for whoever changes the code; the first page lists what the command lists."""

_TRANSLATED: Final = re.compile(r"\.[a-z]{2}$")
_REMARK: Final = re.compile(r"^<!-- .*? -->\n", re.MULTILINE)
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)


class NoGuide(Exception):
    """There is no such page; the text says which there are."""


def folder() -> Path:
    """Where the pages are: in an installed package, else in the repository."""
    packed = _BESIDE / "guides"
    return packed if packed.is_dir() else _BESIDE.parent / "docs"


def pages(root: Path) -> dict[str, Path]:
    """The pages by the name that a reader types, the guides first: their English files."""
    found = sorted(root.rglob("*.md"), key=lambda path: (path.relative_to(root).parts[0] != "guides", path.as_posix()))
    return {
        path.stem: path
        for path in found
        if not _TRANSLATED.search(path.stem) and path.relative_to(root).parts[0].removesuffix(".md") not in _APART
        and path.stem != "README"
    }  # fmt: skip


def text(name: str, lang: str, root: Path) -> str:
    """A page in a language, in English where it is not translated. Raises NoGuide for an unknown name."""
    known = pages(root)
    name = name.removesuffix(".md").rpartition("/")[2]
    if name not in known:
        raise NoGuide(f"there is no page `{name}`: {suggest(name, known)}")
    return _REMARK.sub("", _in(known[name], lang).read_text("utf-8"))


def titles(lang: str, root: Path) -> dict[str, str]:
    """What each page is called, by the name that a reader types."""
    return {name: _title(_in(path, lang)) for name, path in pages(root).items()}


def _in(path: Path, lang: str) -> Path:
    translated = path.with_suffix(f".{lang}.md")
    return translated if translated.is_file() else path


def _title(path: Path) -> str:
    found = _TITLE.search(path.read_text("utf-8"))
    return found[1] if found else path.stem
