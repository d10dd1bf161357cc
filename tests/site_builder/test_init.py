"""A new site: it builds and checks at once, and nothing that is there is overwritten."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import yaml

from scripts.schema import PLAN_FILE, REGION_FILE
from site_builder import init
from site_builder.cli import main
from site_builder.guides import folder as guides_folder
from tests.docs.schemas import as_editor, refusals
from tests.site_builder.starter_site import FAMILY, build, change, files, start


def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    assert build(site).pages >= 8
    pages = files(site / "public")
    assert b"Studio maintenance" in pages["en/studio-care/index.html"]
    assert "Québec".encode() in pages["fr/studio-care/index.html"]


def test_what_publishes_it_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new")]) == 0
    assert "clairplan serve" in capsys.readouterr().out
    written = {path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*")}
    assert {".github/workflows/site.yaml", ".gitlab-ci.yml", ".gitignore", "requirements.txt"} <= written
    wanted = (tmp_path / "new/requirements.txt").read_text().splitlines()
    assert "--find-links wheels" in wanted
    assert f"clairplan=={version('clairplan')}" in wanted
    assert (tmp_path / "new/wheels").is_dir()


def test_it_is_built_every_night_too(tmp_path: Path) -> None:
    site = start(tmp_path / "new")
    workflow = yaml.load((site / ".github/workflows/site.yaml").read_text(), yaml.BaseLoader)
    (nightly,) = workflow["on"]["schedule"]
    minute, hour, *days = nightly["cron"].split()
    assert 0 <= int(minute) < 60
    assert 0 <= int(hour) < 6
    assert days == ["*", "*", "*"]
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["jobs"]["publish"]["if"] == "github.ref == 'refs/heads/main'"  # a scheduled run is of that branch
    assert f"`{nightly['cron']}`" in (site / ".gitlab-ci.yml").read_text()
    for guide in ("publish.md", "publish.fr.md"):
        assert f"`{nightly['cron']}`" in (DOCS / "guides" / guide).read_text("utf-8")


def test_what_builds_it_is_told_to_be_committed(tmp_path: Path) -> None:
    site = start(tmp_path / "new")
    assert "wheels" not in (site / ".gitignore").read_text()
    told = [site / "README.md", site / "wheels/README.md", DOCS / "guides/publish.md", DOCS / "guides/publish.fr.md"]
    for file in told:
        assert re.search(r"commit", file.read_text("utf-8")), file


DOCS = guides_folder()
LED = re.compile(r"yaml-language-server:.*?\$schema=(\S+)")


def test_an_editor_finds_the_schema_of_every_file_that_names_one(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    led = {
        path.relative_to(site): (path.parent / found[1]).resolve()
        for path in sorted(site.rglob("*")) if path.is_file()
        for found in LED.finditer(path.read_text("utf-8"))
    }  # fmt: skip
    assert set(led) == {Path(FAMILY), *(path.relative_to(site) for path in (site / "plans/regions").iterdir())}
    for path, schema in led.items():
        assert schema.is_relative_to(site.resolve())
        ours = REGION_FILE if path.parent.name == "regions" else PLAN_FILE
        assert schema.read_bytes() == ours.read_bytes(), path
        assert refusals(json.loads(schema.read_bytes()), as_editor((site / path).read_text("utf-8"))) == []


def test_a_folder_that_holds_a_site_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("mine")
    assert main(["init", str(tmp_path)]) == 2
    assert "content/site.yaml is already there" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_without_a_folder_it_is_this_one_if_it_is_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".venv").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert (tmp_path / "content/site.yaml").is_file()
    assert "\nNow: `clairplan serve` to see" in capsys.readouterr().out


def test_without_a_folder_nothing_is_written_beside_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 2
    said = "this folder is not empty, it holds `letters.txt`: name one for the new site, `clairplan init my-site`\n"
    assert capsys.readouterr().err == said
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


@pytest.mark.parametrize(
    ("typed", "first"), [("new", "cd new, then "), ("our plans", "cd 'our plans', then "), (".", ""), ("../in", "")]
)
def test_it_says_where_to_go_from_here(
    typed: str, first: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert main(["init", typed]) == 0
    assert f"\nNow: {first}`clairplan serve` to see" in capsys.readouterr().out


def test_it_knows_all_regions_of_the_project(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    kept = {
        path.name: path.read_text("utf-8").replace("../../site_builder/schema/", "../../schema/", 1)
        for path in Path("plans/regions").glob("*.yaml")
    }
    assert {path.name: path.read_text("utf-8") for path in (site / "plans/regions").glob("*.yaml")} == kept


@pytest.mark.parametrize("command", ["build", "check", "quote"])
def test_a_locale_that_no_folder_has_is_told(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = start(tmp_path / "site")
    change(site, "en: en-CA", "en: en-FR")
    (site / "ask.json").write_text('{"plan": "studio-care/essential", "action": "buy", "on": "2026-06-01"}')
    monkeypatch.chdir(site)
    assert main([command, *(["ask.json"] if command == "quote" else [])]) == 2
    said = capsys.readouterr().err
    assert "there is no locale `en-FR`" in said
    assert "write one of `en-CA`, `en-GB`" in said


@pytest.fixture
def refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], str]:
    """What `check` says of a new site in whose plan file one text stands for another."""

    def said(old: str, new: str) -> str:
        site = start(tmp_path / "site")
        change(site, old, new)
        monkeypatch.chdir(site)
        assert main(["check"]) == 2
        return capsys.readouterr().err

    return said


def test_a_code_without_words_is_told_where_it_stands(refused: Callable[[str, str], str]) -> None:
    said = refused("{code: on_time_discount, percent", "{code: early_bird, percent")
    assert said.count("there are no words for `early_bird`") == 1
    assert "- {code: early_bird, percent" in said
    assert "fix: write `title: {fr: …, en: …}` beside the code" in said


@pytest.mark.parametrize(
    ("words", "told"), [("", ", here and where it stands again: line "), (', title: {fr: "Tôt", en: "Early"}', "\n")]
)
def test_a_code_in_several_places_is_told_where_it_has_no_words(
    words: str, told: str, refused: Callable[[str, str], str]
) -> None:
    whole = (init.STARTER / "plans/studio-care.yaml").read_text("utf-8")
    windows = whole[whole.index("- {code: on_time_discount") : whole.index("# Your words for what you count")]
    late = "{id: late, from_day: 31, starts: on_purchase"
    assert late in windows
    bare = f'{late}, adjust: [{{code: early_bird, percent: "5"}}]'
    said = refused(windows, windows.replace("on_time_discount,", f"early_bird{words},").replace(late, bare))
    assert said.count("there are no words for `early_bird`") == 1
    assert f"beside the code{told}" in said
    assert ('{code: early_bird, percent: "5"}' if words else '{code: early_bird, percent: "-10"}') in said


def test_a_unit_without_words_is_told_where_it_stands(refused: Callable[[str, str], str]) -> None:
    said = refused("unit: seat", "unit: seta")
    assert "    unit: seta" in said
    assert "did you mean `seat`?" in said


def test_without_an_installed_release_it_is_the_one_of_this_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(init, "version", unknown)
    assert init.installed_version() == tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_pip_finds_the_wheel_in_its_folder(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    release = version("clairplan")
    about = f"clairplan-{release}.dist-info"
    with zipfile.ZipFile(site / f"wheels/clairplan-{release}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: clairplan\nVersion: {release}\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    alone = ["install", "--no-index", "--no-deps", "--dry-run", "--ignore-installed", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", *alone, "-r", "requirements.txt"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True)
    assert f"Would install clairplan-{release}" in done.stdout, done.stderr
