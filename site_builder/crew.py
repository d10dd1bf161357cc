"""Workers for much of the same work: each keeps what it has read, and is always handed the same items."""

import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, Self

FEW: Final = 12
"""So many items are done here sooner than by others."""


class Crew(AbstractContextManager["Crew"]):
    """Runs methods of `bench` over items: here, or in copies of it, one for each processor.

    Item number n always goes to the same copy, so that a copy finds what it left behind.
    """

    def __init__(self, bench: object, items: int, workers: int | None = None) -> None:
        count = os.process_cpu_count() or 1 if workers is None else workers
        self.bench = bench
        self.lines: list[Connection] = []
        self.processes: list[BaseProcess] = []
        if items > FEW and count > 1 and "fork" in multiprocessing.get_all_start_methods():
            self._hire(count)

    def _hire(self, count: int) -> None:
        context = multiprocessing.get_context("fork")
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(self.bench, theirs), daemon=True)
            process.start()
            theirs.close()
            self.lines.append(ours)
            self.processes.append(process)

    def each(self, method: str, items: Sequence[Any], *shared: object) -> list[Any]:
        """What `bench.method(item, *shared)` gives for each item, in their order."""
        if not self.lines:
            act: Callable[..., Any] = getattr(self.bench, method)
            return [act(item, *shared) for item in items]
        count = len(self.lines)
        for number, line in enumerate(self.lines):
            line.send((method, items[number::count], shared))
        results: list[Any] = [None] * len(items)
        answers = [line.recv() for line in self.lines]
        for number, (done, answer) in enumerate(answers):
            if not done:
                raise RuntimeError(f"a worker of the build failed:\n{answer}")
            results[number::count] = answer
        return results

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for line in self.lines:
            # Later workers hold a copy of this end: closing it alone would tell nobody.
            with suppress(OSError):
                line.send(None)
            line.close()
        for process in self.processes:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()


def _serve(bench: object, line: Connection) -> None:
    """A worker: does what it is told until nobody is there to tell."""
    while True:
        try:
            told = line.recv()
        except EOFError:
            told = None
        if told is None:
            os._exit(0)
        method, items, shared = told
        act: Callable[..., Any] = getattr(bench, method)
        try:
            line.send((True, [act(item, *shared) for item in items]))
        except Exception:
            line.send((False, traceback.format_exc()))
