"""Whether a file may be written over: only one that was written for the same purpose before."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from site_builder.errors import InputError, Issue, Place

_HEAD: Final = 65_536
"""Bytes at the beginning of a file by which it is known."""


def refuse_file(path: Path, made: str, example: str, earlier: Callable[[bytes], bool]) -> None:
    """Raise InputError where something would be lost with the file at `path`.

    `made` says what is to be written there (`a draft`), `example` is a name for it; `earlier` tells from how a file
    begins whether it is such a one. An empty file, and what is no file on a disk (`/dev/null`), may be written to.
    """
    if path.is_dir():
        name = (path / example).as_posix()
        raise _refused(path, "this is a folder", f"what is written is {made}, one file", f"name it: `{name}`")
    if not path.is_file() or not os.path.getsize(path):
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not earlier(head):
        fix = f"name a new file, such as `{example}`, or remove this one yourself"
        raise _refused(path, f"this file is not {made} of an earlier time", "what it holds would be gone", fix)


def _refused(path: Path, what: str, why: str, fix: str) -> InputError:
    return InputError([Issue(Place(str(path)), what, why, fix)])
