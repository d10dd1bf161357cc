"""What pages say of fees and lengths is what a quote charges and covers."""

import re
from typing import Any

import pytest

from site_builder.rules import rules_of
from tests.site_builder.fleet_site import fleet_files
from tests.site_builder.made_family import RULES, made_family, made_words
from tests.site_builder.test_rules_sentences import LANGUAGES, said

FEES: dict[str, tuple[str, str]] = {
    "fr": ("Aucuns frais ne s’ajoutent.", "Aucun rabais ne s’applique."),
    "en": ("No fee is added.", "No discount applies."),
    "it": ("Non si aggiunge alcun costo.", "Non si applica alcuno sconto."),
}


def renewal(*adjust: dict[str, Any]) -> dict[str, Any]:
    """Windows of which one takes a percentage off and another adds a fee, and what every window adds besides."""
    starts = {"starts": "after_expiry"}
    fee = {"code": "late_fee", "fee": [{"from": "2026-01-01", "amount": "35.00"}]}
    return ({"adjust": list(adjust)} if adjust else {}) | {
        "windows": [
            {"id": "on_time", "until_day": 0, **starts, "adjust": [{"code": "on_time_discount", "percent": "-5"}]},
            {"id": "late", "from_day": 1, **starts, "adjust": [fee]},
        ],
    }


EVERYWHERE = {"code": "fee", "per": "quote", "fee": [{"from": "2026-01-01", "amount": "120.00"}]}
OPTIONS = {name: option | {"actions": ["buy", "renew"]} for name, option in RULES["plans"]["care"]["options"].items()}


@pytest.mark.parametrize("lang", FEES)
def test_a_window_is_said_to_be_without_a_fee_only_where_no_window_has_one(lang: str) -> None:
    no_fee, no_discount = FEES[lang]
    on_time, late = "care.renewal.windows.on_time", "care.renewal.windows.late"
    assert no_fee in said(on_time, lang, renewal=renewal())
    assert no_fee not in said(on_time, lang, renewal=renewal(EVERYWHERE))
    assert no_fee not in said(
        on_time, lang, options=OPTIONS, renewal=renewal(EVERYWHERE | {"when": {"training": True}})
    )
    assert no_discount in said(late, lang, renewal=renewal())
    assert no_discount not in said(late, lang, renewal=renewal({"code": "loyalty", "percent": "-3"}))


def answer(page: str, subject: str) -> str:
    """The text of a subject of the page of all families' rules, without its tags."""
    part = page[page.index(f'id="{subject}"') :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part[: part.index("</section>")]))


def test_rules_side_by_side_say_what_a_fee_is_paid_for() -> None:
    english = answer(fleet_files()["en/rules/index.html"], "late")
    assert "Late fee: $35.00 per vehicle" in english
    assert "Activation fee: $120.00, once per order" in english
    french = answer(fleet_files()["fr/regles/index.html"], "late")
    assert "Frais de retard : 35,00 $ par véhicule" in french
    assert "Frais d’activation : 120,00 $, une fois par commande" in french


def test_rules_side_by_side_add_nothing_only_where_no_rule_adds() -> None:
    plans = {"|".join(re.findall(r"Nothing is added|Late fee|Activation fee", answer(page, "late")))
             for name, page in fleet_files().items() if name == "en/rules/index.html"}  # fmt: skip
    assert plans == {"Late fee|Late fee|Activation fee"}


def test_every_language_says_what_every_window_adds() -> None:
    assert set(FEES) == set(LANGUAGES)
    family = made_family({"renewal": renewal(EVERYWHERE)})
    for language in LANGUAGES.values():
        assert "care.renewal.adjust.fee" in {rule.clause for rule in rules_of(family, made_words(), language)}


def text_of(page: str) -> str:
    """A page's text, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_lowest_price_has_its_unit_and_says_that_fees_come_on_top() -> None:
    assert "from $45.00 per vehicle, for 3 months, plus fees" in text_of(fleet_files()["en/index.html"])
    assert "dès 45,00 $ par véhicule, pour 3 mois, plus les frais" in text_of(fleet_files()["fr/index.html"])


def test_a_card_says_which_fee_a_first_purchase_adds() -> None:
    for name, words in (
        ("en/care/index.html", "Activation fee: $120.00 with a first purchase"),
        ("fr/care/index.html", "Frais d’activation : 120,00 $ au premier achat"),
    ):
        page = fleet_files()[name]
        standard, premium = page.index('id="plan-standard"'), page.index('id="plan-premium"')
        board = page[premium : page.index('class="board-notes"')]
        assert words in board and words not in page[standard:premium]


def test_taxes_are_told_with_their_region() -> None:
    assert "Plus taxes (Taxland): GST 5% and QST 9.975%" in text_of(fleet_files()["en/care/index.html"])
    assert "Taxes en sus (Pays des taxes) : TPS 5 % et TVQ 9,975 %" in text_of(fleet_files()["fr/care/index.html"])


def test_a_length_to_choose_is_told_from_its_least_on() -> None:
    lengths = renewal() | {"lengths": {"min_months": 12}}
    for lang, text in (
        ("en", "lasts as long as you choose, from 12 months up."),
        ("fr", "dure le temps que vous choisissez, à partir de 12 mois."),
        ("it", "dura il tempo che sceglie, da 12 mesi in su."),
    ):
        assert text in said("care.renewal.windows.on_time", lang, renewal=lengths)


def test_a_fee_by_order_is_told_so() -> None:
    for lang, text in (("en", "Once per order: $120.00"), ("fr", "Une fois par commande : 120,00 $")):
        assert said("care.renewal.adjust.fee", lang, renewal=renewal(EVERYWHERE)).startswith(text)


def test_readings_are_told_without_a_source_that_nobody_named() -> None:
    english, french = text_of(fleet_files()["en/care/index.html"]), text_of(fleet_files()["fr/care/index.html"])
    assert "source" not in english and "texte d’origine" not in french
    assert "Where the rules leave a point open, this is how we read them." in english
    assert "Là où les règles laissent un point ouvert, voici comment nous les lisons." in french


def test_fields_name_what_the_family_counts() -> None:
    english, french = fleet_files()["en/care/index.html"], fleet_files()["fr/care/index.html"]
    assert "How many vehicles this request covers." in english
    assert "Ce que couvre cette demande, en véhicules." in french


def test_what_one_plan_alone_includes_is_told_with_its_name() -> None:
    page = fleet_files()["en/care/index.html"]
    for item, plan in (("Trackers.", "(Premium)"), ("Updates.", "")):
        summary = page[page.index(f"<span>{item}") :].partition("</summary>")[0]
        assert (plan in summary) if plan else ("(" not in summary)


def test_a_fee_for_buying_and_for_renewing_is_one_change() -> None:
    for name in ("en/changes/index.html", "en/changes/feed.atom"):
        assert fleet_files()[name].count("Activation fee") == 1, name
    assert fleet_files()["en/changes/index.html"].count("Late fee") == 2  # of two plans


@pytest.mark.parametrize("text", ["reminder", "grace", "reminder_status", "grace_status"])
def test_a_letter_names_the_plan_before_the_contract(text: str) -> None:
    english = LANGUAGES["en"]
    letter = english.locales[english.default].strings[f"ui.campaign.{text}"]
    assert isinstance(letter, str) and letter.startswith("Your {plan:text} contract end")
