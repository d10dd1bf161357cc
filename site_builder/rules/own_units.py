"""The words that a family brings for its units: as texts of a locale, and whether its languages can count with them."""

from collections.abc import Iterator

from site_builder.errors import Issue, did_you_mean, listed
from site_builder.locales import Language, Locale
from site_builder.plans import FamilyFile, FamilyWords
from site_builder.plurals import plural_names
from site_builder.sources import Path


def own_strings(words: FamilyWords, lang: str, locale: Locale) -> dict[str, str]:
    """The texts `unit.…` and `unit_one.…` that are said instead of the locale's; none for most families."""
    strings = {}
    for unit, spoken in words.units.items():
        if lang not in spoken:
            continue
        forms = [locale.spaced(spoken[lang].get(name, "")) for name in plural_names(locale.tag)]
        strings[f"unit.{unit}"] = f"{{n:{'|'.join(forms)}}}" if len(forms) > 1 else forms[0]
        strings[f"unit_one.{unit}"] = forms[int(locale.formats["plural"][1])]
    return strings


def uncountable(file: FamilyFile, language: Language) -> Iterator[Issue]:
    """Plural forms that the family's own units lack in a language, or have too many; the language has the locale."""
    lang = language.lang
    names = plural_names(file.words.locales[lang])
    for unit, spoken in file.words.units.items():
        path: Path = ("units", unit, lang)
        written, document = spoken.get(lang, {}), file.document
        why = f"numbers in `{lang}` take the forms {listed(names)}"
        lacking = [name for name in names if name not in written]
        for name in lacking:
            what, fix = f"`{unit}` has no word for `{name}` in `{lang}`", f"add `{name}: …`"
            yield document.issue(document.key_place(path), what, why, fix)
        for name in (name for name in written if name not in names):
            near = did_you_mean(name, lacking)
            what, fix = f"`{lang}` does not count with `{name}`", f"did you mean `{near}`?" if near else "leave it out"
            yield document.issue(document.key_place((*path, name)), what, why, fix)


def units_template(unit: str, family: FamilyWords, languages: tuple[str, ...]) -> str:
    """What to write for a unit of one's own, ready to be filled, where a file has no `units` yet."""
    return f"units: {{{unit_template(unit, family, languages)}}}"


def unit_template(unit: str, family: FamilyWords, languages: tuple[str, ...]) -> str:
    """What to write for it below `units`."""
    spoken = [
        f"{lang}: {{{', '.join(f'{name}: …' for name in plural_names(tag))}}}"
        for lang, tag in family.locales.items()
        if lang in languages or not languages
    ]
    return f"{unit}: {{{', '.join(spoken)}}}"
