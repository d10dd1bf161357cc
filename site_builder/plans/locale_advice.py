"""The locale that an editor is advised to write for a language, and languages without words: only mistakes ask."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global

from site_builder.errors import Issue, listed
from site_builder.sources import Document, Value

_LOCALES: Final = Path(__file__).parents[1] / "locales"
_LEARNS: Final = "how the program learns a language, from its source: `clairplan guide add-a-language`"
_COUNTRIES: Final = {"en": "GB"}
"""Where a language with words of its own is at home, if its country is not called as it is."""
_NAMED: Final = re.compile(r"\b([a-z]{2,3})(?:[-_][A-Za-z]{2})?\b")


def locale_for(language: str, country: str) -> str:
    """A locale of the language that there is: that of the country (empty where it is unknown), else the usual one."""
    usual = get_global("likely_subtags").get(language, "").rpartition("_")[2] or country or language.upper()
    places = (country, _COUNTRIES.get(language, language.upper()), usual)
    found = sorted(path.stem for path in (_LOCALES / language).glob(f"{language}-*.yaml"))
    return next((tag for place in places if (tag := f"{language}-{place}") in found), f"{language}-{usual}")


def table_for(written: Value, languages: Iterable[str], country: str) -> str:
    """The table of locales for the site's languages and for those that are named in what was written instead."""
    named = written if isinstance(written, list) else [written]
    said = [code for one in named if isinstance(one, str) and len(one) < 60 for code in _NAMED.findall(one)]
    spoken = dict.fromkeys([*said, *languages]) or {"fr": None}
    return f"{{{', '.join(f'{language}: {locale_for(language, country)}' for language in spoken)}}}"


def languages_there() -> list[str]:
    """The languages that the program has words of."""
    return sorted(path.name for path in _LOCALES.iterdir() if path.is_dir() and not path.name.startswith("_"))


def without_unspoken(issues: Sequence[Issue], document: Document, languages: Iterable[str]) -> list[Issue]:
    """The issues, but for a language that the program has no words of: one issue in place of all that it lacks."""
    left = list(issues)
    for language in languages:
        lacking = [issue for issue in left if issue.what.endswith(f" is missing in `{language}`")]
        if not lacking or language in languages_there():
            continue
        left = [issue for issue in left if issue not in lacking]
        called = Locale("en").languages.get(language)
        what = f"there is no {called} (`{language}`) here" if called else f"there is no language `{language}` here"
        why = f"the words around yours are the program’s, which has them in {listed(languages_there())}"
        place = document.key_place(("locales", language))
        left.append(document.issue(place, what, why, f"take `{language}` out of `locales`; {_LEARNS}"))
    return left


def country_advice(written: str) -> str:
    """The advice to write the code of a country that is named in a language that has words of its own; else one."""
    name = written.strip().casefold()
    if len(name) == 2 and name.upper() in Locale("en").territories:
        return f"write `{name.upper()}`"
    if codes := get_global("territory_aliases").get(written.strip().upper()):  # of three letters, or of digits
        return f"write `{codes[0]}`"
    for language in languages_there():
        for code, called in Locale(language).territories.items():
            if len(code) == 2 and called.casefold() == name:
                return f"write `{code}`"
    return "write two capitals, such as `CA`"
