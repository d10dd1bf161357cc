"""Windows that the next term's end cuts short: quotes, tables and timelines tell the last day that is really left."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.card.grid import price_by_date
from calculator.explore import explore
from calculator.plan import Catalogue, in_force
from calculator.renewal import Opening, length_asked, openings, spans
from calculator.timeline import timeline
from calculator.wording.speech import speech_for
from tests.calculator.asking import answer, ask, codes, one_plan
from tests.calculator.test_any_catalogue import catalogues
from tests.mail.making import words

ON_TIME = {"id": "on_time", "until_day": 0, "starts": "after_expiry"}
REST = {"id": "grace", "from_day": 1, "until_day": 500, "starts": "on_purchase", "ends": "with_next_term"}
ASKED = {"plan": "made/plan", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
END = "2027-03-31"
"""The last day of the year that would have followed."""
CLOSED = {"too_late_to_renew", "length_too_short", "align_out_of_range"}
"""Refusals of a day on which a renewal of the length that is asked for is not possible."""


def made(*windows: dict[str, Any], **rules: Any) -> Catalogue:
    return one_plan({"renewal": {"windows": [ON_TIME, *windows], **rules}}, currency="CAD")


def told(catalogue: Catalogue, **fields: Any) -> list[tuple[str, str, bool]]:
    given = ask("made/plan", "status", "2026-03-15", catalogue, expiry="2026-03-31", **fields)["deadlines"]
    return [(entry.get("window") or entry["code"], entry["date"], entry.get("final", False)) for entry in given]


def test_between_two_windows_there_may_be_days_without_one() -> None:
    late = {"id": "late", "from_day": 501, "starts": "on_purchase"}
    catalogue = made(REST, late)
    assert told(catalogue) == [("last_day_on_time", "2026-03-31", False), ("last_day_of_grace", END, False)]
    days = [("2027-03-31", []), ("2027-04-01", ["on"]), ("2027-08-13", ["on"]), ("2027-08-14", [])]
    for on, fields in days:
        given = answer(ASKED | {"on": on}, catalogue)
        assert [error["field"] for error in given.get("errors", [])] == fields
    line = timeline(catalogue, words("en"), ASKED)
    assert line
    bands: Any = line["bands"]
    assert [(band["style"], band["when"].replace("\u00a0", " "), band["price"]) for band in bands] == [
        ("on_time", "Up to March 31, 2026", "$120.00"),
        ("grace", "April 1, 2026 to March 31, 2027", "$120.00 to $0.33"),
        ("closed", "April 1, 2027 to August 13, 2027", ""),
        ("late", "From August 14, 2027 on", "$120.00"),
    ]


def test_a_window_that_never_opens_is_not_told() -> None:
    catalogue = made({"id": "grace", "from_day": 1, "until_day": 399, "starts": "on_purchase"},
                     {"id": "late", "from_day": 400, "until_day": 800, "starts": "after_expiry"})  # fmt: skip
    assert told(catalogue)[-1] == ("last_day_of_grace", "2027-05-04", True)
    line = timeline(catalogue, words("en"), ASKED)
    assert line
    bands: Any = line["bands"]
    assert [band["style"] for band in bands] == ["on_time", "grace", "closed"]


@pytest.mark.parametrize(
    ("lengths", "last"),
    [({"months": [12, 24]}, "2028-03-31"), ({"months": [24]}, "2028-03-31"), ({"min_months": 12}, None)],
)
def test_the_longest_length_on_offer_tells_the_last_day(lengths: dict[str, Any], last: str | None) -> None:
    catalogue = made(REST | {"until_day": 2000}, lengths=lengths)
    assert told(catalogue)[-1][1:] == (last or "2031-09-21", True)
    on = date.fromisoformat(last or "2031-09-21")
    months = 1200 if last is None else max(lengths["months"])
    request = ASKED | {"months": months}
    assert answer(request | {"on": on.isoformat()}, catalogue)["ok"]
    after = request | {"on": (on + timedelta(days=1)).isoformat()}
    assert ("too_late_to_renew", "on") in codes(after, catalogue)


def test_an_end_that_may_be_asked_for_keeps_a_window_open() -> None:
    catalogue = made(REST | {"align": {"max_months": 12}})
    assert told(catalogue)[-1] == ("last_day_of_grace", "2027-08-13", True)
    request = ASKED | {"on": "2027-08-13", "align_to": "2027-12-31"}
    assert answer(request, catalogue)["ok"] and not answer(request | {"on": "2027-08-14"}, catalogue)["ok"]
    catalogue = made(REST | {"starts": "after_expiry", "align": {"max_months": 14}})
    assert told(catalogue)[-1] == ("last_day_of_grace", "2027-05-31", True)
    aligned = ASKED | {"on": "2027-05-31", "align_to": "2027-05-31"}
    assert answer(aligned, catalogue)["ok"]


def test_what_waiting_costs_ends_with_the_last_day_that_is_left() -> None:
    tables = {str(table["id"]): table for table in explore(made(REST), words("en"), ASKED, lambda one: str(one["on"]))}
    rows: Any = tables["wait"]["rows"]
    assert [row["link"] for row in rows] == ["2026-03-15", "2026-03-31", "2026-04-01", END, ""]
    assert "possible until March" in rows[-1]["cells"][0].replace("\u00a0", " ")


def test_the_prices_in_a_mail_end_with_the_last_day_that_is_left() -> None:
    catalogue = made(REST, lengths={"months": [12, 24]})
    response = answer(ASKED, catalogue)
    speech = speech_for(words("en"), "made/plan", "CAD")
    grid = price_by_date(catalogue, response, ASKED, speech, lambda one: str(one["on"]))
    assert grid
    found = [[cell.link for cell in moment.cells] for moment in grid.moments]
    assert found == [["2026-03-31"] * 2, ["2026-04-01"] * 2, [END] * 2, ["", "2027-08-13"]]


def test_a_line_with_a_customer_s_dates_ends_with_the_length_that_is_asked_for() -> None:
    catalogue = made(REST | {"until_day": 2000}, lengths={"months": [12, 24]})
    for months, last, after in (
        (12, "March 31, 2027", [("Only for a longer time", "April 1, 2027 to March 31, 2028")]),
        (24, "March 31, 2028", []),
    ):
        line = timeline(catalogue, words("en"), ASKED | {"months": months})
        assert line
        bands: Any = line["bands"]
        said = [(band["label"], band["when"].replace("\u00a0", " ")) for band in bands]
        assert said[1][1].endswith(last) and bands[1]["price"]
        assert said[2:] == [*after, ("Renewal closed", "From April 1, 2028 on")]
        assert [(band["style"], band["price"], band["clause"]) for band in bands[2:]] == [("closed", "", "")] * len(
            said[2:]
        )


def test_renewing_may_close_before_the_last_covered_day() -> None:
    """A month's term that begins with a month cannot follow an end in mid-month: from the 1st on it is too late."""
    early = {"id": "on_time", "until_day": 0, "starts": "next_month", "ends": "with_next_term"}
    catalogue = one_plan({"term": {"days": 10}, "renewal": {"windows": [early]}}, currency="CAD")
    request = ASKED | {"on": "2026-02-20", "expiry": "2026-03-10"}
    assert told_of(catalogue, request) == [("last_day_on_time", "2026-02-28", True)]
    line = timeline(catalogue, words("en"), request)
    assert line
    bands: Any = line["bands"]
    assert [band["style"] for band in bands] == ["on_time", "closed", "closed"]
    assert ("too_late_to_renew", "on") in codes(request | {"on": "2026-03-01"}, catalogue)


