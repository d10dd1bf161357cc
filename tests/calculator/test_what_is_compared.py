"""What stands beside a quote compares like with like, and names days by what they are."""

from collections.abc import Mapping
from typing import Any

import pytest

from calculator.explore import explore
from calculator.plan import Catalogue
from calculator.wire import present, quote
from tests.calculator.asking import one_plan
from tests.site_builder.fleet_site import fleet_site

RENEWAL = {"plan": "care/standard", "action": "renew", "on": "2026-11-22", "expiry": "2026-12-01", "quantity": 40}
ADDITION = {"plan": "care/standard", "action": "add", "on": "2026-11-22", "expiry": "2026-12-01", "existing": 40}


def table(request: Mapping[str, Any], id: str, lang: str = "en") -> dict[str, Any]:
    site = fleet_site()
    made = {str(found["id"]): found for found in explore(site.families.engine, site.locale_data[lang], request, str)}
    text: dict[str, Any] = made[id]
    rows: Any = text["rows"]
    return {**text, "rows": {row["label"]: [plain(cell) for cell in row["cells"]] for row in rows}}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def sheet(request: Mapping[str, Any], lang: str = "en") -> dict[str, Any]:
    site = fleet_site()
    return present(quote(site.families.engine, request), site.locale_data[lang])


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "$701.35 a month, against $349.52"), ("fr", "701,35 $ par mois, contre 349,52 $")],
)
def test_plans_that_cover_other_lengths_are_compared_by_the_month(lang: str, expected: str) -> None:
    found = table(RENEWAL | {"months": 24}, "plans", lang)["rows"]
    assert found["Premium" if lang == "en" else "Supérieur"][1] == expected


def test_plans_of_the_same_length_are_compared_by_the_total() -> None:
    found = table(RENEWAL | {"plan": "care/premium", "on": "2026-12-05"}, "plans")["rows"]
    assert found["Premium"][1] == "same price"
    assert found["Standard"][1].endswith("a month, against $735.84")
    year = {"action": "buy", "plan": "care/standard", "on": "2026-11-22", "quantity": 1}
    assert table(year, "plans")["rows"]["Standard"][1] == "same price"


