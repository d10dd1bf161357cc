"""Who is written to on which day."""

import pytest

from calculator import wire
from site_builder.campaign.due import Due, NotDue, judge
from tests.mail.making import families


def judged(plan: str, on: str, expiry: str = "2026-03-31", grace_days: int = 10) -> Due | NotDue:
    status = wire.quote(families().engine, {"plan": plan, "action": "status", "on": on, "expiry": expiry})
    assert status["ok"], status
    return judge(status, expiry, (90, 30), grace_days)


@pytest.mark.parametrize(
    ("plan", "on", "notice"),
    [
        ("vtube-laser/smp", "2025-12-31", "reminder-90"),  # the plan's own: 90 and 30 days before
        ("vtube-laser/smp", "2026-02-28", "reminder-90"),
        ("vtube-laser/smp", "2026-03-01", "reminder-30"),
        ("vtube-laser/smp", "2026-03-31", "reminder-30"),
        ("keystroke/vip", "2026-01-30", "reminder-60"),  # 60, 30 and 7
        ("keystroke/vip", "2026-03-25", "reminder-7"),
        ("sketchup/maintenance", "2026-03-01", "reminder-30"),  # 30 alone
        ("keystroke/orange-care", "2025-12-31", "reminder-90"),  # none of its own: what the campaign says
        ("keystroke/orange-care", "2026-04-20", "grace"),  # ten days before grace ends
        ("keystroke/orange-care", "2026-04-30", "grace"),
    ],
)
def test_a_mail_is_due_from_its_day_until_the_next_ones(plan: str, on: str, notice: str) -> None:
    due = judged(plan, on)
    assert isinstance(due, Due), due
    assert due.notice == notice


@pytest.mark.parametrize(
    ("plan", "on", "outcome", "detail"),
    [
        ("vtube-laser/smp", "2025-12-30", "not due", "due from 2025-12-31"),
        ("sketchup/maintenance", "2026-02-28", "not due", "due from 2026-03-01"),
        ("keystroke/orange-care", "2026-04-19", "not due", "grace until 2026-04-30; due from 2026-04-20"),
        ("keystroke/orange-care", "2026-05-01", "expired", "ended on 2026-03-31, past any grace period"),
        ("vtube-laser/smp", "2026-04-01", "expired", "ended on 2026-03-31, past any grace period"),
    ],
)
def test_who_is_left_out_and_why(plan: str, on: str, outcome: str, detail: str) -> None:
    assert judged(plan, on) == NotDue(outcome, detail)


def test_how_long_before_its_end_grace_is_said_can_be_chosen() -> None:
    assert isinstance(judged("keystroke/orange-care", "2026-04-01", grace_days=30), Due)
