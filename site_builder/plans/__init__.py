"""Plan files: read, split into rules and words, judged, and their examples run."""

from site_builder.plans.catalogue import fingerprint
from site_builder.plans.examples import compare, run_examples
from site_builder.plans.families import (
    Families,
    FamilyFile,
    folder_issues,
    load_families,
    plan_files,
    read_family_file,
    read_regions,
)
from site_builder.plans.regions import tax_names
from site_builder.plans.words import (
    Cell,
    ClauseWords,
    Comparison,
    Example,
    FamilyWords,
    Group,
    ListItem,
    NextStep,
    OptionWords,
    PlanWords,
    Reading,
    RegionWords,
    Row,
    Term,
    Text,
)

__all__ = [
    "Cell",
    "ClauseWords",
    "Comparison",
    "Example",
    "Families",
    "FamilyFile",
    "FamilyWords",
    "Group",
    "ListItem",
    "NextStep",
    "OptionWords",
    "PlanWords",
    "Reading",
    "RegionWords",
    "Row",
    "Term",
    "Text",
    "compare",
    "fingerprint",
    "folder_issues",
    "load_families",
    "plan_files",
    "read_family_file",
    "read_regions",
    "run_examples",
    "tax_names",
]
