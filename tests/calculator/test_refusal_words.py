"""What a refusal says beside its code: the type that was expected, the bounds, the answers that would be right."""

from typing import Any

import pytest

from tests.calculator.asking import answer, one_plan, refused

BUY = {"plan": "keystroke/orange-care", "action": "buy", "on": "2026-05-01"}
RENEW = {"plan": "keystroke/orange-care", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
VIP = RENEW | {"plan": "keystroke/vip"}
TEXT, LIST = {"expected": "text"}, {"expected": "list"}
INTEGER, BOOLEAN, OBJECT = {"expected": "integer"}, {"expected": "boolean"}, {"expected": "object"}


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (BUY | {"plan": 7}, ("wrong_type", "plan", TEXT)),
        (BUY | {"action": 7}, ("wrong_type", "action", TEXT)),
        (BUY | {"on": 7}, ("wrong_type", "on", TEXT)),
        (BUY | {"tax_exempt": 1}, ("wrong_type", "tax_exempt", BOOLEAN)),
        (BUY | {"region": None}, ("wrong_type", "region", TEXT)),
        (BUY | {"serials": "A"}, ("wrong_type", "serials", LIST)),
        (BUY | {"serials": [7]}, ("wrong_type", "serials", TEXT)),
        (BUY | {"serials": [" \t"]}, ("wrong_type", "serials", TEXT)),
        (BUY | {"serials": []}, ("out_of_range", "serials", {"min": 1, "max": 1_000_000})),
        (BUY | {"holds": "keystroke/vip"}, ("wrong_type", "holds", LIST)),
        (BUY | {"holds": [None]}, ("wrong_type", "holds", TEXT)),
        (BUY | {"options": []}, ("wrong_type", "options", OBJECT)),
        (BUY | {"months": "12"}, ("wrong_type", "months", INTEGER)),
        (VIP | {"options": {"pack": 2}}, ("wrong_type", "options.pack", TEXT)),
        (VIP | {"options": {"pack": "2h", "interventions": 15}}, ("wrong_type", "options.interventions", LIST)),
        (VIP | {"options": {"pack": "2h", "interventions": ["15"]}}, ("wrong_type", "options.interventions", INTEGER)),
        (VIP | {"options": {"pack": "1h"}},
         ("bad_option", "options.pack", {"choices": ["2h", "3h", "4h", "5h", "6h", "7h", "8h"]})),
        ({"plan": "vtube-laser/smp", "action": "buy", "on": "2026-01-01", "options": {"onsite_training": 1}},
         ("wrong_type", "options.onsite_training", BOOLEAN)),
        (BUY | {"plan": "solidxperts/hours-10", "options": {"ppi_paid_on": "2026-02-30"}},
         ("bad_date", "options.ppi_paid_on", {"value": "2026-02-30"})),
    ],
)  # fmt: skip
def test_a_refusal_says_what_was_expected(request_: object, error: tuple[str, str, dict[str, Any]]) -> None:
    assert refused(request_) == [error]


