"""What is said of a renewal's windows: their titles, their days, and on which condition they hold."""

from typing import Any

import pytest

from calculator.plan import Window
from site_builder.locales import translator
from site_builder.rules import days_in_words, rules_of
from tests.site_builder.made_family import made_family, made_words
from tests.site_builder.test_rules_sentences import LANGUAGES, said, windows


def around(window: dict[str, Any]) -> list[dict[str, Any]]:
    """A window with those that it needs before and after it."""
    first, last, terms = window.get("from_day"), window.get("until_day"), {"starts": "after_expiry"}
    if first is not None and first > 0:
        grace = [{"id": "grace", "from_day": 1, "until_day": first - 1, **terms}] if first > 1 else []
        return [{"id": "on_time", "until_day": 0, **terms}, *grace, window]
    before = [] if first is None else [{"id": "early_before", "until_day": first - 1, **terms}]
    after = [{"id": "on_time", "from_day": last + 1, "until_day": 0, **terms}] if last else []
    return [*before, window, *after]


@pytest.mark.parametrize(
    ("first", "last", "french", "english", "italian"),
    [
        (
            None, 0, "Si vous payez au plus tard le dernier jour couvert",
            "If you pay on or before the last covered day",
            "Se paga entro l’ultimo giorno coperto",
        ),
        (
            None, -1, "Si vous payez au moins 1 jour avant l’échéance", "If you pay at least 1 day before expiry",
            "Se paga almeno 1 giorno prima della scadenza",
        ),
        (
            None, -30, "Si vous payez au moins 30 jours avant l’échéance", "If you pay at least 30 days before expiry",
            "Se paga almeno 30 giorni prima della scadenza",
        ),
        (
            -59, -30, "Si vous payez de 59 à 30 jours avant l’échéance", "If you pay 59 to 30 days before expiry",
            "Se paga da 59 a 30 giorni prima della scadenza",
        ),
        (
            -1, -1, "Si vous payez exactement 1 jour avant l’échéance", "If you pay exactly 1 day before expiry",
            "Se paga esattamente 1 giorno prima della scadenza",
        ),
        (
            -29, 0, "Si vous payez entre 29 jours avant l’échéance et le dernier jour couvert",
            "If you pay from 29 days before expiry to the last covered day",
            "Se paga tra 29 giorni prima della scadenza e l’ultimo giorno coperto",
        ),
        (
            -1, 0, "Si vous payez entre 1 jour avant l’échéance et le dernier jour couvert",
            "If you pay from 1 day before expiry to the last covered day",
            "Se paga tra 1 giorno prima della scadenza e l’ultimo giorno coperto",
        ),
        (
            0, 0, "Si vous payez le dernier jour couvert", "If you pay on the last covered day",
            "Se paga l’ultimo giorno coperto",
        ),
        (1, None, "Si vous payez après l’échéance", "If you pay after expiry", "Se paga dopo la scadenza"),
        (
            31, None, "Si vous payez 31 jours ou plus après l’échéance", "If you pay 31 days or more after expiry",
            "Se paga 31 giorni o più dopo la scadenza",
        ),
        (
            1, 30, "Si vous payez de 1 à 30 jours après l’échéance", "If you pay 1 to 30 days after expiry",
            "Se paga da 1 a 30 giorni dopo la scadenza",
        ),
        (
            1, 1, "Si vous payez exactement 1 jour après l’échéance", "If you pay on day 1 after expiry",
            "Se paga il giorno 1 dopo la scadenza",
        ),
    ],
)  # fmt: skip
def test_a_window_s_rule_begins_with_its_condition(
    first: int | None, last: int | None, french: str, english: str, italian: str
) -> None:
    name = "late" if last is None or last > 0 else "early" if last else "on_time"
    window: dict[str, Any] = {"id": name, "starts": "on_purchase"}
    window |= {} if first is None else {"from_day": first}
    window |= {} if last is None else {"until_day": last}
    entries = around(window)
    for lang, opening, goes_on, end in (
        ("fr", french, "la nouvelle période commence le jour du paiement", "il faut un nouvel achat."),
        ("en", english, "the new period begins on the day of payment", "a new purchase is needed."),
        ("it", italian, "il nuovo periodo comincia il giorno del pagamento", "serve un nuovo acquisto."),
    ):
        text = said(f"care.renewal.windows.{name}", lang, renewal=windows(*entries))
        assert text.startswith(f"{opening}, {goes_on}")
        assert text.endswith(end) is (last is not None and last >= 0)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, 0, "Jusqu’au dernier jour couvert compris"),
        (1, 1, "Le jour 1 après l’échéance"),
        (1, None, "Dès le lendemain de l’échéance"),
        (31, None, "Dès 31 jours après l’échéance"),
        (1, 30, "De 1 à 30 jours après l’échéance"),
        (None, -9, "Jusqu’à 9 jours avant l’échéance"),
        (-59, -30, "De 59 à 30 jours avant l’échéance"),
        (-5, -1, "De 5 à 1 jour avant l’échéance"),
        (-1, -1, "Exactement 1 jour avant l’échéance"),
        (-29, 0, "De 29 jours avant l’échéance au dernier jour couvert"),
        (0, 0, "Le dernier jour couvert"),
    ],
)
def test_a_timeline_names_the_days_alone(first: int | None, last: int | None, days: str) -> None:
    window = Window("late", "", first, last, "on_purchase", "full_term")
    say = translator(LANGUAGES["fr"]).t
    assert days_in_words(lambda key, **params: say(f"rule.{key}", **params), window) == days


