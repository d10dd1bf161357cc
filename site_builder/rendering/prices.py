"""What a plan costs, as the price board says it: amount, unit, period, tax, and the day from which it holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.money import amount_text
from calculator.plan import Adjustment, Family, Plan, PriceRow, Region, Renewal, Step, Tiers, in_force
from calculator.pricing import tier_parts
from site_builder.plans import PlanWords, Text
from site_builder.rendering.minimums import minimum_now, minimum_of_a_term, minimums_ahead
from site_builder.rendering.voice import Voice


class PriceView(NamedTuple):
    """One price, of one unit. `words`: the amount is no number; `aside`: it says what else there is.

    `tiers`: what units cost in larger numbers; `span`: the least and the most of these; `later`: prices to come.
    """

    amount: str
    words: bool = False
    unit: str = ""
    illustrative: bool = False
    tiers: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    aside: bool = False
    span: str = ""


class PlanView(NamedTuple):
    """One plan of the board; `meta` are the small lines under its prices.

    `hint` is the price in one short phrase, `hint_unit` what one pays it for (empty where it is no number).
    `minimum` is the least that an order costs, in a phrase of its own; empty where there is none. `fees` are those that
    come on top of a first purchase in any case.
    """

    id: str
    name: str
    audience: str
    summary: str
    prices: tuple[PriceView, ...]
    meta: tuple[str, ...]
    hint: str
    hint_unit: str
    minimum: str = ""
    fees: tuple[str, ...] = ()

    @property
    def illustrative(self) -> bool:
        """Whether one of the prices is an example."""
        return any(price.illustrative for price in self.prices)


def plan_view(
    plan: Plan, words: PlanWords, family: Family, clauses: Mapping[str, Any], voice: Voice, on: date
) -> PlanView:
    """The plan with the prices in force on that day; `clauses` have the titles of its rules."""
    if plan.packs:
        prices = tuple(_pack_prices(plan, words, family, voice, on))
    else:
        prices = (_price(plan.price, plan, family, voice, on, _unit(plan, voice)),)
    titles = {rule.clause: clauses.get(rule.clause, {}).get("title") or rule.code for _, rule in _first_fees(plan, on)}
    fees = tuple(_fee(fee, rule, titles[rule.clause], plan, family, voice) for fee, rule in _first_fees(plan, on))
    meta = (*fees, *_lengths(plan, voice, on), *_since(plan, voice, on))
    unit = "" if all(price.words for price in prices) else _unit(plan, voice)
    if unit and any(price.span for price in prices):
        unit = voice.ui("price.by_quantity", unit=unit)
    least, ahead = minimum_now(plan, family, voice, on), tuple(minimums_ahead(plan, family, voice, on))
    return PlanView(
        plan.id, voice.plain(words.name), voice.plain(words.audience), voice.plain(words.summary),
        _with_minimums(prices, least, ahead), meta, _hint(prices, voice), _at_least(unit, plan, family, voice, on),
        least, fees,
    )  # fmt: skip


def _with_minimums(prices: tuple[PriceView, ...], least: str, ahead: tuple[str, ...]) -> tuple[PriceView, ...]:
    """The prices with the minimum of an order and those to come: below a single price, else after all of them."""
    said = tuple(filter(None, (least,)))
    if len(prices) == 1 and not prices[0].words:
        price = prices[0]
        return (price._replace(tiers=(*price.tiers, *said), later=(*price.later, *ahead)),)
    return (*prices, *(PriceView(text, words=True, aside=True) for text in (*said, *ahead)))


def _at_least(unit: str, plan: Plan, family: Family, voice: Voice, on: date) -> str:
    """What one pays a price for, with the least that an order of it comes to."""
    least = minimum_of_a_term(plan, on)
    return voice.ui("home.at_least", unit=unit, amount=voice.money(least, family.currency)) if unit and least else unit


def _fee(amount: Decimal, rule: Adjustment, title: str, plan: Plan, family: Family, voice: Voice) -> str:
    """What a first purchase adds to the price in any case."""
    unit, key = unit_word(plan, voice) if rule.per_unit else None, "yearly" if rule.prorated else "first"
    return voice.ui(f"price.{key}_fee", title=title, amount=voice.money(amount, family.currency), unit=unit)


def _hint(prices: Sequence[PriceView], voice: Voice) -> str:
    """An amount, from the lowest pack or tier to the highest, or words."""
    numbers = [price.amount for price in prices if not price.words]
    if len(numbers) > 1:
        return voice.ui("price.range", low=numbers[0], high=numbers[-1])
    return prices[0].span or prices[0].amount


def _pack_prices(plan: Plan, words: PlanWords, family: Family, voice: Voice, on: date) -> Iterator[PriceView]:
    """A price for each pack that has one; the others together in one line."""
    asked = 0
    for pack in plan.packs:
        row = in_force(pack.price, on)
        if row is None or row.on_request:
            asked += 1
            continue
        name = voice.plain(words.packs.get(pack.id)) or pack.id
        yield _price(pack.price, plan, family, voice, on, ", ".join(filter(None, (name, term(plan, voice)))))
    if asked == len(plan.packs):
        yield PriceView(voice.ui("price.on_request"), words=True)
    elif asked:
        yield PriceView(voice.ui("price.others_on_request"), words=True, aside=True)


def _price(rows: tuple[PriceRow, ...], plan: Plan, family: Family, voice: Voice, on: date, unit: str) -> PriceView:
    row = in_force(rows, on)
    if row is None or row.on_request:
        return PriceView(voice.ui("price.on_request"), words=True)
    if row.estimate:
        return PriceView(voice.ui("price.estimate"), True, voice.ui("price.estimate_unit"), row.illustrative)
    later = tuple(
        _later(next_row, plan, family, voice)
        for next_row in rows
        if next_row.since > on and not next_row.on_request and not next_row.estimate
    )
    if row.tiers:
        first = voice.money(_of_last(row.tiers, 1), family.currency)
        tiers = tuple(_tiers(row.tiers, plan, family, voice))
        return PriceView(first, False, unit, row.illustrative, tiers, later, span=_span(row.tiers, plan, family, voice))
    amount = amount_of(row, plan, family, voice)
    return PriceView(amount, row.amount == 0, "" if row.amount == 0 else unit, row.illustrative, (), later)


def _later(row: PriceRow, plan: Plan, family: Family, voice: Voice) -> str:
    """A price to come, with its day; before several amounts, the day comes first."""
    amount, date = amount_of(row, plan, family, voice), row.since.isoformat()
    if row.tiers and len(row.tiers.steps) > 1:
        return voice.ui("price.later_tiers", tiers=amount, date=date)
    return voice.ui("price.later", amount=amount, date=date)


def _tiers(tiers: Tiers, plan: Plan, family: Family, voice: Voice) -> Iterator[str]:
    """What a unit costs from the second tier on, as far as so many may be asked for.

    Whose price it is differs: with volume tiers that of all units, with graduated ones of those that come on top.
    """
    unit = unit_word(plan, voice)
    for most, amount in _further(tiers, plan):
        count = most + 1 if tiers.mode == "volume" else most
        said = voice.money(amount, family.currency)
        yield voice.ui(f"price.tier_{tiers.mode}", amount=said, unit=unit, n=count)


def _further(tiers: Tiers, plan: Plan) -> Iterator[tuple[int, Decimal]]:
    """The last unit of each tier but the last, as far as so many may be asked for, and what the next one costs."""
    for step in tiers.steps[:-1]:
        most = step.up_to or 0
        if plan.max_quantity is None or most < plan.max_quantity:
            yield most, _of_last(tiers, most + 1)


def _span(tiers: Tiers, plan: Plan, family: Family, voice: Voice) -> str:
    """What a unit costs at least and at most; empty where all cost the same."""
    amounts = [_of_last(tiers, 1), *(amount for _, amount in _further(tiers, plan))]
    low, high = (voice.money(amount, family.currency) for amount in (min(amounts), max(amounts)))
    return "" if low == high else voice.ui("price.range", low=low, high=high)


def _of_last(tiers: Tiers, quantity: int) -> Decimal:
    """What the last of so many units costs, as a quote would have it."""
    *_, part = tier_parts(tiers, 0, quantity)
    return part.amount


def amount_of(row: PriceRow, plan: Plan, family: Family, voice: Voice) -> str:
    """A row's amount in words: free of charge, an amount, or that of each tier of the plan's units."""
    amount = row.amount
    if row.tiers:
        if len(row.tiers.steps) > 1:
            return enumerated([_step(step, plan, family, voice) for step in row.tiers.steps], voice)
        amount = row.tiers.steps[0].amount
    if amount is None:
        return voice.ui("price.estimate" if row.estimate else "price.on_request")
    return voice.ui("price.free") if amount == 0 else voice.money(amount, family.currency)


def _step(step: Step, plan: Plan, family: Family, voice: Voice) -> str:
    unit = voice.quote(f"unit.{plan.unit}", n=step.up_to or 0) or plan.unit
    return voice.ui("price.step", amount=voice.money(step.amount, family.currency), up_to=step.up_to, unit=unit)


def enumerated(items: Sequence[str], voice: Voice) -> str:
    """`a ; b ; c`: amounts have commas of their own."""
    return voice.quote("rule.join").join(items)


def term(plan: Plan, voice: Voice) -> str:
    """How long a term is: `1 an`, `3 mois`, `30 jours`; empty without one."""
    if plan.term is None:
        return ""
    if plan.term.days:
        return voice.ui("price.days", n=plan.term.days)
    months = plan.term.months
    return voice.ui("price.months", n=months) if months % 12 else voice.ui("price.years", n=months // 12)


def unit_word(plan: Plan, voice: Voice) -> str:
    """One of what the plan counts."""
    return voice.quote(f"unit_one.{plan.unit}") or plan.unit


def _unit(plan: Plan, voice: Voice) -> str:
    """What one pays the price for: `par utilisateur et par an`."""
    unit = unit_word(plan, voice)
    if plan.term is None:
        return voice.ui("price.per_unit", unit=unit)
    if plan.term.months == 12:
        return voice.ui("price.per_year", unit=unit)
    if plan.term.months == 1:
        return voice.ui("price.per_month", unit=unit)
    return voice.ui("price.per_unit_term", unit=unit, term=term(plan, voice))


def _lengths(plan: Plan, voice: Voice, on: date) -> Iterator[str]:
    """The lengths of a renewal to choose from, each with the percentage that everyone gets who takes it."""
    renewal = in_force(plan.renewal, on)
    if renewal and renewal.lengths and renewal.lengths.only:
        said = [length_with_change(months, str(months), renewal, voice) for months in renewal.lengths.only]
        yield voice.ui("price.lengths", lengths=voice.either(said), n=renewal.lengths.only[-1])


def length_with_change(months: int, said: str, renewal: Renewal | None, voice: Voice) -> str:
    """A length as it is said, and the percentages that everyone gets who takes it: `24 (−10 %)`."""
    rules = renewal.adjust if renewal else ()
    changes = [change.percent for change in rules if months in change.months and not change.when]
    percents = [voice.translator.written(amount_text(percent), "percent") for percent in changes if percent]
    return voice.ui("price.length_changed", length=said, percents=voice.listed(percents)) if percents else said


def _since(plan: Plan, voice: Voice, on: date) -> tuple[str, ...]:
    """Since when the prices hold, and that a plan has no term."""
    rows = [in_force(price, on) for price in (plan.price, *(pack.price for pack in plan.packs)) if price]
    days = {row.since for row in rows if row and not row.on_request}
    meta = [voice.ui("price.in_force", date=max(days).isoformat())] if days else []
    return (*meta, *([voice.ui("price.no_term")] if plan.term is None else []))


def tax_note(
    family: Family, regions: Mapping[str, Region], name: str, voice: Voice, on: date, called: Mapping[str, Text]
) -> str:
    """Which taxes come on top for the family's own region, called `name`, at the rates of that day.

    `called` are the names of taxes that files of regions have, by code.
    """
    region = regions.get(family.tax_region or "")
    if region is None or region.taxes is None:
        return voice.ui("price.tax_none")
    taxes = []
    for tax in region.taxes:
        rate = in_force(tax.rates, on)
        if rate:
            code = voice.plain(called.get(tax.code)) or voice.quote(f"tax.{tax.code}") or tax.code
            taxes.append(voice.ui("price.tax_rate", tax=code, rate=format(rate.rate, "f")))
    return voice.ui("price.tax", region=name, taxes=taxes)


class FromPrice(NamedTuple):
    """The lowest price of a family: an amount or words, and what one pays it for (empty where it is words)."""

    amount: str
    unit: str = ""
    illustrative: bool = False


def from_price(family: Family, voice: Voice, on: date) -> FromPrice:
    """The family's lowest price of one unit that is not free, with its unit, its minimum, and that fees come on top.

    The lowest one is that of the plan whose term costs least for one unit, with its minimum and its yearly fees.
    """
    prices = [
        (price, plan) for plan in family.plans.values() for price in (plan.price, *(pack.price for pack in plan.packs))
    ]
    rows = [(row, plan) for row, plan in ((in_force(price, on), plan) for price, plan in prices if price) if row]
    units = [(_of_last(row.tiers, 1) if row.tiers else row.amount, row, plan) for row, plan in rows]
    priced = [(amount, row, plan) for amount, row, plan in units if amount]
    if priced:
        amount, row, plan = min(priced, key=lambda held: _term_of_one(held[0], held[2], on))
        unit = _at_least(_unit(plan, voice), plan, family, voice, on)
        unit = voice.ui("home.plus_fees", unit=unit) if any(_first_fees(plan, on)) else unit
        return FromPrice(voice.ui("home.from", amount=voice.money(amount, family.currency)), unit, row.illustrative)
    if any(row.estimate for row, _ in rows):
        return FromPrice(voice.ui("home.estimate"), "", any(row.illustrative for row, _ in rows))
    return FromPrice(voice.ui("home.on_request"))


def _term_of_one(amount: Decimal, plan: Plan, on: date) -> Decimal:
    """What one unit costs for a term, before taxes: no less than the minimum, and the term's part of yearly fees.

    What is due but once, at the first purchase, does not make a plan dearer than another.
    """
    months = plan.term.months if plan.term and plan.term.months else 12
    fees = sum((fee for fee, rule in _first_fees(plan, on) if rule.prorated), Decimal(0))
    return max(amount, minimum_of_a_term(plan, on)) + fees * months / 12


def _first_fees(plan: Plan, on: date) -> Iterator[tuple[Decimal, Adjustment]]:
    """The fees of a first purchase for which nothing is ticked: each amount, and its rule."""
    rule = in_force(plan.buy, on)
    for change in rule.adjust if rule else ():
        row = in_force(change.fee, on) if change.fee else None
        if row and row.amount and not any(change.when.values()):
            yield row.amount, change
