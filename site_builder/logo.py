"""The vendor's logo: found in the folder of the pages, and measured, so that nothing moves when it arrives."""

import io
import os
import posixpath
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Xml

from site_builder.config import SiteConfig
from site_builder.errors import InputError, Issue, listed, suggest
from site_builder.pictures import SUFFIXES, Picture, picture_files, published
from site_builder.sources import shown

BYTES: Final = 200_000
"""A logo's file holds so many at most: every page loads it."""
HEIGHT, WIDTH = 40, 256
"""The room for it in the head of a page, in pixels at the usual size of letters; a wide one is less high."""

_NEARLY: Final = 1.2
"""Up to so many times as wide as high, or as high as wide, a logo is taken for the tab's icon too."""

_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)(px)?\s*")
_NUMBERS: Final = re.compile(r"[\s,]+")
_ADAPTS: Final = b"prefers-color-scheme"


@dataclass(frozen=True, slots=True)
class Logo:
    """What stands at the top of each page: the picture, the one for dark grounds, if any, and what they hold.

    `icon` is the picture on the browser's tab, the logo itself where it is square; None where there is neither.
    `plain` says that the one picture was made for light grounds, as far as anybody knows; `name`, that the site's name
    stands beside it.
    """

    light: Picture
    dark: Picture | None
    icon: Picture | None
    plain: bool
    name: bool
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_logo(config: SiteConfig, folder: Path, root: Path) -> Logo | None:
    """The logo that the settings name, in `folder`, that of the pages. Raises InputError with all that is wrong."""
    setting = config.logo
    if setting is None:
        return None
    files: dict[str, bytes] = {}
    issues: list[Issue] = []
    long = isinstance(config.document.at(("logo",)), dict)
    found: dict[str, Picture] = {}
    for key, name in (("light", setting.light), ("dark", setting.dark), ("icon", setting.icon)):
        wrong = _wrong(name, folder, root) if name else None
        if wrong:
            place = config.document.value_place(("logo", key) if long else ("logo",))
            issues.append(config.document.issue(place, *wrong))
        elif name:
            path, data, size = _measured(name, folder)
            found[key], files[path] = Picture(path, _fitted(*size)), data
    if issues:
        raise InputError(issues)
    light = found["light"]
    plain = not setting.dark and _ADAPTS not in files[light.path]
    return Logo(light, found.get("dark"), found.get("icon") or _square(light), plain, setting.name, files)


def _square(picture: Picture) -> Picture | None:
    """The picture, where it is about as wide as it is high."""
    width, height = picture.size or (0, 0)
    return picture if max(width, height) <= _NEARLY * min(width, height) else None


def _wrong(name: str, folder: Path, root: Path) -> tuple[str, str, str] | None:
    """What is wrong with a logo's file, why, and what to do; None where nothing is."""
    inside = posixpath.normpath(name.strip())
    if inside.startswith(("..", "/")) or ":" in inside:
        why = f"its file lies in `{shown(folder, root)}`, and is named from there: pages load nothing from elsewhere"
        return f"the logo `{name}` is not a file of the site", why, "put the file there, and write `logo: logo.svg`"
    if not os.path.isfile(folder / inside):
        named = [path.relative_to(folder).as_posix() for path in picture_files(folder)]
        there = [each for each in named if _wrong(each, folder, root) is None]
        near = suggest(inside, there) if there else f"put the file into `{shown(folder, root)}`"
        return f"there is no logo `{name}`", f"it is looked for in `{shown(folder, root)}`", near
    path, data, size = _measured(inside, folder)
    if not path:
        why = f"its name or what it holds says something other than {listed(suffix[1:] for suffix in SUFFIXES)}"
        return f"`{name}` is not a picture that a page can show", why, "save it as one of them"
    if not all(size):
        why = (
            "its `svg` has neither a `viewBox` nor a `width` and a `height`, and a page keeps its room before it comes"
        )
        return (
            f"`{name}` does not say how large it is",
            why,
            'save it again with a `viewBox`, such as `viewBox="0 0 240 60"`',
        )
    if len(data) > BYTES:
        why = f"every page loads it, and it holds {len(data) // 1000} kB of {BYTES // 1000} that it may"
        return f"`{name}` is too heavy for a logo", why, "save it as SVG, or 160 pixels high"
    return None


def _measured(name: str, folder: Path) -> tuple[str, bytes, tuple[float, float]]:
    """Where a picture is published (empty for what is none), what it holds, and its size, for its shape."""
    path, data, size = published(posixpath.normpath(name.strip()), folder)
    return path, data, size or (_svg_size(data) if path else (0, 0))


def _svg_size(data: bytes) -> tuple[float, float]:
    """Width and height of an SVG; zeros where it says neither."""
    top: Xml.Element | None = None
    with suppress(Xml.ParseError):  # what is no XML says no size either, and is refused for that
        top = next((element for _, element in Xml.iterparse(io.BytesIO(data), ["start"])), None)
    if top is None:
        return 0, 0
    box = [part for part in _NUMBERS.split(top.get("viewBox", "").strip()) if _LENGTH.fullmatch(part)]
    sides = [_LENGTH.fullmatch(top.get(key, "")) for key in ("width", "height")]
    if len(box) == 4:
        return float(box[2]), float(box[3])
    return (float(sides[0][1]), float(sides[1][1])) if sides[0] and sides[1] else (0, 0)


def _fitted(width: float, height: float) -> tuple[int, int]:
    """The size in which a picture of this shape is shown, in whole pixels."""
    scale = min(HEIGHT / height, WIDTH / width)
    return max(1, round(width * scale)), max(1, round(height * scale))
