"""Reads one family's plans, and what the rest of the catalogue must look like."""

from calculator.errors import Path, Problem
from calculator.money import MINOR_UNITS
from calculator.periods import Proration
from calculator.plan.checks import check_plan
from calculator.plan.cursor import Cursor, listed
from calculator.plan.minimum import read_minimum
from calculator.plan.prices import Scope, read_condition, read_price, rising
from calculator.plan.records import (
    Band,
    Entitlement,
    Family,
    Notice,
    Option,
    Pack,
    Plan,
    PlanNote,
    Reading,
)  # fmt: skip
from calculator.plan.sections import (
    read_addition,
    read_buy,
    read_dated,
    read_extension,
    read_length,
    read_renewal,
)  # fmt: skip

ACTIONS = ("buy", "renew", "extend", "add", "status")
BASES = ("actual_days", "days_365", "months_30", "whole_months", "months_and_days")
SIGNS = {"€": ("EUR",), "$": ("CAD", "USD"), "£": ("GBP",), "¥": ("JPY", "CNY")}
OPTION_TYPES = ("boolean", "integer", "choice", "date", "minutes")
PLAN_KEYS = (
    "quantity", "limit", "eligibility", "term", "proration", "price", "minimum", "packs", "horizon", "options",
    "entitlements", "notices", "notes", "buy", "renewal", "extension", "addition",
)  # fmt: skip


def read_family(rules: object, path: Path = ()) -> tuple[Family | None, list[Problem]]:
    """Read the rules of one plan file; the family is None when there is any problem."""
    problems: list[Problem] = []
    top = Cursor(rules, path, problems).mapping(("family", "currency", "plans"), ("tax_region", "readings"))
    currency = top.get("currency", _read_currency, "EUR")
    plans = (
        {name: read_plan(c, name, currency) for name, c in top.at("plans").entries("plans")} if top.has("plans") else {}
    )
    readings = top.each("readings", _read_reading)
    region = top.get("tax_region", Cursor.text, "")
    family = Family(top.get("family", Cursor.text, ""), currency, region or None, plans, readings)
    return (None if problems else family), problems


def _read_currency(cursor: Cursor) -> str:
    """A currency by its code; a sign is several currencies' at times."""
    codes = SIGNS.get(cursor.value, ()) if isinstance(cursor.value, str) else ()
    if not codes:
        return cursor.word(tuple(MINOR_UNITS))
    cursor.problem(f"`{cursor.value}` is a sign, not the code of a currency", "a currency is written by three letters, "
                   "as several share a sign", f"write {listed(codes)}")  # fmt: skip
    return codes[0]


def _read_reading(cursor: Cursor) -> Reading:
    reading = cursor.mapping(("id", "clauses"), ("days_late", "holds", "days_of_month", "options", "days_since"))
    options = dict(reading.at("options").entries("options")) if reading.has("options") else {}
    since = dict(reading.at("days_since").entries("options")) if reading.has("days_since") else {}
    return Reading(
        reading.get("id", Cursor.text, ""),
        reading.each("clauses", Cursor.text),
        reading.each("days_late", lambda c: c.integer(-36_600, 36_600)),
        reading.each("holds", Cursor.text),
        reading.each("days_of_month", lambda c: c.integer(1, 31)),
        {name: c.flag() if c.value in (True, False, "true", "false") else c.text() for name, c in options.items()},
        {name: c.integer(0, 3660) for name, c in since.items()},
    )


def read_plan(cursor: Cursor, plan_id: str, currency: str) -> Plan:
    """Read one plan; mistakes go to the cursor's list."""
    before = len(cursor.problems)
    plan = cursor.mapping(("unit",), PLAN_KEYS)
    options, scope = _read_options(plan, currency)
    term = plan.get("term", read_length, None)
    limits = plan.get("eligibility", lambda c: c.mapping((), ("not_with", "requires_any")), Cursor({}, (), []))
    result = Plan(
        id=plan_id,
        unit=plan.get("unit", Cursor.text, ""),
        term=term,
        proration=plan.get("proration", _read_proration, Proration()),
        price=plan.get("price", lambda c: read_price(c, scope), ()),
        minimum=plan.get("minimum", lambda c: read_minimum(c, scope), ()),
        packs=plan.get("packs", lambda c: tuple(_read_pack(v, k, scope) for k, v in c.entries("packs")), ()),
        options=options,
        max_quantity=plan.get("quantity", lambda c: _one(c, "max", 1_000_000), None),
        per_customer=plan.get("limit", lambda c: _one(c, "per_customer", 1000), None),
        not_with=limits.each("not_with", Cursor.text),
        requires_any=limits.each("requires_any", Cursor.text),
        horizon_months=plan.get("horizon", lambda c: _one(c, "months", 1200), None),
        entitlements=plan.each("entitlements", _read_entitlement),
        notices=plan.each("notices", _read_notice),
        notes=plan.each("notes", _read_note),
        buy=plan.get("buy", lambda c: read_dated(c, lambda v, since: read_buy(v, since, scope, plan_id)), ()),
        renewal=plan.get("renewal", lambda c: read_dated(c, lambda v, s: read_renewal(v, s, scope, plan_id)), ()),
        extension=plan.get("extension", lambda c: read_dated(c, lambda v, s: read_extension(v, s, scope, plan_id)), ()),
        addition=plan.get("addition", lambda c: read_dated(c, lambda v, s: read_addition(v, s, scope, plan_id)), ()),
    )
    check_plan(plan, result, sound=len(plan.problems) == before)
    return result


