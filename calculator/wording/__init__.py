"""From codes to sentences: an answer of the contract as a sheet of worded rows, and what fills their texts.

Everything comes from locale data handed in: no locale is looked up, no clock read, and nothing is escaped, for a
sheet is plain text.
"""

from calculator.wording.formats import Formats
from calculator.wording.sheet import present
from calculator.wording.texts import Text, Texts, Value, placeholders

__all__ = ["Formats", "Text", "Texts", "Value", "placeholders", "present"]
