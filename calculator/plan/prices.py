"""Reads prices: dated rows of amounts, tiers or estimates, and the adjustments that go on top of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from calculator.money import fits, parse_decimal, with_minor_units
from calculator.plan.cursor import STAND_INS, Cursor, meant
from calculator.plan.lengths import read_chosen
from calculator.plan.records import Adjustment, Condition, Dated, Part, Price, PriceRow, Rate, Step, Tiers

ROW_KINDS = ("amount", "tiers", "estimate", "on_request")
PART_KINDS = ("rate", "factor", "percent")
ADJUSTMENT_KINDS = ("percent", "fee", "missed_percent")
MINIMUM_LINE = "minimum_charge"
"""The code of the line that brings a quote up to the plan's minimum."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rows below may refer to: the family's currency, and the plan's options with their choices."""

    currency: str
    options: dict[str, tuple[str, ...]]


def in_order(cursor: Cursor, rows: Sequence[Dated]) -> None:
    """Check that each dated row starts after the one before it; a stand-in for a wrong date is passed over."""
    before: date | None = None
    for index, row in enumerate(rows):
        if row.since in STAND_INS and not _written(cursor, index, row.since):
            continue
        if before and row.since <= before:
            cursor.problem(
                f"`from: {row.since}` does not come after {before}",
                "two rows would be in force on the same day, or the order would hide one",
                "list the rows by date, each once",
                at=(index, "from"),
            )
        before = row.since


def _written(cursor: Cursor, index: int, day: date) -> bool:
    """Whether the row says that day itself."""
    row = cursor.at(index)
    return row.has("from") and row.at("from").value == day.isoformat()


def one_of(cursor: Cursor, kinds: Sequence[str]) -> str:
    """The only key of `kinds` that is there; the first as a stand-in after a mistake."""
    present = [kind for kind in kinds if cursor.has(kind)]
    if len(present) != 1:
        cursor.problem(
            "none of its kinds is given" if not present else f"`{present[0]}` and `{present[1]}` exclude each other",
            "it must be clear which kind this is",
            f"write exactly one of {', '.join(kinds)}",
        )
    return present[0] if present else ""


def read_percent(cursor: Cursor) -> Decimal:
    """A percentage that goes on top or, negative, comes off; no more than the whole can come off."""
    percent = cursor.decimal()
    if percent < -100:
        meant = percent.scaleb(1 - percent.adjusted()).normalize()
        cursor.problem(f"`{cursor.value}` takes off more than 100 %", "the amount would be below zero",
                       f'write `"{meant:f}"` if that was meant, and `"-100"` at most')  # fmt: skip
    return percent


def read_amount(cursor: Cursor, scope: Scope) -> Decimal:
    """An amount of the family's currency, not negative and with no digit below its minor unit."""
    amount = cursor.decimal()
    if amount < 0 or not fits(amount, scope.currency):
        cursor.problem(
            f"`{cursor.value}` is not an amount that can be paid in {scope.currency}",
            "an amount is not negative and has no fraction of the smallest coin",
            'write an amount such as "120.00"',
        )
    return with_minor_units(amount, scope.currency)


def read_price(cursor: Cursor, scope: Scope) -> Price:
    """Dated rows, at least one, in the order of their dates."""
    if undated(cursor):
        return ()
    rows = tuple(_read_row(item, scope) for item in cursor.items())
    in_order(cursor, rows)
    return rows


def undated(cursor: Cursor) -> bool:
    """Whether one amount or one row stands where a list of rows is expected; if so, that is noted."""
    value, day = cursor.value, "2026-01-01"
    if isinstance(value, dict):
        day, value = str(value.get("from", day)), value.get("amount")
    if not isinstance(value, str | int) or isinstance(value, bool):
        return False
    amount = value if parse_decimal(str(value)) is not None else "…"
    cursor.problem("this is not a list of dated rows", "prices change, and each row says from which day it holds",
                   f'write `[{{from: {day}, amount: "{amount}"}}]`', expected="rows")  # fmt: skip
    return True


def _read_row(cursor: Cursor, scope: Scope) -> PriceRow:
    row = cursor.mapping(("from",), (*ROW_KINDS, "illustrative"))
    kind = one_of(row, ROW_KINDS)
    result = PriceRow(row.get("from", Cursor.day, date.min), illustrative=row.get("illustrative", Cursor.flag, False))
    if kind == "amount":
        return replace(result, amount=read_amount(row.at(kind), scope))
    if kind == "tiers":
        return replace(result, tiers=_read_tiers(row.at(kind), scope))
    if kind == "estimate":
        return replace(result, estimate=_read_estimate(row.at(kind), scope))
    if kind and not row.at(kind).flag():
        row.problem(
            "`on_request` can only be true", "otherwise the row has no price", 'write `amount: "…"`', at=(kind,)
        )
    return replace(result, on_request=True)


