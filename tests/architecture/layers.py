"""Which module may import which. The table is the rule; what follows reads every import and compares."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# From left to right: a module imports only from groups before its own, never from a neighbour in its group.
# A name is a module or a package; modules of one package may import one another.
LAYERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "calculator": (
        ("errors",),
        ("money", "periods"),
        ("plan",),
        ("request",),
        ("pricing", "renewal", "forms"),
        ("quote",),
        ("days", "wording"),
        ("card", "explore", "timeline", "elements"),
        ("wire",),
    ),
    "site_builder": (
        ("packing",),
        ("errors", "addresses", "request_file", "caching", "crew", "init", "quick_markdown", "terminal", "colours"),
        ("sources", "headers", "headings", "output", "out_file", "out_folder", "ledger", "guides", "plurals"),
        ("looks", "ready", "settings_advice"),
        ("config", "pictures"),
        ("plans", "content", "locales", "logo"),
        ("rules", "docs"),
        ("taken",),
        ("rendering", "reading", "bundle", "mail"),
        ("units", "checks"),
        ("making_docs",),
        ("making",),
        ("build", "campaign", "diff", "second_look", "request_advice", "arguments"),
        ("serve",),
        ("preview",),
        ("commands_mail", "commands_site"),
        ("cli",),
        ("__main__",),
    ),
}

# The parts of site_builder that ask the engine; it knows nothing of them.
ASKS_THE_ENGINE = (
    *("plans", "locales", "rules", "rendering", "checks", "units", "making", "mail", "campaign", "diff"),
    "request_advice",
    *("commands_mail", "cli", "plurals"),
)

# All that the engine may take from the standard library, and nothing from elsewhere: no clock, file, network,
# locale or chance, so that the same request gives the same bytes everywhere. A new one is added here on purpose.
ENGINE_LIBRARY = frozenset(
    {
        *("base64", "binascii", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal"),
        *("difflib", "enum", "fractions", "functools", "hashlib", "html", "itertools", "json", "math"),
        *("operator", "re", "string", "textwrap", "types", "typing", "unicodedata"),
    }
)

# Files that may import a module by its name in a text, and why.
IMPORTS_BY_NAME = {
    "site_builder/bundle/image_start.py": "runs in Pyodide, where it is told which module the image is made of",
}

Import = tuple[int, str]  # line, dotted name of what is imported
BY_NAME = "<by name>"


def python_files(root: Path, package: str) -> list[Path]:
    return sorted((root / package).rglob("*.py"))


def layer_violations(root: Path) -> list[str]:
    """One line per import that the table above does not allow, or module that it does not know."""
    return [
        f"{path.relative_to(root)}:{line}: {message}"
        for package in LAYERS
        for path in python_files(root, package)
        for line, message in _judge_file(root, package, path)
    ]


def _judge_file(root: Path, package: str, path: Path) -> Iterator[tuple[int, str]]:
    module = path.relative_to(root).with_suffix("").parts
    own = module[1]
    if own != "__init__" and own not in _ranks(package):
        yield 1, f"{own} is in no layer: give {package}.{own} its place in LAYERS (tests/architecture/layers.py)"
        return
    for line, name in imports(path.read_text("utf-8"), module[:-1]):
        if name == BY_NAME:
            if "/".join(module) + ".py" not in IMPORTS_BY_NAME:
                yield line, "imports by name, where no reader sees it: write an import statement"
        elif message := _judge_import(package, own, name):
            yield line, message


def _ranks(package: str) -> dict[str, int]:
    return {name: rank for rank, group in enumerate(LAYERS[package]) for name in group}


@cache
def imports(text: str, inside: tuple[str, ...]) -> tuple[Import, ...]:
    """Every import in `text`, also those in functions and relative ones; `inside` is the package of the file."""
    return tuple(_imports(ast.parse(text), inside))


def _imports(tree: ast.Module, inside: tuple[str, ...]) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = inside[: len(inside) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            names = [base] if "." in base else [f"{base}.{alias.name}" for alias in node.names]
            yield from ((node.lineno, name) for name in names)
        elif isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in ("__import__", "import_module"):
            yield node.lineno, BY_NAME


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _judge_import(package: str, own: str, name: str) -> str | None:
    """Why module `own` of `package` may not import the dotted `name`; None when it may."""
    top, _, rest = name.partition(".")
    if top in LAYERS and top != package:
        allowed = package == "site_builder" and own in ASKS_THE_ENGINE
        return None if allowed else f"{own} imports {name}: only {', '.join(ASKS_THE_ENGINE)} ask the engine"
    if top == package:
        return _judge_inside(package, own, rest.partition(".")[0])
    if package == "calculator" and top not in ENGINE_LIBRARY:
        return f"{own} imports {name}: the engine takes only {', '.join(sorted(ENGINE_LIBRARY))}"
    return None


def _judge_inside(package: str, own: str, other: str) -> str | None:
    ranks = _ranks(package)
    if own == "__init__":
        return f"{package}/__init__.py is run before every module: it imports none of them"
    if other not in ranks:
        return f"{own} imports {package}.{other or '*'}, which is in no layer"
    if other == own or ranks[other] < ranks[own]:
        return None
    where = "its neighbour" if ranks[other] == ranks[own] else "which stands after it"
    return f"{own} imports {other}, {where}: see LAYERS (tests/architecture/layers.py)"
