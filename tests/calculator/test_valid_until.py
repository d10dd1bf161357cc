"""`valid_until` by brute force: asked on each later day the total is the same up to it, and differs the day after."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from calculator.plan import Catalogue
from tests.calculator.asking import TWO_WINDOWS, answer, ask, one_plan

DAY = timedelta(days=1)
FIRST_ESTIMATE = {
    "region_rate": "idf", "hours": 10, "level": "reactive", "remote_percent": 0, "complexity": "simple", "updates": 0,
    "visits": 0, "travel": "fixed",
}  # fmt: skip


def total_on(request: dict[str, Any], on: date, catalogue: Catalogue | None) -> str | None:
    given = answer(request | {"on": on.isoformat()}, catalogue)
    return given["total"] if given["ok"] else None


def check(request: dict[str, Any], catalogue: Catalogue | None = None, days: int = 900) -> str | None:
    """Hold what the answer says of its validity against the answers of the days that follow."""
    given = answer(request, catalogue)
    assert given["ok"], given
    until, on = given["valid_until"], date.fromisoformat(request["on"])
    last = date.fromisoformat(until) if until else on + days * DAY
    # Totals move on first days of months and windows: every day of the first weeks, then some.
    for step in (*range(45), *range(45, days, 11)):
        if on + step * DAY > last:
            break
        assert total_on(request, on + step * DAY, catalogue) == given["total"], on + step * DAY
    if until:
        assert total_on(request, last, catalogue) == given["total"]
        assert total_on(request, last + DAY, catalogue) != given["total"], until
    return str(until) if until else None


def shipped() -> Iterator[tuple[dict[str, Any], str | None]]:
    sketchup: dict[str, Any] = {"plan": "sketchup/maintenance", "expiry": "2026-03-31"}
    yield sketchup | {"action": "buy", "on": "2025-12-30"}, "2025-12-31"
    yield sketchup | {"action": "buy", "on": "2029-01-01"}, None
    yield sketchup | {"action": "renew", "on": "2026-03-01"}, "2026-04-30"
    yield sketchup | {"action": "renew", "on": "2026-04-30"}, "2026-04-30"
    yield sketchup | {"action": "renew", "on": "2026-05-01"}, "2028-12-31"
    yield sketchup | {"action": "extend", "on": "2026-03-01", "months": 3}, "2026-03-31"
    yield sketchup | {"action": "extend", "on": "2025-12-01", "months": 3}, "2025-12-31"
    orange: dict[str, Any] = {"plan": "keystroke/orange-care", "expiry": "2026-03-31", "quantity": 5}
    yield orange | {"action": "renew", "on": "2026-03-01"}, "2026-03-31"
    yield orange | {"action": "renew", "on": "2026-03-01", "align_to": "2026-12-31"}, "2026-03-31"
    yield orange | {"action": "renew", "on": "2026-04-10"}, "2026-04-10"
    yield orange | {"action": "renew", "on": "2026-05-01"}, None
    yield orange | {"action": "add", "on": "2026-02-01"}, "2026-02-01"
    yield orange | {"action": "buy", "on": "2026-02-01"}, None
    vip = {"plan": "keystroke/vip", "expiry": "2026-03-31", "options": {"pack": "2h"}}
    yield vip | {"action": "renew", "on": "2026-03-30"}, "2026-03-31"
    yield vip | {"action": "renew", "on": "2026-04-01"}, None
    hours = {"plan": "solidxperts/hours-10", "action": "buy", "options": {"ppi_paid_on": "2026-01-10"}}
    yield hours | {"on": "2026-01-10"}, "2026-02-09"
    yield hours | {"on": "2026-02-10"}, None
    yield {"plan": "solidxperts/subscription", "action": "renew", "on": "2026-03-31", "expiry": "2026-03-31"}, None
    yield {"plan": "vtube-laser/smp", "action": "renew", "on": "2026-03-31", "expiry": "2026-03-31"}, None
    yield {"plan": "integrator/contract", "action": "buy", "on": "2026-03-31", "options": FIRST_ESTIMATE}, None


@pytest.mark.parametrize(("request_", "until"), list(shipped()))
def test_shipped_families(request_: dict[str, Any], until: str | None) -> None:
    assert check(request_) == until


def test_a_tax_rate_that_changes() -> None:
    rates = [{"from": "2020-01-01", "rate": "5"}, {"from": "2026-07-01", "rate": "6"}]
    made = one_plan({"buy": {}}, taxes=[{"code": "GST", "rates": rates}])
    assert check({"plan": "made/plan", "action": "buy", "on": "2026-01-01"}, made) == "2026-06-30"


def test_a_rule_that_changes_the_lengths_on_offer() -> None:
    versions = [
        {"from": "2020-01-01", "lengths": {"min_months": 12}, "windows": TWO_WINDOWS},
        {"from": "2026-07-01", "windows": TWO_WINDOWS},
    ]
    request = {"plan": "made/plan", "action": "renew", "on": "2026-01-01", "expiry": "2026-12-31", "months": 18}
    assert check(request, one_plan({"renewal": versions})) == "2026-06-30"


def test_arrears_grow_by_the_day_from_the_first() -> None:
    windows = [TWO_WINDOWS[0], TWO_WINDOWS[1] | {"adjust": [{"code": "arrears", "missed_percent": "50"}]}]
    made = one_plan({"renewal": {"windows": windows}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31", "quantity": 9}
    assert check(request | {"on": "2026-04-01"}, made) == "2026-04-01"
    assert check(request | {"on": "2026-04-20"}, made) == "2026-04-20"


def test_a_start_on_the_first_of_a_month_moves_the_price_once_a_month() -> None:
    late = {"id": "late", "from_day": 1, "starts": "next_month", "ends": "with_next_term"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31"}
    assert check(request | {"on": "2026-04-10"}, made) == "2026-04-30"
    assert ask("made/plan", "renew", "2026-04-10", made, expiry="2026-03-31")["total"] == "110.14"


def test_alignment_of_a_start_that_moves() -> None:
    late = TWO_WINDOWS[1] | {"align": {"max_months": 12}}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31", "align_to": "2026-12-31", "quantity": 9}
    assert check(request | {"on": "2026-04-10"}, made) == "2026-04-10"


def test_back_payment_holds_until_the_term_is_over() -> None:
    late = TWO_WINDOWS[1] | {"starts": "after_expiry"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], late]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31"}
    assert check(request | {"on": "2026-04-10"}, made) == "2027-03-31"
    assert answer(request | {"on": "2027-04-01"}, made)["errors"][0] == {
        "code": "too_late_to_renew", "field": "on", "params": {"last_day": "2027-03-31"},
    }  # fmt: skip


def test_a_status_has_no_price_to_hold() -> None:
    assert ask("keystroke/orange-care", "status", "2026-03-01", expiry="2026-03-31")["valid_until"] is None


def test_a_price_that_starts_to_move_later() -> None:
    # Without a discount, the first day of grace still costs the whole term; the second one is prorated.
    grace = TWO_WINDOWS[1] | {"ends": "with_next_term"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], grace]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31", "on": "2026-03-01"}
    assert check(request, made) == "2026-04-01"
    monthly = grace | {"starts": "next_month"}
    made = one_plan({"renewal": {"windows": [TWO_WINDOWS[0], monthly]}})
    assert check(request | {"expiry": "2026-04-30"}, made) == "2026-04-30"
    assert check(request | {"expiry": "2026-04-29"}, made) == "2026-04-29"


def test_a_price_of_nothing_holds_to_the_last_day_of_its_term() -> None:
    monthly = TWO_WINDOWS[1] | {"ends": "with_next_term", "starts": "next_month"}
    free = [{"from": "2020-01-01", "amount": "0.00"}]
    made = one_plan({"price": free, "renewal": {"windows": [TWO_WINDOWS[0], monthly]}})
    request = {"plan": "made/plan", "action": "renew", "expiry": "2026-03-31", "on": "2026-03-01"}
    assert check(request, made) == "2027-02-28"
