"""Reads the words of one plan file; the rules between them are left to the engine."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.addresses import split_address
from site_builder.plans.checking import Checker, Spot
from site_builder.plans.example_words import read_examples
from site_builder.plans.list_words import read_comparison, read_exclusions, read_inclusions, read_terms
from site_builder.plans.splitting import clauses_in
from site_builder.plans.unit_words import read_units
from site_builder.plans.words import (
    ClauseWords,
    Comparison,
    FamilyWords,
    NextStep,
    OptionWords,
    PlanWords,
    Reading,
    Text,
)

_REQUIRED: Final = ("country", "locales", "vendor", "name", "summary")
_LOCALE: Final = re.compile(r"([a-z]{2,3})-[A-Z]{2}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_STEPS: Final = ("order", "write", "call")
_MORE: Final = ("text", "url", "email")
"""What a next step may have beside its kind and its label."""


def read_family_words(checker: Checker, id: str, languages: Sequence[str]) -> FamilyWords:
    """The words of the checker's document; its issues go to the checker, with stand-ins in their places.

    `languages` are those of the site; the family must have them all, and may have more.
    """
    family = checker.top
    family.required("the family", _REQUIRED)
    locales = _read_locales(family, languages)
    checker.languages = tuple(locales)
    if not locales:
        return _without_words(family, id)
    plans = family.at("plans")
    return FamilyWords(
        id=id,
        country=_read_country(family),
        locales=locales,
        vendor=_read_vendor(family),
        name=family.text("name", "the family's name"),
        summary=family.text("summary", "the family's summary"),
        support=family.optional_text("support", "the word on whom to turn to"),
        next_step=_read_next_step(family),
        plans={plan: _read_plan(plans.at(plan), plan) for plan in plans.names("a plan")},
        clauses=_read_clauses(checker),
        comparison=read_comparison(family),
        inclusions=read_inclusions(family),
        exclusions=read_exclusions(family),
        terms=read_terms(family),
        readings=_read_readings(checker),
        examples=read_examples(family, id),
        units=read_units(family),
    )


def _without_words(family: Spot, id: str) -> FamilyWords:
    """Stand-in for a family without languages: without them no text can be checked."""
    country, vendor = _read_country(family), _read_vendor(family)
    return FamilyWords(id, country, {}, vendor, {}, {}, None, None, {}, {}, Comparison(), (), (), (), (), ())


def _read_country(family: Spot) -> str:
    if not family.has("country"):
        return ""
    country = family.get("country")
    if isinstance(country, str) and _COUNTRY.fullmatch(country):
        return country
    from site_builder.plans.locale_advice import country_advice  # for mistakes alone

    why = "dates, amounts and spaces are written as that country does"
    fix = country_advice(country if isinstance(country, str) else "")
    family.at("country").mistaken("the country should be its two-letter code", why, fix)
    return ""


def _read_locales(family: Spot, languages: Sequence[str]) -> Mapping[str, str]:
    if not family.has("locales"):
        return {}
    locales = family.at("locales")
    named = family.get("country")
    country = named if isinstance(named, str) and _COUNTRY.fullmatch(named) else ""
    if not isinstance(locales.value, dict):
        _no_table(locales, languages, country)
        return {}
    written = locales.named
    for language, locale in written.items():
        found = _LOCALE.fullmatch(locale) if isinstance(locale, str) else None
        if not found or found.group(1) != language:
            why = "a locale is the language, a hyphen and the country whose formats it follows"
            fix = f"write `{_locale(language, country)}`, say"
            locales.at(language).mistaken(f"this is no locale of `{language}`", why, fix)
    for language in languages:
        if language not in written:
            why = "the site is published in this language"
            fix = f"add `{language}: {_locale(language, country)}`, and its texts"
            family.checker.at_key(("locales",), f"the language `{language}` is missing", why, fix)
    return {language: locale for language, locale in written.items() if isinstance(locale, str)}


def _locale(language: str, country: str) -> str:
    from site_builder.plans.locale_advice import locale_for  # for mistakes alone

    return locale_for(language, country)


def _no_table(locales: Spot, languages: Sequence[str], country: str) -> None:
    """Note that the locales are no mapping, with the one to write."""
    from site_builder.plans.locale_advice import table_for  # for mistakes alone

    why = "each language is given with the country whose formats it follows"
    fix = f"write `{table_for(locales.value, languages, country)}`"
    locales.mistaken("the table of locales should be a mapping", why, fix)


def _read_vendor(family: Spot) -> str:
    vendor = family.at("vendor")
    if isinstance(vendor.value, str) and vendor.value.strip():
        what, why = "the vendor should be a mapping", "it has a key of its own: `name`"
        written = vendor.value.strip().replace("\\", "\\\\").replace('"', '\\"')
        vendor.mistaken(what, why, f'write `{{name: "{written}"}}`')
        return ""
    if not family.has("vendor") or not vendor.keys("the vendor", ("name",)):
        return ""
    return vendor.line("name", "the vendor's name") if vendor.has("name") else ""


def _read_next_step(family: Spot) -> NextStep | None:
    step = family.at("next_step")
    if not family.has("next_step") or not step.keys("the next step", ("kind", "label"), _MORE):
        return None
    return NextStep(
        step.one_of("kind", _STEPS) if step.has("kind") else _STEPS[0],
        step.text("label", "the next step's label"),
        step.optional_text("text", "the next step's text"),
        _read_url(step.at("url")) if step.has("url") else "",
        _read_email(step.at("email")) if step.has("email") else "",
    )


def _read_url(url: Spot) -> str:
    """An address that a button leads to: a page of the web, or a telephone number."""
    text = url.value if isinstance(url.value, str) else ""
    parts = split_address(text)
    web = parts.scheme in ("https", "http") and re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", parts.netloc)
    if re.search(r"[\s<>\"]", text) or not (web or re.fullmatch(r"tel:\+?[0-9-]+", text)):
        fix = "write `url: https://example.org/order`, or `url: tel:+15145550100`"
        if "@" in text:
            fix = f"write `email: {text.removeprefix('mailto:')}`"
        elif re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*)?", text):
            fix = f"write `url: https://{text}`"
        url.mistaken(f"`{url.value}` is not an address that a button can lead to", "readers follow it from here", fix)
    return text


def _read_email(email: Spot) -> str:
    """Whom a reader's quote is written to."""
    from calculator.card import Mailbox, MailError, mailbox  # only here: most families have no address

    text = email.value if isinstance(email.value, str) else ""
    try:
        whom = mailbox("to", text)
    except MailError:
        whom = Mailbox("", "")
    if not whom.address or whom.name:
        near = re.sub(
            r"\s*(?:[(\[{<]\s*(?:at|arobase|chiocciola)\s*[)\]}>]|\s(?:at|arobase|chiocciola)\s)\s*", "@", text
        )
        near = near.replace(" ", "").removeprefix("mailto:")
        meant = near if re.fullmatch(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", near) else "plans@your-company.example"
        fix = f"write `email: {whom.address or meant}`"
        fix += "" if whom.address or meant == near else ", with your own address"
        email.mistaken(f"`{email.value}` is not one address for mail", "readers' quotes are written to it", fix)
    return whom.address


def _read_plan(plan: Spot, id: str) -> PlanWords:
    if isinstance(plan.value, dict):
        plan.required(f"the plan `{id}`", ("name",))
    return PlanWords(
        id=id,
        name=plan.text("name", f"the name of `{id}`"),
        summary=plan.optional_text("summary", f"the summary of `{id}`"),
        audience=plan.optional_text("audience", f"the audience of `{id}`"),
        options={name: _read_option(option, name) for name, option in _mappings(plan, "options", "an option")},
        packs={name: _read_pack(pack, name) for name, pack in _mappings(plan, "packs", "a pack")},
    )


def _mappings(plan: Spot, key: str, what: str) -> list[tuple[str, Spot]]:
    """The mappings below the names below `key`; the engine speaks of what is none."""
    if not plan.has(key):
        return []
    holder = plan.at(key)
    return [(name, holder.at(name)) for name in holder.names(what) if isinstance(holder.get(name), dict)]


def _read_pack(pack: Spot, name: str) -> Text:
    pack.required(f"the pack `{name}`", ("name",))
    return pack.text("name", f"the name of the pack `{name}`")


def _read_option(option: Spot, name: str) -> OptionWords:
    option.required(f"the option `{name}`", ("label",))
    return OptionWords(
        label=option.text("label", f"the label of the option `{name}`"),
        help=option.optional_text("help", f"the help for the option `{name}`"),
        choices=_read_choices(option, name),
    )


def _read_choices(option: Spot, name: str) -> dict[str, Text]:
    """The words of an option's choices: exactly one entry for each choice."""
    choices = option.get("choices")
    known = [choice for choice in choices if isinstance(choice, str)] if isinstance(choices, list) else []
    if not option.has("words"):
        if known:
            option.required(f"the option `{name}`", ("words",))
        return {}
    words = option.at("words")
    if not words.keys(f"the words of the option `{name}`", known):
        return {}
    return {choice: words.text(choice, f"the word for `{choice}`") for choice in known}


def _read_clauses(checker: Checker) -> dict[str, ClauseWords]:
    """The words that rules carry themselves; of several dated versions of a rule the last one's count."""
    found = {}
    for path, clause, rule in clauses_in(checker.document.value):
        if "title" in rule or "text" in rule:
            spot = Spot(checker, rule, path)
            title = spot.optional_text("title", f"the title of `{clause}`")
            found[clause] = ClauseWords(title, spot.optional_text("text", f"the text of `{clause}`"))
    return found


def _read_readings(checker: Checker) -> tuple[Reading, ...]:
    """Our readings; their clauses are checked by the engine, their words and ids here."""
    readings, seen = [], dict[str, Spot]()
    items = checker.top.get("readings")
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        reading = Spot(checker, item, ("readings", index))
        reading.required("the reading", ("text",))
        clauses = item.get("clauses")
        cited = tuple(clause for clause in clauses if isinstance(clause, str)) if isinstance(clauses, list) else ()
        readings.append(Reading(reading.identifier(seen), cited, reading.text("text", "the reading's text")))
    return tuple(readings)
