"""The colours of a card: the program's own, or those that the locale data bring along for a site that has a colour."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_WRITTEN = re.compile(r"#[0-9a-f]{6}")


class Colours(NamedTuple):
    """The colours of a card, as #rrggbb.

    `ink` and `faint` are written on `ground` and on `band`, `link` on `ground`; `line` parts rows, and `edge` is a
    broad line above all of them (empty: there is none).
    """

    ink: str
    faint: str
    ground: str
    band: str
    line: str
    link: str
    edge: str


OWN = Colours("#1c2733", "#4a5866", "#ffffff", "#eaf0f5", "#b9c4cf", "#0a4f96", "")


def colours_of(locale_data: Mapping[str, Any]) -> Colours:
    """The `colours` of the locale data; for each that is not there, or that is written otherwise, the program's own."""
    told: Mapping[str, Any] = locale_data.get("colours", {})
    return Colours(*(_read(told.get(name), own) for name, own in zip(Colours._fields, OWN, strict=True)))


def _read(told: object, own: str) -> str:
    return told if isinstance(told, str) and _WRITTEN.fullmatch(told) else own
