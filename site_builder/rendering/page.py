"""What every page says of itself: its language and address, its other languages, its menu."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from site_builder.docs.files import Docs, below
from site_builder.locales import language_name
from site_builder.rendering.voice import Voice

DEFAULT: Final = "x-default"


class Alternate(NamedTuple):
    """The same page in a language, by its whole address."""

    hreflang: str
    address: str


class Other(NamedTuple):
    """The same page in another language, as the language switch leads to it."""

    lang: str
    name: str
    href: str


class MenuEntry(NamedTuple):
    """An entry of a menu; `other` is the language of a page that is not in the reader's."""

    href: str
    text: str
    other: str = ""


class Frame(NamedTuple):
    """A page without its contents. `path` begins at the host's root; `file` is its place in the site's folder.

    `menu` are the families, `across` the page of all their rules, if there is one. `card` is the address of the page's
    own picture for those who share a link to it, `card_text` what it shows.
    """

    file: str
    path: str
    lang: str
    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    languages: tuple[Other, ...]
    home: str
    menu: tuple[MenuEntry, ...]
    across: tuple[MenuEntry, ...] = ()
    footer: tuple[MenuEntry, ...] = ()
    indexed: bool = True
    card: str = ""
    card_text: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is in each of its languages, below the language's folder: `` for the home page, `family/`.

    `own` are the languages in which it is called otherwise.
    """

    below: str
    languages: tuple[str, ...]
    own: Mapping[str, str] = field(default_factory=dict)

    def at(self, lang: str) -> str:
        """Where the page is in one of its languages."""
        return self.own.get(lang, self.below)


@dataclass(frozen=True, slots=True)
class Addresses:
    """How paths and addresses are made: the site's base address and its path, and the languages' own names."""

    base_url: str
    base_path: str
    names: Mapping[str, str]

    def path(self, lang: str, below: str = "") -> str:
        """The path of a page from the host's root."""
        return f"{self.base_path}{lang}/{below}"

    def alternates(self, address: Address) -> tuple[Alternate, ...]:
        """The page in all of its languages; the home page of several also for readers of none of them."""
        found = [Alternate(lang, f"{self.base_url}{lang}/{address.at(lang)}") for lang in address.languages]
        if not address.below and len(found) > 1:
            found.append(Alternate(DEFAULT, self.base_url))
        return tuple(found) if len(found) > 1 else ()

    def frame(self, lang: str, tag: str, address: Address, title: str, description: str) -> Frame:
        """The frame of a page in one language, without its menus; `tag` is what its `lang` attribute says."""
        others = tuple(
            Other(code, self.names[code], self.path(code, address.at(code)))
            for code in address.languages
            if code != lang
        )
        return Frame(
            file=f"{lang}/{address.at(lang)}index.html",
            path=self.path(lang, address.at(lang)),
            lang=tag,
            title=title,
            description=description,
            canonical=f"{self.base_url}{lang}/{address.at(lang)}",
            alternates=self.alternates(address),
            languages=others,
            home=self.path(lang),
            menu=(),
        )

    def alone(self, file: str, lang: str, title: str, description: str, indexed: bool) -> Frame:
        """The frame of a page that is not in one language: the choice of languages, the page for what is not found."""
        every = Address("", tuple(self.names))
        return Frame(
            file, self.base_path, lang, title, description, self.base_url,
            self.alternates(every) if indexed else (), (), self.base_path, (), indexed=indexed,
        )  # fmt: skip


def docs_entry(docs: Docs, voice: Voice, addresses: Addresses) -> MenuEntry:
    """The documentation in a page's footer: in the page's language, or in the documentation's own."""
    spoken = docs.nearest("", voice.lang).lang
    text, other = voice.ui("docs.menu"), "" if spoken == voice.lang else spoken
    if other:
        text += f" ({voice.ui('docs.in_language', language=language_name(other, voice.lang))})"
    return MenuEntry(addresses.path(spoken, below("")), text, other)
