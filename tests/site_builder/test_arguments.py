"""Days, ports and folders behind a command: what is none is said, with what to type instead."""

import errno
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import arguments
from site_builder.cli import main
from tests.site_builder.starter_site import start


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refused(capsys: pytest.CaptureFixture[str], *typed: str) -> str:
    """What the command says as it refuses what was typed."""
    try:
        code = main(typed)
    except SystemExit as left:
        code = int(str(left.code))
    assert code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "check", "campaign"])
@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("01/15/2027", "write 2027-01-15"),
        ("11/10/2026", "write 2026-10-11, or 2026-11-10 if the month stands first"),
        ("tomorrow", "write a day as 20"),
    ],
)
def test_a_day_is_written_year_first(command: str, typed: str, advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"`{typed}` is no day: {advice}" in refused(capsys, command, "--on", typed)


@pytest.mark.parametrize("typed", ["80000", "65536", "-1", "web", "8 000", "٣", "9" * 99])
def test_a_port_is_one_of_those_that_there_are(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "serve", f"--port={typed}")
    assert f"`{typed}` is no port: write a number from 1 to 65535, or 0 for a free one" in said


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("8000", 8000), ("65535", 65535)])
def test_ports(typed: str, number: int) -> None:
    assert arguments.port(typed) == number


def test_another_port_is_named_where_one_is_taken(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "public/en").mkdir(parents=True)
    (tmp_path / "public/en/index.html").write_text("")
    monkeypatch.chdir(tmp_path)
    said = refused(capsys, "serve", "--dir", "public", "--port", str(taken))
    assert said.startswith(f"port {taken} is taken by another program")
    assert f"add `--port {taken + 1}`" in said


def test_a_port_of_the_system_is_told_from_other_failures() -> None:
    with pytest.raises(arguments.PortError, match="add `--port 8000`"), arguments.listening(80):
        raise PermissionError(13, "Permission denied")
    denied = PermissionError(13, "Permission denied")
    for number, failure in ((8000, denied), (0, denied), (80, OSError(5))):
        with pytest.raises(OSError) as caught, arguments.listening(number):
            raise failure
        assert caught.value is failure


def test_after_the_last_port_a_free_one_is_named() -> None:
    with pytest.raises(arguments.PortError, match="add `--port 0`"), arguments.listening(65535):
        raise OSError(errno.EADDRINUSE, "Address already in use")


REQUEST = ("quote", "-"), ("email", "-", "--lang", "en"), ("campaign", "list.csv", "--on", "2027-01-01")


@pytest.mark.parametrize("typed", [("check",), ("build",), ("serve",), ("serve", "--dir", "public"), *REQUEST])
def test_a_folder_of_no_site_is_called_so(
    typed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = refused(capsys, *typed)
    assert "this is no folder of a site" in said
    assert "no `plans/` and no `content/`" in said
    assert "go to the folder that `clairplan init` made, or start a site: `clairplan init my-site`" in said
    assert said.count("fix:") == 1


def test_in_a_folder_of_the_site_the_way_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site / "plans")
    assert "fix: go to the folder of the site: `cd ..`" in refused(capsys, "check")
    monkeypatch.chdir(site / "plans/regions")
    assert "`cd ../..`" in refused(capsys, "check")


def test_a_site_that_is_not_built_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(start(tmp_path / "site"))
    said = refused(capsys, "serve", "--dir", "nope")
    assert said.startswith(
        "nope: there is no built site here; `clairplan build --out nope` makes one; `clairplan serve`"
    )


def test_settings_that_are_not_there_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = start(tmp_path / "site")
    (site / "content/site.yaml").unlink()
    monkeypatch.chdir(site)
    said = refused(capsys, "check")
    assert "content/site.yaml: there is no such file" in said
    assert "fix: write it with `title`, `base_url` and `languages`" in said


def test_a_folder_of_plans_that_is_not_there_is_told_from_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(start(tmp_path / "site"))
    said = refused(capsys, "check", "--plans", "plan")
    assert "plan: there is no such folder" in said
    assert "fix: did you mean `plans`?" in said


def test_a_preview_tells_that_a_port_is_taken_before_it_builds(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(start(tmp_path))
    monkeypatch.setattr("site_builder.preview.build_site", lambda *_, **__: pytest.fail("it builds"))
    assert refused(capsys, "serve", "--port", str(taken)).startswith(f"port {taken} is taken by another program")
