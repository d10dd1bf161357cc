"""The catalogue as frozen records: what a plan file says, once it has been found right.

Days of a window count from the expiry: day 0 is the last covered day, day 1 the first day after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from calculator.periods import Length, Proration
from calculator.plan.lengths import Lengths
from calculator.plan.taxes import Region

type Condition = Mapping[str, bool | str]


class Dated(Protocol):
    """Whatever is in force from a day on, until a later one of its kind takes over."""

    @property
    def since(self) -> date:
        """The first day in force."""


def in_force[T: Dated](rows: Sequence[T], on: date) -> T | None:
    """The row in force on that day; None when the first one starts later. Rows are in order of their dates."""
    found = None
    for row in rows:
        if row.since <= on:
            found = row
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One tier: up to that many units (included; None: any number more) at this amount each."""

    up_to: int | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Tiers:
    """Prices by quantity: `graduated` (each unit at its own tier's price) or `volume` (all at the last tier's)."""

    mode: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount or a factor, fixed or chosen by the value of an option."""

    fixed: Decimal | None
    by: str = ""
    cases: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an estimate. Exactly one of `rate`, `factor` and `percent` is set.

    rate: `quantity` (an option) x `times` (options) x `multiple` x rate. factor: what the running amount of part `on`
    becomes when multiplied, for `share` per cent of it (an option) or for all. percent: of the finished part `of`.
    """

    code: str
    when: Condition
    rate: Rate | None = None
    quantity: str = ""
    times: tuple[str, ...] = ()
    multiple: int = 1
    factor: Rate | None = None
    share: str = ""
    on: str = ""
    percent: Decimal | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price in force from `since` on: an amount per unit and term, or tiers, an estimate, or on request."""

    since: date
    amount: Decimal | None = None
    tiers: Tiers | None = None
    estimate: tuple[Part, ...] = ()
    on_request: bool = False
    illustrative: bool = False


type Price = tuple[PriceRow, ...]


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least that an order by one of these actions costs, before fees and taxes, in force from `since` on."""

    since: date
    amount: Decimal
    actions: tuple[str, ...]
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A line on top of the price: a percentage of the lines named in `of`, a dated fee, or arrears.

    `missed_percent` is the share of the price of the days between the expiry and the new term that is owed. A fee that
    is `prorated` is that of a year. It counts only where the options are as `when` says, and for renewals of the
    lengths in `months` (none named: all).
    """

    code: str
    clause: str
    when: Condition = field(default_factory=dict)
    percent: Decimal | None = None
    of: tuple[str, ...] = ()
    fee: Price = ()
    per_unit: bool = True
    prorated: bool = False
    missed_percent: Decimal | None = None
    months: tuple[int, ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether it hangs on what a customer chooses: on an answer, or on the length."""
        return bool(self.when or self.months)


@dataclass(frozen=True, slots=True)
class Credit:
    """The price of another plan, paid on the day that option `paid_on` gives, comes off within so many days."""

    code: str
    clause: str
    plan: str
    paid_on: str
    within_days: int


@dataclass(frozen=True, slots=True)
class Carries:
    """Unused time goes over to the next term: `usage` is the option listing minutes used, counted in steps."""

    usage: str
    step_minutes: int


def window_kind(name: str) -> str:
    """What a window is by its name: `early`, `on_time`, `grace` or `late`, bands of the plan's own being either."""
    kind = name.partition("_")[0]
    return kind if kind in ("early", "late") else name


@dataclass(frozen=True, slots=True)
class Window:
    """What a renewal paid from day `from_day` to `until_day` after expiry (both included; None: no bound) gives."""

    id: str
    clause: str
    from_day: int | None
    until_day: int | None
    starts: str
    ends: str
    align_months: int | None = None
    carries: Carries | None = None
    adjust: tuple[Adjustment, ...] = ()

    @property
    def kind(self) -> str:
        """`early`, `on_time`, `grace` or `late`."""
        return window_kind(self.id)


@dataclass(frozen=True, slots=True)
class Renewal:
    """The rules of the next term, in force from `since` on; the windows tile all days, but for the last one's end.

    Early ones come first, if any; `on_time` ends on the last covered day, day 0; all others begin after it. `lengths`
    is None where the next term is as long as the plan's.
    """

    since: date
    windows: tuple[Window, ...]
    lengths: Lengths | None = None
    billed_months_before: int | None = None
    adjust: tuple[Adjustment, ...] = ()

    def usual(self, term: Length) -> Length:
        """How long the next term is where no length is asked for: as the plan's, or else the shortest on offer."""
        return Length(months=self.lengths.usual(term.months)) if self.lengths and term.months else term


