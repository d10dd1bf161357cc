"""Every error code of the contract, with its field and params; all of a request's errors at once; strict types."""

import json
from typing import Any

import pytest

from calculator.request import MAX_BYTES
from calculator.wire import quote_text
from tests.calculator.asking import TWO_WINDOWS, answer, ask, codes, one_plan, plans, refused

BUY = {"plan": "keystroke/orange-care", "action": "buy", "on": "2026-05-01"}
RENEW = {"plan": "keystroke/orange-care", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
EXTEND = {"plan": "sketchup/maintenance", "action": "extend", "on": "2026-03-15", "expiry": "2026-03-31", "months": 1}
YEARS = {"min": "1970-01-01", "max": "2200-12-31"}
MADE = one_plan(
    {
        "unit": "user",
        "buy": {},
        "eligibility": {"not_with": ["made/other"], "requires_any": ["made/base"]},
        "renewal": {"windows": [{**TWO_WINDOWS[0]}, {**TWO_WINDOWS[1], "until_day": 365}]},
    },
    other={"unit": "user", "price": [{"from": "2020-01-01", "amount": "1.00"}], "buy": {}},
    base={"unit": "user", "price": [{"from": "2020-01-01", "on_request": True}], "buy": {}},
    dated={
        "unit": "user",
        "term": {"months": 12},
        "price": [{"from": "2020-01-01", "amount": "1.00"}],
        "buy": [{"from": "2026-01-01"}],
        "addition": [{"from": "2026-01-01", "billed": "by_day"}],
    },
)


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (BUY | {"colour": 1}, ("unknown_field", "colour", {})),
        ({"action": "buy", "on": "2026-05-01"}, ("missing", "plan", {})),
        ({"plan": "keystroke/basic", "on": "2026-05-01"}, ("missing", "action", {})),
        ({"plan": "keystroke/basic", "action": "buy"}, ("missing", "on", {})),
        ({"plan": "keystroke/orange-care", "action": "renew", "on": "2026-05-01"}, ("missing", "expiry", {})),
        ({k: v for k, v in EXTEND.items() if k != "months"}, ("missing", "months", {})),
        ({"plan": "keystroke/vip", "action": "buy", "on": "2026-05-01"}, ("missing", "options.pack", {})),
        (BUY | {"quantity": "2"}, ("wrong_type", "quantity", {"expected": "integer"})),
        (BUY | {"on": "2026-02-30"}, ("bad_date", "on", {"value": "2026-02-30"})),
        (BUY | {"on": "1969-12-31"}, ("out_of_range", "on", YEARS)),
        (BUY | {"on": "2201-01-01"}, ("out_of_range", "on", YEARS)),
        (BUY | {"quantity": 0}, ("out_of_range", "quantity", {"min": 1, "max": 1_000_000})),
        (BUY | {"quantity": 1_000_001}, ("out_of_range", "quantity", {"min": 1, "max": 1_000_000})),
        (RENEW | {"action": "add", "existing": -1}, ("out_of_range", "existing", {"min": 0, "max": 1_000_000})),
        (RENEW | {"months": 24}, ("out_of_range", "months", {"min": 12, "max": 12})),
        (RENEW | {"months": 0}, ("out_of_range", "months", {"min": 1, "max": 1200})),
        (RENEW | {"anchor": "2026-04-01"}, ("out_of_range", "anchor", {"min": "1970-01-01", "max": "2026-03-31"})),
        (BUY | {"plan": "keystroke/none"}, ("unknown_plan", "plan", {"value": "keystroke/none"})),
        (BUY | {"holds": ["x/y"]}, ("unknown_plan", "holds", {"value": "x/y"})),
        (BUY | {"region": "CA-XX"}, ("unknown_region", "region", {"value": "CA-XX"})),
        (RENEW | {"action": "extend"},
         ("action_not_offered", "action", {"value": "extend", "offered": ["buy", "renew", "add", "status"]})),
        (BUY | {"options": {"pack": "2h"}}, ("unknown_option", "options.pack", {"known": []})),
        (RENEW | {"plan": "keystroke/vip", "options": {"pack": "2h", "interventions": [1, -1]}},
         ("bad_option", "options.interventions", {"min": 0, "max": 1_000_000})),
        (RENEW | {"serials": ["a", "b"], "quantity": 3},
         ("quantity_differs_from_serials", "serials", {"quantity": 3, "serials": 2})),
        (EXTEND | {"months": 36}, ("extension_over_limit", "months", {"latest_end": "2029-03-14"})),
        (EXTEND | {"on": "2026-04-01"}, ("contract_not_active", "on", {"expiry": "2026-03-31"})),
        (BUY | {"align_to": "2026-06-01"}, ("align_not_offered", "align_to", {})),
        (RENEW | {"align_to": "2026-03-31"},
         ("align_out_of_range", "align_to", {"first": "2026-04-01", "last": "2027-03-31"})),
        (BUY | {"on": "2019-12-31"}, ("no_price_at_date", "on", {"date": "2019-12-31", "first": "2020-01-01"})),
    ],
)  # fmt: skip
def test_one_error(request_: object, error: tuple[str, str, dict[str, Any]]) -> None:
    assert refused(request_) == [error]


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (
            {
                "plan": "made/plan",
                "action": "renew",
                "on": "2027-04-01",
                "expiry": "2026-03-31",
                "holds": ["made/base"],
            },
            ("too_late_to_renew", "on", {"last_day": "2027-03-31"}),
        ),
        (
            {"plan": "made/plan", "action": "buy", "on": "2026-01-01"},
            ("not_eligible", "holds", {"requires": ["made/base"]}),
        ),
        (
            {"plan": "made/plan", "action": "buy", "on": "2026-01-01", "holds": ["made/other", "made/base"]},
            ("not_eligible", "holds", {"excluded_by": "made/other"}),
        ),
        ({"plan": "made/base", "action": "buy", "on": "2026-01-01"}, ("price_on_request", "plan", {})),
        (
            {"plan": "made/dated", "action": "buy", "on": "2025-12-31"},
            ("action_not_offered", "on", {"date": "2025-12-31"}),
        ),
        (
            {"plan": "made/dated", "action": "add", "on": "2025-12-31", "expiry": "2026-02-28"},
            ("action_not_offered", "on", {"date": "2025-12-31"}),
        ),
    ],
)
def test_one_error_of_rules_that_no_shipped_plan_has(request_: object, error: tuple[str, str, dict[str, Any]]) -> None:
    assert refused(request_, MADE) == [error]


