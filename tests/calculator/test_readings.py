"""A reading is said with the quotes that used its clause and meet its conditions, and with no other."""

from typing import Any

import pytest

from calculator.plan import Catalogue
from calculator.wire import read_catalogue
from tests.calculator.asking import ask, notes

OPTIONS = {
    "used": {"type": "minutes", "actions": ["renew"], "optional": True},
    "paid": {"type": "date", "actions": ["buy"], "optional": True},
    "training": {"type": "boolean", "actions": ["buy"]},
}
WINDOWS = [
    {"id": "on_time", "until_day": 0, "starts": "after_expiry", "align": {"max_months": 12}},
    {"id": "late", "from_day": 1, "starts": "on_purchase", "adjust": [{"code": "fee", "percent": "10"}]},
]
PLAN: dict[str, Any] = {
    "unit": "user",
    "term": {"months": 12},
    "price": [{"from": "2020-01-01", "amount": "120.00"}],
    "options": {"paid": OPTIONS["paid"], "training": OPTIONS["training"]},
    "entitlements": [{"code": "calls", "minutes": 30}],
    "notices": [{"days_before": 30}],
    "horizon": {"months": 36},
    "limit": {"per_customer": 9},
    "eligibility": {"not_with": ["made/rival"]},
    "buy": {},
    "renewal": {"windows": WINDOWS, "lengths": {"min_months": 12}, "automatic": {"billed_months_before": 1}},
    "extension": {"billed": "by_month"},
    "addition": {"billed": "by_day"},
}
PACKED: dict[str, Any] = {
    "unit": "bank",
    "term": {"months": 12},
    "packs": {name: {"price": [{"from": "2020-01-01", "amount": "50.00"}], "minutes": 60} for name in ("1h", "2h")},
    "options": {"used": OPTIONS["used"]},
    "entitlements": [{"code": "time", "minutes_from": "pack"}],
    "buy": {},
    "renewal": {
        "windows": [
            {
                "id": "on_time",
                "until_day": 0,
                "starts": "after_expiry",
                "carries": {"usage": "used", "step_minutes": 15},
            },
            {"id": "late", "from_day": 1, "starts": "on_purchase"},
        ]
    },
}
RIVAL = {"unit": "user", "price": [{"from": "2020-01-01", "amount": "1.00"}], "buy": {}}


def made(*readings: dict[str, Any]) -> Catalogue:
    plans = {"plan": PLAN, "packed": PACKED, "rival": RIVAL}
    family = {"family": "made", "currency": "EUR", "plans": plans, "readings": list(readings)}
    return read_catalogue({"contract": 1, "fingerprint": "0" * 16, "families": {"made": family}, "regions": {"XX": {}}})


CLAUSES = made(
    *(
        {"id": clause, "clauses": [clause]}
        for clause in (
            "plan.price", "plan.buy", "plan.extension", "plan.addition", "plan.entitlements.calls", "plan.notices",
            "plan.horizon", "plan.limit", "plan.eligibility", "plan.renewal.lengths", "plan.renewal.automatic",
            "plan.renewal.windows.on_time", "plan.renewal.windows.on_time.align", "plan.renewal.windows.late",
            "plan.renewal.windows.late.adjust.fee", "packed.packs.1h", "packed.packs.2h",
            "packed.renewal.windows.on_time", "packed.renewal.windows.on_time.carries",
        )
    )
)  # fmt: skip
ALWAYS = {"plan.entitlements.calls", "plan.notices"}
RENEWED = ALWAYS | {"plan.price", "plan.renewal.windows.on_time"}


def said(plan: str, action: str, on: str, catalogue: Catalogue = CLAUSES, **fields: Any) -> set[str]:
    given = notes(ask(f"made/{plan}", action, on, catalogue, **fields))
    return {note.removeprefix("reading:") for note in given if note.startswith("reading:")}


