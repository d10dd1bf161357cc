"""Reads a request strictly: every mistake at once, each with its field, and nothing guessed.

Decides what can be decided without a date's window or a price; leaves those to `renewal`, `pricing` and `quote`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from calculator.errors import Json, Refusal, Refused
from calculator.periods import Length, parse_date
from calculator.plan import ACTIONS, Catalogue, Condition, Family, Lengths, Option, Plan, in_force

MAX_QUANTITY = 1_000_000
MAX_MONTHS = 1200
MAX_BYTES = 64 * 1024
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 12, 31)
FIELDS = (
    "plan", "action", "on", "quantity", "existing", "expiry", "anchor", "months", "align_to", "region", "tax_exempt",
    "serials", "holds", "options",
)  # fmt: skip

type OptionValue = bool | int | str | date | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose fields have the right types; dates as the contract defines them, both ends included."""

    family: Family
    plan: Plan
    action: str
    on: date
    quantity: int
    existing: int
    expiry: date | None
    anchor: date | None
    months: int | None
    align_to: date | None
    region: str | None
    tax_exempt: bool
    serials: tuple[str, ...]
    holds: tuple[str, ...]
    options: Mapping[str, OptionValue]


class Reading:
    """The request being read: its fields, and what was found wrong so far."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self.fields = fields
        self.refusals: list[Refusal] = []

    def refuse(self, code: str, field: str, **params: Json) -> None:
        """Note one reason why there is no quote."""
        self.refusals.append(Refusal(code, field, params))

    def get[T](self, field: str, read: Callable[["Reading", str, object], T | None]) -> T | None:
        """The field as `read` takes it; None when it is absent or wrong."""
        return read(self, field, self.fields[field]) if field in self.fields else None


def _text(reading: Reading, field: str, value: object) -> str | None:
    if isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value):
        return value
    return reading.refuse("wrong_type", field, expected="text")


def _flag(reading: Reading, field: str, value: object) -> bool | None:
    return value if isinstance(value, bool) else reading.refuse("wrong_type", field, expected="boolean")


def _day(reading: Reading, field: str, value: object) -> date | None:
    text = _text(reading, field, value)
    if text is None:
        return None
    day = parse_date(text)
    if day is None:
        return reading.refuse("bad_date", field, value=text[:40])
    if not FIRST_DAY <= day <= LAST_DAY:
        return reading.refuse("out_of_range", field, min=FIRST_DAY.isoformat(), max=LAST_DAY.isoformat())
    return day


def _whole(minimum: int, maximum: int, code: str = "out_of_range") -> Callable[[Reading, str, object], int | None]:
    def read(reading: Reading, field: str, value: object) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return reading.refuse("wrong_type", field, expected="integer")
        if not minimum <= value <= maximum:
            return reading.refuse(code, field, min=minimum, max=maximum)
        return value

    return read


def _list[T](
    read: Callable[[Reading, str, object], T | None],
) -> Callable[[Reading, str, object], tuple[T, ...] | None]:
    def read_all(reading: Reading, field: str, value: object) -> tuple[T, ...] | None:
        if not isinstance(value, list | tuple):
            return reading.refuse("wrong_type", field, expected="list")
        items = [read(reading, field, item) for item in value]
        return None if None in items else tuple(item for item in items if item is not None)

    return read_all


def _serial(reading: Reading, field: str, value: object) -> str | None:
    text = _text(reading, field, value)
    return text if text is None or text.strip() else reading.refuse("wrong_type", field, expected="text")


def _mapping(reading: Reading, field: str, value: object) -> Mapping[str, object] | None:
    return value if isinstance(value, Mapping) else reading.refuse("wrong_type", field, expected="object")


def read_request(catalogue: Catalogue, value: object) -> tuple[Request | None, list[Refusal]]:
    """Read a request. The refusals are complete for what this module decides.

    There is a Request even with refusals when its plan, action and dates are right, so that later rules can be
    checked too; wrong fields then hold their defaults, and it must not be priced.
    """
    if not isinstance(value, Mapping):
        return None, [Refusal("wrong_type", "", {"expected": "object"})]
    if _size(value) > MAX_BYTES:
        return None, [Refusal("out_of_range", "", {"max_bytes": MAX_BYTES})]
    reading = Reading(value)
    for name in value:
        if name not in FIELDS:
            reading.refuse("unknown_field", str(name)[:80])
    family, plan = _plan(reading, catalogue) or (None, None)
    action = _action(reading, plan)
    on, expiry = _dates(reading, action)
    _check_names(reading, catalogue)
    months = reading.get("months", _whole(1, MAX_MONTHS))
    quantity, serials = _units(reading, plan)
    request = None
    if family and plan and action:
        request = Request(
            family=family, plan=plan, action=action, on=on or FIRST_DAY, expiry=expiry, months=months,
            quantity=quantity, serials=serials,
            existing=reading.get("existing", _whole(0, MAX_QUANTITY)) or 0,
            anchor=_anchor(reading, action, expiry),
            align_to=reading.get("align_to", _day),
            region=reading.get("region", _text) or family.tax_region,
            tax_exempt=reading.get("tax_exempt", _flag) or False,
            holds=reading.get("holds", _list(_text)) or (),
            options=_options(reading, plan, action),
        )  # fmt: skip
        if action == "extend" and "months" not in reading.fields:
            reading.refuse("missing", "months")
        _check_holder(reading, request)
    else:
        _check_types(reading)
    dated = on and (expiry or action == "buy")
    return (request if dated else None), in_field_order(reading.refusals)


def _size(value: object) -> int:
    """The bytes of a value's shortest JSON text, escapes apart; stops once it is too large. Never recursive."""
    left, size = [value], 0
    while left and size <= MAX_BYTES:
        item = left.pop()
        if isinstance(item, str):
            size += len(item.encode("utf-8", "surrogatepass")) + 2
        elif isinstance(item, Mapping):
            size += 2 + max(0, 2 * len(item) - 1)
            left += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple):
            size += 2 + max(0, len(item) - 1)
            left += item
        else:
            # At least so many digits: writing a huge number out would take long, and Python refuses it.
            size += max(1, item.bit_length() * 3 // 10) if isinstance(item, int) else 3
    return size


def _check_types(reading: Reading) -> None:
    """What can be said of the fields when plan or action are not known."""
    dates = {"anchor": _day, "align_to": _day}
    for name, read in {"existing": _whole(0, MAX_QUANTITY), **dates, "tax_exempt": _flag, "options": _mapping}.items():
        reading.get(name, read)


def in_field_order(refusals: list[Refusal]) -> list[Refusal]:
    """Each refusal once, in the order of the contract's fields, options by name; unknown fields last."""
    unique = {(refusal.field, refusal.code, str(refusal.params)): refusal for refusal in refusals}
    order = {field: place for place, field in enumerate(("", *FIELDS))}

    def place(refusal: Refusal) -> tuple[int, str]:
        field, _, option = refusal.field.partition(".")
        return order.get(field, len(order)), option if field == "options" else ""

    return sorted(unique.values(), key=place)


def _plan(reading: Reading, catalogue: Catalogue) -> tuple[Family, Plan] | None:
    if "plan" not in reading.fields:
        return reading.refuse("missing", "plan")
    name = reading.get("plan", _text)
    found = None if name is None else catalogue.plan(name)
    if name is not None and not found:
        reading.refuse("unknown_plan", "plan", value=name[:80])
    return found


def _action(reading: Reading, plan: Plan | None) -> str | None:
    """The action, when the plan offers it; with the plan unknown, when any plan could."""
    if "action" not in reading.fields:
        return reading.refuse("missing", "action")
    action = reading.get("action", _text)
    offered = plan.actions if plan else ACTIONS
    if action is None or action in offered:
        return action
    return reading.refuse("action_not_offered", "action", value=action[:40], offered=list(offered))


def _dates(reading: Reading, action: str | None) -> tuple[date | None, date | None]:
    """The day and the expiry, which all but a first purchase need."""
    if "on" not in reading.fields:
        reading.refuse("missing", "on")
    if "expiry" not in reading.fields and action not in (None, "buy"):
        reading.refuse("missing", "expiry")
    return reading.get("on", _day), reading.get("expiry", _day)


def _anchor(reading: Reading, action: str, expiry: date | None) -> date | None:
    anchor = reading.get("anchor", _day)
    if anchor and expiry and action != "buy" and anchor > expiry:
        return reading.refuse("out_of_range", "anchor", min=FIRST_DAY.isoformat(), max=expiry.isoformat())
    return anchor


def _check_names(reading: Reading, catalogue: Catalogue) -> None:
    region = reading.get("region", _text)
    if region is not None and region not in catalogue.regions:
        reading.refuse("unknown_region", "region", value=region[:40])
    for name in reading.get("holds", _list(_text)) or ():
        if not catalogue.plan(name):
            reading.refuse("unknown_plan", "holds", value=name[:80])


def _units(reading: Reading, plan: Plan | None) -> tuple[int, tuple[str, ...]]:
    """How many units, and their serials; a serial given twice is one licence, so the numbers differ then too."""
    maximum = (plan.max_quantity if plan else None) or MAX_QUANTITY
    quantity = reading.get("quantity", _whole(1, maximum))
    serials = reading.get("serials", _list(_serial))
    if serials is None:
        return quantity or 1, ()
    different = len(set(serials))
    if not serials:
        reading.refuse("out_of_range", "serials", min=1, max=maximum)
    elif (quantity or len(serials)) != len(serials) or different != len(serials):
        reading.refuse("quantity_differs_from_serials", "serials", quantity=quantity or len(serials), serials=different)
    elif len(serials) > maximum:
        reading.refuse("out_of_range", "serials", min=1, max=maximum)
    return len(serials) or 1, serials


def check_months(request: Request) -> None:
    """Refuse a length that is not offered on that day, or that the end asked for contradicts. Raises Refused."""
    action, months, plan = request.action, request.months, request.plan
    if months is None or action not in ("buy", "renew", "extend"):
        return
    if action == "extend":
        rule = in_force(plan.extension, request.on)
        if rule and rule.max_months and months > rule.max_months:
            raise Refused(Refusal("out_of_range", "months", {"min": 1, "max": rule.max_months}))
        return
    renewal = in_force(plan.renewal, request.on) if action == "renew" else None
    if renewal and renewal.lengths and not request.align_to:
        if not renewal.lengths.offers(months):
            raise Refused(Refusal("out_of_range", "months", _offered(renewal.lengths)))
        return
    length = first_length(request) if action == "buy" else next_length(request)
    only = length.months if length else 0
    if months != only:
        raise Refused(Refusal("out_of_range", "months", {"min": only, "max": only}))


def _offered(lengths: Lengths) -> dict[str, Json]:
    """The lengths that can be chosen, for a refusal."""
    if len(lengths.only) > 1:
        return {"choices": list(lengths.only)}
    return {"min": lengths.least, "max": lengths.least if lengths.only else MAX_MONTHS}


def next_length(request: Request) -> Length | None:
    """How long a renewal is that asks for no length; None for a plan without a term."""
    term, renewal = request.plan.term, in_force(request.plan.renewal, request.on)
    return renewal.usual(term) if term and renewal else term


def chosen_months(request: Request) -> int:
    """The length in months of a renewal, asked for or not; 0 for another action, and where an end is asked for."""
    if request.action != "renew" or request.align_to:
        return 0
    usual = next_length(request)
    return request.months or (usual.months if usual else 0)


def first_length(request: Request) -> Length | None:
    """The length of a first term under the request's options; None for a plan without a term."""
    rule = in_force(request.plan.buy, request.on)
    for term in rule.terms if rule else ():
        if holds_for(term.when, request.options):
            return term.length
    return request.plan.term


def holds_for(condition: Condition, options: Mapping[str, OptionValue]) -> bool:
    """Whether the options are as the condition says."""
    return all(options.get(name) == value for name, value in condition.items())


def _check_holder(reading: Reading, request: Request) -> None:
    """Limits and eligibility, judged on what else the customer holds; a look at the status sells nothing."""
    plan, name = request.plan, f"{request.family.id}/{request.plan.id}"
    if request.action == "status":
        return
    if plan.per_customer is not None:
        already = request.holds.count(name)
        if already + request.quantity > plan.per_customer:
            field = "holds" if already else "quantity"
            reading.refuse("limit_reached", field, limit=plan.per_customer, held=already)
    for other in dict.fromkeys(request.holds):
        if other in plan.not_with:
            reading.refuse("not_eligible", "holds", excluded_by=other)
    if plan.requires_any and not set(plan.requires_any) & set(request.holds):
        reading.refuse("not_eligible", "holds", requires=list(plan.requires_any))


def _options(reading: Reading, plan: Plan, action: str) -> dict[str, OptionValue]:
    """The options of the action, booleans defaulting to false. A status takes the plan's options and needs none."""
    given = reading.get("options", _mapping) or {}
    asked = [option for option in plan.options if action in option.actions or action == "status"]
    for name in given:
        if name not in [option.name for option in asked]:
            reading.refuse("unknown_option", f"options.{name}"[:80], known=sorted(option.name for option in asked))
    values: dict[str, OptionValue] = {option.name: False for option in asked if option.type == "boolean"}
    for option in asked:
        value = _option(reading, option, given[option.name]) if option.name in given else None
        if value is not None:
            values[option.name] = value
    for option in asked if action != "status" else ():
        if option.name not in given and needs(option, values):
            reading.refuse("missing", f"options.{option.name}")
    return values


def needs(option: Option, values: Mapping[str, OptionValue]) -> bool:
    """Whether the option must be given beside these."""
    if option.required_with is not None:
        return holds_for(option.required_with, values)
    return not option.optional and option.type != "boolean"


def _option(reading: Reading, option: Option, value: object) -> OptionValue | None:
    field = f"options.{option.name}"
    if option.type == "boolean":
        return _flag(reading, field, value)
    if option.type == "date":
        return _day(reading, field, value)
    maximum = MAX_QUANTITY if option.maximum is None else option.maximum
    whole = _whole(option.minimum or 0, maximum, "bad_option")
    if option.type == "integer":
        return whole(reading, field, value)
    if option.type == "minutes":
        return _list(whole)(reading, field, value)
    text = _text(reading, field, value)
    if text is not None and text not in option.choices:
        return reading.refuse("bad_option", field, choices=list(option.choices))
    return text
