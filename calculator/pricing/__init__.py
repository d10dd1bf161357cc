"""What a term costs, as lines that each name the rule behind them and add up to the total."""

from calculator.pricing.adjust import adjustment_lines, check_credits, credit_lines
from calculator.pricing.estimate import estimate_lines
from calculator.pricing.lines import Line, price_lines, price_row, tier_parts
from calculator.pricing.minimum import with_minimum
from calculator.pricing.taxes import TaxLine, tax_lines

__all__ = [
    "Line", "TaxLine", "adjustment_lines", "check_credits", "credit_lines", "estimate_lines", "price_lines",
    "price_row", "tax_lines", "tier_parts", "with_minimum",
]  # fmt: skip
