"""Strict reading of what editors write: YAML, and Markdown with YAML in front; values keep their places."""

from site_builder.sources.documents import Document, Path, Places, Value
from site_builder.sources.front_matter import Page, parse_page, read_page
from site_builder.sources.quick_tree import MAX_DEPTH
from site_builder.sources.text import MAX_BYTES, read_text
from site_builder.sources.tree import parse_yaml
from site_builder.sources.yaml_files import load_yaml, read_yaml, shown

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Document",
    "Page",
    "Path",
    "Places",
    "Value",
    "load_yaml",
    "parse_page",
    "parse_yaml",
    "read_page",
    "read_text",
    "read_yaml",
    "shown",
]
