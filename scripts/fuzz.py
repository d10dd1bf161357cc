"""Breaks plan files, pages and whole sites in ever new ways, and stops at the first answered with a traceback.

    python -m scripts.fuzz --minutes 10 [--seed 1] [--plans plans/*.yaml]

Prints how many files were tried; a find is written to fuzz-find.txt with its traceback.
"""

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from site_builder.locales import load_all
from tests.fuzz.mutations import HOME, PLAN, hostile_markdown, mutated, try_markdown, try_page, try_plan
from tests.fuzz.sites import Desk, a_desk

FIND = Path("fuzz-find.txt")

type Way = tuple[Callable[[], tuple[str, str]], Callable[[str, str], object]]
"""Makes a text, and what to call it; tries it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plans", type=Path, nargs="*", default=[], help="further plan files to break")
    given = parser.parse_args()
    with a_desk(load_all(), tuple(given.plans)) as desk:
        return _fuzz(_ways(random.Random(given.seed), desk, given.plans), given.minutes, desk)


def _ways(chance: random.Random, desk: Desk, plans: list[Path]) -> list[Way]:
    texts = [PLAN, *(path.read_text("utf-8") for path in plans)]
    return [
        (
            lambda: ("a plan file", mutated(chance.choice(texts), chance)),
            lambda _, text: try_plan(text, desk.languages),
        ),
        (lambda: ("a page", mutated(HOME, chance)), lambda _, text: try_page(text)),
        (lambda: ("Markdown", hostile_markdown(chance)), lambda _, text: try_markdown(text)),
        (lambda: desk.broken(chance), lambda path, text: desk.attempt(path, text)),
    ]


def _fuzz(ways: list[Way], minutes: float, desk: Desk) -> int:
    end, tried = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        make, attempt = ways[tried % len(ways)]
        name, text = make()
        try:
            attempt(name, text)
        except Exception:
            FIND.write_text(f"{traceback.format_exc()}\n{name}\n---\n{text}", "utf-8", "surrogatepass")
            print(f"after {tried} files: {traceback.format_exc(limit=-1)}see {FIND}")
            return 1
        tried += 1
    sites = f"{desk.accepted} whole sites were accepted, and {desk.built} of them built"
    print(f"{tried} files in {minutes:g} minutes, none answered with a traceback; {sites}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
