"""The published schemas of the contract against the calculator: real answers are valid, and wrong requests refused."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from calculator.request import FIELDS
from calculator.wire import quote
from site_builder.plans import Families, load_families

ROOT: Final = Path(__file__).resolve().parents[2]
SCHEMAS: Final = ROOT / "site_builder" / "schema"
ORANGE: Final = {"plan": "keystroke/orange-care", "action": "renew", "on": "2026-04-10", "expiry": "2026-03-31"}


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(found)
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name), format_checker=FormatChecker())


@cache
def families() -> Families:
    return load_families(ROOT / "plans")


def faults(name: str, value: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


def examples() -> list[tuple[str, dict[str, Any]]]:
    files = families().files.items()
    return [(f"{name}/{example.id}", dict(example.request)) for name, file in files for example in file.words.examples]


EXAMPLES: Final = dict(examples())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answer_to_a_worked_example_is_valid(name: str) -> None:
    answer = quote(families().engine, EXAMPLES[name])
    assert faults("response", answer) == []
    if answer["ok"]:
        assert faults("request", EXAMPLES[name]) == []


def test_the_examples_have_every_action_window_and_both_kinds_of_answer() -> None:
    answers = [quote(families().engine, request) for request in EXAMPLES.values()]
    given = [answer for answer in answers if answer["ok"]]
    assert {answer["action"] for answer in given} == {"buy", "renew", "extend", "add", "status"}
    assert {str(answer["window"]) for answer in given} == {"new", "on_time", "grace", "late", "extension", "addition"}
    assert len(given) < len(answers)


def test_the_request_has_the_fields_of_the_contract() -> None:
    assert set(schema("request")["properties"]) == set(FIELDS)


# What is wrong with a request, and whether a schema can see it: what depends on a plan, a region, a calendar or another
# field's value is the calculator's to say.
WRONG: Final[dict[str, tuple[Any, str, bool]]] = {
    "no object": ([], "wrong_type", True),
    "an unknown field": (ORANGE | {"quantiy": 5}, "unknown_field", True),
    "no plan": ({key: value for key, value in ORANGE.items() if key != "plan"}, "missing", True),
    "no action": ({key: value for key, value in ORANGE.items() if key != "action"}, "missing", True),
    "no day": ({key: value for key, value in ORANGE.items() if key != "on"}, "missing", True),
    "no expiry": ({key: value for key, value in ORANGE.items() if key != "expiry"}, "missing", True),
    "no months to extend by": (ORANGE | {"plan": "sketchup/maintenance", "action": "extend"}, "missing", True),
    "a plan that is a number": (ORANGE | {"plan": 1}, "wrong_type", True),
    "a plan without its family": (ORANGE | {"plan": "orange-care"}, "unknown_plan", True),
    "an unknown plan": (ORANGE | {"plan": "keystroke/orange"}, "unknown_plan", False),
    "an unknown action": (ORANGE | {"action": "rent"}, "action_not_offered", True),
    "an action that the plan lacks": (ORANGE | {"action": "extend", "months": 1}, "action_not_offered", False),
    "a quantity as text": (ORANGE | {"quantity": "2"}, "wrong_type", True),
    "a quantity that is true": (ORANGE | {"quantity": True}, "wrong_type", True),
    "no units": (ORANGE | {"quantity": 0}, "out_of_range", True),
    "too many units": (ORANGE | {"quantity": 1_000_001}, "out_of_range", True),
    "less than no units": (ORANGE | {"action": "add", "existing": -1}, "out_of_range", True),
    "no months": (ORANGE | {"months": 0}, "out_of_range", True),
    "too many months": (ORANGE | {"months": 1201}, "out_of_range", True),
    "months that are not offered": (ORANGE | {"on": "2026-03-01", "months": 6}, "out_of_range", False),
    "a date as a number": (ORANGE | {"on": 20260410}, "wrong_type", True),
    "a date written otherwise": (ORANGE | {"on": "10/04/2026"}, "bad_date", True),
    "a date that does not exist": (ORANGE | {"on": "2026-02-30"}, "bad_date", False),
    "a day with a time": (ORANGE | {"on": "2026-04-10T00:00"}, "bad_date", True),
    "a year that is not allowed": (ORANGE | {"on": "2201-01-01"}, "out_of_range", False),
    "an anchor after the expiry": (ORANGE | {"anchor": "2026-04-01"}, "out_of_range", False),
    "a region that is a number": (ORANGE | {"region": 5}, "wrong_type", True),
    "an unknown region": (ORANGE | {"region": "ZZ"}, "unknown_region", False),
    "an exemption in words": (ORANGE | {"tax_exempt": "yes"}, "wrong_type", True),
    "serials that are no list": (ORANGE | {"serials": "A-1"}, "wrong_type", True),
    "no serials": (ORANGE | {"serials": []}, "out_of_range", True),
    "an empty serial": (ORANGE | {"serials": [""]}, "wrong_type", True),
    "a serial given twice": (ORANGE | {"serials": ["A", "A"]}, "quantity_differs_from_serials", True),
    "another number of serials": (ORANGE | {"serials": ["A"], "quantity": 2}, "quantity_differs_from_serials", False),
    "holdings that are no list": (ORANGE | {"holds": "keystroke/vip"}, "wrong_type", True),
    "an unknown plan held": (ORANGE | {"holds": ["keystroke/none"]}, "unknown_plan", False),
    "options that are no object": (ORANGE | {"options": []}, "wrong_type", True),
    "an unknown option": (ORANGE | {"options": {"speed": True}}, "unknown_option", False),
    "an option that holds an object": (ORANGE | {"options": {"speed": {}}}, "unknown_option", True),
    "an end that is not offered": (ORANGE | {"align_to": "2026-09-30"}, "align_not_offered", False),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_request_is_refused_by_both_where_a_schema_can_see_it(name: str) -> None:
    request, code, seen = WRONG[name]
    answer: dict[str, Any] = quote(families().engine, request)
    assert not answer["ok"]
    assert code in [error["code"] for error in answer["errors"]]
    assert faults("response", answer) == []
    assert bool(faults("request", request)) == seen


def test_every_code_of_the_schema_is_one_that_the_calculator_says() -> None:
    codes = schema("response")["else"]["properties"]["errors"]["items"]["properties"]["code"]["enum"]
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "calculator").rglob("*.py"))
    assert [code for code in codes if f'"{code}"' not in sources] == []


@pytest.mark.parametrize(
    "change",
    [
        {"total": 585.21},
        {"window": "lately"},
        {"currency": "$"},
        {"lines": [{"code": "price"}]},
        {"valid_until": "soon"},
    ],
)
def test_an_answer_of_another_shape_is_found(change: dict[str, Any]) -> None:
    answer = quote(families().engine, ORANGE)
    assert faults("response", answer) == [] and faults("response", answer | change)
