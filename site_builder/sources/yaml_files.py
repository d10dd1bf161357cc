"""YAML files on disk: read, decoded, parsed, with places relative to the project's root."""

from pathlib import Path as FilePath

from site_builder.errors import InputError, Issue
from site_builder.sources.documents import Document
from site_builder.sources.text import read_text
from site_builder.sources.tree import parse_yaml


def read_yaml(path: FilePath, root: FilePath) -> tuple[Document | None, list[Issue]]:
    """The document in the file at `path`, or None, with every issue found; places are relative to `root`.

    A document that comes with issues is complete but for what they name: its words may still be checked.
    """
    name = shown(path, root)
    text, issues = read_text(path, name)
    return (None, issues) if text is None else parse_yaml(text, name)


def load_yaml(path: FilePath, root: FilePath) -> Document:
    """The document in the file at `path`. Raises InputError with every issue found."""
    document, issues = read_yaml(path, root)
    if document is None or issues:
        raise InputError(issues)
    return document


def shown(path: FilePath, root: FilePath) -> str:
    """The path as messages show it: relative to the project's root if it lies inside, slashes forward."""
    return path.absolute().as_posix().removeprefix(f"{root.absolute().as_posix().rstrip('/')}/")
