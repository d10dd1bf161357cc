"""How long the first quote takes, beside stock Pyodide: python -m benchmarks.start [--pairs 2] [--write].

Visits our page and the stock one in turn, in one run, in browsers that were never used; see docs/first-quote.md.
Needs the built site in public/ and the browsers of the tests. `--write` puts table and chart into docs/.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.start import chart, report
from benchmarks.start.line import serving
from benchmarks.start.measures import measure
from benchmarks.start.stage import ROOT, stage
from benchmarks.start.visits import BROWSERS, SIDES, Bench, Side, Visit

PAGE = ROOT / "docs" / "first-quote.md"
CHART = ROOT / "docs" / "first-quote.svg"


def compare(bench: Bench, names: Sequence[str], pairs: int) -> report.Pairs:
    """Both sides in turn, each the first every other time."""
    found: report.Pairs = {(name, situation): [] for name in names for situation in report.SITUATIONS}
    for number in range(pairs):
        for name in names:
            made: dict[str, dict[Side, Visit]] = {situation: {} for situation in report.SITUATIONS}
            for side in SIDES if number % 2 == 0 else SIDES[::-1]:
                for situation, visit in (bench.cold_and_repeat(name, side) | bench.throttled(name, side)).items():
                    made[situation][side] = visit
            for situation, pair in made.items():
                found[name, situation].append(pair)
            told = ", ".join(
                f"{situation} {pair['ours'].milliseconds:.0f} / {pair['stock'].milliseconds:.0f} ms"
                for situation, pair in made.items()
            )
            print(f"{number + 1}/{pairs} {name}: {told}", flush=True)
    return found


def machine() -> str:
    """What the figures were taken on, as far as they say something about other machines."""
    return f"{platform.system()}, {platform.machine()}, {os.cpu_count()} processors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=2, help="visits to each side in each situation (default 2)")
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=BROWSERS)
    parser.add_argument("--public", type=Path, default=ROOT / "public", help="the built site")
    parser.add_argument("--write", action="store_true", help="write the figures of docs/first-quote.md and their chart")
    given = parser.parse_args()
    if not given.public.is_dir():
        raise SystemExit(f"{given.public} is missing: build the site first (make build)")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        staged = stage(given.public, Path(name) / "site")
        with serving(staged.folder) as server:
            bench = Bench(playwright, server, staged)
            found = report.rows(compare(bench, given.browsers, given.pairs))
            measures = measure(bench, given.browsers)
    text = report.table(found, measures, given.pairs, machine())
    print(f"\n{text}\n")
    for line in report.missed(found, measures):
        print(f"missed: {line}")
    if given.write:
        CHART.write_text(chart.draw(found), "utf-8")
        report.write(PAGE, text)
        print(f"{CHART.relative_to(ROOT)} and {PAGE.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
