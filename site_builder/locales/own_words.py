"""What a site says in its own words: `content/words/<lang>.yaml`, laid over the program's texts in that language.

A file has the keys of the language's own files, only those that are to be said otherwise. `fr-CA.yaml` beside
`fr.yaml` is for one country alone, and wins there. What the site says wins over what the program says in a country:
a vendor's word is a vendor's word everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Final

from calculator.wording.texts import Text, placeholders
from site_builder.addresses import KEPT, PART, slug
from site_builder.caching import Store, key_of
from site_builder.errors import InputError, Issue, Place, listed, suggest
from site_builder.locales.languages import Language, Locale
from site_builder.locales.located import Located, flat, wrong_placeholders
from site_builder.locales.regional import HEARD
from site_builder.locales.typography import spaced_text
from site_builder.sources import Document, read_yaml, shown

FOLDER: Final = "words"
"""The folder of a site's own words, beside those of its pages."""

_SUFFIX: Final = ".yaml"
_SLUG: Final = ".slug"
"""How keys end whose texts are parts of addresses."""
_DOCS: Final = {"docs": "the documentation’s pages"}
_WHY: Final = "a site says otherwise what the program says, and nothing else would say this"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The texts of one file by key. `tag` is a language's or a locale's, as the file is called."""

    tag: str
    texts: Mapping[str, Located]


def own_words(languages: Mapping[str, Language], content: FilePath, root: FilePath) -> tuple[OwnWords, ...]:
    """What the site says in its own words. Raises InputError with every issue of every file."""
    issues: list[Issue] = []
    read = [_read(path, languages, root, issues) for path in _files(content)]
    if issues:
        raise InputError(issues)
    return tuple(words for words in read if words)


def in_own_words(languages: dict[str, Language], words: Iterable[OwnWords]) -> dict[str, Language]:
    """The languages as the site speaks them; themselves where it has no words of its own."""
    said = {one.tag: {key: located.text for key, located in one.texts.items()} for one in words}
    return {lang: _laid_over(language, said) for lang, language in languages.items()} if said else languages


def kept_in_own_words(
    store: Store, key: str, languages: dict[str, Language], content: FilePath, root: FilePath
) -> dict[str, Language]:
    """The same, as it was kept in a store, else read and kept there; `key` stands for the languages themselves."""
    files = _files(content)
    if not files:
        return languages
    try:
        held = [part for path in files for part in (shown(path, root), path.read_bytes())]
    except OSError:
        return in_own_words(languages, own_words(languages, content, root))  # which says what cannot be read
    name = key_of("words", key, *held)
    kept: dict[str, Language] | None = store.get("words", name)
    if kept is None:
        kept = in_own_words(languages, own_words(languages, content, root))
        if store.folder.is_dir():
            store.put("words", name, kept)
    return kept


def _files(content: FilePath) -> list[FilePath]:
    """The files of words, those with a likely but wrong ending among them."""
    found = (content / FOLDER).glob("*.y*ml")
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _read(path: FilePath, languages: Mapping[str, Language], root: FilePath, issues: list[Issue]) -> OwnWords | None:
    """The texts of one file, or None after noting why nobody would say them."""
    place, tag = Place(shown(path, root)), path.stem
    known = {lang: (language, language.default) for lang, language in languages.items()}
    known |= {tag: (language, tag) for language in languages.values() for tag in language.locales}
    if path.suffix != _SUFFIX:
        what, why = "this file would not be read", f"files of words end in `{_SUFFIX}`"
        issues.append(Issue(place, what, why, f"rename it to `{tag}{_SUFFIX}`"))
        return None
    if tag not in known:
        what = f"there is no language and no locale `{tag}`"
        why = "a file of words is called as the language that it is for, or as its variant in one country"
        issues.append(Issue(place, what, why, suggest(tag, known)))
        return None
    document, found = read_yaml(path, root)
    issues += found
    language, locale = known[tag]
    return OwnWords(tag, _texts(document, language, locale, issues)) if document else None


def _texts(document: Document, language: Language, locale: str, issues: list[Issue]) -> dict[str, Located]:
    """The texts of a document that stand for ones of the language, after noting what is wrong with the others."""
    if document.value is None:  # as a shell leaves it that is about to write a command's output into it
        return {}
    if not isinstance(document.value, dict):
        what, fix = "the file is not a mapping of texts", f"`clairplan words {language.lang}` writes them all"
        issues.append(document.issue(document.value_place(()), what, "texts are looked up by key", fix))
        return {}
    texts: dict[str, Located] = {}
    for key, located in flat(document, (), issues, "it would be said in the place of the program's text"):
        if key not in language.texts:
            issues.append(located.issue(f"`{key}` is not the key of a text", _WHY, _meant(key, language.texts)))
        elif located.text:
            texts[key] = located
            issues += _other_blanks(key, located, language.texts[key])
    issues += wrong_placeholders(texts, language.locales[locale].formats["plural_forms"])
    issues += _heard_twice(texts, language.texts)
    issues += _no_addresses(texts, language.locales[locale].strings)
    return texts


def _no_addresses(texts: Mapping[str, Located], known: Mapping[str, Text]) -> Iterator[Issue]:
    """Texts that end in an address, and cannot be a part of one, or make two pages of one address."""
    slugs = {key: str(text) for key, text in known.items() if key.endswith(_SLUG)}
    slugs |= {key: str(located.text) for key, located in texts.items() if key in slugs}
    told: set[str] = set()
    for key, located in texts.items():
        if key not in slugs:
            continue
        said, why = slugs[key], "it is the last part of a page’s address, which is typed and mailed"
        fix = f"small letters, digits and hyphens: `{slug(said) or 'rules'}`"
        other = next((name for name, text in slugs.items() if name not in (key, *told) and text == said), None)
        if not isinstance(located.text, str) or not PART.fullmatch(said):
            yield located.issue(f"`{key}` cannot be a part of an address", why, fix)
        elif stands := (KEPT | _DOCS).get(said):
            yield located.issue(f"no page of all plans is called `{said}`", f"it stands for {stands}", "another word")
        elif other:
            where = f" ({texts[other].place})" if other in texts else ""
            yield located.issue("two pages have one address", f"`{other}`{where} says `{said}`, too", "another word")
            told.add(key)  # once, with both places


def _meant(key: str, known: Mapping[str, Text]) -> str:
    """What to write instead of a key that is none: of a group of texts, one of them."""
    below = [name for name in known if name.startswith(f"{key}.")]
    inside = key.removeprefix("strings.")
    if below:
        return f"write one of its texts below it: {listed(below[:6])}"
    return f"write `{inside}`, without `strings`" if inside in known else suggest(key, known)


def _other_blanks(key: str, located: Located, said: Text) -> Iterator[Issue]:
    """The issue of a text that is filled with other values than the program's, alternative by alternative."""
    mine, theirs = _blanks(located.text), _blanks(said)
    if mine == theirs:
        return
    ours = said if isinstance(said, str) else "” or “".join(said)
    names, others = frozenset().union(*mine), frozenset().union(*theirs)
    lacking, foreign = sorted(others - names), sorted(names - others)
    if lacking or foreign:
        wrong = [*(f"lacks {{{name}}}" for name in lacking), *(f"has {{{name}}} alone" for name in foreign)]
        fixes = [*(f"put `{{{name}}}` in" for name in lacking), *(f"take `{{{name}}}` out" for name in foreign)]
        yield located.issue(f"`{key}` {', '.join(wrong)}", f"the program says “{ours}”", ", ".join(fixes))
    else:
        what = f"`{key}` has other alternatives than the program's text"
        why = f"it says “{ours}”: the first one whose values are all known is used"
        yield located.issue(what, why, f"a list of {len(theirs)} texts, with the same placeholders in each")


