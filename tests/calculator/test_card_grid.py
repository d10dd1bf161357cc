"""The price by date: which days and lengths are asked for, and that each price is a quote of its own."""

from datetime import date, timedelta
from typing import Any

import pytest

from calculator.card.grid import Grid, price_by_date
from calculator.days import AHEAD, last_days
from calculator.plan import Catalogue
from calculator.wording.speech import speech_for
from tests.calculator.asking import answer, one_plan
from tests.mail.making import ESTIMATE, ORANGE, SKETCHUP, Request, families, words


def grid(request: Request, catalogue: Catalogue | None = None) -> Grid | None:
    catalogue = catalogue or families().engine
    response = answer(request, catalogue)
    assert response["ok"], response
    speech = speech_for(words("en"), response["plan"], response["currency"])
    return price_by_date(catalogue, response, request, speech, lambda asked: f"{asked['on']}/{asked.get('months')}")


def rows(request: Request, catalogue: Catalogue | None = None) -> list[tuple[str, str, list[str]]]:
    found = grid(request, catalogue)
    assert found
    return [
        (moment.label.replace("\u00a0", " "), moment.detail, [cell.amount for cell in moment.cells])
        for moment in found.moments
    ]


def test_the_last_day_on_time_the_last_day_of_grace_and_after() -> None:
    assert rows(ORANGE) == [
        ("By Mar 31, 2026", "On time", ["$540.00"]),
        ("On Apr 30, 2026, price of the day", "Grace period", ["$552.33"]),
        ("From May 1, 2026", "Late", ["$600.00"]),
    ]


def test_in_grace_only_what_is_still_to_come() -> None:
    assert [label for label, _, _ in rows(ORANGE | {"on": "2026-04-10"})] == [
        "On Apr 30, 2026, price of the day", "From May 1, 2026",
    ]  # fmt: skip


def test_on_the_last_day_of_grace_the_day_itself() -> None:
    assert [label for label, _, _ in rows(ORANGE | {"on": "2026-04-30"})] == ["By Apr 30, 2026", "From May 1, 2026"]


def test_when_all_windows_are_past_there_is_no_grid() -> None:
    assert grid(ORANGE | {"on": "2026-06-01"}) is None


def test_several_lengths_where_the_plan_has_them() -> None:
    found = grid(SKETCHUP)
    assert found
    assert found.lengths == ("12 months", "24 months", "36 months")
    assert rows(SKETCHUP)[0][2] == ["€288.00", "€576.00", ""]  # the third year would pass the horizon
    assert rows(SKETCHUP)[1][2] == ["€288.00", "€576.00", "€864.00"]
    assert [cell.link for cell in found.moments[1].cells] == ["2026-04-30/None", "2026-04-30/24", "2026-04-30/36"]


def test_the_length_that_was_asked_for_is_one_of_them() -> None:
    found = grid(SKETCHUP | {"months": 18})
    assert found
    assert found.lengths == ("12 months", "18 months", "24 months")
    assert found.moments[0].cells[1].link == "2026-03-31/18"


def test_an_end_date_is_kept_until_it_is_no_longer_offered() -> None:
    found = grid(ORANGE | {"align_to": "2026-12-31"})
    assert found
    assert found.lengths == ("To Dec 31, 2026",)
    assert [cell.amount for moment in found.moments for cell in moment.cells] == ["$406.84", "$552.33", "$600.00"]


def test_each_price_is_the_quote_of_its_day() -> None:
    for on, amount in (("2026-03-31", "540.00"), ("2026-04-30", "552.33"), ("2026-05-01", "600.00")):
        assert answer(ORANGE | {"on": on}, families().engine)["total"] == amount


def test_a_status_shows_what_a_renewal_costs() -> None:
    assert rows(ORANGE | {"action": "status"}) == rows(ORANGE)


def test_a_status_without_the_answers_for_a_price_has_no_grid() -> None:
    assert grid({"plan": "keystroke/vip", "action": "status", "on": "2026-03-15", "expiry": "2026-03-31"}) is None


def test_a_first_purchase_shows_the_next_price() -> None:
    request = {"plan": "sketchup/maintenance", "action": "buy", "on": "2028-06-01"}
    assert rows(request) == [
        ("By 31 Dec 2028", "First purchase", ["€144.00"]),
        ("From 1 Jan 2029", "First purchase", ["€151.20"]),
    ]


@pytest.mark.parametrize(
    "request_",
    [ESTIMATE, {"plan": "solidxperts/subscription", "action": "add", "on": "2026-03-15", "expiry": "2026-12-31"}],
)
def test_no_grid_where_time_changes_nothing_or_everything(request_: Request) -> None:
    assert grid(request_) is None