def told_of(catalogue: Catalogue, request: dict[str, Any]) -> list[tuple[str, str, bool]]:
    given = answer(request, catalogue)
    return [(entry["code"], entry["date"], entry.get("final", False)) for entry in given["deadlines"]]


@settings(max_examples=120, deadline=None)
@given(catalogues(), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(-260, 900), st.booleans())
def test_a_renewal_is_too_late_on_just_the_days_on_which_no_window_is_open(
    catalogue: Catalogue, expiry: date, late: int, longer: bool
) -> None:
    plan = catalogue.families["made"].plans["plan"]
    on = expiry + timedelta(days=late)
    renewal = in_force(plan.renewal, on)
    assert renewal and plan.term
    months = 36 if longer and renewal.lengths else None
    opened = openings(plan, renewal, expiry, None, length_asked(plan, renewal, months))
    request = {"plan": "made/plan", "action": "renew", "on": on.isoformat(), "expiry": expiry.isoformat(),
               **({"months": months} if months else {}), "options": {"count": 1, "size": "s"}}  # fmt: skip
    if plan.packs:
        request["options"] = {"count": 1, "size": "s", "pack": "a"}
    errors = {error["code"] for error in answer(request, catalogue).get("errors", [])}
    assert is_open(opened, on) == (not errors & CLOSED), (opened, errors)
    assert is_open(openings(plan, renewal, expiry, None), on) == ("too_late_to_renew" not in errors), errors


