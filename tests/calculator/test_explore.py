"""What a quote makes one ask next: every figure is a quote of its own, and every row opens the request behind it."""

import json
from email import message_from_string
from typing import Any

import pytest

from calculator.explore import explore
from calculator.plan import Catalogue
from calculator.wire import load, read_link_fragment, reference, serve
from tests.calculator.asking import answer, one_plan
from tests.mail.making import ORANGE, SKETCHUP, Request, families, words


def tables(request: object, catalogue: Catalogue | None = None, lang: str = "en") -> dict[str, Any]:
    made = explore(catalogue or families().engine, words(lang), request, json.dumps)
    return {str(table["id"]): table for table in made}


def rows(request: Request, id: str, catalogue: Catalogue | None = None) -> list[tuple[str, str, list[str]]]:
    found = tables(request, catalogue)[id]["rows"]
    return [(row["label"].replace("\u00a0", " "), row["detail"], row["cells"]) for row in found]


def test_the_same_request_today_on_the_last_days_and_after() -> None:
    assert rows(ORANGE, "wait") == [
        ("March 15, 2026, this quote", "On time", ["$540.00", "same price"]),
        ("March 31, 2026", "On time", ["$540.00", "same price"]),
        ("April 30, 2026", "Grace period", ["$552.33", "$12.33 more"]),
        ("From May 1, 2026", "Late", ["$600.00", "$60.00 more"]),
    ]


def test_waiting_may_be_cheaper() -> None:
    found = rows(ORANGE | {"on": "2026-04-10"}, "wait")
    assert [cells for _, _, cells in found] == [
        ["$585.21", "same price"], ["$552.33", "$32.88 less"], ["$600.00", "$14.79 more"],
    ]  # fmt: skip


def test_in_french_with_the_spaces_of_its_country() -> None:
    table = tables(ORANGE, lang="fr")["wait"]
    assert table["title"] == "Et si j’attends?"
    assert table["rows"][3]["cells"] == ["600,00\u00a0$", "60,00\u00a0$ de plus"]


def test_a_window_that_closes_says_so_instead_of_a_price() -> None:
    windows = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"}]
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-01", "expiry": "2026-03-31"}
    catalogue = one_plan({"renewal": {"windows": windows}, "buy": {}})
    last = tables(request, catalogue)["wait"]["rows"][-1]
    assert last["link"] == "" and len(last["cells"]) == 1
    assert "March 31, 2026" in last["cells"][0].replace("\u00a0", " ")


