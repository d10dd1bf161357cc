"""What was read from one file: its values, all scalars as text, and the place of every key and value.

Leaves to its consumers what the values mean; `typed` is the one reading of plain scalars that they may want.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.errors import Issue, Place

type Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead from the top of a document to a value."""

type Value = bool | int | str | list["Value"] | dict[str, "Value"] | None
"""A document as read holds no bool and no int: they appear only in what `Document.typed` returns."""

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: `value`, its scalars as text (None: nothing written), and where each part stands."""

    file: str
    value: Value
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]
    plain: frozenset[Path]
    """Paths of the scalars written without quotes and not as a block."""
    lines: Sequence[str]

    def at(self, path: Path) -> Value:
        """The value at `path`, None where there is none."""
        value = self.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def has(self, path: Path) -> bool:
        """Whether something stands at `path`, be it empty."""
        return path in self.values

    def key_place(self, path: Path) -> Place:
        """Where the key of `path` is written; for an item of a list, or a missing one, its nearest holder."""
        while path and not self.has(path):
            path = path[:-1]
        return self.keys.get(path) or self.values[path]

    def value_place(self, path: Path) -> Place:
        """Where the value of `path` begins; for what is missing, the key of the mapping that lacks it."""
        return self.values[path] if self.has(path) else self.key_place(path)

    def issue(self, place: Place, what: str, why: str = "", fix: str = "") -> Issue:
        """An issue with the excerpt of its line."""
        excerpt = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else None
        return Issue(place, what, why, fix, excerpt)

    def typed(self, path: Path = ()) -> Value:
        """The value with its plain `30` as an integer and its plain `true` and `false` as booleans.

        Quoted scalars, dates, decimals and numbers not in their shortest form (`007`, `1_000`) stay text.
        """
        return self._typed(self.at(path), path)

    def _typed(self, value: Value, path: Path) -> Value:
        if isinstance(value, dict):
            return {key: self._typed(held, (*path, key)) for key, held in value.items()}
        if isinstance(value, list):
            return [self._typed(held, (*path, index)) for index, held in enumerate(value)]
        return _scalar(value) if isinstance(value, str) and path in self.plain else value


def _scalar(text: str) -> Value:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _INTEGER.fullmatch(text) else text
