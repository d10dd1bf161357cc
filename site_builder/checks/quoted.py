"""Names and titles within curly quotation marks, as word processors type them: to YAML they are part of the text."""

from collections.abc import Iterator, Mapping
from typing import Final

from site_builder.checks.regions import named_regions, taxes_in
from site_builder.checks.texts import texts
from site_builder.config import SiteConfig
from site_builder.content import Written
from site_builder.errors import Issue
from site_builder.plans import Families, FamilyFile
from site_builder.sources import Document, Path

_ENDS: Final = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‹": "›", "”": "”"}
"""Marks that open, each with those that close it."""

_NAMES: Final = ("name", "title", "label", "summary", "vendor", "support", "audience")
"""Texts that are no quotation; others may well quote a whole sentence."""


def family_quotes(file: FamilyFile) -> Iterator[Issue]:
    """Such names in a plan file, its vendor's among them."""
    yield from _quoted(file.document, ("vendor", "name"), file.words.vendor)
    for path, said in texts(file):
        if path[-1] in _NAMES:
            for lang, text in said.items():
                yield from _quoted(file.document, (*path, lang), text)


def region_quotes(families: Families) -> Iterator[Issue]:
    """Such names in files of regions: of regions, and of taxes."""
    for document in families.region_documents:
        for code, region in named_regions(document):
            for lang, text in region.get("name", {}).items():
                yield from _quoted(document, ("regions", code, "name", lang), text)
        for path, tax in taxes_in(document):
            yield from _quoted(document, (*path, "code"), tax["code"])


def page_quotes(page: Written) -> Iterator[Issue]:
    """Such texts in the front matter of a page."""
    yield from _each(page.front, page.words)


def settings_quotes(config: SiteConfig) -> Iterator[Issue]:
    """The site's title, if it is such a text."""
    yield from _each(config.document, {"title": config.title})


def _each(document: Document, words: Mapping[str, str]) -> Iterator[Issue]:
    for key, text in words.items():
        yield from _quoted(document, (key,), text)


def unquoted(path: Path, text: str) -> str:
    """The text at a path of a plan file, without the marks that are told here: no other check is to judge them."""
    named = path[-2:-1] and path[-2] in _NAMES
    return (_inner(text) if named else None) or text


def _inner(text: str) -> str | None:
    """What stands within such marks; None where they are not around the text as a whole."""
    said = text.strip()
    if len(said) < 3 or said[-1] not in _ENDS.get(said[0], ""):
        return None
    inner = said[1:-1].strip()
    return None if said[0] in inner else inner  # else two quotations, with words between them


def _quoted(document: Document, path: Path, text: object) -> Iterator[Issue]:
    """The issue for a text that is in such marks as a whole."""
    said = text.strip() if isinstance(text, str) else ""
    inner = _inner(said)
    if inner is None:
        return
    mark = '"' if '"' not in inner else "'"
    yield document.issue(
        document.value_place(path), f"the quotation marks are part of the text: {said}",
        "YAML knows only straight ones; readers would see these", f"write `{mark}{inner}{mark}`",
    )  # fmt: skip
