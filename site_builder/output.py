"""The folder of the site: made beside, unchanged files linked from the site before, swapped in at once.

A record of what was written, with each file's key, size and time, tells the next build what it may keep; a file that
was touched since is written anew.

The site before the last stays as a spare, nearly all of it the same files under second names. The next build takes it
by renaming it into a folder of its own, brings it up to date and swaps it in: what did not change costs nothing. A
file that differs is never written into, but replaced, for the same file is part of the site that is shown.
"""

import ctypes
import gzip
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
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

_BESIDE: Final = re.compile(r"[0-9]+-[a-z0-9_]{8}")
"""What a folder beside a site is called after the site's name: a number, and what `mkdtemp` adds."""

_COMPRESSED: Final = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
_WORTH: Final = 700
"""Bytes below which a compressed copy saves nothing."""

type Entry = tuple[str, int, int]
"""A file's key, its size in bytes, and the time of its last change in nanoseconds."""


type Written = tuple[str, int, int]
"""A file that was written: its name, and as above."""

type Stat = tuple[int, int, int]
"""A file's size in bytes, the time of its last change in nanoseconds, and its inode."""


@dataclass
class Output:
    """One writing of a site: `tree`, inside `folder`, becomes the site, and then takes the place of `out`.

    `before` is what the record says of `out`; `spare` is where the site before the last is kept, on the same disk.
    """

    out: Path
    folder: Path
    spare: Path
    before: Mapping[str, Entry]
    now: dict[str, Entry] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    @cached_property
    def there(self) -> dict[str, Stat]:
        """What `out` holds."""
        return scan(self.out)

    @cached_property
    def tree(self) -> Path:
        """Where files are written: the spare, if there is one, else an empty folder."""
        tree = self.folder / "site"
        try:
            self.spare.rename(tree)
        except OSError:
            tree.mkdir()
        return tree

    def kept(self, name: str, key: str) -> bool:
        """Keep a file of the site before if it was made under the same key and nobody touched it since."""
        entry, found = self.before.get(name), self.there.get(name)
        if entry is None or found is None or entry[0] != key or entry[1:] != found[:2]:
            return False
        self.now[name] = entry
        return True

    def note(self, written: Iterable[Written], key: str) -> None:
        """Note files that were written to the tree."""
        for name, size, time in written:
            self.now[name] = (key, size, time)
            self.fresh.add(name)

    def adopt(self, path: Path, name: str, key: str) -> None:
        """Move a file that was made elsewhere in the folder into the tree."""
        target = self.tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        found = target.stat()
        self.note([(name, found.st_size, found.st_mtime_ns)], key)

    def finish(self, record: Path) -> None:
        """Let `out` name the new site, and write down what it holds; nothing, where it holds just that."""
        if not self.fresh and {name: found[:2] for name, found in self.there.items()} == {
            name: entry[1:] for name, entry in self.now.items()
        }:
            return
        self._complete()
        swap_in(self.tree, self.out)
        record.parent.mkdir(parents=True, exist_ok=True)
        beside = record.with_name(f".{os.getpid()}-{record.name}")
        beside.write_text(json.dumps(self.now, separators=(",", ":")))
        beside.replace(record)
        shutil.rmtree(self.spare, ignore_errors=True)
        with suppress(OSError):  # another disk; or there was no site before
            self.tree.rename(self.spare)

    def _complete(self) -> None:
        """Link what is kept into the tree, where it is not there already, and remove all else."""
        held = scan(self.tree)
        for name in self.now.keys() - self.fresh:
            if held.get(name) != self.there[name]:
                _link(self.out / name, self.tree / name)
        for name in held.keys() - self.now.keys():
            _remove(self.tree, name)


def scan(folder: Path) -> dict[str, Stat]:
    """All files below a folder; nothing where there is none."""
    found: dict[str, Stat] = {}
    todo = [""]
    while todo:
        inside = todo.pop()
        try:
            entries = list(os.scandir(f"{folder}/{inside}"))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                todo.append(f"{inside}{entry.name}/")
            else:
                stat = entry.stat(follow_symlinks=False)
                found[inside + entry.name] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        os.link(old, new)
    except OSError:  # a disk without links
        shutil.copy2(old, new)


def _remove(tree: Path, name: str) -> None:
    """Remove a file, and the folders that are empty then."""
    path = tree / name
    path.unlink()
    for folder in path.relative_to(tree).parents[:-1]:
        try:
            (tree / folder).rmdir()
        except OSError:
            return


def write(tree: Path, name: str, data: bytes, compress: bool) -> list[Written]:
    """Write a file, and its compressed copies where they are worth it; all that was written."""
    files = {name: data, **(compressed(name, data) if compress else {})}
    return [_written(tree, each, content) for each, content in files.items()]


def _written(tree: Path, name: str, content: bytes) -> Written:
    """Write a file of its own, whatever stood there before."""
    path = f"{tree}/{name}"
    try:
        return name, *_new(path, content)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except FileExistsError:
        os.unlink(path)
    return name, *_new(path, content)


def _new(path: str, content: bytes) -> tuple[int, int]:
    """Write a file that is not there yet; its size, and the time of its last change."""
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        stat = os.fstat(file.fileno())
    return stat.st_size, stat.st_mtime_ns


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


def spare_of(record: Path) -> Path:
    """Where the spare of the same site is kept."""
    return record.with_suffix(".spare")


def read_record(record: Path) -> dict[str, Entry]:
    """What the last build wrote; nothing where there was none."""
    try:
        found = json.loads(record.read_bytes())
        return {name: (str(key), int(size), int(time)) for name, (key, size, time) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A fresh folder on the same disk as `out`, gone afterwards whatever happens; what killed builds left goes too."""
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{out.name}-*-*"):
        if not left.is_symlink() and _abandoned(left.name.removeprefix(f".{out.name}-")):
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
    if not _BESIDE.fullmatch(name):
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
        old.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, so that no moment is without a site; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100  # AT_FDCWD: the paths are absolute anyway
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)
