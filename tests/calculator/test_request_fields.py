"""What a field means when it is left out, at its bounds, and beside others."""

from typing import Any

import pytest

from calculator.errors import Refusal
from calculator.request import in_field_order
from tests.calculator.asking import TWO_WINDOWS, answer, ask, codes, lines, one_plan, refused, term

SEATS = "solidxperts/subscription"
FULL = one_plan(
    {
        "quantity": {"max": 3},
        "limit": {"per_customer": 3},
        "buy": {},
        "renewal": {"windows": TWO_WINDOWS},
        "addition": {"billed": "by_day"},
    }
)
BUY = {"plan": "made/plan", "action": "buy", "on": "2026-05-01"}
RENEW = {"plan": "made/plan", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31"}


@pytest.mark.parametrize(("fields", "calls"), [({}, 1), ({"existing": 0}, 1), ({"existing": 1}, 2)])
def test_no_units_are_there_already_unless_they_are_stated(fields: dict[str, Any], calls: int) -> None:
    """Five seats have one grace call, six have two."""
    given = ask(SEATS, "add", "2026-10-01", expiry="2027-03-31", quantity=5, **fields)
    assert given["entitlements"][0]["quantity"] == calls


@pytest.mark.parametrize(
    ("fields", "total"), [({}, "120.00"), ({"quantity": 2}, "240.00"), ({"serials": ["a", "b"]}, "240.00")]
)
def test_one_unit_unless_a_quantity_or_serials_say_otherwise(fields: dict[str, Any], total: str) -> None:
    assert answer(BUY | fields, FULL)["total"] == total


@pytest.mark.parametrize(
    ("fields", "params"),
    [
        ({"serials": ["a", "b"], "quantity": 1}, {"quantity": 1, "serials": 2}),
        ({"serials": ["a"], "quantity": 2}, {"quantity": 2, "serials": 1}),
        ({"serials": ["a", "a"], "quantity": 2}, {"quantity": 2, "serials": 1}),
        ({"serials": ["a", "a", "b"]}, {"quantity": 3, "serials": 2}),
    ],
)
def test_as_many_serials_as_units_each_once(fields: dict[str, Any], params: dict[str, int]) -> None:
    assert refused(BUY | fields, FULL) == [("quantity_differs_from_serials", "serials", params)]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"serials": ["a", "b", "c"]}, []),
        ({"serials": ["a", "b", "c"], "quantity": 3}, []),
        ({"serials": ["a", "b", "c", "d"]},
         [("out_of_range", "serials", {"min": 1, "max": 3}), ("limit_reached", "quantity", {"limit": 3, "held": 0})]),
        ({"quantity": 4}, [("out_of_range", "quantity", {"min": 1, "max": 3})]),
        ({"quantity": 2, "holds": ["made/plan"]}, []),
        ({"quantity": 3, "holds": ["made/plan"]}, [("limit_reached", "holds", {"limit": 3, "held": 1})]),
        ({"quantity": 1, "holds": ["made/plan"] * 3}, [("limit_reached", "holds", {"limit": 3, "held": 3})]),
        ({"serials": ["a", "b", "c"], "holds": ["made/plan"]}, [("limit_reached", "holds", {"limit": 3, "held": 1})]),
    ],
)  # fmt: skip
def test_units_are_limited_by_the_quote_and_by_the_customer(fields: dict[str, Any], errors: list[Any]) -> None:
    given = answer(BUY | fields, FULL)
    assert ([] if given["ok"] else [tuple(error.values()) for error in given["errors"]]) == sorted(
        errors, key=lambda error: ("quantity", "serials", "holds").index(error[1])
    )


@pytest.mark.parametrize("action", ["renew", "add", "status"])
def test_an_anchor_is_not_after_the_expiry(action: str) -> None:
    request = RENEW | {"action": action}
    assert answer(request | {"anchor": "2026-03-31"}, FULL)["ok"]
    too_late = [("out_of_range", "anchor", {"min": "1970-01-01", "max": "2026-03-31"})]
    assert refused(request | {"anchor": "2026-04-01"}, FULL) == too_late


