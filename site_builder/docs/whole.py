"""All pages of the documentation, ready to be put into a frame; says at once whatever is wrong in any of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from site_builder.docs.files import DocFile, Docs
from site_builder.docs.links import Links
from site_builder.docs.order import Index, index_of
from site_builder.docs.text import Heading, Text, plain
from site_builder.errors import InputError, Issue

_TITLE: Final = re.compile(r'^<h1 id="[^"]*">(.*?)</h1>\s*', re.DOTALL)
_LONGEST: Final = 200
"""Characters that a description has at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its heading and text as HTML, and its second and third headings."""

    file: DocFile
    title: str
    heading: str
    description: str
    html: str
    contents: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The documentation as it will be shown. `outside` are the repository's files that it names, from its top."""

    pages: Mapping[tuple[str, str], Page]
    indexes: Mapping[str, Index]
    assets: Mapping[str, bytes]
    outside: frozenset[str]


def written(docs: Docs, base: str) -> Written:
    """All pages, for a site that lives below `base`. Raises InputError with every dead link and missing title."""
    links = Links(docs, base)
    issues: list[Issue] = []
    pages = {key: _page(file, links, issues) for key, file in docs.files.items()}
    indexes = {lang: index_of(docs, lang, links) for name, lang in docs.files if not name}
    if issues or links.issues:
        raise InputError([*issues, *links.issues])
    return Written(pages, indexes, links.assets, frozenset(links.outside))


def _page(file: DocFile, links: Links, issues: list[Issue]) -> Page:
    text = links.text(file)
    html = links.rewritten(text.html, file)
    top = _TITLE.match(html)
    if top is None:
        issues.append(file.issue(0, "the page does not begin with its title", "lists of pages name it", "`# A title`"))
    title = file.words.get("title") or (text.headings[0].words if text.headings else "")
    heading = top[1] if top else ""
    contents = tuple(heading for heading in text.headings if heading.level in (2, 3))
    return Page(file, title, heading, _description(file, text), html[top.end() :] if top else html, contents)


def _description(file: DocFile, text: Text) -> str:
    """What search engines show: the front matter's, or the first paragraph, its beginning if it is long."""
    found = plain(file.words.get("description", "")) or text.first_words or file.words.get("title", file.name)
    if len(found) <= _LONGEST:
        return found
    sentences = re.match(rf".{{40,{_LONGEST - 1}}}[.!?](?= )", found)
    return sentences[0] if sentences else found[: _LONGEST - 1].rpartition(" ")[0] + "…"
