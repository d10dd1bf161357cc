"""Tells whether Clairplan's pages and those of the whole Hugo site say the same.

    python -m benchmarks.build.same HUGO [--families 40]

Builds both and compares which files there are and, of the first, middle and last family and every shared page in all
languages: the visible text (spaces normalised), the elements by tag, every attribute, and each JSON block. The
fingerprint of prices and rules is each program's own and counts as equal. Prints the bytes and what differs; ends with
1 where anything does.
"""

import argparse
import difflib
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from benchmarks.build.made import LANGUAGES
from benchmarks.build.sites import WHOLE, Bench

SHOWN: Final = 5
"""Differences that are printed of each kind."""
_FINGERPRINT: Final = re.compile(r"\b[0-9a-f]{16}\b")
_BLANK: Final = re.compile(r"[ \n\r\t]+")
_INLINE: Final = frozenset({"a", "code", "em", "input", "span", "strong", "svg", "time", "use"})
"""Elements that words run on through: spaces beside them are seen."""


class Page(HTMLParser):
    """A page taken apart. No-break spaces count as what they are; other spaces are one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.blocks: list[Any] = []
        self.text: list[str] = []
        self.script = False
        self.feed(_FINGERPRINT.sub("(fingerprint)", text))

    @property
    def lines(self) -> list[str]:
        """The visible text, one line for each element that is not within a line."""
        shown = (_BLANK.sub(" ", line).strip(" ") for line in "".join(self.text).split("\n"))
        return [line for line in shown if line]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.update(f"{tag} {name}={value}" for name, value in attrs)
        self.script = tag == "script"
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self.script = False
        self._end_line(tag)

    def _end_line(self, tag: str) -> None:
        if tag not in _INLINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if self.script:
            self.blocks.append(json.loads(data))
        else:
            self.text.append(_BLANK.sub(" ", data))


def pages(families: int) -> Iterator[str]:
    """The files to compare, by their path in the site."""
    yield from ("index.html", "404.html", "plans.json", "sitemap.xml")
    for lang in LANGUAGES:
        across, changes = {"fr": ("regles", "changements"), "en": ("rules", "changes")}[lang]
        for name in ("", *(f"family-{number:04}/" for number in sorted({0, 3, families // 2, families - 1}))):
            yield f"{lang}/{name}index.html"
        yield from (f"{lang}/{across}/index.html", f"{lang}/{changes}/index.html", f"{lang}/{changes}/feed.atom")
        yield from (f"{lang}/404.html", f"{lang}/offline.html")


def differences(name: str, ours: str, theirs: str) -> Iterator[str]:
    """What differs between two files of the same path: none where they say the same."""
    if name.endswith(".json"):
        one, two = (json.loads(_FINGERPRINT.sub("(fingerprint)", text)) for text in (ours, theirs))
        yield from () if one == two else ("data",)
    elif not name.endswith(".html"):
        yield from _lines("line", sorted(ours.split("\n")), sorted(theirs.split("\n")))
    else:
        one, two = Page(ours), Page(theirs)
        yield from _lines("text", one.lines, two.lines)
        yield from _counts("elements", one.tags, two.tags)
        yield from _counts("attributes", one.attributes, two.attributes)
        yield from () if one.blocks == two.blocks else ("JSON blocks",)


def _lines(kind: str, ours: list[str], theirs: list[str]) -> Iterator[str]:
    found = [line for line in difflib.unified_diff(ours, theirs, n=0) if not line.startswith(("---", "+++"))]
    yield from (f"{kind} {line}" for line in found if not line.startswith("@@"))


def _counts(kind: str, ours: Counter[str], theirs: Counter[str]) -> Iterator[str]:
    for key in sorted((ours - theirs) | (theirs - ours)):
        yield f"{kind} {key}: {ours[key]} in Clairplan, {theirs[key]} in Hugo"


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def compare(bench: Bench, families: int) -> bool:
    """Compare the sites as they were built, print what was found, and tell whether all is the same."""
    same = files(bench.public) == files(bench.hugo_public(WHOLE))
    for path in sorted(files(bench.public) ^ files(bench.hugo_public(WHOLE))):
        print(f"{path} is in one site alone")
    for name in pages(families):
        ours, theirs = ((folder / name).read_text() for folder in (bench.public, bench.hugo_public(WHOLE)))
        sizes = len(ours.encode()), len(theirs.encode())
        found = list(differences(name, ours, theirs))
        print(f"{name:32} {sizes[0]:9,} {sizes[1]:9,} bytes  {sizes[1] / sizes[0] - 1:+6.1%}  "
              f"{f'{len(found)} differences' if found else 'the same'}")  # fmt: skip
        for line in found[:SHOWN]:
            print(f"    {line[:300]}")
        same = same and not found
    return same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hugo")
    parser.add_argument("--families", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.hugo, given.families)
        bench.clairplan()
        bench.hugo(WHOLE)
        sys.exit(0 if compare(bench, given.families) else 1)


if __name__ == "__main__":
    main()
