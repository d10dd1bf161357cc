"""`present`: an answer of the contract, in codes, as a sheet of worded rows.

Decides which text goes with which code and what stands in which row; leaves the words to the locale data, and what a
row looks like to page, e-mail and terminal.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import prod
from typing import Any

from calculator.plan import window_kind
from calculator.wording.refusals import refusal_sheet
from calculator.wording.speech import Speech, speech_for

type Data = Mapping[str, Any]
type Row = dict[str, Any]


def present(response: Data, locale_data: Data, plan: object = None) -> Row:
    """The sheet of an answer: a quote, a status or a refusal. Pure; unknown codes show as they are.

    A refusal does not name its plan: `plan`, as the request had it, lets it speak in that family's words.
    """
    name = response.get("plan") or plan
    speech = speech_for(locale_data, name if isinstance(name, str) else "", response.get("currency") or "")
    if not response["ok"]:
        return refusal_sheet(response, speech)
    return {
        "ok": True,
        "lang": speech.locale,
        "title": speech.say(f"title.{response['action']}", {"plan": speech.plan_name(response["plan"])}),
        "window": _window(response, speech),
        "facts": list(_facts(response, speech)),
        "rows": [_row(line, speech) for line in response["lines"]],
        "totals": list(_totals(response, speech)),
        "entitlements": [_entitlement(item, speech) for item in response["entitlements"]],
        "notices": list(_notices(response, speech)),
        "deadlines": [_deadline(item, response["action"], speech) for item in response["deadlines"]],
        "notes": [_note(item, speech) for item in response["notes"]],
        "validity": _validity(response, speech),
    }


def _window(response: Data, speech: Speech) -> Row:
    """Where the day falls; a band of the plan's own (`early_…`, `late_…`) is one, under the title of its own rule.

    Days are told by the side of the expiry that they are on, whatever the window is called.
    """
    code = response["window"]
    late = response.get("days_late")
    params: dict[str, Any] = {}
    if late is not None:
        params = {"days_late": late, "days_early": -late if late < 0 else None}
    keys = [code, window_kind(code)]
    if late is not None and (late > 0) is (window_kind(code) in ("early", "on_time")):
        keys = ["late" if late > 0 else "on_time"]
    return {
        "code": code,
        "label": speech.window_label(code),
        "detail": speech.texts.first([f"window.{key}.detail" for key in keys], params),
    }


def _facts(response: Data, speech: Speech) -> Iterable[Row]:
    """The dates and the number of units, each with its label."""
    status = response["action"] == "status"
    on = "status_on" if status else "on"
    yield _fact(speech, on, on, speech.texts.written(response["on"]))
    term = response["term"]
    if term is None:
        if not status:
            yield _fact(speech, "no_term", "no_term", speech.say("fact.no_term_value"))
    else:
        ended = status and term["end"] < response["on"]
        key = "last_term" if ended else "current_term" if status else "term"
        yield _fact(speech, "term", key, speech.say("fact.term_value", term))
        yield _fact(speech, "days", "days", speech.say("fact.days_value", term))
    unit = speech.plan_data(response["plan"]).get("unit")
    units = sum(line["quantity"] for line in _price_lines(response["lines"]) if line["unit"] == unit)
    if unit and units:
        yield _fact(speech, "quantity", "quantity", speech.units(units, unit))


def _price_lines(lines: Sequence[Data]) -> Iterable[Data]:
    """The lines that price units: the first one and those of its code (one for each serial number or tier)."""
    return (line for line in lines if line["code"] == lines[0]["code"] and line.get("quantity"))


def _fact(speech: Speech, code: str, key: str, value: str) -> Row:
    return {"code": code, "label": speech.say(f"fact.{key}"), "value": value}


def _row(line: Data, speech: Speech) -> Row:
    """One line: what it is, how it was worked out, its amount, and the rule behind it."""
    label = speech.line_label(line)
    return {
        "kind": "line",
        "code": line["code"],
        "label": label,
        "detail": _detail(line, speech),
        "amount": speech.texts.written(line["amount"], "money"),
        "clause": line["clause"],
        "rule": speech.rule_name(line["clause"], label),
    }


def _detail(line: Data, speech: Speech) -> str:
    """How a line was worked out: the first text of `detail.<code>` or `detail.line` that it has all figures for.

    A fee of a year says the year's, then the part of it.
    """
    params: dict[str, Any] = dict(line.get("params") or {})
    if line["unit"] and line["unit_amount"] is not None:
        params["units"] = _units(line, params, speech)
        params["unit_amount"] = line["unit_amount"]
    params = speech.worded(params)
    keys = [f"detail.{line['code']}", "detail.line"]
    if "yearly" in params:
        params["fee"], keys = speech.texts.fitting(["detail.yearly"], params), ["detail.part_of_year"]
    detail = speech.texts.fitting(keys, params)
    if "serial" not in params:
        return detail
    return speech.texts.fitting(["detail.serial"], params | {"detail": detail or None})


def _units(line: Data, params: Data, speech: Speech) -> str:
    """`5 utilisateurs`, or where a number is a product of answers: `12 visites x 40 km x 2`.

    The parameters then hold the answers, that of the unit itself first in the product; what they do not make up is a
    fixed multiple, such as the way there and back.
    """
    unit, quantity = line["unit"], line["quantity"]
    if unit not in params:
        return speech.units(quantity, unit)
    answers = {unit: params[unit]} | {name: value for name, value in params.items() if isinstance(value, int)}
    parts = [speech.units(count, name) for name, count in answers.items()]
    multiple = quantity // prod(answers.values())
    if multiple > 1:
        parts.append(speech.texts.written(multiple))
    return speech.say("detail.times").join(parts)


def _totals(response: Data, speech: Speech) -> Iterable[Row]:
    """Subtotal and taxes where there are taxes, and the total; nothing for a status."""
    if response["action"] == "status":
        return
    taxes = response["taxes"]
    own = f"_{taxes[0]['code'].lower()}" if len(taxes) == 1 else ""  # a tax that totals are told by, such as VAT
    if taxes:
        label = speech.texts.first([f"total.subtotal{own}", "total.subtotal"])
        yield _total(speech, "subtotal", label, response["subtotal"])
    for tax in taxes:
        name = speech.texts.first([f"tax.{tax['code']}"]) or tax["code"]
        label = speech.say("tax.label", {"tax": name, "rate": tax["rate"]})
        yield _total(speech, "tax", label, tax["amount"])
    untaxed = any(note["code"] == "taxes_not_included" for note in response["notes"])
    key = "total_taxed" if taxes else "total_untaxed" if untaxed else "total"
    label = speech.texts.first([f"total.{key}{own}", f"total.{key}"])
    yield _total(speech, "total", label, response["total"])


def _total(speech: Speech, kind: str, label: str, amount: str) -> Row:
    return {"kind": kind, "label": label, "amount": speech.texts.written(amount, "money")}


def _entitlement(item: Data, speech: Speech) -> Row:
    """What the term gives; a code without words of its own speaks by its clause's title."""
    code = item["code"]
    params = {name: value for name, value in item.items() if name != "carried" or value}
    params["title"] = speech.entitlement_title(code)
    if item.get("on_request"):
        params["on_request"] = speech.say("value.on_request")
    return {
        "code": code,
        "text": speech.texts.first([f"entitlement.{code}", "entitlement.other"], params) or code,
    }


