"""The second look of a preview: what `check` says comes after a build, is told once, and gives way to the next save."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from site_builder.cli import main
from site_builder.errors import Issue, Place, as_json, from_json
from site_builder.preview import Preview, State
from site_builder.second_look import SecondLook, as_note, news
from tests.site_builder.starter_site import change, no_calculator, start

pytestmark = pytest.mark.slow

ADDRESS = Issue(Place("content/site.yaml", 5, 11), "an example", "nobody is there", "write yours", "base_url: x")
LINK = Issue(Place("plans/a.yaml", 9, 2), "leads nowhere", fix="mend it", excerpt="  url: x")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site)
    monkeypatch.setattr(Preview, "_prepare", lambda self, *given: no_calculator(*given))
    return site


@pytest.fixture
def looking(folder: Path) -> Iterator[tuple[Preview, "Queue[str]"]]:
    """A preview that watches, and what it says."""
    said: Queue[str] = Queue()
    seen = Preview(Path("plans"), Path("content"), said.put)
    seen.second.pause = 0
    seen.look()
    watcher = threading.Thread(target=seen.watch, daemon=True)
    watcher.start()
    yield seen, said
    seen.stopped.set()
    watcher.join()
    seen.second.end()


def until(said: "Queue[str]", wanted: str) -> list[str]:
    """What is said, to the first text that holds what is wanted."""
    found = [said.get(timeout=60)]
    while wanted not in found[-1]:
        found.append(said.get(timeout=60))
    return found


def test_warnings_come_after_the_build_as_check_writes_them_and_go_when_mended(
    folder: Path, looking: tuple[Preview, "Queue[str]"], capsys: pytest.CaptureFixture[str]
) -> None:
    seen, said = looking
    change(folder, "Security fixes.", "It's all security fixes.")
    until(said, "Built")
    told = until(said, "1 warning")
    assert main(["check"]) == 0
    assert capsys.readouterr().err == "\n".join(told[-2:]) + "\n"
    assert [issue.place.file for issue in seen.state.warnings or ()] == ["plans/studio-care.yaml"]
    assert b'event: warnings\ndata: {"heading": "1 warning"' in seen.state.event()

    change(folder, "It's all", "All")
    until(said, "mended: ")
    assert said.get(timeout=60) == "Nothing to mend."
    assert b'{"heading": "0 warnings", "texts": []}' in seen.state.event()


def test_an_error_hides_what_was_found_before(folder: Path, looking: tuple[Preview, "Queue[str]"]) -> None:
    seen, said = looking
    change(folder, "unit: seat", "unti: seat")
    until(said, "did you mean `unit`?")
    seen.state.warned((ADDRESS,))
    assert b"event: problem" in seen.state.event()
    assert b"event: warnings" not in seen.state.event()


def found_by(look: SecondLook) -> "Queue[object]":
    found: Queue[object] = Queue()
    look.tell = look.fail = found.put
    look.pause = 0
    return found


@pytest.fixture
def look(folder: Path) -> Iterator[SecondLook]:
    look = SecondLook(Path("plans"), Path("content"), print, print)
    yield look
    look.end()


def test_the_next_save_ends_a_look_which_gives_way_to_others(look: SecondLook) -> None:
    found = found_by(look)
    look.begin()
    while look.process is None:
        time.sleep(0.01)
    first = look.process
    assert os.getpriority(os.PRIO_PROCESS, first.pid) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
    look.begin()
    assert first.wait(timeout=20) == -signal.SIGKILL
    assert found.get(timeout=60) == ()
    with pytest.raises(Empty):
        found.get(timeout=0.2)


def test_a_save_within_the_pause_leaves_one_look(look: SecondLook) -> None:
    found = found_by(look)
    look.pause = 1
    for _ in range(3):
        look.begin()
    assert look.process is None
    assert found.get(timeout=60) == ()
    with pytest.raises(Empty):
        found.get(timeout=0.5)


def test_a_look_at_a_wrong_site_says_nothing_for_the_build_does(folder: Path, look: SecondLook) -> None:
    found = found_by(look)
    change(folder, "unit: seat", "unti: seat")
    look.begin()
    while look.process is None:
        time.sleep(0.01)
    assert look.process.wait(timeout=60) == 2
    with pytest.raises(Empty):
        found.get(timeout=0.5)


def test_a_look_that_fails_is_told(look: SecondLook) -> None:
    found = found_by(look)
    look.command = [look.command[0], "-c", "raise SystemExit(1)"]
    look.begin()
    assert found.get(timeout=20) == "The second look failed: `clairplan check` says why."


def test_a_file_that_is_called_like_a_module_is_not_one(folder: Path, look: SecondLook) -> None:
    found = found_by(look)
    (folder / "json.py").write_text("raise SystemExit(1)\n")
    look.begin()
    assert found.get(timeout=60) == ()


def test_only_what_is_new_is_told_and_what_was_mended() -> None:
    lower = Issue(Place("plans/a.yaml", 12, 2), LINK.what, LINK.why, LINK.fix, LINK.excerpt)
    assert list(news((), ())) == []
    assert list(news((LINK,), (lower,))) == []
    new, count = news((LINK,), (lower, LINK))
    assert (new, count) == (
        "plans/a.yaml:12:2: warning: leads nowhere\n   12 |   url: x\n      |  ^\n  fix: mend it\n",
        "2 warnings",
    )
    assert list(news((ADDRESS, LINK), (LINK,))) == ["content/site.yaml: mended: an example", "1 warning"]
    assert list(news((LINK,), ())) == ["plans/a.yaml: mended: leads nowhere", "Nothing to mend."]


def test_pages_are_told_a_heading_and_the_texts() -> None:
    assert as_note((LINK,)) == (
        '{"heading": "1 warning", "texts": ["plans/a.yaml:9:2: warning: leads nowhere\\n    9 |   url: x\\n'
        '      |  ^\\n  fix: mend it"]}'
    )
    state = State()
    state.good()
    assert state.event() == b"event: site\ndata: 1\n\n"


def test_an_issue_survives_its_way_as_json() -> None:
    assert [from_json(as_json(issue)) for issue in (ADDRESS, LINK)] == [ADDRESS, LINK]
