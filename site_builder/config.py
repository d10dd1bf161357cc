"""The site's own settings, from `content/site.yaml`: what it is called, where it lives, which languages it speaks.

Decides nothing about plans; the order of families is a wish, and families that it does not name follow by their ids.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.addresses import split_address
from site_builder.errors import InputError, Issue, Place, did_you_mean, suggest, suggest_key
from site_builder.looks import LogoSetting, accent_of, logo_of
from site_builder.sources import Document, load_yaml, shown

_KEYS: Final = (
    "title",
    "base_url",
    "languages",
    "families",
    "embed",
    "docs",
    "offline",
    "cards",
    "logo",
    "accent",
    "after_quote",
)
_LISTS: Final = {
    "languages": ("a site may have several, and the first comes first everywhere", "languages: [fr, en]"),
    "families": ("families are shown in its order", "families: [first, second]"),
    "after_quote": ("the tables below a quote are shown in its order", "after_quote: [wait, years, plans]"),
    "embed": ("it names who may hold the calculator, one by one", "embed: []"),
}
"""The settings that are lists: why, and what one may look like."""
AFTER_QUOTE: Final = ("wait", "years", "plans")
"""The tables below a quote: what waiting costs, what three years cost, what other plans cost."""
_DOCS_KEYS: Final = ("folder", "language", "repository")
DOCS: Final = "docs"
"""The folder of each language in which the documentation's pages are: no family can be called so beside them."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_HOSTS: Final = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")
_ORIGIN: Final = re.compile(r"(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(localhost|127\.0\.0\.1))(:[1-9][0-9]{0,4})?")
_PARTNER: Final = "https://partner.example"


@dataclass(frozen=True, slots=True)
class DocsSetting:
    """Where the documentation is: its folder, the language of files whose names say none, and where its repository is.

    `root` is the folder beside `content`, which links to files of the repository begin at; `repository` is the address
    that stands for it, with a slash at its end, or empty.
    """

    folder: Path
    language: str
    repository: str
    root: Path


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings. `base_url` ends in a slash; `base_path` is its path, so `/` for a site at the top of its host.

    `embed` are the origins of pages that may hold the calculator, beside the site's own: none of them where it is
    empty, and no page is made for others to hold where it is None. `offline` says whether pages that were opened stay
    at hand without a network, `cards` whether each family's page has a picture of its own, which other sites show
    beside a link to it. `accent` is the colour of links and buttons as #rrggbb, empty for the program's own.
    `after_quote` are the tables below a quote, in their order; all of them where it is None.
    """

    title: str
    base_url: str
    languages: tuple[str, ...]
    families: tuple[str, ...]
    document: Document
    embed: tuple[str, ...] | None = None
    docs: DocsSetting | None = None
    offline: bool = True
    cards: bool = False
    logo: LogoSetting | None = None
    accent: str = ""
    after_quote: tuple[str, ...] | None = None

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return split_address(self.base_url).path

    def order(self, known: Iterable[str]) -> tuple[str, ...]:
        """All known families: those of the settings first, in their order, then the rest by id.

        Raises InputError for a family of the settings that has no plan file.
        """
        ids = sorted(known)
        issues = []
        for index, family in enumerate(self.families):
            if family not in ids:
                place = self.document.value_place(("families", index))
                why = "the order names families that have a plan file"
                issues.append(self.document.issue(place, f"there is no family `{family}`", why, suggest(family, ids)))
        if self.docs and DOCS in ids:
            place = self.document.key_place((DOCS,))
            why = f"the documentation's pages are at the address of the family `{DOCS}`"
            issues.append(self.document.issue(place, "two pages have one address", why, "rename the family"))
        if issues:
            raise InputError(issues)
        return (*self.families, *(family for family in ids if family not in self.families))


def load_config(path: Path, root: Path) -> SiteConfig:
    """Read the settings at `path`; places are relative to `root`. Raises InputError with every issue found."""
    if not path.exists():
        why = "it says what the site is called, where it lives and which languages it speaks"
        fix = "write it with `title`, `base_url` and `languages`, as `clairplan guide pages` shows"
        raise InputError([Issue(Place(shown(path, root)), "there is no such file", why, fix)])
    document = load_yaml(path, root)
    issues: list[Issue] = []
    if not isinstance(document.value, dict):
        place = document.value_place(())
        fix = "`title`, `base_url` and `languages`"
        raise InputError([document.issue(place, "the settings are not a mapping", "they are looked up by key", fix)])
    for key in document.value:
        if key not in _KEYS:
            place, fix = document.key_place((key,)), suggest_key(key, _KEYS, document.value)
            issues.append(document.issue(place, f"`{key}` is not a setting", "nothing reads it", fix))
    title = _text(document, "title", "every page shows it", "write `title: Our plans`", issues)
    base_url = _base_url(document, issues)
    languages = _languages(document, issues)
    families = _list(document, "families", issues) if document.has(("families",)) else ()
    embed = _embed(document, issues) if document.has(("embed",)) else None
    docs = _docs(document, languages, path.absolute().parent.parent, issues) if document.has((DOCS,)) else None
    offline = _switch(document, "offline", True, "pages are kept for visits without a network, or they are not", issues)
    cards = _switch(document, "cards", False, "pictures are drawn for all families or for none", issues)
    logo, accent = logo_of(document, issues), accent_of(document, issues)
    after = _after_quote(document, issues) if document.has(("after_quote",)) else None
    if issues:
        raise InputError(_without_renamed(issues, document))
    return SiteConfig(title, base_url, languages, families, document, embed, docs, offline, cards, logo, accent, after)


def _switch(document: Document, key: str, default: bool, why: str, issues: list[Issue]) -> bool:
    value = document.typed((key,)) if document.has((key,)) else default
    if not isinstance(value, bool):
        place = document.value_place((key,))
        issues.append(
            document.issue(place, f"`{key}` is neither true nor false", why, f"`{key}: {str(not default).lower()}`")
        )
    return value is True


def _without_renamed(issues: Sequence[Issue], document: Document) -> list[Issue]:
    """The issues without those that miss a setting where another issue advises to rename one to it."""
    held = document.value if isinstance(document.value, dict) else {}
    renamed = {near for key in held if key not in _KEYS and (near := did_you_mean(key, _KEYS)) and near not in held}
    return [issue for issue in issues if issue.what.split("`")[1::2][:1] not in [[name] for name in renamed]]


def _text(document: Document, key: str, why: str, fix: str, issues: list[Issue]) -> str:
    value = document.at((key,))
    if isinstance(value, str) and value.strip():
        return value.strip()
    place = document.value_place((key,))
    issues.append(document.issue(place, f"`{key}` is missing or empty", why, fix))
    return ""


def _base_url(document: Document, issues: list[Issue]) -> str:
    """The address of the site's first page; canonical links and the sitemap need the whole of it."""
    before = len(issues)
    why = "the sitemap, shared links and the links in e-mails begin with it"
    value = _text(document, "base_url", why, "write `base_url: https://plans.example.org/`", issues)
    if len(issues) > before:
        return ""
    parts = split_address(value)
    if parts.scheme not in ("http", "https") or not _HOSTS.fullmatch(parts.netloc) or parts.query or parts.fragment:
        place = document.value_place(("base_url",))
        from site_builder.settings_advice import address_advice  # for mistakes alone

        issues.append(document.issue(place, f"`{value}` is not the address of a site", why, address_advice(value)))
    return value if value.endswith("/") else f"{value}/"