TIERED = [
    {"id": "early_60", "until_day": -60, "starts": "after_expiry",
     "adjust": [{"code": "early_discount", "percent": "-15"}]},
    {"id": "early_1", "from_day": -59, "until_day": -1, "starts": "after_expiry"},
    {"id": "on_time", "from_day": 0, "until_day": 0, "starts": "after_expiry"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "titles", "text", "none"),
    [
        (
            "fr", ("Par anticipation, au moins 60 jours avant l’échéance",
                   "Par anticipation, de 59 à 1 jour avant l’échéance"),
            "Si vous payez au moins 60 jours avant l’échéance, la nouvelle période commence le lendemain de l’échéance "
            "et dure 12 mois. Rabais pour renouvellement anticipé : 15 % de moins sur le prix.",
            "Aucun rabais ne s’applique.",
        ),
        (
            "en", ("Early, at least 60 days ahead", "Early, from 59 to 1 day ahead"),
            "If you pay at least 60 days before expiry, the new period begins on the day after expiry and lasts "
            "12 months. Early renewal discount: 15% off the price.", "No discount applies.",
        ),
        (
            "it", ("In anticipo, almeno 60 giorni prima", "In anticipo, da 59 a 1 giorno prima"),
            "Se paga almeno 60 giorni prima della scadenza, il nuovo periodo comincia il giorno dopo la scadenza e "
            "dura 12 mesi. Sconto per il rinnovo anticipato: 15% in meno sul prezzo.", "Non si applica alcuno sconto.",
        ),
    ],
)  # fmt: skip
def test_early_bands_are_named_by_their_days(lang: str, titles: tuple[str, ...], text: str, none: str) -> None:
    rules = rules_of(made_family({"renewal": windows(*TIERED)}), made_words(), LANGUAGES[lang])
    told = {rule.clause.rpartition(".")[2]: rule for rule in rules if ".windows." in rule.clause}
    assert (told["early_60"].title, told["early_1"].title) == titles
    assert told["early_60"].text.replace("\u00a0", " ") == text
    assert told["early_1"].text.endswith(none)


def test_one_early_window_has_a_title_without_days() -> None:
    one = [{"id": "early", "until_day": -30, "starts": "after_expiry"}, TIERED[2] | {"from_day": -29}]
    for lang, title in (("fr", "Renouvellement anticipé"), ("en", "Early renewal"), ("it", "Rinnovo anticipato")):
        rules = rules_of(made_family({"renewal": windows(*one)}), made_words(), LANGUAGES[lang])
        assert title in [rule.title for rule in rules if rule.clause == "care.renewal.windows.early"]
