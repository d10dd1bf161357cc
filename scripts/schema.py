"""Keeps the schemas of plan files in shape, and writes docs/plan-file.md from them.

Run `python -m scripts.schema` after a schema has been changed by hand; a test says when it was forgotten. The dated
versions of a section (`buy_from` beside `buy`) are made here, so that no key is written twice.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SCHEMAS: Final = ROOT / "site_builder" / "schema"
PLAN_FILE: Final = SCHEMAS / "plan-file.schema.json"
REGION_FILE: Final = SCHEMAS / "region-file.schema.json"
PAGE: Final = ROOT / "docs" / "plan-file.md"
WIDTH: Final = 120
_SPACE: Final = "\0"
"""Stands for a space that no line may be broken at."""
WHOLE: Final = "The file"
DATED: Final = ("buy", "renewal", "extension", "addition")

PARTS: Final = {
    "A text": "Values",
    "A plan": "A plan and its price",
    "Buying": "Buying, renewing, changing",
    "A reading": "Words for readers",
    "An example": "Worked examples",
    "A file of regions": "Regions and taxes",
}
"""The parts of the page, by the section that each begins with; before the first stands the file as a whole."""

type Schema = dict[str, Any]

_HEAD = """\
# Every key of a plan file

A plan file is `plans/<family>.yaml`. Its first line lets an editor that speaks to the YAML language server complete
keys, explain them, and underline what is wrong while you type ([how that looks](guides/editor.md)):

```yaml
# yaml-language-server: $schema=../site_builder/schema/plan-file.schema.json
```

In a site made by `clairplan init` the schema is at `../schema/plan-file.schema.json`, and `clairplan schema` keeps it
up to date. A built site publishes it as `/schema/plan-file.schema.json`, for plan files that live elsewhere. The build
checks much more than a schema can, and says what to write instead. How a file grows from nothing is told in
[add a family](guides/add-a-family.md); rules to copy are in [the vocabulary](vocabulary/README.md).

In the tables, **bold** keys are needed. Dates are bare (`2026-01-01`); decimal numbers stand in quotes or not
(`"120.00"` or `120.00`), their digits are read as they are written; a text is given in each language of the family
(`{fr: …, en: …}`).

*This page is made from the JSON Schema of plan files by `python -m scripts.schema`: change the schema, not the page.*
"""


def pretty(value: Any, indent: int = 0, lead: int = 0) -> str:
    """JSON text in which whatever fits on a line stands on one; `lead` columns are taken before it."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or indent + lead + len(short) + 1 <= WIDTH:
        return short
    inner = " " * (indent + 2)
    if all(isinstance(item, str) for item in value) and isinstance(value, list):
        words = [json.dumps(item, ensure_ascii=False).replace(" ", _SPACE) for item in value]
        filled = textwrap.fill(", ".join(words), WIDTH, initial_indent=inner, subsequent_indent=inner)
        return "[\n" + filled.replace(_SPACE, " ") + "\n" + " " * indent + "]"
    if isinstance(value, dict):
        names = [(json.dumps(key, ensure_ascii=False) + ": ", item) for key, item in value.items()]
        parts = [inner + name + pretty(item, indent + 2, len(name)) for name, item in names]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + pretty(item, indent + 2) for item in value) + "\n" + " " * indent + "]"


def with_versions(schema: Schema) -> Schema:
    """The schema with the dated version of each section made anew from the section."""
    definitions = dict(schema["$defs"])
    for name in DATED:
        plain = definitions[name]
        since = {"description": f"First day on which this version of `{name}` applies.", "examples": ["2027-01-01"]}
        about = f"One of several versions of `{name}`, listed by date: the same keys, and the day from which it holds."
        definitions[f"{name}_from"] = {
            **plain,
            "title": f"{plain['title']}, from a day on",
            "description": about,
            "required": ["from", *plain.get("required", [])],
            "properties": {"from": {**since, "$ref": "#/$defs/date"}, **plain["properties"]},
        }
    return {**schema, "$defs": definitions}


def read(path: Path) -> Schema:
    """A schema as it is on disk."""
    schema: Schema = json.loads(path.read_text("utf-8"))
    return schema


