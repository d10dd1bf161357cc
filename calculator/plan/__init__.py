"""The catalogue: what a plan file may say, read strictly into frozen records, every mistake collected with its path."""

from calculator.plan.catalogue import check_references, clauses, read_catalogue, read_regions
from calculator.plan.cursor import Cursor, cut_off
from calculator.plan.family import ACTIONS, read_family
from calculator.plan.lengths import Lengths
from calculator.plan.prices import MINIMUM_LINE
from calculator.plan.records import (
    Addition,
    Adjustment,
    Band,
    Buy,
    BuyTerm,
    Carries,
    Catalogue,
    Condition,
    Credit,
    Dated,
    Entitlement,
    Extension,
    Family,
    Minimum,
    Notice,
    Option,
    Pack,
    Part,
    Plan,
    PlanNote,
    Price,
    PriceRow,
    Rate,
    Reading,
    Renewal,
    Step,
    Tiers,
    Window,
    in_force,
    window_kind,
)  # fmt: skip
from calculator.plan.taxes import Region, Tax, TaxRate

__all__ = [
    "ACTIONS", "MINIMUM_LINE", "Addition", "Adjustment", "Band", "Buy", "BuyTerm", "Carries", "Catalogue", "Condition",
    "Credit", "Cursor", "Dated", "Entitlement", "Extension", "Family", "Lengths", "Minimum", "Notice", "Option", "Pack",
    "Part", "Plan", "PlanNote", "Price", "PriceRow", "Rate", "Reading", "Region", "Renewal", "Step", "Tax", "TaxRate",
    "Tiers",
    "Window", "check_references", "clauses", "cut_off", "in_force", "read_catalogue", "read_family", "read_regions",
    "window_kind",
]  # fmt: skip
