"""Changes the calculator in thousands of small ways, one at a time, and counts the changes that no test notices.

    python -m scripts.mutants                     those without a verdict: a run goes on where it was stopped
    python -m scripts.mutants --again             once more those that no test noticed, and those that ran too long
    python -m scripts.mutants periods renewal     once more those of these modules
    python -m scripts.mutants --show [periods]    no run: each mutant that lives, as a change of lines

mutmut makes the mutants, in mutants/, and notes which tests reach which function. The tests are collected once: each
mutant is a fork of that one process, in which these tests run up to one that fails: first those that killed most
mutants of the same function, then the quickest. That costs a fraction of a second, a start of pytest would cost two.
"""

import argparse
import ast
import difflib
import gc
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import mutmut.__main__ as program
import pytest
from _pytest.config import _prepareconfig
from mutmut.mutation import trampoline
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd
from mutmut.workers.isolation import ForkRunner

from scripts.environment import ROOT, stop

MUTANTS: Final = ROOT / "mutants"
KILLERS: Final = MUTANTS / "killers.txt"
QUIET: Final = ("--rootdir=.", "-x", "-qq", "--tb=native", "--capture=no")
MARK: Final = " # type: ignore # mutmut generated"
"""What mutmut writes behind each function that it makes; it is taken out of what readers are shown."""

KILLED, TOO_LONG, NOT_YET = "killed", "timeout", "not checked"


class Mutant(NamedTuple):
    """One change: its full name, the module it is in, and what became of it."""

    name: str
    file: Path
    verdict: str

    @property
    def lives(self) -> bool:
        """Whether it was tried and no test noticed it."""
        return self.verdict not in (KILLED, TOO_LONG, NOT_YET)


def mutants(modules: list[str]) -> list[Mutant]:
    """The mutants of the last run in these modules of calculator/ (none: in all)."""
    wanted = tuple(f"calculator.{module}." for module in modules) or ("",)
    found = []
    for meta in sorted(MUTANTS.glob("calculator/**/*.meta")):
        file = meta.with_suffix("").relative_to(MUTANTS)
        for name, code in json.loads(meta.read_text("utf-8"))["exit_code_by_key"].items():
            if name.startswith(wanted):
                found.append(Mutant(name, file, str(status_by_exit_code[code])))
    return found


class Killers:
    """Which test killed a mutant of a function: a line each, written by the fork in which it did."""

    def __init__(self, mutant: str) -> None:
        self.function = mutant.rpartition("__mutmut_")[0]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            with KILLERS.open("a", encoding="utf-8") as file:
                file.write(f"{self.function} {report.nodeid}\n")

    def first(self, tests: Iterable[str]) -> list[str]:
        lines = KILLERS.read_text("utf-8").splitlines() if KILLERS.exists() else []
        kills = Counter(
            test for function, _, test in (line.partition(" ") for line in lines) if function == self.function
        )
        return sorted(tests, key=lambda test: -kills[test])


class Collected(PytestRunner):
    """Collects once; from then on `run_tests` may only be called in a fork, which ends after it."""

    session: Any = None

    def collect(self) -> None:
        trampoline.set_mutant_under_test("")
        with change_cwd("mutants"):
            chosen = (*self._pytest_add_cli_args, *self._pytest_add_cli_args_test_selection)
            config = _prepareconfig([*QUIET, *chosen])
            config._do_configure()
            self.session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=self.session)
            config.hook.pytest_collection(session=self.session)
        self.items = {item.nodeid: item for item in self.session.items}

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if self.session is None:
            return super().run_tests(mutant_name=mutant_name, tests=tests)
        gc.disable()  # it would copy the memory that the fork shares
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        killers = Killers(mutant_name or "")
        self.session.config.pluginmanager.register(killers)
        # Asked by every function of the calculator that is called: not from the environment each time.
        vars(trampoline)["get_mutant_under_test"] = lambda: mutant_name
        self.session.items = [self.items[test] for test in killers.first(tests)]
        with change_cwd("mutants"):
            try:
                self.session.config.hook.pytest_runtestloop(session=self.session)
            except self.session.Failed:
                return 1
        return int(self.session.testsfailed > 0)


class Forks(ForkRunner):
    """mutmut's own forks, of a process that has collected."""

    def startup(self) -> None:
        assert isinstance(self.test_runner, Collected)
        self.test_runner.collect()
        super().startup()


def run(names: list[str], children: int) -> None:
    """Run mutmut on the mutants of these names, which may hold `*` (none: on all without a verdict)."""
    vars(program)["get_mutant_runner"] = lambda _=None: Forks(children, Collected())
    program._run(names, children)


def changes(living: list[Mutant]) -> Iterator[str]:
    """What the mutants of one module change, each under its name."""
    source = (MUTANTS / living[0].file).read_text("utf-8").replace(MARK, "")
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    lines = source.splitlines()

    def body(name: str) -> list[str]:
        node = functions[name]
        return [line.replace(name, "…") for line in lines[node.lineno - 1 : node.end_lineno]]

    for mutant in living:
        short = mutant.name.rpartition(".")[2]
        plain = short.rpartition("__mutmut_")[0]
        yield f"\n{mutant.name}" + ("" if mutant.verdict == "survived" else f" ({mutant.verdict})")
        for line in difflib.unified_diff(body(f"{plain}__mutmut_orig"), body(short), n=0, lineterm=""):
            if not line.startswith(("---", "+++", "@@")):
                yield f"  {line}"


def table(found: list[Mutant]) -> Iterator[str]:
    """Each module's mutants, how many live, ran too long or wait, and the share that the tests killed."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant in found:
        for key in (mutant.file.as_posix(), "all"):
            counts[key].update(["made", mutant.verdict, *(["alive"] if mutant.lives else [])])
    yield f"{'module':<38} {'mutants':>7} {'alive':>6} {'too long':>9} {'not yet':>8} {'killed':>7}"
    for module, count in sorted(counts.items(), key=lambda entry: entry[0] == "all"):
        tried = count["made"] - count[NOT_YET]
        share = f"{100 * count[KILLED] / tried:.1f}%" if tried else "-"
        yield f"{module:<38} {count['made']:>7} {count['alive']:>6} {count[TOO_LONG]:>9} {count[NOT_YET]:>8} {share:>7}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="modules of calculator/, such as periods or renewal.terms")
    parser.add_argument("--again", action="store_true", help="those that no test noticed, and those that ran too long")
    parser.add_argument("--show", action="store_true", help="do not run; show each change that lives")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 2, help="how many at a time")
    asked = parser.parse_args()
    if asked.again:
        run(
            [mutant.name for mutant in mutants(asked.modules) if mutant.verdict not in (KILLED, NOT_YET)],
            asked.children,
        )
    elif not asked.show:
        run([f"calculator.{module}.*" for module in asked.modules], asked.children)
    found = mutants(asked.modules)
    if not found:
        stop("there are no mutants yet.", "Run `make mutants` first: it makes them.")
    if asked.show:
        for file in dict.fromkeys(mutant.file for mutant in found):
            if living := [mutant for mutant in found if mutant.file == file and mutant.lives]:
                print("\n".join(changes(living)))
    print("\n" + "\n".join(table(found)))


if __name__ == "__main__":
    main()
