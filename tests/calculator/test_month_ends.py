"""Where a plan keeps to the month's end, and where a contract has an anchor, every action keeps to it as well."""

from typing import Any

import pytest

from tests.calculator.asking import TWO_WINDOWS, ask, lines, one_plan, term

KEEP = {"months": "keep_month_end"}
EVERYTHING: dict[str, Any] = {
    "term": {"months": 1},
    "buy": {},
    "renewal": {"windows": TWO_WINDOWS},
    "extension": {"billed": "by_month"},
    "addition": {"billed": "by_day"},
}
ENDS = one_plan(EVERYTHING | {"proration": KEEP})
DAYS = one_plan(EVERYTHING)


@pytest.mark.parametrize(
    ("action", "fields", "kept", "by_day"),
    [
        ("buy", {}, "2026-02-28…2026-03-30", "2026-02-28…2026-03-27"),
        ("renew", {"expiry": "2026-02-27"}, "2026-02-28…2026-03-30", "2026-02-28…2026-03-27"),
        ("extend", {"expiry": "2026-04-29", "months": 1}, "2026-04-30…2026-05-30", "2026-04-30…2026-05-29"),
        ("status", {"expiry": "2026-04-29"}, "2026-03-31…2026-04-29", "2026-03-30…2026-04-29"),
    ],
)
def test_terms_go_from_last_day_to_last_day(action: str, fields: dict[str, Any], kept: str, by_day: str) -> None:
    assert term(ask("made/plan", action, "2026-02-28", ENDS, **fields)) == kept
    assert term(ask("made/plan", action, "2026-02-28", DAYS, **fields)) == by_day


def test_an_addition_is_a_share_of_the_term_that_goes_to_the_month_s_end() -> None:
    """2026-04-20 to 2026-04-29 are 10 days: of 30 from the last day of March, of 31 from the 30th."""
    assert lines(ask("made/plan", "add", "2026-04-20", ENDS, expiry="2026-04-29")) == {"prorated_price": "40.00"}
    assert lines(ask("made/plan", "add", "2026-04-20", DAYS, expiry="2026-04-29")) == {"prorated_price": "38.71"}


@pytest.mark.parametrize(
    ("action", "fields", "anchored"),
    [
        ("buy", {}, "2026-02-28…2026-03-30"),
        ("renew", {"expiry": "2026-02-27"}, "2026-02-28…2026-03-30"),
        ("extend", {"expiry": "2026-04-29", "months": 1}, "2026-04-30…2026-05-30"),
        ("status", {"expiry": "2026-04-29"}, "2026-03-31…2026-04-29"),
    ],
)
def test_terms_are_counted_from_the_anchor(action: str, fields: dict[str, Any], anchored: str) -> None:
    """From 31 January; see above for the same terms without an anchor."""
    assert term(ask("made/plan", action, "2026-02-28", DAYS, anchor="2026-01-31", **fields)) == anchored


def test_an_addition_is_a_share_of_the_term_counted_from_the_anchor() -> None:
    given = ask("made/plan", "add", "2026-04-20", DAYS, expiry="2026-04-29", anchor="2026-01-31")
    assert lines(given) == {"prorated_price": "40.00"}


def test_missed_terms_keep_to_the_month_s_end_and_to_the_anchor() -> None:
    """2026-02-28 to 2026-03-30 is one month of the plan that keeps to the end, or of the anchor; else 1 and 3 days."""
    late = TWO_WINDOWS[1] | {"adjust": [{"code": "arrears", "missed_percent": "100"}]}
    rules = {"term": {"months": 1}, "renewal": {"windows": [TWO_WINDOWS[0], late]}}
    asked = {"expiry": "2026-02-27"}
    kept, days = one_plan(rules | {"proration": KEEP}), one_plan(rules)
    assert lines(ask("made/plan", "renew", "2026-03-31", kept, **asked))["arrears"] == "120.00"
    assert lines(ask("made/plan", "renew", "2026-03-31", days, **asked, anchor="2026-01-31"))["arrears"] == "120.00"
    assert lines(ask("made/plan", "renew", "2026-03-31", days, **asked))["arrears"] == "131.61"  # 120 + 120 x 3 / 31


def test_the_term_that_would_have_come_keeps_to_the_month_s_end_and_to_the_anchor() -> None:
    grace = TWO_WINDOWS[1] | {"ends": "with_next_term"}
    rules = {"term": {"months": 1}, "renewal": {"windows": [TWO_WINDOWS[0], grace]}}
    kept, days = one_plan(rules | {"proration": KEEP}), one_plan(rules)
    on, asked = "2026-03-02", {"expiry": "2026-02-27"}
    assert term(ask("made/plan", "renew", on, kept, **asked)) == "2026-03-02…2026-03-30"
    assert term(ask("made/plan", "renew", on, days, **asked, anchor="2026-01-31")) == "2026-03-02…2026-03-30"
    assert term(ask("made/plan", "renew", on, days, **asked)) == "2026-03-02…2026-03-27"


def test_what_resets_after_a_year_keeps_to_the_month_s_end_and_to_the_anchor() -> None:
    resets = {"entitlements": [{"code": "calls", "minutes": 5, "resets": "anniversary"}], "buy": {}}
    kept, days = one_plan(resets | {"proration": KEEP}), one_plan(resets)
    on = "2027-02-28"
    assert ask("made/plan", "buy", on, kept)["entitlements"][0]["resets_on"] == "2028-02-29"
    assert ask("made/plan", "buy", on, days, anchor="2024-02-29")["entitlements"][0]["resets_on"] == "2028-02-29"
    assert ask("made/plan", "buy", on, days)["entitlements"][0]["resets_on"] == "2028-02-28"
