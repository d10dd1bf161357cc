"""The ledger of a cache: what the last build found of each plan file, so that the next one looks only at what changed.

What must hold, for a build with a ledger to give the bytes of one without:

1. A line names the state of its file (size, times, inode) when it was read. The same state is the same content: a
   change alters the time of the last change, which nobody can set back. A file younger than the clock's grain when it
   was read has no state in its line, and is read again.
2. A line names the keys (`caching.key_of`) under which its results were made; a key stands for all that they depend
   on. A result is used only where the key, found anew, is the same. The state stands for the file's part of that key.
3. A line holds what is right. A mistake anywhere sends everything back to the sources.
4. Lines are kept in several values of the store, each written whole or not at all; what is lost is made again.
"""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from site_builder.caching import Store

type State = tuple[int, ...]
"""Size, time of the last writing and of the last change in nanoseconds, and inode; empty: not to be relied on."""

_GRAIN: Final = 2_000_000_000
"""Nanoseconds within which a second change of a file may bear the time of the first, on the coarsest of disks."""

_PARTS: Final = 32
"""Values that the lines are shared out to: after a change, one of them is written."""


class Line(NamedTuple):
    """A plan file: its state, and two results with their keys."""

    state: State
    reading: str
    light: Any
    making: str
    unit: Any


class Ledger:
    """The lines of one site in a store, by the name of the plan file. `site` tells sites and code apart."""

    def __init__(self, store: Store, site: str) -> None:
        self.store = store
        self.site = site
        self.lines: dict[str, Line] = {}
        for part in range(_PARTS):
            held = store.get("ledger", f"{site}-{part}")
            self.lines.update(held if isinstance(held, dict) else {})

    def get(self, name: str) -> Line | None:
        """The line of a file."""
        return self.lines.get(name)

    def keep(self, lines: Mapping[str, Line]) -> None:
        """These are the lines now; lines that are the same objects count as unchanged."""
        changed = {_part(name) for name, line in lines.items() if self.lines.get(name) is not line}
        changed |= {_part(name) for name in self.lines if name not in lines}
        for part in changed:
            self.store.put("ledger", f"{self.site}-{part}", {n: line for n, line in lines.items() if _part(n) == part})
        self.lines = dict(lines)


def state_of(path: Path) -> State:
    """The state of a file, to be taken before it is read."""
    found = os.stat(path)
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _GRAIN:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _part(name: str) -> int:
    return crc32(name.encode()) % _PARTS
