"""The engine's problems as issues at their places in the plan files."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from calculator.errors import Problem
from site_builder.errors import Issue, did_you_mean
from site_builder.plans.splitting import words_at
from site_builder.sources import Document, Path, Value

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DID_YOU_MEAN: Final = re.compile(r"did you mean `(.+)`\?")


def issue_for(problem: Problem, document: Document, path: Path | None = None, known: Collection[str] = ()) -> Issue:
    """The issue for a problem at its place in the document, `path` being the problem's path there.

    What is missing is shown at the key of the mapping that lacks it; a message that begins with a key, at it.
    `known` are names that the wrong one may have been meant for.
    """
    path = problem.path if path is None else path
    value, last = document.at(path), str(path[-1]) if path else ""
    about_key = problem.what.startswith(f"`{last}` ") and path in document.keys
    at_key = about_key or isinstance(value, dict | list) or not document.has(path)
    place = document.key_place(path) if at_key else document.value_place(path)
    return document.issue(place, problem.what, problem.why, _fix(problem, document, path, about_key, known))


def _fix(problem: Problem, document: Document, path: Path, about_key: bool, known: Collection[str]) -> str:
    """The engine's advice, or a nearer name among those it does not know: word keys, clauses."""
    names = words_at(document, path[:-1]) if about_key else known
    written = str(path[-1]) if about_key else document.at(path)
    near = did_you_mean(written, names) if isinstance(written, str) else None
    if near:
        return f"did you mean `{near}`?"
    return _as_meant(problem, document.at(path)) or _in_lines(problem, document, path)


def _in_lines(problem: Problem, document: Document, path: Path) -> str:
    """The engine's advice; where it may be followed in either of two windows, with the lines of both."""
    index = path[-2] if problem.expected == "joint" else None
    if not isinstance(index, int):
        return problem.fix
    places = [document.value_place(at) for at in (path, (*path[:-2], index - 1, "until_day"))]
    ways = zip(problem.fix.split(", or "), places, strict=False)
    return ", or ".join(f"{way} (line {place.line})" for way, place in ways)


def _as_meant(problem: Problem, value: Value) -> str:
    """What to write for a number or a date that was typed as one types it elsewhere; nothing where that is unknown."""
    if not problem.expected:
        return ""
    # What it needs is read only here, where something is wrong.
    from site_builder.plans.as_typed import day_advice, days, decimal_advice, decimals, length_advice, whole_advice

    if problem.expected == "rows":
        row = value if isinstance(value, dict) else {"amount": value}
        since, amount = str(row.get("from", "2026-01-01")), decimals(str(row.get("amount", "")))
        day = [since] if _DATE.fullmatch(since) else days(since)
        return f'write `[{{from: {day[0]}, amount: "{amount[0]}"}}]`' if day and amount else ""
    if not isinstance(value, str):
        return ""
    if problem.expected == "integer":
        bounds = re.findall(r"from (-?\d+) to (-?\d+)", problem.what)[-1]
        quoted = ", without quotes" if re.fullmatch(r"-?\d+", value) else ""
        advice = whole_advice(value, *map(int, bounds))
        return advice and f"{advice}{quoted}"
    teller = {"decimal": decimal_advice, "date": day_advice, "length": length_advice}.get(problem.expected)
    return teller(value) if teller else ""


def without_renamed(issues: Sequence[Issue], document: Document) -> list[Issue]:
    """The issues without those that miss a key where another issue advises to rename a key to it."""
    if not issues:
        return []  # without looking for places
    paths = {place: path for path, place in document.keys.items()}
    renamed = set()
    for issue in issues:
        advised, path = _DID_YOU_MEAN.fullmatch(issue.fix), paths.get(issue.place)
        if advised and path:
            renamed.add((document.key_place(path[:-1]), f"`{advised.group(1)}`"))
    return [
        issue
        for issue in issues
        if not any("missing" in issue.what and key in issue.what and place == issue.place for place, key in renamed)
    ]


def without_lost(issues: Sequence[Issue], refused: Sequence[Issue]) -> list[Issue]:
    """The issues without those that miss a plan, where a key that was written twice has hidden one."""
    hidden = any(issue.what.startswith("the key ") and issue.what.endswith(" is written twice") for issue in refused)
    lost = re.compile(r"no plan is called|.* is no plan of this family|the cell of .* is missing")
    return [issue for issue in issues if not (hidden and lost.match(issue.what))]


def without_echoes(issues: Sequence[Issue], refused: Sequence[Issue]) -> list[Issue]:
    """The issues without those in lines whose YAML was refused: what is missing there has been said."""
    lines = {(issue.place.file, issue.place.line) for issue in refused}
    return [issue for issue in issues if (issue.place.file, issue.place.line) not in lines]
