"""Values as bytes, for the store and between processes: pickles in which a record is its class and its values.

By themselves frozen dataclasses with slots are taken apart and put together field by field in Python, which takes
several times as long.
"""

import dataclasses
import io
import pickle
from collections.abc import Callable
from operator import attrgetter, methodcaller
from typing import Any, Final

type _Reduce = Callable[[Any], Any]

_AS_EVER: Final = methodcaller("__reduce_ex__", pickle.HIGHEST_PROTOCOL)


class _Ways(dict[type, _Reduce]):
    """How objects of each class are taken apart, found out when the first of them is met."""

    def __missing__(self, kind: type) -> _Reduce:
        if issubclass(kind, type):  # classes themselves are packed by their names
            raise KeyError(kind)
        names = _fields(kind)
        way = self[kind] = _way(kind, names) if names else _AS_EVER
        return way


def _fields(kind: type) -> list[str]:
    """The fields of a dataclass with slots that its constructor takes in their order; none of any other class."""
    if not dataclasses.is_dataclass(kind) or "__slots__" not in vars(kind):
        return []
    fields = dataclasses.fields(kind)
    return [field.name for field in fields] if all(field.init and not field.kw_only for field in fields) else []


def _way(kind: type, names: list[str]) -> _Reduce:
    values = attrgetter(*names)
    if len(names) == 1:  # then it gives the value and not a tuple
        return lambda record: (kind, (values(record),))
    return lambda record: (kind, values(record))


class _Packer(pickle.Pickler):
    dispatch_table = _Ways()


def packed(value: object) -> bytes:
    """The value as bytes."""
    data = io.BytesIO()
    _Packer(data, pickle.HIGHEST_PROTOCOL).dump(value)
    return data.getvalue()


unpacked: Final = pickle.loads
"""The value that was packed; classes are looked up by name, as with any pickle."""
