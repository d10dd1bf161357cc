"""One build of the made site, timed from outside: the pages alone, as Hugo makes them (see README.md)."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from site_builder.build import build_site


def without_calculator(folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]:
    folder.mkdir(parents=True)
    (folder / "engine.js").write_text("")
    (folder / "manifest.json").write_text("{}")
    return "engine.js", "manifest.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compress", action="store_true", help="also write .gz and .br copies")
    parser.add_argument("--jobs", type=int)
    given = parser.parse_args()
    made = build_site(
        Path("plans"), Path("content"), Path("public"), date(2026, 11, 2), prepare=without_calculator,
        compress=given.compress, jobs=given.jobs,
    )  # fmt: skip
    print(f"{made.pages} pages, {made.written} files written, {made.seconds:.2f} s")


if __name__ == "__main__":
    main()
