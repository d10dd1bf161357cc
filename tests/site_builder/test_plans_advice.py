"""What a newcomer to plan files is advised: the word that was meant, in the shape that the file needs."""

from pathlib import Path

import pytest

from site_builder.errors import Issue
from tests.site_builder.plan_files import SMALL
from tests.site_builder.test_plans_load import issues_of

PLANS = Path(__file__).parents[2] / "plans"
REGIONS = {f"regions/{path.name}": path.read_text("utf-8") for path in (PLANS / "regions").glob("*.yaml")}


def advised(root: Path, *changes: tuple[str, str], files: dict[str, str] = REGIONS) -> Issue:
    """The only issue of the small plan file, changed so, beside the regions of this repository."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (issue,) = issues_of(root, {"small.yaml": text, **files})
    return issue


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("France", "FR"),
        ("france", "FR"),
        ("Québec", "CA-QC"),
        ("Quebec", "CA-QC"),
        ("Alberta", "CA-AB"),
        ("Ontarioo", "CA-ON"),
        ("Nouvelle-Calédonie", "FR-NC"),
        ("CA-QQ", "CA-QC"),
    ],
)
def test_a_region_is_known_by_its_name(tmp_path: Path, written: str, meant: str) -> None:
    issue = advised(tmp_path, ("tax_region: CA-QC", f"tax_region: {written}"))
    assert (issue.what, issue.fix) == (f"no region is called `{written}`", f"did you mean `{meant}`?")


def test_a_name_is_never_taken_for_a_code_that_is_near_by_chance(tmp_path: Path) -> None:
    only = {"regions/some.yaml": "regions: {FR-NC: {}, CA-QC: {}}\n"}
    issue = advised(tmp_path, ("tax_region: CA-QC", "tax_region: France"), files=only)
    assert issue.fix == "add it to a file in `plans/regions`, or leave `tax_region` out"
