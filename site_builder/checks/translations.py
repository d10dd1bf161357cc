"""Texts that are the same in two languages, or that stand where words in another language would."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from site_builder.checks.texts import texts, warn
from site_builder.errors import Issue
from site_builder.plans import FamilyFile

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_TODO: Final = re.compile(r"\b(TODO|FIXME|TBD|XXX|à traduire|to translate|lorem ipsum)\b", re.IGNORECASE)
_ENOUGH: Final = 4
"""Equal texts of fewer words are taken for names."""


def translation_warnings(file: FamilyFile) -> Iterator[Issue]:
    """Suspiciously equal translations, and texts that say of themselves that they are not written yet."""
    for path, said in texts(file):
        for (first, text), (second, other) in combinations(said.items(), 2):
            if text.strip() == other.strip() and len(_WORD.findall(text)) >= _ENOUGH:
                yield warn(
                    file, (*path, second), f"the text is the same in `{first}` and `{second}`",
                    "a text of several words seldom is: it may have been copied to be translated later",
                    f"translate it into `{second}`",
                )  # fmt: skip
        for lang, text in said.items():
            if left := _TODO.search(text):
                yield warn(
                    file, (*path, lang), f"the text says `{left[0]}`", "the page would show it",
                    "write the text as readers should see it",
                )  # fmt: skip
