"""Which page has which address: every address is made by one thing, and is an address as people type it.

A page of one's own gives way: families, the pages of all families and the documentation are where links lead. What
meets in several languages is told once, at the place that is to change, with the place of what has the address already.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from site_builder.addresses import KEPT, PART, slug
from site_builder.config import SiteConfig
from site_builder.content import FAMILIES, Content, Written
from site_builder.docs.files import Docs, below
from site_builder.errors import Issue, Place
from site_builder.locales import OWN_WORDS, Language, OwnWords
from site_builder.locales.located import Located
from site_builder.sources import Document

_SHARED: Final = {"across": "the page of all families’ rules", "changes": "the page of all changes"}
"""Pages that the site makes of all families, by the first word of their texts."""
_TWO: Final = "two pages have one address"

type Locales = Mapping[str, Mapping[str, str]]
"""The locale of each family in its languages, by family."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What has an address already, and where that is written, if it is in a file of the site."""

    what: str
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.what} ({self.place})" if self.place else self.what


@dataclass(slots=True)
class _Told:
    """One mistake, with the addresses that it makes in all languages."""

    issue: Issue
    held: _Held | None = None
    addresses: list[str] = field(default_factory=list)

    def whole(self) -> Issue:
        """The issue with its addresses in its reason."""
        if self.held is None:
            return self.issue
        said = " and ".join(f"`{address}`" for address in self.addresses)
        why = f"{said} {'is' if len(self.addresses) == 1 else 'are'} {self.held}"
        return Issue(self.issue.place, self.issue.what, why, self.issue.fix, self.issue.excerpt)


def address_issues(
    config: SiteConfig,
    content: Content,
    locales: Locales,
    languages: Mapping[str, Language],
    docs: Docs | None,
    documents: Mapping[str, Document] | None = None,
    words: Iterable[OwnWords] = (),
) -> Iterator[Issue]:
    """What is wrong with the addresses of pages, each mistake once.

    `documents` are the plan files by family, and `words` the site's own words, both for places in them.
    """
    told: dict[object, _Told] = {}
    for lang in (lang for lang in config.languages if lang in languages):
        _Language(lang, languages[lang], locales, documents or {}, tuple(words), told).look(content, docs)
    yield from (one.whole() for one in told.values())


