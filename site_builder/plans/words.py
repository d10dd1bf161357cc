"""The words of plan files as frozen records: what pages say around the rules, in every language of a family.

Holds no rule and no number that a price depends on; those are the engine's. Nothing here reads a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

type Text = Mapping[str, str]
"""The same words by language code, one for each language of the family."""

type UnitWords = Mapping[str, Mapping[str, str]]
"""The word for one and for several of a unit: by language, then by plural form (`one`, `other`)."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a reader does with a quote; `kind` is order, write or call.

    `url` is an address on the web, or of a telephone; `email` is whom to write to. Both are empty where there is none.
    """

    kind: str
    label: Text
    text: Text | None
    url: str = ""
    email: str = ""

    @property
    def link(self) -> str:
        """Where the step leads; empty where it leads nowhere."""
        return self.url or (f"mailto:{self.email}" if self.email else "")


@dataclass(frozen=True, slots=True)
class OptionWords:
    """How a form asks for an option; `choices` are the words of its choices, empty for other types."""

    label: Text
    help: Text | None
    choices: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan is called and for whom it is. `packs` holds the names of its packs, by id."""

    id: str
    name: Text
    summary: Text | None
    audience: Text | None
    options: Mapping[str, OptionWords]
    packs: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The plan file's own words for a rule, beside those that the site has for its kind."""

    title: Text | None
    text: Text | None


class Cell(NamedTuple):
    """A cell of the comparison; `kind` is text, yes, no, ask (the answer must be asked for), none or price.

    `price` stands for the plan's price in force, which pages take from the rules.
    """

    kind: str
    text: Text | None = None


class Row(NamedTuple):
    """A row of the comparison with one cell for each plan, in the plans' order."""

    id: str
    title: Text
    cells: Mapping[str, Cell]
    footnote: Text | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the comparison under a title of their own."""

    id: str
    title: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of a family's plans; without groups there is none."""

    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """Something that is in, or out. `plans` are those it holds for.

    For what is out, `answer` says who helps (paid, grace_call, other) and `plan` names a plan that covers it.
    """

    id: str
    text: Text
    plans: tuple[str, ...]
    answer: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A rule in words that no price depends on; `status` is fact (the source says it) or decision (we do)."""

    id: str
    status: str
    text: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """Our reading where the source is silent, and the clauses it was needed for."""

    id: str
    clauses: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Example:
    """A worked quote: `request` as the contract has it, and what its answer must be."""

    id: str
    title: Text
    request: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FamilyWords:
    """All words of one plan file. `locales` gives the locale of each language, in the family's order.

    `units` are words for what its plans count that are said instead of the languages' own.
    """

    id: str
    country: str
    locales: Mapping[str, str]
    vendor: str
    name: Text
    summary: Text
    support: Text | None
    next_step: NextStep | None
    plans: Mapping[str, PlanWords]
    clauses: Mapping[str, ClauseWords]
    comparison: Comparison
    inclusions: tuple[ListItem, ...]
    exclusions: tuple[ListItem, ...]
    terms: tuple[Term, ...]
    readings: tuple[Reading, ...]
    examples: tuple[Example, ...]
    units: Mapping[str, UnitWords] = field(default_factory=dict)

    @property
    def interpreted(self) -> bool:
        """Whether the file follows somebody else's text, as its readings tell; else it is itself the rule."""
        return bool(self.readings)


@dataclass(frozen=True, slots=True)
class RegionWords:
    """What a region is called, where the file says so, where its tax rates come from, and what taxes are called.

    `taxes` are the names of its taxes by their codes, of those that have one.
    """

    code: str
    name: Text | None
    source: str | None
    taxes: Mapping[str, Text] = field(default_factory=dict)
