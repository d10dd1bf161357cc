"""What a form must ask for a plan and an action: the contract's fields that apply, and the plan's own options."""

from calculator.errors import Json
from calculator.plan import Lengths, Option, Plan
from calculator.request import FIRST_DAY, LAST_DAY, MAX_MONTHS, MAX_QUANTITY

type Field = dict[str, Json]


def _field(name: str, kind: str, required: bool = False, **more: Json) -> Field:
    return {"name": name, "type": kind, "required": required, **more}


def _day(name: str, required: bool = False) -> Field:
    return _field(name, "date", required, min=FIRST_DAY.isoformat(), max=LAST_DAY.isoformat())


def fields(plan: Plan, action: str) -> list[Field]:
    """The fields of a form, in the order in which to ask; only what changes the answer for this plan and action."""
    asked = [_day("on", required=True)]
    if action != "buy":
        asked.append(_day("expiry", required=True))
    if plan.max_quantity != 1 and plan.per_customer != 1:
        maximum = plan.max_quantity or MAX_QUANTITY
        asked.append(_field("quantity", "integer", min=1, max=maximum, default=1, unit=plan.unit))
    if action == "add":
        asked.append(_field("existing", "integer", min=0, max=MAX_QUANTITY, default=0, unit=plan.unit))
    asked += _length_fields(plan, action)
    asked += [_option(option) for option in plan.options if action in option.actions]
    if action != "buy" and plan.term and plan.term.months:
        asked.append(_day("anchor"))
    if action != "status":
        if plan.unit == "licence":
            asked.append(_field("serials", "text_list"))
        if plan.per_customer or plan.not_with or plan.requires_any:
            asked.append(_field("holds", "plan_list"))
        asked += [_field("region", "region"), _field("tax_exempt", "boolean", default=False)]
    return asked


def _length_fields(plan: Plan, action: str) -> list[Field]:
    """`months` where a length can be chosen, `align_to` where an end date can."""
    if action == "extend":
        return [_field("months", "integer", True, min=1, max=_most_added(plan))]
    if action != "renew":
        return []
    asked: list[Field] = []
    if any(renewal.lengths for renewal in plan.renewal):
        asked += _lengths(plan)
    if any(window.align_months for renewal in plan.renewal for window in renewal.windows):
        asked.append(_day("align_to"))
    return asked


def _most_added(plan: Plan) -> int:
    """The most months that any version of the rule lets one add at a time."""
    most = max((extension.max_months or MAX_MONTHS for extension in plan.extension), default=MAX_MONTHS)
    return min(most, plan.horizon_months or MAX_MONTHS)


def _lengths(plan: Plan) -> list[Field]:
    """The length of a renewal: a choice where all versions of the rule list theirs; no question where there is one."""
    term = plan.term.months if plan.term else 0
    versions = [renewal.lengths or Lengths(term, (term,)) for renewal in plan.renewal]
    usual = min(lengths.usual(term) for lengths in versions)
    if not all(lengths.only for lengths in versions):
        shortest = min(renewal.lengths.least for renewal in plan.renewal if renewal.lengths)
        return [_field("months", "integer", min=shortest, max=plan.horizon_months or MAX_MONTHS, default=usual)]
    choices = sorted({months for lengths in versions for months in lengths.only})
    if len(choices) == 1:
        return []
    return [_field("months", "integer", min=choices[0], max=choices[-1], default=usual, choices=[*choices])]


def _option(option: Option) -> Field:
    required = not option.optional and option.type != "boolean" and option.required_with is None
    field = _field(f"options.{option.name}", option.type, required)
    if option.type in ("integer", "minutes"):
        field |= {
            "min": option.minimum or 0,
            "max": MAX_QUANTITY if option.maximum is None else option.maximum,
        }
    if option.choices:
        field["choices"] = list(option.choices)
    if option.type == "boolean":
        field["default"] = False
    if option.required_with is not None:
        field["required_with"] = dict(option.required_with)
    return field
