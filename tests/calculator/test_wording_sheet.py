"""`present`: which rows an answer becomes, for a quote, a status and a refusal."""

from typing import Any

import pytest

from calculator.wording import present
from tests.calculator.test_wording_formats import FRENCH

STRINGS = {
    "title.renew": "Renouvellement : {plan}",
    "title.status": "État : {plan}",
    "window.grace.label": "Délai de grâce",
    "window.grace.detail": "{days_late} {days_late:jour|jours} après l’échéance.",
    "window.on_time.label": "À temps",
    "window.on_time.detail": ["{days_early} {days_early:jour|jours} avant.", "Le dernier jour."],
    "window.early.label": "Renouvellement anticipé",
    "window.early.detail": "{days_early} jours d’avance.",
    "window.late.label": "En retard",
    "window.late.detail": "{days_late} jours après.",
    "fact.on": "Date",
    "fact.status_on": "État en date du",
    "fact.term": "Période",
    "fact.current_term": "Période en cours",
    "fact.term_value": "du {start} au {end}",
    "fact.days": "Jours",
    "fact.days_value": "{days} jours",
    "fact.quantity": "Quantité",
    "fact.no_term": "Durée",
    "fact.no_term_value": "Sans durée",
    "unit.user": "{n:utilisateur|utilisateurs}",
    "unit.visits": "{n:visite|visites}",
    "unit.km": "km",
    "line.prorated_price": "Prix au prorata",
    "line.fee": "Frais",
    "line.discount": "Rabais",
    "detail.line": [
        "{units} à {unit_amount}, {days} jours sur {of}", "{units} à {unit_amount}", "{percent} de {of:money}",
    ],
    "detail.quantity": "{quantity} {unit}",
    "detail.serial": ["n° {serial:text}, {detail:text}", "n° {serial:text}"],
    "detail.times": " × ",
    "tax.GST": "TPS",
    "tax.label": "{tax} ({rate})",
    "total.subtotal": "Sous-total",
    "total.total": "Total",
    "total.total_taxed": "Total TTC",
    "total.total_untaxed": "Total sans taxes",
    "entitlement.time": ["{minutes}, dont {carried} reportées", "{minutes} par jour"],
    "entitlement.other": ["{title} : {quantity}", "{title} : {on_request}", "{title}"],
    "value.on_request": "sur demande",
    "notice.reminder": "Rappel, {days_before} jours avant",
    "deadline.last_day_of_grace": "Dernier jour de grâce",
    "deadline.extension_limit": "Limite",
    "deadline.not_extended": "{text:text} (sans elle)",
    "deadline.last_day_of_window": "Dernier jour « {window} »",
    "deadline.last_day_to_renew": "Dernier jour pour renouveler",
    "note.taxes_not_included": "Sans taxes.",
    "note.reading": ["Notre lecture : {text}", "Notre lecture."],
    "note.lapses": "{what} : jusqu’au {after}.",
    "entitlement_name.cover": "Couverture",
    "validity.until": "Jusqu’au {date}.",
    "validity.day_only": "Le {date} seulement.",
    "validity.open": "Sans fin connue.",
    "error.missing": "{field} : à donner.",
    "error.out_of_range": ["{field} : seulement {only}.", "{field} : de {min} à {max}."],
    "error.leave_empty": "{field} : laissez vide.",
    "error.unknown_option": "« {name:text} » : répondez à {known}.",
    "error.bad_option": "{field} : {choices}.",
    "error.not_eligible": "Il faut {requires}.",
    "error.action_not_offered": "Choisissez {offered}.",
    "error.wrong_type": "{field} : {expected}.",
    "error.other": "Demande impossible.",
    "expected.integer": "un nombre entier",
    "action.buy": "Achat",
    "action.status": "État",
    "field.months.label": "Nombre de mois",
    "field.request.label": "Demande",
}  # fmt: skip
LOCALE = {
    "lang": "fr",
    "default": "fr-CA",
    "locales": {"fr-CA": FRENCH},
    "strings": {"fr-CA": STRINGS},
    "families": {
        "acme": {
            "locale": "fr-CA",
            "currency": "CAD",
            "name": "Acme",
            "plans": {
                "care": {
                    "name": "Acme Care",
                    "unit": "user",
                    "options": {
                        "km": {"label": "Kilomètres", "choices": {}},
                        "level": {"label": "Niveau", "choices": {"fast": "Rapide", "slow": "Lent"}},
                    },
                }
            },
            "clauses": {
                "care.renewal": {"title": "Renouvellement", "text": ""},
                "care.renewal.windows.grace": {"title": "Pendant la grâce", "text": ""},
                "care.renewal.windows.grace.adjust.loyalty": {"title": "Fidélité", "text": ""},
                "care.renewal.windows.late_year": {"title": "La première année", "text": ""},
                "care.entitlements.calls": {"title": "Appels", "text": ""},
                "care.notes.own": {"title": "", "text": "Le mot du forfait."},
            },
            "readings": {"day-30": "le 30e jour compte."},
        }
    },
}


