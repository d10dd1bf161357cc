"""Reads all that a site is made from, and says all that is wrong with it at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from site_builder.config import SiteConfig, load_config
from site_builder.content import Content, load_content, unknown_examples
from site_builder.docs.files import Docs, read_docs
from site_builder.errors import InputError, Issue, listed, suggest
from site_builder.locales import Language, OwnWords, in_own_words, load_all, own_words
from site_builder.logo import read_logo
from site_builder.plans import Families, FamilyFile, load_families, run_examples
from site_builder.rules import unit_template, units_template, unspeakable, unworded
from site_builder.sources import Document
from site_builder.sources import Path as DocumentPath
from site_builder.taken import address_issues

_UNIT: Final = "unit."


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a site is made from, read and found right."""

    config: SiteConfig
    content: Content
    families: Families
    answers: dict[str, dict[str, dict[str, Any]]]
    languages: dict[str, Language]
    docs: Docs | None = None
    words: tuple[OwnWords, ...] = ()


def read_sources(plans: Path, content: Path, known: dict[str, Language] | None = None) -> Sources:
    """Read plans, pages and languages. Raises InputError with the issues of all of them.

    `known` are the program's languages, without the site's own words, where they have been read already.
    """
    issues: list[Issue] = []
    root = Path.cwd()
    config = _try(issues, lambda: load_config(content / "site.yaml", root))
    program = known or _try(issues, load_all)
    words = (_try(issues, lambda: own_words(program, content, root)) or ()) if program else ()
    languages = in_own_words(program, words) if program else None
    spoken = tuple(lang for lang in config.languages if not languages or lang in languages) if config else ()
    families = _try(issues, lambda: load_families(plans))
    answers = _try(issues, lambda: run_examples(families)) if families else None
    pages = _try(issues, lambda: load_content(content, spoken, root))
    docs = _try(issues, lambda: _docs(config, root)) if config else None
    if config:
        _try(issues, lambda: read_logo(config, content, root))
    if config and languages:
        issues += _unspoken(config, languages)
    if config and families:
        _try(issues, lambda: config.order(families.files))
    if config and languages and families:
        issues += list(_unworded(config, families, languages))
    if config and families and pages:
        issues += unknown_examples(pages, spoken, _examples(config, families))
    if config and languages and pages:
        files = families.files if families else {}
        locales = {id: file.words.locales for id, file in files.items()}
        documents = {id: file.document for id, file in files.items()}
        issues += address_issues(config, pages, locales, languages, docs, documents, words)
    if issues or not (config and languages and families and answers is not None and pages):
        raise InputError(issues)
    return Sources(config, pages, families, answers, languages, docs, words)


def _docs(config: SiteConfig, root: Path) -> Docs | None:
    """The documentation, if the site has one, its links followed."""
    if config.docs is None:
        return None
    from site_builder.docs.whole import written

    docs = read_docs(config.docs, config.languages, root)
    written(docs, config.base_path)
    return docs


def _examples(config: SiteConfig, families: Families) -> dict[str, list[str]]:
    """All worked examples, as home pages name them, each with the languages of its family."""
    return {
        f"{file.words.id}/{example.id}": [lang for lang in config.languages if lang in file.words.locales]
        for file in families.files.values()
        for example in file.words.examples
    }


def _unspoken(config: SiteConfig, languages: dict[str, Language]) -> Iterator[Issue]:
    """Languages of the site for which there is no folder of words."""
    for index, lang in enumerate(config.languages):
        if lang not in languages:
            place = config.document.value_place(("languages", index))
            why = f"the words around yours are the program’s, which has them in {listed(sorted(languages))}"
            fix = "leave it out; how the program learns another one, from its source: `clairplan guide add-a-language`"
            yield config.document.issue(place, f"the language `{lang}` has no texts", why, fix)


def _unworded(config: SiteConfig, families: Families, languages: dict[str, Language]) -> Iterator[Issue]:
    """Codes of plan files that a quote could only show as codes."""
    for lang in (lang for lang in config.languages if lang in languages):
        for file in families.files.values():
            if file.family and lang in file.words.locales:
                yield from unspeakable(file, languages[lang]) or _wordless(file, languages[lang], config.languages)


def _wordless(file: FamilyFile, language: Language, spoken: tuple[str, ...]) -> Iterator[Issue]:
    """Codes of one plan file without words in one language; a unit where it stands, with those that have words."""
    assert file.family is not None
    units = [key.removeprefix(_UNIT) for key in language.texts if key.startswith(_UNIT)]
    for key in unworded(file.family, file.words, language):
        kind, _, code = key.partition(".")
        what, why = f"there are no words for `{code}`", "a quote would show the bare code"
        part = "text" if kind == "note" else "title"
        first, *others = _places_of(code, part, file.document)
        place = file.document.value_place(first)
        texts = ", ".join(f"{lang}: …" for lang in file.words.locales)
        fix = f"write `{part}: {{{texts}}}` beside the code"
        if others:
            lines = sorted({file.document.value_place(path).line for path in others})
            fix += f", here and where it stands again: line {', '.join(map(str, lines))}"
        if key.startswith(_UNIT):
            unit = key.removeprefix(_UNIT)
            plan = next(plan.id for plan in file.family.plans.values() if plan.unit == unit)
            place = file.document.value_place(("plans", plan, "unit"))
            what = f"there are no words for the unit `{unit}`"
            own = f"in this file: `{units_template(unit, file.words, spoken)}`"
            if isinstance(file.document.at(("units",)), dict):
                line = file.document.key_place(("units",)).line
                own = f"below `units` (line {line}): `{unit_template(unit, file.words, spoken)}`"
            fix = f"{suggest(unit, units)}, or its words {own}"
        yield file.document.issue(place, what, why, fix)


def _places_of(code: str, part: str, document: Document) -> list[DocumentPath]:
    """Where a code is written without words of its own beside it; the top of the file where that is nowhere."""
    written = [path for path in document.values if path[-1:] == ("code",) and document.at(path) == code]
    return [path for path in written if not document.has((*path[:-1], part))] or written or [()]


def _try[T](issues: list[Issue], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except InputError as error:
        issues += error.issues
        return None
