"""Which page has which address: every address is made by one thing, and is an address as people type it.

A page of one's own gives way: families, the pages of all families and the documentation are where links lead.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from site_builder.addresses import KEPT, PART, slug
from site_builder.config import SiteConfig
from site_builder.content import FAMILIES, Content, Written
from site_builder.docs.files import Docs, below
from site_builder.errors import Issue, Place, listed
from site_builder.locales import OWN_WORDS, Language
from site_builder.sources import Document

_SHARED: Final = {"across": "the page of all families’ rules", "changes": "the page of all changes"}
"""Pages that the site makes of all families, by the first word of their texts."""

type Locales = Mapping[str, Mapping[str, str]]
"""The locale of each family in its languages, by family."""


def address_issues(
    config: SiteConfig,
    content: Content,
    locales: Locales,
    languages: Mapping[str, Language],
    docs: Docs | None,
    documents: Mapping[str, Document] | None = None,
) -> Iterator[Issue]:
    """What is wrong with the addresses of pages; `documents` are the plan files by family, for places in them."""
    for lang in (lang for lang in config.languages if lang in languages):
        own = {id: held[lang] for id, held in locales.items() if lang in held}
        shared = dict(shared_pages(languages[lang], own.values())) if own else {}
        if own and len(shared) < len(_SHARED):  # by the words of two files, each of which is right by itself
            what, why = "two pages have one address", f"`/{lang}/{next(iter(shared))}/` is {listed(_SHARED.values())}"
            yield Issue(Place(f"content/{OWN_WORDS}"), what, why, "give one of them another `slug`")
        for id in own.keys() & shared.keys():
            yield _of_family(id, f"/{lang}/{id}/", shared[id], (documents or {}).get(id))
        made = {f"{id}/": f"the page of the family `{id}`" for id in own}
        made |= {f"{name}/": what for name, what in shared.items()}
        if docs:
            made |= {
                below(name): f"the page of `{docs.files[name, one].shown}`" for name, one in docs.files if one == lang
            }
        for page in content.plain(lang):
            yield from _of_page(page, made, own.keys())


def shared_pages(language: Language, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names of the pages of all families: in the locale that all families have, else in the language's own."""
    held = set(tags)
    tag = held.pop() if len(held) == 1 else language.default
    locale = language.locales.get(tag, language.locales[language.default])  # one that there is not is told elsewhere
    for page, what in _SHARED.items():
        yield str(locale.strings[f"ui.{page}.slug"]), what


def _of_page(page: Written, made: Mapping[str, str], families: Iterable[str]) -> Iterator[Issue]:
    last = page.name.rpartition("/")[2]
    place = Place(page.front.file)
    address = f"/{page.lang}/{page.name}/"
    if wrong := [part for part in page.name.split("/") if not PART.fullmatch(part)]:
        meant = "/".join(slug(part, "_") or "page" for part in page.name.split("/"))
        what, why = (
            f"`{wrong[0]}` cannot be a part of an address",
            "the page is called as its file, and typed and mailed",
        )
        fix = f"small letters, digits and hyphens: rename the file to `{meant}.md`, in every language"
        yield Issue(place, what, why, fix)
    elif last in KEPT:
        fix = "rename the file, in every language"
        yield Issue(place, f"no page of one's own is called `{last}`", f"it stands for {KEPT[last]}", fix)
    elif other := made.get(f"{page.name}/"):
        fix = f"rename the file, such as `about-{last}.md`, in every language"
        if page.name in families:
            fix += f"; what is to stand at the top of that page goes into `{FAMILIES}/{page.name}.md`"
        yield Issue(place, "two pages have one address", f"`{address}` is {other}", fix)


def _of_family(id: str, address: str, other: str, document: Document | None) -> Issue:
    what, why, fix = "two pages have one address", f"`{address}` is {other}", "rename the family and its file"
    if document is None:
        return Issue(Place(id), what, why, fix)
    return document.issue(document.value_place(("family",)), what, why, fix)
