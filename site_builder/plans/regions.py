"""Reads the files of regions: tax tables for the engine; names and sources for the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from calculator.errors import Problem
from calculator.plan import Cursor, Region, read_regions
from site_builder.errors import Issue
from site_builder.plans.checking import Checker
from site_builder.plans.problems import issue_for
from site_builder.plans.splitting import mapping_keys, region_rules
from site_builder.plans.words import RegionWords
from site_builder.sources import Document, Value, read_yaml


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions: as the engine gets and holds them, their words, and what is wrong with their files.

    `complete` tells whether every file could be read, so that a region not found does not exist.
    """

    rules: Mapping[str, Value]
    regions: Mapping[str, Region]
    words: Mapping[str, RegionWords]
    issues: Sequence[Issue]
    complete: bool


def read_regions_files(paths: Sequence[FilePath], root: FilePath, languages: Sequence[str]) -> Regions:
    """Read the files of regions at `paths`; a name that one of `languages` lacks is the locale's own."""
    rules: dict[str, Value] = {}
    regions: dict[str, Region] = {}
    words: dict[str, RegionWords] = {}
    issues: list[Issue] = []
    first: dict[str, Document] = {}
    complete = True
    for path in paths:
        document, found = read_yaml(path, root)
        issues += found
        complete = complete and document is not None
        if document is None:
            continue
        checker = Checker(document, tuple(languages))
        if checker.top.keys("a file of regions", ("regions",)) and checker.top.has("regions"):
            regions |= _read_rules(document, checker)
            words |= _read_words(checker)
            rules |= _mapping(region_rules(document))
            issues += _same_regions(document, first)
        issues += checker.issues
    return Regions(rules, regions, words, issues, complete)


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _read_rules(document: Document, checker: Checker) -> dict[str, Region]:
    problems: list[Problem] = []
    regions = read_regions(Cursor(region_rules(document), ("regions",), problems))
    checker.issues += [issue_for(problem, document) for problem in problems]
    return regions


def _read_words(checker: Checker) -> dict[str, RegionWords]:
    words, spoken, regions = {}, checker.languages, checker.top.at("regions")
    for code in regions.named:
        region = regions.at(code)
        # A language that a file does not know calls the region as its locale does.
        checker.languages = mapping_keys(region.get("name")) or spoken
        words[code] = RegionWords(
            code,
            region.optional_text("name", f"the name of `{code}`"),
            region.line("source", "the source of the rates") if region.has("source") else None,
        )
    return words


def _same_regions(document: Document, first: dict[str, Document]) -> list[Issue]:
    """Regions that another file has already."""
    issues = []
    for code in mapping_keys(document.at(("regions",))):
        other = first.setdefault(code, document)
        if other is not document:
            why = f"it is already at {other.key_place(('regions', code))}, and only one table could count"
            place = document.key_place(("regions", code))
            issues.append(document.issue(place, f"the region `{code}` is in two files", why, "remove one of them"))
    return issues