def _notices(response: Data, speech: Speech) -> Iterable[Row]:
    """The reminders still to come, each told by the days that its own day lies before the last covered one.

    A rule's reminder that would come before the term is moved to its first day: said once, and not on the asked day.
    """
    told: set[date] = set()
    for item in response["notices"] if response["term"] else ():
        day = date.fromisoformat(item["date"])
        days = (date.fromisoformat(response["term"]["end"]) - day).days
        on = date.fromisoformat(response["on"])
        if day < on or (day == on and days != item["days_before"]) or day in told:
            continue
        told.add(day)
        text = speech.say("notice.reminder", {"days_before": days})
        yield {"date": item["date"], "when": speech.texts.written(item["date"]), "text": text}


def _deadline(item: Data, action: str, speech: Speech) -> Row:
    """A day of the running contract; beside an extension's own reminders, it is said to which end it belongs."""
    keys = [f"deadline.{item['code']}"]
    if item.get("window"):
        keys.insert(0, f"{keys[0]}_{item['window']}")  # “late” itself; a band of the plan's own has a title
    if item.get("final"):
        keys.insert(0, "deadline.last_day_to_renew")
    text = speech.texts.first(keys, speech.worded(item)) or item["code"]
    if action == "extend" and item["code"] != "extension_limit":
        text = speech.say("deadline.not_extended", {"text": text})
    return {
        "code": item["code"],
        "date": item["date"],
        "when": speech.texts.written(item["date"]),
        "text": text,
    }


def _note(item: Data, speech: Speech) -> Row:
    """A remark in the words of the plan's own note, else of its code; a reading says what was decided."""
    code, params = item["code"], dict(item.get("params") or {})
    if code == "reading":
        params["text"] = speech.family.get("readings", {}).get(params.get("id"))
    own = speech.clause(f"{speech.plan.partition('/')[2]}.notes.{code}").get("text")
    return {"code": code, "text": own or speech.texts.first([f"note.{code}"], speech.worded(params)) or code}


def _validity(response: Data, speech: Speech) -> str:
    """Until when the price holds; empty for a status, which has none."""
    if response["action"] == "status":
        return ""
    until = response["valid_until"]
    key = "open" if until is None else "day_only" if until == response["on"] else "until"
    return speech.say(f"validity.{key}", {"date": until})
