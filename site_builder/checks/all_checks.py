"""Runs every check over a site that was read and found right."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from site_builder.checks.copies import copy_warnings
from site_builder.checks.countries import country_of, family_countries, page_countries
from site_builder.checks.crossing import Crossings, Twin
from site_builder.checks.figures import figure_warnings
from site_builder.checks.links import Pages, family_anchors, link_warnings, page_warnings
from site_builder.checks.markup import markup_warnings
from site_builder.checks.own_words import own_words_warnings
from site_builder.checks.placeholders import placeholder_warnings
from site_builder.checks.prices import price_warnings
from site_builder.checks.quoted import family_quotes, page_quotes, region_quotes, settings_quotes
from site_builder.checks.reach import reach_warnings
from site_builder.checks.regions import region_warnings
from site_builder.checks.rules import rule_warnings
from site_builder.checks.schemas import schema_warnings
from site_builder.checks.starting import starting_warnings
from site_builder.checks.translations import translation_warnings
from site_builder.checks.typography import (
    FRENCH,
    docs_typography,
    page_typography,
    title_typography,
    typography_warnings,
)
from site_builder.checks.unread import unread_warnings, unspoken_warnings
from site_builder.config import SiteConfig
from site_builder.content import Content, Written
from site_builder.docs.files import DocFile, Docs, below
from site_builder.errors import Issue, in_order
from site_builder.locales import Language, OwnWords
from site_builder.plans import Families, FamilyFile
from site_builder.taken import shared_pages


@dataclass(frozen=True, slots=True)
class Checked:
    """A site to look through. `on` is the day from which the next twelve months are counted.

    `plans` is the folder of the plan files, where editors are to find schemas; None for files that are nowhere.
    """

    config: SiteConfig
    content: Content
    families: Families
    languages: dict[str, Language]
    on: date
    docs: Docs | None = None
    plans: Path | None = None
    words: tuple[OwnWords, ...] = ()


def warnings_of(site: Checked) -> tuple[Issue, ...]:
    """Every warning, sorted by place."""
    return in_order(_warnings(site))


def _warnings(site: Checked) -> Iterator[Issue]:
    pages, moved = list(_pages(site)), _moved(site)
    known: Pages = {site.config.base_path: lambda: None} | {page.path: page.anchors for page in pages}
    crossings = _crossings(site, pages, known)
    for file in site.families.files.values():
        yield from price_warnings(file, site.on)
        yield from reach_warnings(file, site.on)
        yield from rule_warnings(file)
        yield from figure_warnings(file)
        yield from translation_warnings(file)
        yield from typography_warnings(file, site.languages)
        yield from family_quotes(file)
        yield from family_countries(file, site.languages)
        yield from link_warnings(file, known, site.config.base_path, moved)
        yield from crossings.of_family(file)
    quoted_in = {lang for words in site.families.words.values() for lang in words.locales}
    spoken = [lang for lang in site.config.languages if lang in quoted_in]
    yield from region_warnings(site.families, spoken, site.languages)
    yield from region_quotes(site.families)
    yield from settings_quotes(site.config)
    if FRENCH in site.config.languages:
        country = country_of(site.content.home(FRENCH), site.families)
        yield from title_typography(site.config, site.languages[FRENCH], country)
    yield from starting_warnings(site.config, site.content, site.families)
    yield from placeholder_warnings(site.content, site.families)
    yield from copy_warnings(site.content)
    for written in site.content.pages.values():
        for page in written.values():
            yield from page_quotes(page)
            yield from markup_warnings(page)
            yield from page_warnings(page, known, site.config.base_path, moved)
            yield from crossings.of_page(page)
            if page.lang in site.languages:
                country = country_of(page, site.families)
                yield from page_typography(page, site.languages[page.lang], country)
            yield from page_countries(page, site.families, site.languages)
    yield from own_words_warnings(site.words, site.families, site.languages)
    for read in site.docs.files.values() if site.docs else ():
        yield from docs_typography(read, site.languages[read.lang])
    yield from unspoken_warnings(site.config, site.content, site.families)
    if site.plans:
        yield from schema_warnings(site.plans, Path.cwd())
        yield from unread_warnings((Path.cwd() / site.config.document.file).parent, site.config, Path.cwd())


class _Page(NamedTuple):
    """A page: its path from the host's root, what it is in every language, its language, and what tells its anchors."""

    path: str
    what: tuple[str, str]
    lang: str
    anchors: Callable[[], Set[str] | None]


def _pages(site: Checked) -> Iterator[_Page]:
    base = site.config.base_path
    for lang in site.config.languages:
        top = f"{base}{lang}/"
        yield _Page(top, ("", ""), lang, partial(_written, site.content.home(lang), "families", "families-title"))
        for one in site.content.plain(lang):
            yield _Page(f"{top}{one.below}", ("page", one.name), lang, partial(_written, one))
        for (name, spoken), page in site.docs.files.items() if site.docs else ():
            if spoken == lang:
                yield _Page(f"{top}{below(name)}", ("docs", name), lang, partial(_headings, page))
        for id, file in site.families.files.items():
            if lang in file.words.locales:
                anchors = partial(_of_family, file, site.families.clauses[id], site.content.introduction(lang, id))
                yield _Page(f"{top}{id}/", ("family", id), lang, anchors)
        tags = [words.locales[lang] for words in site.families.words.values() if lang in words.locales]
        shared = shared_pages(site.languages[lang], tags) if tags and lang in site.languages else ()
        yield from (_Page(f"{top}{name}/", ("shared", what), lang, lambda: None) for name, what in shared)


def _crossings(site: Checked, pages: Sequence[_Page], known: Pages) -> Crossings:
    """Each page with the same one in other languages."""
    paths: dict[tuple[str, str], dict[str, str]] = {}
    for page in pages:
        paths.setdefault(page.what, {})[page.lang] = page.path
    twins = {page.path: Twin(page.lang, paths[page.what]) for page in pages}
    return Crossings(known, site.config.base_path, twins)


def _moved(site: Checked) -> dict[str, str]:
    """Where written pages are, from the top of the site, by the paths that their files' names would give them."""
    plain = [page for lang in site.config.languages for page in site.content.plain(lang)]
    return {f"{site.config.base_path}{page.lang}/{page.name}/": f"/{page.lang}/{page.below}" for page in plain}


def _written(page: Written, *others: str) -> set[str]:
    return {"main", *others, *page.anchors}


def _of_family(file: FamilyFile, clauses: Set[str], introduction: Written | None) -> set[str]:
    return family_anchors(file, clauses) | (introduction.anchors if introduction else frozenset())


def _headings(page: DocFile) -> set[str]:
    from site_builder.docs.text import convert  # only here: few links lead there, and it needs a parser

    return {"main", *(heading.id for heading in convert(page.body).headings)}