def test_a_renewal_that_closes_has_no_row_after_its_last_day() -> None:
    windows = [
        {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
        {"id": "late", "from_day": 1, "until_day": 365, "starts": "on_purchase"},
    ]
    catalogue = one_plan({"renewal": {"windows": windows}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
    found = grid(request, catalogue)
    assert found
    links = [moment.cells[0].link for moment in found.moments]
    assert links == ["2026-03-31/None", "2027-03-31/None"]


def test_a_price_that_changes_before_expiry_has_a_row_of_its_own() -> None:
    price = [{"from": "2020-01-01", "amount": "120.00"}, {"from": "2026-03-20", "amount": "130.00"}]
    windows = [
        {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
        {"id": "late", "from_day": 1, "starts": "on_purchase"},
    ]
    catalogue = one_plan({"price": price, "renewal": {"windows": windows}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
    found = grid(request, catalogue)
    assert found
    assert [moment.cells[0].link.partition("/")[0] for moment in found.moments] == [
        "2026-03-19", "2026-03-31", "2026-04-01",
    ]  # fmt: skip


YEARS = [{"from": "2020-01-01", "amount": "96.00"}, {"from": "2027-01-01", "amount": "99.00"}]
OFF = [{"code": "on_time_discount", "percent": "-5"}]
LATE = [
    {"id": "on_time", "until_day": 0, "starts": "after_expiry", "adjust": OFF},
    {"id": "late", "from_day": 1, "until_day": 60, "starts": "on_purchase"},
]
OPEN = {"id": "late", "from_day": 1, "starts": "on_purchase"}


def test_a_price_that_changes_within_a_window_has_rows_before_and_after() -> None:
    catalogue = one_plan({"price": YEARS, "renewal": {"windows": LATE}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-11-22", "expiry": "2026-12-01"}
    assert rows(request, catalogue) == [
        ("By Dec 1, 2026", "On time", ["€91.20"]),
        ("By Dec 31, 2026", "Late", ["€96.00"]),
        ("By Jan 30, 2027", "Late", ["€99.00"]),
    ]


def test_a_last_price_without_an_end_is_that_after_the_changes_of_a_year() -> None:
    catalogue = one_plan({"price": YEARS, "renewal": {"windows": [LATE[0], OPEN]}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-11-22", "expiry": "2026-12-01"}
    assert [(label, amounts) for label, _, amounts in rows(request, catalogue)] == [
        ("By Dec 1, 2026", ["€91.20"]), ("By Dec 31, 2026", ["€96.00"]), ("From Jan 1, 2027", ["€99.00"]),
    ]  # fmt: skip


def test_a_price_of_the_day_is_not_told_day_by_day_where_it_changes_besides() -> None:
    prorated = [LATE[0], LATE[1] | {"ends": "with_next_term"}]
    catalogue = one_plan({"price": YEARS, "renewal": {"windows": prorated}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-11-22", "expiry": "2026-12-01"}
    assert [label for label, _, _ in rows(request, catalogue)] == [
        "By Dec 1, 2026", "On Jan 30, 2027, price of the day",
    ]  # fmt: skip


def test_where_changes_are_more_than_rows_the_last_is_none_that_goes_on() -> None:
    price = [{"from": f"2026-{month:02}-01", "amount": f"{month}0.00"} for month in range(1, 10)]
    catalogue = one_plan({"price": price, "renewal": {"windows": [LATE[0], OPEN]}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-02-10", "expiry": "2026-03-31"}
    labels = [label for label, _, _ in rows(request, catalogue)]
    assert len(labels) == 5 and all(label.startswith("By") for label in labels)
    found = grid(request, catalogue)
    assert found and found.more.replace("\u00a0", " ") == "What a payment after Jun 30, 2026 costs is on the page."
    assert found.moments[-1].cells[0].link == "2026-06-30/None"
    answered_ = answer(request | {"on": "2026-07-01"}, catalogue)
    assert answered_["total"] != answer(request | {"on": "2026-06-30"}, catalogue)["total"]


def ahead(days: list[int], last: int | None = None) -> list[dict[str, Any]]:
    """A discount for each of these days before the expiry, the earlier the more; then on time, grace and late."""
    windows: list[dict[str, Any]] = []
    for place, day in enumerate(days):
        since = {"from_day": -days[place - 1] + 1} if place else {}
        off = [{"code": "early_discount", "percent": f"-{day // 10}"}]
        windows.append({"id": f"early_{day}", **since, "until_day": -day, "starts": "after_expiry", "adjust": off})
    late = {"id": "late", "from_day": 31, "starts": "on_purchase", **({"until_day": last} if last else {})}
    return [*windows, {"id": "on_time", "from_day": -days[-1] + 1, "until_day": 0, "starts": "after_expiry"},
            {"id": "grace", "from_day": 1, "until_day": 30, "starts": "on_purchase"}, late]  # fmt: skip


@pytest.mark.parametrize("last", [None, 365])
def test_every_window_has_its_row_however_many_there_are(last: int | None) -> None:
    catalogue = one_plan({"renewal": {"windows": ahead([150, 120, 90, 60, 30], last)}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-01-02", "expiry": "2026-06-30"}
    found = rows(request, catalogue)
    assert [amounts for _, _, amounts in found] == [
        ["€102.00"], ["€105.60"], ["€109.20"], ["€112.80"], ["€116.40"], ["€120.00"], ["€120.00"], ["€120.00"],
    ]  # fmt: skip
    assert found[-1][0] == ("By Jun 30, 2027" if last else "From Jul 31, 2026")
    made = grid(request, catalogue)
    assert made and made.more == ""


def test_more_than_a_dozen_rows_are_cut_at_the_end_and_that_is_said() -> None:
    catalogue = one_plan({"renewal": {"windows": ahead([*range(140, 0, -10)])}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-01-02", "expiry": "2026-06-30"}
    found = grid(request, catalogue)
    assert found and len(found.moments) == 12
    assert found.more.replace("\u00a0", " ") == "What a payment after May 31, 2026 costs is on the page."


@pytest.mark.parametrize(
    ("changes", "end", "last"),
    [
        ([1, 30], None, [0, 29]),  # a price of one day does not move every day
        ([2, 30], None, [1, 29]),
        ([500], 400, [400, 499]),
        ([AHEAD.days + 1], None, []),
        ([400 + AHEAD.days], 400, [400, 400 + AHEAD.days - 1]),
        ([401 + AHEAD.days], 400, [400]),
    ],
)
def test_prices_are_followed_for_a_year_after_the_last_end(
    changes: list[int], end: int | None, last: list[int]
) -> None:
    on, day = date(2026, 3, 1), timedelta(days=1)
    first = {"from": "2020-01-01", "amount": "1000.00"}
    price = [first, *({"from": (on + day * ahead).isoformat(), "amount": f"{ahead}.00"} for ahead in changes)]
    late = [{**LATE[1], "until_day": end + 1}, {**OPEN, "id": "late_more", "from_day": end + 2}] if end else [OPEN]
    catalogue = one_plan({"price": price, "renewal": {"windows": [LATE[0], *late]}})
    request = {"plan": "made/plan", "action": "renew", "on": on.isoformat(), "expiry": (on - day).isoformat()}
    found = last_days(catalogue, request, on, {on + day * end} if end else set())
    assert sorted((one - on).days for one in found) == last


def test_the_asked_day_is_one_of_them_where_a_window_ends_on_it() -> None:
    on = date(2026, 3, 31)
    request = {"plan": "made/plan", "action": "renew", "on": on.isoformat(), "expiry": on.isoformat()}
    assert last_days(one_plan({"renewal": {"windows": [LATE[0], OPEN]}}), request, on, {on}) == {on}


def test_a_price_of_the_day_in_any_column_is_called_one() -> None:
    """A minimum holds the price of one year still, while that of two falls from day to day."""
    windows = [
        {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
        {"id": "grace", "from_day": 1, "until_day": 45, "starts": "on_purchase", "ends": "with_next_term"},
    ]
    minimum = [{"from": "2020-01-01", "amount": "150.00"}]
    renewal = {"windows": windows, "lengths": {"months": [12, 24]}}
    catalogue = one_plan({"renewal": renewal, "minimum": minimum}, "CAD")
    request = {"plan": "made/plan", "action": "renew", "on": "2026-04-10", "expiry": "2026-03-31"}
    assert rows(request, catalogue)[0] == (
        "On May 15, 2026, price of the day", "Grace period", ["$150.00", answered(catalogue, request, "2026-05-15")],
    )  # fmt: skip
    assert answered(catalogue, request, "2026-05-15") != answered(catalogue, request, "2026-05-14")


def answered(catalogue: Catalogue, request: Request, on: str) -> str:
    return f"${answer(request | {'on': on, 'months': 24}, catalogue)['total']}"
