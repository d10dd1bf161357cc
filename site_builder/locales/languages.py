"""Reads the language folders and holds them to one another: a language is complete or the build fails.

A folder `<lang>/` has `locale.yaml` (the language as a whole), one file for each of its locales (`fr-CA.yaml`: the
spaces and the words that differ there), and any other YAML files, whose texts make one set of dotted keys. What a key
means is decided by who asks for it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final

from babel import localedata

from calculator.wording.formats import Duration, Formats
from calculator.wording.texts import Text, placeholders
from site_builder.caching import Store
from site_builder.errors import InputError, Issue, Place, suggest
from site_builder.locales.babel_formats import formats_of
from site_builder.locales.located import Located, flat, only_keys, other_placeholders, wrong_placeholders
from site_builder.locales.regional import REGIONAL_KEYS, foreign_words, read_instead, read_overlay, read_spacing
from site_builder.locales.typography import spaced, spaced_text
from site_builder.ready import ready_values
from site_builder.sources import Document, Path, read_yaml

LOCALES: Final = FilePath(__file__).parent
SETTINGS: Final = "locale.yaml"
_LOCALE_FILE: Final = re.compile(r"[a-z]{2,3}-[A-Z]{2}\.yaml")
_SETTING_KEYS: Final = ("name", "default", "first_day", "duration")
_DURATION_KEYS: Final = ("hours", "minutes", "both")


@dataclass(frozen=True, slots=True)
class Locale:
    """One locale of a language: its formats, its texts (spaced as it wants them), and the spaces themselves.

    `said` are those of its texts that differ from the language's, as they were written; `instead` goes from words of
    other countries to those that are said here.
    """

    tag: str
    formats: Formats
    strings: Mapping[str, Text]
    spacing: Mapping[str, str]
    said: Mapping[str, Text] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)

    def spaced(self, text: str) -> str:
        """A text of the language with this locale's spaces."""
        return spaced(text, self.spacing)


@dataclass(frozen=True, slots=True)
class Language:
    """A complete language: its name in itself, its locales by tag, and the one used where a family names none.

    `own` are the texts that a site says otherwise, by the language's or a locale's tag; they are laid over already.
    """

    lang: str
    name: str
    default: str
    locales: Mapping[str, Locale]
    texts: Mapping[str, Text]
    own: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Settings:
    name: str
    default: str
    first_day: str
    duration: Duration


def load(lang: str, folder: FilePath = LOCALES, root: FilePath | None = None) -> Language:
    """One language. Raises InputError with every issue of any language, for none counts alone."""
    return choose(lang, load_all(folder, root), folder, root)


def load_kept(store: Store, key: str) -> dict[str, Language]:
    """All languages as they were kept in a store or beside the program, else read; `key` stands for words and code."""
    kept: dict[str, Language] | None = store.get("languages", key)
    if kept is None:
        kept = _ready(key)
        if store.folder.is_dir():
            store.put("languages", key, kept)
    return kept


def _ready(key: str) -> dict[str, Language]:
    values = ready_values()
    if values is None:
        return load_all()
    kept: dict[str, Language] | None = values.get("languages", key)
    if kept is None:
        kept = load_all()
        values.put("languages", key, kept)
        values.tidy([("languages", key)])
    return kept


def choose(
    lang: str, languages: dict[str, Language], folder: FilePath = LOCALES, root: FilePath | None = None
) -> Language:
    """One of these languages. Raises InputError where it is not there."""
    if lang not in languages:
        what, fix = f"there is no language `{lang}`", suggest(lang, languages)
        raise InputError([Issue(Place(_shown(folder, root)), what, "it has no folder", fix)])
    return languages[lang]


def load_all(folder: FilePath = LOCALES, root: FilePath | None = None) -> dict[str, Language]:
    """All languages that have a folder in `folder`, by code. Raises InputError with every issue found.

    Places are shown relative to `root` (by default the folder's grandparent, the project).
    """
    root = root or folder.parent.parent
    issues: list[Issue] = []
    languages: dict[str, Language] = {}
    written: dict[str, Mapping[str, Located]] = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))):
        read = _read_language(place, root, issues)
        if read is not None:
            languages[place.name], written[place.name] = read
    issues += _differences(languages, written)
    if issues:
        raise InputError(issues)
    return languages


def _shown(folder: FilePath, root: FilePath | None) -> str:
    return folder.name if root is None else folder.relative_to(root).as_posix()


