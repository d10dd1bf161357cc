"""Which window a day falls in, what the new term is, and the dates that follow from it."""

from calculator.renewal.dates import deadlines, notices
from calculator.renewal.entitlements import entitlements, lapses
from calculator.renewal.openings import Opening, Span, length_asked, openings, spans
from calculator.renewal.terms import Offer, current_term, offer, window_at

__all__ = [
    "Offer", "Opening", "Span", "current_term", "deadlines", "entitlements", "lapses", "length_asked", "notices",
    "offer", "openings", "spans", "window_at",
]  # fmt: skip
