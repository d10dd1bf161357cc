"""What code may not contain, and how long it may be."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.architecture.layers import python_files

CODE_FOLDERS = ("calculator", "site_builder", "tests", "scripts", "benchmarks")
CODE = frozenset({".py", ".js", ".mjs", ".css", ".j2", ".html"})
FILE_LINES = 400
FUNCTION_LINES = 50
JAVASCRIPT_LINES = 1200
LOADER = "embed.js"  # is put into others' pages: its budget is one of bytes, held at every build

# In the engine: money is no float, `today` is an argument, and the answer is returned, not written.
ENGINE_NAMES = frozenset({"float", "complex", "open", "print", "input", "eval", "exec"})
ENGINE_ATTRIBUTES = frozenset({"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"})


def engine_violations(root: Path) -> list[str]:
    """Every float, clock, file and printing in the calculator."""
    return [
        f"{path.relative_to(root)}:{line}: {what} has no place in the engine"
        for path in python_files(root, "calculator")
        for line, what in _impurities(path.read_text("utf-8"))
    ]


@cache
def _impurities(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(found for node in ast.walk(ast.parse(text)) if (found := _impurity(node)))


def _impurity(node: ast.AST) -> tuple[int, str] | None:
    match node:
        case ast.Constant(value=float() | complex() as value):
            return node.lineno, f"the float {value}"
        case ast.Name(id=name) if name in ENGINE_NAMES:
            return node.lineno, name
        case ast.Attribute(attr=name) if name in ENGINE_ATTRIBUTES:
            return node.lineno, f".{name}"
    return None


def family_names(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "plans").glob("*.y*ml"))


def name_violations(root: Path) -> list[str]:
    """Every place where the code of the engine or the builder names a plan family."""
    families = family_names(root)
    if not families:
        return []
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, families))})\b", re.IGNORECASE)
    return [
        f"{path.relative_to(root)}:{number}: names the family {found[0]}: rules and names are data, in plans/"
        for path in code_files(root, "calculator", "site_builder")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


def code_files(root: Path, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*") if path.suffix in CODE)


def length_violations(root: Path) -> list[str]:
    """Files and functions over their budget, and the JavaScript that a browser is sent, all told."""
    files = code_files(root, *CODE_FOLDERS)
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    long = [
        f"{path.relative_to(root)}: {lines} lines, {FILE_LINES} are allowed: what is the second thing in it?"
        for path, lines in lengths.items()
        if lines > FILE_LINES
    ]
    served = [
        path
        for path in code_files(root, "site_builder/static")
        if path.suffix in (".js", ".mjs") and path.name != LOADER
    ]
    total = sum(lengths[path] for path in served)
    if total > JAVASCRIPT_LINES:
        long.append(f"site_builder/static: {total} lines of JavaScript in all, {JAVASCRIPT_LINES} are allowed")
    return long + [
        f"{path.relative_to(root)}:{line}: {name} has {lines} lines, {FUNCTION_LINES} are allowed"
        for path in files
        if path.suffix == ".py"
        for line, name, lines in _functions(path.read_text("utf-8"))
        if lines > FUNCTION_LINES
    ]


@cache
def _functions(text: str) -> tuple[tuple[int, str, int], ...]:
    """Line, name and number of lines of every function in `text`."""
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return tuple((node.lineno, node.name, (node.end_lineno or 0) - node.lineno + 1) for node in nodes)
