"""What plan files say of plans, clauses and regions elsewhere, judged once all of them are read."""

from collections.abc import Collection, Mapping

from calculator.plan import Catalogue, Family, check_references, clauses
from site_builder.errors import Issue
from site_builder.plans.problems import issue_for
from site_builder.plans.regions import Regions
from site_builder.sources import Document, Path


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
        issues.append(issue_for(problem, document, path, _known(path, families, families[name], regions)))
    return issues


def _known(path: Path, families: Mapping[str, Family], family: Family, regions: Regions) -> Collection[str]:
    """The names that a reference at `path` may use."""
    if path[0] == "readings":
        return clauses(family)
    if "eligibility" in path:
        return [f"{name}/{plan}" for name, other in families.items() for plan in other.plans]
    return regions.regions if path == ("tax_region",) else family.plans
