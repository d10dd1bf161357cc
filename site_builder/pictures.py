"""Pictures that stand beside written pages: published under a name of their own, with their size.

A picture is a file within the folder of the pages, named from the page that shows it. Pages load nothing from
elsewhere, so that a picture at another address is refused: nobody would see it.
"""

import hashlib
import io
import os
import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from site_builder.addresses import slug, split_address
from site_builder.errors import MANY, Issue, Place, did_you_mean, listed
from site_builder.sources import shown

SUFFIXES: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
"""How the names of files end that a page can show."""

_IMAGE: Final = re.compile(r'<img alt="([^"]*)" src="([^"]*)"')
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")


class Picture(NamedTuple):
    """A published picture: its path on the site, and its width and height in pixels, where they are known."""

    path: str
    size: tuple[int, int] | None


class Pictures:
    """Reads the pictures of the pages in `folder`; keeps what is to be published, and what is wrong with others."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.files: dict[str, bytes] = {}
        """What is published, by its path on the site."""
        self.issues: list[Issue] = []
        self._read: dict[str, Picture | None] = {}

    def of(self, page: Path, html: str, body: str, body_line: int) -> dict[str, Picture]:
        """The pictures of a page by their addresses as it has them; `html` is its converted `body`."""
        found: dict[str, Picture] = {}
        for source in dict.fromkeys(unescape(match[2]) for match in _IMAGE.finditer(html)):
            picture, wrong = self._picture(source, page)
            if picture:
                found[source] = picture
            else:
                at = max(0, body.find(source, body.find("![")))
                line, start = body.count("\n", 0, at), body.rfind("\n", 0, at) + 1
                place = Place(shown(page, self.root), body_line + line, at - start + 1)
                self.issues.append(Issue(place, *wrong, body.split("\n")[line]))
        return found

    def _picture(self, source: str, page: Path) -> tuple[Picture | None, tuple[str, str, str]]:
        """The picture, or None with what is wrong, why, and what to write instead."""
        parts = split_address(source)
        if parts.scheme or parts.netloc:
            what = f"the picture `{source[:60]}{'…' * (len(source) > 60)}` is not a file of the site"
            why, file = (
                "pages load nothing from elsewhere, so that no reader would see it",
                posixpath.basename(parts.path),
            )
            return None, (what, why, self._advice(file if parts.netloc else "", page))
        inside = posixpath.join(page.parent.relative_to(self.folder).as_posix(), unquote(parts.path))
        name = posixpath.normpath(inside)
        if parts.path.startswith("/") or name.startswith(".."):
            why = f"a picture is named from the file that shows it, and lies in `{shown(self.folder, self.root)}`"
            return None, (f"the picture `{source}` is not beside the page", why, self._advice(parts.path, page))
        if not os.path.isfile(self.folder / name):
            advice = self._advice(inside, page)
            return None, (f"there is no picture `{source}`", "it is looked for from this file’s folder", advice)
        if name not in self._read:
            self._read[name] = self._published(name)
        picture, known = self._read[name], listed(suffix[1:] for suffix in SUFFIXES)
        why = f"its name or what it holds says something other than {known}"
        return picture, (f"`{source}` is not a picture that a page can show", why, "save it as one of them")

    def _published(self, name: str) -> Picture | None:
        path, data, size = published(name, self.folder)
        if not path:
            return None
        self.files[path] = data
        return Picture(path, size)

    def _advice(self, written: str, page: Path) -> str:
        """What to write for a picture that is not where a page looks for it: one that is there, or where to put it."""
        named, file = self._named_from(page), posixpath.basename(unquote(written))
        same = [name for name in named if posixpath.basename(name).casefold() == file.casefold()]
        near = same[0] if same else did_you_mean(file, map(posixpath.basename, named))
        if near:
            near = next(name for name in named if near in (name, posixpath.basename(name)))
            return f"did you mean `{near}`?"
        put = f"put `{file}`" if posixpath.splitext(file)[1].lower() in SUFFIXES else "put the file"
        link = f"write `![words]({quote(file)})`" if put != "put the file" else "write `![words](…)` with its name"
        fix = f"{put} into the folder `{shown(page.parent, self.root)}`, and {link}"
        return fix if not named else f"{fix}; the pictures that are there: {listed(named[:MANY])}"

    def _named_from(self, page: Path) -> list[str]:
        """The pictures of the site that can be shown, as the page would name them; those in its own folder first."""
        files = [path.relative_to(self.folder).as_posix() for path in picture_files(self.folder)]
        base = page.parent.relative_to(self.folder).as_posix()
        named = [quote(posixpath.relpath(name, base)) for name in files if published(name, self.folder)[0]]
        return sorted(named, key=lambda name: (name.startswith("../"), name))


def published(name: str, folder: Path) -> tuple[str, bytes, tuple[int, int] | None]:
    """Where a picture of `folder` is published, what it holds, and its size in pixels, which an SVG need not have.

    The path is empty where the file is no picture that a page can show.
    """
    suffix = posixpath.splitext(name)[1].lower()
    data = (folder / name).read_bytes()
    size = _size(data) if suffix in SUFFIXES[1:] else None
    if size is None and not (suffix == SUFFIXES[0] and b"<svg" in data):
        return "", data, None
    stem = slug(posixpath.splitext(posixpath.basename(name))[0]) or "picture"
    return f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}{suffix}", data, size


def picture_files(folder: Path) -> list[Path]:
    """All files of a folder, and below it, that are called like pictures."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def with_pictures(html: str, pictures: Mapping[str, Picture]) -> str:
    """Converted Markdown with its pictures where they are published, counted from the top of the site."""

    def published(match: re.Match[str]) -> str:
        picture = pictures.get(unescape(match[2]))
        if picture is None:
            return match[0]
        size = f' width="{picture.size[0]}" height="{picture.size[1]}"' if picture.size else ""
        return f'<img alt="{match[1]}" src="/{escape(picture.path)}"{size} loading="lazy"'

    return _IMAGE.sub(published, html) if pictures else html


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where these bytes are no picture."""
    from PIL import Image  # only here: most sites have no picture of their own

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
