"""The sites that are built in turn: Clairplan's, and two of Hugo's over the same plan files."""

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.build import made, words

ROOT: Final = Path(__file__).resolve().parents[2]
HUGO_SITES: Final = Path(__file__).parent / "hugo"
LEAN, WHOLE = "lean", "whole"
CHANGED: Final = 3
"""The family that is changed."""

type Seconds = tuple[float, float]
"""Seconds on the wall, and seconds of the processor (user and system, all processes)."""


def timed(command: list[str], folder: Path, code: Path) -> Seconds:
    environment = {**os.environ, "PYTHONPATH": str(code)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    before, started = os.times(), time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return time.monotonic() - started, used


class Bench:
    """One size of site in a folder of its own, with a copy of the code whose templates may be changed."""

    def __init__(self, folder: Path, hugo: str, families: int) -> None:
        self.folder = folder
        self.public = folder / "public"
        self.code = folder / "code"
        self.program = hugo
        for name in ("calculator", "site_builder", "benchmarks"):
            shutil.copytree(ROOT / name, self.code / name, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(self.code, quiet=2)
        made.write_plans(folder / "plans", families)
        made.write_content(folder / "content")
        for site in (LEAN, WHOLE):
            shutil.copytree(HUGO_SITES / site, self.hugo_folder(site))
        words.export(self.hugo_folder(WHOLE))
        for site in (LEAN, WHOLE):
            self._mount(site)
        self.price = 120 + CHANGED

    def hugo_folder(self, site: str) -> Path:
        return self.folder / f"hugo-{site}"

    def hugo_public(self, site: str) -> Path:
        return self.folder / f"hugo-{site}-public"

    def _mount(self, site: str) -> None:
        """Tell Hugo to read the plan files and home pages that Clairplan reads. Naming one mount drops all others."""
        folder = self.hugo_folder(site)
        mounts = {"../plans": "data/plans"}
        mounts |= {path.name: path.name for path in sorted(folder.iterdir()) if path.is_dir()}
        if site == WHOLE:
            mounts |= {f"../content/{lang}/home.md": f"content/_index.{lang}.md" for lang in made.LANGUAGES}
        config = folder / "hugo.toml"
        said = "".join(f'\n[[module.mounts]]\nsource = "{source}"\ntarget = "{at}"\n' for source, at in mounts.items())
        config.write_text(config.read_text() + said)

    def clairplan(self) -> Seconds:
        return timed([sys.executable, "-m", "benchmarks.build.stage"], self.folder, self.code)

    def hugo(self, site: str) -> Seconds:
        command = [self.program, "--quiet", "--destination", str(self.hugo_public(site))]
        return timed(command, self.hugo_folder(site), self.code)

    def forget(self) -> None:
        """Leave nothing of an earlier build.

        It is moved away and not removed: for seconds after thousands of files went, a disk is slow to make new ones.
        """
        away = Path(tempfile.mkdtemp(prefix="away-", dir=self.folder))
        built = [self.public, self.folder / ".cache"]
        for site in (LEAN, WHOLE):
            built += [self.hugo_public(site), self.hugo_folder(site) / "resources"]
        for number, path in enumerate(built):
            if path.exists():
                path.rename(away / str(number))

    def nothing(self) -> None:
        """Change nothing."""

    def change_words(self) -> None:
        self._change("Support of level 4", "Support of level 4, again")

    def change_price(self) -> None:
        self.price += 1
        self._change(f'"{self.price - 1}.00"', f'"{self.price}.00"')

    def _change(self, old: str, new: str) -> None:
        path = self.folder / "plans" / f"family-{CHANGED:04}.yaml"
        text = path.read_text()
        if old not in text:
            raise ValueError(f"{path.name} does not say {old}")
        path.write_text(text.replace(old, new))

    def change_template(self) -> None:
        """A line more in the template of a family's page, of all three sites."""
        templates = (self.code / "site_builder/templates/family.html.j2", self.hugo_folder(LEAN) / "layouts/page.html",
                     self.hugo_folder(WHOLE) / "layouts/family.html")  # fmt: skip
        for path in templates:
            path.write_text(path.read_text() + "\n")
