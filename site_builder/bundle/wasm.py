"""Reads and writes WebAssembly modules, as far as turning a running CPython into one self-contained module needs.

The module format is that of the WebAssembly core specification, chapter 5. Function bodies are handled as wholes:
kept, replaced by a trap, or begun with a mark for the profile; what stands inside them is never parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

CUSTOM, TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEMENT, CODE, DATA, DATA_COUNT, TAG = range(14)
#: The order in which sections must stand; it is not that of their numbers.
ORDER = (CUSTOM, TYPE, IMPORT, FUNCTION, TABLE, MEMORY, TAG, GLOBAL, EXPORT, START, ELEMENT, DATA_COUNT, CODE, DATA)
HEADER = b"\0asm\1\0\0\0"
#: A body without locals that does nothing but trap: size, no locals, unreachable, end.
TRAP = b"\3\0\0\x0b"
_I32 = 0x7F


def u32(value: int) -> bytes:
    """An unsigned LEB128 number."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def s32(value: int) -> bytes:
    """A signed LEB128 number; a value of 2**31 or more is taken as the 32 bits of a negative one."""
    value -= (value >> 31 & 1) << 32 if value >= 0 else 0
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)


def read_u32(data: bytes) -> int:
    """The unsigned LEB128 number that the bytes are."""
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(data))


def read_s32(data: bytes) -> int:
    """The signed LEB128 number that the bytes are."""
    value = read_u32(data)
    return value - (1 << 7 * len(data)) if data[-1] & 0x40 else value


def sized(content: bytes) -> bytes:
    """The content after its own length, as names, bodies and sections are written."""
    return u32(len(content)) + content


def vector(items: Collection[bytes]) -> bytes:
    """The items after their number."""
    return u32(len(items)) + b"".join(items)


class Reader:
    """Walks over a module's bytes."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def byte(self) -> int:
        """The next byte."""
        self.at += 1
        return self.data[self.at - 1]

    def u32(self) -> int:
        """The next unsigned LEB128 number."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def since(self, start: int) -> bytes:
        """The bytes from `start` up to here."""
        return self.data[start : self.at]


@dataclass(frozen=True)
class Import:
    """One import: of which kind (function 0, table 1, memory 2, global 3, tag 4), and its type as written."""

    module: bytes
    name: bytes
    kind: int
    type: bytes

    def encoded(self) -> bytes:
        """The import as the section holds it."""
        return sized(self.module) + sized(self.name) + bytes([self.kind]) + self.type


@dataclass
class Module:
    """A module taken apart into its sections. Of custom sections only the first is kept: what the linker says."""

    sections: dict[int, bytes]
    imports: list[Import] = field(init=False)

    def __post_init__(self) -> None:
        self.imports = list(_imports(self.sections[IMPORT]))

    def of_kind(self, kind: int) -> list[Import]:
        """The imports of that kind, in the order of their indices."""
        return [one for one in self.imports if one.kind == kind]

    def bodies(self) -> list[bytes]:
        """The bodies of the defined functions, without their sizes, in the order of their indices."""
        reader = Reader(self.sections[CODE])
        return [reader.take(reader.u32()) for _ in range(reader.u32())]

    def globals(self) -> list[bytes]:
        """The defined globals as written: type, mutability, and a constant expression."""
        reader = Reader(self.sections[GLOBAL])
        return [_global(reader) for _ in range(reader.u32())]

    def exports(self) -> dict[bytes, tuple[int, int]]:
        """Kind and index of each export."""
        reader = Reader(self.sections[EXPORT])
        return {reader.take(reader.u32()): (reader.byte(), reader.u32()) for _ in range(reader.u32())}

    def encoded(self) -> bytes:
        """The module as a file."""
        parts = (bytes([one]) + sized(self.sections[one]) for one in ORDER if one in self.sections)
        return HEADER + b"".join(parts)


