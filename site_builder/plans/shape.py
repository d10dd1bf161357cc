"""What of a document stands where its JSON Schema has no place for it: keys, and lists or mappings in place of another.

Only mistakes ask for it, and only for the shape: what a value may be is judged elsewhere, and better.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Final

from site_builder.errors import did_you_mean
from site_builder.sources import Path, Value

SCHEMAS: Final = FilePath(__file__).parents[1] / "schema"
PLAN_FILE: Final = "plan-file"
REGION_FILE: Final = "region-file"
_LANGUAGES: Final = {"pattern": "^[a-z]{2,3}$"}
"""What a schema says of keys that are languages; other keys that are names are judged by those who read them."""

type _Node = Mapping[str, Any]


class Shape:
    """The keys that a kind of file has, and what stands at each: a mapping, a list, or a scalar."""

    def __init__(self, schema: _Node) -> None:
        self._top = schema
        self._definitions: Mapping[str, _Node] = schema["$defs"]

    def misfits(self, value: Value) -> dict[Path, int]:
        """Where something stands that has no place there, or is missing (then by the path that it would have).

        Each with its weight: how many keys and items nobody reads.
        """
        return dict(self._misfits(value, self._top, (), _languages(value)))

    def misspelt(self, value: Value, path: Path) -> bool:
        """Whether the key that ends `path` has no place there, but one of nearly its name has, and takes its value."""
        if not path:
            return False
        node, held = self._of(self._top, value), value
        for step in path[:-1]:
            held = _inside(held, step)
            node = self._of(self._below(node, step), held)
        key, known = path[-1], node.get("properties", {})
        if not isinstance(held, dict) or not isinstance(key, str) or key not in held or key in known:
            return False
        near = did_you_mean(key, [name for name in known if name not in held])
        return near is not None and not list(self._misfits(held[key], known[near], (), _languages(value)))

    def _below(self, node: _Node, step: str | int) -> _Node:
        if isinstance(step, int):
            found = node.get("items")
        else:
            found = node.get("properties", {}).get(step) or node.get("additionalProperties")
        return found if isinstance(found, Mapping) else {}

    def _of(self, node: _Node, value: Value) -> _Node:
        """What holds for a value: references followed, and of several kinds the one that it is of."""
        while True:
            condition = node.get("if", {})
            if "$ref" in node:
                node = self._definitions[node["$ref"].rpartition("/")[2]]
            elif condition.keys() == {"type"}:
                node = {"type": condition["type"], **(node["then"] if _is(value, condition["type"]) else node["else"])}
                if "$ref" in node:
                    node = {"$ref": node["$ref"]}
            else:
                return node

    def _misfits(self, value: Value, node: _Node, path: Path, languages: frozenset[str]) -> Iterator[tuple[Path, int]]:
        node = self._of(node, value)
        if not node:
            return  # anything may stand here
        kind = "object" if "properties" in node else node.get("type", "string")
        if not _is(value, kind):
            yield path, _size(value)
        elif isinstance(value, dict):
            yield from self._in_mapping(value, node, path, languages)
        elif isinstance(value, list):
            for index, held in enumerate(value):
                yield from self._misfits(held, node.get("items", {}), (*path, index), languages)

    def _in_mapping(
        self, value: dict[str, Value], node: _Node, path: Path, languages: frozenset[str]
    ) -> Iterator[tuple[Path, int]]:
        by_language = node.get("propertyNames") == _LANGUAGES
        for key, held in value.items():
            below = self._below(node, key)
            known = key in languages if languages else re.fullmatch(_LANGUAGES["pattern"], key)
            foreign = by_language and not known
            if foreign or (not below and node.get("additionalProperties") is False):
                yield (*path, key), _size(held)
            else:
                yield from self._misfits(held, below, (*path, key), languages)
        yield from (((*path, key), 1) for key in node.get("required", ()) if key not in value)
        one_of = [key for one in node.get("oneOf", ()) for key in one.get("required", ())]
        if one_of and sum(key in value for key in one_of) != 1:
            yield (*path, one_of[0]), 1


@cache
def shape_of(name: str) -> Shape:
    """The shape that the schema `name` tells."""
    return Shape(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def _is(value: Value, kind: str | list[str]) -> bool:
    """Whether the value is of a kind of JSON, all scalars being one; what is left empty is of none."""
    kinds = [kind] if isinstance(kind, str) else kind
    if isinstance(value, dict):
        return "object" in kinds
    if isinstance(value, list):
        return "array" in kinds
    return value is not None and bool({*kinds} - {"object", "array"})


def _inside(value: Value, step: str | int) -> Value:
    """What a mapping holds under a key, or a list at an index; None where there is no such thing."""
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


def _size(value: Value) -> int:
    """One for the value, and one for each key and item below it."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, below))


def _languages(value: Value) -> frozenset[str]:
    """The languages that a plan file says it has; none where it does not say."""
    locales = value.get("locales") if isinstance(value, dict) else None
    return frozenset(locales) if isinstance(locales, dict) else frozenset()