@pytest.mark.parametrize(
    ("action", "on", "fields", "expected"),
    [
        ("buy", "2026-01-10", {}, ALWAYS | {"plan.price", "plan.buy"}),
        ("buy", "2026-01-10", {"months": 12}, ALWAYS | {"plan.price", "plan.buy"}),
        ("buy", "2026-01-10", {"holds": ["made/plan"]},
         ALWAYS | {"plan.price", "plan.buy", "plan.limit", "plan.eligibility"}),
        ("renew", "2026-02-28", {}, RENEWED | {"plan.renewal.automatic"}),
        ("renew", "2026-03-01", {}, RENEWED),
        ("renew", "2026-03-01", {"months": 18}, RENEWED | {"plan.renewal.lengths", "plan.horizon"}),
        ("renew", "2026-03-01", {"align_to": "2026-12-31"}, RENEWED | {"plan.renewal.windows.on_time.align"}),
        ("renew", "2026-04-01", {},
         ALWAYS | {"plan.price", "plan.renewal.windows.late", "plan.renewal.windows.late.adjust.fee"}),
        ("extend", "2026-03-01", {"months": 3}, ALWAYS | {"plan.price", "plan.extension", "plan.horizon"}),
        ("add", "2026-03-01", {}, ALWAYS | {"plan.price", "plan.addition"}),
        ("add", "2026-02-28", {}, ALWAYS | {"plan.price", "plan.addition", "plan.renewal.automatic"}),
        ("status", "2026-03-01", {}, ALWAYS | {"plan.renewal.windows.on_time"}),
        ("status", "2026-04-01", {}, {"plan.notices", "plan.renewal.windows.late"}),
    ],
)  # fmt: skip
def test_the_clauses_that_a_quote_used(action: str, on: str, fields: dict[str, Any], expected: set[str]) -> None:
    expiry: dict[str, Any] = {} if action == "buy" else {"expiry": "2026-03-31"}
    assert said("plan", action, on, **expiry, **fields) == expected


@pytest.mark.parametrize(
    ("action", "on", "pack", "expected"),
    [
        ("buy", "2026-03-31", "1h", {"packed.packs.1h"}),
        ("buy", "2026-03-31", "2h", {"packed.packs.2h"}),
        ("renew", "2026-03-31", "1h",
         {"packed.packs.1h", "packed.renewal.windows.on_time", "packed.renewal.windows.on_time.carries"}),
        ("renew", "2026-04-01", "1h", {"packed.packs.1h"}),
        ("status", "2026-03-31", "1h", {"packed.packs.1h", "packed.renewal.windows.on_time"}),
    ],
)  # fmt: skip
def test_the_clauses_that_a_pack_used(action: str, on: str, pack: str, expected: set[str]) -> None:
    assert said("packed", action, on, expiry="2026-03-31", options={"pack": pack}) == expected


CONDITIONS = made(
    {"id": "late-30", "clauses": ["plan.price"], "days_late": [30, 31]},
    {"id": "held", "clauses": ["plan.price"], "holds": ["made/plan", "made/packed"]},
    {"id": "last-days", "clauses": ["plan.price"], "days_of_month": [30, 31]},
    {"id": "trained", "clauses": ["plan.price"], "options": {"training": True}},
    {"id": "untrained", "clauses": ["plan.price"], "options": {"training": False}},
    {"id": "month-after", "clauses": ["plan.price"], "days_since": {"paid": 30}},
    {"id": "all", "clauses": ["plan.price"], "days_of_month": [31], "options": {"training": True},
     "days_since": {"paid": 30}, "holds": ["made/plan"]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("action", "on", "fields", "expected"),
    [
        ("renew", "2026-04-29", {"expiry": "2026-03-31"}, set()),
        ("renew", "2026-04-30", {"expiry": "2026-03-31"}, {"late-30", "last-days"}),
        ("renew", "2026-05-01", {"expiry": "2026-03-31"}, {"late-30"}),
        ("renew", "2026-05-02", {"expiry": "2026-03-31"}, set()),
        ("buy", "2026-05-29", {}, {"untrained"}),
        ("buy", "2026-05-31", {}, {"untrained", "last-days"}),
        ("buy", "2026-05-01", {"holds": ["made/packed"]}, {"untrained", "held"}),
        ("buy", "2026-05-01", {"holds": ["made/plan", "made/plan"]}, {"untrained", "held"}),
        ("buy", "2026-05-01", {"options": {"training": True}}, {"trained"}),
        ("buy", "2026-05-01", {"options": {"paid": "2026-04-02"}}, {"untrained"}),
        ("buy", "2026-05-01", {"options": {"paid": "2026-04-01"}}, {"untrained", "month-after"}),
        ("buy", "2026-05-01", {"options": {"paid": "2026-03-31"}}, {"untrained"}),
        ("buy", "2026-05-31", {"options": {"paid": "2026-05-01", "training": True}, "holds": ["made/plan"]},
         {"trained", "held", "last-days", "month-after", "all"}),
        ("buy", "2026-05-31", {"options": {"paid": "2026-05-02", "training": True}, "holds": ["made/plan"]},
         {"trained", "held", "last-days"}),
    ],
)  # fmt: skip
def test_the_conditions_of_a_reading(action: str, on: str, fields: dict[str, Any], expected: set[str]) -> None:
    assert said("plan", action, on, CONDITIONS, **fields) == expected


def test_a_reading_of_several_clauses_is_said_once() -> None:
    either = made({"id": "either", "clauses": ["plan.buy", "plan.addition"]})
    for action in ("buy", "add"):
        given = ask("made/plan", action, "2026-03-01", either, expiry="2026-03-31")
        assert notes(given).count("reading:either") == 1
    assert said("plan", "renew", "2026-03-01", either, expiry="2026-03-31") == set()
