"""The request of a worked example that the engine refuses, in the plan file's words: what is wrong, and what fits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from calculator.plan import cut_off
from calculator.request import FIELDS
from site_builder.errors import Issue, listed, suggest, suggest_key
from site_builder.plans.as_typed import day_advice, whole_advice
from site_builder.sources import Document, Path, Value

type _Said = tuple[str, str, str]
"""What is wrong, why, and what to write instead."""

_MEANT: Final = {
    "buy": ("purchase", "achat", "acheter", "acquisto", "new"),
    "renew": ("renewal", "renouvellement", "renouveler", "rinnovo"),
    "extend": ("extension", "prolongation", "prolonger", "proroga"),
    "add": ("addition", "ajout", "ajouter", "aggiunta"),
    "status": ("state", "statut", "état", "stato"),
}
"""Other words for the actions: those of the plan file's sections, and those of other languages."""

_KINDS: Final = {
    "text": ("a text", "write a text, in quotes if it looks like a number"),
    "boolean": ("true or false", "write true or false, without quotes"),
    "integer": ("a whole number", "write a whole number, without quotes"),
    "list": ("a list", "write `[…, …]`"),
    "object": ("a mapping", "write `{…: …}`, the names of options with their answers"),
}
"""What the engine expects of a field, in words, and how it is written."""

_ADDED: Final = {
    "on": "2026-01-15",
    "expiry": "2026-12-31",
    "action": "renew",
    "months": "3",
}
"""What a missing field may look like."""

_BY_RULE: Final[Mapping[str, _Said]] = {
    "contract_not_active": (
        "the contract does not run on that day", "it ends on {expiry}, and the action needs one that runs",
        "write a day before that, or another `expiry`",
    ),
    "align_not_offered": (
        "the plan does not align a term on that day", "no window for that day has `align`", "leave `align_to` out",
    ),
    "align_out_of_range": ("the plan does not align a term so far", "`align` says how far", "write an earlier day"),
    "extension_over_limit": (
        "the extension goes past the plan's limit", "it may end on {latest_end} at the latest", "write fewer `months`",
    ),
    "too_late_to_renew": (
        "it is too late to renew on that day", "the last day is {last_day}", "write an earlier day",
    ),
    "length_too_short": (
        "a term of that length would be over on that day", "it would have ended on {last_day}",
        "write `months: {min}`, or an earlier day",
    ),
    "no_price_at_date": (
        "the plan has no price on {date}", "a price holds from the day that its row says", "write a later day",
    ),
    "price_on_request": (
        "the plan's price must be asked for", "its row for that day says `on_request`", "write another day or plan",
    ),
    "limit_reached": (
        "the customer may not have so many", "`limit` allows {limit}, and {held} are held already", "ask for fewer",
    ),
}  # fmt: skip
"""Refusals that a rule of the plan file makes: what they say, why, and what else to ask for."""


def refused(
    document: Document, path: Path, error: Mapping[str, Any], request: Mapping[str, Any], regions: Collection[str] = ()
) -> Issue:
    """The issue for one of the engine's refusals of the request at `path`; `regions` are those that there are."""
    field, params = str(error.get("field") or ""), error.get("params") or {}
    at: Path = (*path, *field.split(".")) if field else path
    if field == "holds" and isinstance(held := request.get("holds"), list) and params.get("value") in held:
        at = (*at, held.index(params["value"]))
    teller = _TELLERS.get(error["code"], _by_rule)
    what, why, fix = teller(_Case(error["code"], field, params, request, document, at, regions))
    scalar = document.has(at) and not isinstance(document.at(at), dict | list)
    by_key = error["code"] in ("unknown_field", "unknown_option") or not scalar
    return document.issue(document.key_place(at) if by_key else document.value_place(at), what, why, fix)


