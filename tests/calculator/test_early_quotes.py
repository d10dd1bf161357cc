"""A quote in an early window, in words: its sheet, its card, waiting, and three years of paying early."""

from datetime import date, timedelta
from typing import Any

import pytest

from calculator.elements import Own, sheet_elements
from calculator.explore import explore
from calculator.wording import present
from calculator.wording.speech import speech_for
from site_builder.rendering.markup import markup
from tests.calculator.asking import EARLY_WINDOWS, answer, one_plan
from tests.calculator.test_windows import DISCOUNTED
from tests.mail.making import words

EXPIRY = date(2026, 3, 31)


def asked(ahead: int, **more: Any) -> dict[str, Any]:
    on = (EXPIRY + timedelta(days=ahead)).isoformat()
    return {"plan": "made/plan", "action": "renew", "on": on, "expiry": EXPIRY.isoformat(), **more}


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("lang", "label", "detail", "line", "last"),
    [
        ("en", "Early renewal", "30 days before expiry.", "Early renewal discount",
         "Last day to renew early"),
        ("fr", "Renouvellement anticipé", "30 jours avant l’échéance.", "Rabais pour renouvellement anticipé",
         "Dernier jour pour renouveler par anticipation"),
    ],
)  # fmt: skip
def test_a_sheet_names_the_window_its_discount_and_its_last_day(
    lang: str, label: str, detail: str, line: str, last: str
) -> None:
    sheet = present(answer(asked(-30), DISCOUNTED), words(lang), "made/plan")
    assert (sheet["window"]["label"], plain(sheet["window"]["detail"])) == (label, detail)
    assert [row["label"] for row in sheet["rows"]][1] == line
    assert plain(sheet["deadlines"][0]["text"]) == last and sheet["deadlines"][0]["date"] == "2026-03-01"


@pytest.mark.parametrize(("ahead", "label"), [(-61, "early_60"), (-30, "early")])
def test_each_early_window_is_marked_as_one(ahead: int, label: str) -> None:
    given = answer(asked(ahead), DISCOUNTED)
    assert given["window"] == label
    speech = speech_for(words("en"), "made/plan", "EUR")
    made = str(markup(sheet_elements(present(given, words("en")), speech, Own("r"))))
    assert '<span class="tag early">Early renewal</span>' in made


def tables(ahead: int) -> dict[str, Any]:
    found = explore(DISCOUNTED, words("en"), asked(ahead), lambda request: str(request["on"]))
    return {str(table["id"]): table for table in found}


def test_waiting_passes_through_the_last_day_of_each_discount() -> None:
    rows = tables(-70)["wait"]["rows"]
    assert [(plain(row["label"]), row["detail"], *map(plain, row["cells"])) for row in rows] == [
        ("January 20, 2026, this quote", "Early renewal", "€102.00", "same price"),
        ("January 30, 2026", "Early renewal", "€102.00", "same price"),
        ("March 1, 2026", "Early renewal", "€108.00", "€6.00 more"),
        ("March 31, 2026", "On time", "€120.00", "€18.00 more"),
        ("April 30, 2026", "Grace period", "€120.00", "€18.00 more"),
        ("From May 1, 2026", "Late", "€120.00", "€18.00 more"),
    ]


def test_three_years_of_paying_early_stand_beside_three_years_on_time() -> None:
    table = tables(-45)["years"]
    assert "last day of early renewal" in table["lead"]
    rows = [(plain(row["label"]), plain(row["detail"]), plain(row["cells"][1])) for row in table["rows"]][:2]
    assert rows == [
        ("Renew on time each time",
         "€108.00 on Feb 14, 2026, €120.00 on Mar 31, 2027 and €120.00 on Mar 31, 2028", "€348.00"),
        ("Renew early each time, 30 days before the last covered day",
         "€108.00 on Feb 14, 2026, €108.00 on Mar 1, 2027 and €108.00 on Mar 1, 2028", "€324.00"),
    ]  # fmt: skip
    on_time = tables(-10)["years"]
    assert "early" not in on_time["lead"] and "early" not in on_time["rows"][1]["label"]


def test_paying_early_each_time_is_none_of_the_ways_where_it_loses_covered_days() -> None:
    windows = [EARLY_WINDOWS[0] | {"starts": "on_purchase"}, *EARLY_WINDOWS[1:]]
    found = explore(one_plan({"renewal": {"windows": windows}}), words("en"), asked(-70), str)
    (table,) = [table for table in found if table["id"] == "years"]
    rows: Any = table["rows"]
    assert "early" not in str(table["lead"]) and not any("early" in row["label"] for row in rows)
