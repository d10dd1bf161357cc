"""Breaks plan files and pages in ever new ways, and stops at the first that is answered with a traceback.

    python -m scripts.fuzz --minutes 10 [--seed 1]

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

FIND = Path("fuzz-find.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plans", type=Path, nargs="*", default=[], help="further plan files to break")
    given = parser.parse_args()
    chance, languages = random.Random(given.seed), load_all()
    plans = [PLAN, *(path.read_text("utf-8") for path in given.plans)]
    ways: list[tuple[Callable[[], str], Callable[[str], object]]] = [
        (lambda: mutated(chance.choice(plans), chance), lambda text: try_plan(text, languages)),
        (lambda: mutated(HOME, chance), try_page),
        (lambda: hostile_markdown(chance), try_markdown),
    ]
    end, tried = time.monotonic() + 60 * given.minutes, 0
    while time.monotonic() < end:
        make, attempt = ways[tried % len(ways)]
        text = make()
        try:
            attempt(text)
        except Exception:
            FIND.write_text(f"{traceback.format_exc()}\n---\n{text}", "utf-8", "surrogatepass")
            print(f"after {tried} files: {traceback.format_exc(limit=-1)}see {FIND}")
            return 1
        tried += 1
    print(f"{tried} files in {given.minutes:g} minutes, none answered with a traceback")
    return 0


if __name__ == "__main__":
    sys.exit(main())