def test_a_first_contract_s_anchor_has_nothing_to_do_with_an_expiry() -> None:
    assert answer(BUY | {"anchor": "2026-04-01", "expiry": "2026-03-31"}, FULL)["ok"]


def test_a_status_begins_no_earlier_than_its_contract() -> None:
    """A first term that was aligned is shorter than the plan's."""
    request = {"expiry": "2026-03-31"}
    assert term(ask("made/plan", "status", "2026-03-01", FULL, **request)) == "2025-04-01…2026-03-31"
    short = ask("made/plan", "status", "2026-03-01", FULL, **request, anchor="2025-10-01")
    assert term(short) == "2025-10-01…2026-03-31"
    long = ask("made/plan", "status", "2026-03-01", FULL, **request, anchor="2020-04-01")
    assert term(long) == "2025-04-01…2026-03-31"


@pytest.mark.parametrize(
    ("action", "fields"), [("extend", {"months": 1}), ("add", {}), ("status", {}), ("buy", {})]
)  # fmt: skip
def test_only_a_renewal_can_be_aligned(action: str, fields: dict[str, Any]) -> None:
    made = one_plan(
        {
            "buy": {},
            "renewal": {"windows": [{**TWO_WINDOWS[0], "align": {"max_months": 12}}, TWO_WINDOWS[1]]},
            "extension": {"billed": "by_month"},
            "addition": {"billed": "by_day"},
        }
    )
    request = RENEW | {"align_to": "2026-12-31"}
    assert answer(request, made)["ok"]
    assert refused(request | {"action": action} | fields, made) == [("align_not_offered", "align_to", {})]


def test_a_horizon_refuses_the_field_that_goes_beyond_it() -> None:
    aligned = [{**TWO_WINDOWS[0], "align": {"max_months": 48}}, TWO_WINDOWS[1]]
    made = one_plan({"horizon": {"months": 36}, "renewal": {"windows": aligned, "lengths": {"min_months": 12}}})
    limit = {"latest_end": "2029-02-28"}
    assert answer(RENEW | {"align_to": "2029-02-28"}, made)["ok"]
    assert refused(RENEW | {"align_to": "2029-03-01"}, made) == [("extension_over_limit", "align_to", limit)]
    assert answer(RENEW | {"months": 35}, made)["term"]["end"] == "2029-02-28"
    assert refused(RENEW | {"months": 36}, made) == [("extension_over_limit", "months", limit)]


@pytest.mark.parametrize(
    ("months", "bounds"),
    [(11, {"min": 12, "max": 12}), (12, None), (13, {"min": 12, "max": 12}), (1200, {"min": 12, "max": 12})],
)
def test_a_renewal_is_one_term_long(months: int, bounds: dict[str, int] | None) -> None:
    expected = [] if bounds is None else [("out_of_range", "months", bounds)]
    given = answer(RENEW | {"months": months}, FULL)
    assert ([] if given["ok"] else [tuple(error.values()) for error in given["errors"]]) == expected


@pytest.mark.parametrize(("months", "fits"), [(11, False), (12, True), (1200, True)])
def test_a_renewal_may_be_longer_where_lengths_are_offered(months: int, fits: bool) -> None:
    made = one_plan({"renewal": {"windows": TWO_WINDOWS, "lengths": {"min_months": 12}}, "buy": {}})
    given = answer(RENEW | {"months": months}, made)
    if not fits:
        assert refused(RENEW | {"months": months}, made) == [("out_of_range", "months", {"min": 12, "max": 1200})]
    else:
        assert lines(given) == {"price": f"{10 * months}.00"}
    assert codes(BUY | {"months": 24}, made) == [("out_of_range", "months")]


def test_a_plan_without_a_term_has_no_lengths() -> None:
    made = one_plan(
        {"term": {"months": 12}, "buy": {}},
        free={"unit": "user", "buy": {}, "price": [{"from": "2020-01-01", "amount": "1.00"}]},
    )
    assert refused(BUY | {"plan": "made/free", "months": 1}, made) == [("out_of_range", "months", {"min": 0, "max": 0})]