def line(**changes: Any) -> dict[str, Any]:
    return {
        "code": "prorated_price",
        "quantity": 5,
        "unit": "user",
        "unit_amount": "120.00",
        "amount": "585.21",
        "clause": "care.renewal.windows.grace",
        "params": {"days": 356, "of": 365},
    } | changes


def answer(**changes: Any) -> dict[str, Any]:
    return {
        "contract": 1,
        "ok": True,
        "plan": "acme/care",
        "action": "renew",
        "on": "2026-04-10",
        "window": "grace",
        "days_late": 10,
        "term": {"start": "2026-04-10", "end": "2027-03-31", "days": 356},
        "currency": "CAD",
        "lines": [line()],
        "subtotal": "585.21",
        "taxes": [],
        "total": "585.21",
        "valid_until": "2026-04-10",
        "entitlements": [{"code": "time", "minutes": 150}],
        "notices": [{"code": "reminder", "date": "2027-03-01", "days_before": 30}],
        "deadlines": [{"code": "last_day_of_grace", "date": "2026-04-30"}],
        "notes": [{"code": "taxes_not_included"}],
        "catalogue": "0123456789abcdef",
    } | changes


def test_a_quote_becomes_a_sheet() -> None:
    assert present(answer(), LOCALE) == {
        "ok": True,
        "lang": "fr-CA",
        "title": "Renouvellement : Acme Care",
        "window": {"code": "grace", "label": "Délai de grâce", "detail": "10 jours après l’échéance."},
        "facts": [
            {"code": "on", "label": "Date", "value": "10 avril 2026"},
            {"code": "term", "label": "Période", "value": "du 10 avril 2026 au 31 mars 2027"},
            {"code": "days", "label": "Jours", "value": "356 jours"},
            {"code": "quantity", "label": "Quantité", "value": "5 utilisateurs"},
        ],
        "rows": [
            {
                "kind": "line",
                "code": "prorated_price",
                "label": "Prix au prorata",
                "detail": "5 utilisateurs à 120,00\u00a0$, 356 jours sur 365",
                "amount": "585,21\u00a0$",
                "clause": "care.renewal.windows.grace",
                "rule": "Pendant la grâce",
            }
        ],
        "totals": [{"kind": "total", "label": "Total sans taxes", "amount": "585,21\u00a0$"}],
        "entitlements": [{"code": "time", "text": "2\u00a0h\u00a030 par jour"}],
        "notices": [{"date": "2027-03-01", "when": "1er mars 2027", "text": "Rappel, 30 jours avant"}],
        "deadlines": [
            {
                "code": "last_day_of_grace",
                "date": "2026-04-30",
                "when": "30 avril 2026",
                "text": "Dernier jour de grâce",
            }
        ],
        "notes": [{"code": "taxes_not_included", "text": "Sans taxes."}],
        "validity": "Le 10 avril 2026 seulement.",
    }


@pytest.mark.parametrize(("action", "grace"), [
    ("extend", "Dernier jour de grâce (sans elle)"),
    ("renew", "Dernier jour de grâce"), ("add", "Dernier jour de grâce"), ("status", "Dernier jour de grâce"),
])  # fmt: skip
def test_beside_an_extension_the_days_of_the_old_end_say_so(action: str, grace: str) -> None:
    """Its reminders go by the new end; the limit goes by the day of the quote, so by neither."""
    ahead = [{"code": code, "date": "2026-04-30"} for code in ("last_day_of_grace", "extension_limit")]
    words = LOCALE | {"strings": {"fr-CA": STRINGS | {"title.extend": "", "title.add": ""}}}
    sheet = present(answer(action=action, deadlines=ahead), words)
    assert [entry["text"] for entry in sheet["deadlines"]] == [grace, "Limite"]


def test_taxes_are_rows_between_subtotal_and_total() -> None:
    taxes = [{"code": "GST", "rate": "5", "amount": "29.26"}, {"code": "XYZ", "rate": "1.50", "amount": "8.78"}]
    sheet = present(answer(taxes=taxes, total="623.25", notes=[]), LOCALE)
    assert [(row["kind"], row["label"], row["amount"]) for row in sheet["totals"]] == [
        ("subtotal", "Sous-total", "585,21\u00a0$"),
        ("tax", "TPS (5\u00a0%)", "29,26\u00a0$"),
        ("tax", "XYZ (1,5\u00a0%)", "8,78\u00a0$"),
        ("total", "Total TTC", "623,25\u00a0$"),
    ]


