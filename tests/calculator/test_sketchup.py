"""Boundary days of the reseller's maintenance: prices, grace, fee, extensions and their cap."""

import pytest

from tests.calculator.asking import answer, ask, deadlines, lines, notes, refused, term

PLAN = "sketchup/maintenance"


def renewal(on: str, expiry: str = "2026-06-30", **more: object) -> dict[str, object]:
    return {"plan": PLAN, "action": "renew", "on": on, "expiry": expiry, **more}


@pytest.mark.parametrize(
    ("on", "window", "days_late", "covered", "subtotal", "total"),
    [
        ("2025-12-31", "on_time", -181, "2026-07-01…2027-06-30", "115.00", "138.00"),
        ("2026-01-01", "on_time", -180, "2026-07-01…2027-06-30", "120.00", "144.00"),
        ("2026-06-29", "on_time", -1, "2026-07-01…2027-06-30", "120.00", "144.00"),
        ("2026-06-30", "on_time", 0, "2026-07-01…2027-06-30", "120.00", "144.00"),
        ("2026-07-01", "grace", 1, "2026-07-01…2027-06-30", "120.00", "144.00"),
        ("2026-07-30", "grace", 30, "2026-07-01…2027-06-30", "120.00", "144.00"),
        ("2026-07-31", "late", 31, "2026-07-31…2027-07-30", "215.00", "258.00"),
        ("2027-08-15", "late", 411, "2027-08-15…2028-08-14", "215.00", "258.00"),
        ("2029-01-01", "late", 916, "2029-01-01…2029-12-31", "221.00", "265.20"),
    ],
)
def test_renewal_by_day(on: str, window: str, days_late: int, covered: str, subtotal: str, total: str) -> None:
    given = answer(renewal(on))
    assert (given["window"], given["days_late"], term(given)) == (window, days_late, covered)
    assert (given["subtotal"], given["total"]) == (subtotal, total)


@pytest.mark.parametrize(
    ("on", "price"),
    [
        ("2024-01-01", "110.00"), ("2024-12-31", "110.00"), ("2025-01-01", "115.00"), ("2025-12-31", "115.00"),
        ("2026-01-01", "120.00"), ("2028-12-31", "120.00"), ("2029-01-01", "126.00"), ("2200-12-31", "126.00"),
    ],
)  # fmt: skip
def test_first_contract_at_the_price_of_its_day(on: str, price: str) -> None:
    assert ask(PLAN, "buy", on)["subtotal"] == price


def test_no_price_before_the_first_row() -> None:
    assert refused({"plan": PLAN, "action": "buy", "on": "2023-12-31"}) == [
        ("no_price_at_date", "on", {"date": "2023-12-31", "first": "2024-01-01"})
    ]


def test_first_contract() -> None:
    given = ask(PLAN, "buy", "2026-02-10", quantity=3)
    assert (given["window"], given["days_late"], term(given)) == ("new", None, "2026-02-10…2027-02-09")
    assert given["taxes"] == [{"code": "VAT", "rate": "20", "amount": "72.00"}]
    assert given["notices"] == [{"code": "reminder", "date": "2027-01-10", "days_before": 30}]
    assert given["deadlines"] == []
    assert "illustrative_price" in notes(given)


def test_the_fee_is_per_licence_and_cites_its_rule() -> None:
    given = ask(PLAN, "renew", "2026-07-31", expiry="2026-06-30", quantity=4)
    price, fee = given["lines"]
    assert (price["amount"], price["unit_amount"], price["clause"]) == (
        "480.00", "120.00", "maintenance.renewal.windows.late",
    )  # fmt: skip
    assert (fee["amount"], fee["quantity"], fee["unit"], fee["unit_amount"]) == ("380.00", 4, "licence", "95.00")
    assert fee["clause"] == "maintenance.renewal.windows.late.adjust.reinstatement_fee"
    assert notes(given) == ["illustrative_price", "licence_keeps_version", "reading:reminder-day", "reading:late-start"]


def test_deadlines_of_a_renewal_are_those_ahead() -> None:
    early = answer(renewal("2026-05-31"))
    assert deadlines(early) == {
        "last_day_on_time": "2026-06-30",
        "last_day_of_grace": "2026-07-30",
        "extension_limit": "2029-05-30",
    }
    assert [entry["date"] for entry in early["deadlines"]] == sorted(entry["date"] for entry in early["deadlines"])
    assert "last_day_on_time" in deadlines(answer(renewal("2026-06-30")))
    assert set(deadlines(answer(renewal("2026-07-01")))) == {"last_day_of_grace", "extension_limit"}
    assert set(deadlines(answer(renewal("2026-07-31")))) == {"extension_limit"}


@pytest.mark.parametrize(
    ("months", "subtotal", "amounts", "end"),
    [
        (12, "240.00", {"price": "240.00"}, "2027-06-30"),
        (13, "260.00", {"price": "240.00", "further_months": "20.00"}, "2027-07-31"),
        (23, "460.00", {"price": "240.00", "further_months": "220.00"}, "2028-05-31"),
        (24, "480.00", {"price": "480.00"}, "2028-06-30"),
        (35, "700.00", {"price": "480.00", "further_months": "220.00"}, "2029-05-31"),
    ],
)
def test_longer_renewals(months: int, subtotal: str, amounts: dict[str, str], end: str) -> None:
    given = answer(renewal("2026-06-01", months=months, quantity=2))
    assert (given["subtotal"], lines(given), given["term"]["end"]) == (subtotal, amounts, end)


