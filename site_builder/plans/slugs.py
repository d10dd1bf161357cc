"""Ids that are none, made into ids: only mistakes ask for that."""

import re
import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "&": " "})


def slug(written: str, joints: str = "") -> str:
    """The id that a text may stand for: `pesage-morvan` for `Pesage Morvan`; empty where nothing of it can stay.

    `joints` are characters that may join its words beside the hyphen.
    """
    folded = unicodedata.normalize("NFKD", written.casefold().translate(_LIGATURES))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(rf"[^a-z0-9{joints}]+", "-", plain).strip(f"-{joints}")


def slug_advice(written: str) -> str:
    """The advice to write that id."""
    return f"write `{slug(written)}`" if slug(written) else "write an id such as `support-time`"
