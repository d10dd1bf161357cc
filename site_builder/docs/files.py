"""The files of the documentation's folder, and the pages that they become.

`guides/send.md` is the page `guides/send` in the documentation's own language, `guides/send.fr.md` the same page in
French; the `README.md` of a folder is the folder's page, that of the whole folder the first page.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from site_builder.caching import key_of
from site_builder.config import DOCS, DocsSetting
from site_builder.content import front_texts
from site_builder.errors import InputError, Issue, Place
from site_builder.pictures import SUFFIXES
from site_builder.sources import parse_page, read_text, shown

README: Final = "README"
_KEYS: Final = ("title", "description")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

type Key = tuple[str, str]
"""A page by its name and language."""


@dataclass(frozen=True, slots=True)
class DocFile:
    """One Markdown file. `name` is its page's: `guides/send`, `adr/` for a folder's README, empty for the first page.

    `path` is the file's below the documentation's folder; `words` is its front matter.
    """

    name: str
    lang: str
    path: str
    words: Mapping[str, str]
    body: str
    body_line: int
    shown: str

    def issue(self, at: int, what: str, why: str, fix: str) -> Issue:
        """An issue at a place of the body, counted in characters."""
        before = self.body[:at]
        number = before.count("\n")
        column = at - (before.rfind("\n") + 1) + 1
        return Issue(Place(self.shown, self.body_line + number, column), what, why, fix, self.body.split("\n")[number])


@dataclass(frozen=True)
class Docs:
    """The documentation as its files are: pages by name and language, and pictures by path with what they hold."""

    setting: DocsSetting
    languages: tuple[str, ...]
    files: Mapping[Key, DocFile]
    pictures: Mapping[str, bytes]

    @cached_property
    def key(self) -> str:
        """Stands for all that the pages are made of."""
        texts = (part for file in self.files.values() for part in (file.shown, file.lang, repr(file.words), file.body))
        pictures = (part for name, data in self.pictures.items() for part in (name, data))
        setting = self.setting
        return key_of(setting.language, setting.repository, *self.languages, *texts, "", *pictures)

    @cached_property
    def by_path(self) -> Mapping[str, DocFile]:
        """The files by their path below the folder."""
        return {file.path: file for file in self.files.values()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pages, sorted."""
        return tuple(sorted({name for name, _ in self.files}))

    def languages_of(self, name: str) -> tuple[str, ...]:
        """The languages that a page is written in, in the site's order."""
        return tuple(lang for lang in self.languages if (name, lang) in self.files)

    def nearest(self, name: str, lang: str) -> DocFile:
        """The page for readers of a language: in theirs, else in the documentation's own, else in any."""
        found = (lang, self.setting.language, *self.languages)
        return next(self.files[name, one] for one in found if (name, one) in self.files)


def below(name: str) -> str:
    """Where a page is below its language's folder."""
    return f"{DOCS}/{name.lower()}" + ("/" if name and not name.endswith("/") else "")


def read_docs(setting: DocsSetting, languages: tuple[str, ...], root: Path) -> Docs:
    """The files of the folder; places relative to `root`. Raises InputError with every issue found."""
    issues: list[Issue] = []
    files: dict[Key, DocFile] = {}
    places: dict[Key, DocFile] = {}
    pictures: dict[str, bytes] = {}
    top = shown(setting.folder, root)
    for path in sorted(_walk(str(setting.folder), "")):
        if path.endswith(SUFFIXES):
            pictures[path] = (setting.folder / path).read_bytes()
        file = _read(path, top, setting, languages, issues) if path.endswith(".md") else None
        if file is None:
            continue
        other = places.setdefault((below(file.name), file.lang), file)
        if other is not file:
            why = f"{other.shown} has the same address"
            issues.append(Issue(Place(file.shown), "two pages have one address", why, "rename one of the two"))
        files[file.name, file.lang] = file
    issues += _without_first(setting, files, root)
    if issues:
        raise InputError(issues)
    return Docs(setting, languages, files, pictures)


def _walk(folder: str, inside: str) -> Iterator[str]:
    """All files below the folder, by their path there; what begins with a dot is left alone."""
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, f"{inside}{entry.name}/")
        else:
            yield inside + entry.name


def _read(path: str, top: str, setting: DocsSetting, languages: tuple[str, ...], issues: list[Issue]) -> DocFile | None:
    """The file, or None for one in a language that the site does not speak, or where something is wrong in it."""
    folder, slash, name = path.rpartition("/")
    stem, _, suffix = name.removesuffix(".md").partition(".")
    lang = suffix or setting.language
    if lang not in languages and re.fullmatch(r"[a-z]{2,3}", lang):
        return None
    place = f"{top}/{path}"
    if (
        not all(_NAME.fullmatch(part) for part in (*(folder.split("/") if folder else ()), stem))
        or lang not in languages
    ):
        fix = "letters, digits and hyphens, and before `.md` at most a language, as in `send.fr.md`"
        issues.append(Issue(Place(place), "the file's name cannot be an address", "its page is called so", fix))
    text, found = read_text(setting.folder / path, place)
    page, more = parse_page(text, place) if text is not None else (None, [])
    issues += [*found, *more]
    if page is None:
        return None
    page_name = folder + slash + ("" if stem == README else stem)
    return DocFile(page_name, lang, path, front_texts(page.front, _KEYS, issues), page.body, page.body_line, place)


def _without_first(setting: DocsSetting, files: Mapping[Key, DocFile], root: Path) -> Iterator[Issue]:
    """Languages that have pages, and no page to begin with."""
    for lang in sorted({setting.language, *(lang for _, lang in files)}):
        if ("", lang) not in files:
            name = f"{README}.md" if lang == setting.language else f"{README}.{lang}.md"
            why = f"the documentation in `{lang}` begins there: it lists the pages"
            fix = "a heading, a few words, and lists of links under `##` headings"
            yield Issue(Place(shown(setting.folder / name, root)), "the page is missing", why, fix)
