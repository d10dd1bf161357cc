"""Boundary days of seats, rentals, incidents and blocks of hours: grace calls, credit, additions, two taxes."""

import pytest

from tests.calculator.asking import answer, ask, lines, notes, refused, term

SEATS = "solidxperts/subscription"
HOURS = "solidxperts/hours-10"


@pytest.mark.parametrize(
    ("on", "window", "covered"),
    [
        ("2026-03-30", "on_time", "2026-04-01…2027-03-31"),
        ("2026-03-31", "on_time", "2026-04-01…2027-03-31"),
        ("2026-04-01", "late", "2026-04-01…2027-03-31"),
        ("2026-04-02", "late", "2026-04-02…2027-04-01"),
        ("2026-04-30", "late", "2026-04-30…2027-04-29"),
        ("2026-05-01", "late", "2026-05-01…2027-04-30"),
    ],
)
def test_renewal_by_day(on: str, window: str, covered: str) -> None:
    given = ask(SEATS, "renew", on, expiry="2026-03-31")
    assert (given["window"], term(given), given["subtotal"]) == (window, covered, "1895.00")


@pytest.mark.parametrize(
    ("seats", "calls"),
    [(1, 1), (5, 1), (6, 2), (15, 2), (16, 3), (1_000_000, 3)],
)
def test_grace_calls_by_seats(seats: int, calls: int) -> None:
    given = ask(SEATS, "buy", "2026-04-10", quantity=seats)
    assert given["entitlements"] == [{"code": "grace_calls", "quantity": calls, "resets_on": "2027-04-10"}]


@pytest.mark.parametrize(("existing", "added", "calls"), [(4, 1, 1), (5, 1, 2), (14, 1, 2), (15, 1, 3), (0, 6, 2)])
def test_grace_calls_follow_the_total_when_seats_are_added(existing: int, added: int, calls: int) -> None:
    given = ask(SEATS, "add", "2026-10-01", expiry="2027-03-31", existing=existing, quantity=added)
    assert given["entitlements"] == [{"code": "grace_calls", "quantity": calls, "resets_on": "2027-04-01"}]


def test_grace_calls_reset_on_the_anniversary() -> None:
    leap = ask(SEATS, "buy", "2024-02-29")
    assert leap["entitlements"][0]["resets_on"] == "2025-02-28"
    back = ask(SEATS, "renew", "2027-02-01", expiry="2027-02-27", anchor="2024-02-29")
    assert (term(back), back["entitlements"][0]["resets_on"]) == ("2027-02-28…2028-02-28", "2028-02-29")


def test_grace_calls_stop_at_the_end() -> None:
    assert ask(SEATS, "status", "2026-03-31", expiry="2026-03-31")["entitlements"]
    after = ask(SEATS, "status", "2026-04-01", expiry="2026-03-31")
    assert (after["window"], after["entitlements"]) == ("late", [])
    assert "grace_calls_stop" in notes(after)


@pytest.mark.parametrize(
    ("on", "expiry", "days", "of", "amount"),
    [
        ("2026-04-01", "2027-03-31", 365, 365, "1895.00"),
        ("2026-04-02", "2027-03-31", 364, 365, "1889.81"),
        ("2027-03-31", "2027-03-31", 1, 365, "5.19"),
        ("2027-04-01", "2028-03-31", 366, 366, "1895.00"),
        ("2028-02-29", "2028-03-31", 32, 366, "165.68"),
        ("2028-02-29", "2029-02-28", 366, 365, "1900.19"),
    ],
)
def test_seats_in_mid_term(on: str, expiry: str, days: int, of: int, amount: str) -> None:
    given = ask(SEATS, "add", on, expiry=expiry, existing=3)
    assert (given["window"], term(given), given["valid_until"]) == ("addition", f"{on}…{expiry}", on)
    assert given["lines"][0]["params"] == {"days": days, "of": of}
    assert given["subtotal"] == amount


def test_nothing_is_added_after_the_end() -> None:
    request = {"plan": SEATS, "action": "add", "on": "2027-04-01", "expiry": "2027-03-31"}
    assert refused(request) == [("contract_not_active", "on", {"expiry": "2027-03-31"})]


def test_rental_runs_three_months_without_grace_calls() -> None:
    given = ask("solidxperts/rental-3m", "buy", "2026-11-30", quantity=2)
    assert (term(given), given["subtotal"], given["entitlements"]) == ("2026-11-30…2027-02-27", "1190.00", [])
    assert refused({"plan": "solidxperts/rental-3m", "action": "buy", "on": "2026-01-01", "months": 12}) == [
        ("out_of_range", "months", {"min": 3, "max": 3})
    ]


def test_incident_has_no_term() -> None:
    given = ask("solidxperts/ppi", "buy", "2026-05-05")
    assert (given["term"], given["subtotal"], given["window"]) == (None, "225.00", "new")


@pytest.mark.parametrize(
    ("on", "subtotal", "valid_until"),
    [
        ("2026-01-10", "1525.00", "2026-02-09"),
        ("2026-02-08", "1525.00", "2026-02-09"),
        ("2026-02-09", "1525.00", "2026-02-09"),
        ("2026-02-10", "1750.00", None),
        ("2026-02-11", "1750.00", None),
    ],
)
def test_incident_credited_within_30_days(on: str, subtotal: str, valid_until: str | None) -> None:
    given = ask(HOURS, "buy", on, options={"ppi_paid_on": "2026-01-10"})
    assert (given["subtotal"], given["valid_until"]) == (subtotal, valid_until)
    assert lines(given).get("ppi_credit") == ("-225.00" if subtotal == "1525.00" else None)
    assert ("credit_expired" in notes(given)) == (subtotal == "1750.00")


def test_credit_is_a_line_that_cites_its_rule() -> None:
    credit = ask(HOURS, "buy", "2026-02-09", options={"ppi_paid_on": "2026-01-10"})["lines"][1]
    assert credit == {
        "code": "ppi_credit", "quantity": 1, "unit": None, "unit_amount": "-225.00", "amount": "-225.00",
        "clause": "hours-10.buy.credits.ppi_credit", "params": {"paid_on": "2026-01-10", "within_days": 30},
    }  # fmt: skip


def test_incident_cannot_be_paid_later_than_the_hours() -> None:
    request = {"plan": HOURS, "action": "buy", "on": "2026-01-09", "options": {"ppi_paid_on": "2026-01-10"}}
    assert refused(request) == [("bad_option", "options.ppi_paid_on", {"latest": "2026-01-09"})]
    assert answer(request | {"on": "2026-01-10"})["subtotal"] == "1525.00"


def test_no_credit_without_a_price_on_that_day() -> None:
    request = {"plan": HOURS, "action": "buy", "on": "2020-01-05", "options": {"ppi_paid_on": "2019-12-31"}}
    assert refused(request) == [
        ("no_price_at_date", "options.ppi_paid_on", {"date": "2019-12-31", "first": "2020-01-01"})
    ]


def test_hours_are_an_entitlement() -> None:
    given = ask(HOURS, "buy", "2026-01-09", quantity=2)
    assert (given["subtotal"], given["entitlements"]) == ("3500.00", [{"code": "support_time", "minutes": 1200}])


def test_both_taxes_on_the_subtotal() -> None:
    given = ask(SEATS, "buy", "2026-04-10")
    # 9.975 % of 1,895.00 = 189.02625.
    assert given["taxes"] == [
        {"code": "GST", "rate": "5", "amount": "94.75"},
        {"code": "QST", "rate": "9.975", "amount": "189.03"},
    ]
    assert given["total"] == "2178.78"
