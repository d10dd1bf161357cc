"""The clauses of a family in words, the family's part of the locale data, and what still lacks words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from calculator.money import amount_text
from calculator.plan import Family, Plan, Region, in_force
from site_builder.errors import InputError, Issue, listed
from site_builder.locales import Language, locale_data, spaced, translator
from site_builder.plans import Families, FamilyFile, tax_names
from site_builder.plans.words import FamilyWords, Text
from site_builder.rules.own_units import own_strings, uncountable
from site_builder.rules.plans import ALWAYS, Stretch, plan_sentences
from site_builder.rules.speaker import Speaker, speaker


class Rule(NamedTuple):
    """One clause in words: its dotted name within the family, its plan, a title and what it says.

    `text` is made from the rule's figures, so that it cannot differ from them; `own` is what the plan file adds.
    """

    clause: str
    plan: str
    title: str
    text: str
    own: str


def rules_of(family: Family, words: FamilyWords, language: Language) -> tuple[Rule, ...]:
    """Every clause of a family in words, plan by plan, in the order in which a reader wants them.

    A rule with several dated versions says each with its days. The plan file's own title replaces ours.
    """
    return tuple(_rules(speaker(family, words, language)))


def _rules(voice: Speaker) -> Iterator[Rule]:
    for plan in voice.family.plans.values():
        yield from _plan_rules(voice, plan)


def _plan_rules(voice: Speaker, plan: Plan) -> Iterator[Rule]:
    titles: dict[str, str] = {}
    texts: dict[str, list[tuple[Stretch, str]]] = {}
    for stretch, (clause, title, text) in plan_sentences(voice, plan):
        titles[clause] = title
        _add(texts.setdefault(clause, []), stretch, text)
    for clause, title in titles.items():
        own = voice.words.clauses.get(clause)
        own_title, own_text = (voice.own(own.title), voice.own(own.text)) if own else ("", "")
        text = voice.sentences(*(_dated(voice, stretch, text) for stretch, text in texts[clause]))
        yield Rule(clause, plan.id, own_title or title, text, own_text)


def _add(versions: list[tuple[Stretch, str]], stretch: Stretch, text: str) -> None:
    """Add a version; one that says what the version before it says only lasts longer."""
    if versions and versions[-1][1] == text:
        stretch = Stretch(versions.pop()[0].since, stretch.until)
    versions.append((stretch, text))


def _dated(voice: Speaker, stretch: Stretch, text: str) -> str:
    """A version's text with the days on which it holds; a rule that always holds needs none."""
    if not text or stretch == ALWAYS:
        return text
    since, until = (day.isoformat() if day else None for day in (stretch.since, stretch.until))
    return voice.say("in_force", since=since, until=until, text=text)


def family_data(family: Family, words: FamilyWords, language: Language) -> dict[str, Any]:
    """The family's part of the locale data: names, units, options, packs, clauses, readings, notes. JSON."""
    voice = speaker(family, words, language)
    clauses = {
        rule.clause: {"title": rule.title, "text": voice.sentences(rule.text, rule.own)} for rule in _rules(voice)
    }
    own = own_strings(words, language.lang, voice.locale)
    return {
        **({"strings": own} if own else {}),
        "locale": voice.locale.tag,
        "currency": family.currency,
        "name": voice.own(words.name),
        "vendor": words.vendor,
        "order": list(family.plans),
        "plans": {plan.id: _plan_data(voice, plan) for plan in family.plans.values()},
        "clauses": clauses | _own_notes(voice, clauses),
        "readings": {reading.id: voice.own(reading.text) for reading in words.readings},
        **_next_step(voice),
    }


def _next_step(voice: Speaker) -> dict[str, Any]:
    """Where a reader goes from a quote, for mails: what is pressed, where it leads, and whom a draft is written to."""
    step = voice.words.next_step
    if step is None or not step.link:
        return {}
    return {"next_step": {"label": voice.own(step.label), "link": step.link, "email": step.email}}


