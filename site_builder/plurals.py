"""Which plural forms a language counts with."""

from functools import cache
from typing import Final

from babel import Locale

from calculator.wording.formats import PLURAL_TABLE

FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR, in its order."""


@cache
def plural_names(tag: str) -> tuple[str, ...]:
    """CLDR's names of the plural forms that whole numbers have in a locale, in the order in which texts give them."""
    used = plural_table(Locale.parse(tag, sep="-"))
    return tuple(form for form in FORMS if form in used)


def plural_table(locale: Locale) -> list[str]:
    """The form that each number takes, up to the end of the table that the calculator looks them up in."""
    return [locale.plural_form(number) for number in range(PLURAL_TABLE)]
