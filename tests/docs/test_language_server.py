"""The YAML language server and our schema, together: what docs/guides/editor.md shows is what it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.docs.language_server import ROOT, Editor, editor

pytestmark = pytest.mark.slow
GUIDES: Final = tuple(ROOT / "docs" / "guides" / name for name in ("editor.md", "editor.fr.md"))
FILES: Final = sorted((ROOT / "plans").rglob("*.yaml"))


@pytest.fixture(scope="module")
def running() -> Iterator[Editor]:
    with editor() as started:
        yield started


def blocks(guide: Path, language: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", guide.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return found


def test_the_shipped_files_are_without_fault(running: Editor) -> None:
    assert {path.name: running.open(path, path.read_text("utf-8")) for path in FILES} == {
        path.name: [] for path in FILES
    }


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.name))
def test_the_guide_shows_what_the_server_says(guide: Path, running: Editor) -> None:
    # The pointer stands on a last line that holds only the indentation.
    text, path = blocks(guide, "yaml")[1] + " " * 10, ROOT / "plans" / f"ferries-{guide.stem}.yaml"
    lines = text.split("\n")
    faults = running.open(path, text)
    wrong, hover, offered = blocks(guide, "text")
    assert "".join(f"{place:<7}{message}\n" for place, message in sorted(map(_told, faults))) == wrong

    shown = running.hover(path, _line(lines, "until_day"), 12)
    meaning, example = re.findall(r"^Last day.*$|^[0-9]+$", shown, re.MULTILINE)
    assert f"{meaning}\nExample: {example}\n" == hover

    items = running.completion(path, len(lines) - 1, 10)
    described = {item["label"]: item["documentation"] for item in items if isinstance(item.get("documentation"), str)}
    width = max(map(len, described)) + 2
    assert {f"{label:<{width}}{said}" for label, said in described.items()} == set(offered.splitlines())


def _told(fault: dict[str, dict[str, dict[str, int]]]) -> tuple[str, object]:
    start = fault["range"]["start"]
    return f"{start['line'] + 1}:{start['character'] + 1}", fault["message"]


def _line(lines: list[str], word: str) -> int:
    return next(number for number, line in enumerate(lines) if word in line)


def test_an_amount_without_quotes_is_a_fault(running: Editor) -> None:
    text = Path(FILES[0]).read_text("utf-8")
    assert '"140.00"' in text
    faults = running.open(FILES[0].with_stem("changed"), text.replace('"140.00"', "140"))
    assert "string" in faults[0]["message"]


@pytest.mark.parametrize("above", ["plans:\n  ", "    options:\n      ", "    packs:\n      "])
def test_a_name_that_none_can_have_is_underlined_where_it_stands(running: Editor, above: str) -> None:
    path, text = next((path, text) for path in FILES if f"\n{above}" in (text := path.read_text("utf-8")))
    changed = re.sub(rf"(\n{above})[a-z0-9_-]+:", r"\1Été Care:", text, count=1)
    said = "A name is lower-case letters and digits, its words joined by a hyphen or by `_`: `care-plus`."
    place = f"{_line(changed.split('\n'), 'Été Care:') + 1}:{len(above) - above.index('\n')}"
    # Each under an address of its own: what the server finds in another text would be taken for this one's.
    faults = running.open(path.with_stem(f"named-{above.strip(' :\n')}"), changed)
    assert [_told(fault) for fault in faults] == [(place, said)]
