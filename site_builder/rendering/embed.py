"""What partners put into their own pages: the calculator alone, as a page, and the script that frames it."""

import json
from collections.abc import Mapping
from typing import Final

from site_builder.errors import InputError
from site_builder.headers import EMBED, LOADER
from site_builder.rendering.page import Frame
from site_builder.sources import Document

LOADER_BYTES: Final = 5_000
"""What the script may weigh, uncompressed: it is loaded by pages that are not ours."""

_TITLES: Final = "const TITLES = {};"


def embed_frame(page: Frame, lang: str, family: str, title: str) -> Frame:
    """The frame of a family's calculator alone; its canonical address and its path are those of the family's page."""
    return page._replace(file=f"{EMBED}/{lang}/{family}/index.html", title=title, alternates=(), indexed=False)


def loader(source: bytes, titles: Mapping[str, str], settings: Document) -> bytes:
    """The script with the frame's title in each language. Raises InputError where it weighs more than it may."""
    text = source.decode()
    if _TITLES not in text:
        raise ValueError(f"static/{LOADER} has no place for the titles: {_TITLES}")
    said = json.dumps(titles, ensure_ascii=False, separators=(",", ":"))
    made = text.replace(_TITLES, f"const TITLES = {said};").encode()
    if len(made) > LOADER_BYTES:
        place = settings.key_place((EMBED,))
        what = f"{LOADER} weighs {len(made):,} bytes, {LOADER_BYTES:,} are allowed"
        why = f"partners' pages load it; the frame's titles are {len(said.encode()):,} bytes of it"
        raise InputError([settings.issue(place, what, why, "a shorter `title`, or a shorter static/embed.js")])
    return made
