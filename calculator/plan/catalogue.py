"""Reads a whole catalogue, checks what families say of each other, and lists the clauses a family has."""

from collections.abc import Iterator
from decimal import Decimal

from calculator.errors import CatalogueError, Problem
from calculator.plan.cursor import EPOCH, Cursor
from calculator.plan.family import read_family
from calculator.plan.prices import in_order
from calculator.plan.records import Adjustment, Catalogue, Family, Plan, Price
from calculator.plan.taxes import Region, Tax, TaxRate


def read_catalogue(value: object) -> Catalogue:
    """Read the catalogue that the builder writes. Raises CatalogueError with every problem in it."""
    problems: list[Problem] = []
    top = Cursor(value, (), problems).mapping(("contract", "fingerprint", "families", "regions"))
    families = {}
    if top.has("families"):
        for name, entry in top.at("families").entries("families"):
            family, found = read_family(entry.value, entry.path)
            problems += found
            if family:
                families[name] = family
                if family.id != name:
                    entry.problem(f"the family calls itself `{family.id}`", f"requests would ask for `{name}/…`",
                                  f"write `family: {name}`", at=("family",))  # fmt: skip
    top.get("contract", lambda c: c.integer(1, 1), 1)
    regions = read_regions(top.at("regions")) if top.has("regions") else {}
    catalogue = Catalogue(top.get("fingerprint", Cursor.text, ""), families, regions)
    problems += check_references(catalogue)
    if problems:
        raise CatalogueError(problems)
    return catalogue


def read_regions(cursor: Cursor) -> dict[str, Region]:
    """The regions by their codes; one without `taxes` is known but has no table."""
    regions = {}
    for code, entry in cursor.entries("region codes"):
        region = entry.mapping((), ("taxes", "source"))
        taxes = region.get("taxes", lambda c: tuple(_read_tax(item) for item in c.items()), None)
        regions[code] = Region(code, taxes)
    return regions


def _read_tax(cursor: Cursor) -> Tax:
    tax = cursor.mapping(("code", "rates"))
    rates: tuple[TaxRate, ...] = ()
    if tax.has("rates"):
        entries = [item.mapping(("from", "rate")) for item in tax.at("rates").items()]
        rates = tuple(TaxRate(entry.get("from", Cursor.day, EPOCH), entry.get("rate", _read_tax_rate, Decimal(0)))
                      for entry in entries)  # fmt: skip
        in_order(tax.at("rates"), rates)
    return Tax(tax.get("code", Cursor.text, ""), rates)


def _read_tax_rate(cursor: Cursor) -> Decimal:
    """A rate in per cent, from 0 to 100."""
    rate = cursor.decimal()
    if not 0 <= rate <= 100:
        meant = abs(rate) if abs(rate) <= 100 else abs(rate).scaleb(-rate.adjusted())
        cursor.problem(f"`{cursor.value}` is not a rate of a tax", "a tax is from 0 to 100 per cent of the price",
                       f'write `"{meant.normalize():f}"` if that was meant')  # fmt: skip
    return rate


def check_references(catalogue: Catalogue) -> list[Problem]:
    """What plans say of other plans, regions and clauses must exist."""
    problems: list[Problem] = []
    for family in catalogue.families.values():
        at = ("families", family.id)
        if family.tax_region and family.tax_region not in catalogue.regions:
            problems.append(Problem((*at, "tax_region"), f"no region is called `{family.tax_region}`",
                                    "its taxes are unknown",
                                    "add it to a file in `plans/regions`, or leave `tax_region` out"))  # fmt: skip
        known = clauses(family)
        for index, reading in enumerate(family.readings):
            for place, clause in enumerate(reading.clauses):
                if clause not in known:
                    problems.append(Problem((*at, "readings", index, "clauses", place),
                                            f"no clause is called `{clause}`", "the reading would never be shown",
                                            "write the dotted path of a rule of this file"))  # fmt: skip
        for plan in family.plans.values():
            problems += _check_plan_names(catalogue, family, plan)
    return problems


def _check_plan_names(catalogue: Catalogue, family: Family, plan: Plan) -> list[Problem]:
    at = ("families", family.id, "plans", plan.id)
    why, fix = "the rule could never be met", "write the name of a plan that exists"
    problems = [
        Problem((*at, "eligibility", key, index), f"no plan is called `{name}`", why, f"{fix}, as family/plan")
        for key, names in (("not_with", plan.not_with), ("requires_any", plan.requires_any))
        for index, name in enumerate(names)
        if not catalogue.plan(name)
    ]
    for buy in plan.buy:
        for index, credit in enumerate(buy.credits):
            other = family.plans.get(credit.plan)
            if not other or not other.price or any(row.amount is None for row in other.price):
                what = f"`{credit.plan}` is no plan of this family with a plain price"
                problems.append(Problem((*at, "buy", "credits", index, "plan"), what, why, fix))
    return problems


def clauses(family: Family) -> set[str]:
    """The dotted paths of all rules that a line, a deadline or an entitlement of the family may cite."""
    return {clause for plan in family.plans.values() for clause in _plan_clauses(plan)}


def _plan_clauses(plan: Plan) -> Iterator[str]:
    me = plan.id
    offered = {
        "buy": plan.buy,
        "renewal": plan.renewal,
        "extension": plan.extension,
        "addition": plan.addition,
    }
    yield from (f"{me}.{name}" for name, rules in offered.items() if rules)
    yield from (f"{me}.entitlements.{entitlement.code}" for entitlement in plan.entitlements)
    if plan.notices:
        yield f"{me}.notices"
    if plan.horizon_months:
        yield f"{me}.horizon"
    if plan.per_customer:
        yield f"{me}.limit"
    if plan.not_with or plan.requires_any:
        yield f"{me}.eligibility"
    if plan.price:
        yield f"{me}.price"
        yield from _estimate_clauses(me, plan.price)
    if plan.minimum:
        yield f"{me}.minimum"
    yield from (f"{me}.packs.{pack.id}" for pack in plan.packs)
    for buy in plan.buy:
        yield from (credit.clause for credit in buy.credits)
        yield from (adjustment.clause for adjustment in buy.adjust)
    yield from (adjustment.clause for extension in plan.extension for adjustment in extension.adjust)
    yield from (adjustment.clause for addition in plan.addition for adjustment in addition.adjust)
    yield from _renewal_clauses(plan)


def _estimate_clauses(me: str, price: Price) -> Iterator[str]:
    for row in price:
        yield from (f"{me}.price.estimate.{part.code}" for part in row.estimate)


def _renewal_clauses(plan: Plan) -> Iterator[str]:
    for renewal in plan.renewal:
        if renewal.billed_months_before is not None:
            yield f"{plan.id}.renewal.automatic"
        if renewal.lengths:
            yield f"{plan.id}.renewal.lengths"
        adjustments: list[Adjustment] = [*renewal.adjust]
        for window in renewal.windows:
            yield window.clause
            adjustments += window.adjust
            if window.align_months:
                yield f"{window.clause}.align"
            if window.carries:
                yield f"{window.clause}.carries"
        yield from (adjustment.clause for adjustment in adjustments)
