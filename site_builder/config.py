"""The site's own settings, from `content/site.yaml`: what it is called, where it lives, which languages it speaks.

Decides nothing about plans; the order of families is a wish, and families that it does not name follow by their ids.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from site_builder.errors import InputError, Issue, suggest
from site_builder.sources import Document, load_yaml

_KEYS: Final = ("title", "base_url", "languages", "families", "embed")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_HOSTS: Final = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")
_ORIGIN: Final = re.compile(r"(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(localhost|127\.0\.0\.1))(:[1-9][0-9]{0,4})?")
_PARTNER: Final = "https://partner.example"


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings. `base_url` ends in a slash; `base_path` is its path, so `/` for a site at the top of its host.

    `embed` are the origins of pages that may hold the calculator, beside the site's own: none of them where it is
    empty, and no page is made for others to hold where it is None.
    """

    title: str
    base_url: str
    languages: tuple[str, ...]
    families: tuple[str, ...]
    document: Document
    embed: tuple[str, ...] | None = None

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return urlsplit(self.base_url).path

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
        if issues:
            raise InputError(issues)
        return (*self.families, *(family for family in ids if family not in self.families))


def load_config(path: Path, root: Path) -> SiteConfig:
    """Read the settings at `path`; places are relative to `root`. Raises InputError with every issue found."""
    document = load_yaml(path, root)
    issues: list[Issue] = []
    if not isinstance(document.value, dict):
        place = document.value_place(())
        fix = "`title`, `base_url` and `languages`"
        raise InputError([document.issue(place, "the settings are not a mapping", "they are looked up by key", fix)])
    for key in document.value:
        if key not in _KEYS:
            place = document.key_place((key,))
            issues.append(document.issue(place, f"`{key}` is not a setting", "nothing reads it", suggest(key, _KEYS)))
    title = _text(document, "title", "`title: Our plans`", issues)
    base_url = _base_url(document, issues)
    languages = _languages(document, issues)
    families = _list(document, "families", issues) if document.has(("families",)) else ()
    embed = _embed(document, issues) if document.has(("embed",)) else None
    if issues:
        raise InputError(issues)
    return SiteConfig(title, base_url, languages, families, document, embed)


def _text(document: Document, key: str, fix: str, issues: list[Issue]) -> str:
    value = document.at((key,))
    if isinstance(value, str) and value.strip():
        return value.strip()
    place = document.value_place((key,))
    issues.append(document.issue(place, f"`{key}` is missing or empty", "every page shows it", fix))
    return ""


def _base_url(document: Document, issues: list[Issue]) -> str:
    """The address of the site's first page; canonical links and the sitemap need the whole of it."""
    before = len(issues)
    fix = "`base_url: https://plans.example.org/`"
    value = _text(document, "base_url", fix, issues)
    if len(issues) > before:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not _HOSTS.fullmatch(parts.netloc) or parts.query or parts.fragment:
        place = document.value_place(("base_url",))
        why = "links in the sitemap are made from it"
        issues.append(document.issue(place, f"`{value}` is not the address of a site", why, fix))
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
            issues.append(document.issue(place, f"`{language}` is not a language code", why, "a code such as `fr`"))
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


def _no_origin(text: str) -> tuple[str, str]:
    """Why a text is not the origin of a page that may hold the calculator, and what to write instead."""
    try:
        parts = urlsplit(text)
        bare = f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        parts, bare = urlsplit(""), ""
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
        place = document.value_place((key,))
        issues.append(
            document.issue(place, f"`{key}` should be a list", "its order counts", f"`{key}: [first, second]`")
        )
    for index, item in enumerate(items):
        if not isinstance(item, str) or item in items[:index]:
            place = document.value_place((key, index))
            what = f"`{item}` is there twice" if isinstance(item, str) else "an item of the list is not a word"
            issues.append(document.issue(place, what, f"`{key}` lists each one once", "one word for each item"))
    return tuple(item for item in items if isinstance(item, str))
