"""Advice that can be pasted is pasted: the mistake must then be gone, and no other one have taken its place."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.errors import InputError, Issue
from site_builder.plans import load_families, run_examples
from tests.site_builder.test_plans_invalid import DEFECTS, SITES

OF_PLANS = [defect for defect in DEFECTS if (SITES / defect / "plans").is_dir()]
"""The defects of plan files; those of a site's other files stand in folders without any."""
FILLED = {
    "from": "2028-01-01", "total": "1.00", "id": "late", "unit": "licence", "name": "{fr: Nom, en: Name}",
    "label": "{fr: Nom, en: Name}", "vendor": "{name: Vendor}", "rates": '[{from: 2020-01-01, rate: "5"}]',
    "words": "{on_site: {fr: sur place, en: on site}, remote: {fr: à distance, en: remote}}",
    "more": "{fr: Mot, en: Word}",
}  # fmt: skip
"""What stands for the dots of an advice that leaves the words to the editor, by its key; else a word."""

SCALAR = r'("(?:[^"\\]|\\.)*"|\'[^\']*\'|[^\s,}\]]+)'
NEAR = re.compile(r"did you mean `([^`]+)`\?")
ADD = re.compile(r"add `([^`]+: [^`]+)`(?:, or one of .*)?")
SWAP = re.compile(r"swap them: write `(from_day: \S+)` and `(until_day: \S+)`")
PUT = re.compile(r"add `([^`]+)` (?:at the end of this line|before the `.`)")
DASH = re.compile(r"begin this line with (\d+) spaces and `- `")
QUOTE = re.compile(r"put the text in quotes: `(.*)`")
INSERT = re.compile(r"add `(- \{.*\})` (before|after) `(\w+)`")
WRITE = re.compile(r"write (?:`([^`]+)`(?:, say|, or .*)?|.*such as `?([^`]+?)`?(?: or .*)?|(.+), or mend the rule)")
REVEALING = {
    "empty-file": "all the other keys are missing then",
    "list-instead-of-mapping": "so they are here",
    "dates-that-are-none-later": "the day that was given as a form lies before that of another row",
    "amount-with-a-comma-within-curly-quotes": "what the comma cut off is a key that none is like, after that",
    "example-expects-nothing": "the total that stands for the dots is not that of the rules",
}
"""Defects behind which others come to light, and why."""


def issues(folder: Path) -> tuple[Issue, ...]:
    try:
        run_examples(load_families(folder / "plans", ("fr", "en"), folder))
    except InputError as error:
        return error.issues
    return ()


def put(defect: str, folder: Path) -> Path:
    """The site of a defect by itself, with regions."""
    shutil.copytree(SITES / defect / "plans", folder / "plans")
    if not (folder / "plans/regions").exists():
        (folder / "plans/regions").mkdir()
        (folder / "plans/regions/world.yaml").write_text("regions: {US: {}}\n", "utf-8")
    return folder


def can_be_pasted(issue: Issue) -> bool:
    return bool(
        issue.place.line
        and any(form.fullmatch(issue.fix) for form in (NEAR, ADD, QUOTE, PUT, DASH, SWAP, INSERT, WRITE))
    )


