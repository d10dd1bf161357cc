"""The folder of the site: made beside, unchanged files linked from the site before, swapped in at once.

A record of what was written, with each file's key, size and time, tells the next build what it may keep; a file that
was touched since is written anew.
"""

import ctypes
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from site_builder.caching import key_of

try:
    import brotli
except ImportError:  # then only the .gz are made
    brotli = None

try:
    import fcntl
except ImportError:  # Windows: the swap is all that keeps two builds apart
    fcntl = None  # type: ignore[assignment]

_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux: two names swap what they name, at once."""

_COMPRESSED: Final = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
_WORTH: Final = 700
"""Bytes below which a compressed copy saves nothing."""

type Entry = tuple[str, int, int]
"""A file's key, its size in bytes, and the time of its last change in nanoseconds."""


@dataclass(slots=True)
class Output:
    """One writing of a site: `folder` is filled, then takes the place of `out`."""

    out: Path
    folder: Path
    before: Mapping[str, Entry]
    now: dict[str, Entry] = field(default_factory=dict)

    def kept(self, name: str, key: str) -> bool:
        """Take over a file from the site before if it was made under the same key and nobody touched it since."""
        entry = self.before.get(name)
        if entry is None or entry[0] != key or not _linked(self.out / name, self.folder / name, entry):
            return False
        self.now[name] = entry
        return True

    def note(self, name: str, key: str) -> None:
        """Note a file that was written to the folder."""
        stat = (self.folder / name).stat()
        self.now[name] = (key, stat.st_size, stat.st_mtime_ns)

    def swap_in(self, record: Path) -> None:
        """Let `out` name the new site, and write down what it holds."""
        swap_in(self.folder, self.out)
        record.parent.mkdir(parents=True, exist_ok=True)
        beside = record.with_name(f".{os.getpid()}-{record.name}")
        beside.write_text(json.dumps(self.now, separators=(",", ":")))
        beside.replace(record)


def write(folder: Path, name: str, data: bytes, compress: bool) -> list[str]:
    """Write a file, and its compressed copies where they are worth it; the names of all that was written."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    files = {name: data, **(compressed(name, data) if compress else {})}
    for each, content in files.items():
        (folder / each).write_bytes(content)
    return list(files)


def compressed(name: str, data: bytes) -> dict[str, bytes]:
    """The compressed copies of a file by name; the same for the same bytes."""
    if not name.endswith(_COMPRESSED) or len(data) < _WORTH:
        return {}
    copies = {f"{name}.gz": gzip.compress(data, 9, mtime=0)}
    if brotli is not None:
        copies[f"{name}.br"] = brotli.compress(data, quality=9, lgwin=22)
    return copies


def companions(names: Mapping[str, Entry], name: str) -> list[str]:
    """A file and its compressed copies, as far as the record has them."""
    return [each for each in (name, f"{name}.gz", f"{name}.br") if each in names]


def record_of(cache: Path, out: Path) -> Path:
    """Where the record of a site's folder is kept."""
    return cache / "sites" / f"{key_of(str(out.absolute()))[:16]}.json"


def read_record(record: Path) -> dict[str, Entry]:
    """What the last build wrote; nothing where there was none."""
    try:
        found = json.loads(record.read_bytes())
        return {name: (str(key), int(size), int(time)) for name, (key, size, time) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def untouched(out: Path, record: Mapping[str, Entry]) -> bool:
    """Whether `out` holds what the record says, and nothing else."""
    found = 0
    for folder, _, names in os.walk(out):
        inside = os.path.relpath(folder, out)
        for name in names:
            entry = record.get(name if inside == "." else f"{inside}/{name}".replace(os.sep, "/"))
            stat = os.stat(os.path.join(folder, name))
            if entry is None or (stat.st_size, stat.st_mtime_ns) != entry[1:]:
                return False
            found += 1
    return found == len(record)


def _linked(old: Path, new: Path, entry: Entry) -> bool:
    try:
        stat = old.stat()
        if (stat.st_size, stat.st_mtime_ns) != entry[1:]:
            return False
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)
    except OSError:
        return False
    return True


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A fresh folder on the same disk as `out`, gone afterwards whatever happens; what killed builds left goes too."""
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{out.name}-*-*"):
        if _abandoned(left.name.removeprefix(f".{out.name}-")):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-{os.getpid()}-", dir=out.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _abandoned(name: str) -> bool:
    """Whether the build that a folder is named after has ended."""
    number = name.partition("-")[0]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Nobody else writes a site beside this one meanwhile."""
    handle = os.open(out.absolute().parent, os.O_RDONLY)
    try:
        with suppress(OSError, AttributeError):  # a disk, or a system, without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def swap_in(folder: Path, out: Path) -> None:
    """Let `out` name the new site; the old one, if any, ends up under `folder`'s name."""
    out = out.absolute()
    if not out.exists():
        folder.rename(out)
    elif not _exchange(folder, out):
        old = folder.with_name(f"{folder.name}-old")
        out.rename(old)
        folder.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, so that no moment is without a site; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100  # AT_FDCWD: the paths are absolute anyway
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)