@pytest.mark.parametrize(("late", "detail"), [(-12, "12 jours avant."), (-1, "1 jour avant."), (0, "Le dernier jour.")])
def test_on_time_counts_the_days_that_are_left(late: int, detail: str) -> None:
    assert present(answer(window="on_time", days_late=late), LOCALE)["window"]["detail"] == detail


@pytest.mark.parametrize(
    ("window", "late", "detail"),
    [("grace", -15, "15 jours avant."), ("late_year", -1, "1 jour avant."), ("late", 0, "Le dernier jour."),
     ("grace", 1, "1 jour après l’échéance."), ("on_time", 3, "3 jours après."), ("early", 3, "3 jours après."),
     ("early", -30, "30 jours d’avance."), ("early_60", -60, "60 jours d’avance.")],
)  # fmt: skip
def test_days_are_told_by_their_side_of_the_expiry(window: str, late: int, detail: str) -> None:
    """A window without a bound goes on beyond the expiry."""
    assert present(answer(window=window, days_late=late), LOCALE)["window"]["detail"] == detail


def test_a_band_of_the_plans_own_speaks_as_late() -> None:
    window = present(answer(window="late_year", days_late=40), LOCALE)["window"]
    assert window == {"code": "late_year", "label": "La première année", "detail": "40 jours après."}


def test_a_line_of_a_rule_of_its_own_takes_the_rules_title() -> None:
    loyalty = line(
        code="loyalty", quantity=1, unit=None, unit_amount="-58.52", amount="-58.52",
        clause="care.renewal.windows.grace.adjust.loyalty", params={"percent": "-10", "of": "585.21"},
    )  # fmt: skip
    row = present(answer(lines=[line(), loyalty]), LOCALE)["rows"][1]
    assert (row["label"], row["detail"], row["amount"]) == ("Fidélité", "-10\u00a0% de 585,21\u00a0$", "-58,52\u00a0$")
    # The rule named is the line's own, though the label says the same: pages then write "read the rule".
    assert row["rule"] == "Fidélité"


def test_a_code_without_words_is_a_discount_or_a_fee() -> None:
    lines = [line(code="x", clause="care.x.y", amount=amount, params={}) for amount in ("-1.00", "1.00")]
    assert [row["label"] for row in present(answer(lines=lines), LOCALE)["rows"]] == ["Rabais", "Frais"]


def test_each_licence_is_named_by_its_serial_number() -> None:
    lines = [line(quantity=1, params={"serial": serial}) for serial in ("A-1", "2026-01-01")]
    sheet = present(answer(lines=lines), LOCALE)
    assert [row["detail"] for row in sheet["rows"]] == [
        "n° A-1, 1 utilisateur à 120,00\u00a0$",
        "n° 2026-01-01, 1 utilisateur à 120,00\u00a0$",
    ]
    assert sheet["facts"][-1]["value"] == "2 utilisateurs"


def test_a_product_of_answers_is_written_out() -> None:
    travel = line(code="travel", quantity=640, unit="visits", unit_amount="0.65", params={"km": 40, "visits": 8})
    row = present(answer(lines=[travel]), LOCALE)["rows"][0]
    assert row["detail"] == "8 visites × 40 km × 2 à 0,65\u00a0$"


def test_a_status_has_no_price() -> None:
    status = answer(
        action="status", lines=[], subtotal="0.00", total="0.00", valid_until=None,
        notes=[{"code": "lapses", "params": {"what": "cover", "after": "2026-03-31"}},
               {"code": "lapses", "params": {"what": "calls", "after": "2026-03-31"}}],
    )  # fmt: skip
    sheet = present(status, LOCALE)
    assert (sheet["title"], sheet["rows"], sheet["totals"], sheet["validity"]) == ("État : Acme Care", [], [], "")
    assert [fact["label"] for fact in sheet["facts"]] == ["État en date du", "Période en cours", "Jours"]
    assert [note["text"] for note in sheet["notes"]] == [
        "Couverture : jusqu’au 31 mars 2026.",
        "Appels : jusqu’au 31 mars 2026.",
    ]


def test_what_has_no_term_says_so() -> None:
    facts = present(answer(term=None, lines=[]), LOCALE)["facts"]
    assert [fact["value"] for fact in facts] == ["10 avril 2026", "Sans durée"]