def parse(data: bytes) -> Module:
    """Takes a module apart; raises ValueError when the bytes are none."""
    if not data.startswith(HEADER):
        raise ValueError("not a WebAssembly module")
    reader, sections = Reader(data, len(HEADER)), dict[int, bytes]()
    while reader.at < len(data):
        number = reader.byte()
        content = reader.take(reader.u32())
        sections.setdefault(number, content)
    return Module(sections)


def _imports(content: bytes) -> Iterator[Import]:
    reader = Reader(content)
    for _ in range(reader.u32()):
        module, name, kind = reader.take(reader.u32()), reader.take(reader.u32()), reader.byte()
        start = reader.at
        _skip_type(reader, kind)
        yield Import(module, name, kind, reader.since(start))


def _skip_type(reader: Reader, kind: int) -> None:
    if kind == 3:  # a global: value type, mutability
        reader.take(2)
        return
    if kind in (1, 4):  # a table's element type, a tag's attribute
        reader.byte()
    first = reader.u32()  # a type's index, or the flags of limits
    if kind in (1, 2):
        for _ in range(1 + (first & 1)):
            reader.u32()


def table_type(reader: Reader) -> bytes:
    """The next table's type as written: element type and limits."""
    start = reader.at
    _skip_type(reader, 1)
    return reader.since(start)


def _global(reader: Reader) -> bytes:
    start = reader.at
    reader.take(2)
    if reader.byte() != 0x41:  # i32.const, the only one that this linker writes
        raise ValueError("a global starts from something else than an i32 constant")
    reader.u32()
    if reader.byte() != 0x0B:
        raise ValueError("a global's expression does not end")
    return reader.since(start)


def i32_constant(written: bytes) -> int:
    """The value of a global as `Module.globals` gives it."""
    return read_s32(written[3:-1])


def i32_global(value: int, mutable: bool = True) -> bytes:
    """A global of that value."""
    return bytes([_I32, mutable, 0x41]) + s32(value) + b"\x0b"


def export(name: str, kind: int, index: int) -> bytes:
    """One entry of the export section."""
    return sized(name.encode()) + bytes([kind]) + u32(index)


def marked(body: bytes, global_index: int) -> bytes:
    """The body, setting a global to 1 before anything else: how a profile learns that the function ran."""
    reader = Reader(body)
    for _ in range(reader.u32()):
        reader.u32()
        reader.byte()
    return body[: reader.at] + b"\x41\1\x24" + u32(global_index) + body[reader.at :]


def active_elements(table: Sequence[int]) -> list[bytes]:
    """Element segments that fill the table's slots with functions; -1 leaves one empty."""
    runs: list[tuple[int, list[int]]] = []
    for slot, function in enumerate(table):
        if function < 0:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == slot:
            runs[-1][1].append(function)
        else:
            runs.append((slot, [function]))
    return [b"\0\x41" + s32(at) + b"\x0b" + vector([u32(one) for one in found]) for at, found in runs]


def active_data(memory: bytes, gap: int) -> list[bytes]:
    """Data segments for everything in the memory but runs of at least `gap` zeros."""
    segments, at, zeros = [], 0, bytes(gap)
    while at < len(memory):
        if memory[at] == 0:
            at += len(memory[at : at + 65536]) - len(memory[at : at + 65536].lstrip(b"\0"))
            continue
        end = memory.find(zeros, at)
        end = len(memory) if end < 0 else end
        segments.append(b"\0\x41" + s32(at) + b"\x0b" + sized(memory[at:end]))
        at = end
    return segments


def with_exports(module: Module, more: Iterable[bytes]) -> Module:
    """The module with further export entries."""
    added = list(more)
    reader = Reader(module.sections[EXPORT])
    count = reader.u32()
    content = u32(count + len(added)) + module.sections[EXPORT][reader.at :] + b"".join(added)
    return Module({**module.sections, EXPORT: content})


def map_bodies(module: Module, change: Callable[[int, bytes], bytes]) -> bytes:
    """A code section whose bodies are those that `change(function index, body)` returns, sizes included."""
    first = len(module.of_kind(0))
    bodies = module.bodies()
    return u32(len(bodies)) + b"".join(change(first + place, body) for place, body in enumerate(bodies))
