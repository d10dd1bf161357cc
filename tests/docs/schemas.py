"""Schemas as tests use them: read from disk, walked along a document, asked what they refuse."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator

from scripts.schema import PLAN_FILE, REGION_FILE, read

type Node = Mapping[str, Any]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2, core schema, as the YAML language server reads it: no dates, and `yes` is a word."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own name for it


_CORE: Final = {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "null": r"~|null|Null|NULL|",
}
for _tag, _pattern in _CORE.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})$"), None)


@cache
def as_editor(text: str) -> Any:
    """The value of a YAML text as an editor's language server reads it. Raises yaml.YAMLError."""
    return yaml.load(text, CoreLoader)


@cache
def plan_file() -> Node:
    return read(PLAN_FILE)


@cache
def region_file() -> Node:
    return read(REGION_FILE)


def refusals(schema: Node, value: object) -> list[str]:
    """What the schema refuses, each with its path."""
    errors = Draft202012Validator(schema).iter_errors(value)
    return sorted(f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in errors)


def node_at(schema: Node, path: Sequence[str | int], value: Any) -> Node:
    """The schema of what stands at `path` of `value`: references followed, conditions decided by the value."""
    node = settled(schema, schema, value)
    for step in path:
        value = value[step]
        if isinstance(step, int):
            node = node["items"]
        else:
            properties = node.get("properties", {})
            node = properties[step] if step in properties else node["additionalProperties"]
        node = settled(schema, node, value)
    return node


def settled(schema: Node, node: Node, value: object) -> Node:
    """A node without reference or condition on top."""
    while True:
        if "$ref" in node:
            target = schema["$defs"][node["$ref"].rpartition("/")[2]]
            node = {**target, **{key: held for key, held in node.items() if key != "$ref"}}
        elif "if" in node and "type" in node["if"]:
            chosen = node["then"] if Draft202012Validator(node["if"]).is_valid(value) else node["else"]
            node = {**{key: held for key, held in node.items() if key not in ("if", "then", "else", "type")}, **chosen}
        else:
            return node