@pytest.mark.parametrize(
    ("field", "fits", "refusal"),
    [
        ("quantity", (1, 1_000_000), {"min": 1, "max": 1_000_000}),
        ("existing", (0, 1_000_000), {"min": 0, "max": 1_000_000}),
        ("months", (1, 1200), {"min": 1, "max": 1200}),
    ],
)
def test_bounds_hold_with_an_unknown_plan_too(field: str, fits: tuple[int, int], refusal: dict[str, int]) -> None:
    request = BUY | {"plan": "x/y"}
    unknown = ("unknown_plan", "plan", {"value": "x/y"})
    for value in fits:
        assert refused(request | {field: value}) == [unknown]
    for value in (fits[0] - 1, fits[1] + 1):
        assert refused(request | {field: value}) == [unknown, ("out_of_range", field, refusal)]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("existing", "1", ("wrong_type", INTEGER)),
        ("anchor", "2026-02-30", ("bad_date", {"value": "2026-02-30"})),
        ("align_to", "2026-02-30", ("bad_date", {"value": "2026-02-30"})),
        ("tax_exempt", 0, ("wrong_type", BOOLEAN)),
        ("options", "x", ("wrong_type", OBJECT)),
    ],
)
def test_types_are_judged_with_an_unknown_plan_too(field: str, value: object, error: tuple[str, Any]) -> None:
    expected = (error[0], field, error[1])
    assert refused(BUY | {"plan": "x/y", field: value}) == [("unknown_plan", "plan", {"value": "x/y"}), expected]


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (BUY | {"on": "2" * 41}, ("bad_date", "on", {"value": "2" * 40})),
        (BUY | {"plan": "p" * 81}, ("unknown_plan", "plan", {"value": "p" * 80})),
        (BUY | {"action": "a" * 41},
         ("action_not_offered", "action", {"value": "a" * 40, "offered": ["buy", "renew", "add", "status"]})),
        (BUY | {"region": "r" * 41}, ("unknown_region", "region", {"value": "r" * 40})),
        (BUY | {"holds": ["h" * 81]}, ("unknown_plan", "holds", {"value": "h" * 80})),
        (BUY | {"f" * 81: 1}, ("unknown_field", "f" * 80, {})),
        (BUY | {"options": {"o" * 81: 1}}, ("unknown_option", f"options.{'o' * 72}", {"known": []})),
    ],
)  # fmt: skip
def test_what_was_written_is_repeated_in_part(request_: object, error: tuple[str, str, dict[str, Any]]) -> None:
    """At most 40 letters of a value and 80 of a name, so that an answer stays small."""
    assert refused(request_) == [error]


def test_a_first_length_asked_for_before_the_first_rule() -> None:
    """Without a rule there are no first lengths: the term is the plan's, and the day alone is refused."""
    made = one_plan({"buy": [{"from": "2026-01-01", "terms": [{"months": 24}]}]})
    request = {"plan": "made/plan", "action": "buy", "on": "2025-12-31", "months": 12}
    assert refused(request, made) == [("action_not_offered", "on", {"date": "2025-12-31"})]
    assert refused(request | {"on": "2026-01-01"}, made) == [("out_of_range", "months", {"min": 24, "max": 24})]
    assert answer(request | {"on": "2026-01-01", "months": 24}, made)["term"]["end"] == "2027-12-31"


def test_a_first_price_before_the_first_rule_has_no_first_day() -> None:
    """A plan whose only prices are those of its first purchases has none on a day without a rule for them."""
    buy = [{"from": "2026-01-01", "price": [{"from": "2026-01-01", "amount": "1.00"}]}]
    made = one_plan({"buy": {}}, call={"unit": "call", "buy": buy})
    assert refused({"plan": "made/call", "action": "buy", "on": "2025-12-31"}, made) == [
        ("action_not_offered", "on", {"date": "2025-12-31"}),
        ("no_price_at_date", "on", {"date": "2025-12-31", "first": None}),
    ]


def test_a_pack_without_a_price_yet_is_refused_by_the_day_and_one_on_request_by_itself() -> None:
    request = {"plan": "keystroke/vip", "action": "buy", "on": "2019-12-31", "options": {"pack": "2h"}}
    assert refused(request) == [("no_price_at_date", "on", {"date": "2019-12-31", "first": "2020-01-01"})]
    assert refused(request | {"on": "2020-01-01", "options": {"pack": "3h"}}) == [
        ("price_on_request", "options.pack", {})
    ]


@pytest.mark.parametrize(
    ("letter", "code"),
    [("\ud7ff", "unknown_region"), ("\ud800", "wrong_type"), ("\udfff", "wrong_type"), ("\ue000", "unknown_region")],
)
def test_half_a_letter_is_no_text(letter: str, code: str) -> None:
    """JSON can write a surrogate by itself, which no page or mail could show."""
    error = (code, "region", TEXT if code == "wrong_type" else {"value": f"a{letter}"})
    assert refused(BUY | {"region": f"a{letter}"}) == [error]
