"""The least that an order costs: what counts towards it, what is owed besides, on which days and for which orders."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.errors import CatalogueError
from calculator.wire import present
from site_builder.locales import load_all, locale_data
from tests.calculator.asking import TWO_WINDOWS, ask, lines, notes, one_plan

GUIDES = Path(__file__).parents[2] / "docs/guides"
PRICE = [{"from": "2020-01-01", "amount": "30.00"}]
MINIMUM = [{"from": "2026-01-01", "amount": "100.00"}]


def fee(code: str, amount: str = "15.00", **more: Any) -> dict[str, Any]:
    return {"code": code, "fee": [{"from": "2020-01-01", "amount": amount}], "per": "quote", **more}


def bought(rules: dict[str, Any], on: str = "2026-06-01", **fields: Any) -> dict[str, str]:
    return lines(
        ask("made/plan", "buy", on, one_plan({"price": PRICE, "minimum": MINIMUM, "buy": {}, **rules}), **fields)
    )


def test_the_line_stands_after_price_and_discounts_and_says_what_it_makes_up() -> None:
    adjust = [fee("setup"), {"code": "loyalty", "percent": "-50"}, fee("card")]
    made = one_plan({"price": PRICE, "minimum": MINIMUM, "buy": {"adjust": adjust}})
    given_quote = ask("made/plan", "buy", "2026-06-01", made, quantity=2)
    assert list(lines(given_quote)) == ["price", "setup", "loyalty", "minimum_charge", "card"]
    line = given_quote["lines"][3]
    assert line["params"] == {"minimum": "100.00", "of": "30.00"}
    assert (line["amount"], line["unit"], line["clause"]) == ("70.00", None, "plan.minimum")
    assert given_quote["subtotal"] == "130.00"


def test_what_is_of_a_fee_alone_is_owed_besides() -> None:
    adjust = [fee("setup", "40.00"), {"code": "off", "percent": "-50", "of": ["setup"]}]
    given_lines = bought({"buy": {"adjust": adjust}})
    assert given_lines == {"price": "30.00", "minimum_charge": "70.00", "setup": "40.00", "off": "-20.00"}


def test_a_percentage_of_a_percentage_of_the_price_counts() -> None:
    adjust = [{"code": "uplift", "percent": "100"}, {"code": "more", "percent": "100", "of": ["uplift"]}]
    assert bought({"buy": {"adjust": adjust}})["minimum_charge"] == "10.00"


def test_arrears_are_owed_besides() -> None:
    late = TWO_WINDOWS[1] | {"adjust": [{"code": "arrears", "missed_percent": "100"}]}
    made = one_plan({"price": PRICE, "minimum": MINIMUM, "renewal": {"windows": [TWO_WINDOWS[0], late]}})
    given_quote = ask("made/plan", "renew", "2027-04-01", made, expiry="2026-03-31")
    assert lines(given_quote) == {"price": "30.00", "minimum_charge": "70.00", "arrears": "30.00"}


def test_a_credit_comes_off_the_minimum_as_it_has_been_paid() -> None:
    credit = {"code": "paid", "plan": "visit", "paid_on": "paid_on", "within_days": 30}
    visit = {"unit": "visit", "price": [{"from": "2020-01-01", "amount": "60.00"}], "buy": {}}
    options = {"paid_on": {"type": "date", "actions": ["buy"], "optional": True}}
    made = one_plan({"price": PRICE, "minimum": MINIMUM, "options": options, "buy": {"credits": [credit]}}, visit=visit)
    given_quote = ask("made/plan", "buy", "2026-06-01", made, options={"paid_on": "2026-05-20"})
    assert lines(given_quote) == {"price": "30.00", "minimum_charge": "70.00", "paid": "-60.00"}
    assert given_quote["total"] == "40.00"


def test_what_costs_nothing_stays_free() -> None:
    assert bought({"price": [{"from": "2020-01-01", "amount": "0.00"}]}) == {"price": "0.00"}
    nothing = [{"code": "gift", "percent": "-100"}, fee("setup")]
    assert bought({"buy": {"adjust": nothing}}) == {"price": "30.00", "gift": "-30.00", "setup": "15.00"}


@pytest.mark.parametrize(("on", "least"), [
    ("2025-12-31", "30.00"), ("2026-01-01", "100.00"), ("2026-06-30", "100.00"), ("2026-07-01", "120.00"),
    ("2026-12-31", "120.00"), ("2027-01-01", "30.00"),
])  # fmt: skip
def test_the_row_of_the_day_applies(on: str, least: str) -> None:
    rows = [*MINIMUM, {"from": "2026-07-01", "amount": "120.00"}, {"from": "2027-01-01", "amount": "0.00"}]
    given_quote = ask("made/plan", "buy", on, one_plan({"price": PRICE, "minimum": rows, "buy": {}}))
    assert given_quote["total"] == least


def test_a_price_holds_until_the_day_before_the_minimum_changes() -> None:
    rows = [*MINIMUM, {"from": "2026-07-01", "amount": "120.00"}]
    made = one_plan({"price": PRICE, "minimum": rows, "buy": {}})
    assert ask("made/plan", "buy", "2026-02-01", made)["valid_until"] == "2026-06-30"
    assert ask("made/plan", "buy", "2026-02-01", made, quantity=5)["valid_until"] is None


@pytest.mark.parametrize(("actions", "held"), [(None, ["buy", "renew"]), (["add", "extend"], ["extend", "add"])])
def test_it_holds_for_the_orders_that_it_names(actions: list[str] | None, held: list[str]) -> None:
    row = MINIMUM[0] | ({"actions": actions} if actions else {})
    made = one_plan({
        "price": PRICE, "minimum": [row], "buy": {}, "renewal": {"windows": TWO_WINDOWS},
        "extension": {"billed": "by_month"}, "addition": {"billed": "by_day"},
    })  # fmt: skip
    running = {"expiry": "2026-12-31"}
    fields: dict[str, dict[str, Any]] = {"buy": {}, "renew": running, "extend": running | {"months": 1}, "add": running}
    quotes = {action: ask("made/plan", action, "2026-06-01", made, **more) for action, more in fields.items()}
    assert [action for action, quote in quotes.items() if "minimum_charge" in lines(quote)] == held


def test_an_example_of_a_minimum_is_said_to_be_one() -> None:
    made = one_plan({"price": PRICE, "minimum": [MINIMUM[0] | {"illustrative": True}], "buy": {}})
    assert "illustrative_price" in notes(ask("made/plan", "buy", "2026-06-01", made))
    assert "illustrative_price" not in notes(ask("made/plan", "buy", "2026-06-01", made, quantity=4))


@pytest.mark.parametrize(("lang", "label", "detail"), [
    ("fr", "Complément au minimum par commande", "prix de 30,00 EUR porté au minimum de 100,00 EUR"),
    ("en", "Minimum per order, the difference", "price of EUR 30.00 brought up to the minimum of EUR 100.00"),
    ("it", "Integrazione al minimo per ordine", "prezzo di 30,00 EUR portato al minimo di 100,00 EUR"),
])  # fmt: skip
def test_the_line_in_words(lang: str, label: str, detail: str) -> None:
    made = one_plan({"price": PRICE, "minimum": MINIMUM, "buy": {}})
    sheet: Any = present(ask("made/plan", "buy", "2026-06-01", made), locale_data(load_all()[lang], {}))
    row = next(row for row in sheet["rows"] if row["code"] == "minimum_charge")
    assert (row["label"], " ".join(row["detail"].split())) == (label, detail)


@pytest.mark.parametrize(("rules", "what"), [
    ({"minimum": [{"from": "2026-01-01", "amount": "100.00", "actions": ["add"]}], "buy": {}}, "does not offer `add`"),
    ({"minimum": MINIMUM, "addition": {"billed": "by_day"}}, "neither `buy` nor `renew`"),
    ({"minimum": [{"from": "2026-01-01", "amount": "100.00", "actions": ["status"]}], "buy": {}}, "`status` is not"),
    ({"minimum": [{"from": "2026-01-01", "tiers": []}], "buy": {}}, "`tiers` is not a key"),
    ({"minimum": [*MINIMUM, *MINIMUM], "buy": {}}, "does not come after"),
    ({"minimum": [{"from": "2026-01-01", "amount": "-1"}], "buy": {}}, "is not an amount"),
    ({"buy": {"adjust": [fee("minimum_charge")]}}, "`minimum_charge` is taken"),
])  # fmt: skip
def test_a_minimum_that_no_order_could_have_is_refused(rules: dict[str, Any], what: str) -> None:
    with pytest.raises(CatalogueError, match=what):
        one_plan(rules)


amounts = st.integers(0, 30_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
percents = st.sampled_from(["-100", "-33.33", "-10", "5", "250"])


@given(amounts, amounts, percents, st.integers(1, 40), st.integers(0, 400), st.sampled_from(["buy", "renew", "add"]))
def test_an_order_costs_the_minimum_or_more_before_fees(
    price: str, minimum: str, percent: str, quantity: int, days: int, action: str
) -> None:
    """Price, discounts and the minimum's line come to the minimum or more, unless nothing is charged."""
    adjust = [{"code": "percent", "percent": percent}, fee("setup", "7.00")]
    windows = [TWO_WINDOWS[0] | {"align": {"max_months": 12}}, TWO_WINDOWS[1] | {"ends": "with_next_term"}]
    rules = {
        "price": [{"from": "2020-01-01", "amount": price}], "buy": {"adjust": adjust}, "addition": {
            "billed": "by_day", "adjust": adjust}, "renewal": {"windows": windows, "adjust": adjust},
    }  # fmt: skip
    rows = [{"from": "2020-01-01", "amount": minimum, "actions": ["buy", "renew", "add"]}]
    on = date(2026, 1, 1) + timedelta(days=days)
    late = -1 if action == "add" else 1
    fields = {} if action == "buy" else {"expiry": (on - timedelta(days=late * (days % 300))).isoformat()}
    plain = ask("made/plan", action, on.isoformat(), one_plan(rules), quantity=quantity, **fields)
    least = ask("made/plan", action, on.isoformat(), one_plan({**rules, "minimum": rows}), quantity=quantity, **fields)
    before, after = (Decimal(found["subtotal"]) - 7 for found in (plain, least))
    assert after == (max(before, Decimal(minimum)) if before > 0 else before)
    assert [line for line in least["lines"] if line["code"] != "minimum_charge"] == plain["lines"]