def rising(cursor: Cursor, bounds: list[int | None]) -> None:
    """Check that `up_to` rises from step to step and that the last step, and only that, has none."""
    for index, bound in enumerate(bounds):
        last = index == len(bounds) - 1
        before = bounds[index - 1] if index else 0
        if last != (bound is None) or (bound is not None and before is not None and bound <= before):
            cursor.problem(
                "the steps do not cover every quantity once",
                "`up_to` must rise from step to step, and the last step has none",
                "order the steps and leave `up_to` out of the last one",
                at=(index,),
            )


def _read_tiers(cursor: Cursor, scope: Scope) -> Tiers:
    tiers = cursor.mapping(("mode", "steps"))
    steps = []
    if tiers.has("steps"):
        for item in tiers.at("steps").items():
            step = item.mapping(("amount",), ("up_to",))
            up_to = step.at("up_to").integer(1, 1_000_000) if step.has("up_to") else None
            steps.append(Step(up_to, step.get("amount", lambda c: read_amount(c, scope), Decimal(0))))
        rising(tiers.at("steps"), [step.up_to for step in steps])
    return Tiers(tiers.get("mode", lambda c: c.word(("graduated", "volume")), "volume"), tuple(steps))


def read_condition(cursor: Cursor, scope: Scope) -> Condition:
    """`when: {option: value}`: true, false or one of the option's choices."""
    condition: dict[str, bool | str] = {}
    if isinstance(cursor.value, str) and cursor.value in scope.options:
        answer = next(iter(scope.options[cursor.value]), "true")
        cursor.problem(f"`{cursor.value}` stands without an answer", "a condition says which answer it holds for",
                       f"write `{{{cursor.value}: {answer}}}`")  # fmt: skip
        return condition
    for name, value in cursor.entries("options"):
        known = _known_option(value, name, scope)
        choices = scope.options.get(name, ())
        if known and choices:
            condition[name] = value.word(choices)
        elif known:
            condition[name] = value.flag()
    return condition


def _known_option(cursor: Cursor, name: str, scope: Scope) -> bool:
    if name not in scope.options:
        cursor.problem(f"the plan has no option `{name}`", "only its own options can be asked",
                       meant(name, scope.options, "declare it under the plan's `options`"))  # fmt: skip
    return name in scope.options


def _option(cursor: Cursor, scope: Scope) -> str:
    name = cursor.text()
    return name if name and _known_option(cursor, name, scope) else ""


def _read_rate(cursor: Cursor, scope: Scope) -> Rate:
    if isinstance(cursor.value, str):
        return Rate(cursor.decimal())
    rate = cursor.mapping(("by", "cases"))
    by = rate.get("by", lambda c: _option(c, scope), "")
    cases = {key: value.decimal() for key, value in rate.at("cases").entries("choices")} if rate.has("cases") else {}
    choices = scope.options.get(by, ())
    for missing in [choice for choice in choices if choice not in cases]:
        rate.problem(f"`{missing}` has no case", f"every choice of `{by}` needs one", f'add `{missing}: "…"`',
                     at=("cases",))  # fmt: skip
    for unknown in [case for case in cases if by and case not in choices]:
        rate.problem(f"`{unknown}` is no choice of `{by}`", "it would never apply", "remove it or add the choice",
                     at=("cases", unknown))  # fmt: skip
    return Rate(None, by, cases)


def _read_estimate(cursor: Cursor, scope: Scope) -> tuple[Part, ...]:
    parts: list[Part] = []
    for item in cursor.items():
        keys = ("when", *PART_KINDS, "quantity", "times", "multiple", "share", "on", "of")
        part = item.mapping(("code",), keys)
        kind = one_of(part, PART_KINDS)
        before = tuple(earlier.code for earlier in parts)
        result = Part(part.get("code", Cursor.text, ""), part.get("when", lambda c: read_condition(c, scope), {}))
        if kind == "rate":
            result = _rate_part(part, scope, result)
        elif kind == "factor":
            result = _factor_part(part, scope, result, before)
        elif kind == "percent":
            result = _percent_part(part, result, before)
        parts.append(result)
    return tuple(parts)


def _earlier(cursor: Cursor, codes: tuple[str, ...]) -> str:
    if not codes:
        cursor.problem("there is no earlier part", "a part builds on one above it", "put the part it names first")
        return ""
    return cursor.word(codes)