def test_notes_speak_in_the_families_words() -> None:
    notes = [
        {"code": "own"},
        {"code": "reading", "params": {"id": "day-30"}},
        {"code": "reading", "params": {"id": "gone"}},
        {"code": "unknown"},
    ]
    said = [note["text"] for note in present(answer(notes=notes), LOCALE)["notes"]]
    assert said == ["Le mot du forfait.", "Notre lecture : le 30e jour compte.", "Notre lecture.", "unknown"]


def test_entitlements_say_what_they_carry_and_how_many() -> None:
    given = [
        {"code": "time", "minutes": 870, "carried": 390},
        {"code": "time", "minutes": 480, "carried": 0},
        {"code": "calls", "quantity": 2},
        {"code": "calls", "quantity": 0},
        {"code": "calls", "on_request": True},
    ]
    said = [item["text"] for item in present(answer(entitlements=given), LOCALE)["entitlements"]]
    assert said == [
        "14\u00a0h\u00a030, dont 6\u00a0h\u00a030 reportées",
        "8\u00a0h par jour",
        "Appels : 2",
        "Appels : 0",
        "Appels : sur demande",
    ]


def test_a_deadline_names_its_window() -> None:
    ends = [{"code": "last_day_of_window", "date": "2027-03-31", "window": "late_year"}]
    assert present(answer(deadlines=ends), LOCALE)["deadlines"][0]["text"] == "Dernier jour « La première année »"


def test_a_last_day_after_which_nothing_is_renewed_says_so() -> None:
    ends = [{"code": "last_day_of_window", "date": "2027-03-31", "window": "late_year", "final": True}]
    (said,) = present(answer(deadlines=ends), LOCALE)["deadlines"]
    assert (said["code"], said["text"]) == ("last_day_of_window", "Dernier jour pour renouveler")
    (said,) = present(answer(action="extend", deadlines=ends), LOCALE)["deadlines"]
    assert said["text"] == "Dernier jour pour renouveler (sans elle)"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, "Sans fin connue."),
        ("2026-04-10", "Le 10 avril 2026 seulement."),
        ("2026-05-01", "Jusqu’au 1er mai 2026."),
    ],
)
def test_until_when_the_price_holds(until: str | None, said: str) -> None:
    assert present(answer(valid_until=until), LOCALE)["validity"] == said


REFUSALS: list[tuple[str, str, dict[str, Any], str]] = [
    ("missing", "months", {}, "Nombre de mois : à donner."),
    ("missing", "options.km", {}, "Kilomètres : à donner."),
    ("missing", "options.none", {}, "none : à donner."),
    ("out_of_range", "months", {"min": 1, "max": 36}, "Nombre de mois : de 1 à 36."),
    ("out_of_range", "months", {"min": 12, "max": 12}, "Nombre de mois : seulement 12."),
    ("out_of_range", "months", {"min": 0, "max": 0}, "Nombre de mois : laissez vide."),
    ("wrong_type", "months", {"expected": "integer"}, "Nombre de mois : un nombre entier."),
    ("wrong_type", "", {"expected": "strange"}, "Demande : strange."),
    ("action_not_offered", "action", {"offered": ["buy", "status"]}, "Choisissez Achat et État."),
    ("bad_option", "options.level", {"choices": ["fast", "slow", "new"]}, "Niveau : Rapide, Lent et new."),
    ("unknown_option", "options.2026-02-30", {"known": ["km", "level"]},
     "« 2026-02-30 » : répondez à Kilomètres et Niveau."),
    ("not_eligible", "holds", {"requires": ["acme/care", "other/plan"]}, "Il faut Acme Care et other/plan."),
    ("of_tomorrow", "plan", {}, "Demande impossible."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "field", "params", "said"), REFUSALS)
def test_a_refusal_says_what_to_enter_instead(code: str, field: str, params: dict[str, Any], said: str) -> None:
    refusal = {"contract": 1, "ok": False, "errors": [{"code": code, "field": field, "params": params}]}
    assert present(refusal, LOCALE) == {
        "ok": False,
        "lang": "fr-CA",
        "errors": [{"code": code, "field": field, "message": said}],
    }


@pytest.mark.parametrize("plan", ["acme/care", "acme/none", "none/none", "", 7, None, ["acme/care"]])
def test_any_plan_that_a_request_may_name_can_be_presented(plan: object) -> None:
    refusal = {"contract": 1, "ok": False, "errors": [{"code": "missing", "field": "options.km"}]}
    assert present(refusal, LOCALE, plan)["errors"][0]["message"] == "Kilomètres : à donner."
