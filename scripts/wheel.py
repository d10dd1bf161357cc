"""Called by hatchling while it makes a wheel: puts the calculator's ready-made parts and the documentation into it.

They are made from the npm package `pyodide` in node_modules (`npm ci`), so that whoever installs the wheel needs
neither Node nor npm. An editable install needs none of it.
"""

import gzip
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPRESSED = (".js", ".mjs", ".wasm", ".whl", ".zip")


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    begun = time.monotonic()
    print(f"{what} …", flush=True)
    yield
    print(f"  done in {time.monotonic() - begun:.0f} s", flush=True)


class CustomBuildHook(BuildHookInterface[Any]):
    """The name that hatchling looks for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from site_builder.bundle import BundleError, plain

        cache = root / ".cache" / "bundle"
        try:
            with step("Calculator: compiling Python's library for the browser"):
                folder = plain.parts(root / "node_modules", cache)
        except BundleError as error:
            sys.exit(f"The calculator cannot be put into the wheel: {error}")
        with step("Calculator: compressing it (minutes the first time)"):
            _compress(folder)
        build_data["force_include"].update(documentation(root))
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                build_data["force_include"][str(path)] = f"site_builder/bundle/prebuilt/{path.name}"


def documentation(root: Path) -> dict[str, str]:
    """The pages that `clairplan guide` shows, and where they lie in the package."""
    docs = root / "docs"
    return {
        str(path): f"site_builder/guides/{path.relative_to(docs).as_posix()}" for path in sorted(docs.rglob("*.md"))
    }


def _compress(folder: Path) -> None:
    """The copies that a server sends: .gz, and .br where the library for it is there."""
    try:
        import brotli
    except ImportError:
        brotli = None
    for path in sorted(folder.iterdir()):
        if path.suffix in COMPRESSED:
            gz, br = path.with_name(f"{path.name}.gz"), path.with_name(f"{path.name}.br")
            if not gz.exists():
                gz.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
            if brotli is not None and not br.exists():
                br.write_bytes(brotli.compress(path.read_bytes(), quality=11, lgwin=24))
