"""Reads YAML text that is right by libyaml, ten times as fast as `tree` and without places; gives up on all else.

What is refused, and what libyaml and PyYAML's own parser read differently (tabs, plain texts that are empty or hold
a `?`), is left to `tree`, which says where and why.
"""

from collections.abc import Callable
from typing import Any, Final

import yaml

from site_builder.sources.documents import Path, Value, is_typed
from site_builder.sources.text import is_unseen

MAX_DEPTH: Final = 40
"""Mappings and lists inside one another; the deepest part of a plan file needs about twelve."""

EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that say nothing."""

_NUMBERS: Final = frozenset("-0123456789tf")
"""What an integer or a boolean begins with."""


class _GiveUpError(Exception):
    """This text is not for here."""


def read_quickly(text: str) -> tuple[Value, frozenset[Path]] | None:
    """The document in `text` and the paths of its plain integers and booleans; None where it is not for here."""
    if "\t" in text or not yaml.__with_libyaml__:
        return None
    try:
        reader = _Reader(text)
        return reader.document(), frozenset(reader.typed_at)
    except (_GiveUpError, yaml.YAMLError, ValueError, OverflowError):
        return None


class _Reader:
    """Reads a text by its events; collections inside one another call each other, no deeper than MAX_DEPTH."""

    def __init__(self, text: str) -> None:
        self.following: Callable[[], Any] = yaml.CLoader(text).get_event
        self.escapes = "\\" in text
        self.typed_at: set[Path] = set()

    def document(self) -> Value:
        """The only document of the text, which is a mapping or a list."""
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            if self.following().__class__ is not expected:
                raise _GiveUpError
        value = self._value(self.following(), (), None)
        if isinstance(value, str | None) or self.following().__class__ is not yaml.DocumentEndEvent:
            raise _GiveUpError
        if self.following().__class__ is not yaml.StreamEndEvent:
            raise _GiveUpError
        return value

    def _value(self, event: Any, holder: Path, step: str | int | None) -> Value:
        if event.anchor is not None or event.__class__ is yaml.AliasEvent or event.tag is not None:
            raise _GiveUpError
        if event.__class__ is yaml.ScalarEvent:
            return self._scalar(event, holder, step)
        path = holder if step is None else (*holder, step)
        if len(path) >= MAX_DEPTH:
            raise _GiveUpError
        return self._mapping(path) if event.__class__ is yaml.MappingStartEvent else self._list(path)

    def _mapping(self, path: Path) -> dict[str, Value]:
        held: dict[str, Value] = {}
        while (event := self.following()).__class__ is not yaml.MappingEndEvent:
            key = self._value(event, path, None) if event.__class__ is yaml.ScalarEvent else None
            if not isinstance(key, str) or key in held or (key == "<<" and not event.style):
                raise _GiveUpError
            held[key] = self._value(self.following(), path, key)
        return held

    def _list(self, path: Path) -> list[Value]:
        held: list[Value] = []
        while (event := self.following()).__class__ is not yaml.SequenceEndEvent:
            held.append(self._value(event, path, len(held)))
        return held

    def _scalar(self, event: Any, holder: Path, step: str | int | None) -> str | None:
        """A scalar's text, None where it says nothing; a plain integer or boolean is noted, unless it is a key."""
        text: str = event.value
        if self.escapes and is_unseen(text):
            raise _GiveUpError
        if event.style:
            return text
        if not text or "?" in text:
            raise _GiveUpError
        if text in EMPTY:
            return None
        if step is not None and text[0] in _NUMBERS and is_typed(text):
            self.typed_at.add((*holder, step))
        return text