def _languages(document: Document, issues: list[Issue]) -> tuple[str, ...]:
    found = _list(document, "languages", issues)
    if not found and not issues:
        place = document.value_place(("languages",))
        issues.append(
            document.issue(place, "the site has no language", "a page is in a language", "`languages: [fr, en]`")
        )
    for index, language in enumerate(found):
        if not _LANGUAGE.fullmatch(language):
            place = document.value_place(("languages", index))
            why = "a language's folder and its pages' addresses are named by this code"
            from site_builder.settings_advice import language_code  # for mistakes alone

            fix = f"write `{language_code(language) or 'fr'}`" + ("" if language_code(language) else ", say")
            issues.append(document.issue(place, f"`{language}` is not a language code", why, fix))
    return found


def _embed(document: Document, issues: list[Issue]) -> tuple[str, ...]:
    """The origins of pages that may hold the calculator, as browsers write them; or the star alone, for all."""
    origins = _list(document, "embed", issues)
    for index, origin in enumerate(origins):
        place = document.value_place(("embed", index))
        if origin == "*" and len(origins) > 1:
            why = '"*" lets every page of the web hold the calculator, so the others say nothing'
            issues.append(document.issue(place, '"*" stands beside other origins', why, '`embed: ["*"]`, or no "*"'))
        elif origin != "*" and not _ORIGIN.fullmatch(origin):
            issues.append(document.issue(place, f"`{origin}` is not an origin", *_no_origin(origin)))
    return origins


def _after_quote(document: Document, issues: list[Issue]) -> tuple[str, ...]:
    """The tables below a quote that are shown."""
    tables = _list(document, "after_quote", issues)
    for index, table in enumerate(tables):
        if table not in AFTER_QUOTE:
            place, fix = document.value_place(("after_quote", index)), suggest(table, AFTER_QUOTE)
            issues.append(document.issue(place, f"there is no table `{table}`", "a quote has three below it", fix))
    return tables


