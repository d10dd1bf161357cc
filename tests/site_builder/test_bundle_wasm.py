"""Reading and writing WebAssembly: numbers, sections, bodies, memory."""

from __future__ import annotations

from struct import pack

import pytest

from site_builder.bundle import heap, wasm

# (module (import "e" "f" (func)) (global i32 (i32.const 7)) (func (export "run") (local i32) nop))
SMALL = wasm.Module(
    {
        wasm.TYPE: b"\1\x60\0\0",
        wasm.IMPORT: wasm.vector([wasm.Import(b"e", b"f", 0, b"\0").encoded()]),
        wasm.FUNCTION: b"\1\0",
        wasm.GLOBAL: wasm.vector([wasm.i32_global(7, mutable=False)]),
        wasm.EXPORT: wasm.vector([wasm.export("run", 0, 1)]),
        wasm.CODE: wasm.vector([wasm.sized(b"\1\1\x7f\1\x0b")]),
    }
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "00"),
        (63, "3f"),
        (64, "c000"),
        (-1, "7f"),
        (-64, "40"),
        (-65, "bf7f"),
        (2**31, "8080808078"),
        (624485, "e58e26"),
    ],
)
def test_signed_numbers(value: int, written: str) -> None:
    assert wasm.s32(value).hex() == written


@pytest.mark.parametrize(("value", "written"), [(0, "00"), (127, "7f"), (128, "8001"), (624485, "e58e26")])
def test_unsigned_numbers(value: int, written: str) -> None:
    assert wasm.u32(value).hex() == written
    assert wasm.Reader(wasm.u32(value)).u32() == value


def test_a_module_survives_taking_apart_and_putting_together() -> None:
    data = SMALL.encoded()
    module = wasm.parse(data)
    assert module.encoded() == data
    assert module.exports() == {b"run": (0, 1)}
    assert [(one.module, one.name) for one in module.imports] == [(b"e", b"f")]
    assert module.globals() == [wasm.i32_global(7, mutable=False)]
    assert module.bodies() == [b"\1\1\x7f\1\x0b"]


def test_what_is_no_module_is_refused() -> None:
    with pytest.raises(ValueError, match="not a WebAssembly module"):
        wasm.parse(b"<html>")


def test_a_mark_stands_behind_the_locals() -> None:
    assert wasm.marked(SMALL.bodies()[0], 200) == b"\1\1\x7f" + b"\x41\1\x24\xc8\1" + b"\1\x0b"


def test_a_removed_body_traps() -> None:
    assert wasm.map_bodies(SMALL, lambda index, _: wasm.TRAP) == b"\1" + b"\3\0\0\x0b"


def test_data_skips_zeros() -> None:
    memory = bytes(70) + b"ab\0c" + bytes(64) + b"d" + bytes(9)
    assert wasm.active_data(memory, 64) == [
        b"\0\x41" + wasm.s32(70) + b"\x0b" + wasm.sized(b"ab\0c"),
        b"\0\x41" + wasm.s32(138) + b"\x0b" + wasm.sized(b"d" + bytes(9)),
    ]


def test_elements_leave_empty_slots_empty() -> None:
    assert wasm.active_elements([-1, 5, 300, -1, 6]) == [b"\0\x41\1\x0b\2\5\xac\2", b"\0\x41\4\x0b\1\6"]


def chunk(size: int, in_use: bool, fill: bytes) -> bytes:
    return pack("<II", 0, size | (2 if in_use else 0)) + fill * (size - 8)


def test_freed_blocks_and_the_dead_stack_are_wiped_and_nothing_else() -> None:
    used, small, large, top = (
        chunk(32, True, b"u"),
        chunk(32, False, b"s"),
        chunk(512, False, b"l"),
        chunk(64, False, b"t"),
    )
    memory = b"k" * 16 + used + small + used + large + used + top + bytes(40)
    wiped = heap.wiped(memory, heap_start=16, heap_end=len(memory), stack_low=0, stack_pointer=8)
    links = 8  # a free block's first bytes are dlmalloc's, and stay
    expected = (
        bytes(8) + b"k" * 8 + used
        + small[: 8 + links] + bytes(16)
        + used
        + large[:32] + bytes(480)
        + used
        + top[: 8 + links] + bytes(48)
        + bytes(40)
    )  # fmt: skip
    assert wiped == expected


def test_a_heap_of_another_layout_is_not_touched() -> None:
    with pytest.raises(heap.LayoutError):
        heap.wiped(bytes(200), heap_start=0, heap_end=200, stack_low=0, stack_pointer=0)
