"""The second look of a preview: what `clairplan check` says of the site as it was just saved, found beside the preview.

Looking takes longer than building. So another process does it, with less of the processor's time than whoever builds,
after a moment's rest, and the next save ends it. Its findings are told with what is new in them and what was mended.
"""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from site_builder.errors import Issue, counted, from_json, render_warning, summary

PAUSE: Final = 0.4
"""Seconds after a build: pages that reload, and the next save of someone who types on, come first."""

_PATIENCE: Final = 10
"""How much more than the preview the process leaves to others, as `nice` counts; to `_LEAST` at most."""
_LEAST: Final = 19

_EXPECTED: Final = (0, 2)
"""Exit codes of `clairplan check`."""

_CHECK: Final = "import sys; from site_builder.cli import main; sys.exit(main())"


class SecondLook:
    """Looks through the site on each `begin`; `tell` gets the warnings, from another thread, once they are known.

    `fail` gets a sentence instead, where the site could not be looked through.
    """

    def __init__(
        self, plans: Path, content: Path, tell: Callable[[tuple[Issue, ...]], object], fail: Callable[[str], object]
    ) -> None:
        folders = ["--plans", str(plans), "--content", str(content)]
        # -P: a file of the site's folder that is called like a module is not one.
        self.command = [sys.executable, "-P", "-c", _CHECK, "check", "--format", "json", *folders]
        self.tell, self.fail = tell, fail
        self.pause = PAUSE
        self.alone = threading.Lock()
        self.turn = 0
        self.timer: threading.Timer | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Look through the site as it is now, and no longer as it was."""
        self.end()
        with self.alone:
            self.timer = threading.Timer(self.pause, self._look, [self.turn])
            self.timer.daemon = True
            self.timer.start()

    def end(self) -> None:
        """Look no further: what was being looked at is out of date, or nobody is there to be told."""
        with self.alone:
            self.turn += 1
            if self.timer is not None:
                self.timer.cancel()
            if self.process is not None and self.process.poll() is None:
                self.process.kill()

    def _look(self, turn: int) -> None:
        with self.alone:
            if turn != self.turn:
                return
            self.process = process = _started(self.command)
        said, _ = process.communicate()
        found = _findings(said)
        with self.alone:
            current = turn == self.turn
        if current and process.returncode not in _EXPECTED:
            self.fail("The second look failed: `clairplan check` says why.")
        elif current and found is not None:
            self.tell(found)


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """The process, which gives way to all others."""
    windows = sys.platform == "win32"
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if windows else 0,
    )  # fmt: skip
    if not windows:
        with suppress(OSError):  # it may be over already
            mine = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process.pid, min(mine + _PATIENCE, _LEAST))
    return process


def _findings(said: bytes) -> tuple[Issue, ...] | None:
    """The warnings; None where the site is wrong (which a build says) or nothing was said."""
    try:
        found: list[dict[str, Any]] = json.loads(said)
    except ValueError:
        return None
    if any(one["severity"] != "warning" for one in found):
        return None
    return tuple(map(from_json, found))


def news(before: Sequence[Issue], now: Sequence[Issue]) -> Iterator[str]:
    """What to say on a terminal: each new warning whole, each mended one on a line; nothing where all is as it was.

    A warning whose lines moved is the same one.
    """
    new, gone = Counter(map(_same, now)), Counter(map(_same, before))
    new, gone = new - gone, gone - new
    for issue in now:
        if new[_same(issue)]:
            new[_same(issue)] -= 1
            yield f"{render_warning(issue)}\n"
    for issue in before:
        if gone[_same(issue)]:
            gone[_same(issue)] -= 1
            yield f"{issue.place.file}: mended: {render_warning(issue).split('warning: ', 1)[1].split('\n', 1)[0]}"
    if Counter(map(_same, now)) != Counter(map(_same, before)):
        yield summary(0, len(now))


def _same(issue: Issue) -> tuple[str, str, str, str]:
    return issue.place.file, issue.what, issue.why, issue.fix


def as_note(issues: Sequence[Issue]) -> str:
    """What a page is told, as JSON: a heading, and each warning as `clairplan check` writes it."""
    said = {"heading": counted(len(issues), "warning"), "texts": list(map(render_warning, issues))}
    return json.dumps(said, ensure_ascii=False)