def test_the_cap_counts_from_the_day_of_purchase() -> None:
    request = {"plan": PLAN, "action": "extend", "on": "2026-05-01", "expiry": "2026-12-31"}
    # The last covered day is at most the day before 2026-05-01 + 36 months.
    fits = answer(request | {"months": 28})
    assert (term(fits), fits["total"]) == ("2027-01-01…2029-04-30", "336.00")
    assert refused(request | {"months": 29}) == [("extension_over_limit", "months", {"latest_end": "2029-04-30"})]
    assert refused(renewal("2026-07-01", months=37))[0][0] == "extension_over_limit"
    # To the day: a term that ends on the limit, and one day over it.
    assert term(ask(PLAN, "extend", "2026-07-01", expiry="2026-07-31", months=35)) == "2026-08-01…2029-06-30"
    assert refused(request | {"on": "2026-06-30", "expiry": "2026-06-30", "months": 36}) == [
        ("extension_over_limit", "months", {"latest_end": "2029-06-29"})
    ]


@pytest.mark.parametrize(
    ("on", "limit"),
    [
        ("2024-02-29", "2027-02-27"),
        ("2028-02-28", "2031-02-27"),
        ("2026-08-31", "2029-08-30"),
        ("2025-03-01", "2028-02-29"),
        ("2025-02-28", "2028-02-27"),
    ],
)
def test_the_cap_is_clamped_to_the_month(on: str, limit: str) -> None:
    assert deadlines(ask(PLAN, "status", on, expiry="2029-12-31"))["extension_limit"] == limit


def test_extension_is_months_of_the_yearly_price() -> None:
    given = ask(PLAN, "extend", "2025-10-01", expiry="2026-01-31", months=5, quantity=2)
    # 2 x 115 x 5 / 12 = 95.8333…, rounded once.
    assert (term(given), given["window"], given["subtotal"]) == ("2026-02-01…2026-06-30", "extension", "95.83")
    assert given["lines"][0] | {"params": None} == {
        "code": "extension", "quantity": 2, "unit": "licence", "unit_amount": "115.00", "amount": "95.83",
        "clause": "maintenance.extension", "params": None,
    }  # fmt: skip
    assert given["lines"][0]["params"] == {"months": 5, "of": 12}
    assert given["valid_until"] == "2025-12-31"  # the price changes the day after


def test_extending_ends_with_the_contract() -> None:
    last = ask(PLAN, "extend", "2026-06-30", expiry="2026-06-30", months=1)
    assert (term(last), last["valid_until"]) == ("2026-07-01…2026-07-31", "2026-06-30")
    assert refused({"plan": PLAN, "action": "extend", "on": "2026-07-01", "expiry": "2026-06-30", "months": 1}) == [
        ("contract_not_active", "on", {"expiry": "2026-06-30"})
    ]


def test_extension_from_the_end_of_february() -> None:
    assert term(ask(PLAN, "extend", "2028-02-01", expiry="2028-02-28", months=1)) == "2028-02-29…2028-03-28"
    anchored = ask(PLAN, "extend", "2027-01-01", expiry="2027-02-27", anchor="2024-02-29", months=12)
    assert term(anchored) == "2027-02-28…2028-02-28"


def test_status_says_what_ends() -> None:
    given = ask(PLAN, "status", "2026-06-01", expiry="2026-06-30")
    assert (given["window"], given["lines"], given["total"], given["valid_until"]) == ("on_time", [], "0.00", None)
    assert term(given) == "2025-07-01…2026-06-30"
    assert given["notices"] == [{"code": "reminder", "date": "2026-05-31", "days_before": 30}]
    ends = [note["params"] for note in given["notes"] if note["code"] == "lapses"]
    assert {"what": "cover", "after": "2026-06-30"} in ends and {"what": "updates", "after": "2026-06-30"} in ends
    after = ask(PLAN, "status", "2026-07-31", expiry="2026-06-30")
    assert (after["window"], after["days_late"], after["entitlements"]) == ("late", 31, [])


def test_taxes_follow_the_region() -> None:
    untaxed = ask(PLAN, "buy", "2026-01-01", tax_exempt=True)
    assert (untaxed["taxes"], untaxed["total"], notes(untaxed)[0]) == ([], "120.00", "tax_exempt")
    abroad = ask(PLAN, "buy", "2026-01-01", region="US")
    assert (abroad["taxes"], notes(abroad)[0]) == ([], "taxes_not_included")
    quebec = ask(PLAN, "buy", "2026-01-01", region="CA-QC")
    assert [tax["code"] for tax in quebec["taxes"]] == ["GST", "QST"]
    assert (quebec["taxes"][1]["amount"], quebec["total"]) == ("11.97", "137.97")
