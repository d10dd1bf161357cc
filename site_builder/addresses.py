"""Addresses as people write them, some of which are none, and the names that can be a part of one."""

import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, urlsplit

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "&": " "})

PART: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""What a part of an address is made of, so that it can be typed and mailed."""
KEPT: Final = {
    "404": "the page for what is not found, which the program makes",
    "index": "the file that a host shows for a folder; the site’s first page is `home.md`",
    "offline": "the page that shows without a network, which the program makes",
}
"""Names of pages that stand for something else on every site, in each language."""


def split_address(text: str) -> SplitResult:
    """The parts of an address; of a text that can be none, such as `https://[`, all is its path."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", text, "", "")


def slug(written: str, joints: str = "") -> str:
    """The id that a text may stand for: `pesage-morvan` for `Pesage Morvan`; empty where nothing of it can stay.

    `joints` are characters that may join its words beside the hyphen.
    """
    folded = unicodedata.normalize("NFKD", written.casefold().translate(_LIGATURES))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(rf"[^a-z0-9{joints}]+", "-", plain).strip(f"-{joints}")
