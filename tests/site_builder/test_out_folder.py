"""A build takes the place of nothing but an earlier site."""

import json
import shutil
from pathlib import Path

import pytest

from site_builder import build as building
from site_builder.cli import main
from site_builder.errors import InputError
from site_builder.out_folder import refuse_out
from tests.site_builder.starter_site import build, change, files, no_calculator, start


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with documentation, beside a folder that nobody wants to lose; commands run in it."""
    folder = start(tmp_path / "site")
    (folder / "docs").mkdir()
    for name in ("README.md", "README.fr.md"):
        (folder / "docs" / name).write_text("# Documentation\n\nWhat there is to know of it.\n")
    with (folder / "content/site.yaml").open("a") as settings:
        settings.write("docs: {folder: docs, language: en}\n")
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/contracts.xlsx").write_text("all of them")
    (folder / "x").write_text("a file")
    (folder / "empty").mkdir()
    (folder / "empty/.DS_Store").write_bytes(b"\0")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(building.build_site, "__kwdefaults__", {
        **(building.build_site.__kwdefaults__ or {}), "prepare": no_calculator, "jobs": 1,
    })  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("out", "what", "why"),
    [
        (".", "holds `plans`", "replaces all"),
        ("..", "holds `plans`", "replaces all"),
        ("content", "holds `content`", "replaces all"),
        ("plans", "holds `plans`", "replaces all"),
        ("plans/regions", "is in `plans`", "a part of it"),
        ("content/en/../public", "is in `content`", "a part of it"),
        ("docs", "something other than a site", "`README.fr.md`"),
        ("docs/public", "is in `{site}/docs`", "a part of it"),
        ("../precious", "something other than a site", "`contracts.xlsx`"),
        ("precious-link", "something other than a site", "`contracts.xlsx`"),
        ("x", "this is a file", "a site is a folder"),
    ],
)
def test_what_is_no_earlier_site_is_left_alone(
    out: str, what: str, why: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "precious-link").symlink_to("../precious")
    before = {name: data for name, data in files(site.parent).items() if "/.cache/" not in name}
    assert main(["build", "--out", out]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{Path(out)}: ") and what.format(site=site) in said and why in said
    assert "fix: name a new or an empty folder, such as `--out public`" in said
    assert {name: data for name, data in files(site.parent).items() if "/.cache/" not in name} == before


@pytest.mark.parametrize("out", ["public", "empty", "../elsewhere/site"])
def test_a_new_and_an_empty_folder_become_the_site(out: str, site: Path) -> None:
    assert main(["build", "--out", out]) == 0
    assert main(["build", "--out", out]) == 0
    assert (site / out / "index.html").is_file()


@pytest.mark.parametrize("lost", [".cache", "public/plans.json", "public/sitemap.xml"])
def test_an_earlier_site_is_known_by_itself_or_by_its_record(lost: str, site: Path) -> None:
    """Whoever has a site from elsewhere has no record of it; whoever removed a file of it has one."""
    build(site)
    whole = files(site / "public")
    shutil.rmtree(site / lost) if (site / lost).is_dir() else (site / lost).unlink()
    build(site)
    assert files(site / "public") == whole


@pytest.mark.parametrize("added", ["plans", ".git", "my-pictures"])
def test_a_site_that_holds_a_folder_of_somebody_s_is_left_alone(
    added: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(site)
    (site / "public" / added).mkdir()
    (site / "public" / added / "kept").write_text("mine")
    assert main(["build"]) == 2
    assert f"move `{added}` elsewhere" in capsys.readouterr().err
    assert (site / "public" / added / "kept").read_text() == "mine"


def test_a_link_to_a_site_stays_a_link(site: Path) -> None:
    build(site, site / "release")
    (site / "current").symlink_to("release")
    change(site, "Our plans", "All our plans", "content/en/home.md")
    build(site, site / "current")
    assert (site / "current").is_symlink()
    assert b"All our plans" in (site / "release/en/index.html").read_bytes()


def test_what_an_interrupted_build_left_goes_and_what_is_only_called_alike_stays(site: Path) -> None:
    ended = 2**22 - 3  # above what a system numbers its processes with, as it comes
    left, named = site / f".public-{ended}-abcd12_9", site / f".public-{ended}-kept"
    for folder in (left, named):
        folder.mkdir()
        (folder / "half").write_text("a page")
    build(site)
    assert (left.exists(), named.exists()) == (False, True)


LIST = {"site": "Plans", "edition": "1", "on": "2026-06-01", "families": []}


@pytest.mark.parametrize(
    "changed",
    [
        {"plans.json": b"{"},
        {"plans.json": json.dumps([*LIST]).encode()},
        {"plans.json": json.dumps({key: LIST[key] for key in ("site", "edition", "on")}).encode()},
        {"plans.json": None},
        {"index.html": None},
        {"sitemap.xml": None},
        {".git": b"gitdir: elsewhere"},
    ],
)
def test_a_folder_is_a_site_with_all_that_tells_one(changed: dict[str, bytes | None], tmp_path: Path) -> None:
    whole = {"plans.json": json.dumps(LIST).encode(), "index.html": b"<!doctype html>", "sitemap.xml": b"<urlset/>"}
    for name, data in whole.items():
        (tmp_path / name).write_bytes(data)
    refuse_out(tmp_path, [], {})
    for name, other in changed.items():
        (tmp_path / name).unlink(missing_ok=True)
        if other is not None:
            (tmp_path / name).write_bytes(other)
    with pytest.raises(InputError, match="this folder holds"):
        refuse_out(tmp_path, [], {})


@pytest.mark.parametrize(("name", "size", "later", "known"), [
    ("page", 4, 0, True), ("page", 5, 0, False), ("page", 4, 1, False), ("gone", 4, 0, False),
])  # fmt: skip
def test_a_record_knows_a_site_by_a_file_that_is_as_it_was_left(
    name: str, size: int, later: int, known: bool, tmp_path: Path
) -> None:
    (tmp_path / "page").write_bytes(b"mine")
    record = {name: ("key", size, (tmp_path / "page").stat().st_mtime_ns + later)}
    if known:
        refuse_out(tmp_path, [], record)
        return
    with pytest.raises(InputError, match="something other than a site"):
        refuse_out(tmp_path, [], record)