def _own_notes(voice: Speaker, clauses: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Words of the plan file for rules that are no clause of a line: its notes."""
    return {
        clause: {"title": voice.own(own.title), "text": voice.own(own.text)}
        for clause, own in voice.words.clauses.items()
        if clause not in clauses
    }


def _plan_data(voice: Speaker, plan: Plan) -> dict[str, Any]:
    options: dict[str, Any] = {}
    words = voice.words.plans.get(plan.id)
    for option in plan.options:
        packs = words.packs if words and option.name == "pack" and plan.packs else {}
        names = {choice: voice.own(packs.get(choice)) or voice.choice(plan, option.name, choice)
                 for choice in option.choices}  # fmt: skip
        options[option.name] = {"label": voice.option_label(plan, option.name), "choices": names}
    return {"name": voice.own(words.name) if words else plan.id, "unit": plan.unit, "options": options}


def tax_text(region: Region, on: date, language: Language, locale: str | None = None) -> str:
    """The taxes of a region in one sentence, as in force on that day."""
    voice = translator(language, locale)
    t = voice.t
    rates = [(tax.code, in_force(tax.rates, on)) for tax in region.taxes or ()]
    known = [(code, row) for code, row in rates if row]
    if not known:
        return t("rule.tax.none")
    taxes = [t("rule.tax.rate", tax=t(f"tax.{code}"), rate=amount_text(row.rate)) for code, row in known]
    key = "rule.tax.rates" if len(taxes) > 1 else "rule.tax.one"
    return t(key, taxes=voice.written(taxes, "text"))


def unlocated(file: FamilyFile, language: Language) -> Issue | None:
    """What is wrong where a plan file declares a locale that the language's folder has no file for."""
    tag = file.words.locales.get(language.lang, language.default)
    if tag in language.locales:
        return None
    place = file.document.value_place(("locales", language.lang))
    why = "amounts, dates and spaces are written as one of the locales of the language's folder says"
    fix = f"write one of {listed(sorted(language.locales))}; it need not be of the family's `country`"
    return file.document.issue(place, f"there is no locale `{tag}`", why, fix)


def unspeakable(file: FamilyFile, language: Language) -> list[Issue]:
    """Why a family cannot be spoken of in a language that it declares: no such locale, or units without a form."""
    astray = unlocated(file, language)
    return [astray] if astray else list(uncountable(file, language))


def unworded(family: Family, words: FamilyWords, language: Language) -> list[str]:
    """What a quote of the family would say as a bare code: `unit.user`, `line.loyalty`, `note.hours`, `tax.…`.

    Words come from the locale's strings, or from `title` (lines, entitlements) or `text` (notes) in the plan file.
    """
    voice = speaker(family, words, language)
    missing = []
    for plan in family.plans.values():
        missing += [key for key, clause, part in _codes(plan) if not _worded(voice, key, clause, part)]
    return sorted(set(missing))


def _codes(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Each code of a plan as the key of its words, the clause that may have them instead, and in which part."""
    yield f"unit.{plan.unit}", "", ""
    for entitlement in plan.entitlements:
        yield f"entitlement_name.{entitlement.code}", f"{plan.id}.entitlements.{entitlement.code}", "title"
    for note in plan.notes:
        yield f"note.{note.code}", f"{plan.id}.notes.{note.code}", "text"
    for row in plan.price:
        for part in row.estimate:
            yield f"line.{part.code}", f"{plan.id}.price.estimate.{part.code}", "title"
    for change in plan.adjustments:
        yield f"line.{change.code}", change.clause, "title"


def _worded(voice: Speaker, key: str, clause: str, part: str) -> bool:
    own = voice.words.clauses.get(clause)
    return bool(voice.texts.find(key) or (own and getattr(own, part)))


def language_data(language: Language, families: Families) -> dict[str, Any]:
    """The locale data of one language with all families that declare it: what `calculator.wire.present` is handed.

    Raises InputError for a family that cannot be spoken of in the language.
    """
    wrong = [
        issue
        for file in families.files.values()
        if language.lang in file.words.locales
        for issue in unspeakable(file, language)
    ]
    if wrong:
        raise InputError(wrong)
    spoken = {
        name: family_data(file.family, file.words, language)
        for name, file in families.files.items()
        if file.family and language.lang in file.words.locales
    }
    return with_taxes(locale_data(language, spoken), language, tax_names(families.region_words))


def with_taxes(data: dict[str, Any], language: Language, names: Mapping[str, Text]) -> dict[str, Any]:
    """The locale data with what files of regions call taxes, in the language, by the taxes' codes."""
    own = {f"tax.{code}": name[language.lang] for code, name in names.items() if language.lang in name}
    if not own:
        return data
    spacing = {tag: language.locales[tag].spacing for tag in data["strings"]}
    strings = {tag: {**held, **{key: spaced(text, spacing[tag]) for key, text in own.items()}}
               for tag, held in data["strings"].items()}  # fmt: skip
    return {**data, "strings": strings}