def _rate_part(part: Cursor, scope: Scope, result: Part) -> Part:
    if not part.has("quantity"):
        part.problem("`quantity` is missing", "a rate is multiplied by an option", "add `quantity: <option>`")
    return replace(
        result,
        rate=_read_rate(part.at("rate"), scope),
        quantity=part.get("quantity", lambda c: _option(c, scope), ""),
        times=part.each("times", lambda c: _option(c, scope)),
        multiple=part.get("multiple", lambda c: c.integer(1, 1000), 1),
    )


def _percent_part(part: Cursor, result: Part, before: tuple[str, ...]) -> Part:
    if not part.has("of"):
        part.problem("`of` is missing", "a percentage is of an earlier part", "add `of: <code>`")
    of = part.get("of", lambda c: _earlier(c, before), "")
    return replace(result, percent=read_percent(part.at("percent")), of=of)


def _factor_part(part: Cursor, scope: Scope, result: Part, before: tuple[str, ...]) -> Part:
    if not part.has("on"):
        part.problem("`on` is missing", "a factor multiplies the amount of an earlier part", "add `on: <code>`")
    return replace(
        result,
        factor=_read_rate(part.at("factor"), scope),
        share=part.get("share", lambda c: _option(c, scope), ""),
        on=part.get("on", lambda c: _earlier(c, before), ""),
    )


def read_adjustments(
    cursor: Cursor, scope: Scope, clause: str, before: Sequence[str] = (), late: bool = True
) -> tuple[Adjustment, ...]:
    """The list under `adjust` of the section whose clause is given.

    `before` are the codes of adjustments that come first; `late` tells whether arrears can be owed there.
    """
    adjustments: list[Adjustment] = []
    for item in cursor.items():
        entry = item.mapping(("code",), (*ADJUSTMENT_KINDS, "of", "per", "prorated", "when"))
        earlier = [*before, *(adjustment.code for adjustment in adjustments)]
        code = entry.get("code", Cursor.text, "")
        if code in ("price", MINIMUM_LINE, *earlier):
            entry.problem(f"`{code}` is taken", "a line's code must tell which rule made it", "choose another code",
                          at=("code",))  # fmt: skip
        of = _named_lines(entry, ("price", *earlier))
        when, months = _read_case(entry.at("when"), scope) if entry.has("when") else ({}, ())
        rule = Adjustment(code, f"{clause}.adjust.{code}", when, of=of, months=months)
        adjustments.append(_read_kind(entry, scope, rule, late))
    return tuple(adjustments)


def _read_case(cursor: Cursor, scope: Scope) -> tuple[Condition, tuple[int, ...]]:
    """A condition that may name lengths of a renewal beside options, where no option is called `months` itself."""
    if not cursor.has("months") or "months" in scope.options or not isinstance(cursor.value, dict):
        return read_condition(cursor, scope), ()
    answers = {name: value for name, value in cursor.value.items() if name != "months"}
    rest = Cursor(answers, cursor.path, cursor.problems)
    return read_condition(rest, scope) if answers else {}, read_chosen(cursor.at("months"))


def _named_lines(entry: Cursor, known: Sequence[str]) -> tuple[str, ...]:
    return entry.each("of", lambda c: c.word(known)) or ("price",)


def _read_fee(cursor: Cursor, scope: Scope) -> Price:
    """The dated rows of a fee: plain amounts."""
    rows = read_price(cursor, scope)
    for index, row in enumerate(rows):
        if row.tiers or row.estimate:
            cursor.problem("a fee is one amount", "tiers and estimates price the plan itself", 'write `amount: "…"`',
                           at=(index,))  # fmt: skip
    return rows


def _read_kind(entry: Cursor, scope: Scope, result: Adjustment, late: bool) -> Adjustment:
    kind = one_of(entry, ADJUSTMENT_KINDS)
    prorated = entry.get("prorated", Cursor.flag, False)
    if kind == "fee":
        per = entry.get("per", lambda c: c.word(("unit", "quote")), "unit")
        return replace(result, fee=_read_fee(entry.at(kind), scope), per_unit=per == "unit", prorated=prorated)
    if kind and prorated:
        entry.problem(f"`prorated` does not go with `{kind}`", "only a fee can be that of a year: a percentage is a "
                      "part of what it is taken of", "leave `prorated` out", at=("prorated",))  # fmt: skip
    if kind == "percent":
        return replace(result, percent=read_percent(entry.at(kind)))
    if kind and not late:
        entry.problem("nothing can have been missed here", "arrears are owed after an expiry only",
                      "move it to a window of `renewal`", at=(kind,))  # fmt: skip
    return replace(result, missed_percent=entry.at(kind).decimal()) if kind else result
