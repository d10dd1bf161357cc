"""Pages read as HTML, without a browser: ids, links and what an element carries."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Self

type Attributes = dict[str, str]


@dataclass
class Document:
    """The start tags of a page, in their order, and the text that a reader can see."""

    tags: list[tuple[str, Attributes]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """All ids, also those that occur twice."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def text(self) -> str:
        """The visible text, with single spaces; no-break spaces are kept."""
        return " ".join(" ".join(self.texts).split(" "))

    def all(self, tag: str) -> list[Attributes]:
        """The attributes of each element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.document.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.document.texts.append(data)

    @classmethod
    def read(cls, text: str) -> Self:
        reader = cls()
        reader.feed(text)
        reader.close()
        return reader


@cache
def document(file: Path) -> Document:
    """A page of the built site."""
    return _Reader.read(file.read_text("utf-8")).document