@dataclass(frozen=True, slots=True)
class _Case:
    """A refusal with what its words may need."""

    code: str
    field: str
    params: Mapping[str, Any]
    request: Mapping[str, Any]
    document: Document
    at: Path
    regions: Collection[str]

    @property
    def plan(self) -> str:
        """The plan that is asked for."""
        return str(self.request.get("plan", ""))

    @property
    def action(self) -> str:
        """The action that is asked for."""
        return str(self.request.get("action", ""))

    @property
    def name(self) -> str:
        """The field or option by its own name."""
        return self.field.rpartition(".")[2]

    @property
    def subject(self) -> str:
        """The field, or the option, for a sentence."""
        return f"the option `{self.name}`" if "." in self.field else f"`{self.field or 'request'}`"

    @property
    def written(self) -> str:
        """What stands there."""
        value = self.document.at(self.at)
        return "" if isinstance(value, dict | list) or value is None else str(value)

    def rule(self, *keys: str) -> Value:
        """What the plan asked for says at some keys."""
        return self.document.at(("plans", self.plan.partition("/")[2], *keys))


def _by_rule(case: _Case) -> _Said:
    other = f"the request is refused: `{case.code}`", "the contract explains the code", "ask what the plan answers"
    named = _Named({name: value for name, value in case.params.items() if value is not None})
    what, why, fix = (text.format_map(named) for text in _BY_RULE.get(case.code, other))
    return what, why, f"{fix}, or expect `errors: [{case.code}]` if the example is to show that"


class _Named(dict[str, Any]):
    """Parameters, `…` for one that is not there."""

    def __missing__(self, key: str) -> str:
        return "…"


def _unknown_field(case: _Case) -> _Said:
    cut = cut_off(case.request, case.field)
    if cut:
        what, why, _ = cut.said
        return what, why, f"write a whole number, such as `{cut.before}: {cut.whole}`"
    why = f"a request's fields are {listed(FIELDS)}; the plan's own questions stand below `options`"
    if isinstance(case.rule("options", case.field), dict):
        return f"`{case.field}` is an option of the plan", why, f"write `options: {{{case.field}: …}}`"
    return f"`{case.field}` is not a field of a request", why, suggest_key(case.field, FIELDS, case.request)


def _missing(case: _Case) -> _Said:
    if "." not in case.field:
        whys = {
            "on": "every quote is for a day",
            "expiry": f"`{case.action}` is reckoned from the last day of the contract that runs",
            "action": "a plan is bought, renewed, extended or added to",
            "months": "an extension is as long as one asks",
        }
        example = f"add `{case.field}: {_ADDED.get(case.field, '…')}`"
        return f"`{case.field}` is missing in the request", whys.get(case.field, "every request has it"), example
    choices = case.rule("options", case.name, "choices")
    answers = [str(choice) for choice in choices] if isinstance(choices, list) else []
    fix = f"add `options: {{{case.name}: {answers[0] if answers else '…'}}}`"
    if answers[1:]:
        fix += f", or another of {listed(answers)}"
    return f"the option `{case.name}` has no answer", f"the plan asks it for `{case.action}`", fix


def _wrong_type(case: _Case) -> _Said:
    kind, fix = _KINDS.get(str(case.params.get("expected")), ("something else", "write another value"))
    if case.params.get("expected") == "integer":
        fix = whole_advice(case.written, -(10**9), 10**9).replace("write", "write, without quotes,") or fix
    if case.params.get("expected") == "list" and case.written:
        fix = f"write `[{case.written}]`"
    shown = f", not `{case.written}`" if case.written else ""
    return f"{case.subject} should be {kind}{shown}", "the calculator takes nothing else there", fix


def _bad_date(case: _Case) -> _Said:
    why = "dates are written YYYY-MM-DD and must exist"
    return (
        f"{case.subject} is no date: `{case.written}`",
        why,
        day_advice(case.written) or "write a date such as 2026-01-15",
    )


