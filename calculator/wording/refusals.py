"""Refusals in words: for each error one sentence that says what to enter instead."""

from collections.abc import Mapping
from typing import Any

from calculator.wording.speech import Speech
from calculator.wording.texts import Value

type Data = Mapping[str, Any]


def refusal_sheet(response: Data, speech: Speech) -> dict[str, Any]:
    """The sheet of a refused request."""
    return {
        "ok": False,
        "lang": speech.locale,
        "errors": [_error(error, speech) for error in response["errors"]],
    }


def _error(error: Data, speech: Speech) -> dict[str, Any]:
    code, field = error["code"], error["field"]
    params = _params(code, field, error.get("params") or {}, speech)
    message = speech.texts.first([f"error.{_kind(code, params)}", "error.other"], params)
    return {"code": code, "field": field, "message": message}


def _kind(code: str, params: Mapping[str, Value]) -> str:
    """The code, or `leave_empty` for a number of which the plan offers none."""
    return "leave_empty" if code == "out_of_range" and params.get("only") == 0 else code


def _params(code: str, field: str, given: Data, speech: Speech) -> dict[str, Value]:
    """The error's parameters with their codes in words, and the field's label."""
    params = speech.worded(given)
    option = field.removeprefix("options.") if field.startswith("options.") else ""
    params["field"] = speech.field(field)
    params["name"] = option or field
    if given.get("min") is not None and given.get("min") == given.get("max"):
        params["only"] = given["min"]
    if "expected" in given:
        params["expected"] = speech.texts.first([f"expected.{given['expected']}"]) or given["expected"]
    if "offered" in given:
        params["offered"] = [speech.say(f"action.{action}") for action in given["offered"]]
    if "choices" in given:
        words = speech.option(option).get("choices", {})
        packs = speech.plan_data(speech.plan).get("packs", {}) if option == "pack" else {}
        params["choices"] = [str(words.get(choice) or packs.get(choice) or choice) for choice in given["choices"]]
    if "known" in given:
        params["known"] = [str(speech.option(name).get("label") or name) for name in given["known"]] or None
    return params