def page(plan_file: Schema, region_file: Schema) -> str:
    """docs/plan-file.md."""
    sections = list(_file_sections(plan_file, WHOLE))
    regions = list(_file_sections(region_file, "A file of regions", without=("text", "date")))
    text = "\n".join([_HEAD, *sections, *regions])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _file_sections(schema: Schema, title: str, without: tuple[str, ...] = ()) -> Iterator[str]:
    definitions = schema["$defs"]
    yield _section({**schema, "title": title}, definitions)
    for name, node in definitions.items():
        if name not in without and name.removesuffix("_from") not in (DATED if name.endswith("_from") else ()):
            yield _section(node, definitions)


def _section(node: Schema, definitions: Mapping[str, Schema]) -> str:
    title = node["title"]
    part = [f"## {PARTS[title]}", ""] if title in PARTS else []
    lines = [*part, f"{'##' if title == WHOLE else '###'} {title}", "", node["description"], ""]
    if keys := keys_of(node):
        lines += ["| key | holds | meaning | example |", "|---|---|---|---|"]
        lines += [row for name in keys for row in _rows(name, keys[name], node, definitions)]
    elif examples := node.get("examples"):
        lines += ["Examples: " + ", ".join(f"`{flow(example)}`" for example in examples) + "."]
    return "\n".join([*lines, ""])


def keys_of(node: Schema) -> Mapping[str, Schema]:
    """The keys that a mapping of this kind may have; those of a text are its languages, which are free."""
    keys: Mapping[str, Schema] = node.get("properties") or node.get("else", {}).get("properties") or {}
    return {} if "propertyNames" in node else keys


def _rows(name: str, node: Schema, holder: Schema, definitions: Mapping[str, Schema], above: str = "") -> Iterator[str]:
    needed = name in (holder.get("required") or holder.get("else", {}).get("required") or ())
    shown = f"`{above}{name}`"
    cells = (
        f"**{shown}**" if needed else shown,
        kind(node, definitions) + (f"; default `{flow(node['default'])}`" if "default" in node else ""),
        node.get("description", ""),
        ", ".join(f"`{flow(example)}`" for example in node.get("examples", [])[:2]),
    )
    yield f"| {' | '.join(cell.replace('|', '\\|') for cell in cells)} |"
    inner = node if "properties" in node else node.get("items", {})
    for key, value in inner.get("properties", {}).items():
        yield from _rows(key, value, inner, definitions, f"{above}{name}.")


def kind(node: Schema, definitions: Mapping[str, Schema]) -> str:
    """What stands at a key, in words, linked where it has a section of its own."""
    if "$ref" in node:
        target = definitions[node["$ref"].rpartition("/")[2]]
        return f"[{target['title'].lower()}](#{anchor(target['title'])})"
    if "if" in node:
        target = definitions[node["else"]["$ref"].rpartition("/")[2]]
        return f"[{target['title'].lower()}](#{anchor(target['title'])}), or a list of dated versions"
    if "enum" in node:
        return ", ".join(f"`{word}`" for word in node["enum"])
    if "const" in node:
        return f"`{flow(node['const'])}`"
    return _typed(node, definitions)


def _typed(node: Schema, definitions: Mapping[str, Schema]) -> str:
    types = node.get("type", "")
    if isinstance(types, list):
        empty = [word for word in types if word != "null"]
        return _typed({**node, "type": empty[0]}, definitions) + (", or empty" if "null" in types else "")
    if types == "array":
        return f"list of {kind(node['items'], definitions)}"
    if types == "object":
        inner = node.get("additionalProperties")
        return f"by name: {kind(inner, definitions)}" if isinstance(inner, dict) else "mapping"
    if types == "integer" and "minimum" in node:
        return f"whole number, {node['minimum']:,} to {node['maximum']:,}"
    return {"string": "word", "boolean": "`true` or `false`", "integer": "whole number"}[types]


def anchor(title: str) -> str:
    """The anchor that a heading has on the common hosts of repositories."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def flow(value: Any) -> str:
    """A value as YAML on one line, decimals in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    plain = re.fullmatch(r"[^\W\d][\w …’.%/-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+[a-z]+", value)
    return value if plain else f'"{value}"'


def main() -> None:
    """Write the schemas and the page anew."""
    plan_file, region_file = with_versions(read(PLAN_FILE)), read(REGION_FILE)
    for path, schema in ((PLAN_FILE, plan_file), (REGION_FILE, region_file)):
        path.write_text(pretty(schema) + "\n", "utf-8")
    PAGE.write_text(page(plan_file, region_file), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
