"""The timeline of a renewal: bands and marks with a contract's own dates, and what each band does to the price."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, cast

from calculator.elements import timeline_elements
from calculator.plan import Notice, Plan, Renewal, in_force
from calculator.timeline import Scale, Words, bands_of, line, timeline
from calculator.wording.speech import Speech, speech_for
from site_builder.rendering.markup import markup
from tests.calculator.asking import EARLY_WINDOWS, one_plan
from tests.mail.making import ORANGE, Request, families, words
from tests.site_builder.made_family import made_family


def own(request: Request, lang: str = "en") -> dict[str, Any]:
    """The line of a request that has one, its spaces ordinary."""
    found = timeline(families().engine, words(lang), request)
    assert found
    return found


def said(line: dict[str, Any], *names: str) -> list[tuple[str, ...]]:
    return [tuple(str(band[name]).replace("\u00a0", " ") for name in names) for band in line["bands"]]


def later(plan: str = "care", on: date = date(2027, 6, 1)) -> tuple[Plan, Renewal]:
    """A plan of the made family with its rules of that day."""
    found = made_family().plans[plan]
    renewal = in_force(found.renewal, on)
    assert renewal
    return found, renewal


def test_each_band_has_its_days_its_effect_and_its_price() -> None:
    assert said(own(ORANGE), "style", "when", "effect", "price") == [
        ("on_time", "Up to March 31, 2026", "−10%", "$540.00"),
        ("grace", "April 1, 2026 to April 30, 2026", "Prorated price", "$600.00 to $552.33"),
        ("late", "From May 1, 2026 on", "Full price", "$600.00"),
    ]


def test_what_is_past_has_no_price_and_the_asked_day_is_marked() -> None:
    found = own(ORANGE | {"on": "2026-04-10"})
    assert said(found, "price", "now") == [("", "False"), ("$585.21 to $552.33", "True"), ("$600.00", "False")]
    now = [mark for mark in found["marks"] if mark["kind"] == "now"]
    assert [(mark["label"].replace("\u00a0", " "), mark["x"]) for mark in now] == [
        ("This quote: Apr 10, 2026", "58.33")
    ]


def test_the_days_to_remember_are_those_of_the_current_term() -> None:
    billed = [("2026-02-28", "Automatic renewal is billed; you may decline it")]
    for on, expected in (("2026-02-01", billed), ("2026-02-28", billed), ("2026-03-01", [])):
        assert [(day["date"], day["text"]) for day in own(ORANGE | {"on": on})["dates"]] == expected


def test_a_status_has_a_line_without_prices_and_a_purchase_has_none() -> None:
    status = {"plan": ORANGE["plan"], "action": "status", "on": "2026-03-15", "expiry": "2026-03-31"}
    assert said(own(status), "price") == [("",)] * 3
    assert timeline(families().engine, words("en"), {**ORANGE, "action": "buy"}) is None
    assert timeline(families().engine, words("en"), None) is None


def test_late_bands_and_an_end_of_all_renewing_have_their_place() -> None:
    _, renewal = later()
    bands = bands_of(renewal)
    assert [(band.style, band.first, band.last) for band in bands] == [
        ("on_time", None, 0), ("grace", 1, 30), ("late", 31, 365), ("late", 366, 1095), ("closed", 1096, None),
    ]  # fmt: skip
    days_of = [(band.first, band.last) for band in bands]
    scale = Scale(days_of, 60)
    assert scale.columns == "4"
    places = [scale.span(days) for days in days_of]
    assert places[0][0] == 0 and places[-1][1] == 100
    assert all(one[1] == next_one[0] for one, next_one in pairwise(places))
    days = [scale.at(day) for day in (-90, -60, -10, 0, 1, 5, 30, 31, 365, 1095, 1096, 2000, 90000)]
    assert days == sorted(days) and days[0] == days[1] == 0 and days[-1] < 100


def test_early_windows_share_the_room_before_the_last_covered_day() -> None:
    catalogue = one_plan({"renewal": {"windows": EARLY_WINDOWS}, "notices": [{"days_before": 45}]}, currency="CAD")
    request = {"plan": "made/plan", "action": "renew", "on": "2026-02-01", "expiry": "2026-03-31"}
    found = timeline(catalogue, words("en"), request)
    assert found
    assert said(found, "style", "label", "when", "effect", "price", "x", "width") == [
        ("early", "Early renewal", "Up to January 30, 2026", "−15%", "", "0.00", "20.00"),
        ("early", "Early renewal", "January 31, 2026 to March 1, 2026", "−10%", "$108.00", "20.00", "20.00"),
        ("on_time", "On time", "March 2, 2026 to March 31, 2026", "Full price", "$120.00", "40.00", "20.00"),
        ("grace", "Grace period", "April 1, 2026 to April 30, 2026", "Full price", "$120.00", "60.00", "20.00"),
        ("late", "Late", "From May 1, 2026 on", "Full price", "$120.00", "80.00", "20.00"),
    ]
    marks = cast("list[Any]", found["marks"])
    assert [(mark["kind"], mark["x"], mark["label"].replace("\u00a0", " ")) for mark in marks] == [
        ("notice", "30.00", "Feb 14, 2026"), ("expiry", "60.00", "Last covered day: Mar 31, 2026"),
        ("before", "20.00", "Jan 30, 2026"), ("before", "40.00", "Mar 1, 2026"), ("edge", "80.00", "Apr 30, 2026"),
        ("now", "21.33", "This quote: Feb 1, 2026"),
    ]  # fmt: skip
    made = str(markup(timeline_elements(found, speech_for(words("en"), "made/plan", "CAD"))))
    assert '<ol class="timeline-bands bands-even">' in made
    assert '<li class="early now"><h4>Early renewal <span class="tag early">This quote</span></h4>' in made
    assert '<text class="before-label" x="40.00%" y="8.4em" text-anchor="end">Mar' in made


def test_the_last_covered_day_has_a_row_of_its_own_where_the_day_before_it_is_near() -> None:
    three = [EARLY_WINDOWS[0] | {"id": "early_90", "until_day": -90}, {**EARLY_WINDOWS[0], "from_day": -89},
             *EARLY_WINDOWS[1:]]  # fmt: skip
    request = {"plan": "made/plan", "action": "renew", "on": "2026-02-01", "expiry": "2026-03-31"}
    for windows, row, height in ((EARLY_WINDOWS, "6.2em", "7.0em"), (three, "7.5em", "8.3em")):
        found = timeline(one_plan({"renewal": {"windows": windows}}, currency="CAD"), words("en"), request)
        assert found
        made = str(markup(timeline_elements(found, speech_for(words("en"), "made/plan", "CAD"))))
        assert f'class="expiry-label" x="{60 if windows is EARLY_WINDOWS else 66}' in made
        assert f'y="{row}" dx="-0.6em"' in made and f'height="{height}"' in made, made


def test_a_fee_of_every_renewal_is_in_no_band_and_one_of_a_window_in_its_own() -> None:
    fee = {"code": "hosting", "fee": [{"from": "2020-01-01", "amount": "30.00"}], "per": "quote"}
    late = [*EARLY_WINDOWS[:-1], {**EARLY_WINDOWS[-1], "adjust": [fee | {"code": "reinstatement_fee"}]}]
    catalogue = one_plan({"renewal": {"adjust": [fee], "windows": late}}, currency="CAD")
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
    found = timeline(catalogue, words("en"), request)
    assert found
    assert [effect for (effect,) in said(found, "effect")] == ["−15%", "−10%", "Full price", "Full price", "+$30.00"]


def test_a_reminder_on_the_last_day_of_a_discount_leaves_the_date_to_it() -> None:
    request = {"plan": "made/plan", "action": "renew", "on": "2026-01-24", "expiry": "2026-03-31"}
    places = []
    for notices in ([{"days_before": 60}, {"days_before": 45}], []):
        rules = {"renewal": {"windows": EARLY_WINDOWS}} | ({"notices": notices} if notices else {})
        found = timeline(one_plan(rules, currency="CAD"), words("en"), request)
        assert found
        marks = cast("list[Any]", found["marks"])
        labels = [mark["label"].replace("\u00a0", " ") for mark in marks if mark["kind"] == "notice"]
        assert labels == (["", "Feb 14, 2026"] if notices else [])
        places += [mark["x"] for mark in marks if mark["kind"] == "now"]
    assert places == ["10.00", "10.00"]  # the line begins 72 days before the expiry in any case


def test_each_day_has_its_place_in_the_order_of_time_whatever_the_windows() -> None:
    renewal = in_force(
        one_plan({"renewal": {"windows": EARLY_WINDOWS}}).families["made"].plans["plan"].renewal, date.max
    )
    assert renewal
    windows = [(band.first, band.last) for band in bands_of(renewal)]
    scale = Scale(windows, 72)
    days = [-400, -72, -71, -61, -60, -59, -31, -30, -29, -1, 0, 1, 30, 31, 400]
    places = [scale.at(day) for day in days]
    assert places[0] == places[1] == 0 and places[1:] == sorted(set(places[1:]))
    assert [scale.at(-60), scale.at(-30), scale.expiry] == [20, 40, 60]
    assert Scale([*windows[:3], *((day, day) for day in range(1, 7))], 72).columns == "0"


def test_fees_arrears_and_percentages_are_said_with_their_signs() -> None:
    plan, renewal = later()
    data: dict[str, Any] = {"acme": {"clauses": {}, "plans": {}}}
    texts = speech_for(words("en"), str(ORANGE["plan"]), "CAD").texts
    speech = Speech("en-CA", texts, "acme/care", data)
    drawn = line(plan, renewal, speech, date(2027, 6, 1), Words(lambda band: "", str, "end"))
    assert [effect for (effect,) in said(drawn, "effect")] == [
        "+3%, −10%", "Prorated price, +3%", "+3%, +$50.00 (example price)", "+3%, +50% of the price of the missed days",
        "It takes a new purchase",
    ]  # fmt: skip
    assert drawn["columns"] == "4"


def test_what_an_answer_decides_is_not_said_of_a_band() -> None:
    plan, renewal = later()
    asked = replace(renewal, adjust=(replace(renewal.adjust[0], when={"training": True}),))
    speech = speech_for(words("en"), "acme/care", "CAD")
    drawn = line(plan, asked, speech, date(2027, 6, 1), Words(lambda band: "", str, "end"))
    assert [effect for (effect,) in said(drawn, "effect")][:2] == ["−10%", "Prorated price"]


def test_notices_too_close_together_share_a_word() -> None:
    found = own({"plan": "keystroke/vip", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31",
                 "options": {"pack": "2h"}})  # fmt: skip
    labels = [mark["label"].replace("\u00a0", " ") for mark in found["marks"] if mark["kind"] == "notice"]
    assert labels == ["Jan 30, 2026", "Mar 1, 2026", "Mar 24, 2026"]
    plan, renewal = later()
    near = replace(plan, notices=tuple(Notice(days) for days in (60, 55, 15)))
    speech = speech_for(words("en"), "acme/care", "CAD")
    drawn: dict[str, Any] = line(near, renewal, speech, date(2027, 6, 1), Words(lambda band: "", str, ""))
    assert [mark["label"] for mark in drawn["marks"] if mark["kind"] == "notice"] == ["-60", "", "-15"]


def test_elements_are_a_picture_and_its_words() -> None:
    speech = speech_for(words("en"), str(ORANGE["plan"]), "")
    made = str(markup(timeline_elements(own(ORANGE | {"on": "2026-02-15"}), speech)))
    assert made.count("<rect ") == 3
    assert '<svg class="timeline-picture" height="9.2em" aria-hidden="true">' in made
    assert '<li class="on_time now"><h4>On time <span class="tag on_time">This quote</span></h4>' in made
    assert 'href="#rule-orange-care.renewal.windows.grace"' in made
    assert '<time datetime="2026-02-28">' in made
    assert "&lt;b&gt;" in str(markup(["p", {}, "<b>"]))
