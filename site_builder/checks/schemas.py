"""What editors of YAML are led to: schemas that are not there, and those of another release."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from site_builder.errors import Issue, Place
from site_builder.init import SCHEMA_FOLDER, SCHEMAS, installed_version
from site_builder.plans import plan_files
from site_builder.sources import shown

_LEADS: Final = re.compile(r"^#\s*yaml-language-server\s*:.*?\$schema=(\S+)")
_TOP: Final = 5
"""Lines of a file in which the one for editors is looked for."""


def schema_warnings(plans: Path, root: Path) -> Iterator[Issue]:
    """Warnings about the schemas that the files of `plans` and its regions name, and about those beside `plans`."""
    beside = plans.absolute().parent / SCHEMA_FOLDER
    there = {beside / schema.name for schema in SCHEMAS}
    missing: set[Path] = set()
    for path, schema in _files(plans):
        for number, line in enumerate(_top(path), 1):
            leads = _LEADS.match(line)
            if leads is None or "://" in leads[1]:
                continue
            target = Path(os.path.normpath(path.absolute().parent / leads[1]))
            there.add(target)
            # One line says it of a schema that all files name rightly; a wrong path is wrong in each file.
            if not os.path.exists(target) and target not in missing:
                missing |= {target} if target.parent == beside else set()
                place = Place(shown(path, root), number, leads.start(1) + 1)
                yield Issue(place, *_missing(leads[1], path, beside / schema.name), excerpt=line)
    yield from (_stale(path, root) for path in sorted(there) if _differs(path))


def _files(plans: Path) -> list[tuple[Path, Path]]:
    """The files with the schema that each should have."""
    of_plans, of_regions = SCHEMAS
    regions = [(path, of_regions) for path in plan_files(plans / "regions")]
    return [*((path, of_plans) for path in plan_files(plans)), *regions]


def _top(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        return [line.rstrip("\n") for line, _ in zip(file, range(_TOP), strict=False)]


def _missing(written: str, path: Path, right: Path) -> tuple[str, str, str]:
    """What to say of a schema that is not there: it is to be brought, or its path is to be mended."""
    path_to = Path(os.path.relpath(right, path.absolute().parent)).as_posix()
    fixes = [] if os.path.exists(right) else [f"run {_command(right.parent)}"]
    fixes += [] if written == path_to else [f"write `$schema={path_to}`"]
    return f"there is no schema `{written}`", "an editor completes and underlines nothing here", ", then ".join(fixes)


def _differs(path: Path) -> bool:
    """Whether this is one of our schemas, and says something else than the installed package's."""
    ours = next((schema for schema in SCHEMAS if schema.name == path.name), None)
    return ours is not None and os.path.exists(path) and _read(path) != _read(ours)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _stale(path: Path, root: Path) -> Issue:
    why = "an editor would underline what is right, and would not know what is new"
    what = f"this is not the schema of the installed release, {installed_version()}"
    return Issue(Place(shown(path, root)), what, why, f"run {_command(path.parent)}")


def _command(folder: Path) -> str:
    """The command that brings the schemas into a folder, as it is typed where we are."""
    inside = Path(os.path.relpath(folder)).as_posix()
    return "`clairplan schema`" if inside == SCHEMA_FOLDER else f"`clairplan schema {inside}`"