def _read_language(
    folder: FilePath, root: FilePath, issues: list[Issue]
) -> tuple[Language, Mapping[str, Located]] | None:
    """The language in a folder and where its texts stand, or None after noting why it cannot be used."""
    before = len(issues)
    documents: dict[str, Document] = {}
    for path in sorted(folder.glob("*.yaml")):
        document, found = read_yaml(path, root)
        issues += found
        if document is not None:
            documents[path.name] = document
    if SETTINGS not in documents:
        if not (folder / SETTINGS).exists():
            why = "a language is a folder with its settings and all of its texts"
            issues.append(Issue(Place(f"{_shown(folder, root)}/{SETTINGS}"), "the file is missing", why, "add it"))
        return None
    settings = _settings(documents.pop(SETTINGS), issues)
    regional = {name: documents.pop(name) for name in list(documents) if _LOCALE_FILE.fullmatch(name)}
    texts = _texts(documents.values(), issues)
    if settings is None:
        return None
    locales = {name[: -len(".yaml")]: doc for name, doc in regional.items()}
    read = {tag: _locale(tag, doc, settings, texts, issues) for tag, doc in locales.items()}
    usable = {tag: locale for tag, locale in read.items() if locale is not None}
    if settings.default not in read:
        what = f"the default locale `{settings.default}` has no file"
        place = Place(f"{_shown(folder, root)}/{SETTINGS}")
        issues.append(Issue(place, what, "a family that names no locale uses it", suggest(settings.default, read)))
    if settings.default not in usable:
        return None
    said = {key: located.text for key, located in texts.items()}
    language = Language(folder.name, settings.name, settings.default, usable, said)
    if len(issues) == before:
        issues += wrong_placeholders(texts, usable[settings.default].formats["plural_forms"])
    return language, texts


def _settings(document: Document, issues: list[Issue]) -> _Settings | None:
    """What `locale.yaml` says, or None after noting what it lacks."""
    before = len(issues)
    only_keys(document, (), _SETTING_KEYS, issues)
    if isinstance(document.at(("duration",)), dict):
        only_keys(document, ("duration",), _DURATION_KEYS, issues)
    # A length of time is one word to its reader: no line breaks in it.
    duration = {key: _word(document, ("duration", key), issues).replace(" ", "\u00a0") for key in _DURATION_KEYS}
    name, default, first_day = (_word(document, (key,), issues) for key in _SETTING_KEYS[:3])
    if len(issues) > before:
        return None
    patterns = Duration(hours=duration["hours"], minutes=duration["minutes"], both=duration["both"])
    return _Settings(name, default, first_day, patterns)


def _word(document: Document, path: Path, issues: list[Issue]) -> str:
    value = document.at(path)
    if isinstance(value, str) and value.strip():
        return value
    name = ".".join(map(str, path))
    what, why = f"`{name}` is missing or empty", "there is no default for it"
    issues.append(document.issue(document.key_place(path), what, why, f"`{name}: …`"))
    return ""


def _texts(documents: Iterable[Document], issues: list[Issue]) -> dict[str, Located]:
    """The texts of several files by dotted key."""
    texts: dict[str, Located] = {}
    for document in documents:
        for key, located in flat(document, (), issues):
            if key in texts:
                what, why = f"the key `{key}` is written twice", f"it is already at {texts[key].place}"
                issues.append(located.issue(what, why, "one of them"))
            texts.setdefault(key, located)
    return texts


def _locale(
    tag: str, document: Document, settings: _Settings, texts: Mapping[str, Located], issues: list[Issue]
) -> Locale | None:
    """One locale: the language's texts with its own in front of them."""
    only_keys(document, (), REGIONAL_KEYS, issues)
    spacing = read_spacing(document, issues)
    own = read_overlay(document, texts, issues)
    merged = {**texts, **own}
    instead = read_instead(document, issues)
    issues += foreign_words(tag, document, merged, instead, issues)
    if not localedata.exists(tag.replace("-", "_")):
        what = f"`{tag}` is not a locale that Babel knows"
        issues.append(Issue(Place(document.file), what, "its dates and amounts could not be written", "a CLDR locale"))
        return None
    colon = spaced(" :", spacing) if ":" in spacing else ":"
    formats = formats_of(tag, settings.first_day, settings.duration, colon)
    issues += wrong_placeholders(own, formats["plural_forms"])
    strings = {key: spaced_text(said.text, spacing) for key, said in merged.items()}
    return Locale(tag, formats, strings, spacing, {key: said.text for key, said in own.items()}, instead)


def _differences(languages: Mapping[str, Language], written: Mapping[str, Mapping[str, Located]]) -> list[Issue]:
    """Keys that one language has and another lacks, and texts whose parameters differ."""
    issues: list[Issue] = []
    first: dict[str, Located] = {}
    for texts in written.values():
        first = dict(texts) | first
    for lang, texts in written.items():
        for key, located in first.items():
            own = texts.get(key)
            if own is None:
                why = f"it is at {located.place}, and every language says everything"
                file = _lacking(languages[lang], texts, located)
                fix = "the text in this language, or remove the key everywhere"
                issues.append(Issue(Place(file), f"`{key}` is missing in `{lang}`", why, fix))
            elif own.text and located.text and placeholders(own.text) != placeholders(located.text):
                issues.append(other_placeholders(key, own, located))
    return issues


def _lacking(language: Language, texts: Mapping[str, Located], located: Located) -> str:
    """The file that should hold a text: the one of the same name in the language's folder."""
    files = sorted({own.document.file for own in texts.values()})
    name = located.document.file.rpartition("/")[2]
    folder = language.locales[language.default].tag.partition("-")[0]
    return next((file for file in files if file.endswith(f"/{name}")), files[0] if files else folder)