def test_a_price_that_changes_within_a_window_to_come_has_its_last_day() -> None:
    price = [{"from": "2020-01-01", "amount": "96.00"}, {"from": "2027-01-01", "amount": "99.00"}]
    off = [{"code": "on_time_discount", "percent": "-5"}]
    windows = [
        {"id": "on_time", "until_day": 0, "starts": "after_expiry", "adjust": off},
        {"id": "late", "from_day": 1, "until_day": 60, "starts": "on_purchase"},
    ]
    catalogue = one_plan({"price": price, "renewal": {"windows": windows}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-11-22", "expiry": "2026-12-01"}
    assert [(label, cells[0]) for label, _, cells in rows(request, "wait", catalogue)][:4] == [
        ("November 22, 2026, this quote", "€91.20"), ("December 1, 2026", "€91.20"), ("December 31, 2026", "€96.00"),
        ("January 30, 2027", "€99.00"),
    ]  # fmt: skip


def test_where_time_changes_nothing_there_is_no_table() -> None:
    assert "wait" not in tables(ORANGE | {"on": "2026-06-01"})
    assert "plans" not in tables(SKETCHUP)


def test_three_years_on_time_against_coming_back() -> None:
    found = rows(ORANGE, "years")
    assert [(label, cells) for label, _, cells in found] == [
        ("Renew on time each time", ["1,096 days, up to Mar 31, 2029", "$1,620.00"]),
        ("Let it lapse and come back on May 1, 2026", ["1,096 days, up to Apr 30, 2029", "$1,680.00"]),
        ("Let it lapse and come back on March 31, 2027", ["731 days, up to Mar 30, 2029", "$1,140.00"]),
    ]
    assert found[0][1] == "$540.00 on Mar 15, 2026, $540.00 on Mar 31, 2027 and $540.00 on Mar 31, 2028"


def test_who_has_lapsed_already_does_not_lapse_in_the_past() -> None:
    late = [label for label, _, _ in rows(ORANGE | {"on": "2026-06-01"}, "years")]
    assert late == ["Renew on time each time", "Let it lapse and come back on March 31, 2027"]


def test_where_a_late_renewal_is_closed_one_buys_again() -> None:
    windows = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"}]
    dearer = {"price": [{"from": "2020-01-01", "amount": "130.00"}]}
    price = [{"from": "2020-01-01", "amount": "100.00"}]
    catalogue = one_plan({"renewal": {"windows": windows}, "buy": dearer, "price": price})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-03-31", "expiry": "2026-03-31"}
    found = tables(request, catalogue)["years"]["rows"]
    back = json.loads(found[1]["link"])
    assert back["action"] == "buy" and back["on"] == "2026-04-01" and "expiry" not in back


ON_TIME = [{"id": "on_time", "until_day": 0, "starts": "after_expiry"}]
PRICE = {"from": "2020-01-01", "amount": "96.00"}
LATE = [*ON_TIME, {"id": "late", "from_day": 1, "starts": "on_purchase"}]
BUY = {"plan": "made/plan", "action": "buy", "on": "2026-04-01"}
RENEW = {"plan": "made/plan", "action": "renew", "on": "2026-03-31", "expiry": "2026-03-31"}


def test_who_buys_and_lets_it_lapse_has_paid_for_what_was_bought() -> None:
    catalogue = one_plan({"renewal": {"windows": LATE}, "buy": {"price": [{"from": "2020-01-01", "amount": "150.00"}]}})
    assert [(label, cells) for label, _, cells in rows(BUY, "years", catalogue)] == [
        ("Renew on time each time", ["1,096 days, up to Mar 31, 2029", "€390.00"]),
        ("Let it lapse and come back on April 1, 2027", ["1,096 days, up to Mar 31, 2029", "€390.00"]),
        ("Let it lapse and come back on March 31, 2028", ["730 days, up to Mar 30, 2029", "€270.00"]),
    ]


def test_many_payments_are_counted_and_hundreds_are_not_followed() -> None:
    monthly = one_plan({"term": {"months": 1}, "renewal": {"windows": ON_TIME}, "buy": {}})
    (_, detail, cells), *_ = rows(RENEW, "years", monthly)
    assert detail == "36 payments" and cells[0] == "1,096 days, up to Mar 31, 2029"
    weekly = one_plan({"term": {"days": 7}, "renewal": {"windows": ON_TIME}, "buy": {}})
    assert "years" not in tables(RENEW, weekly)


def test_short_terms_are_followed_to_the_end_of_three_years() -> None:
    catalogue = one_plan({"term": {"months": 3}, "renewal": {"windows": LATE}})
    steady, *_ = rows(RENEW, "years", catalogue)
    assert steady[2] == ["1,096 days, up to Mar 31, 2029", "€1,440.00"]


@pytest.mark.parametrize(
    ("rules", "request_"),
    [
        ({"term": {"months": 60}, "renewal": {"windows": ON_TIME}}, RENEW),  # one way alone, and far from three years
        ({"term": {"months": 36}, "buy": {}}, BUY),
        (
            {"price": [PRICE, {"from": "2027-01-01", "on_request": True}], "renewal": {"windows": LATE}, "buy": {}},
            RENEW,
        ),
        ({"renewal": {"windows": LATE}, "addition": {"billed": "by_day"}}, RENEW | {"action": "add"}),
    ],
)
def test_years_are_no_table_where_there_is_one_way_or_none(rules: dict[str, Any], request_: Request) -> None:
    assert "years" not in tables(request_, one_plan(rules))


@pytest.mark.parametrize("until", [1095, 1096])
def test_nobody_comes_back_after_the_years_that_are_compared(until: int) -> None:
    windows = [*ON_TIME, {"id": "late", "from_day": 1, "until_day": until, "starts": "after_expiry"}]
    catalogue = one_plan({"term": {"months": 1}, "renewal": {"windows": windows}, "buy": {}})
    assert not [label for label, _, _ in rows(RENEW, "years", catalogue) if "2029" in label]


def test_who_renews_on_the_day_of_coming_back_is_not_compared_with_that() -> None:
    found = rows(RENEW | {"on": "2026-04-01"}, "years", one_plan({"renewal": {"windows": LATE}}))
    assert [label for label, _, _ in found] == [
        "Renew on time each time",
        "Let it lapse and come back on March 31, 2027",
    ]


def test_an_end_that_was_asked_for_is_asked_for_once() -> None:
    windows = [ON_TIME[0] | {"align": {"max_months": 11}}, LATE[1]]
    catalogue = one_plan({"renewal": {"windows": windows}})
    found = tables(RENEW | {"align_to": "2026-12-31"}, catalogue)["years"]["rows"]
    assert ["align_to" in json.loads(row["link"]) for row in found] == [True, False, False]


def test_before_a_price_changes_that_day_is_shown() -> None:
    price = [PRICE, {"from": "2027-01-01", "amount": "99.00"}]
    found = rows(BUY, "wait", one_plan({"price": price, "buy": {}}))
    assert [(label, cells[0]) for label, _, cells in found] == [
        ("April 1, 2026, this quote", "€96.00"), ("December 31, 2026", "€96.00"), ("From January 1, 2027", "€99.00"),
    ]  # fmt: skip


def test_a_price_that_moves_every_day_is_shown_a_month_on_and_said_to_be_of_that_day() -> None:
    windows = [*ON_TIME, {"id": "grace", "from_day": 1, "starts": "on_purchase", "ends": "with_next_term"}]
    catalogue = one_plan({"renewal": {"windows": windows}, "addition": {"billed": "by_day"}})
    add = RENEW | {"action": "add", "on": "2026-04-10", "expiry": "2027-03-31"}
    first = ["April 10, 2026, this quote", "May 9, 2026"]
    assert [label for label, _, _ in rows(add, "wait", catalogue)] == [*first, "May 10, 2026"]
    late = [label for label, _, _ in rows(RENEW | {"on": "2026-04-10"}, "wait", catalogue)]
    assert late == [*first, "March 31, 2027", "From April 1, 2027"]  # the next term is over: nothing is left to renew


def test_a_plan_that_is_no_longer_sold_is_not_compared_by_who_buys() -> None:
    old = {"unit": "user", "term": {"months": 12}, "price": [{"from": "2020-01-01", "amount": "80.00"}],
           "renewal": {"windows": ON_TIME}}  # fmt: skip
    catalogue = one_plan({"buy": {}}, old=old, other=old | {"buy": {}})
    assert [label for label, _, _ in rows(BUY, "plans", catalogue)] == ["made/plan", "made/other"]


def test_each_plan_of_the_family_with_what_it_does_not_ask_left_out() -> None:
    found = {row["label"]: row for row in tables(ORANGE)["plans"]["rows"]}
    assert found["Orange Care"]["cells"][1] == "same price"
    assert found["Orange Care Plus"]["cells"] == ["$810.00", "$270.00 more"]
    assert found["Basic"]["cells"] == ["$0.00", "another unit"]
    bought = json.loads(found["Basic"]["link"])
    assert bought["action"] == "buy" and "expiry" not in bought
    assert len(found["VIP"]["cells"]) == 1 and json.loads(found["VIP"]["link"])["plan"] == "keystroke/vip"


@pytest.mark.parametrize("request_", [ORANGE, SKETCHUP, ORANGE | {"on": "2026-04-10", "region": "CA-QC"}])
def test_every_figure_is_that_of_the_request_behind_it(request_: Request) -> None:
    for id in ("wait", "plans"):
        for row in tables(request_).get(id, {}).get("rows", []):
            if len(row["cells"]) == 2:
                total = answer(json.loads(row["link"]))["total"]
                assert row["cells"][0].replace(",", "").strip("$€\u00a0") == total


@pytest.mark.parametrize(
    "request_",
    [{}, None, ["x"], ORANGE | {"action": "status"}, ORANGE | {"on": "x"}, ORANGE | {"plan": 7}],
)
def test_what_has_no_price_has_nothing_to_compare(request_: object) -> None:
    if isinstance(request_, dict) and request_.get("action") == "status":
        request_ = {name: value for name, value in request_.items() if name != "options"}
    assert tables(request_) == {}


def served(kind: str, **payload: Any) -> dict[str, Any]:
    load(json.dumps(families().catalogue), json.dumps({"en": words("en"), "fr": words("fr")}))
    found: dict[str, Any] = json.loads(serve(kind, json.dumps({"lang": "en", **payload})))
    return found


def test_the_door_serves_tables_as_elements_with_links() -> None:
    given = served("explore", request=ORANGE, page="https://plans.example/en/x/")
    assert [table["id"] for table in given["tables"]] == ["wait", "years", "plans"]
    link = given["tables"][0]["rows"][2]["link"]
    assert link.startswith("https://plans.example/en/x/#q=")
    opened = read_link_fragment(link.partition("/x/")[2])
    assert opened and opened[0] == ORANGE | {"on": "2026-04-30"}
    assert [part[0] for part in given["elements"]] == ["section"] * 4
    assert link in json.dumps(given["elements"][1])


def test_the_dates_are_those_that_the_draft_has_attached() -> None:
    given = {"request": ORANGE, "address": "https://plans.example/en/x/"}
    attached = [part for part in message_from_string(served("draft", **given)["eml"]).walk()
                if part.get_content_type() == "text/calendar"]  # fmt: skip
    payload = attached[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert served("dates", **given)["ics"].encode() == payload


def test_a_reference_tells_quotes_and_editions_apart() -> None:
    mine = reference(ORANGE, "0123456789abcdef")
    assert len(mine) == 8 and int(mine, 16) >= 0
    assert mine == reference(dict(reversed(ORANGE.items())), "0123456789abcdef")
    assert mine != reference(ORANGE | {"quantity": 6}, "0123456789abcdef") != reference(ORANGE, "f" * 16)


def test_a_sheet_as_elements_says_what_the_sheet_says() -> None:
    given = served("quote", request=ORANGE)
    text = json.dumps(given["elements"], ensure_ascii=False)
    for row in (*given["sheet"]["rows"], *given["sheet"]["totals"]):
        assert row["label"] in text and row["amount"] in text
    assert given["reference"] in text and "not an invoice" in text
    assert '"#rule-orange-care.' in text
    away = json.dumps(served("quote", request=ORANGE, page="https://plans.example/en/x/")["elements"])
    assert '"https://plans.example/en/x/#rule-orange-care.' in away
    assert served("quote", request=ORANGE | {"on": "x"})["elements"] == []


@pytest.mark.parametrize(
    ("shown", "there"), [(["wait", "plans"], ["wait", "plans"]), (["plans", "wait"], ["plans", "wait"]), ([], [])]
)
def test_a_site_shows_the_tables_that_it_wants_in_its_order(shown: list[str], there: list[str]) -> None:
    data = {**words("en"), "tables": shown}
    assert [table["id"] for table in explore(families().engine, data, ORANGE, str)] == there


def test_two_ways_of_coming_back_on_one_day_are_one() -> None:
    windows = [ON_TIME[0], {**LATE[1], "until_day": 365}]
    request = RENEW | {"on": "2027-11-01", "expiry": "2027-11-21"}
    found = [label for label, _, _ in rows(request, "years", one_plan({"renewal": {"windows": windows}, "buy": {}}))]
    assert len(found) == len(set(found)) and any("2028" in label for label in found)
