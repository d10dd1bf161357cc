"""The memory image: one WebAssembly module that holds CPython with the calculator already imported and warmed.

Under Node, Pyodide's CPython imports the calculator, loads the catalogue and the words, and answers a few
questions; then memory, globals and function table are written into the module itself. The browser compiles and
instantiates it, and can ask at once: no file system, no dynamic linking, no import. Functions that no question of
the profile ever reached are replaced by traps; a question that runs into one is asked again of the whole Pyodide.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import wasm
from .tools import Pyodide, run_node

#: Runs of zeros of this many bytes end a data segment; shorter ones cost less as zeros than as a new segment.
ZERO_GAP = 64
#: The program that starts the calculator inside the image.
START = Path(__file__).parent / "image_start.py"
#: What the browser calls, by the names that the loader in worker.js knows them by.
ENTRIES = {
    "malloc": "malloc",
    "free": "free",
    "text": "PyUnicode_FromStringAndSize",
    "utf8": "PyUnicode_AsUTF8AndSize",
    "call": "PyObject_CallOneArg",
    "release": "Py_DecRef",
}


@dataclass(frozen=True)
class State:
    """The running machine as image.mjs wrote it down."""

    memory: bytes
    answer: int  # the address of the Python function that answers
    heap_end: int  # the first address that malloc has not yet asked for
    imported_globals: Sequence[int]
    defined_globals: Mapping[int, int]
    table: Sequence[int]
    report: Mapping[str, list[list[str]]]  # what image_start.py reported: the functions that ran


def capture(pyodide: Pyodide, modules: Mapping[str, bytes], given: Mapping[str, object]) -> State:
    """Runs image_start.py in a fresh CPython that finds `modules` (bytecode by path), and takes its state."""
    original = wasm.parse(pyodide.file("pyodide.asm.wasm").read_bytes())
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "open.wasm").write_bytes(_with_mutable_globals(original).encoded())
        job = {
            "pyodide": str(pyodide.directory),
            "wasm": str(place / "open.wasm"),
            "files": _stored(modules, given, place),
            "start": START.read_text("utf-8"),
            "memory": str(place / "memory"),
            "state": str(place / "state"),
        }
        (place / "job").write_text(json.dumps(job))
        run_node("image.mjs", [place / "job"])
        return _state(json.loads((place / "state").read_text()), (place / "memory").read_bytes())


def _with_mutable_globals(module: wasm.Module) -> wasm.Module:
    """Exports the globals that the module's start sets, so that their values can be read."""
    first = len(module.of_kind(3))
    mutable = [place for place, one in enumerate(module.globals()) if one[1] == 1]
    return wasm.with_exports(module, [wasm.export(f"mutable_global_{one}", 3, first + one) for one in mutable])


def _stored(modules: Mapping[str, bytes], given: Mapping[str, object], place: Path) -> dict[str, str]:
    """Writes the files that Python is to find, and returns where they lie here by where it looks for them."""
    files = {f"/lib/image/{name}": content for name, content in sorted(modules.items())}
    files["/input.json"] = json.dumps(given).encode()
    for number, content in enumerate(files.values()):
        (place / f"file-{number}").write_bytes(content)
    return {name: str(place / f"file-{number}") for number, name in enumerate(files)}


def _state(value: dict[str, Any], memory: bytes) -> State:
    return State(
        memory=memory,
        answer=value["answer"],
        heap_end=value["heapEnd"],
        imported_globals=value["importedGlobals"],
        defined_globals={int(key): one for key, one in value["definedGlobals"].items()},
        table=value["table"],
        report=value["report"] or {},
    )


def assemble(original: wasm.Module, state: State, *, kept: Collection[int] | None = None, marks: bool = False) -> bytes:
    """The self-contained module of that state.

    kept: indices of the functions whose bodies stay (None: all). marks: every function sets an exported global
    `ran_<index>` when it runs, for the profile.
    """
    functions = len(original.of_kind(0))
    old_globals = original.globals()
    imported = [wasm.i32_global(value) for value in state.imported_globals]
    defined = [
        wasm.i32_global(state.defined_globals[place]) if place in state.defined_globals else one
        for place, one in enumerate(old_globals)
    ]
    bodies = len(original.bodies())
    first_mark = len(imported) + len(defined) + 1
    exports = _entries(original)
    more = [wasm.i32_global(state.answer, mutable=False)]
    exports.append(wasm.export("answer", 3, first_mark - 1))
    if marks:
        more += [wasm.i32_global(0)] * bodies
        exports += [wasm.export(f"ran_{functions + one}", 3, first_mark + one) for one in range(bodies)]

    def change(index: int, body: bytes) -> bytes:
        if kept is not None and index not in kept:
            return wasm.TRAP
        return wasm.sized(wasm.marked(body, first_mark + index - functions) if marks else body)

    data = wasm.active_data(state.memory, ZERO_GAP)
    pages = len(state.memory) // 65536
    sections = {
        wasm.TYPE: original.sections[wasm.TYPE],
        wasm.IMPORT: wasm.vector([_short(one, place) for place, one in enumerate(original.of_kind(0))]),
        wasm.FUNCTION: original.sections[wasm.FUNCTION],
        wasm.TABLE: wasm.vector([b"\x70\1" + wasm.u32(len(state.table)) * 2, *_own_tables(original)]),
        wasm.MEMORY: wasm.vector([b"\1" + wasm.u32(pages) + wasm.u32(65536)]),
        wasm.TAG: wasm.vector([one.type for one in original.of_kind(4)]),
        wasm.GLOBAL: wasm.vector(imported + defined + more),
        wasm.EXPORT: wasm.vector(exports),
        wasm.ELEMENT: wasm.vector(wasm.active_elements(state.table)),
        wasm.DATA_COUNT: wasm.u32(len(data)),
        wasm.CODE: wasm.map_bodies(original, change),
        wasm.DATA: wasm.vector(data),
    }
    return wasm.Module(sections).encoded()


def _own_tables(original: wasm.Module) -> list[bytes]:
    """The module's own tables as written: of JavaScript values, and empty, because Python has met none."""
    reader = wasm.Reader(original.sections[wasm.TABLE])
    return [wasm.table_type(reader) for _ in range(reader.u32())]


def _short(one: wasm.Import, place: int) -> bytes:
    """An imported function under a short module name; the few that the loader provides keep their own names."""
    return wasm.Import(b"e", one.name, one.kind, one.type).encoded()


def _entries(original: wasm.Module) -> list[bytes]:
    exports = original.exports()
    found = [wasm.export(ours, *exports[theirs.encode()]) for ours, theirs in ENTRIES.items()]
    return [*found, wasm.export("memory", 2, 0), wasm.export("table", 1, 0)]
