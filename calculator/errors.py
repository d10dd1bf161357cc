"""What can be wrong, as values: problems in a catalogue (for its editor) and refusals of a request (for its sender)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

type Path = tuple[str | int, ...]
type Json = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a plan file: where it is, what is wrong, why that matters, and what to write instead.

    `expected` says what should stand there, for who knows what was written: decimal, date, integer, length or rows; or
    a joint of two windows, the one there and the one before it.
    """

    path: Path
    what: str
    why: str
    fix: str
    expected: str = ""

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.what} ({self.why}); {self.fix}"


class CatalogueError(Exception):
    """The catalogue cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a request gets no quote: a code of the contract, the request's field, and what to say about it."""

    code: str
    field: str
    params: Mapping[str, Json] = attribute(default_factory=dict)


class Refused(Exception):
    """A request gets no quote; carries all the reasons that could be found at once."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(f"{refusal.code} ({refusal.field})" for refusal in refusals))
        self.refusals = refusals
