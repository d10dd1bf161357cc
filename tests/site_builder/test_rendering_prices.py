"""Prices by quantity as cards, comparisons and the home page say them: as a quote for that many would have it."""

import re
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from calculator import wire
from site_builder.plans import Families, load_families
from tests.site_builder.starter_site import build, change, files, start, without_examples

STEPS = 'steps: [{up_to: 10, amount: "120.00"}, {up_to: 50, amount: "100.00"}, {amount: "80.00"}]'


@cache
def site() -> tuple[Families, dict[str, str]]:
    """The starter with volume tiers for one plan, graduated ones for the other, and its pages."""
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        for amount, mode in (("90.00", "volume"), ("150.00", "graduated")):
            row = f'{{from: 2026-01-01, amount: "{amount}"}}'
            later = "" if mode == "volume" else f"\n      - {{from: 2027-01-01, tiers: {{mode: graduated, {STEPS}}}}}"
            change(root, row, f"{{from: 2026-01-01, tiers: {{mode: {mode}, {STEPS}}}}}{later}")
        without_examples(root)
        change(root, "    unit: seat\n", "    unit: seat\n    quantity: {max: 50}\n")
        build(root)
        pages = {name: data.decode() for name, data in files(root / "public").items() if name.endswith(".html")}
        return load_families(root / "plans", ("fr", "en")), pages


def card(lang: str, plan: str) -> list[str]:
    """The price lines of a plan's card."""
    found = re.search(rf'id="plan-{plan}">.*?<ul class="plan-prices">(.*?)</ul>', page(lang), re.DOTALL)
    assert found
    return [unescape(line) for line in re.findall(r">([^<>\n]+)<", found[1])]


def page(lang: str, name: str = "studio-care/") -> str:
    return site()[1][f"{lang}/{name}index.html"]


def quoted(plan: str, quantity: int) -> list[tuple[int, str]]:
    """How many units at which amount, by the engine."""
    request = {"plan": f"studio-care/{plan}", "action": "buy", "on": "2026-06-01", "quantity": quantity}
    answer: Any = wire.quote(site()[0].engine, request)
    return [(line["quantity"], line["unit_amount"]) for line in answer["lines"]]


def test_a_card_says_what_one_unit_costs_and_what_more_of_them_do() -> None:
    assert card("en", "essential") == ["$120.00", "per seat per year", "$100.00 per seat for 11 or more"]
    assert card("en", "complete")[:4] == [
        "$120.00",
        "per seat per year",
        "$100.00 per seat beyond 10",
        "$80.00 per seat beyond 50",
    ]
    assert card("fr", "essential")[2] == "100,00\u00a0$ par poste pour 11 ou plus"
    assert card("fr", "complete")[2:4] == [
        "100,00\u00a0$ par poste au-delà de 10",
        "80,00\u00a0$ par poste au-delà de 50",
    ]


@pytest.mark.parametrize("plan", ["essential", "complete"])
def test_a_quote_has_the_amounts_of_the_card(plan: str) -> None:
    first, _, *tiers = card("en", plan)
    assert quoted(plan, 1) == [(1, first.strip("$"))]
    for text in (tier for tier in tiers if " per " in tier):
        amount, count = re.findall(r"[\d.]+", text)
        if "beyond" in text:
            assert quoted(plan, int(count))[-1][1] != amount
            assert quoted(plan, int(count) + 1)[-1] == (1, amount)
        else:
            assert {unit for _, unit in quoted(plan, int(count) - 1)}.isdisjoint({amount})
            assert quoted(plan, int(count)) == [(int(count), amount)]


def test_a_tier_that_nobody_can_reach_is_not_offered() -> None:
    assert "$80.00" not in " ".join(card("en", "essential"))


