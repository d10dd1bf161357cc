"""Boundary days of the yearly plan that starts on the first of a month, one per hardware key."""

import pytest

from tests.calculator.asking import ask, codes, lines, notes, term

PLAN = "vtube-laser/smp"


@pytest.mark.parametrize(
    ("on", "with_training", "without"),
    [
        ("2026-01-31", "2026-02-01…2027-01-31", "2026-02-01…2026-03-02"),
        ("2026-02-01", "2026-03-01…2027-02-28", "2026-03-01…2026-03-30"),
        ("2026-02-28", "2026-03-01…2027-02-28", "2026-03-01…2026-03-30"),
        ("2024-01-15", "2024-02-01…2025-01-31", "2024-02-01…2024-03-01"),
        ("2024-02-29", "2024-03-01…2025-02-28", "2024-03-01…2024-03-30"),
        ("2026-12-31", "2027-01-01…2027-12-31", "2027-01-01…2027-01-30"),
    ],
)
def test_first_plan_starts_on_the_first_of_the_next_month(on: str, with_training: str, without: str) -> None:
    trained = ask(PLAN, "buy", on, options={"onsite_training": True})
    alone = ask(PLAN, "buy", on)
    assert (term(trained), trained["total"]) == (with_training, "0.00")
    assert (term(alone), alone["term"]["days"], alone["total"]) == (without, 30, "0.00")
    assert alone == ask(PLAN, "buy", on, options={"onsite_training": False})


def test_notices_90_days_before_for_whole_years_only() -> None:
    year = ask(PLAN, "buy", "2026-01-15", options={"onsite_training": True})
    assert year["notices"] == [
        {"code": "reminder", "date": "2026-11-02", "days_before": 90},
        {"code": "reminder", "date": "2027-01-01", "days_before": 30},
    ]
    # 30 days before the last of 30 days lies before the first one: moved to it.
    days = ask(PLAN, "buy", "2026-01-15")
    assert days["notices"] == [{"code": "reminder", "date": "2026-02-01", "days_before": 30}]


def test_the_status_of_a_first_month_knows_it_by_its_anchor() -> None:
    given = ask(PLAN, "status", "2026-02-10", expiry="2026-03-02", anchor="2026-02-01")
    assert term(given) == "2026-02-01…2026-03-02"
    assert given["notices"] == [{"code": "reminder", "date": "2026-02-01", "days_before": 30}]
    assert term(ask(PLAN, "status", "2026-02-10", expiry="2026-03-02")) == "2025-03-03…2026-03-02"


@pytest.mark.parametrize(
    ("on", "window", "covered"),
    [
        ("2026-04-29", "on_time", "2026-05-01…2027-04-30"),
        ("2026-04-30", "on_time", "2026-05-01…2027-04-30"),
        ("2026-05-01", "late", "2026-06-01…2027-05-31"),
        ("2026-05-30", "late", "2026-06-01…2027-05-31"),
        ("2026-05-31", "late", "2026-06-01…2027-05-31"),
        ("2026-06-01", "late", "2026-07-01…2027-06-30"),
        ("2028-01-31", "late", "2028-02-01…2029-01-31"),
    ],
)
def test_renewal_by_day(on: str, window: str, covered: str) -> None:
    given = ask(PLAN, "renew", on, expiry="2026-04-30", quantity=2)
    assert (given["window"], term(given), lines(given), given["total"]) == (
        window,
        covered,
        {"price": "1790.00"},
        "1790.00",
    )
    assert "taxes_not_included" in notes(given)


def test_one_line_for_each_serial() -> None:
    given = ask(PLAN, "renew", "2026-04-29", expiry="2026-04-30", serials=["HK-1", "HK-2"])
    assert [(line["quantity"], line["amount"], line["params"]) for line in given["lines"]] == [
        (1, "895.00", {"serial": "HK-1"}),
        (1, "895.00", {"serial": "HK-2"}),
    ]
    assert given["total"] == "1790.00"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"serials": ["A", "B"], "quantity": 3}, [("quantity_differs_from_serials", "serials")]),
        ({"serials": ["A", "A"]}, [("quantity_differs_from_serials", "serials")]),
        ({"serials": ["A", "A"], "quantity": 2}, [("quantity_differs_from_serials", "serials")]),
        ({"serials": []}, [("out_of_range", "serials")]),
        ({"serials": [" "]}, [("wrong_type", "serials")]),
        ({"serials": [7]}, [("wrong_type", "serials")]),
        ({"serials": "A"}, [("wrong_type", "serials")]),
        ({"months": 24}, [("out_of_range", "months")]),
        ({"months": 1}, [("out_of_range", "months")]),
        ({"align_to": "2026-12-31"}, [("align_not_offered", "align_to")]),
    ],
)
def test_refused(fields: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert codes({"plan": PLAN, "action": "renew", "on": "2026-04-29", "expiry": "2026-04-30", **fields}) == expected


def test_first_lengths_are_the_only_ones() -> None:
    buy = {"plan": PLAN, "action": "buy", "on": "2026-04-29"}
    assert ask(PLAN, "buy", "2026-04-29", months=12, options={"onsite_training": True})["ok"]
    assert codes(buy | {"months": 13, "options": {"onsite_training": True}}) == [("out_of_range", "months")]
    assert codes(buy | {"months": 12}) == [("out_of_range", "months")]
