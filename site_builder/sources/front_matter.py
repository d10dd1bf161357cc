"""Markdown files: the YAML in front (between two lines of `---`) and the body after it, line numbers kept."""

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final

from site_builder.errors import Issue, Place
from site_builder.sources.documents import Document
from site_builder.sources.text import read_text
from site_builder.sources.tree import parse_yaml
from site_builder.sources.yaml_files import shown

_FENCE: Final = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file in its two parts. `front.value` is None where the file has no front matter."""

    front: Document
    body: str
    body_line: int
    """The line of the file, from 1, in which the body begins."""


def read_page(path: FilePath, root: FilePath) -> tuple[Page | None, list[Issue]]:
    """The Markdown file at `path` in its two parts, or None, with every issue; places relative to `root`."""
    name = shown(path, root)
    text, issues = read_text(path, name)
    return (None, issues) if text is None else parse_page(text, name)


def parse_page(text: str, name: str) -> tuple[Page | None, list[Issue]]:
    """The same for a text already read."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        nothing, _ = parse_yaml("", name)
        assert nothing is not None
        return Page(nothing, text, 1), []
    closing = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if closing is None:
        return None, [_unclosed(name, lines[0])]
    # The opening fence becomes an empty line, so that places count from the top of the file.
    front, issues = parse_yaml("\n".join(["", *lines[1:closing], ""]), name)
    return (Page(front, "\n".join(lines[closing + 1 :]), closing + 2) if front else None), issues


def _unclosed(name: str, line: str) -> Issue:
    return Issue(
        Place(name, 1, 1),
        "the front matter is not closed",
        "it opens with `---` here, and no other line of the file is `---`",
        "add a line `---` after the last key of the front matter",
        line,
    )
