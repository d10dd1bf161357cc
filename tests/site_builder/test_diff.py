"""A change of a plan file, told by what it does to prices."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.cli import main
from tests.conftest import ROOT


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The repository's plans, with one price raised by five per cent from 2027 on."""
    plans = tmp_path / "plans"
    shutil.copytree(ROOT / "plans", plans)
    file = plans / "keystroke.yaml"
    text = file.read_text("utf-8")
    row = '      - {from: 2020-01-01, amount: "120.00"}\n'
    assert text.count(row) == 1
    file.write_text(text.replace(row, row + '      - {from: 2027-01-01, amount: "126.00"}\n'), "utf-8")
    return plans


RENEWALS = r"orange-care, renewals from 2027-01-01: (?:\+\d\.\d % to )?\+5\.0 %"  # a day's share is rounded


def test_a_higher_price_is_told_with_its_plan_its_day_and_its_percentage(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(ROOT / "plans"), str(changed), "--count", "2000"]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"{RENEWALS}, \d+ of 2,000 requests", said)
    assert re.search(r"orange-care, purchases from 2027-01-01: \+5\.0 %", said)
    assert {line.split(",")[0] for line in said.splitlines()} == {"keystroke/orange-care"}


def test_the_same_files_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(ROOT / "plans"), str(ROOT / "plans"), "--count", "200"]) == 0
    assert capsys.readouterr().out == "No answer changes, of 200 requests.\n"


def test_a_plan_that_is_gone_is_told_as_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plans = tmp_path / "plans"
    shutil.copytree(ROOT / "plans", plans)
    (plans / "vtube-laser.yaml").unlink()
    assert main(["diff", str(ROOT / "plans"), str(plans), "--count", "300"]) == 0
    assert "vtube-laser/smp, renewals: now refused: unknown_plan" in capsys.readouterr().out


def test_a_git_revision_stands_for_its_plan_files(
    changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "plans", project / "plans")
    who = ["-c", "user.name=editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "plans"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    monkeypatch.chdir(project)
    assert main(["diff", "HEAD", str(changed), "--count", "2000"]) == 0
    assert re.search(RENEWALS, capsys.readouterr().out)


def test_neither_a_folder_nor_a_revision_is_a_broken_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such-thing", str(ROOT / "plans")]) == 2
    assert "no-such-thing: there are no plan files here" in capsys.readouterr().err
