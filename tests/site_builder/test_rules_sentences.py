"""What rules say: every clause has a title and a sentence made from its figures, in every language."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator.plan import Region, Tax, TaxRate, clauses, read_catalogue
from site_builder.locales import load_all
from site_builder.rules import family_data, rules_of, tax_text, unworded
from tests.site_builder.made_family import made_family, made_words

LANGUAGES = load_all()
HARD = "\u00a0"


def said(clause: str, lang: str = "fr", **changes: Any) -> str:
    """The sentence of a clause, with ordinary spaces."""
    rules = rules_of(made_family(changes), made_words(), LANGUAGES[lang])
    return next(rule.text for rule in rules if rule.clause == clause).replace(HARD, " ")


def windows(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"windows": list(entries)}


def test_every_clause_of_the_engine_is_worded_and_no_other() -> None:
    family = made_family()
    for language in LANGUAGES.values():
        rules = rules_of(family, made_words(), language)
        assert {rule.clause for rule in rules} == clauses(family)
        assert all(rule.title and rule.text and "?" not in rule.text and "{" not in rule.text for rule in rules)
        assert unworded(family, made_words(), language) == []


@pytest.mark.parametrize(
    ("clause", "french", "english"),
    [
        (
            "care.price",
            "Par utilisateur, pour 12 mois : 120,00 $ à partir du 1er janvier 2026; chaque unité au prix de sa "
            "tranche à partir du 1er janvier 2027 (130,00 $ jusqu’à 10 utilisateurs; 125,00 $ jusqu’à 50 utilisateurs; "
            "110,00 $ au-delà); sur demande, à partir du 1er janvier 2028.",
            "Per user, for 12 months: $120.00 from January 1, 2026; each unit at the price of its tier from "
            "January 1, 2027 ($130.00 up to 10 users; $125.00 up to 50 users; $110.00 beyond); "
            "on request, from January 1, 2028.",
        ),
        (
            "care.buy",
            "La couverture commence le premier jour du mois qui suit l’achat, même si vous achetez un premier du mois. "
            "Elle dure 12 mois si la case « Formation » est cochée et « Niveau » est « rapide ». Sinon, elle dure 30 "
            "jours. Au plus 500 utilisateurs par demande.",
            "Cover begins on the first day of the month after the purchase, even when you buy on the first of a month. "
            "It lasts 12 months if “Training” is ticked and “Level” is “fast”. Otherwise it lasts 30 days. "
            "At most 500 users per request.",
        ),
        (
            "care.notices",
            "Un rappel est prévu 90 jours (pour un contrat de 12 mois et plus) et 30 jours avant le dernier jour "
            "couvert.",
            "A reminder is due 90 days (for a contract of 12 months or more) and 30 days before the last covered "
            "day.",
        ),
        (
            "hours.renewal.windows.on_time.carries",
            "Le temps inutilisé passe à la période suivante. Chaque intervention compte par tranches de 15 min; "
            "une tranche commencée est comptée en entier.",
            "Unused time goes over to the next period. Each piece of work counts in steps of 15 min; "
            "a step begun counts as a whole one.",
        ),
        (
            "made.price.estimate.travel_distance",
            "Calcul : « Visites » × « Kilomètres » × 2 × 0,65 $. Seulement si la case « Déplacement » est cochée.",
            "Worked out as “Visits” × “Kilometres” × 2 × $0.65. Only if “Travel” is ticked.",
        ),
        (
            "hours.buy.credits.trial",
            "Le prix payé pour « Acme Care » est déduit si vous achetez dans les 30 jours qui suivent, le jour 30 "
            "compris. La déduction ne dépasse jamais le prix.",
            "The price paid for “Acme Care” comes off if you buy within 30 days of it, day 30 included. "
            "What comes off is never more than the price.",
        ),
        (
            "care.eligibility",
            "Ce forfait ne se combine pas avec Heures. Il faut aussi avoir Sur mesure.",
            "This plan does not go with Hours. You also need Made to measure.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_holds_the_rules_figures(clause: str, french: str, english: str) -> None:
    assert said(clause) == french
    assert said(clause, "en") == english


@pytest.mark.parametrize(
    ("lang", "one", "two"),
    [
        ("fr", "2, quelle que soit la quantité.", "1 jusqu’à 5 utilisateurs; 3 au-delà."),
        ("en", "2, whatever the quantity.", "1 up to 5 users; 3 beyond."),
        ("it", "2, qualunque sia la quantità.", "1 fino a 5 utenti; 3 oltre."),
    ],
)
def test_one_quantity_for_all_is_said_without_steps(lang: str, one: str, two: str) -> None:
    for rows, text in (([{"quantity": 2}], one), ([{"up_to": 5, "quantity": 1}, {"quantity": 3}], two)):
        given = [{"code": "updates", "by_quantity": rows}]
        assert said("care.entitlements.updates", lang, entitlements=given) == text


@pytest.mark.parametrize("mode", ["graduated", "volume"])
def test_one_tier_is_a_price_like_any_other(mode: str) -> None:
    tiers = {"mode": mode, "steps": [{"amount": "120.00"}]}
    text = said("care.price", "en", price=[{"from": "2026-01-01", "tiers": tiers}])
    assert text == "Per user, for 12 months: $120.00 from January 1, 2026."


def test_a_box_is_ticked_in_italian_too() -> None:
    # The made family has no Italian words of its own.
    assert "Solo se la casella «» è selezionata." in said("made.price.estimate.travel_distance", "it")


GRACE = {"id": "grace", "from_day": 1, "until_day": 30, "starts": "on_purchase", "ends": "with_next_term"}
DISCOUNT = {"code": "on_time_discount", "percent": "-10"}
ON_TIME = {"id": "on_time", "until_day": 0, "starts": "after_expiry", "adjust": [DISCOUNT]}
LATE = {"id": "late", "from_day": 31, "starts": "on_purchase"}


def test_a_grace_period_says_days_cover_proration_and_what_it_lacks() -> None:
    text = said("care.renewal.windows.grace", renewal=windows(ON_TIME, GRACE, LATE), proration={})
    assert text == (
        "Si vous payez de 1 à 30 jours après l’échéance, le renouvellement couvre du jour du paiement jusqu’à la fin "
        "de la période qui aurait suivi. Le prix est calculé au prorata des jours : les jours couverts, divisés par "
        "les jours de la période complète. Aucun rabais ne s’applique."
    )


def test_a_changed_figure_changes_the_sentence() -> None:
    text = said(
        "care.renewal.windows.grace", renewal=windows(ON_TIME, GRACE | {"until_day": 45}, LATE | {"from_day": 46})
    )
    assert text.startswith("Si vous payez de 1 à 45 jours après l’échéance, ")


FEE = {"code": "fee", "fee": [{"from": "2020-01-01", "amount": "95.00", "illustrative": True}], "per": "unit"}
ASKED = {
    "training": {"type": "boolean", "actions": ["buy", "renew"]},
    "level": {"type": "choice", "choices": ["fast", "slow"], "actions": ["buy"]},
}
RISING = [{"from": "2020-01-01", "amount": "50.00"}, {"from": "2027-01-01", "amount": "60.00"}]


@pytest.mark.parametrize(
    ("change", "french", "english", "italian"),
    [
        (
            FEE,
            "Frais : 95,00 $ de plus par utilisateur. Prix donné en exemple.",
            "Fee: $95.00 extra per user. Example price.",
            "Diritto fisso: 95,00 CA$ in più per utente. Prezzo d’esempio.",
        ),
        (
            FEE | {"per": "quote"},
            "Frais : 95,00 $ de plus, une seule fois par commande, quelle que soit la quantité. Prix donné en exemple.",
            "Fee: $95.00 extra, once per order, whatever the quantity. Example price.",
            "Diritto fisso: 95,00 CA$ in più, una sola volta per ordine, qualunque sia la quantità. Prezzo d’",
        ),
        (
            FEE | {"fee": [row | {"illustrative": True} for row in RISING]},
            "janvier 2027. Prix donnés en exemple.",
            "2027. Example prices.",
            "2027. Prezzi d’esempio.",
        ),
        (
            {"code": "fee", "fee": RISING, "per": "quote", "when": {"training": True}},
            "Frais, en plus, une seule fois par commande, quelle que soit la quantité : 50,00 $ à partir du 1er "
            "janvier 2020; 60,00 $ à partir du 1er janvier 2027. Seulement si la case « Formation » est cochée.",
            "Fee, on top, once per order, whatever the quantity: $50.00 from January 1, 2020; $60.00 from January 1, "
            "2027. Only if “Training” is ticked.",
            "Diritto fisso, in più, una sola volta per ordine, qualunque sia la quantità: 50,00 CA$ dal 1º "
            "gennaio 2020; 60,00 CA$ dal 1º gennaio 2027. Solo se la ",
        ),
        (
            {"code": "fee", "fee": RISING, "per": "unit"},
            "Frais, en plus, par utilisateur : 50,00 $ à partir du 1er janvier 2020; 60,00 $ à partir du 1er "
            "janvier 2027.",
            "Fee, on top, per user: $50.00 from January 1, 2020; $60.00 from January 1, 2027.",
            "Diritto fisso, in più, per utente: 50,00 CA$ dal 1º gennaio 2020; 60,00 CA$ dal 1º gennaio 2027.",
        ),
        (
            {"code": "arrears", "missed_percent": "80"},
            "Rattrapage de la période non couverte : en plus, 80 % du prix des jours sans couverture.",
            "Catch-up for the time not covered: an extra 80% of the price of the days without cover.",
            "Recupero del periodo non coperto: in più, 80% del prezzo dei giorni senza copertura.",
        ),
        (
            {"code": "uplift", "percent": "12.5"},
            "Majoration : 12,5 % de plus sur le prix.",
            "Price increase: 12.5% on top of the price.",
            "Maggiorazione: 12,5% in più sul prezzo.",
        ),
        (
            {"code": "early_discount", "percent": "-10"},
            "Rabais pour renouvellement anticipé : 10 % de moins sur le prix.",
            "Early renewal discount: 10% off the price.",
            "Sconto per il rinnovo anticipato: 10% in meno sul prezzo.",
        ),
        (
            {"code": "on_time_discount", "percent": "-10"},
            "Rabais pour renouvellement à temps : 10 % de moins sur le prix.",
            "On-time renewal discount: 10% off the price.",
            "Sconto per il rinnovo in tempo: 10% in meno sul prezzo.",
        ),
        (
            [FEE, {"code": "uplift", "percent": "5", "of": ["price", "fee"]}],
            "Majoration : 5 % de plus sur le prix et « Frais ».",
            "Price increase: 5% on top of the price and “Fee”.",
            "Maggiorazione: 5% in più sul prezzo e su «Diritto fisso».",
        ),
        (
            [
                {"code": "fee", "percent": "-6", "when": {"training": True}},
                {"code": "uplift", "percent": "5", "of": ["price", "fee"]},
            ],
            "Majoration : 5 % de plus sur le prix après « Frais » (s’il y a lieu).",
            "Price increase: 5% on top of the price after “Fee” (where applicable).",
            "Maggiorazione: 5% in più sul prezzo dopo «Diritto fisso» (se del caso).",
        ),
    ],
)
def test_what_a_window_adds_or_takes_off_is_said_with_its_amount(
    change: dict[str, Any] | list[dict[str, Any]], french: str, english: str, italian: str
) -> None:
    for lang, text in (("fr", french), ("en", english), ("it", italian)):
        adjust = change if isinstance(change, list) else [change]
        rule = {"id": "late", "from_day": 1, "starts": "on_purchase", "adjust": adjust}
        whole = said("care.renewal.windows.late", lang, renewal=windows(ON_TIME, rule), options=ASKED)
        assert text in whole, whole


def test_a_rule_that_changes_is_said_with_its_days() -> None:
    text = said("care.renewal.windows.late", "en")
    assert text.startswith(
        "Rule in force from January 1, 2026 to December 31, 2026. If you pay 31 days or more after expiry, "
    )
    assert said("care.renewal.automatic", "en").startswith("Rule in force from January 1, 2027. ")


def test_a_later_version_that_says_the_same_is_one_rule() -> None:
    rule = windows(ON_TIME, GRACE, LATE)
    text = said("care.renewal", renewal=[rule | {"from": "2020-01-01"}, rule | {"from": "2026-01-01"}])
    assert text.count("Règle en vigueur") == 1
    assert text.startswith("Règle en vigueur à partir du 1er janvier 2020. ")


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("actual_days", "les jours couverts, divisés par les jours de la période complète."),
        ("days_365", "divisés par une année de 365 jours."),
        ("months_30", "chaque mois comptant 30 jours."),
        ("whole_months", "un mois commencé est dû en entier."),
        ("months_and_days", "puis au prorata des jours du dernier mois."),
    ],
)
def test_each_convention_is_declared_to_the_reader(basis: str, words: str) -> None:
    assert said("care.addition", proration={"basis": basis}).endswith(words)
    rounded = said("care.addition", proration={"basis": basis, "round_factor": 9})
    assert rounded.endswith(f"{words} La part est arrondie à 9 décimales.")


def test_the_plan_files_own_words_stand_beside_the_sentence() -> None:
    rules = {rule.clause: rule for rule in rules_of(made_family(), made_words(), LANGUAGES["fr"])}
    welcome = rules["care.buy.adjust.welcome"]
    assert (welcome.title, welcome.text, welcome.own) == (
        "Bienvenue",
        f"5{HARD}% de moins sur le prix. Seulement si la case «{HARD}Formation{HARD}» n’est pas cochée.",
        "Une fois; merci!",
    )


def test_the_familys_part_of_the_locale_data() -> None:
    data = family_data(made_family(), made_words(), LANGUAGES["fr"])
    assert (data["locale"], data["currency"], data["name"]) == ("fr-CA", "CAD", "Acme")
    assert data["plans"]["hours"]["options"]["pack"]["choices"] == {"2h": "2 heures"}
    assert data["plans"]["care"]["options"]["level"] == {
        "label": "Niveau",
        "choices": {"fast": "rapide", "slow": "lent"},
    }
    assert data["clauses"]["care.notes.own_words"]["text"] == "Notre mot."
    welcome = data["clauses"]["care.buy.adjust.welcome"]["text"]
    assert (
        welcome == f"5{HARD}% de moins sur le prix. Seulement si la case «{HARD}Formation{HARD}» n’est pas cochée. "
        "Une fois; merci!"
    )
    assert data["readings"] == {"day-30": "Le jour 30?"}


def test_codes_without_words_are_found_before_a_reader_sees_them() -> None:
    changes = {
        "unit": "gnome",
        "entitlements": [{"code": "tea", "on_request": True}],
        "notes": [{"code": "beware", "actions": ["buy"]}],
        "buy": {"adjust": [{"code": "loyalty", "percent": "-5"}]},
    }
    assert unworded(made_family(changes), made_words(), LANGUAGES["en"]) == [
        "entitlement_name.tea",
        "line.loyalty",
        "note.beware",
        "unit.gnome",
    ]


def test_taxes_of_a_region() -> None:
    rates = {"GST": "5", "QST": "9.975"}
    region = read_catalogue(
        {"contract": 1, "fingerprint": "0", "families": {"acme": {"family": "acme", "currency": "CAD", "plans": {
            "p": {"unit": "user", "price": [{"from": "2026-01-01", "amount": "1.00"}], "buy": {}}}}},
         "regions": {"CA-QC": {"taxes": [{"code": code, "rates": [{"from": "2013-01-01", "rate": rate}]}
                                         for code, rate in rates.items()]}, "US": {}}}
    ).regions  # fmt: skip
    on = date(2026, 1, 1)
    assert tax_text(region["CA-QC"], on, LANGUAGES["fr"]).replace(HARD, " ") == (
        "TPS 5 % et TVQ 9,975 %, chaque taxe sur le sous-total."
    )
    assert tax_text(region["CA-QC"], on, LANGUAGES["en"]) == "GST 5% and QST 9.975%, each tax on the subtotal."
    assert tax_text(region["US"], on, LANGUAGES["en"]).startswith("No tax table for this region.")
    vat = Region("FR", (Tax("VAT", (TaxRate(date(2014, 1, 1), Decimal(5)),)),))
    assert tax_text(vat, on, LANGUAGES["fr"], "fr-FR").replace(HARD, " ") == "TVA 5 %, sur le total hors taxes (HT)."
    assert tax_text(vat, date(2013, 1, 1), LANGUAGES["en"]).startswith("No tax table")


@pytest.mark.parametrize("owed", [False, True])
def test_a_minimum_names_the_catch_up_where_there_is_one(owed: bool) -> None:
    late = LATE | ({"adjust": [{"code": "arrears", "missed_percent": "80"}]} if owed else {})
    minimum = [{"from": "2026-01-01", "amount": "250.00"}]
    text = said("care.minimum", minimum=minimum, renewal=windows(ON_TIME, GRACE, late))
    assert "n’atteint pas ce minimum, la commande y est portée. Les frais et les taxes s’y ajoutent" in text
    assert ("le rattrapage" in text) == owed
