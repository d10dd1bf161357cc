"""What the rules of a plan file say in a language: a title and a sentence for each clause, and the family's names.

Decides how rules read; leaves where they are shown to the pages, and which exist to `calculator.plan`.
"""

from site_builder.rules.data import (
    Rule,
    family_data,
    language_data,
    rules_of,
    tax_text,
    unspeakable,
    unworded,
    with_taxes,
)
from site_builder.rules.own_units import own_strings, unit_template, units_template
from site_builder.rules.renewals import when as days_in_words

__all__ = [
    "Rule",
    "days_in_words",
    "family_data",
    "language_data",
    "own_strings",
    "rules_of",
    "tax_text",
    "unit_template",
    "units_template",
    "unspeakable",
    "unworded",
    "with_taxes",
]
