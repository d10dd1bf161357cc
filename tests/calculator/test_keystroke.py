"""Boundary days of the support plans: discount, grace by the day, alignment, packs, carried time, limits."""

import pytest

from tests.calculator.asking import ask, codes, deadlines, lines, notes, refused, term

ORANGE = "keystroke/orange-care"
VIP = "keystroke/vip"


@pytest.mark.parametrize(
    ("on", "window", "covered", "total", "valid_until"),
    [
        ("2026-03-15", "on_time", "2026-04-01…2027-03-31", "540.00", "2026-03-31"),
        ("2026-03-30", "on_time", "2026-04-01…2027-03-31", "540.00", "2026-03-31"),
        ("2026-03-31", "on_time", "2026-04-01…2027-03-31", "540.00", "2026-03-31"),
        ("2026-04-01", "grace", "2026-04-01…2027-03-31", "600.00", "2026-04-01"),
        ("2026-04-02", "grace", "2026-04-02…2027-03-31", "598.36", "2026-04-02"),
        ("2026-04-10", "grace", "2026-04-10…2027-03-31", "585.21", "2026-04-10"),
        ("2026-04-30", "grace", "2026-04-30…2027-03-31", "552.33", "2026-04-30"),
        ("2026-05-01", "late", "2026-05-01…2027-04-30", "600.00", None),
        ("2027-06-01", "late", "2027-06-01…2028-05-31", "600.00", None),
    ],
)
def test_orange_care_by_day(on: str, window: str, covered: str, total: str, valid_until: str | None) -> None:
    given = ask(ORANGE, "renew", on, expiry="2026-03-31", quantity=5)
    assert (given["window"], term(given), given["total"], given["valid_until"]) == (window, covered, total, valid_until)


def test_grace_in_a_term_with_a_leap_day() -> None:
    # The term that would have followed holds 2028-02-29: 366 days.
    given = ask(ORANGE, "renew", "2027-04-10", expiry="2027-03-31", quantity=5)
    assert given["lines"][0]["params"] == {"days": 357, "of": 366}
    assert given["total"] == "585.25"


def test_day_30_is_our_reading() -> None:
    assert "reading:day-30" in notes(ask(ORANGE, "renew", "2026-04-30", expiry="2026-03-31"))
    assert "reading:day-30" not in notes(ask(ORANGE, "renew", "2026-04-29", expiry="2026-03-31"))


@pytest.mark.parametrize(
    ("expiry", "billing"),
    [
        ("2026-03-31", "2026-02-28"),
        ("2028-03-31", "2028-02-29"),
        ("2026-03-28", "2026-02-28"),
        ("2026-07-31", "2026-06-30"),
        ("2026-01-15", "2025-12-15"),
    ],
)
def test_billed_a_month_ahead_clamped(expiry: str, billing: str) -> None:
    assert deadlines(ask(ORANGE, "status", "2025-12-01", expiry=expiry))["auto_renewal_billing"] == billing


def test_deadlines_are_from_the_day_on() -> None:
    day = ask(ORANGE, "renew", "2026-02-28", expiry="2026-03-31")
    assert deadlines(day) == {
        "auto_renewal_billing": "2026-02-28", "last_day_on_time": "2026-03-31", "last_day_of_grace": "2026-04-30",
    }  # fmt: skip
    assert set(deadlines(ask(ORANGE, "renew", "2026-03-01", expiry="2026-03-31"))) == {
        "last_day_on_time", "last_day_of_grace",
    }  # fmt: skip
    assert deadlines(ask(ORANGE, "renew", "2026-05-01", expiry="2026-03-31")) == {}


def aligned(align_to: str, on: str = "2026-03-15", **more: object) -> dict[str, object]:
    return {"plan": ORANGE, "action": "renew", "on": on, "expiry": "2026-03-31", "align_to": align_to, **more}


@pytest.mark.parametrize(
    ("align_to", "amounts", "total"),
    [
        ("2026-04-01", {"prorated_price": "1.64", "on_time_discount": "-0.16"}, "1.48"),
        ("2026-12-31", {"prorated_price": "452.05", "on_time_discount": "-45.21"}, "406.84"),
        ("2027-03-30", {"prorated_price": "598.36", "on_time_discount": "-59.84"}, "538.52"),
        ("2027-03-31", {"price": "600.00", "on_time_discount": "-60.00"}, "540.00"),
    ],
)
def test_aligned_renewal(align_to: str, amounts: dict[str, str], total: str) -> None:
    given = ask(ORANGE, "renew", "2026-03-15", expiry="2026-03-31", quantity=5, align_to=align_to)
    assert (term(given), lines(given), given["total"]) == (f"2026-04-01…{align_to}", amounts, total)
    assert "reading:aligned-renewal" in notes(given)


def test_alignment_has_limits() -> None:
    range_of_it = {"first": "2026-04-01", "last": "2027-03-31"}
    assert refused(aligned("2026-03-31")) == [("align_out_of_range", "align_to", range_of_it)]
    assert refused(aligned("2027-04-01")) == [("align_out_of_range", "align_to", range_of_it)]
    for late in ("2026-04-01", "2026-04-30", "2026-05-01"):
        assert codes(aligned("2026-12-31", on=late)) == [("align_not_offered", "align_to")]
    for action in ("buy", "add", "status"):
        assert codes(aligned("2026-12-31", action=action)) == [("align_not_offered", "align_to")]
    assert codes(aligned("2026-12-31", months=11)) == [("out_of_range", "months")]


