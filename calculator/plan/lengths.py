"""The lengths of a renewal that a customer chooses from: these alone, or every one from a least one on."""

from collections.abc import Sequence
from dataclasses import dataclass

from calculator.plan.cursor import Cursor

LONGEST = 1200
"""Months of the longest length that can be written."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths in months: those of `only`, rising, or where it is empty every one from `least` on."""

    least: int
    only: tuple[int, ...] = ()

    @property
    def all(self) -> Sequence[int]:
        """Every length that can be chosen, rising."""
        return self.only or range(self.least, LONGEST + 1)

    def offers(self, months: int) -> bool:
        """Whether that length can be chosen."""
        return months in self.only if self.only else months >= self.least

    def usual(self, term: int) -> int:
        """What whoever chooses none gets: the plan's own term where it is offered, else the shortest length."""
        return term if self.offers(term) else self.least


def read_lengths(cursor: Cursor) -> Lengths:
    """`{months: [12, 24, 36]}` or `{min_months: 12}`."""
    if isinstance(cursor.value, list | tuple):
        shown = ", ".join(map(str, cursor.value))
        cursor.problem("a list stands here, where keys with a value should", "lengths have a title and a text besides",
                       f"write `{{months: [{shown}]}}`")  # fmt: skip
        return Lengths(1)
    if cursor.has("max_months") and isinstance(cursor.value, dict):
        fix = "remove it: `months` lists them" if cursor.has("months") else "list them: `months: [12, 24, 36]`"
        cursor.problem("there is no `max_months` here", "lengths are all from one on, or the ones that are listed", fix,
                       at=("max_months",))  # fmt: skip
        rest = {key: value for key, value in cursor.value.items() if key != "max_months"}
        cursor = Cursor(rest, cursor.path, cursor.problems)
        if not rest:
            return Lengths(1)
    section = cursor.mapping((), ("min_months", "months"))
    if section.has("months") and section.has("min_months"):
        section.problem("`months` and `min_months` exclude each other", "the one lists all lengths that there are, the "
                        "other offers every length from one on", "keep one of them", at=("min_months",))  # fmt: skip
    elif section.has("min_months"):
        return Lengths(section.at("min_months").integer(1, LONGEST))
    elif not section.has("months") and section is cursor:  # no keys at all are told by `mapping`
        section.problem("it is not said which lengths there are", "a renewal has the lengths that are listed, or every "
                        "one from a least one on", "add `months: [12, 24, 36]`, or `min_months: 12`")  # fmt: skip
    only = sorted(read_months(section.at("months"))) if section.has("months") else [1]
    return Lengths(only[0], tuple(only))


def read_months(cursor: Cursor) -> tuple[int, ...]:
    """A list of lengths in months, each once; a stand-in where none can be read."""
    if isinstance(cursor.value, int | str) and not isinstance(cursor.value, bool):
        cursor.problem(f"`{cursor.value}` is not a list of lengths", "`months` names all lengths that there are",
                       f"write `[{cursor.value}]`, or all of them: `[12, 24, 36]`")  # fmt: skip
        return (1,)
    found: list[int] = []
    for item in cursor.items():
        months = item.integer(1, LONGEST)
        if item.value in found:
            item.problem(f"`{months}` stands here twice", "each length is offered once", "remove one")
        found.append(months)
    return tuple(found) or (1,)


def read_chosen(cursor: Cursor) -> tuple[int, ...]:
    """The lengths that a rule counts for: one, or a list."""
    return read_months(cursor) if isinstance(cursor.value, list | tuple) else (cursor.integer(1, LONGEST),)