def test_what_covers_no_whole_months_is_only_called_another_length() -> None:
    rest = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"},
            {"id": "grace", "from_day": 1, "starts": "on_purchase", "ends": "with_next_term"}]  # fmt: skip
    other = {"unit": "user", "term": {"months": 12}, "price": [{"from": "2020-01-01", "amount": "90.00"}]}
    catalogue = one_plan({"renewal": {"windows": rest}}, other=other | {"buy": {}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-05-03", "expiry": "2026-03-31"}
    made = {str(found["id"]): found for found in explore(catalogue, fleet_site().locale_data["en"], request, str)}
    rows: Any = made["plans"]["rows"]
    assert [row["cells"][1] for row in rows] == ["same price", "another length"]


def compared(catalogue: Catalogue, request: Mapping[str, Any]) -> list[str]:
    """What stands beside the price of each plan."""
    made = {str(found["id"]): found for found in explore(catalogue, fleet_site().locale_data["en"], request, str)}
    rows: Any = made["plans"]["rows"]
    return [plain(row["cells"][1]) for row in rows]


@pytest.mark.parametrize(("days", "said"), [(368, "EUR 30.00 less"), (362, "EUR 30.00 less"), (361, "another length")])
def test_a_few_days_of_the_calendar_are_no_other_length(days: int, said: str) -> None:
    other = {"unit": "user", "term": {"days": days}, "price": [{"from": "2020-01-01", "amount": "90.00"}]}
    catalogue = one_plan({"buy": {}}, other=other | {"buy": {}})
    request = {"plan": "made/plan", "action": "buy", "on": "2026-05-01"}
    assert compared(catalogue, request) == ["same price", said]


def test_what_has_no_term_is_compared_by_the_total() -> None:
    once = {"unit": "call", "price": [{"from": "2020-01-01", "amount": "90.00"}], "buy": {}}
    cheap = once | {"price": [{"from": "2020-01-01", "amount": "80.00"}]}
    catalogue = one_plan({"unit": "call", "buy": {}}, call=once, cheap=cheap)
    request = {"plan": "made/call", "action": "buy", "on": "2026-05-01"}
    assert compared(catalogue, request) == ["another length", "same price", "EUR 10.00 less"]


@pytest.mark.parametrize(
    ("months", "title", "lead"),
    [
        (12, "What three years cost", "up to December 1, 2029 or about then"),
        (24, "What the time up to December 1, 2030 costs", "up to December 1, 2030 or about then"),
        (17, "What the time up to October 1, 2029 costs", "up to October 1, 2029 or about then"),
        (36, "What three years cost", "up to December 1, 2029 or about then"),
    ],
)
def test_the_ways_of_the_years_to_come_reach_the_same_end(months: int, title: str, lead: str) -> None:
    found = table(RENEWAL | {"months": months}, "years")
    assert plain(found["title"]) == title and lead in plain(found["lead"])
    years = {cells[0][-4:] for cells in found["rows"].values()}
    assert len(found["rows"]) >= 2 and max(map(int, years)) - min(map(int, years)) <= 1


@pytest.mark.parametrize(
    ("on", "months", "until", "ways"),
    [
        ("2026-11-22", 24, "2030", ["Renew on time each time", "Let it lapse and come back on December 2, 2026"]),
        ("2027-09-27", 12, "2029", ["Renew on time each time", "Let it lapse and come back on December 1, 2027"]),
    ],
)
def test_three_years_count_from_the_last_expiry_and_ways_that_end_much_later_are_left_out(
    on: str, months: int, until: str, ways: list[str]
) -> None:
    windows = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"},
               {"id": "late", "from_day": 1, "starts": "on_purchase"}]  # fmt: skip
    catalogue = one_plan({"renewal": {"lengths": {"min_months": 12}, "windows": windows}})
    request = {"plan": "made/plan", "action": "renew", "on": on, "expiry": "2026-12-01", "months": months}
    found = explore(catalogue, fleet_site().locale_data["en"], request, str)
    (years,) = [made for made in found if made["id"] == "years"]
    rows: Any = years["rows"]
    assert [plain(row["label"]) for row in rows] == ways
    assert [plain(row["cells"][0])[-4:] for row in rows] == [until, until]


def test_reminders_are_told_by_their_own_day_and_those_of_the_past_are_left_out() -> None:
    assert sheet(ADDITION)["notices"] == []
    bought = sheet({"plan": "care/standard", "action": "buy", "on": "2026-11-22"})["notices"]
    assert [(day["date"], day["text"]) for day in bought] == [
        ("2027-10-07", "Reminder, 45 days before the last covered day"),
        ("2027-11-06", "Reminder, 15 days before the last covered day"),
    ]
    more = {"plan": "care/standard", "action": "extend", "on": "2026-11-22", "expiry": "2026-12-01", "months": 1}
    assert [(day["date"], day["text"]) for day in sheet(more)["notices"]] == [
        ("2026-12-02", "Reminder, 30 days before the last covered day"),
        ("2026-12-17", "Reminder, 15 days before the last covered day"),
    ]


def test_a_contract_that_has_ended_had_its_last_period_and_reminds_of_nothing() -> None:
    ended = {"plan": "care/standard", "action": "status", "on": "2027-01-10", "expiry": "2026-12-01"}
    for lang, label in (("en", "Last period"), ("fr", "Dernière période")):
        found = sheet(ended, lang)
        assert label in [fact["label"] for fact in found["facts"]] and found["notices"] == []
    running = sheet(ended | {"on": "2026-11-10"})
    assert "Current period" in [fact["label"] for fact in running["facts"]]
    assert [day["date"] for day in running["notices"]] == ["2026-11-16"]


def test_adding_to_a_contract_that_ends_is_refused_once() -> None:
    found = table(ADDITION, "wait")["rows"]
    refused = [label for label, cells in found.items() if len(cells) == 1]
    assert [plain(label) for label in refused] == ["From December 2, 2026"]
    assert plain(list(found)[1]) == "December 1, 2026"
    last = table(ADDITION | {"on": "2026-12-01"}, "wait")["rows"]
    assert [plain(label) for label in last] == ["December 1, 2026, this quote", "From December 2, 2026"]


def test_extending_a_contract_on_its_last_day_is_refused_once_when_that_is_over() -> None:
    more = {"plan": "care/standard", "action": "extend", "on": "2026-12-01", "expiry": "2026-12-01", "months": 1}
    found = table(more, "wait")["rows"]
    assert [plain(label) for label in found] == ["December 1, 2026, this quote", "From December 2, 2026"]


def test_windows_called_by_their_own_names_are_told_in_a_sentence() -> None:
    windows = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"},
               {"id": "late", "from_day": 1, "until_day": 60, "starts": "on_purchase"},
               {"id": "late_more", "from_day": 61, "until_day": 90, "starts": "on_purchase"},
               {"id": "late_most", "from_day": 91, "until_day": 120, "starts": "on_purchase"}]  # fmt: skip
    catalogue = one_plan({"renewal": {"windows": windows}})
    asked = {"plan": "made/plan", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31"}
    for lang, late, band in (
        ("en", "Last day to renew late", "Last day to renew under “Late”"),
        ("fr", "Dernier jour pour renouveler en retard", "Dernier jour aux conditions « En retard »"),
    ):
        made: Any = present(quote(catalogue, asked), fleet_site().locale_data[lang])
        assert [plain(day["text"]) for day in made["deadlines"]][1:3] == [late, band]


def test_an_extension_is_not_called_so_twice() -> None:
    more = {"plan": "care/standard", "action": "extend", "on": "2026-11-22", "expiry": "2026-12-01", "months": 1}
    for lang, title, window in (
        ("en", "Extension: Standard", "Added months"), ("fr", "Prolongation : Standard", "Mois ajoutés"),
    ):  # fmt: skip
        made = sheet(more, lang)
        assert (plain(made["title"]), made["window"]["label"]) == (title, window)


@pytest.mark.parametrize(("months", "total"), [(24, "EUR 100.00"), (36, "EUR 300.00")])
def test_another_plan_is_asked_for_the_same_length_only_where_it_has_it(months: int, total: str) -> None:
    windows = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"}]
    renewals = [{"windows": windows, "lengths": {"months": lengths}} for lengths in ([12, 24, 36], [12, 36])]
    other = {"unit": "user", "term": {"months": 12}, "price": [{"from": "2020-01-01", "amount": "100.00"}]}
    catalogue = one_plan({"renewal": renewals[0]}, other=other | {"renewal": renewals[1]})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-03", "expiry": "2026-03-31", "months": months}
    made = {str(found["id"]): found for found in explore(catalogue, fleet_site().locale_data["en"], request, str)}
    rows: Any = made["plans"]["rows"]
    assert plain(rows[1]["cells"][0]) == total