@dataclass(frozen=True, slots=True)
class BuyTerm:
    """The first term's length when the options are as `when` says."""

    when: Condition
    length: Length


@dataclass(frozen=True, slots=True)
class Buy:
    """The rules of a first purchase, in force from `since` on. No terms: the plan's own."""

    since: date
    starts: str = "on_purchase"
    terms: tuple[BuyTerm, ...] = ()
    price: Price = ()
    credits: tuple[Credit, ...] = ()
    adjust: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """Whole months on top of a running term, each at the term's price divided by its months.

    `max_months` is the most that can be added at a time; None: no limit but the plan's horizon.
    """

    since: date
    adjust: tuple[Adjustment, ...] = ()
    max_months: int | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """More units in mid-term, from the day of purchase to the expiry, at the term's price prorated."""

    since: date
    adjust: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """One size of a plan: its price and the minutes in its bank (0: none)."""

    id: str
    price: Price
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """A question of the plan's own, put for the listed actions."""

    name: str
    type: str
    actions: tuple[str, ...]
    optional: bool = False
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    required_with: Condition | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """From the band before up to so many units (included; None: any number more), this quantity."""

    up_to: int | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a term gives, beyond the plan itself."""

    code: str
    minutes: int | None = None
    per_unit: bool = False
    minutes_from_pack: bool = False
    bands: tuple[Band, ...] = ()
    resets: bool = False
    on_request: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder so many days before the last covered day; only for terms of at least `min_term_months`."""

    days_before: int
    min_term_months: int = 0


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A remark that goes with quotes for these actions, in these windows (none named: all)."""

    code: str
    actions: tuple[str, ...]
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: its price and the rules of each action it offers (an empty tuple: not offered)."""

    id: str
    unit: str
    term: Length | None
    proration: Proration
    price: Price
    minimum: tuple[Minimum, ...]
    packs: tuple[Pack, ...]
    options: tuple[Option, ...]
    max_quantity: int | None
    per_customer: int | None
    not_with: tuple[str, ...]
    requires_any: tuple[str, ...]
    horizon_months: int | None
    entitlements: tuple[Entitlement, ...]
    notices: tuple[Notice, ...]
    notes: tuple[PlanNote, ...]
    buy: tuple[Buy, ...]
    renewal: tuple[Renewal, ...]
    extension: tuple[Extension, ...]
    addition: tuple[Addition, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that the plan offers, in the contract's order; `status` comes with having a term."""
        offered = {"buy": self.buy, "renew": self.renewal, "extend": self.extension, "add": self.addition}
        return (*(name for name, rules in offered.items() if rules), *(("status",) if self.term else ()))

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """All adjustments of all versions of the plan's rules."""
        found = [buy.adjust for buy in self.buy]
        for renewal in self.renewal:
            found += [renewal.adjust, *(window.adjust for window in renewal.windows)]
        found += [extension.adjust for extension in self.extension]
        found += [addition.adjust for addition in self.addition]
        return tuple(rule for rules in found for rule in rules)


@dataclass(frozen=True, slots=True)
class Reading:
    """A decision where the source is silent: said with quotes that used a clause, where all conditions hold.

    The conditions, none by default: these days late; one of these plans held; these days of the month; options as
    given; so many days since the day that an option names.
    """

    id: str
    clauses: tuple[str, ...]
    days_late: tuple[int, ...] = ()
    holds: tuple[str, ...] = ()
    days_of_month: tuple[int, ...] = ()
    options: Condition = MappingProxyType({})
    days_since: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Family:
    """The plans of one organisation, in one currency."""

    id: str
    currency: str
    tax_region: str | None
    plans: Mapping[str, Plan]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All families and regions, under the fingerprint of the data they came from."""

    fingerprint: str
    families: Mapping[str, Family]
    regions: Mapping[str, Region]

    def plan(self, name: str) -> tuple[Family, Plan] | None:
        """The plan called `family/plan`, with its family; None when there is none."""
        family_id, _, plan_id = name.partition("/")
        family = self.families.get(family_id)
        plan = family.plans.get(plan_id) if family else None
        return (family, plan) if family and plan else None
