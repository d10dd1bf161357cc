"""Wipes from a memory image what no program can read any more: freed blocks, and the stack below its pointer.

Freed memory keeps its last content, which costs bytes to send and differs with every detail of the start. The
layout walked here is that of dlmalloc (Emscripten's malloc.c) on a 32-bit machine; Pyodide's CPython is built without
an allocator of its own. A walk that meets something else than it expects raises LayoutError: wiping on a guess could
damage the image.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from site_builder.errors import BundleError

_IN_USE = 0b10
_FLAGS = 0b111
_SMALL = 256  # a free chunk below this size holds two links, from it on a tree's node of 32 bytes
_FENCE = 64  # no more than this remains behind the topmost chunk


class LayoutError(BundleError):
    """The memory is not laid out as this module expects."""


def wiped(content: bytes, *, heap_start: int, heap_end: int, stack_low: int, stack_pointer: int) -> bytes:
    """The memory without remains. heap_end is what sbrk(0) returns; the stack grows down towards stack_low."""
    memory = bytearray(content)
    _wipe(memory, stack_low, stack_pointer)
    for address, size, in_use in chunks(content, heap_start, heap_end):
        if not in_use:
            _wipe(memory, address + (16 if size < _SMALL else 32), address + size)
    return bytes(memory)


def _wipe(memory: bytearray, start: int, end: int) -> None:
    """Zeroes [start, end)."""
    if end > start:
        memory[start:end] = bytes(end - start)


def chunks(memory: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Address, size and use of each chunk, the topmost too; the heap must be one unbroken row of them."""
    at = start
    while end - at > _FENCE:
        (head,) = unpack_from("<I", memory, at + 4)
        size = head & ~_FLAGS
        if size < 16 or at + size > end:
            raise LayoutError(f"no chunk of malloc at {at:#x} (heap {start:#x} to {end:#x})")
        yield at, size, bool(head & _IN_USE)
        at += size
