"""The tree keeps its layers, names and lengths; and each guard fails on a violation planted in a copy of the tree."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.layers import ASKS_THE_ENGINE, BY_NAME, IMPORTS_BY_NAME, LAYERS, imports, layer_violations
from tests.architecture.limits import (
    FILE_LINES,
    FUNCTION_LINES,
    JAVASCRIPT_LINES,
    engine_violations,
    family_names,
    length_violations,
    name_violations,
)

ROOT = Path(__file__).resolve().parents[2]
Guard = Callable[[Path], list[str]]
GUARDS: tuple[Guard, ...] = (layer_violations, engine_violations, name_violations, length_violations)


@pytest.mark.parametrize("guard", GUARDS)
def test_the_tree_keeps_the_rule(guard: Guard) -> None:
    found = guard(ROOT)
    assert not found, "\n".join(["", *found])


def test_every_name_in_the_table_stands_once() -> None:
    for package, groups in LAYERS.items():
        names = [name for group in groups for name in group]
        assert len(names) == len(set(names)), package
    assert set(ASKS_THE_ENGINE) <= {name for group in LAYERS["site_builder"] for name in group}


@pytest.mark.parametrize("file", IMPORTS_BY_NAME)
def test_an_exception_in_the_table_is_still_one(file: str) -> None:
    assert BY_NAME in [name for _, name in imports((ROOT / file).read_text("utf-8"), ("site_builder",))]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code and the plans, which is for all tests: `copy` plants in it."""
    root = tmp_path_factory.mktemp("tree")
    for folder in ("calculator", "site_builder", "plans"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    return root


class Copy:
    """The copy of the tree, with what was planted in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before: dict[Path, bytes | None] = {}

    def plant(self, file: str, text: str) -> None:
        """Write `text` at the end of `file`, made when it is not there."""
        path = self.root / file
        self.before.setdefault(path, path.read_bytes() if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as end:
            end.write(f"\n{text}\n")

    def clear(self) -> None:
        """Take out what was planted."""
        for path, content in self.before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)


@pytest.fixture
def copy(clean: Path) -> Iterator[Copy]:
    """A copy of the code and the plans, to plant violations in."""
    copy = Copy(clean)
    yield copy
    copy.clear()


@cache
def found_in_the_tree(guard: Guard, root: Path) -> list[str]:
    """What a guard finds in a tree in which nothing is planted."""
    return guard(root)


def new_findings(guard: Guard, copy: Copy, file: str, text: str) -> list[str]:
    """What `guard` finds once `text` is planted and did not find before."""
    before = guard(copy.root) if copy.before else found_in_the_tree(guard, copy.root)
    copy.plant(file, text)
    return [finding for finding in guard(copy.root) if finding not in before]


LAZY = "def f() -> None:\n    {}"
IMPORTS = [
    # file, what is planted there, what the guard says
    ("calculator/money.py", "import calculator.plan", "money imports plan, which stands after it"),
    ("calculator/money.py", "from calculator import plan", "money imports plan, which stands after it"),
    ("calculator/money.py", "from . import plan", "money imports plan, which stands after it"),
    ("calculator/money.py", "from .plan import Plan", "money imports plan, which stands after it"),
    ("calculator/money.py", LAZY.format("from calculator.plan import Plan"), "money imports plan, which"),
    ("calculator/money.py", "from calculator.periods import Term", "money imports periods, its neighbour"),
    ("calculator/money.py", "from calculator import *", "money imports calculator.*, which is in no layer"),
    ("calculator/money.py", "import calculator", "money imports calculator.*, which is in no layer"),
    ("calculator/plan/planted.py", "from ..wire import quote", "plan imports wire, which stands after it"),
    ("calculator/plan/__init__.py", "from ..wire import quote", "plan imports wire, which stands after it"),
    ("calculator/plan/deep/planted.py", "from ...wire import quote", "plan imports wire, which stands after it"),
    ("calculator/__init__.py", "from calculator.wire import quote", "it imports none of them"),
    ("calculator/planted.py", "", "planted is in no layer: give calculator.planted its place"),
    ("calculator/planted/__init__.py", "", "planted is in no layer: give calculator.planted its place"),
    ("calculator/wire.py", "import site_builder.errors", "wire imports site_builder.errors: only"),
    ("calculator/wire.py", "import time", "wire imports time: the engine takes only"),
    ("calculator/wire.py", "import os.path", "wire imports os.path: the engine takes only"),
    ("calculator/wire.py", LAZY.format("from random import random"), "wire imports random.random: the engine"),
    ("calculator/wire.py", "import locale, io", "wire imports locale: the engine takes only"),
    ("calculator/wire.py", "import yaml", "wire imports yaml: the engine takes only"),
    ("calculator/wire.py", "__import__('time')", "imports by name"),
    ("site_builder/errors.py", "from site_builder.sources import load_yaml", "errors imports sources, which"),
    ("site_builder/sources/planted.py", "from ..plans import x", "sources imports plans, which stands after it"),
    ("site_builder/plans/planted.py", "from site_builder.locales import x", "plans imports locales, its neighbour"),
    ("site_builder/build.py", LAZY.format("from .cli import main"), "build imports cli, which stands after it"),
    ("site_builder/serve.py", "from calculator.wire import quote", "serve imports calculator.wire: only"),
    ("site_builder/build.py", "import calculator", "build imports calculator: only"),
    ("site_builder/build.py", "from importlib import import_module\nimport_module('x')", "imports by name"),
    ("site_builder/helpers.py", "", "helpers is in no layer"),
]


@pytest.mark.parametrize(("file", "text", "said"), IMPORTS)
def test_a_planted_import_is_found(copy: Copy, file: str, text: str, said: str) -> None:
    found = new_findings(layer_violations, copy, file, text)
    assert any(finding.startswith(file) and said in finding for finding in found), found


@pytest.mark.parametrize(
    "line",
    [
        "RATE = 0.1",
        "def f(x: float) -> None: ...",
        "def f() -> None:\n    from datetime import date as d\n    d.today()",
        "from datetime import datetime\nCLOCK = datetime.now",
        "def f() -> None:\n    open('x')",
        "def f() -> None:\n    print(1)",
    ],
)
def test_a_planted_float_clock_file_or_print_is_found(copy: Copy, line: str) -> None:
    found = new_findings(engine_violations, copy, "calculator/wire.py", line)
    assert len(found) == 1
    assert "has no place in the engine" in found[0]


@pytest.mark.parametrize(
    "file", ["calculator/wire.py", "site_builder/static/planted.js", "site_builder/templates/x.j2"]
)
def test_a_planted_family_name_is_found(copy: Copy, file: str) -> None:
    copy.plant("plans/planted-family.yaml", "")
    assert "planted-family" in family_names(copy.root)
    found = new_findings(name_violations, copy, file, "# Planted-Family costs more")
    assert [finding.partition(": ")[2][:31] for finding in found] == ["names the family Planted-Family"]
    assert new_findings(name_violations, copy, file, "# unplanted-familyish does not") == []


FUNCTION = "def long() -> None:\n" + "    pass\n" * (FUNCTION_LINES - 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# \n" * FILE_LINES, "lines, 400 are allowed"),
        (FUNCTION + "    pass", "long has 51 lines, 50 are allowed"),
        ("class C:\n    async " + FUNCTION.replace("\n", "\n    ") + "    pass", "long has 51 lines"),
    ],
)
def test_a_planted_length_is_found(copy: Copy, text: str, said: str) -> None:
    found = new_findings(length_violations, copy, "site_builder/planted.py", text)
    assert len(found) == 1
    assert said in found[0]


def test_a_function_and_scripts_within_the_budget_pass(copy: Copy) -> None:
    assert new_findings(length_violations, copy, "site_builder/planted.py", FUNCTION) == []


def test_too_much_javascript_in_all_is_found(copy: Copy) -> None:
    for number in range(JAVASCRIPT_LINES // 300):
        copy.plant(f"site_builder/static/planted{number}.mjs", "//\n" * 299)
    found = new_findings(length_violations, copy, "site_builder/static/one.js", "// one more")
    assert [finding for finding in found if "lines of JavaScript in all, 1200 are allowed" in finding]
