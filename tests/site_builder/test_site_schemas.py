"""The schemas of a site: `clairplan check` says when they are missing or old, `clairplan schema` brings them."""

import json
from pathlib import Path

import pytest

from scripts.schema import PLAN_FILE, REGION_FILE
from site_builder.cli import main
from tests.site_builder.starter_site import FAMILY, change

PLANS, REGIONS = "schema/plan-file.schema.json", "schema/region-file.schema.json"


def warnings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int, str, str]]:
    """What `check` warns of: file, line, what, fix."""
    capsys.readouterr()
    assert main(["check", "--on", "2026-06-01", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    return [(entry["file"], entry["line"], entry["what"], entry["fix"]) for entry in found]


def make_old(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    schema["title"] = "An older one"
    path.write_text(json.dumps(schema))


def test_a_schema_of_another_release_is_told_and_brought_up_to_date(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert warnings(capsys) == []
    make_old(site / REGIONS)
    ((file, line, what, fix),) = warnings(capsys)
    assert (file, line) == (REGIONS, 0)
    assert what.startswith("this is not the schema of the installed release, ")
    assert fix == "run `clairplan schema`"
    assert main(fix.strip("run `").split()[1:]) == 0
    assert capsys.readouterr().out == f"{PLANS}: is up to date\n{REGIONS}: brought up to date\n"
    assert (site / REGIONS).read_bytes() == REGION_FILE.read_bytes()
    assert warnings(capsys) == []


def test_a_schema_that_nothing_can_read_is_another_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / PLANS).write_bytes(b"\xff{")
    assert [found[0] for found in warnings(capsys)] == [PLANS]


def test_what_a_tool_does_to_lines_is_no_change(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / PLANS).write_bytes((site / PLANS).read_bytes().replace(b"\n", b"\r\n"))
    assert warnings(capsys) == []


def test_a_schema_that_is_gone_is_told_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / REGIONS).unlink()
    ((file, line, what, fix),) = warnings(capsys)
    assert (file, line) == ("plans/regions/canada.yaml", 1)
    assert what == "there is no schema `../../schema/region-file.schema.json`"
    assert fix == "run `clairplan schema`"
    assert main(["schema"]) == 0
    assert warnings(capsys) == []


def test_a_wrong_path_is_told_with_the_right_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "../site_builder/schema/plan-file.schema.json"
    change(site, "../schema/plan-file.schema.json", wrong)
    said = (FAMILY, 1, f"there is no schema `{wrong}`", "write `$schema=../schema/plan-file.schema.json`")
    assert warnings(capsys) == [said]
    for name in ("canada", "france"):
        change(site, "../../schema/", "../schema/", f"plans/regions/{name}.yaml")
    assert [found[0] for found in warnings(capsys)[:-1]] == ["plans/regions/canada.yaml", "plans/regions/france.yaml"]
    for name in ("canada", "france"):
        change(site, "../schema/", "../../schema/", f"plans/regions/{name}.yaml")
    (site / PLANS).unlink()
    assert warnings(capsys) == [(*said[:3], f"run `clairplan schema`, then {said[3]}")]


def test_a_schema_elsewhere_is_brought_there(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "../schema/plan-file.schema.json", "../tools/yaml/plan-file.schema.json")
    assert main(["schema", "tools/yaml"]) == 0
    assert (site / "tools/yaml/plan-file.schema.json").read_bytes() == PLAN_FILE.read_bytes()
    assert warnings(capsys) == []
    make_old(site / "tools/yaml/plan-file.schema.json")
    ((file, _, _, fix),) = warnings(capsys)
    assert (file, fix) == ("tools/yaml/plan-file.schema.json", "run `clairplan schema tools/yaml`")


@pytest.mark.parametrize("led", ["https://plans.example.org/schema/plan-file.schema.json", "../schema/mine.json"])
def test_other_peoples_schemas_are_their_own(led: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "schema/mine.json").write_text("{}")
    change(site, "../schema/plan-file.schema.json", led)
    assert warnings(capsys) == []


def test_a_site_without_schemas_and_without_editors_is_left_alone(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in [site / FAMILY, *(site / "plans/regions").iterdir()]:
        path.write_text(path.read_text("utf-8").partition("\n")[2], "utf-8")
    make_old(site / PLANS)
    assert [found[0] for found in warnings(capsys)] == [PLANS], "an editor may be led there by its own settings"
    for name in (PLANS, REGIONS):
        (site / name).unlink()
    assert warnings(capsys) == []
