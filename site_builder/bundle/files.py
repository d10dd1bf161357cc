"""Puts files into the bundle under names that carry their content's hash, each with its .br and .gz beside it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from .tools import digest, forget_old, run_node

#: Hexadecimal digits of a file's hash in its name: 40 bits, ample for the handful of versions that are ever online.
HASH_DIGITS = 10


@dataclass(frozen=True)
class BundleFile:
    """One published file: its name in the bundle, its size in bytes, and what travels when a server compresses."""

    name: str
    bytes: int
    brotli_bytes: int | None
    gzip_bytes: int | None


class Publisher:
    """Collects the files of one bundle; `finish` writes the compressed copies of all of them in one go."""

    def __init__(self, out_dir: Path, cache_dir: Path) -> None:
        self.out_dir = out_dir
        self.cache_dir = cache_dir / "compressed"
        self._names: dict[str, str] = {}
        out_dir.mkdir(parents=True, exist_ok=True)

    def add(self, logical: str, content: bytes) -> str:
        """Writes the content as `<stem>-<hash>.<suffix>` and returns that name; `logical` is `stem.suffix`."""
        stem, dot, suffix = logical.rpartition(".")
        name = f"{stem}-{hashlib.sha256(content).hexdigest()[:HASH_DIGITS]}{dot}{suffix}"
        (self.out_dir / name).write_bytes(content)
        self._names[logical] = name
        return name

    def finish(self, compress: bool) -> dict[str, BundleFile]:
        """Compresses everything added so far (from the cache where it can) and returns the files by logical name."""
        sources = {logical: self.out_dir / name for logical, name in self._names.items()}
        if not compress:
            return {
                logical: BundleFile(path.name, path.stat().st_size, None, None) for logical, path in sources.items()
            }
        keys = {logical: digest(path)[:32] for logical, path in sources.items()}
        self._compress({str(path): str(self.cache_dir / keys[logical]) for logical, path in sources.items()})
        return {logical: self._publish(path, self.cache_dir / keys[logical]) for logical, path in sources.items()}

    def _compress(self, targets: dict[str, str]) -> None:
        missing = {path: target for path, target in targets.items() if not Path(target + ".gz").is_file()}
        if not missing:
            return
        self.cache_dir.mkdir(parents=True, exist_ok=True)
        forget_old(self.cache_dir)
        job = self.cache_dir / f".job-{os.getpid()}.json"
        job.write_text(json.dumps(missing))
        try:
            run_node("compress.mjs", [job])
        finally:
            job.unlink()

    def _publish(self, path: Path, stored: Path) -> BundleFile:
        sizes = []
        for suffix in (".br", ".gz"):
            copy = stored.with_name(stored.name + suffix)
            copy.touch()
            content = copy.read_bytes()
            path.with_name(path.name + suffix).write_bytes(content)
            sizes.append(len(content))
        return BundleFile(path.name, path.stat().st_size, sizes[0], sizes[1])
