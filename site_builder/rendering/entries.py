"""A family's part of the pages and lists that show all of them, as the text that stands there.

It is made with the family and kept with it: pages of a thousand families are then put together, not made again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple


class ChangeEntry(NamedTuple):
    """One change: the day from which it holds, its item on the page of changes, and its entry in the feed."""

    since: date
    item: str
    feed: str


class Entry(NamedTuple):
    """A family in one language: its item on the home page, its item for each subject that it has, its changes."""

    home: str
    across: Mapping[str, str]
    changes: tuple[ChangeEntry, ...]


def entry(
    macros: Any, view: Mapping[str, Any], answers: Mapping[str, Any], changes: Iterable[Any], feed: Callable[[Any], str]
) -> Entry:
    """The entry of a family; `macros` are those of `entries.j2` in the language of the page that it stands in."""
    return Entry(
        str(macros.home_item(view)),
        {subject: str(macros.across_item(view, held)) for subject, held in answers.items() if held},
        tuple(ChangeEntry(change.since, str(macros.change_item(change)), feed(change)) for change in changes),
    )


def by_day(entries: Iterable[Entry]) -> dict[date, list[ChangeEntry]]:
    """The changes of all families by their day, the latest first."""
    days: dict[date, list[ChangeEntry]] = {}
    found = [change for one in entries for change in one.changes]
    for change in sorted(found, key=lambda change: change.since, reverse=True):
        days.setdefault(change.since, []).append(change)
    return days
