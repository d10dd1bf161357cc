"""Loads all plan files: rules judged by the engine, words by us, every mistake of every file at its place."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Final

from calculator.plan import Catalogue, Cursor, Family, clauses, read_family
from calculator.plan import read_regions as regions_of
from site_builder.errors import InputError, Issue, Place
from site_builder.plans.catalogue import catalogue_json
from site_builder.plans.checking import Checker, is_name
from site_builder.plans.family_words import read_family_words
from site_builder.plans.problems import issue_for, without_echoes, without_lost, without_renamed
from site_builder.plans.references import reference_issues
from site_builder.plans.regions import Regions, read_regions_files
from site_builder.plans.splitting import rules_of
from site_builder.plans.words import FamilyWords, RegionWords
from site_builder.sources import Document, Value, read_yaml, shown

_SUFFIX: Final = ".yaml"


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """One plan file: its document, its rules as the engine gets and holds them, and its words."""

    document: Document
    rules: Value
    family: Family | None
    words: FamilyWords


@dataclass(frozen=True)
class Families:
    """All plan files and regions of a catalogue, without a mistake in them; families in order of ids."""

    files: Mapping[str, FamilyFile]
    region_rules: Mapping[str, Value]
    region_words: Mapping[str, RegionWords]
    region_documents: Sequence[Document] = ()

    @cached_property
    def words(self) -> dict[str, FamilyWords]:
        """The words of each family by its id."""
        return {name: file.words for name, file in self.files.items()}

    @property
    def spoken(self) -> dict[str, tuple[str, ...]]:
        """The languages of each family by its id."""
        return {name: tuple(words.locales) for name, words in self.words.items()}

    @cached_property
    def clauses(self) -> dict[str, set[str]]:
        """The clauses of each family by its id, as the engine cites them."""
        return {name: clauses(file.family) for name, file in self.files.items() if file.family}

    @cached_property
    def catalogue(self) -> dict[str, Any]:
        """The catalogue as the JSON value that the engine takes, with its fingerprint."""
        return catalogue_json({name: file.rules for name, file in self.files.items()}, self.region_rules)

    @cached_property
    def engine(self) -> Catalogue:
        """The catalogue as the engine holds it: its families and regions were found right one by one."""
        regions = regions_of(Cursor(dict(sorted(self.region_rules.items())), ("regions",), []))
        families = {name: file.family for name, file in sorted(self.files.items()) if file.family}
        return Catalogue(self.catalogue["fingerprint"], families, regions)


def load_families(plans_dir: FilePath, languages: Sequence[str] = (), root: FilePath | None = None) -> Families:
    """Read `plans_dir`/*.yaml and `plans_dir`/regions/*.yaml.

    `languages` are the site's; each family must have them all. Places are relative to `root`, by default the
    folder that holds `plans_dir`. Raises InputError with every issue of every file.
    """
    root = root or plans_dir.absolute().parent
    issues = folder_issues(plans_dir, root)
    refused: list[Issue] = []
    files: dict[str, FamilyFile] = {}
    for path in plan_files(plans_dir):
        file = _read_path(path, root, languages, refused, issues)
        if file is not None:
            files[file.words.id] = file
    issues += _same_families([file.document for file in files.values()])
    spoken = tuple(languages) or tuple(dict.fromkeys(code for file in files.values() for code in file.words.locales))
    regions = read_regions_files(plan_files(plans_dir / "regions"), root, spoken)
    issues += regions.issues
    issues += _references(files, regions, complete=len(files) == len(plan_files(plans_dir)))
    issues = [*refused, *without_echoes(issues, refused)]
    if issues:
        from site_builder.plans.astray import as_renamed  # for mistakes alone

        issues = as_renamed(issues, {file.document.file: file.document for file in files.values()})
        raise InputError(issues)
    return Families(files, regions.rules, regions.words, regions.documents)


def read_family_file(path: FilePath, root: FilePath) -> FamilyFile | None:
    """The plan file at `path` by itself; None where something in it is wrong, which `load_families` then says."""
    document, refused = read_yaml(path, root)
    if document is None or refused:
        return None
    issues: list[Issue] = []
    file = _read_file(document, path, (), issues)
    return None if issues else file


def read_regions(plans_dir: FilePath, root: FilePath, languages: Sequence[str]) -> Regions | None:
    """The regions beside the plan files, named in `languages`, to be kept: without their documents.

    None where something is wrong there.
    """
    regions = read_regions_files(plan_files(plans_dir / "regions"), root, languages)
    return None if regions.issues else replace(regions, documents=())


def plan_files(folder: FilePath) -> list[FilePath]:
    """The files of plans, or of regions, in a folder, in the order of their names."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    return [folder / name for name in sorted(e.name for e in entries if e.name.endswith(_SUFFIX) and e.is_file())]


def folder_issues(plans_dir: FilePath, root: FilePath) -> list[Issue]:
    """A folder without plan files, and files that would be passed over."""
    odd = [*plans_dir.glob("*.yml"), *plans_dir.glob("regions/*.yml")]
    if odd:
        return _misended(sorted(odd), root)
    if not plan_files(plans_dir):
        from site_builder.plans.astray import nothing_there  # for mistakes alone

        return [nothing_there(plans_dir, root)]
    if not plan_files(plans_dir / "regions"):
        why, fix = "quotes are asked for regions, with or without a table of taxes", "put a file `<country>.yaml` there"
        return [Issue(Place(shown(plans_dir / "regions", root)), "there is no file of regions here", why, fix)]
    return []


def _misended(odd: Sequence[FilePath], root: FilePath) -> list[Issue]:
    """Files with another ending than that of plan files."""
    why = f"plan files end in `{_SUFFIX}`"
    what = "this file would not be read"
    fixes = {path: f"rename it to `{path.stem}{_SUFFIX}`" for path in odd}
    there = {path: "remove it, or give it another name" for path in odd if path.with_suffix(_SUFFIX).exists()}
    taken = {path: f"{why}, and `{path.stem}{_SUFFIX}` is there already" for path in there}
    return [Issue(Place(shown(path, root)), what, taken.get(path, why), (fixes | there)[path]) for path in odd]


def _read_path(
    path: FilePath, root: FilePath, languages: Sequence[str], refused: list[Issue], issues: list[Issue]
) -> FamilyFile | None:
    """The plan file at `path`, as it was meant where lines of it only stand in the wrong column."""
    document, broken = read_yaml(path, root)
    own: list[Issue] = []
    file = None if document is None else _read_file(document, path, languages, own)
    if broken or own:
        # What it needs is read only here, where something is wrong.
        from site_builder.plans.indentation import as_meant
        from site_builder.plans.shape import PLAN_FILE
        from site_builder.sources.slips import slips_of_keys

        told = len(broken) + len(own)
        meant = as_meant(path, root, PLAN_FILE, told)
        left: list[Issue] = []
        instead = _read_file(meant.document, path, languages, left) if meant else None
        if meant and (file is None or len(meant.issues) + len(left) <= told):
            file, broken, own = instead, [], [*meant.issues, *left]
        refused += slips_of_keys(file.document) if file else ()
        own = without_lost(own, broken)
    refused += broken
    issues += own
    return file


def _read_file(document: Document, path: FilePath, languages: Sequence[str], issues: list[Issue]) -> FamilyFile:
    checker, stem = Checker(document), path.stem
    if not isinstance(document.value, dict):
        what = "the file is empty" if document.value is None else "the file is not a mapping"
        checker.at_value(
            (), what, "a plan file has keys such as `family`, `currency` and `plans`", f"write `family: {stem}`"
        )
        issues += checker.issues
        return FamilyFile(document, None, None, read_family_words(Checker(document), stem, ()))
    named = document.at(("family",))
    if not is_name(stem):
        from site_builder.plans.astray import renamed  # for mistakes alone

        stem, issue = renamed(document.file, path, named)
        issues.append(issue)
    elif isinstance(named, str) and named != stem:
        why = f"the file is called {stem}{_SUFFIX}; requests and addresses use that one name"
        other = f", or rename the file to `{named}{_SUFFIX}`" if is_name(named) else ""
        if other and path.with_name(f"{named}{_SUFFIX}").exists():
            why, other = f"{why}, and {named}{_SUFFIX} is there already", ", or remove the file if it is a copy"
        what = f"the family `{named}` is not called as its file"
        checker.at_value(("family",), what, why, f"write `family: {stem}`{other}")
    rules = rules_of(document)
    family, problems = read_family(rules)
    words = read_family_words(checker, stem, languages)
    if checker.issues:
        from site_builder.plans.locale_advice import without_unspoken  # for mistakes alone

        checker.issues = without_unspoken(checker.issues, document, checker.languages)
    found = [*checker.issues, *(issue_for(problem, document) for problem in problems)]
    issues += without_renamed(found, document)
    return FamilyFile(document, rules, family, words)


def _same_families(documents: Sequence[Document]) -> list[Issue]:
    """Families that two files claim."""
    first: dict[str, Document] = {}
    issues = []
    for document in documents:
        named = document.at(("family",))
        if isinstance(named, str) and first.setdefault(named, document) is not document:
            place, other = document.value_place(("family",)), first[named].value_place(("family",))
            why = f"it is already at {other}, and requests name a family by its id"
            issues.append(document.issue(place, f"the family `{named}` is in two files", why, "write another id"))
    return issues


def _references(files: Mapping[str, FamilyFile], regions: Regions, complete: bool) -> list[Issue]:
    """What families say of other families and of regions; only what could be read can be judged."""
    families = {name: file.family for name, file in files.items() if file.family}
    documents = {name: file.document for name, file in files.items()}
    broken = {name for name, file in files.items() if not file.family}
    return reference_issues(families, documents, regions, broken=broken, complete=complete)
