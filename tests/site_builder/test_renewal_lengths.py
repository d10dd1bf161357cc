"""Lengths of a renewal to choose from, where readers meet them: rules, cards, form, lists, mails."""

import json
import re
from functools import cache

import pytest

from calculator.card.grid import price_by_date
from calculator.wire import quote
from calculator.wording.speech import speech_for
from site_builder.rendering import SiteInput, render_site
from tests.site_builder.small_site import PLANS, made_site

RENEWAL = "      automatic: {billed_months_before: 1}\n"
LENGTHS = (
    RENEWAL
    + """\
      lengths: {months: [24, 12, 36]}
      adjust:
        - {code: two_years_discount, percent: "-10", when: {months: 24}}
        - {code: three_years_discount, percent: "-15", when: {months: 36}}
"""
)
ASKED = {"plan": "care/full", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}


@cache
def site() -> SiteInput:
    assert RENEWAL in PLANS
    return made_site(PLANS.replace(RENEWAL, LENGTHS))


@cache
def files() -> dict[str, bytes]:
    return render_site(site())


def page(name: str) -> str:
    return files()[name].decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["The contract is renewed for 12, 24 or 36 months, as you choose.",
                "You choose the length: 12, 24 or 36 months. Each period of 12 months is at the price in force.",
                "Discount for two years", "10% off the price. Only if the renewal is for 24 months.",
                "Renews for 12, 24 (−10%) or 36 (−15%) months"]),
        ("fr", ["Le contrat se renouvelle pour 12, 24 ou 36 mois, à votre choix.",
                "Vous choisissez la durée : 12, 24 ou 36 mois. Chaque période de 12 mois est au prix en vigueur.",
                "Rabais pour deux ans", "Seulement si le renouvellement est de 24 mois.",
                "Se renouvelle pour 12, 24 (−10 %) ou 36 (−15 %) mois"]),
    ],
)  # fmt: skip
def test_the_page_tells_the_lengths_and_their_discounts(lang: str, said: list[str]) -> None:
    text = page(f"{lang}/care/index.html")
    assert [sentence for sentence in said if sentence not in text] == []
    assert 'id="rule-full.renewal.lengths"' in text


def test_one_length_and_further_months_are_said_as_such() -> None:
    rules = PLANS.replace(RENEWAL, RENEWAL + "      lengths: {months: [18]}\n")
    text = render_site(made_site(rules))["en/care/index.html"].decode()
    assert "The contract is renewed for 18 months." in text and "Length of a renewal" in text
    assert "A renewal lasts 18 months. Each whole period of 12 months is at the price in force; each further" in text
    assert 'id="field-months' not in text


def test_the_form_offers_the_lengths_and_asks_others_for_a_number() -> None:
    text = page("en/care/index.html")
    block = text[text.index('<select id="field-months-full"') :]
    block = block[: block.index("</select>")]
    assert re.findall(r'<option value="(\d+)"( selected)?>([^<]*)<', block) == [
        ("12", " selected", "12 months"), ("24", "", "24 months (−10%)"), ("36", "", "36 months (−15%)"),
    ]  # fmt: skip
    assert 'data-field="months" data-type="integer" data-plan="full/renew"' in text
    asked = json.loads(re.findall(r'id="calculator-data">(.*?)</script>', text)[0])["fields"]["full"]
    field = next(field for field in asked["renew"] if field["name"] == "months")
    assert field["choices"] == [12, 24, 36] and field["required"]


def test_a_number_is_asked_where_no_lengths_are_listed_and_each_action_has_its_help() -> None:
    extended = "    extension: {billed: by_month}\n"
    longer = PLANS.replace(RENEWAL, RENEWAL + "      lengths: {min_months: 12}\n")
    both = render_site(made_site(with_extension(longer, extended)))["en/care/index.html"].decode()
    assert 'data-field="months" data-type="integer">' in both
    assert '<span data-for="renew">' in both and '<span data-for="extend">' in both
    chosen = render_site(made_site(with_extension(PLANS.replace(RENEWAL, LENGTHS), extended)))["en/care/index.html"]
    text = chosen.decode()
    assert 'data-field="months" data-type="integer" data-plan="full/extend"' in text
    assert '<p class="help" id="field-months-help">How many months to add to the running contract.</p>' in text


