"""What the readers of plan files ask of a document: its keys, words and bounds, noted while they read.

The engine and the builder name the keys where they read them. So that the schema cannot say something else, these
notes are taken by listening to the readers' own methods, path by path.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from unittest.mock import patch

from calculator.plan import Cursor, read_family, read_regions
from site_builder.plans.checking import Checker, Spot
from site_builder.plans.family_words import read_family_words
from site_builder.plans.splitting import region_rules, rules_of, words_at
from site_builder.sources import Document, parse_yaml

type Path = tuple[str | int, ...]


@dataclass
class Notes:
    """By path: the keys that a mapping may and must have, the words that a value may be, the bounds of a number."""

    known: dict[Path, set[str]] = field(default_factory=dict)
    required: dict[Path, set[str]] = field(default_factory=dict)
    words: dict[Path, set[str]] = field(default_factory=dict)
    bounds: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def keys(self, path: Path, required: Sequence[str], optional: Sequence[str]) -> None:
        if required or optional:
            self.known.setdefault(path, set()).update(required, optional)
            self.required.setdefault(path, set()).update(required)


@cache
def notes_of_family(text: str) -> Notes:
    """What is asked of the plan file in `text`."""
    document, issues = parse_yaml(text, "plans/made.yaml")
    assert document and not issues, issues
    notes = Notes()
    with _listening(notes):
        read_family(rules_of(document))
        read_family_words(Checker(document), "made", ())
    _add_words(document, notes)
    return notes


def notes_of_regions(text: str) -> Notes:
    """What is asked of the file of regions in `text`."""
    document, issues = parse_yaml(text, "plans/regions/made.yaml")
    assert document and not issues, issues
    notes = Notes()
    with _listening(notes):
        read_regions(Cursor(region_rules(document), ("regions",), []))
        Checker(document).top.keys("a file of regions", ("regions",))
    return notes


def _add_words(document: Document, notes: Notes) -> None:
    """The keys of words that stand beside rules; the builder takes them out before the engine reads."""
    for path, known in notes.known.items():
        known.update(words_at(document, path))


@contextmanager
def _listening(notes: Notes) -> Iterator[None]:
    def on_mapping(self: Cursor, required: Sequence[str] = (), optional: Sequence[str] = ()) -> Cursor:
        notes.keys(self.path, required, optional)
        return mapping(self, required, optional)

    def on_word(self: Cursor, words: Sequence[str]) -> str:
        notes.words.setdefault(self.path, set()).update(words)
        return word(self, words)

    def on_integer(self: Cursor, minimum: int, maximum: int) -> int:
        notes.bounds[self.path] = (minimum, maximum)
        return integer(self, minimum, maximum)

    def on_keys(self: Spot, what: str, required: Sequence[str], optional: Sequence[str] = ()) -> bool:
        notes.keys(self.path, required, optional)
        return keys(self, what, required, optional)

    def on_required(self: Spot, what: str, required: Iterable[str]) -> None:
        notes.required.setdefault(self.path, set()).update(required)
        require(self, what, required)

    def on_one_of(self: Spot, key: str, words: Sequence[str]) -> str:
        notes.words.setdefault((*self.path, key), set()).update(words)
        return one_of(self, key, words)

    mapping, word, integer = Cursor.mapping, Cursor.word, Cursor.integer
    keys, require, one_of = Spot.keys, Spot.required, Spot.one_of
    with (
        patch.object(Cursor, "mapping", on_mapping),
        patch.object(Cursor, "word", on_word),
        patch.object(Cursor, "integer", on_integer),
        patch.object(Spot, "keys", on_keys),
        patch.object(Spot, "required", on_required),
        patch.object(Spot, "one_of", on_one_of),
    ):
        yield


def as_yaml(rules: object) -> str:
    """Rules written in Python as a plan file's text: JSON is YAML."""
    return json.dumps(rules, ensure_ascii=False)