def pasted(lines: list[str], issue: Issue) -> Iterator[list[str]]:
    """The file as it is once the advice was followed, in each way that an editor may take it."""
    at, column = issue.place.line - 1, issue.place.column - 1
    line = lines[at]
    if near := NEAR.fullmatch(issue.fix):
        written = [word for word in re.findall(r"`([^`]+)`", issue.what) if word in line]
        yield from (with_line(lines, at, line.replace(word, near[1], 1)) for word in written)
        yield from (with_line(lines, at, line[:column] + line[column:].replace(word, near[1], 1)) for word in written)
    elif add := ADD.fullmatch(issue.fix):
        yield from added(lines, at, column, filled(add[1]))
    elif (mended := in_line(line, column, issue.fix)) is not None:
        yield with_line(lines, at, mended)
    elif insert := INSERT.fullmatch(issue.fix):
        beside = next(number for number, one in enumerate(lines) if f"id: {insert[3]}" in one)
        indent = " " * (len(lines[beside]) - len(lines[beside].lstrip()))
        beside += insert[2] == "after"
        yield [*lines[:beside], f"{indent}{insert[1]}", *lines[beside:]]
    elif write := WRITE.fullmatch(issue.fix):
        text = filled(next(filter(None, write.groups())))
        ways = [SCALAR, r"[\[{].*[\]}]", r"[\[{].*?[\]}]", r"[^,}\]#]+"]
        ended = (re.sub(way, lambda _: text, line[column:], count=1) for way in ways)
        yield from (with_line(lines, at, line[:column] + rest) for rest in ended)
        if key := re.match(r"([a-z_]+): ", text):
            yield with_line(lines, at, text)
            # What looks like a key may be the end of a number: the text goes in place of both.
            for old in re.finditer(rf"\b{key[1]}: *[^ }}]*[^ ,}}]", line):
                yield with_line(lines, at, line[: old.start()] + text + line[old.end() :])


def in_line(line: str, column: int, fix: str) -> str | None:
    """The line once an advice on its signs or on two days was followed; None for another advice."""
    if put := PUT.fullmatch(fix):
        end = len(line) if "at the end" in fix else column
        return line[:end] + put[1] + line[end:]
    if quoted := QUOTE.fullmatch(fix):
        return line[: line.index(": ") + 2] + quoted[1]
    if dash := DASH.fullmatch(fix):
        return f"{' ' * int(dash[1])}- {line.lstrip()}"
    if swap := SWAP.fullmatch(fix):
        return re.sub(r"until_day: -?\d+", swap[2], re.sub(r"from_day: -?\d+", swap[1], line))
    return None


def added(lines: list[str], at: int, column: int, text: str) -> Iterator[list[str]]:
    """A key more in the mapping that stands at a place, or below it."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    if (brace := line.find("{", column)) >= 0:
        yield with_line(lines, at, f"{line[: brace + 1]}{text}, {line[brace + 1 :]}")
    yield [*lines[:at], f"{line[:column]}{text}", " " * column + line[column:], *lines[at + 1 :]]
    indents = {len(below) - len(below.lstrip()), column, column + 2}
    yield from ([*lines[: at + 1], f"{' ' * indent}{text}", *lines[at + 1 :]] for indent in sorted(indents))


def with_line(lines: list[str], at: int, line: str) -> list[str]:
    return [*lines[:at], line, *lines[at + 1 :]]


def filled(text: str) -> str:
    return text.replace("…", FILLED.get(text.partition(":")[0], "mot"))


@pytest.mark.parametrize("defect", OF_PLANS)
def test_what_an_advice_gives_to_copy_mends_it(defect: str, tmp_path: Path) -> None:
    site = put(defect, tmp_path)
    found = issues(site)
    before = Counter(issue.what for issue in found)
    for issue in filter(can_be_pasted, found):
        path = site / issue.place.file
        text = path.read_text("utf-8")
        came: list[Counter[str]] = []
        for lines in pasted(text.split("\n"), issue):
            path.write_text("\n".join(lines), "utf-8")
            after = Counter(one.what for one in issues(site))
            if after[issue.what] < before[issue.what]:
                came.append(after - before)
        path.write_text(text, "utf-8")
        assert came, f"`{issue.what}` is still there after: {issue.fix}"
        assert defect in REVEALING or not all(came), f"after `{issue.fix}`: {came}"


def test_most_advice_can_be_pasted(tmp_path: Path) -> None:
    found = [issue for defect in OF_PLANS for issue in issues(put(defect, tmp_path / defect))]
    assert sum(map(can_be_pasted, found)) > len(found) / 2