@settings(max_examples=120, deadline=None)
@given(catalogues(), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans())
def test_spans_hold_each_day_once_and_say_what_can_be_renewed_on_it(
    catalogue: Catalogue, expiry: date, longer: bool
) -> None:
    plan = catalogue.families["made"].plans["plan"]
    renewal = in_force(plan.renewal, expiry)
    assert renewal and plan.term
    length = length_asked(plan, renewal, 36 if longer and renewal.lengths else None)
    found = spans(plan, renewal, expiry, None, length)
    assert found[0].first is None and found[-1].last is None
    assert all(one.last and one.last + timedelta(days=1) == after.first for one, after in pairwise(found))
    asked, whatever = openings(plan, renewal, expiry, None, length), openings(plan, renewal, expiry, None)
    for span in found:
        for day in {*(day for day in (span.first, span.last) if day), *([] if span.first else [expiry - YEARS])}:
            assert is_open(asked, day) == (span.window is not None), (span, day)
            assert is_open(whatever, day) == (span.window is not None or span.longer), (span, day)


YEARS = timedelta(days=4000)


@pytest.mark.parametrize(
    ("rules", "on", "bands"),
    [
        ({"lengths": {"min_months": 3}}, "2026-06-01", [
            ("On time", None, "2026-03-31"), ("Grace period", "2026-04-01", "2026-06-30"),
            ("Only for a longer time", "2026-07-01", "2026-07-29"), ("Late", "2026-07-30", None)]),
        ({"lengths": {"months": [3, 4]}, "until": 200}, "2026-06-01", [
            ("On time", None, "2026-03-31"), ("Grace period", "2026-04-01", "2026-06-30"),
            ("Only for a longer time", "2026-07-01", "2026-07-31"), ("Renewal closed", "2026-08-01", "2026-10-17"),
            ("Late", "2026-10-18", None)]),
        ({}, "2026-06-01", [
            ("On time", None, "2026-03-31"), ("Grace period", "2026-04-01", "2026-06-30"),
            ("Renewal closed", "2026-07-01", "2026-07-29"), ("Late", "2026-07-30", None)]),
        ({"align": {"max_months": 4}}, "2026-06-01", [
            ("On time", None, "2026-03-31"), ("Grace period", "2026-04-01", "2026-06-30"),
            ("Only for a longer time", "2026-07-01", "2026-07-29"), ("Late", "2026-07-30", None)]),
    ],
)  # fmt: skip
def test_a_line_tells_days_for_a_longer_time_from_those_on_which_nothing_is_renewed(
    rules: dict[str, Any], on: str, bands: list[tuple[str, str | None, str | None]]
) -> None:
    until = rules.get("until", 120)
    align = {"align": rules["align"]} if "align" in rules else {}
    windows = [
        ON_TIME,
        REST | {"until_day": until} | align,
        {"id": "late", "from_day": until + 1, "starts": "on_purchase"},
    ]
    lengths = {"lengths": rules["lengths"]} if "lengths" in rules else {}
    catalogue = one_plan({"term": {"months": 3}, "renewal": {"windows": windows, **lengths}})
    line = timeline(catalogue, words("en"), ASKED | {"on": on})
    assert line
    drawn: Any = line["bands"]
    texts = speech_for(words("en"), "made/plan", "CAD").texts
    told = [(label, texts.fill(texts.find("timeline.days") or "", {"first": first, "last": last}))
            for label, first, last in bands]  # fmt: skip
    assert [(band["label"], band["when"]) for band in drawn] == told
    for label, first, last in bands:
        for day in filter(None, (first, last)):
            refused = {error["code"] for error in answer(ASKED | {"on": day}, catalogue).get("errors", [])}
            longer = refused & {"length_too_short", "align_out_of_range"}
            assert (label == "Only for a longer time") == bool(longer), (label, day)
            assert (label == "Renewal closed") == ("too_late_to_renew" in refused), (label, day)