def _no_origin(text: str) -> tuple[str, str]:
    """Why a text is not the origin of a page that may hold the calculator, and what to write instead."""
    parts = split_address(text)
    bare = f"{parts.scheme}://{parts.netloc}".lower()
    if "*" in text:
        why = "each host is named: a pattern lets in hosts that nobody has looked at"
        return why, f'`{_PARTNER}`; or "*" alone, in quotes, for every page of the web'
    if parts.scheme == "http" and parts.netloc:
        why = "over http anybody on the way can change the page that holds the calculator; only localhost may use it"
        return why, f"`https://{parts.netloc.lower()}`"
    if _ORIGIN.fullmatch(bare):
        return "an origin is scheme, host and port, in small letters: paths are not told apart", f"`{bare}`"
    return "browsers compare the origin of the page that holds the calculator: scheme, host and port", f"`{_PARTNER}`"


def _list(document: Document, key: str, issues: list[Issue]) -> tuple[str, ...]:
    """The texts of a list, each once."""
    value = document.at((key,))
    items: Sequence[object] = value if isinstance(value, list) else []
    if not isinstance(value, list):
        from site_builder.settings_advice import list_advice  # for mistakes alone

        place, (why, default) = document.value_place((key,)), _LISTS[key]
        fix = list_advice(key, value, default)
        issues.append(document.issue(place, f"`{key}` should be a list, in brackets", why, fix))
    for index, item in enumerate(items):
        if not isinstance(item, str) or item in items[:index]:
            place = document.value_place((key, index))
            what = f"`{item}` is there twice" if isinstance(item, str) else "an item of the list is not a word"
            issues.append(document.issue(place, what, f"`{key}` lists each one once", "one word for each item"))
    return tuple(item for item in items if isinstance(item, str))


def _docs(document: Document, languages: Sequence[str], root: Path, issues: list[Issue]) -> DocsSetting | None:
    """The documentation: its folder alone, or a mapping."""
    value = document.at((DOCS,))
    short = isinstance(value, str)
    if not short and not isinstance(value, dict):
        place = document.value_place((DOCS,))
        fix = f"`{DOCS}: docs`, or a mapping with {', '.join(f'`{key}`' for key in _DOCS_KEYS)}"
        issues.append(document.issue(place, "the documentation has no folder", "its pages are made of its files", fix))
        return None
    before = len(issues)
    for key in value if isinstance(value, dict) else ():
        if key not in _DOCS_KEYS:
            place = document.key_place((DOCS, key))
            fix = suggest_key(key, _DOCS_KEYS, value)
            issues.append(document.issue(place, f"`{key}` is not a setting of `{DOCS}`", "nothing reads it", fix))
    folder = _docs_folder(document, (DOCS,) if short else (DOCS, "folder"), root, issues)
    language = _docs_language(document, languages, issues)
    repository = _docs_repository(document, issues)
    return DocsSetting(folder, language, repository, root) if len(issues) == before and folder else None


def _docs_folder(document: Document, path: tuple[str, ...], root: Path, issues: list[Issue]) -> Path | None:
    value = document.at(path)
    folder = root / value if isinstance(value, str) and value.strip() else None
    if folder is None or not os.path.isdir(folder):
        place = document.value_place(path)
        what = f"there is no folder `{value}`" if folder else "`folder` is missing or empty"
        issues.append(document.issue(place, what, "the documentation's files are in it", "a folder beside `content`"))
    return folder


def _docs_language(document: Document, languages: Sequence[str], issues: list[Issue]) -> str:
    """The language of files that name none: the site's first, if nothing else is said."""
    path = (DOCS, "language")
    value = document.at(path) if document.has(path) else next(iter(languages), "")
    if isinstance(value, str) and (value in languages or not languages):
        return value
    what = f"the site does not speak `{value}`"
    why = "files of the documentation whose names say no language are in this one"
    issues.append(document.issue(document.value_place(path), what, why, suggest(str(value), languages)))
    return ""


def _docs_repository(document: Document, issues: list[Issue]) -> str:
    """What stands before the path of a file that is not on the site."""
    path = (DOCS, "repository")
    if not document.has(path):
        return ""
    value = document.at(path)
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s?#]+", value):
        return f"{value.rstrip('/')}/"
    place = document.value_place(path)
    why = "a file's path is added to it, for links to files that are not on the site"
    fix = "`repository: https://example.org/project/blob/main/`"
    issues.append(document.issue(place, f"`{value}` is not the address of a repository", why, fix))
    return ""