def shared_pages(language: Language, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names of the pages of all families: in the locale that all families have, else in the language's own."""
    for page, what in _SHARED.items():
        yield str(language.locales[_tag(language, tags)].strings[f"ui.{page}.slug"]), what


def _tag(language: Language, tags: Iterable[str]) -> str:
    held = set(tags)
    tag = held.pop() if len(held) == 1 else language.default
    return tag if tag in language.locales else language.default  # one that there is not is told elsewhere


@dataclass(frozen=True, slots=True)
class _Language:
    """The addresses of one language; `told` are the mistakes of all, by what they are about."""

    lang: str
    language: Language
    locales: Locales
    documents: Mapping[str, Document]
    words: tuple[OwnWords, ...]
    told: dict[object, _Told]

    def look(self, content: Content, docs: Docs | None) -> None:
        """Note what is wrong, after what is right has taken its address."""
        own = {id: held[self.lang] for id, held in self.locales.items() if self.lang in held}
        made = {f"{id}/": _Held(f"the page of the family `{id}`", self._family_place(id)) for id in own}
        self._shared(own, made)
        for name, one in docs.files if docs else ():
            if docs and one == self.lang:
                shown = docs.files[name, one].shown
                made[below(name)] = _Held(f"the page of `{shown}`")
        for page in sorted(content.plain(self.lang), key=lambda page: "slug" in page.words):
            self._page(page, made, own)

    def _shared(self, own: Mapping[str, str], made: dict[str, _Held]) -> None:
        """The pages of all families, if there is one: two words that meet, and families called as such a page."""
        tag = _tag(self.language, own.values())
        for page, (name, what) in zip(_SHARED, shared_pages(self.language, own.values()) if own else (), strict=False):
            written = self._own_word(f"ui.{page}.slug", tag)
            held = _Held(what, written.place if written else None)
            other = made.setdefault(f"{name}/", held)
            if other is held:
                continue
            address = f"/{self.lang}/{name}/"
            if written:
                self._meet((page, written.place), written.issue(_TWO, "", "say it in another word"), other, address)
            elif name in own:
                fix = f"rename the family and its file, or call that page otherwise in `content/{OWN_WORDS}`"
                self._meet((page, name), self._of_family(name, fix), held, address)
            else:
                issue = Issue(Place(f"content/{OWN_WORDS}"), _TWO, "", "give one of them another `slug`")
                self._meet((page, name), issue, _Held(f"{other}, and {held}"), address)

    def _page(self, page: Written, made: dict[str, _Held], families: Mapping[str, str]) -> None:
        """One page of one's own: an address that is one, and that nothing else has."""
        name = page.below.removesuffix("/")
        last = name.rpartition("/")[2]
        other = made.setdefault(page.below, _Held("a page of your own", _slug_place(page) or Place(page.front.file)))
        # By its file's name, it is wrong in every language at once.
        key = page.front.file if _slug_place(page) else page.name
        wrong = [part for part in name.split("/") if not PART.fullmatch(part)]
        if wrong or last in KEPT:
            self.told.setdefault(key, _Told(_no_address(page, wrong[0]) if wrong else _kept(page, last)))
        elif other.place is None or other.place.file != page.front.file:
            issue = _of_page(page, _TWO, "", _other_name(page, last, name in families))
            self._meet((key, other.what), issue, other, f"/{self.lang}/{name}/")

    def _meet(self, key: object, issue: Issue, held: _Held, address: str) -> None:
        """Two pages have this address: told once, with those of other languages."""
        self.told.setdefault(("met", key), _Told(issue, held)).addresses.append(address)

    def _of_family(self, id: str, fix: str) -> Issue:
        document = self.documents.get(id)
        if document is None:
            return Issue(Place(id), _TWO, "", fix)
        return document.issue(document.value_place(("family",)), _TWO, "", fix)

    def _family_place(self, id: str) -> Place | None:
        document = self.documents.get(id)
        return document.value_place(("family",)) if document else None

    def _own_word(self, key: str, tag: str) -> Located | None:
        """Where the site says a text otherwise: in the words of the country first, for they win."""
        held = {one.tag: one.texts[key] for one in self.words if key in one.texts}
        return held.get(tag) or held.get(self.lang)


def _slug_place(page: Written) -> Place | None:
    return page.front.value_place(("slug",)) if "slug" in page.words else None


def _of_page(page: Written, what: str, why: str, fix: str) -> Issue:
    """A mistake in the address of a page: at its `slug`, else of its file."""
    place = _slug_place(page)
    return page.front.issue(place, what, why, fix) if place else Issue(Place(page.front.file), what, why, fix)


def _no_address(page: Written, wrong: str) -> Issue:
    """A page whose name, or whose `slug`, cannot be typed; `wrong` is the part of it that cannot."""
    name = page.below.strip("/")
    meant = "/".join(slug(part, "_") or "page" for part in name.split("/") if part)
    if _slug_place(page):
        what, why, fix = f"`{page.words['slug']}` cannot be an address", "an address is typed and mailed", f"`{meant}`"
    else:
        what, why = f"`{wrong}` cannot be a part of an address", "the page is called as its file, and typed and mailed"
        fix = f"rename the file to `{meant}.md`, in every language"
    return _of_page(page, what, why, f"small letters, digits and hyphens: {fix}")


def _kept(page: Written, last: str) -> Issue:
    """A page that is called as something else that every site has."""
    fix = "write another `slug`" if _slug_place(page) else "rename the file, in every language"
    return _of_page(page, f"no page of one's own is called `{last}`", f"it stands for {KEPT[last]}", fix)


def _other_name(page: Written, last: str, introduces: bool) -> str:
    """What to do about a page whose address another has; `introduces`: a family, whose page may have been meant."""
    name = f"about-{'us' if last == 'about' else last}"
    fix = f"write another `slug`, such as `{name}`"
    if not _slug_place(page):
        fix = f"rename the file, such as `{name}.md`, in every language, or give it a `slug` of its own"
    if introduces:
        fix += f"; what is to stand at the top of that page goes into `{FAMILIES}/{last}.md`"
    return fix
