"""Sentences for what a plan gives, costs and asks, outside its renewal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from calculator.periods import ONE_DAY
from calculator.plan import Band, Buy, Credit, Dated, Entitlement, Notice, Plan
from site_builder.rules.estimates import parts
from site_builder.rules.minimums import minimum
from site_builder.rules.renewals import Sentence, adjustment, renewal
from site_builder.rules.speaker import Speaker


class Stretch(NamedTuple):
    """The days on which a version of a rule holds, both included; None: no bound."""

    since: date | None = None
    until: date | None = None


ALWAYS: Final = Stretch()


def plan_sentences(speaker: Speaker, plan: Plan) -> Iterator[tuple[Stretch, Sentence]]:
    """Every clause of a plan with the days on which it holds; versions of one clause follow each other by date."""
    for sentence in _standing(speaker, plan):
        yield ALWAYS, sentence
    for stretch, buy in _versions(plan.buy):
        for sentence in _buy(speaker, plan, buy):
            yield stretch, sentence
    for stretch, next_term in _versions(plan.renewal):
        for sentence in renewal(speaker, plan, next_term):
            yield stretch, sentence
    for stretch, longer in _versions(plan.extension):
        held = plan.term.months if plan.term and plan.term.months > 1 else None
        text = speaker.say("extension.text", term=held, most=longer.max_months)
        yield stretch, (f"{plan.id}.extension", speaker.say("extension.title"), text)
        yield from ((stretch, adjustment(speaker, plan, change)) for change in longer.adjust)
    for stretch, more in _versions(plan.addition):
        added = speaker.say("addition.text", units=speaker.unit(plan.unit, 2))
        text = speaker.sentences(added, speaker.proration(plan.proration))
        yield stretch, (f"{plan.id}.addition", speaker.say("addition.title"), text)
        yield from ((stretch, adjustment(speaker, plan, change)) for change in more.adjust)
    for sentence in _limits(speaker, plan):
        yield ALWAYS, sentence


def _versions[T: Dated](rules: Sequence[T]) -> Iterator[tuple[Stretch, T]]:
    """Each version with its days: a later one takes over the day it begins."""
    for index, rule in enumerate(rules):
        later = rules[index + 1].since if index + 1 < len(rules) else None
        since = None if rule.since == date.min else rule.since
        yield Stretch(since, later - ONE_DAY if later else None), rule


def _standing(speaker: Speaker, plan: Plan) -> Iterator[Sentence]:
    """What has no versions: prices carry their own dates."""
    if plan.price:
        yield f"{plan.id}.price", speaker.say("price.title"), speaker.price(plan.price, plan.unit, plan.term)
        yield from parts(speaker, plan)
    words = speaker.words.plans.get(plan.id)
    for pack in plan.packs:
        name = speaker.own(words.packs.get(pack.id)) if words else ""
        time = speaker.say("price.pack", minutes=pack.minutes) if pack.minutes else ""
        text = speaker.sentences(time, speaker.price(pack.price, plan.unit, plan.term))
        yield f"{plan.id}.packs.{pack.id}", speaker.say("pack.title", name=name or pack.id), text
    if plan.minimum:
        yield minimum(speaker, plan)
    for entitlement in plan.entitlements:
        title = speaker.texts.first([f"entitlement_name.{entitlement.code}"]) or entitlement.code
        yield f"{plan.id}.entitlements.{entitlement.code}", title, _entitlement(speaker, plan, entitlement)
    if plan.notices:
        yield f"{plan.id}.notices", speaker.say("notices.title"), _notices(speaker, plan.notices)


def _limits(speaker: Speaker, plan: Plan) -> Iterator[Sentence]:
    if plan.horizon_months:
        text = speaker.say("horizon.text", months=plan.horizon_months)
        yield f"{plan.id}.horizon", speaker.say("horizon.title"), text
    if plan.per_customer:
        unit = speaker.unit(plan.unit, plan.per_customer)
        text = speaker.say("limit.text", limit=plan.per_customer, unit=unit)
        yield f"{plan.id}.limit", speaker.say("limit.title"), text
    if plan.not_with or plan.requires_any:
        yield f"{plan.id}.eligibility", speaker.say("eligibility.title"), _eligibility(speaker, plan)


def _eligibility(speaker: Speaker, plan: Plan) -> str:
    texts = []
    for key, names in (("not_with", plan.not_with), ("requires", plan.requires_any)):
        if names:
            plans = speaker.joined([speaker.plan_name(name) for name in names], "eligibility.or")
            texts.append(speaker.say(f"eligibility.{key}", plans=plans))
    return speaker.sentences(*texts)


def _buy(speaker: Speaker, plan: Plan, rule: Buy) -> Iterator[Sentence]:
    lengths = _lengths(speaker, plan, rule)
    starts = speaker.say(f"buy.starts.{rule.starts}") if lengths else speaker.say("buy.no_term")
    price = speaker.price(rule.price, plan.unit, None) if rule.price else ""
    most = plan.max_quantity
    maximum = speaker.say("buy.maximum", maximum=most, unit=speaker.unit(plan.unit, most)) if most else ""
    text = speaker.sentences(starts, lengths, price, maximum)
    yield f"{plan.id}.buy", speaker.say("buy.title"), text
    for credit in rule.credits:
        yield _credit(speaker, credit)
    for change in rule.adjust:
        yield adjustment(speaker, plan, change)


def _lengths(speaker: Speaker, plan: Plan, rule: Buy) -> str:
    """How long the first term is, by the answers that decide it; empty for a plan without a term."""
    if not rule.terms:
        return speaker.say("buy.length", length=speaker.length(plan.term)) if plan.term else ""
    texts = []
    for term in rule.terms:
        length = speaker.length(term.length)
        if term.when:
            condition = speaker.condition(plan, term.when)
            texts.append(speaker.say("buy.length_when", length=length, condition=condition))
        else:
            texts.append(speaker.say("buy.length_else" if texts else "buy.length", length=length))
    return speaker.sentences(*texts)


def _credit(speaker: Speaker, credit: Credit) -> Sentence:
    title = speaker.texts.first([f"line.{credit.code}"])
    title = title or speaker.say("buy.credit_title", plan=speaker.plan_name(credit.plan))
    text = speaker.say("buy.credit", plan=speaker.plan_name(credit.plan), days=credit.within_days)
    return credit.clause, title, text


def _entitlement(speaker: Speaker, plan: Plan, given: Entitlement) -> str:
    amount = ""
    if given.minutes is not None:
        key = "minutes_per_unit" if given.per_unit else "minutes"
        amount = speaker.say(f"entitlement.{key}", minutes=given.minutes, unit=speaker.unit(plan.unit))
    elif given.minutes_from_pack:
        amount = speaker.say("entitlement.from_pack")
    elif given.bands:
        amount = speaker.say("entitlement.bands", bands=_bands(speaker, plan, given.bands))
    elif not given.on_request:
        amount = speaker.say("entitlement.given")
    request = speaker.say("entitlement.on_request") if given.on_request else ""
    return speaker.sentences(amount, request, speaker.say("entitlement.resets") if given.resets else "")


def _bands(speaker: Speaker, plan: Plan, bands: Sequence[Band]) -> str:
    if len(bands) == 1:
        return speaker.say("entitlement.any_quantity", quantity=bands[0].quantity)
    return speaker.enumerated(_band(speaker, plan, band) for band in bands)


def _band(speaker: Speaker, plan: Plan, band: Band) -> str:
    unit = speaker.unit(plan.unit, band.up_to or 0)
    return speaker.say("entitlement.band", quantity=band.quantity, up_to=band.up_to, unit=unit)


def _notices(speaker: Speaker, notices: tuple[Notice, ...]) -> str:
    items = [
        speaker.say("notices.item", days=notice.days_before, months=notice.min_term_months or None)
        for notice in sorted(notices, key=lambda notice: -notice.days_before)
    ]
    return speaker.say("notices.text", days=speaker.listed(items))
