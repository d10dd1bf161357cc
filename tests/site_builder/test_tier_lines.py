"""Each line of a price by quantity says which tier it is of: on the page, on paper, in a mail."""

import re
from html import unescape
from typing import Any

import pytest

from calculator import wire
from calculator.card import Order
from calculator.plan import Catalogue, read_catalogue
from site_builder.locales import load_all, locale_data

LANGUAGES = load_all()
HARD = "\u00a0"
STEPS: list[dict[str, Any]] = [{"up_to": 10, "amount": "100.00"}, {"up_to": 50, "amount": "90.00"}, {"amount": "80.00"}]


def catalogue(steps: list[dict[str, Any]], mode: str = "graduated") -> Catalogue:
    price = [{"from": "2026-01-01", "tiers": {"mode": mode, "steps": steps}}]
    plan = {"unit": "seat", "term": {"months": 12}, "price": price, "buy": {}, "addition": {"billed": "by_day"}}
    family = {"family": "acme", "currency": "CAD", "plans": {"care": plan}}
    return read_catalogue({"contract": 1, "fingerprint": "0", "families": {"acme": family}, "regions": {"US": {}}})


def words(lang: str) -> dict[str, Any]:
    locale = LANGUAGES[lang].default if lang != "fr" else "fr-FR"
    care = {"name": "Care", "unit": "seat", "options": {}}
    acme = {"locale": locale, "currency": "CAD", "name": "Acme", "vendor": "Acme", "order": ["care"],
            "plans": {"care": care}, "clauses": {}, "readings": {}}  # fmt: skip
    return locale_data(LANGUAGES[lang], {"acme": acme})


def ask(**more: Any) -> dict[str, Any]:
    return {"plan": "acme/care", "action": "buy", "on": "2026-03-01", **more}


def labels(lang: str, steps: list[dict[str, Any]], mode: str = "graduated", **more: Any) -> list[str]:
    sheet: Any = wire.present(wire.quote(catalogue(steps, mode), ask(**more)), words(lang))
    return [str(row["label"]).replace(HARD, " ") for row in sheet["rows"]]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["Prix : 1 à 10 postes", "Prix : 11 à 50 postes", "Prix : 51 postes et plus"]),
        ("en", ["Price: 1 to 10 seats", "Price: 11 to 50 seats", "Price: 51 seats or more"]),
        ("it", ["Prezzo: da 1 a 10 postazioni", "Prezzo: da 11 a 50 postazioni", "Prezzo: 51 postazioni e oltre"]),
    ],
)
def test_a_line_names_its_tier(lang: str, said: list[str]) -> None:
    assert labels(lang, STEPS, quantity=60) == said
    assert labels(lang, STEPS, quantity=10) == said[:1]
    assert labels(lang, STEPS, "volume", quantity=60) == said[2:]
    assert labels(lang, STEPS, "volume", quantity=11) == said[1:2]


def test_units_that_come_on_top_begin_in_their_own_tier() -> None:
    more: dict[str, Any] = {"action": "add", "expiry": "2026-12-31", "existing": 8, "quantity": 5}
    assert labels("en", STEPS, **more) == ["Prorated price: 1 to 10 seats", "Prorated price: 11 to 50 seats"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["Prix : poste 1", "Prix : 2 postes et plus"]),
        ("en", ["Price: seat 1", "Price: 2 seats or more"]),
        ("it", ["Prezzo: postazione 1", "Prezzo: 2 postazioni e oltre"]),
    ],
)
def test_a_tier_of_one_unit_is_that_unit(lang: str, said: list[str]) -> None:
    assert labels(lang, [{"up_to": 1, "amount": "100.00"}, {"amount": "50.00"}], quantity=3) == said


def test_a_tier_of_one_unit_in_the_middle_is_named_by_one() -> None:
    steps: list[dict[str, Any]] = [
        {"up_to": 10, "amount": "100.00"},
        {"up_to": 11, "amount": "90.00"},
        {"amount": "80.00"},
    ]
    assert labels("en", steps, quantity=11) == ["Price: 1 to 10 seats", "Price: seat 11"]


def test_each_unit_with_a_serial_names_its_tier() -> None:
    plan: Any = wire.quote(catalogue(STEPS), ask(serials=[f"s{number}" for number in range(11)]))
    assert [line["params"]["tier_from"] for line in plan["lines"]] == [1] * 10 + [11]
    assert labels("en", STEPS, serials=["a", "b"])[0].startswith("Price: 1 to 10 seats")


def test_one_price_for_all_has_no_tier() -> None:
    assert labels("en", [{"amount": "100.00"}], quantity=60) == ["Price"]


def test_the_answer_names_the_tier_for_machines() -> None:
    answer: Any = wire.quote(catalogue(STEPS), ask(quantity=60))
    assert [line["params"] for line in answer["lines"]] == [
        {"tier_from": 1, "tier_to": 10}, {"tier_from": 11, "tier_to": 50}, {"tier_from": 51},
    ]  # fmt: skip


def test_the_mail_s_card_and_its_text_say_so_too() -> None:
    order = Order(ask(quantity=60), "https://plans.example/fr/acme/", "", "")
    card = wire.card(catalogue(STEPS), words("fr"), order).card
    assert card
    table = unescape(re.sub(r"<[^>]+>", " ", card.html)).replace(HARD, " ")
    for tier in ("Prix : 1 à 10 postes", "Prix : 11 à 50 postes", "Prix : 51 postes et plus"):
        assert tier in table
        assert tier in card.text.replace(HARD, " ")
