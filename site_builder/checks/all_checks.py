"""Runs every check over a site that was read and found right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.checks.countries import family_countries, page_countries
from site_builder.checks.figures import figure_warnings
from site_builder.checks.links import link_warnings, page_warnings
from site_builder.checks.own_words import own_words_warnings
from site_builder.checks.prices import price_warnings
from site_builder.checks.reach import reach_warnings
from site_builder.checks.rules import rule_warnings
from site_builder.checks.schemas import schema_warnings
from site_builder.checks.starting import starting_warnings
from site_builder.checks.translations import translation_warnings
from site_builder.checks.typography import docs_typography, page_typography, typography_warnings
from site_builder.config import SiteConfig
from site_builder.content import Content
from site_builder.docs.files import Docs, below
from site_builder.errors import Issue, in_order
from site_builder.locales import Language, OwnWords
from site_builder.plans import Families


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
    known = set(_addresses(site))
    for file in site.families.files.values():
        yield from price_warnings(file, site.on)
        yield from reach_warnings(file, site.on)
        yield from rule_warnings(file)
        yield from figure_warnings(file)
        yield from translation_warnings(file)
        yield from typography_warnings(file, site.languages)
        yield from family_countries(file, site.languages)
        yield from link_warnings(file, known, site.config.base_path)
    yield from starting_warnings(site.config, site.content, site.families)
    for pages in site.content.pages.values():
        for page in pages.values():
            yield from page_warnings(page, known, site.config.base_path)
            if page.lang in site.languages:
                yield from page_typography(page, site.languages[page.lang])
            yield from page_countries(page, site.families, site.languages)
    yield from own_words_warnings(site.words, site.families, site.languages)
    for written in site.docs.files.values() if site.docs else ():
        yield from docs_typography(written, site.languages[written.lang])
    yield from schema_warnings(site.plans, Path.cwd()) if site.plans else ()


def _addresses(site: Checked) -> Iterator[str]:
    """The paths of all pages, from the host's root."""
    base = site.config.base_path
    yield base
    for lang in site.config.languages:
        yield f"{base}{lang}/"
        yield from (f"{base}{lang}/{page.name}/" for page in site.content.plain(lang))
        yield from (
            f"{base}{lang}/{below(name)}" for name, spoken in (site.docs.files if site.docs else ()) if spoken == lang
        )
        for id, words in site.families.words.items():
            if lang in words.locales:
                yield f"{base}{lang}/{id}/"
