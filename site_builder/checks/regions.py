"""What readers of files of regions would stumble over: rates that are a slip, codes and names as programs have them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from site_builder.checks.texts import line_ranges
from site_builder.errors import Issue
from site_builder.locales import Language
from site_builder.plans import Families, tax_names
from site_builder.sources import Document, Path

_MOST: Final = 50
"""Per cent above which no country taxes what is sold here."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""A name for programs: readers would stumble over it."""


def region_warnings(families: Families, spoken: Sequence[str], languages: Mapping[str, Language]) -> Iterator[Issue]:
    """Warnings about all files of regions, for a site with quotes in these languages."""
    named = tax_names(families.region_words)
    for document in families.region_documents:
        for path, tax in taxes_in(document):
            yield from _rates(document, path, tax)
            if str(tax.get("code", "")) not in named:
                yield from _code(document, path, str(tax.get("code", "")), spoken, languages)
        for lang in spoken:
            yield from _names(document, lang)


def named_regions(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The regions of a file that say something, by their codes."""
    regions: Any = document.at(("regions",))
    yield from ((code, region) for code, region in regions.items() if isinstance(region, dict))


def taxes_in(document: Document) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Their taxes, each with its path."""
    for code, region in named_regions(document):
        for index, tax in enumerate(region.get("taxes") or ()):
            yield ("regions", code, "taxes", index), tax


def _rates(document: Document, path: Path, tax: dict[str, Any]) -> Iterator[Issue]:
    """Rates that a lost decimal point may have made."""
    for index, row in enumerate(tax["rates"]):
        rate = str(row["rate"])
        if float(rate) > _MOST:
            where = document.value_place((*path, "rates", index, "rate"))
            why, fix = (
                "taxes on sales are lower: a decimal point may be missing",
                f'write `rate: "{float(rate) / 10:g}"`',
            )
            yield document.issue(where, f"a tax of {rate} %", why, f"{fix}, if that was meant")


def _code(
    document: Document, path: Path, code: str, spoken: Sequence[str], languages: Mapping[str, Language]
) -> Iterator[Issue]:
    """A code that no language has words for, and that is none itself."""
    known = any(f"tax.{code}" in languages[lang].texts for lang in spoken if lang in languages)
    if not known and _SLUG.fullmatch(code):
        name, each = re.sub(r"[-_.]", " ", code).capitalize(), ", ".join(f"{lang}: …" for lang in spoken)
        yield document.issue(
            document.value_place((*path, "code")), f"the tax `{code}` would be shown as “{code}”",
            "a code that no language has words for is shown as it is written",
            f'write what customers call it, such as `code: "{name}"`, or below it `name: {{{each}}}`',
        )  # fmt: skip


def _names(document: Document, lang: str) -> Iterator[Issue]:
    """States, provinces and the like that are named in other languages alone: pages would show letters."""
    names = [(code, region["name"]) for code, region in named_regions(document) if "-" in code and "name" in region]
    lacking = [code for code, name in names if lang not in name]
    if not lacking:
        return
    first = lacking[0]
    places = [document.key_place(("regions", code, "name")) for code in lacking]
    part = first.partition("-")[2]
    many = f"the names of {len(lacking)} regions are" if lacking[1:] else f"the name of `{first}` is"
    lines = f"; they are in {line_ranges(sorted({place.line for place in places}))}" if lacking[1:] else ""
    yield document.issue(
        places[0], f"{many} missing in `{lang}`" + (f"; the first: `{first}`" if lacking[1:] else ""),
        f"the site speaks it, and its pages would show the country and “({part})”{lines}", f"add `{lang}: …`",
    )  # fmt: skip
