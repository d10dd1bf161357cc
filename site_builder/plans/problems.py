"""The engine's problems as issues at their places in the plan files."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from calculator.errors import Problem
from site_builder.errors import Issue, did_you_mean
from site_builder.plans.splitting import words_at
from site_builder.sources import Document, Path

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
    return f"did you mean `{near}`?" if near else problem.fix


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


def without_echoes(issues: Sequence[Issue], refused: Sequence[Issue]) -> list[Issue]:
    """The issues without those in lines whose YAML was refused: what is missing there has been said."""
    lines = {(issue.place.file, issue.place.line) for issue in refused}
    return [issue for issue in issues if (issue.place.file, issue.place.line) not in lines]
