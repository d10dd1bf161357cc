"""Writes the lock files anew: the newest releases that requirements*.in and package.json allow, with hashes.

A lock file names no registry: where packages come from is the business of the machine that installs them.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.environment import NETWORK, ROOT, install_uv, npm, run, stop

# Each list after those it builds on: requirements-dev.in is bound to the releases of requirements.txt.
LISTS = ("requirements-uv", "requirements", "requirements-dev")
SHAPE = "--universal --python-version 3.13 --generate-hashes --no-annotate --no-header"
NO_ADDRESS = "--no-config --no-emit-index-url --no-emit-find-links"
ADDRESS_MARKS = ('"resolved"', "--index", "--extra-index", "--find-links", "file:", "://", " @ ")


def lock_python(uv: str) -> None:
    for name in LISTS:
        command = [uv, "pip", "compile", "--upgrade", "-q", *SHAPE.split(), *NO_ADDRESS.split()]
        run(f"{name}.txt: choosing releases", [*command, f"{name}.in", "-o", f"{name}.txt"], NETWORK)


def lock_node() -> None:
    """Choose in an empty folder: npm takes over from an old lock, or from node_modules, gaps and all."""
    with tempfile.TemporaryDirectory() as empty:
        for name in ("package.json", ".npmrc"):
            shutil.copy(ROOT / name, empty)
        npm("package-lock.json: choosing releases", "install", "--package-lock-only", "--prefix", empty)
        shutil.copy(Path(empty, "package-lock.json"), ROOT)


def refuse_unhashed() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    if bare := [name for name, package in lock["packages"].items() if name and "integrity" not in package]:
        stop(f"package-lock.json has no hash for {', '.join(bare)}.", "Run `make lock` again.")


def addresses(text: str) -> list[str]:
    """The lines that say where a package lies; `"url"` is a project's own page asking for support."""
    lines = [line.strip() for line in text.splitlines() if any(mark in line for mark in ADDRESS_MARKS)]
    return [line for line in lines if not line.startswith(('"url": "', '"https://', '"http://'))]


def main() -> None:
    lock_python(install_uv())
    lock_node()
    for lock in (*(f"{name}.txt" for name in LISTS), "package-lock.json"):
        if found := addresses((ROOT / lock).read_text("utf-8")):
            stop(f"{lock} says where a package lies: {found[0]}", "Look for the setting that adds it.")
    refuse_unhashed()
    changes = ["git", "diff", "--stat", "--", "*.txt", "package-lock.json"]
    sys.exit(subprocess.run(changes, cwd=ROOT).returncode)


if __name__ == "__main__":
    main()
