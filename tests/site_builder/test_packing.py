"""Packed values come back as they were, and records as their class and their values."""

import pickle
import pickletools
from collections import ChainMap
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from site_builder.caching import Store
from site_builder.packing import packed, unpacked


@dataclass(frozen=True, slots=True)
class One:
    only: object


@dataclass(frozen=True, slots=True)
class Two:
    first: object
    second: object = ()


@dataclass(frozen=True, slots=True)
class Below(Two):
    third: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    first: int
    second: int


@dataclass(slots=True)
class Counted:
    first: int
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.first


@dataclass(frozen=True)
class WithoutSlots:
    first: int


class Colour(Enum):
    RED = "red"


class Pair(NamedTuple):
    left: int
    right: int


RECORDS = (One((1, 2)), One(None), Two(1), Two(One("é"), [Two(2)]), Below(1, 2, 3))
OTHERS = (ByName(first=1, second=2), Counted(3), WithoutSlots(1), Colour.RED, Pair(1, 2), date(2026, 1, 1))
PLAIN = (Fraction(1, 3), Path("a/b"), ChainMap({"a": 1}), Colour, Two, {"a": frozenset({1})}, None, b"c")


@pytest.mark.parametrize("value", [*RECORDS, *OTHERS, *PLAIN], ids=repr)
def test_values_come_back_as_they_were(value: Any) -> None:
    assert unpacked(packed([value])) == [value]


@pytest.mark.parametrize("record", RECORDS, ids=repr)
def test_records_are_their_class_and_their_values(record: object) -> None:
    assert "BUILD" in {step.name for step, _, _ in pickletools.genops(pickle.dumps(record, 5))}
    assert "BUILD" not in {step.name for step, _, _ in pickletools.genops(packed(record))}


def test_what_an_object_without_slots_holds_beside_its_fields_stays() -> None:
    value = WithoutSlots(1)
    vars(value)["beside"] = 2
    assert vars(unpacked(packed(value))) == {"first": 1, "beside": 2}


def test_what_is_there_twice_is_packed_once() -> None:
    shared = Two("x" * 1000)
    one, two = unpacked(packed([shared, Two(shared)]))
    assert two.first is one


def test_a_record_that_has_other_fields_now_counts_as_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    assert store.put("kind", "key", Two(1, 2))
    assert store.get("kind", "key") == Two(1, 2)
    monkeypatch.setitem(globals(), "Two", One)
    assert store.get("kind", "key") is None
