"""Workers for much of the same work: each keeps what it has read, and is always handed the same items."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from site_builder.packing import packed, unpacked

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

FEW: Final = 12
"""So many items are done here sooner than by others."""


class Item(Protocol):
    """Something to do, with the name by which it is known in every step."""

    @property
    def id(self) -> str:
        """Its name."""


class Crew(AbstractContextManager["Crew"]):
    """Runs methods of `bench` over items: here, or in copies of it, one for each processor.

    Copies are made when there is much to do for the first time. An item always goes to the same copy, so that a copy
    finds what it left behind.
    """

    def __init__(self, bench: object, workers: int | None = None) -> None:
        count = os.process_cpu_count() or 1 if workers is None else workers
        self.bench = bench
        self.count = count if hasattr(os, "fork") else 1
        self.lines: list[Connection] = []
        self.processes: list[BaseProcess] = []
        self.places: dict[str, int] = {}

    def _hire(self) -> None:
        import multiprocessing  # only here: most builds have little to do

        context = multiprocessing.get_context("fork")
        for _ in range(self.count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(self.bench, theirs), daemon=True)
            process.start()
            theirs.close()
            self.lines.append(ours)
            self.processes.append(process)

    def each(self, method: str, items: Sequence[Item], *shared: object) -> list[Any]:
        """What `bench.method(item, *shared)` gives for each item, in their order."""
        if self.count > 1 and not self.lines and len(items) > FEW:
            self._hire()
        if not self.lines:
            act: Callable[..., Any] = getattr(self.bench, method)
            return [act(item, *shared) for item in items]
        handed: list[list[int]] = [[] for _ in self.lines]
        for index, item in enumerate(items):
            handed[self.places.setdefault(item.id, len(self.places) % self.count)].append(index)
        busy = [(line, indices) for line, indices in zip(self.lines, handed, strict=True) if indices]
        told = packed(shared)
        for line, indices in busy:
            line.send_bytes(packed((method, [items[index] for index in indices])))
            line.send_bytes(told)
        results: list[Any] = [None] * len(items)
        answers = [unpacked(line.recv_bytes()) for line, _ in busy]
        for (_, indices), (done, answer) in zip(busy, answers, strict=True):
            if not done:
                raise RuntimeError(f"a worker of the build failed:\n{answer}")
            for index, result in zip(indices, answer, strict=True):
                results[index] = result
        return results

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for line in self.lines:
            # Later workers hold a copy of this end: closing it alone would tell nobody.
            with suppress(OSError):
                line.send_bytes(packed(None))
            line.close()
        for process in self.processes:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()


def _serve(bench: object, line: "Connection") -> None:
    """A worker: does what it is told until nobody is there to tell."""
    while True:
        try:
            told = unpacked(line.recv_bytes())
            shared = unpacked(line.recv_bytes()) if told else ()
        except EOFError:
            told = None
        if told is None:
            os._exit(0)
        method, items = told
        act: Callable[..., Any] = getattr(bench, method)
        try:
            line.send_bytes(packed((True, [act(item, *shared) for item in items])))
        except Exception:
            import traceback

            line.send_bytes(packed((False, traceback.format_exc())))
