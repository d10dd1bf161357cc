"""Starts a new site: a small one that builds at once, with what publishes it."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

STARTER: Final = Path(__file__).parent / "starter"
"""The files of a new site. A name that begins with `dot.` loses its `dot`; one that ends in `.in` is filled."""

SCHEMA_FOLDER: Final = "schema"
"""The folder of a site that holds what editors are led to."""

SCHEMAS: Final = tuple(
    Path(__file__).parent / "schema" / f"{name}.schema.json" for name in ("plan-file", "region-file")
)
"""What the first line of a plan file, and of a file of regions, leads an editor to."""


class Occupied(Exception):
    """The folder holds what would be written, or anything where nobody said that it is to be used; nothing was."""


def start_site(folder: Path) -> list[Path]:
    """Write a new site into `folder`, made where it is missing; the files written, relative to it, in order.

    Raises Occupied where one of them is already there.
    """
    files = {_name(path.relative_to(STARTER)): path for path in sorted(STARTER.rglob("*")) if path.is_file()}
    files |= {Path(SCHEMA_FOLDER) / schema.name: schema for schema in SCHEMAS}
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise Occupied(f"{folder / there[0]} is already there: choose an empty folder, or remove the file")
    for name, source in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(source), encoding="utf-8", newline="\n")
    return sorted(files)


def this_empty_folder() -> Path:
    """The folder in which we are. Raises Occupied where it holds more than hidden files (`.git`, `.venv`)."""
    seen = sorted(path.name for path in Path().iterdir() if not path.name.startswith("."))
    if seen:
        raise Occupied(
            f"this folder is not empty, it holds `{seen[0]}`: name one for the new site, `clairplan init my-site`"
        )
    return Path()


def bring_schemas(folder: Path) -> dict[Path, bool]:
    """Write the schemas of this release into `folder`, made where it is missing; each file, and whether it changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = {}
    for schema in SCHEMAS:
        target, data = folder / schema.name, schema.read_bytes()
        changed[target] = not target.is_file() or target.read_bytes() != data
        if changed[target]:
            target.write_bytes(data)
    return changed


def _name(path: Path) -> Path:
    return Path(*(part.removeprefix("dot") if part.startswith("dot.") else part for part in path.parts)).with_name(
        path.name.removeprefix("dot" if path.name.startswith("dot.") else "").removesuffix(".in")
    )


def _filled(source: Path) -> str:
    text = source.read_text("utf-8")
    return text.replace("@version@", installed_version()) if source.suffix == ".in" else text


def installed_version() -> str:
    """The version of the installed distribution."""
    try:
        return version("clairplan")
    except PackageNotFoundError:
        return "0.1.0"
