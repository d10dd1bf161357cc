"""What was read from one file: its values, all scalars as text, and the place of every key and value.

Leaves to its consumers what the values mean; `typed` is the one reading of plain scalars that they may want.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from site_builder.errors import Issue, Place

type Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead from the top of a document to a value."""

type Value = bool | int | str | list["Value"] | dict[str, "Value"] | None
"""A document as read holds no bool and no int: they appear only in what `Document.typed` returns."""


class Bare(str):
    """A plain scalar such as `30` or `true`: text as all others, but an integer or a boolean to `Document.typed`."""

    __slots__ = ()


_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")


type Places = tuple[Mapping[Path, Place], Mapping[Path, Place]]
"""Where the key and where the value of each path begins."""


@dataclass(frozen=True)
class Document:
    """One YAML document: `value`, its scalars as text (None: nothing written), and where each part stands.

    `find` looks for the places, which only mistakes ask for.
    """

    file: str
    value: Value
    lines: Sequence[str]
    find: Callable[["Document"], Places]

    @cached_property
    def _places(self) -> Places:
        return self.find(self)

    @property
    def keys(self) -> Mapping[Path, Place]:
        """Where each key is written."""
        return self._places[0]

    @property
    def values(self) -> Mapping[Path, Place]:
        """Where each value begins."""
        return self._places[1]

    def at(self, path: Path) -> Value:
        """The value at `path`, None where there is none."""
        reached: Any = self.value
        try:
            for step in path:
                if isinstance(reached, str):
                    return None
                reached = reached[step]
        except (LookupError, TypeError):  # nothing there, or nothing that holds anything
            return None
        value: Value = reached
        return value

    def has(self, path: Path) -> bool:
        """Whether something stands at `path`, be it empty."""
        if not path:
            return True
        holder, step = self.at(path[:-1]), path[-1]
        if isinstance(holder, list):
            return isinstance(step, int) and 0 <= step < len(holder)
        return isinstance(holder, dict) and step in holder

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

    def typed(self, path: Path = (), without: Sequence[str] = ()) -> Value:
        """The value with its plain `30` as an integer and its plain `true` and `false` as booleans.

        Quoted scalars, dates, decimals and numbers not in their shortest form (`007`, `1_000`) stay text. `without`
        are keys of a mapping at `path` that are left out.
        """
        value = self.at(path)
        if without and isinstance(value, dict):
            value = {key: held for key, held in value.items() if key not in without}
        return typed(value)


def is_typed(text: str) -> bool:
    """Whether a plain scalar is an integer or a boolean to `Document.typed`."""
    return text in ("true", "false") or _INTEGER.fullmatch(text) is not None


def typed(value: Value) -> Value:
    """A copy of the value with its plain integers and booleans as such: see `Document.typed`."""
    if value.__class__ is str:
        return value
    if isinstance(value, dict):
        return {key: typed(held) for key, held in value.items()}
    if isinstance(value, list):
        return [typed(held) for held in value]
    if isinstance(value, Bare):
        return value == "true" if value in ("true", "false") else int(value)
    return value
