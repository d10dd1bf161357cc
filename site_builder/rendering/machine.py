"""Plans for machines: `plans.json` for whoever compares prices, and JSON-LD (schema.org) in each family's page.

Example prices are nobody's offer: `plans.json` marks them, JSON-LD leaves them out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from calculator.money import amount_text
from calculator.periods import ONE_DAY, Length
from calculator.plan import (
    Adjustment,
    Buy,
    Family,
    Lengths,
    Minimum,
    Plan,
    Price,
    PriceRow,
    Renewal,
    Window,
    in_force,
)  # fmt: skip

_UNITS: Final = {"months": "MON", "days": "DAY"}
"""UN/CEFACT codes, which schema.org asks for."""


def family_data(family: Family, on: date) -> dict[str, Any]:
    """What `plans.json` says of a family in every language: all dated prices, and the rules of that day."""
    return {
        "id": family.id,
        "currency": family.currency,
        "tax_region": family.tax_region,
        "plans": {plan.id: _plan(plan, on) for plan in family.plans.values()},
    }


def _plan(plan: Plan, on: date) -> dict[str, Any]:
    buy, renewal = in_force(plan.buy, on), in_force(plan.renewal, on)
    data: dict[str, Any] = {
        "unit": plan.unit,
        "term": _length(plan.term),
        "actions": list(plan.actions),
        "prices": [_row(row) for row in plan.price],
        "horizon_months": plan.horizon_months,
        "notices_days_before": [notice.days_before for notice in plan.notices],
        "buy": _buy(buy) if buy else None,
        "renewal": _renewal(renewal) if renewal else None,
    }
    for name, part in (("extension", in_force(plan.extension, on)), ("addition", in_force(plan.addition, on))):
        data[name] = {"adjustments": [_adjustment(change) for change in part.adjust]} if part else None
    extension = in_force(plan.extension, on)
    if extension and extension.max_months:
        data["extension"]["max_months"] = extension.max_months
    if plan.minimum:
        data["minimums"] = [_minimum(row) for row in plan.minimum]
    if plan.packs:
        data["packs"] = {
            pack.id: {"minutes": pack.minutes, "prices": [_row(row) for row in pack.price]} for pack in plan.packs
        }
    return data


def _length(length: Length | None) -> dict[str, int] | None:
    if length is None:
        return None
    return {"months": length.months} if length.months else {"days": length.days}


def _row(row: PriceRow) -> dict[str, Any]:
    """A price and its first day; amounts are decimal texts."""
    data: dict[str, Any] = {"from": row.since.isoformat()}
    if row.amount is not None:
        data["amount"] = amount_text(row.amount)
    elif row.tiers:
        steps = [{"up_to": step.up_to, "amount": amount_text(step.amount)} for step in row.tiers.steps]
        data["tiers"] = {"mode": row.tiers.mode, "steps": steps}
    else:
        data["estimate" if row.estimate else "on_request"] = True
    return data | ({"illustrative": True} if row.illustrative else {})


def _minimum(row: Minimum) -> dict[str, Any]:
    """The least that an order by one of these actions costs before fees and taxes, and its first day."""
    data: dict[str, Any] = {"from": row.since.isoformat(), "amount": amount_text(row.amount)}
    return data | {"actions": list(row.actions)} | ({"illustrative": True} if row.illustrative else {})


def _buy(buy: Buy) -> dict[str, Any]:
    """A first purchase; prices and terms of its own, if the plan's do not hold."""
    data: dict[str, Any] = {
        "starts": buy.starts,
        "adjustments": [_adjustment(change) for change in buy.adjust],
        "credits": [
            {"code": credit.code, "plan": credit.plan, "within_days": credit.within_days, "rule": credit.clause}
            for credit in buy.credits
        ],
    }
    if buy.price:
        data["prices"] = [_row(row) for row in buy.price]
    if buy.terms:
        data["terms"] = [{**(_length(term.length) or {}), **_when(term.when)} for term in buy.terms]
    return data


def _when(condition: Mapping[str, Any]) -> dict[str, Any]:
    return {"when": dict(condition)} if condition else {}


