"""What an editor may have called otherwise: folders and files of plans, and plans whose names are none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from site_builder.errors import Issue, Place, did_you_mean, listed
from site_builder.plans.checking import is_name
from site_builder.plans.slugs import slug
from site_builder.sources import Document, Value, shown

_MEANT: Final = (".yaml", ".yml", ".txt")
"""Endings, one of which a plan file may have got from the program that saved it."""


def nothing_there(folder: Path, root: Path) -> Issue:
    """The issue for a folder without a plan file, at the folder or at the file that nearly is one."""
    place = Place(shown(folder, root))
    if not folder.is_dir():
        beside = [path.name for path in folder.absolute().parent.glob("*/") if any(path.glob("*.yaml"))]
        near = did_you_mean(folder.name, beside)
        fix = (
            f"did you mean `{folder.with_name(near).as_posix()}`?"
            if near
            else "make it, and put a file `<family>.yaml` there"
        )
        return Issue(place, "there is no such folder", "the plan files, one for each family, would be in it", fix)
    odd = sorted(path for path in folder.iterdir() if path.suffix.lower() in _MEANT and path.is_file())
    if odd:
        meant = [f"{_plain(path.name)}.yaml" for path in odd]
        why = f"plan files end in `.yaml`, this one in `{odd[0].name.removeprefix(_plain(odd[0].name))}`"
        fix = f"rename it to `{meant[0]}`; where an editor adds the ending, save as “All files”"
        return Issue(Place(shown(odd[0], root)), "this file would not be read", why, fix)
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    held = f"; there is only {listed(others[:3])}" if others else ""
    why = f"a catalogue has at least one family{held}"
    return Issue(place, "there is no plan file here", why, "put a file `<family>.yaml` there")


def _plain(name: str) -> str:
    """A file's name without the endings that it may have got."""
    while (stem := name[: name.rfind(".")]) and name.lower().endswith(_MEANT):
        name = stem
    return name


def renamed(file: str, path: Path, named: Value) -> tuple[str, Issue]:
    """The name that a plan file was to have, and the issue: the one it has is none that a family can have."""
    meant = new = named if isinstance(named, str) and is_name(named) else slug(path.stem, "_") or "family"
    why = "its name becomes part of addresses and of requests: small letters, digits and hyphens, or `_`"
    what = f"a family cannot be called `{path.stem}`"
    fix = f"rename the file to `{meant}.yaml`"
    if path.with_name(f"{meant}.yaml").exists():
        new = next(name for name in _free(slug(path.stem, "_")) if not path.with_name(f"{name}.yaml").exists())
        why = f"{why}; `{meant}.yaml` is there already"
        fix = f"remove the file if it is a copy, or rename it to `{new}.yaml`"
    also = "" if named == new else f", and write `family: {new}` in it"
    return meant, Issue(Place(file), what, why, f"{fix}{also}")


def _free(stem: str) -> Iterator[str]:
    """Names for a file whose own name is taken: what it is called, and then with a number."""
    yield stem or "family"
    yield from (f"{stem or 'family'}_{number}" for number in count(2))


def as_renamed(issues: Sequence[Issue], documents: Mapping[str, Document]) -> list[Issue]:
    """The issues as they are once plans have the names that one of the issues advises for those that are none.

    Advice then names a plan as it will be called, and where it is called so already, nothing is left to say.
    """
    found = []
    for issue in issues:
        document = documents.get(issue.place.file)
        plans = document.at(("plans",)) if document else None
        for name in plans if isinstance(plans, dict) else ():
            if is_name(name) or issue.what == f"a plan cannot be called `{name}`":
                continue
            new = slug(name, "_") or "care"
            if re.search(rf"`(?:[\w-]+/)?{re.escape(new)}[.`]", issue.what):
                break
            issue = replace(issue, fix=re.sub(rf"(?<=[`/]){re.escape(name)}(?=[`.])", new, issue.fix))
        else:
            found.append(issue)
    return found
