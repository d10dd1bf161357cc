"""From sources and data to the finished memory image: two profiles, one capture, and everything unused taken out.

1. A first run of the calculator over the profile's questions reports which Python functions they reach.
2. A second run, with bytecode that holds those alone, is captured and wiped of remains (heap.py).
3. The capture, with a mark in every function of WebAssembly, answers the questions again: what ran is kept.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import archives, heap, wasm
from .image import State, assemble, capture
from .tools import Pyodide, run_node

#: How many of the profile's questions the image has answered before it is captured: its caches are then filled.
WARM_UP = 40
#: Python starts with these before any program can watch it.
EARLY = ("encodings/__init__.py", "encodings/aliases.py", "encodings/utf_8.py")

type Question = tuple[str, str]
"""What the calculator's door is asked: a kind, and a payload as JSON text."""


@dataclass(frozen=True)
class Recipe:
    """Everything that an image is made of. The same recipe gives the same image."""

    pyodide: Pyodide
    door: str
    calculator: Mapping[str, bytes]  # sources by path inside an archive
    catalogue_json: str
    locales_json: str
    questions: Sequence[Question]
    worker: Path  # worker.js, whose loader the profile runs with


def make(recipe: Recipe) -> bytes:
    """The image as a WebAssembly module; raises BundleError when the calculator fails in it."""
    original = wasm.parse(recipe.pyodide.file("pyodide.asm.wasm").read_bytes())
    state = _without_remains(_captured(recipe), original)
    kept = _ran(recipe, assemble(original, state, marks=True))
    return assemble(original, state, kept=kept)


def _captured(recipe: Recipe) -> State:
    sources = {**archives.library_sources(recipe.pyodide.file("python_stdlib.zip")), **recipe.calculator}
    report = capture(recipe.pyodide, archives.compiled_bare(sources), _given(recipe, None)).report
    loading, asking = (frozenset((file, name) for file, name in report[part]) for part in ("loading", "asking"))
    files = {file for file, _ in loading | asking}
    modules = {
        **archives.compiled_bare({name: sources[name] for name in sorted(files & sources.keys())}, loading | asking),
        **archives.compiled_bare({name: sources[name] for name in EARLY}),
    }
    return capture(recipe.pyodide, modules, _given(recipe, sorted(asking)))


def _given(recipe: Recipe, used: Sequence[tuple[str, str]] | None) -> dict[str, object]:
    """What image_start.py is handed: to profile (used is None), or to prepare the image that is captured."""
    return {
        "door": recipe.door,
        "catalogue": recipe.catalogue_json,
        "locales": recipe.locales_json,
        "questions": recipe.questions if used is None else recipe.questions[:WARM_UP],
        "used": used,
    }


def _without_remains(state: State, original: wasm.Module) -> State:
    named = dict(zip((one.name for one in original.of_kind(3)), state.imported_globals, strict=True))
    start, end = named[b"__heap_base"], state.heap_end
    memory = heap.wiped(
        state.memory,
        heap_start=start,
        heap_end=end,
        stack_low=named[b"__stack_low"],
        stack_pointer=named[b"__stack_pointer"],
    )
    return replace(state, memory=memory)


def _ran(recipe: Recipe, marked: bytes) -> frozenset[int]:
    """The indices of the functions that the profile's questions reach in the marked image."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "image.wasm").write_bytes(marked)
        job = {
            "worker": str(recipe.worker),
            "image": str(place / "image.wasm"),
            "questions": recipe.questions,
            "ran": str(place / "ran"),
        }
        (place / "job").write_text(json.dumps(job))
        run_node("profile.mjs", [place / "job"])
        return frozenset(json.loads((place / "ran").read_text()))