def _one(cursor: Cursor, key: str, maximum: int) -> int:
    return cursor.mapping((key,)).get(key, lambda c: c.integer(1, maximum), 1)


def _read_pack(cursor: Cursor, pack_id: str, scope: Scope) -> Pack:
    pack = cursor.mapping(("price",), ("minutes",))
    minutes = pack.get("minutes", lambda c: c.integer(1, 600_000), 0)
    return Pack(pack_id, pack.get("price", lambda c: read_price(c, scope), ()), minutes)


def _read_proration(cursor: Cursor) -> Proration:
    section = cursor.mapping((), ("basis", "round_factor", "months"))
    return Proration(
        section.get("basis", lambda c: c.word(BASES), BASES[0]),
        section.get("round_factor", lambda c: c.integer(1, 30), None),
        section.get("months", lambda c: c.word(("keep_day", "keep_month_end")), "keep_day") == "keep_month_end",
    )


def _read_options(plan: Cursor, currency: str) -> tuple[tuple[Option, ...], Scope]:
    """The plan's options, and the scope in which its prices may name them. `packs` declares the option `pack`."""
    scope = Scope(currency, {})
    options: list[Option] = []
    if plan.has("packs") and isinstance(plan.at("packs").value, dict) and plan.at("packs").value:
        options.append(Option("pack", "choice", ("buy", "renew"), choices=_by_size(plan.at("packs"))))
    entries = list(plan.at("options").entries("options")) if plan.has("options") else []
    options.extend(_read_option(entry, name) for name, entry in entries)
    scope.options.update({option.name: option.choices for option in options})
    for index, (name, entry) in enumerate(entries, len(options) - len(entries)):
        if entry.has("required_with"):
            condition = read_condition(entry.at("required_with"), scope)
            old = options[index]
            options[index] = Option(name, old.type, old.actions, old.optional, old.minimum, old.maximum,
                                    old.choices, condition)  # fmt: skip
    return tuple(options), scope


def _by_size(packs: Cursor) -> tuple[str, ...]:
    """The names of packs, the smallest first. Rules that come as JSON have their keys in the order of the alphabet."""
    sized = {name: pack.at("minutes").value if pack.has("minutes") else 0 for name, pack in packs.entries("packs")}
    return tuple(sorted(sized, key=lambda name: (size if isinstance(size := sized[name], int) else 0, name)))


def _read_option(cursor: Cursor, name: str) -> Option:
    keys = ("min", "max", "choices", "optional", "required_with")
    option = cursor.mapping(("type", "actions"), keys)
    kind = option.get("type", lambda c: c.word(OPTION_TYPES), "boolean")
    if (kind == "choice") != option.has("choices"):
        option.problem("`choices` and `type: choice` go together", "one without the other asks nothing",
                       "list the choices, or remove them")  # fmt: skip
    return Option(
        name,
        kind,
        option.each("actions", lambda c: c.word(ACTIONS)),
        option.get("optional", Cursor.flag, False),
        option.get("min", lambda c: c.integer(0, 1_000_000), 0),
        option.get("max", lambda c: c.integer(0, 1_000_000), None),
        option.each("choices", Cursor.text),
    )


def _read_entitlement(cursor: Cursor) -> Entitlement:
    keys = ("minutes", "per", "minutes_from", "by_quantity", "resets", "on_request")
    entry = cursor.mapping(("code",), keys)
    bands: list[Band] = []
    if entry.has("by_quantity"):
        for item in entry.at("by_quantity").items():
            band = item.mapping(("quantity",), ("up_to",))
            up_to = band.at("up_to").integer(1, 1_000_000) if band.has("up_to") else None
            bands.append(Band(up_to, band.get("quantity", lambda c: c.integer(0, 1_000_000), 0)))
        rising(entry.at("by_quantity"), [band.up_to for band in bands])
    return Entitlement(
        entry.get("code", Cursor.text, ""),
        entry.get("minutes", lambda c: c.integer(1, 600_000), None),
        entry.get("per", lambda c: c.word(("unit", "quote")), "quote") == "unit",
        entry.get("minutes_from", lambda c: c.word(("pack",)), "") == "pack",
        tuple(bands),
        entry.get("resets", lambda c: c.word(("anniversary",)), "") == "anniversary",
        entry.get("on_request", Cursor.flag, False),
    )


def _read_notice(cursor: Cursor) -> Notice:
    notice = cursor.mapping(("days_before",), ("min_term_months",))
    days = notice.get("days_before", lambda c: c.integer(0, 3660), 0)
    return Notice(days, notice.get("min_term_months", lambda c: c.integer(1, 1200), 0))


def _read_note(cursor: Cursor) -> PlanNote:
    note = cursor.mapping(("code", "actions"), ("windows",))
    actions = note.each("actions", lambda c: c.word(ACTIONS))
    return PlanNote(note.get("code", Cursor.text, ""), actions, note.each("windows", Cursor.text))
