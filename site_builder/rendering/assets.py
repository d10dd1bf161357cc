"""Style, scripts, fonts and pictures under names that carry their content's hash, so that caches never go stale.

Scripts and styles name each other by plain file names (`./page-form.js`, `url("fonts/x.woff2")`); here these become
the hashed names, and what a file refers to is part of its own hash. The calculator's files are the bundle's.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FOLDER: Final = "assets/"
STYLE: Final = "site.css"
SCRIPT: Final = "page.js"
WORKER: Final = "sw.js"
"""The Service Worker: its address stays, and tells how far it reaches."""
OFFLINE: Final = "offline.html"
"""What each language shows for pages that are not at hand without a network."""
HASH_DIGITS: Final = 10

_SCRIPT_REFERENCE: Final = re.compile(r'(from\s+|import\s+|import\()"\./([\w./-]+)"')
_STYLE_REFERENCE: Final = re.compile(r'(url\()"([\w./-]+)"')
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BundleLinks:
    """Where the calculator's entry script and its manifest are, as paths from the site's top, without a slash."""

    engine: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Assets:
    """The published files by path, and the path of each by the name it has in the sources."""

    files: Mapping[str, bytes]
    paths: Mapping[str, str]


def service_worker(source: bytes, on: bool) -> bytes:
    """The Service Worker of a site; where it is not `on`, one that takes away what an earlier one left."""
    return source if on else source.replace(b"const ON = true;", b"const ON = false;", 1)


def publish(sources: Mapping[str, bytes]) -> Assets:
    """Publish the static sources: `css/*.css` joined in order as one style sheet, `page*.js`, fonts and pictures."""
    own = {name: data for name, data in sources.items() if _is_own(name)}
    sheets = [own.pop(name).decode() for name in sorted(own) if name.startswith("css/")]
    own[STYLE] = "\n".join(_lean(sheet) for sheet in sheets).encode()
    paths: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name in sorted(own):
        _publish(name, own, paths, files)
    return Assets(files, paths)


def imported(sources: Mapping[str, bytes], name: str) -> list[str]:
    """The modules that a script imports at its start, directly or not, by the names that they have in the sources."""
    found: list[str] = []
    for match in _SCRIPT_REFERENCE.finditer(sources[name].decode()):
        if match[2] not in found and not match[1].startswith("import("):
            found += [match[2], *(one for one in imported(sources, match[2]) if one not in found)]
    return sorted(set(found))


def _is_own(name: str) -> bool:
    """Whether a static file is the pages' (and not the calculator's, which the bundle publishes)."""
    return name.startswith(("css/", "fonts/", "page")) or name.endswith((".svg", ".png"))


def _lean(sheet: str) -> str:
    """A style sheet without its comments and indentation."""
    return re.sub(r"\n\s*", "\n", _COMMENT.sub("", sheet)).strip()


def _publish(name: str, own: Mapping[str, bytes], paths: dict[str, str], files: dict[str, bytes]) -> str:
    """Publish one file after those that it refers to; returns its path. Sources do not refer in circles."""
    if name in paths:
        return paths[name]
    data = own[name]
    if name.endswith((".js", ".css")):
        pattern = _SCRIPT_REFERENCE if name.endswith(".js") else _STYLE_REFERENCE

        def hashed(match: re.Match[str]) -> str:
            target = _publish(match[2], own, paths, files)
            return f'{match[1]}"./{posixpath.basename(target)}"'

        data = pattern.sub(hashed, data.decode()).encode()
    stem, dot, suffix = posixpath.basename(name).rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:HASH_DIGITS]
    paths[name] = f"{FOLDER}{stem}-{digest}{dot}{suffix}"
    files[paths[name]] = data
    return paths[name]