def test_waiting_tells_from_which_day_a_longer_length_is_needed_and_what_follows() -> None:
    late = {"id": "late", "from_day": 121, "starts": "on_purchase"}
    catalogue = one_plan({"term": {"months": 3}, "renewal": {
        "windows": [ON_TIME, REST | {"until_day": 120}, late], "lengths": {"min_months": 3}}})  # fmt: skip
    assert waiting(catalogue, "2026-06-01") == [
        ("June 1, 2026, this quote", "Grace period", "2026-06-01"), ("June 30, 2026", "Grace period", "2026-06-30"),
        ("From July 1, 2026", "Only for a longer time", ""), ("From July 30, 2026", "Late", "2026-07-30"),
    ]  # fmt: skip
    # the shortest length grows with the days: what is said of the first one is said of it alone
    longer = made(REST | {"until_day": 900}, {**late, "from_day": 901}, lengths={"min_months": 12})
    assert waiting(longer, "2027-03-01")[3:] == [
        ("April 1, 2027", "Only for a longer time", ""), ("From September 17, 2028", "Late", "2028-09-17"),
    ]  # fmt: skip
    closed = made(REST, {**late, "from_day": 501})
    assert waiting(closed, "2027-03-01")[3:] == [
        ("From April 1, 2027", "", ""), ("From August 14, 2027", "Late", "2027-08-14"),
    ]  # fmt: skip


def waiting(catalogue: Catalogue, on: str) -> list[tuple[str, str, str]]:
    tables = explore(catalogue, words("en"), ASKED | {"on": on}, lambda one: str(one["on"]))
    rows: Any = next(table for table in tables if table["id"] == "wait")["rows"]
    return [(row["label"].replace("\u00a0", " "), row["detail"], row["link"]) for row in rows]


def is_open(opened: tuple[Opening, ...], on: date) -> bool:
    return any((first is None or first <= on) and (last is None or on <= last) for _, first, last in opened)


@pytest.mark.parametrize(
    ("lengths", "months", "days"),
    [
        ({"min_months": 3}, None, {"2026-06-30": None, "2026-07-01": 4, "2026-07-31": 4, "2026-08-01": 5}),
        ({"min_months": 3}, 4, {"2026-07-31": None, "2026-08-01": 5}),
        ({"months": [3, 12, 24]}, None, {"2026-06-30": None, "2026-07-01": 12, "2027-03-31": 12, "2027-04-01": 24}),
        ({"months": [3, 12, 24]}, 12, {"2027-03-31": None, "2027-04-01": 24}),
    ],
)
def test_a_length_that_is_over_is_refused_with_the_shortest_that_is_not(
    lengths: dict[str, Any], months: int | None, days: dict[str, int | None]
) -> None:
    catalogue = one_plan({"term": {"months": 3}, "renewal": {"windows": [ON_TIME, REST], "lengths": lengths}})
    for on, least in days.items():
        request = ASKED | {"on": on} | ({"months": months} if months else {})
        given = answer(request, catalogue)
        assert given["ok"] == (least is None)
        if least is None:
            continue
        (error,) = given["errors"]
        assert (error["code"], error["field"], error["params"]["min"]) == ("length_too_short", "months", least)
        assert answer(request | {"months": least}, catalogue)["ok"]
        assert error["params"]["last_day"] == (
            "2027-03-31" if months == 12 else "2026-07-31" if months else "2026-06-30"
        )


def test_after_the_longest_length_it_is_too_late() -> None:
    catalogue = made(REST | {"until_day": 2000}, lengths={"months": [12, 24]})
    for months in (None, 12, 24):
        request = ASKED | {"on": "2028-04-01"} | ({"months": months} if months else {})
        assert codes(request, catalogue) == [("too_late_to_renew", "on")]


def test_a_term_that_is_over_may_still_be_given_another_end() -> None:
    catalogue = made(REST | {"align": {"max_months": 12}})
    (error,) = answer(ASKED | {"on": "2027-04-01"}, catalogue)["errors"]
    assert (error["code"], error["field"]) == ("align_out_of_range", "align_to")
    assert error["params"] == {"first": "2027-04-01", "last": "2028-03-31"}
    for end in error["params"].values():
        assert answer(ASKED | {"on": "2027-04-01", "align_to": end}, catalogue)["ok"]


def test_an_end_that_is_over_is_refused_with_those_that_are_not() -> None:
    """Terms that follow the expiry: an end before the day of payment covers nothing."""
    catalogue = made(REST | {"starts": "after_expiry", "align": {"max_months": 14}}, lengths={"months": [12, 24]})
    (error,) = answer(ASKED | {"on": "2027-05-01", "align_to": "2027-04-30"}, catalogue)["errors"]
    assert (error["code"], error["params"]) == ("align_out_of_range", {"first": "2027-05-01", "last": "2027-05-31"})
    late = ASKED | {"on": "2027-06-01", "align_to": "2027-05-31"}
    assert codes(late, catalogue) == [("align_not_offered", "align_to")]
    del late["align_to"]
    assert answer(late | {"months": 24}, catalogue)["ok"]
