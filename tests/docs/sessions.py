"""Runs the worked sessions of the guides: what a guide writes into files is written, what it types is typed.

A comment above a block says what becomes of it, and does not show on the page: `<!-- file plans/x.yaml -->` writes
the block, `<!-- append plans/x.yaml -->` adds it at the end, `<!-- edit plans/x.yaml -->` stands above a block of
`diff` lines, `<!-- not run -->` above one that only a reader runs. All other `console` blocks are run: a line that
begins with `$ ` is typed, the lines below it must be printed; `…` stands for anything.

After an output was changed on purpose, CLAIRPLAN_WRITE_EXPECTED=1 writes the pages anew, to be read before they are
committed.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Final
from unittest.mock import patch

from site_builder import cli

ROOT: Final = Path(__file__).resolve().parents[2]
_BLOCK: Final = re.compile(
    r"^(?:<!-- (?P<what>[^>]+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_COMMAND: Final = re.compile(r"^\$ ((?:[^\n']|'[^']*')*)\n", re.MULTILINE)


def no_bundle(folder: Path, **_: object) -> SimpleNamespace:
    """Stands for `bundle.build`, which takes long and is no guide's affair."""
    folder.mkdir(parents=True)
    return SimpleNamespace(engine="engine", manifest_name="manifest.json")


def folder(root: Path, example: str, regions: Sequence[str] = ("canada.yaml", "france.yaml")) -> Path:
    """A folder like the repository's in French and English: pages, some files of regions, no plan file.

    The home page shows `example`.
    """
    (root / "plans" / "regions").mkdir(parents=True)
    for name in regions:
        shutil.copy(ROOT / "plans" / "regions" / name, root / "plans" / "regions")
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("it"))
    for page in (root / "content").glob("*/home.md"):
        text = re.sub(r"^example: .*$", f"example: {example}", page.read_text("utf-8"), flags=re.MULTILINE)
        page.write_text(text, "utf-8")
    site = root / "content" / "site.yaml"
    without_docs(root)
    text = re.sub(r"^families: .*\n", "", site.read_text("utf-8"), flags=re.MULTILINE)
    site.write_text(re.sub(r"^languages: .*", "languages: [fr, en]", text, flags=re.MULTILINE), "utf-8")
    return root


def without_docs(root: Path) -> None:
    """Leave the documentation out of the site's settings: its links lead to files of the whole repository."""
    site = root / "content" / "site.yaml"
    site.write_text(re.sub(r"^docs: .*\n", "", site.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def check(guide: Path, root: Path) -> None:
    """Follow a guide in the folder `root`: everything must be printed as it says."""
    followed = run(guide, root)
    if os.environ.get("CLAIRPLAN_WRITE_EXPECTED"):
        guide.write_text(followed, "utf-8")
    assert followed == guide.read_text("utf-8")


def run(guide: Path, root: Path) -> str:
    """Follow a guide in the folder `root`; gives the guide with what was really printed."""
    text = guide.read_text("utf-8")
    parts, end = [], 0
    for found in _BLOCK.finditer(text):
        parts.append(text[end : found.start("text")])
        parts.append(_follow(found["what"] or "", found["kind"], found["text"], root))
        end = found.end("text")
    return "".join([*parts, text[end:]])


def _follow(what: str, kind: str, text: str, root: Path) -> str:
    action, _, name = what.partition(" ")
    path = root / name
    if action == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    elif action == "append":
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    elif action == "edit":
        path.write_text(_edited(path.read_text("utf-8"), text), "utf-8")
    elif kind == "console" and what != "not run":
        return "".join(_typed(text, root))
    return text


def _edited(text: str, diff: str) -> str:
    """The text after a block of lines that begin with a space, `-` or `+`."""
    old = "".join(line[1:] + "\n" for line in diff.splitlines() if line[0] in " -")
    new = "".join(line[1:] + "\n" for line in diff.splitlines() if line[0] in " +")
    assert text.count(old) == 1, f"these lines are there {text.count(old)} times:\n{old}"
    return text.replace(old, new)


def _typed(block: str, root: Path) -> Iterator[str]:
    """Each command of a block with what it prints: as the guide says where that agrees, else as it was."""
    commands = list(_COMMAND.finditer(block))
    assert commands and not commands[0].start(), f"a console block begins with a command:\n{block}"
    for number, command in enumerate(commands):
        end = commands[number + 1].start() if number + 1 < len(commands) else len(block)
        expected, printed = block[command.end() : end], type_in(command[1], root)
        yield command[0] + (expected if agrees(expected, printed) else printed)


def agrees(expected: str, printed: str) -> bool:
    """Whether the text is what was printed; `…` stands for anything, a line of it for any number of lines."""
    pattern = re.escape(expected).replace("…\\\n", "(?:.*\\n)*?").replace("…", ".*?")
    return re.fullmatch(pattern, printed) is not None


def type_in(command: str, root: Path) -> str:
    """What a command prints, run in `root`: `clairplan …`, also fed by `echo '…' |`, `cp`, `rm`."""
    words = shlex.split(command)
    if words[0] in ("cp", "rm"):
        subprocess.run(words, cwd=root, check=True)
        return ""
    given = words[words.index("|") - 1] + "\n" if "|" in words else ""
    name, *arguments = words[words.index("|") + 1 :] if "|" in words else words
    assert name.endswith("clairplan"), f"only clairplan, cp and rm are run: {command}"
    if (root / "site_builder" / "cli.py").exists() and root != ROOT:
        return _apart(arguments, given, root)
    output, before = io.StringIO(), Path.cwd()
    os.chdir(root)
    try:
        with (
            redirect_stdout(output),
            redirect_stderr(output),
            patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")),
            patch("site_builder.bundle.build", no_bundle),
        ):
            cli.main(arguments)
    finally:
        os.chdir(before)
    return output.getvalue().rstrip("\n") + "\n"


def _apart(arguments: list[str], given: str, root: Path) -> str:
    """What `clairplan` prints where the folder has a program of its own."""
    command = [sys.executable, "-P", str(ROOT / "tests" / "docs" / "apart.py"), *arguments]
    done = subprocess.run(command, cwd=root, input=given, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).rstrip("\n") + "\n"
