"""64 KiB of JSON are read and a byte more is not, whatever the bytes are made of."""

import json
from typing import Any

import pytest

from calculator.request import MAX_BYTES
from tests.calculator.asking import codes, refused

BUY = {"plan": "keystroke/orange-care", "action": "buy", "on": "2026-05-01"}
TOO_LARGE = [("out_of_range", "", {"max_bytes": MAX_BYTES})]


def filled(value: Any, size: int) -> dict[str, Any]:
    """A request that holds the value and is so many bytes of JSON, without a space."""
    request = BUY | {"value": value, "filler": ""}
    return request | {"filler": "x" * (size - len(json.dumps(request, separators=(",", ":"))))}


@pytest.mark.parametrize(
    "value",
    [
        "", "a", {}, {"a": "b"}, {"a": "b", "c": "d"}, {"a": {"b": {}}}, [], ["a"], ["a", "b"], [[], [[]], {}], 0, 7,
        [1, 2, 3], 1.5, [0.5] * 9, {"a": [1, {"b": [2.5]}]},
    ],
)  # fmt: skip
def test_every_byte_counts(value: Any) -> None:
    assert codes(filled(value, MAX_BYTES)) == [("unknown_field", "value"), ("unknown_field", "filler")]
    assert refused(filled(value, MAX_BYTES + 1)) == TOO_LARGE


def test_letters_count_by_their_bytes() -> None:
    assert codes(BUY | {"region": "é" * 30_000}) == [("unknown_region", "region")]
    assert refused(BUY | {"region": "é" * 33_000}) == TOO_LARGE
    assert refused(BUY | {"region": "😀" * 16_400}) == TOO_LARGE


@pytest.mark.parametrize(("digits", "fits"), [(60_000, True), (65_000, True), (66_500, False), (70_000, False)])
def test_a_huge_number_counts_by_its_digits(digits: int, fits: bool) -> None:
    """Without being written out, which Python refuses to do; a number within the size is out of the field's range."""
    assert codes(BUY | {"quantity": 10**digits}) == [("out_of_range", "quantity" if fits else "")]
    assert codes(BUY | {"quantity": -(10**digits)}) == [("out_of_range", "quantity" if fits else "")]


def test_nothing_is_left_uncounted_when_the_first_values_fill_the_size() -> None:
    """The last value of an object is counted first: here it fills 64 KiB to the byte, and more is still to come."""
    frame = 2 + 2 * 2 - 1
    request = {"plan": "x/y", "zzz": "x" * (MAX_BYTES - frame - 2)}
    assert refused(request) == TOO_LARGE


@pytest.mark.parametrize("value", [[None] * 16_500, [True] * 33_000, {str(n): None for n in range(7_000)}])
def test_other_values_count_too(value: Any) -> None:
    assert refused(BUY | {"options": value}) == TOO_LARGE