def test_all_errors_at_once_in_the_order_of_the_contract() -> None:
    request = {
        "plan": "keystroke/vip",
        "action": "renew",
        "on": "2026-13-01",
        "quantity": 2.0,
        "existing": True,
        "expiry": 20260331,
        "anchor": "",
        "months": "12",
        "align_to": None,
        "region": "Mars",
        "tax_exempt": "no",
        "serials": [1],
        "holds": ["a/b"],
        "options": {"pack": "1h", "interventions": [1, "2"], "x": 1},
        "zzz": 1,
    }
    assert codes(request) == [
        ("bad_date", "on"), ("wrong_type", "quantity"), ("wrong_type", "existing"), ("wrong_type", "expiry"),
        ("bad_date", "anchor"), ("wrong_type", "months"), ("wrong_type", "align_to"), ("unknown_region", "region"),
        ("wrong_type", "tax_exempt"), ("wrong_type", "serials"), ("unknown_plan", "holds"),
        ("wrong_type", "options.interventions"), ("bad_option", "options.pack"), ("unknown_option", "options.x"),
        ("unknown_field", "zzz"),
    ]  # fmt: skip


def test_a_wrong_plan_hides_no_other_error() -> None:
    request = {
        "plan": "x/y",
        "action": "renew",
        "months": "1",
        "existing": "1",
        "anchor": 1,
        "align_to": 1,
        "tax_exempt": 1,
    }
    assert codes(request | {"options": [], "holds": "x", "region": 5, "quantity": None}) == [
        ("unknown_plan", "plan"), ("missing", "on"), ("wrong_type", "quantity"), ("wrong_type", "existing"),
        ("missing", "expiry"), ("wrong_type", "anchor"), ("wrong_type", "months"), ("wrong_type", "align_to"),
        ("wrong_type", "region"), ("wrong_type", "tax_exempt"), ("wrong_type", "holds"), ("wrong_type", "options"),
    ]  # fmt: skip


def test_rules_are_judged_beside_wrong_fields() -> None:
    request = EXTEND | {"on": "2026-04-01", "quantity": 0, "align_to": "2026-06-01"}
    assert codes(request) == [("contract_not_active", "on"), ("out_of_range", "quantity")]
    request = RENEW | {"align_to": "2030-01-01", "months": 5, "quantity": 0}
    assert codes(request) == [
        ("out_of_range", "quantity"), ("out_of_range", "months"), ("align_out_of_range", "align_to"),
    ]  # fmt: skip
    hours = {
        "plan": "solidxperts/hours-10",
        "action": "buy",
        "on": "2019-01-01",
        "options": {"ppi_paid_on": "2020-01-01"},
    }
    assert codes(hours) == [("no_price_at_date", "on"), ("bad_option", "options.ppi_paid_on")]


def test_months_are_judged_on_a_day_only() -> None:
    request = {"plan": "sketchup/maintenance", "action": "renew", "expiry": "2026-03-31", "months": 18}
    assert codes(request) == [("missing", "on")]
    assert codes(request | {"on": "2026-02-30"}) == [("bad_date", "on")]


@pytest.mark.parametrize("value", [2.0, "2", True, False, None, [2], {"n": 2}, 1e300])
@pytest.mark.parametrize("field", ["quantity", "months", "existing"])
def test_integers_are_integers(field: str, value: object) -> None:
    assert codes(RENEW | {field: value}) == [("wrong_type", field)]


