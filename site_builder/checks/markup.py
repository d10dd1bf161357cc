"""HTML in written pages: Markdown alone is read there, so that readers see the tags as text."""

import re
from collections.abc import Iterator
from typing import Final

from site_builder.content import Written
from site_builder.errors import Issue, Place

_CODE: Final = re.compile(r"^ *(```+|~~~+).*?^ *\1[ ]*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_TAG: Final = re.compile(r"<!--|</?([a-z][a-z0-9]*)(?=[\s/>])(?:[^<>\n\"]|\"[^\"\n]*\")*>", re.IGNORECASE)
_PAIRS: Final = {"b": "**…**", "strong": "**…**", "i": "*…*", "em": "*…*", "code": "`…`"}
"""What stands around words in Markdown, by the tags that do so in HTML."""

_LINES: Final = {
    "br": "end the line with two spaces in place of it",
    "p": "leave an empty line between two paragraphs",
    "hr": "write `---` on a line of its own, with an empty line before it",
    "li": "write `- …` on a line of its own",
    "ul": "write `- …` lines",
    "ol": "write `1. …` lines",
    "blockquote": "write `> …`",
    "table": "write its rows as `| … | … |`, with `|---|---|` below the first",
}
"""What to do in place of other tags."""


def markup_warnings(page: Written) -> Iterator[Issue]:
    """The first tag of each kind in a page, with what to write instead."""
    lines = page.body.split("\n")
    text = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), page.body)
    told = set[str]()
    for found in _TAG.finditer(text):
        name = (found[1] or "!--").lower()
        if name in told or found[0].startswith("</"):
            continue
        told.add(name)
        line, column = text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start())
        place = Place(page.front.file, page.body_line + line, column)
        what, why = (
            f"`{found[0]}` would be shown as it is written here",
            "pages are Markdown, in which HTML is only text",
        )
        yield Issue(place, what, why, _instead(name, found, text), lines[line])


def _instead(name: str, found: re.Match[str], text: str) -> str:
    """The Markdown for a tag, with its words or address where they are known."""
    tag = found[0]
    if name == "!--":
        return "leave the remark out: readers would see it"
    inner = re.match(rf"([^<>\n]+)</{name}>", text[found.end() :], re.IGNORECASE)
    words = inner[1].strip() if inner else "…"
    if name in _PAIRS:
        return f"write `{_PAIRS[name].replace('…', words)}`" if name != "code" else "put it between two backquotes"
    if re.fullmatch(r"h[1-6]", name):
        return f"write `{'#' * max(2, int(name[1]))} {words}` on a line of its own"
    if name == "img":
        return f"write `![{_attribute(tag, 'alt') or '…'}]({_attribute(tag, 'src') or '…'})`"
    if name == "a":
        return f"write `[{words}]({_attribute(tag, 'href') or '…'})`"
    return _LINES.get(name, f"leave out `{tag}` and what closes it, or put it between backquotes to show it")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", tag, re.IGNORECASE)
    return next(filter(None, found.groups()), "") if found else ""
