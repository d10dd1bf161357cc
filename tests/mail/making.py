"""Cards of the shipped plans, as the command line and the page make them."""

from functools import cache
from pathlib import Path
from typing import Any

from calculator import wire
from calculator.card import Offered, Order
from site_builder.locales import load
from site_builder.mail import page_address
from site_builder.plans import Families, load_families
from site_builder.rules import language_data

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://plans.example/"

type Request = dict[str, Any]

ORANGE: Request = {
    "plan": "keystroke/orange-care", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31", "quantity": 5,
}  # fmt: skip
SKETCHUP: Request = {
    "plan": "sketchup/maintenance", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31", "quantity": 2,
}  # fmt: skip
ESTIMATE: Request = {
    "plan": "integrator/contract", "action": "buy", "on": "2026-03-15",
    "options": {
        "region_rate": "idf", "hours": 20, "level": "proactive", "remote_percent": 60, "complexity": "complex",
        "updates": 4, "visits": 6, "travel": "distance", "km": 40, "under_warranty": True, "warranty_extension": True,
    },
}  # fmt: skip


@cache
def families() -> Families:
    return load_families(ROOT / "plans")


@cache
def words(lang: str) -> dict[str, Any]:
    return language_data(load(lang), families())


def order(request: Request, lang: str = "fr", seller: str = "", reference: str = "") -> Order:
    return Order(request, page_address(BASE, lang, request["plan"]), seller, reference)


def offered(request: Request, lang: str = "fr", seller: str = "", reference: str = "") -> Offered:
    return wire.card(families().engine, words(lang), order(request, lang, seller, reference))


def html(request: Request, lang: str = "fr", **more: str) -> str:
    offer = offered(request, lang, **more)
    assert offer.card, offer.response
    return offer.card.html


def text(request: Request, lang: str = "fr", **more: str) -> str:
    offer = offered(request, lang, **more)
    assert offer.card, offer.response
    return offer.card.text