def _renewal(renewal: Renewal) -> dict[str, Any]:
    return {
        "billed_months_before": renewal.billed_months_before,
        **_lengths(renewal.lengths),
        "adjustments": [_adjustment(change) for change in renewal.adjust],
        "windows": [_window(window) for window in renewal.windows],
    }


def _lengths(lengths: Lengths | None) -> dict[str, Any]:
    """The shortest length of a renewal, and all of them where they are listed."""
    least = {"minimum_months": lengths.least if lengths else None}
    return {**least, "months": list(lengths.only)} if lengths and lengths.only else least


def _window(window: Window) -> dict[str, Any]:
    """A window: days count from the last covered day (0), both ends included; null: no bound."""
    return {
        "id": window.id,
        "from_day": window.from_day,
        "until_day": window.until_day,
        "starts": window.starts,
        "ends": window.ends,
        "adjustments": [_adjustment(change) for change in window.adjust],
        "rule": window.clause,
    }


def _adjustment(change: Adjustment) -> dict[str, Any]:
    lengths = {"months": list(change.months)} if change.months else {}
    data: dict[str, Any] = {"code": change.code, "rule": change.clause, **_when({**change.when, **lengths})}
    if change.percent is not None:
        data |= {"percent": amount_text(change.percent), "of": list(change.of)}
    elif change.missed_percent is not None:
        data["percent_of_missed_days"] = amount_text(change.missed_percent)
    else:
        data |= {"fee": [_row(row) for row in change.fee], "per": "unit" if change.per_unit else "quote"}
        data |= {"prorated": True} if change.prorated else {}
    return data


def products(
    family: Family, vendor: str, names: Mapping[str, str], summaries: Mapping[str, str], page: str, on: date
) -> dict[str, Any]:
    """JSON-LD: a product for each plan, with an offer for each price of that day or later. `page` is its address."""
    found = []
    for plan in family.plans.values():
        product: dict[str, Any] = {
            "@type": "Product",
            "@id": f"{page}#plan-{plan.id}",
            "name": names[plan.id],
            "url": f"{page}#plans",
            "brand": {"@type": "Brand", "name": vendor},
        }
        if summaries[plan.id]:
            product["description"] = summaries[plan.id]
        offers = [offer for rows in _prices(plan) for offer in _offers(rows, plan, family.currency, page, on)]
        found.append(product | ({"offers": offers} if offers else {}))
    return {"@context": "https://schema.org", "@graph": found}


def _prices(plan: Plan) -> Iterator[Price]:
    yield plan.price
    yield from (pack.price for pack in plan.packs)


def _offers(rows: Price, plan: Plan, currency: str, page: str, on: date) -> Iterator[dict[str, Any]]:
    """The price in force and those to come, each until the day before the next; no example, nothing on request."""
    now = in_force(rows, on)
    current: Sequence[PriceRow] = [row for row in rows if row is now or row.since > on]
    for index, row in enumerate(current):
        if row.amount is None or row.illustrative:
            continue
        price: dict[str, Any] = {
            "@type": "UnitPriceSpecification",
            "price": amount_text(row.amount),
            "priceCurrency": currency,
            "valueAddedTaxIncluded": False,
            "unitText": plan.unit,
        }
        if plan.term:
            kind = "months" if plan.term.months else "days"
            price |= {"billingDuration": plan.term.months or plan.term.days, "unitCode": _UNITS[kind]}
        offer: dict[str, Any] = {
            "@type": "Offer",
            "price": price["price"],
            "priceCurrency": currency,
            "validFrom": row.since.isoformat(),
            "url": f"{page}#plans",
            "priceSpecification": price,
        }
        least = in_force(plan.minimum, max(on, row.since))
        if least and least.amount and "buy" in least.actions and not least.illustrative:
            volume = {"@type": "PriceSpecification", "minPrice": amount_text(least.amount), "priceCurrency": currency}
            offer["eligibleTransactionVolume"] = volume
        if index + 1 < len(current):
            last = (current[index + 1].since - ONE_DAY).isoformat()
            offer |= {"validThrough": last, "priceValidUntil": last}
        yield offer