@pytest.mark.parametrize(("amount", "made_up"), [("24.99", "0.04"), ("25.00", None), ("25.01", None)])
def test_a_price_that_is_the_minimum_has_no_line_of_nothing(amount: str, made_up: str | None) -> None:
    price = [{"from": "2020-01-01", "amount": amount}]
    assert bought({"price": price}, quantity=4).get("minimum_charge") == made_up


@pytest.mark.parametrize(
    ("surcharge", "said", "total"),
    [
        (fee("late_fee"), "30.00 + 70.00 up to the minimum + 15.00 = 115.00", "115.00"),
        ({"code": "late", "percent": "10"}, "30.00 + 3.00 + 67.00 = 100.00", "100.00"),
    ],
)
def test_what_the_guide_says_of_surcharges_below_a_minimum(surcharge: dict[str, Any], said: str, total: str) -> None:
    windows = [
        {"id": "on_time", "until_day": 0, "starts": "after_expiry"},
        {"id": "late", "from_day": 1, "starts": "on_purchase", "adjust": [surcharge]},
    ]
    made = one_plan({"price": PRICE, "minimum": MINIMUM, "renewal": {"windows": windows}})
    quote = ask("made/plan", "renew", "2026-06-10", made, expiry="2026-06-01")
    assert quote["subtotal"] == total
    amounts = [line["amount"] for line in quote["lines"]]
    assert sorted(amounts) == sorted(re.findall(r"\d+\.\d\d", said.partition(" =")[0]))
    for guide, words in (("add-a-family.md", said), ("add-a-family.fr.md", said.replace(".", ","))):
        text = " ".join((GUIDES / guide).read_text("utf-8").split())
        assert words.replace("up to the minimum", "jusqu’au minimum") in text or words in text
