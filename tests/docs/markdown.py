"""The repository's Markdown files: which there are, what they link to, which anchors they have."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_ELSEWHERE: Final = frozenset({"node_modules", "public", "dist", "mutants", "__pycache__"})
_FENCED: Final = re.compile(r"^( *)(```|~~~).*?^\1\2[ ]*$", re.DOTALL | re.MULTILINE)
_INLINE: Final = re.compile(r"`[^`\n]*`")
_LINK: Final = re.compile(r"!?\[[^\[\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_IMAGE_IN_LINK: Final = re.compile(r"\[!\[[^\]]*\]\([^)]*\)\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


@cache
def files() -> tuple[Path, ...]:
    """Every Markdown file that is part of the project; what tests and tools make is not looked into."""
    found: list[Path] = []
    for folder, folders, names in ROOT.walk():
        folders[:] = [name for name in folders if name not in _ELSEWHERE and not name.startswith(".")]
        found += [folder / name for name in names if name.endswith(".md") and not name.startswith(".")]
    return tuple(sorted(found))


def prose(text: str) -> str:
    """The text without its blocks of code."""
    return _FENCED.sub("", text)


def links(path: Path) -> Iterator[str]:
    """The targets of a file's links and images."""
    text = _INLINE.sub("", prose(path.read_text("utf-8")))
    yield from _IMAGE_IN_LINK.findall(text)
    for inline, reference in _LINK.findall(text):
        yield inline or reference


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors of a file's headings, as the common hosts of repositories make them."""
    found: set[str] = set()
    for heading in _HEADING.findall(prose(path.read_text("utf-8"))):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
        name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        numbered = (f"{name}-{number}" for number in range(1, 100))
        found.add(name if name not in found else next(other for other in numbered if other not in found))
    return frozenset(found)


def code(text: str) -> Iterator[str]:
    """Every piece of code in a text: lines of its blocks, and what stands between backticks."""
    for block in _FENCED.finditer(text):
        yield from block[0].splitlines()[1:-1]
    yield from (piece[0].strip("`") for piece in _INLINE.finditer(prose(text)))
