"""Reads the files of regions: tax tables for the engine; names and sources for the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from calculator.errors import Problem
from calculator.plan import Cursor, Region, read_regions
from site_builder.errors import Issue, Place
from site_builder.plans.checking import Checker, Spot
from site_builder.plans.problems import issue_for
from site_builder.plans.splitting import mapping_keys, region_rules
from site_builder.plans.words import RegionWords, Text
from site_builder.sources import Document, Value, read_yaml


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions: as the engine gets and holds them, their words, and what is wrong with their files.

    `complete` tells whether every file could be read, so that a region not found does not exist. `documents` are the
    files themselves, for who looks for places in them.
    """

    rules: Mapping[str, Value]
    regions: Mapping[str, Region]
    words: Mapping[str, RegionWords]
    issues: Sequence[Issue]
    complete: bool
    documents: Sequence[Document] = ()


def read_regions_files(paths: Sequence[FilePath], root: FilePath, languages: Sequence[str]) -> Regions:
    """Read the files of regions at `paths`; a name that one of `languages` lacks is the locale's own."""
    rules: dict[str, Value] = {}
    regions: dict[str, Region] = {}
    words: dict[str, RegionWords] = {}
    issues: list[Issue] = []
    first: dict[str, Document] = {}
    named: dict[str, tuple[Value, Place]] = {}
    documents: list[Document] = []
    complete = True
    for path in paths:
        file, found = _read_path(path, root, languages)
        issues += found
        complete = complete and file is not None
        if file is not None:
            regions |= file.regions
            words |= file.words
            rules |= file.rules
            documents.append(file.document)
            issues += [*_same_regions(file.document, first), *_other_names(file.document, named)]
    return Regions(rules, regions, words, issues, complete, documents)


@dataclass(frozen=True, slots=True)
class _File:
    """What one file of regions holds."""

    document: Document
    rules: Mapping[str, Value] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    words: Mapping[str, RegionWords] = field(default_factory=dict)


def _read_path(path: FilePath, root: FilePath, languages: Sequence[str]) -> tuple[_File | None, list[Issue]]:
    """The file at `path`, as it was meant where lines of it only stand in the wrong column, and what is wrong in it."""
    document, issues = read_yaml(path, root)
    file = None if document is None else _read_file(document, languages, issues)
    if issues:
        # What it needs is read only here, where something is wrong.
        from site_builder.plans.indentation import as_meant
        from site_builder.plans.shape import REGION_FILE

        meant = as_meant(path, root, REGION_FILE, len(issues))
        left: list[Issue] = []
        instead = _read_file(meant.document, languages, left) if meant else None
        if meant and (file is None or len(meant.issues) + len(left) <= len(issues)):
            return instead, [*meant.issues, *left]
    return file, issues


def _read_file(document: Document, languages: Sequence[str], issues: list[Issue]) -> _File:
    checker = Checker(document, tuple(languages))
    file = _File(document)
    if checker.top.keys("a file of regions", ("regions",)) and checker.top.has("regions"):
        file = _File(document, _mapping(region_rules(document)), _read_rules(document, checker), _read_words(checker))
    issues += checker.issues
    return file


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
            _read_taxes(region, checker, spoken),
        )
        checker.languages = spoken
    return words


def _read_taxes(region: Spot, checker: Checker, spoken: tuple[str, ...]) -> dict[str, Text]:
    """What taxes are called: in every language of the plans, and in others that the file knows."""
    names: dict[str, Text] = {}
    for tax in region.items("taxes", "the taxes") if isinstance(region.get("taxes"), list) else ():
        checker.languages = tuple(dict.fromkeys((*spoken, *mapping_keys(tax.get("name")))))
        name = tax.optional_text("name", f"the name of the tax `{tax.get('code')}`")
        if name:
            names[str(tax.get("code"))] = name
    return names


def tax_names(words: Mapping[str, RegionWords]) -> dict[str, Text]:
    """What the taxes of all regions are called, by their codes: of those that have a name."""
    return {code: name for region in words.values() for code, name in region.taxes.items()}


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


def _other_names(document: Document, named: dict[str, tuple[Value, Place]]) -> list[Issue]:
    """Taxes that are called otherwise elsewhere: a quote knows a tax by its code alone."""
    issues = []
    for code in mapping_keys(document.at(("regions",))):
        taxes = document.at(("regions", code, "taxes"))
        for index, tax in enumerate(taxes if isinstance(taxes, list) else ()):
            if not (isinstance(tax, dict) and tax.get("name")):
                continue
            place = document.value_place(("regions", code, "taxes", index, "name"))
            name, first = named.setdefault(str(tax.get("code")), (tax["name"], place))
            if name != tax["name"]:
                what = f"the tax `{tax.get('code')}` has another name at {first}"
                why = "a code has one name, whichever region it is in"
                issues.append(document.issue(place, what, why, "give one of the two taxes a code of its own"))
    return issues
