"""What plan files say of plans, clauses and regions elsewhere, judged once all of them are read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from calculator.plan import Catalogue, Family, check_references, clauses
from site_builder.errors import Issue, did_you_mean
from site_builder.plans.problems import issue_for
from site_builder.plans.regions import Regions
from site_builder.sources import Document, Path

_CODE: Final = re.compile("[A-Za-z]{2}(?:[-_][A-Za-z0-9]{1,3})?")
"""What may be meant as the code of a country or of a part of one."""


def reference_issues(
    families: Mapping[str, Family],
    documents: Mapping[str, Document],
    regions: Regions,
    *,
    broken: Collection[str],
    complete: bool,
) -> list[Issue]:
    """What families say of other plans, of clauses and of regions, and that does not exist.

    References to `broken` families are passed over, as are those to unknown families unless all files are
    there (`complete`), and those to regions where their files could not be read.
    """
    issues = []
    # A file may call its family otherwise than itself; that has been said, and does not stop the rest.
    names = {family.id: name for name, family in families.items()}
    for problem in check_references(Catalogue("", families, regions.regions)):
        name, path = names[str(problem.path[1])], problem.path[2:]
        document = documents[name]
        written = document.at(path)
        elsewhere = "eligibility" in path and isinstance(written, str) and written.partition("/")[0]
        if elsewhere and (elsewhere in broken or (not complete and elsewhere not in families)):
            continue
        if path == ("tax_region",) and not regions.complete:
            continue
        known = _known(path, families, families[name], regions)
        if path == ("tax_region",) and isinstance(written, str):
            known = _regions_for(written, regions)
            named = _region_named(written, regions)
            problem = replace(problem, fix=f"did you mean `{named}`?") if named else problem
        issues.append(issue_for(problem, document, path, known))
    return issues


def _region_named(written: str, regions: Regions) -> str | None:
    """The region that is called so, or nearly so, in any language of its file; of two codes the first."""
    codes: dict[str, str] = {}
    for code, words in regions.words.items():
        for name in (words.name or {}).values():
            codes.setdefault(name.casefold(), code)
    near = written.casefold() if written.casefold() in codes else did_you_mean(written, codes)
    return codes[near] if near else None


def _regions_for(written: str, regions: Regions) -> Collection[str]:
    """The codes that what is written may be meant for: a name is no code, and is near to codes by chance."""
    return regions.regions if _CODE.fullmatch(written) else ()


def _known(path: Path, families: Mapping[str, Family], family: Family, regions: Regions) -> Collection[str]:
    """The names that a reference at `path` may use."""
    if path[0] == "readings":
        return clauses(family)
    if "eligibility" in path:
        return [f"{name}/{plan}" for name, other in families.items() for plan in other.plans]
    return family.plans