def _blanks(text: Text) -> set[frozenset[str]]:
    return {placeholders(one) for one in ([text] if isinstance(text, str) else text)}


def _heard_twice(texts: Mapping[str, Located], known: Mapping[str, Text]) -> Iterator[Issue]:
    """Names for a column of a customer list that another column has: a list with it would be read wrongly."""
    heard = {key: text for key, text in known.items() if key.startswith(HEARD)}
    heard |= {key: located.text for key, located in texts.items() if key in heard}
    for key, located in texts.items():
        for word in _each(located.text) if key in heard else ():
            other = next((name for name, text in heard.items() if name != key and word in _each(text)), None)
            if other:
                why = "a column of a customer list is known by its name"
                yield located.issue(f"`{key}` and `{other}` both hold “{word}”", why, "take it out of one of them")


def _each(text: Text) -> list[str]:
    return [one.casefold() for one in ([text] if isinstance(text, str) else text)]


def _laid_over(language: Language, said: Mapping[str, Mapping[str, Text]]) -> Language:
    own = {tag: said[tag] for tag in (language.lang, *language.locales) if tag in said}
    if not own:
        return language
    everywhere = own.get(language.lang, {})
    locales = {tag: _locale(locale, everywhere, own.get(tag, {})) for tag, locale in language.locales.items()}
    return replace(language, texts={**language.texts, **everywhere}, locales=locales, own=own)


def _locale(locale: Locale, everywhere: Mapping[str, Text], here: Mapping[str, Text]) -> Locale:
    said = {key: text for key, text in locale.said.items() if key not in everywhere} | dict(here)
    own = {key: spaced_text(text, locale.spacing) for key, text in {**everywhere, **here}.items()}
    return replace(locale, strings={**locale.strings, **own}, said=said)