def test_daily_time_counts_users() -> None:
    given = ask(ORANGE, "buy", "2026-01-31", quantity=7)
    assert given["entitlements"] == [{"code": "support_time_per_day", "minutes": 210}]
    assert (term(given), given["total"]) == ("2026-01-31…2027-01-30", "840.00")
    more = ask(ORANGE, "add", "2026-08-01", expiry="2027-01-30", existing=7, quantity=3)
    assert more["entitlements"] == [{"code": "support_time_per_day", "minutes": 300}]
    assert (more["lines"][0]["params"], more["total"]) == ({"days": 183, "of": 365}, "180.49")


def test_plus_has_time_of_its_own_on_request() -> None:
    given = ask("keystroke/orange-care-plus", "buy", "2026-01-31", quantity=2)
    assert given["total"] == "360.00"
    assert {"code": "vip_time", "on_request": True} in given["entitlements"]


def test_basic_costs_nothing_and_has_no_term() -> None:
    given = ask("keystroke/basic", "buy", "2026-01-31")
    assert (given["term"], given["total"], given["valid_until"]) == (None, "0.00", None)
    for action in ("renew", "extend", "add", "status"):
        assert codes({"plan": "keystroke/basic", "action": action, "on": "2026-01-01", "expiry": "2026-01-01"}) == [
            ("action_not_offered", "action")
        ]


@pytest.mark.parametrize(
    ("plan", "pack", "price"),
    [(VIP, "2h", "198.00"), (VIP, "8h", "680.00"), ("keystroke/diamond", "4h", "636.00"),
     ("keystroke/diamond", "10h", "1450.00")],
)  # fmt: skip
def test_packs(plan: str, pack: str, price: str) -> None:
    given = ask(plan, "buy", "2026-05-01", options={"pack": pack})
    assert (given["total"], term(given)) == (price, "2026-05-01…2027-04-30")
    assert given["entitlements"] == [{"code": "support_time", "minutes": int(pack[:-1]) * 60}]


@pytest.mark.parametrize(
    ("plan", "sizes"),
    [(VIP, range(3, 8)), ("keystroke/diamond", range(5, 10))],
)
def test_other_packs_are_priced_on_request(plan: str, sizes: range) -> None:
    for size in sizes:
        request = {"plan": plan, "action": "buy", "on": "2026-05-01", "options": {"pack": f"{size}h"}}
        assert codes(request) == [("price_on_request", "options.pack")]


def bank(used: list[int] | None, on: str = "2026-03-31") -> tuple[str, dict[str, object]]:
    options: dict[str, object] = {"pack": "8h"} | ({} if used is None else {"interventions": used})
    given = ask(VIP, "renew", on, expiry="2026-03-31", options=options)
    return given["total"], given["entitlements"][0]


@pytest.mark.parametrize(
    ("used", "carried"),
    [
        ([], 480), ([0], 480), ([1], 465), ([15], 465), ([16], 450), ([14, 16], 435), ([50, 20], 390), ([480], 0),
        ([481], 0), ([466], 0), ([465], 15), ([600, 600], 0),
    ],
)  # fmt: skip
def test_unused_time_is_carried_in_steps_of_15_minutes(used: list[int], carried: int) -> None:
    assert bank(used) == ("612.00", {"code": "support_time", "minutes": 480 + carried, "carried": carried})


def test_nothing_is_carried_late() -> None:
    assert bank([15], on="2026-04-01") == ("680.00", {"code": "support_time", "minutes": 480, "carried": 0})
    given = ask(VIP, "renew", "2026-04-01", expiry="2026-03-31", options={"pack": "8h"})
    assert (given["window"], term(given)) == ("late", "2026-04-01…2027-03-31")
    assert "nothing_carried" in notes(given)


def test_usage_that_is_not_stated_is_said() -> None:
    assert bank(None)[1]["carried"] == 480
    given = ask(VIP, "renew", "2026-03-31", expiry="2026-03-31", options={"pack": "8h"})
    assert "usage_not_stated" in notes(given)
    assert "reading:vip-last-day" in notes(given) and "reading:time-steps" in notes(given)


def test_contacts_before_expiry() -> None:
    given = ask(VIP, "buy", "2026-05-01", options={"pack": "2h"})
    assert [(notice["date"], notice["days_before"]) for notice in given["notices"]] == [
        ("2027-03-01", 60), ("2027-03-31", 30), ("2027-04-23", 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("holds", "quantity", "expected"),
    [
        ([], 1, None),
        (["keystroke/diamond", ORANGE], 1, None),
        ([], 2, [("limit_reached", "quantity", {"limit": 1, "held": 0})]),
        ([VIP], 1, [("limit_reached", "holds", {"limit": 1, "held": 1})]),
        ([VIP, VIP], 1, [("limit_reached", "holds", {"limit": 1, "held": 2})]),
        (["keystroke/none"], 1, [("unknown_plan", "holds", {"value": "keystroke/none"})]),
    ],
)
def test_one_of_each_kind_a_year(holds: list[str], quantity: int, expected: object) -> None:
    request = {"plan": VIP, "action": "buy", "on": "2026-05-01", "quantity": quantity, "holds": holds}
    request["options"] = {"pack": "2h"}
    if expected is None:
        assert ask(VIP, "buy", "2026-05-01", holds=holds, options={"pack": "2h"})["total"] == "198.00"
    else:
        assert refused(request) == expected


def test_a_status_sells_nothing() -> None:
    given = ask(VIP, "status", "2026-03-01", expiry="2026-03-31", holds=[VIP], options={"pack": "2h"})
    assert given["entitlements"] == [{"code": "support_time", "minutes": 120}]
    assert [notice["date"] for notice in given["notices"]] == ["2026-01-30", "2026-03-01", "2026-03-24"]
    assert ask(VIP, "status", "2026-03-01", expiry="2026-03-31")["entitlements"] == []
