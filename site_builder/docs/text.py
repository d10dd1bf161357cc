"""Markdown of the documentation as HTML: code in colours, headings with ids, tables that scroll, no raw HTML."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from typing import Final

import markdown
from markdown.preprocessors import Preprocessor

from site_builder.content import without_styles
from site_builder.docs.colours import coloured

_FENCE: Final = re.compile(r"( *)(`{3,}|~{3,})\s*([\w+-]*)[^`]*")
_COMMENT: Final = re.compile(r"\s*<!--.*?-->\s*")
_FILE: Final = re.compile(r"\s*<!-- (?:file|append|edit) (\S+) -->\s*")
"""A comment that says which file the next block of code belongs to: readers see its name above the block."""
_PIECE: Final = re.compile(r"<h([1-6])>(.*?)</h\1>|<(/?)table>|<li>(<p>)?\[([ xX])\] ", re.DOTALL)
_LABEL: Final = 25
"""Characters below which a paragraph says nothing of its page, such as "Status: accepted"."""
_WORTH_COPYING: Final = 4
"""Lines of YAML from which on a block has a head, where the page's script puts a button to copy it."""
_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: `level` from 1, the `id` that its anchor has, and its words without markup."""

    level: int
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A converted text; its links are as they were written."""

    html: str
    headings: tuple[Heading, ...]

    @property
    def first_words(self) -> str:
        """The first paragraph that is more than a label, without markup; empty where there is none."""
        found = (plain(words) for words in re.findall(r"<p>(.*?)</p>", self.html, re.DOTALL))
        return next((words for words in found if len(words) >= _LABEL), "")


@lru_cache(maxsize=1024)
def convert(text: str) -> Text:
    """A Markdown text as HTML, its headings from the second level on as links to themselves."""
    html = without_styles(_converter().reset().convert(text))
    pieces = _Pieces()
    html = _PIECE.sub(pieces.mended, html)
    return Text(html, tuple(pieces.headings))


def inline(text: str) -> str:
    """One paragraph of Markdown without its `<p>`."""
    return re.sub(r"^<p>|</p>$", "", convert(text).html)


def plain(html: str) -> str:
    """The words of a piece of HTML, in one line."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", html))).strip()


class _Pieces:
    """Goes through the headings, tables and ticks of a page in their order."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.ids: set[str] = set()

    def mended(self, match: re.Match[str]) -> str:
        """A heading with its id and anchor, a table in a box that scrolls, an item to tick."""
        if match[1]:
            return self._heading(int(match[1]), match[2])
        if match[5]:
            done = "" if match[5] == " " else " done"
            return f'<li class="task{done}">{match[4] or ""}'
        if match[3]:
            return "</table></div>"
        named = f' aria-labelledby="{self.headings[-1].id}"' if self.headings else ""
        return f'<div class="scroll" role="group" tabindex="0"{named}><table>'

    def _heading(self, level: int, inner: str) -> str:
        words = plain(inner)
        base = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") or "part"
        id, number = base, 0
        while id in self.ids:
            number += 1
            id = f"{base}-{number}"
        self.ids.add(id)
        self.headings.append(Heading(level, id, words))
        linked = level > 1 and "<a " not in inner
        shown = f'<a class="anchor" href="#{escape(id)}">{inner}</a>' if linked else inner
        return f'<h{level} id="{escape(id)}">{shown}</h{level}>'


class _Code(Preprocessor):
    """Takes blocks of code out of the text before anything else reads it, and comments away."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a mark in the place of each block."""
        kept: list[str] = []
        held: list[str] = []
        opening: re.Match[str] | None = None
        file = ""
        for line in lines:
            if opening is not None:
                if re.fullmatch(rf" *{opening[2][0]}{{{len(opening[2])},}} *", line):
                    kept += ["", opening[1] + self._block(opening, held, file), ""]
                    opening, held, file = None, [], ""
                else:
                    held.append(line.removeprefix(opening[1]))
            elif found := _FENCE.fullmatch(line):
                opening = found
            elif _COMMENT.fullmatch(line):
                named = _FILE.fullmatch(line)
                file = named[1] if named else ""
            else:
                kept.append(line)
        return [*kept, *([opening[0], *held] if opening else [])]

    def _block(self, opening: re.Match[str], lines: list[str], file: str) -> str:
        head = file or ("YAML" if opening[3] == "yaml" and len(lines) >= _WORTH_COPYING else "")
        caption = f"<figcaption>{escape(head)}</figcaption>" if head else ""
        code = coloured("\n".join(lines), opening[3])
        kind = f' data-language="{opening[3]}"' if opening[3] else ""
        html = f'<figure class="code"{kind}>{caption}<pre tabindex="0"><code>{code}</code></pre></figure>'
        mark: str = self.md.htmlStash.store(html)
        return mark


@cache
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html", tab_length=2)
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.preprocessors.register(_Code(converter), "code", 25)
    return converter