def _out_of_range(case: _Case) -> _Said:
    least, most = case.params.get("min"), case.params.get("max")
    if offered := [str(months) for months in case.params.get("choices", ())]:
        what = f"{case.subject} is not offered" + (f": `{case.written}`" if case.written else "")
        fix = f"write one of them, or add `{case.written}` to the plan's `lengths`"
        return what, f"the plan offers {listed(offered)}", fix
    if least is None and most is None:
        latest = case.params.get("latest")
        why = f"it can be {latest} at the latest" if latest else "a request has a few lines"
        return f"{case.subject} is out of range", why, "write an earlier day" if latest else "write less"
    if least == most:
        return (
            f"{case.subject} can only be {least} here",
            "the plan offers nothing else",
            f"write {least}, or leave it out",
        )
    what = f"{case.subject} is out of range" + (f": `{case.written}`" if case.written else "")
    return what, f"it can be from {least} to {most}", f"write a value from {least} to {most}"


def _bad_option(case: _Case) -> _Said:
    choices = case.params.get("choices")
    if choices is None:
        return _out_of_range(case)
    what = f"`{case.written}` is no choice of the option `{case.name}`"
    return what, f"its choices are {listed(choices)}", suggest(case.written, choices)


def _unknown_option(case: _Case) -> _Said:
    known = case.params.get("known") or []
    what = f"the plan asks no option `{case.name}` for `{case.action}`"
    why = f"its options there are {listed(known)}" if known else "it asks none there"
    if isinstance(case.rule("options", case.name), dict):
        return what, why, f"leave it out, or add `{case.action}` to the `actions` of the option"
    return what, why, suggest_key(case.name, known, case.request.get("options"))


def _action_not_offered(case: _Case) -> _Said:
    if "offered" not in case.params:
        why = "the version of the rule that holds first begins later"
        return f"`{case.plan}` does not offer `{case.action}` on that day", why, "ask for a later day"
    offered, written = case.params["offered"], case.written.casefold()
    meant = [action for action, words in _MEANT.items() if written in words and action in offered]
    fix = f"did you mean `{meant[0]}`?" if meant else suggest(case.written, offered)
    return f"`{case.plan}` does not offer the action `{case.written}`", f"it offers {listed(offered)}", fix


def _unknown_plan(case: _Case) -> _Said:
    family = case.plan.partition("/")[0]
    plans = case.document.at(("plans",))
    names = [f"{family}/{name}" for name in plans] if isinstance(plans, dict) else []
    written = str(case.params.get("value", case.written))
    return f"no plan is called `{written}`", "plans are named as family/plan", suggest(written, names)


def _unknown_region(case: _Case) -> _Said:
    why = "regions stand in the files of `plans/regions`, by their codes"
    return f"no region is called `{case.written}`", why, suggest(case.written, case.regions)


def _serials(case: _Case) -> _Said:
    different, quantity = case.params.get("serials"), case.params.get("quantity")
    what = f"`serials` names {different} different units, and the quantity is {quantity}"
    return what, "each unit has one serial number", "leave `quantity` out, or name each unit once"


def _not_eligible(case: _Case) -> _Said:
    expecting = "or expect `errors: [not_eligible]` if the example is to show that"
    if other := case.params.get("excluded_by"):
        why = f"its `eligibility` says `not_with` `{other}`"
        return f"`{case.plan}` does not go with `{other}`", why, f"take it out of `holds`, {expecting}"
    needed = [str(name) for name in case.params.get("requires") or ()]
    why = "its `eligibility` says so with `requires_any`"
    first = needed[0] if needed else "…"
    return f"`{case.plan}` needs one of {listed(needed)}", why, f"add `holds: [{first}]`, {expecting}"


_TELLERS: Final[Mapping[str, Callable[[_Case], _Said]]] = {
    "unknown_field": _unknown_field,
    "missing": _missing,
    "wrong_type": _wrong_type,
    "bad_date": _bad_date,
    "out_of_range": _out_of_range,
    "bad_option": _bad_option,
    "unknown_option": _unknown_option,
    "action_not_offered": _action_not_offered,
    "unknown_plan": _unknown_plan,
    "unknown_region": _unknown_region,
    "quantity_differs_from_serials": _serials,
    "not_eligible": _not_eligible,
}