def with_extension(plans: str, extension: str) -> str:
    buy = "    buy: {}\n    renewal:\n"
    assert plans.count(buy) == 1
    return plans.replace(buy, extension + buy)


def test_the_rules_of_all_families_speak_of_whole_periods() -> None:
    simple = PLANS.replace(", ends: with_next_term", "").replace("    addition: {billed: by_day}\n", "")
    text = render_site(made_site(simple.replace(RENEWAL, LENGTHS)))["en/rules/index.html"].decode()
    assert "Whole periods only" in text and "By the month" not in text
    assert "Discount for two years" not in text  # what one chooses is no rule for all
    further = simple.replace(RENEWAL, RENEWAL + "      lengths: {months: [12, 18]}\n")
    assert "By the month" in render_site(made_site(further))["en/rules/index.html"].decode()


def test_programs_get_the_lengths_and_what_hangs_on_them() -> None:
    renewal = json.loads(files()["plans.json"])["families"][0]["plans"]["full"]["renewal"]
    assert renewal["months"] == [12, 24, 36] and renewal["minimum_months"] == 12
    assert [change["when"] for change in renewal["adjustments"]] == [{"months": [24]}, {"months": [36]}]
    plain = json.loads(render_site(made_site(PLANS))["plans.json"])["families"][0]["plans"]["full"]["renewal"]
    assert "months" not in plain


def test_the_prices_in_a_mail_have_a_column_for_each_length() -> None:
    found = site()
    engine = found.families.engine
    response = quote(engine, ASKED)
    speech = speech_for(found.locale_data["en"], "care/full", "CAD")
    grid = price_by_date(engine, response, ASKED, speech, lambda asked: str(asked.get("months")))
    assert grid and grid.lengths == ("12 months", "24 months", "36 months")
    assert [cell.amount for cell in grid.moments[0].cells] == [
        "$124.17",
        "$220.75",
        "$310.43",
    ]  # with tax: 108.00, 192.00, 270.00


@pytest.mark.parametrize(
    ("lang", "rule", "every", "compared"),
    [
        (
            "en",
            "before it expires, 11 at a time at most. Each month",
            "rules",
            "Up to 11 whole months may be added at a time",
        ),
        (
            "fr",
            "avant son échéance, 11 au plus à la fois. Chaque",
            "regles",
            "ajouter des mois entiers, 11 au plus à la fois",
        ),
    ],
)
def test_a_limit_of_extensions_is_on_the_page_and_among_all_rules(
    lang: str, rule: str, every: str, compared: str
) -> None:
    limited = "    extension: {billed: by_month, max_months: 11}\n"
    made = render_site(made_site(with_extension(PLANS, limited)))
    assert rule in made[f"{lang}/care/index.html"].decode()
    assert compared in made[f"{lang}/{every}/index.html"].decode().replace("\u00a0", " ")
    assert json.loads(made["plans.json"])["families"][0]["plans"]["full"]["extension"]["max_months"] == 11
    free = render_site(made_site(with_extension(PLANS, "    extension: {billed: by_month}\n")))
    assert rule not in free[f"{lang}/care/index.html"].decode()
    assert "max_months" not in json.loads(free["plans.json"])["families"][0]["plans"]["full"]["extension"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["from 1 month up. Each month is at the price in force.", "Each month costs the price of a month.",
                "per month"]),
        ("fr", ["à partir de 1 mois. Chaque mois est au prix en vigueur.", "Chaque mois coûte le prix d’un mois.",
                "par mois"]),
    ],
)  # fmt: skip
def test_nothing_is_said_to_be_divided_by_one_month(lang: str, said: list[str]) -> None:
    monthly = with_extension(PLANS, "    extension: {billed: by_month}\n").replace(
        "term: {months: 12}", "term: {months: 1}"
    )
    monthly = monthly.replace(RENEWAL, RENEWAL + "      lengths: {min_months: 1}\n")
    text = render_site(made_site(monthly))[f"{lang}/care/index.html"].decode().replace("\u00a0", " ")
    assert [words for words in said if words not in text] == []
    assert not re.search(r"divi\w+ (by|par) 1\b", text)
