"""The order of pages: what the first page lists under its headings, then what it does not list.

A folder whose README is listed brings its other pages along, in the order in which its README links to them. A page
that nobody lists joins its folder's group, or the last one; so a new file is found without a word anywhere else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from site_builder.docs.files import DocFile, Docs
from site_builder.docs.links import Links
from site_builder.docs.text import convert, inline

_SECTION: Final = re.compile(r"(?m)^(?=## )")
_ITEM: Final = re.compile(
    r"(?m)^[-*] \[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)[ :,\u00a0\u202f\u2013\u2014-]*((?:.*)(?:\n {2,}\S.*)*)\n?"
)
_TARGET: Final = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the list: its words there, both as HTML, and the pages of its folder."""

    file: DocFile
    words: str
    about: str
    below: tuple["Entry", ...] = ()


@dataclass(slots=True)
class Group:
    """A heading of the first page with its entries; `prose` is what else stands there. The last may have no title."""

    title: str
    id: str
    prose: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Index:
    """The first page in one language: what stands before its lists, and all pages in their order."""

    lang: str
    title: str
    lead: str
    groups: tuple[Group, ...]

    def pages(self) -> Iterator[Entry]:
        """All entries in order, pages of a folder after the folder's own."""
        for group in self.groups:
            for entry in group.entries:
                yield entry
                yield from entry.below


def index_of(docs: Docs, lang: str, links: Links) -> Index:
    """The order of pages for readers of a language that has a first page."""
    first = docs.files["", lang]
    head, *sections = _SECTION.split(links.body(first))
    groups = [_group(section, first, docs, links) for section in sections]
    _add_unlisted(groups, docs, lang, links)
    title, _, lead = head.strip().partition("\n")
    return Index(lang, convert(title).headings[0].words if title.startswith("# ") else "", _html(lead, first, links),
                 tuple(group for group in groups if group.entries or group.prose))  # fmt: skip


def _html(text: str, file: DocFile, links: Links) -> str:
    return links.rewritten(convert(text.strip()).html, file)


def _group(section: str, first: DocFile, docs: Docs, links: Links) -> Group:
    title, _, rest = section.partition("\n")
    heading = convert(title).headings[0]
    group = Group(heading.words, heading.id, _html(_ITEM.sub("", rest), first, links))
    for words, target, about in _ITEM.findall(rest):
        page = links.target(target, first)
        # What is no page, or a place within one, is said by the one who rewrites it.
        told = links.rewritten(f'<a href="{target}">{inline(words)}</a>', first)
        if page is None:
            group.prose += f"<p>{told}</p>"
            continue
        shown = docs.nearest(page.name, first.lang)
        description = links.rewritten(inline(re.sub(r"\s+", " ", about)), first)
        group.entries.append(Entry(shown, inline(words), _sentence(description), tuple(_children(docs, shown, links))))
    return group


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _children(docs: Docs, readme: DocFile, links: Links) -> Iterator[Entry]:
    """The other pages of a folder, in the order in which its README links to them, then by name."""
    if not readme.name.endswith("/"):
        return
    targets = (links.target(href, readme) for href in _TARGET.findall(readme.body))
    linked = [file.name for file in targets if file is not None]
    inside = [name for name in docs.names if name.startswith(readme.name) and name != readme.name]
    for name in sorted(inside, key=lambda name: (linked.index(name) if name in linked else len(linked), name)):
        yield _plain_entry(docs.nearest(name, readme.lang), links)


def _plain_entry(file: DocFile, links: Links) -> Entry:
    """An entry in the page's own words."""
    text = links.text(file)
    words = file.words.get("title") or (text.headings[0].words if text.headings else file.name)
    return Entry(file, escape(words), escape(file.words.get("description") or text.first_words))


def _add_unlisted(groups: list[Group], docs: Docs, lang: str, links: Links) -> None:
    listed = {entry.file.name for group in groups for one in group.entries for entry in (one, *one.below)}
    rest = Group("", "more", "")
    for name in docs.names:
        if name and name not in listed:
            file = docs.nearest(name, lang)
            _home(groups, name, rest).entries.append(_plain_entry(file, links))
    groups.append(rest)


def _home(groups: Sequence[Group], name: str, rest: Group) -> Group:
    """The last group that lists pages of the same folder; `rest` for a page of none."""
    folder, slash, _ = name.rpartition("/")
    for group in reversed(groups) if slash else ():
        if any(entry.file.name.rpartition("/")[0] == folder for entry in group.entries):
            return group
    return rest
