"""The documentation's pages: the text in the middle, all pages at its side, what is on the page at the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from site_builder.docs.files import Docs, below
from site_builder.docs.order import Entry, Index
from site_builder.docs.text import Heading
from site_builder.docs.whole import Page, Written
from site_builder.locales import language_name
from site_builder.rendering.page import Address
from site_builder.rendering.site import Renderer
from site_builder.rendering.voice import Voice


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page with those below it."""

    id: str
    words: str
    parts: tuple[Heading, ...]


class DocsRenderer(Renderer):
    """Renders the documentation's pages in the frame of all others."""

    def docs_files(self, docs: Docs, pages: Written) -> dict[str, bytes]:
        """Every page and picture by its path in the site's folder."""
        texts = dict(self._docs_pages(docs, pages))
        return {name: text.encode() for name, text in texts.items()} | dict(pages.assets)

    def _docs_pages(self, docs: Docs, pages: Written) -> Iterator[tuple[str, str]]:
        for lang, index in pages.indexes.items():
            voice = self._voice(lang)
            order = [entry for entry in index.pages() if entry.file.lang == lang]
            groups = self._groups(index, voice)
            for (name, one), page in pages.pages.items():
                if one == lang:
                    view = {"page_groups": _open(groups, name), "docs": self._words(lang, index)}
                    frame = self._frame(
                        lang, Address(below(name), docs.languages_of(name)), page.title, page.description
                    )
                    if name:
                        view |= self._text(page, order)
                        yield frame.file, self._render("docs-page.html.j2", frame, voice, **view)
                    else:
                        lead = Markup(index.lead)  # noqa: S704 - made by our Markdown, which escapes
                        yield frame.file, self._render("docs-index.html.j2", frame, voice, lead=lead, **view)

    def _words(self, lang: str, index: Index) -> dict[str, str]:
        return {"title": index.title, "home": self.addresses.path(lang, below(""))}

    def _text(self, page: Page, order: Sequence[Entry]) -> dict[str, Any]:
        """What a page shows besides its frame and the list of all pages."""
        names = [entry.file.name for entry in order]
        place = names.index(page.file.name)
        before, after = order[max(0, place - 1) : place], order[place + 1 : place + 2]
        return {
            "heading": Markup(page.heading),  # noqa: S704 - made by our Markdown, which escapes
            "body": Markup(page.html),  # noqa: S704 - the same
            "contents": _sections(page.contents),
            "previous": self._link(before[0]) if before else None,
            "next": self._link(after[0]) if after else None,
        }

    def _groups(self, index: Index, voice: Voice) -> list[dict[str, Any]]:
        """The groups of the list of all pages."""
        return [
            {
                "title": group.title or voice.ui("docs.more"), "id": group.id,
                "prose": Markup(group.prose),  # noqa: S704 - made by our Markdown, which escapes
                "entries": [self._entry(entry, voice) for entry in group.entries],
            }
            for group in index.groups
        ]  # fmt: skip

    def _entry(self, entry: Entry, voice: Voice) -> dict[str, Any]:
        other = entry.file.lang if entry.file.lang != voice.lang else ""
        said = voice.ui("docs.in_language", language=language_name(other, voice.lang)) if other else ""
        return {
            **self._link(entry), "name": entry.file.name, "other": other, "in_language": said,
            "about": Markup(entry.about),  # noqa: S704 - made by our Markdown, which escapes
            "below": [self._entry(one, voice) for one in entry.below],
        }  # fmt: skip

    def _link(self, entry: Entry) -> dict[str, Any]:
        words = Markup(entry.words)  # noqa: S704 - made by our Markdown, which escapes
        return {"href": self.addresses.path(entry.file.lang, below(entry.file.name)), "words": words}


def _open(groups: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The groups with only that folder's pages in sight which the page is in."""
    folder = name[: name.rfind("/") + 1]
    return [
        {
            **group,
            "entries": [
                {**entry, "below": entry["below"] if folder and entry["name"] == folder else []}
                for entry in group["entries"]
            ],
        }
        for group in groups
    ]


def _sections(headings: Sequence[Heading]) -> list[Section]:
    """Second headings, each with its third ones; third ones before any second stand by themselves."""
    found: list[Section] = []
    for heading in headings:
        if heading.level == 2 or not found:
            found.append(Section(heading.id, heading.words, ()))
        else:
            last = found[-1]
            found[-1] = Section(last.id, last.words, (*last.parts, heading))
    return found