def test_a_price_to_come_has_all_its_tiers() -> None:
    assert card("en", "complete")[4:] == [
        "From January 1, 2027: $120.00 up to 10 seats; $100.00 up to 50 seats; $80.00 beyond"
    ]
    assert card("fr", "complete")[4:] == [
        "À compter du 1er janvier 2027\u00a0: 120,00\u00a0$ jusqu’à 10 postes; 100,00\u00a0$ jusqu’à 50 postes; "
        "80,00\u00a0$ au-delà"
    ]


def test_the_comparison_says_the_same() -> None:
    cells = re.findall(r'<td class="c\d">([^<]*\$[^<]*)</td>', page("en"))
    assert [unescape(cell) for cell in cells] == [
        "$120.00 per seat per year; $100.00 per seat for 11 or more",
        "$120.00 per seat per year; $100.00 per seat beyond 10; $80.00 per seat beyond 50",
    ]


def test_the_home_page_names_a_price_that_one_unit_costs() -> None:
    assert "from $120.00" in page("en", "").lower()
    assert Decimal(quoted("essential", 1)[0][1]) == Decimal("120.00")


def chosen(lang: str, plan: str, html: str = "") -> str:
    """The price beside a plan in the calculator's choice of plans."""
    html = html or page(lang)
    found = re.search(rf'id="choice-{plan}".*?<span class="price-hint">(.*?)</label>', html, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", "\n", found[1].partition('<span class="help">')[0])).split())


def test_the_choice_of_plans_says_that_the_price_goes_by_quantity() -> None:
    # Of the first plan at most 50 units may be asked for.
    assert chosen("en", "essential") == "$100.00 to $120.00 per seat per year, by quantity"
    assert chosen("en", "complete") == "$80.00 to $120.00 per seat per year, by quantity"
    assert chosen("fr", "complete") == "de 80,00 $ à 120,00 $ par poste et par an, selon la quantité"


def test_tiers_of_one_price_are_no_price_by_quantity(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    tiers = '{mode: volume, steps: [{up_to: 10, amount: "90.00"}, {amount: "90.00"}]}'
    change(root, '{from: 2026-01-01, amount: "90.00"}', f"{{from: 2026-01-01, tiers: {tiers}}}")
    without_examples(root)
    build(root)
    html = (root / "public/en/studio-care/index.html").read_text("utf-8")
    assert chosen("en", "essential", html) == "$90.00 per seat per year"


def test_an_example_whose_price_is_on_request_is_not_called_refused(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    without_examples(root)
    change(root, '      - {from: 2026-01-01, amount: "90.00"}\n', "      - {from: 2026-01-01, on_request: true}\n")
    family = root / "plans/studio-care.yaml"
    asked = "{plan: studio-care/essential, action: buy, on: 2026-06-01}"
    never = "{plan: studio-care/complete, action: renew, on: 2025-06-01, expiry: 2025-06-30}"
    family.write_text(f"""{family.read_text("utf-8")}
examples:
  - {{id: asked, title: {{fr: "Demandé", en: "Asked"}}, request: {asked}, expect: {{errors: [price_on_request]}}}}
  - {{id: never, title: {{fr: "Jamais", en: "Never"}}, request: {never}, expect: {{errors: [no_price_at_date]}}}}
""", "utf-8")  # fmt: skip
    build(root)
    page = (root / "public/fr/studio-care/index.html").read_text("utf-8")
    tags = dict(re.findall(r'class="example-title">([^<]*)</span> <span class="tag ours">([^<]*)<', page))
    assert tags == {"Demandé": "Sur demande", "Jamais": "Refusé"}


def test_what_another_plan_covers_sends_nobody_to_ask(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    for answer in ("other", "grace_call"):
        change(root, "    answer: paid\n" if answer == "other" else "    answer: other\n    plan: complete\n",
               f"    answer: {answer}\n    plan: complete\n")  # fmt: skip
        build(root)
        page = (root / "public/en/studio-care/index.html").read_text("utf-8")
        assert ("Ask us" in page, "Paid" in page) == (False, answer == "other")
