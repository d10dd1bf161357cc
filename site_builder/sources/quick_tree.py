"""Reads YAML text that is right by libyaml, ten times as fast as `tree` and without places; gives up on all else.

What is refused, and what libyaml and PyYAML's own parser read differently (tabs, plain texts that are empty or, between
brackets, hold a `?`), is left to `tree`, which says where and why. It must never read what `tree` refuses or reads
otherwise: `tests/site_builder/test_sources_quick.py` compares the two.
"""

from collections.abc import Callable
from typing import Any, Final

import yaml

from site_builder.sources.documents import Bare, Value, is_typed
from site_builder.sources.text import is_unseen

MAX_DEPTH: Final = 40
"""Mappings and lists inside one another; the deepest part of a plan file needs about twelve."""

EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that say nothing."""

_WORDS: Final = {"true": Bare("true"), "false": Bare("false"), **dict.fromkeys(EMPTY)}
"""Plain scalars that are no text."""
_NUMBERS: Final = frozenset("-0123456789")
"""What an integer begins with."""
_SCALAR: Final = yaml.ScalarEvent
_END_OF_MAPPING: Final = yaml.MappingEndEvent
_END_OF_LIST: Final = yaml.SequenceEndEvent


class _GiveUpError(Exception):
    """This text is not for here."""


def read_quickly(text: str) -> Value:
    """The mapping or list in `text`; None where it is not for here."""
    if "\t" in text or not yaml.__with_libyaml__:
        return None
    try:
        return _Reader(text).document()
    except (_GiveUpError, yaml.YAMLError, ValueError, OverflowError):
        return None


class _Reader:
    """Reads a text by its events; collections inside one another call each other, no deeper than MAX_DEPTH."""

    def __init__(self, text: str) -> None:
        self.following: Callable[[], Any] = yaml.CLoader(text).get_event
        self.escapes = "\\" in text
        self.in_brackets = False
        self.keys: set[str] = set()
        """Plain keys that were found right; most stand in a file many times."""

    def document(self) -> Value:
        """The only document of the text, which is a mapping or a list."""
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        first = self.following()
        if first.__class__ is _SCALAR:
            raise _GiveUpError
        value = self._collection(first, 0)
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        return value

    def _expect(self, kind: type[yaml.Event]) -> None:
        if self.following().__class__ is not kind:
            raise _GiveUpError

    def _collection(self, event: Any, depth: int) -> Value:
        if event.__class__ is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            raise _GiveUpError
        if depth >= MAX_DEPTH:
            raise _GiveUpError
        around, self.in_brackets = self.in_brackets, event.flow_style
        value = self._mapping(depth + 1) if event.__class__ is yaml.MappingStartEvent else self._list(depth + 1)
        self.in_brackets = around
        return value

    def _mapping(self, depth: int) -> dict[str, Value]:
        following, scalar, keys = self.following, self._scalar, self.keys
        held: dict[str, Value] = {}
        while (event := following()).__class__ is not _END_OF_MAPPING:
            if event.__class__ is not _SCALAR:
                raise _GiveUpError
            key = event.value
            if key not in keys or event.anchor is not None or event.tag is not None:
                key = self._key(event)
            if key in held:
                raise _GiveUpError
            event = following()
            held[key] = scalar(event) if event.__class__ is _SCALAR else self._collection(event, depth)
        return held

    def _key(self, event: Any) -> str:
        key = self._scalar(event)
        if key is None or (key == "<<" and not event.style):
            raise _GiveUpError
        if not event.style and "?" not in key:  # which is refused between brackets alone
            self.keys.add(key)
        return str(key)

    def _list(self, depth: int) -> list[Value]:
        following, scalar = self.following, self._scalar
        held: list[Value] = []
        while (event := following()).__class__ is not _END_OF_LIST:
            held.append(scalar(event) if event.__class__ is _SCALAR else self._collection(event, depth))
        return held

    def _scalar(self, event: Any) -> str | None:
        """A scalar's text, None where it says nothing."""
        text: str = event.value
        if event.anchor is not None or event.tag is not None or (self.escapes and is_unseen(text)):
            raise _GiveUpError
        if event.style:
            return text
        if not text or (self.in_brackets and "?" in text):
            raise _GiveUpError
        if text in _WORDS:
            return _WORDS[text]
        return Bare(text) if text[0] in _NUMBERS and is_typed(text) else text