@pytest.mark.parametrize("value", [0, 1, "true", "", None, []])
def test_booleans_are_booleans(value: object) -> None:
    assert codes(BUY | {"tax_exempt": value}) == [("wrong_type", "tax_exempt")]
    training = {"plan": "vtube-laser/smp", "action": "buy", "on": "2026-01-01", "options": {"onsite_training": value}}
    assert codes(training) == [("wrong_type", "options.onsite_training")]


@pytest.mark.parametrize(
    "value",
    [
        "2026-2-1",
        "20260201",
        "2026-02-01T00:00",
        " 2026-02-01",
        "2026-02-01\n",
        "2026-02-29",
        "2026-00-10",
        "2026-04-31",
        "0000-01-01",
        "99999-01-01",
        "-2026-01-01",
        "2026-W05-1",
        "２０２６-02-01",
        "demain",
        "",
    ],
)
def test_dates_are_iso_dates_that_exist(value: str) -> None:
    for field in ("on", "expiry", "anchor", "align_to"):
        assert codes(RENEW | {field: value}) == [("bad_date", field)]


@pytest.mark.parametrize("value", [20260201, None, True, ["2026-02-01"], 1.5])
def test_dates_are_text(value: object) -> None:
    assert codes(RENEW | {"on": value}) == [("wrong_type", "on")]


@pytest.mark.parametrize("value", [None, 3, 2.5, True, "text", [], [{}], b"{}"])
def test_a_request_is_an_object(value: object) -> None:
    assert refused(value) == [("wrong_type", "", {"expected": "object"})]


def test_years_that_are_allowed() -> None:
    # 1970 and 2200 are inside; what has no price there says so.
    assert codes(BUY | {"on": "1970-01-01"}) == [("no_price_at_date", "on")]
    assert ask("keystroke/orange-care", "buy", "2200-12-31")["term"]["end"] == "2201-12-30"
    assert ask("keystroke/orange-care", "status", "2200-12-31", expiry="1970-01-01")["window"] == "late"


def test_the_largest_quantity_is_exact() -> None:
    given = ask("solidxperts/subscription", "buy", "2026-01-01", quantity=1_000_000)
    assert (given["subtotal"], given["total"]) == ("1895000000.00", "2178776250.00")


def padded(size: int) -> str:
    """A request of exactly so many bytes of text."""
    text = json.dumps(BUY | {"serials": [""]}, separators=(",", ":"))
    return text.replace('""', '"' + "é" * ((size - len(text)) // 2) + "x" * ((size - len(text)) % 2) + '"')


def test_64_kib_of_text() -> None:
    fits, too_long = padded(MAX_BYTES), padded(MAX_BYTES + 1)
    assert (len(fits.encode()), len(too_long.encode())) == (65_536, 65_537)
    assert json.loads(quote_text(plans(), fits))["ok"]
    assert json.loads(quote_text(plans(), too_long))["errors"] == [
        {"code": "out_of_range", "field": "", "params": {"max_bytes": MAX_BYTES}}
    ]
    assert codes({"plan": "x" * (MAX_BYTES + 1)}) == [("out_of_range", "")]
    assert codes({"serials": ["x"] * MAX_BYTES}) == [("out_of_range", "")]


def test_hostile_values_are_answered() -> None:
    loop: list[object] = []
    loop.append(loop)
    deep: object = []
    for _ in range(100_000):
        deep = [deep]
    assert codes(BUY | {"options": {"a": loop}}) == [("out_of_range", "")]
    assert codes(BUY | {"quantity": deep}) == [("out_of_range", "")]
    assert codes(BUY | {"quantity": 10**5000}) == [("out_of_range", "quantity")]
    assert codes(BUY | {"region": "\ud800"}) == [("wrong_type", "region")]
    assert codes(BUY | {"\ud800": 1})[0][0] == "unknown_field"
    odd: dict[object, object] = {1: 2, None: 3}
    assert codes(odd | BUY)[0][0] == "unknown_field"


def test_hostile_texts_are_answered() -> None:
    nested = '{"plan":' + "[" * 30_000 + "]" * 30_000 + "}"
    assert json.loads(quote_text(plans(), nested))["errors"][0]["code"] == "out_of_range"
    long_number = json.dumps(BUY)[:-1] + ', "quantity": ' + "9" * 6000 + "}"
    assert json.loads(quote_text(plans(), long_number))["errors"][0]["field"] == "quantity"
    with pytest.raises(json.JSONDecodeError):
        quote_text(plans(), "{")


def test_a_refusal_has_the_contract_s_shape() -> None:
    assert answer({}) | {"catalogue": ""} == {
        "contract": 1,
        "ok": False,
        "errors": [{"code": "missing", "field": field, "params": {}} for field in ("plan", "action", "on")],
        "catalogue": "",
    }