OPTIONS: dict[str, Any] = {
    "buy": {},
    "renewal": {"windows": TWO_WINDOWS},
    "options": {
        "yes": {"type": "boolean", "actions": ["buy", "renew"]},
        "size": {"type": "choice", "choices": ["s", "m"], "actions": ["buy"]},
        "count": {"type": "integer", "actions": ["buy"], "optional": True},
        "few": {"type": "integer", "min": 2, "max": 4, "actions": ["buy"], "required_with": {"size": "m"}},
        "when": {"type": "date", "actions": ["buy"], "required_with": {"yes": True}},
    },
}


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"size": "s"}, []),
        ({}, [("missing", "options.size", {})]),
        ({"size": "m"}, [("missing", "options.few", {})]),
        ({"size": "m", "few": 2}, []),
        ({"size": "m", "few": 4}, []),
        ({"size": "m", "few": 1}, [("bad_option", "options.few", {"min": 2, "max": 4})]),
        ({"size": "m", "few": 5}, [("bad_option", "options.few", {"min": 2, "max": 4})]),
        ({"size": "s", "count": 0}, []),
        ({"size": "s", "count": 1_000_000}, []),
        ({"size": "s", "count": -1}, [("bad_option", "options.count", {"min": 0, "max": 1_000_000})]),
        ({"size": "s", "count": 1_000_001}, [("bad_option", "options.count", {"min": 0, "max": 1_000_000})]),
        ({"size": "s", "yes": False}, []),
        ({"size": "s", "yes": True}, [("missing", "options.when", {})]),
        ({"size": "s", "yes": True, "when": "2026-01-01"}, []),
        ({"size": "l"}, [("bad_option", "options.size", {"choices": ["s", "m"]})]),
        ({"size": "s", "what": 1},
         [("unknown_option", "options.what", {"known": ["count", "few", "size", "when", "yes"]})]),
    ],
)  # fmt: skip
def test_options_are_asked_for_where_they_count(given: dict[str, Any], errors: list[Any]) -> None:
    answered = answer(BUY | {"options": given}, one_plan(OPTIONS))
    assert ([] if answered["ok"] else [tuple(error.values()) for error in answered["errors"]]) == errors


def test_options_of_another_action_are_unknown_but_a_status_takes_them_all() -> None:
    made = one_plan(OPTIONS)
    size = {"options": {"size": "s"}}
    assert refused(RENEW | size, made) == [("unknown_option", "options.size", {"known": ["yes"]})]
    assert answer(RENEW, made)["ok"]
    assert answer(RENEW | {"action": "status"} | size, made)["ok"]
    assert answer(RENEW | {"action": "status"}, made)["ok"]


def test_a_first_length_is_for_the_first_term_alone() -> None:
    made = one_plan({"buy": {"terms": [{"months": 24}]}, "renewal": {"windows": TWO_WINDOWS}})
    assert answer(BUY | {"months": 24}, made)["term"]["end"] == "2028-04-30"
    assert answer(RENEW | {"months": 12}, made)["term"]["end"] == "2027-03-31"
    assert refused(RENEW | {"months": 24}, made) == [("out_of_range", "months", {"min": 12, "max": 12})]


def test_reasons_come_once_each_in_the_order_of_the_fields() -> None:
    """Two reasons for one field stay two; an option stands where options do, an unknown field last."""
    given = [
        Refusal("unknown_field", "zone"),
        Refusal("bad_option", "options.hours", {"max": 200}),
        Refusal("bad_option", "options.hours", {"min": 1}),
        Refusal("bad_date", "on"),
        Refusal("bad_date", "on"),
        Refusal("missing", "plan"),
    ]
    kept = [(reason.field, reason.params) for reason in in_field_order(given)]
    hours = [("options.hours", {"max": 200}), ("options.hours", {"min": 1})]
    assert kept == [("plan", {}), ("on", {}), *hours, ("zone", {})]
