"""A fee of a year on the pages: it says that it is one wherever an amount of it stands."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.site_builder.starter_site import build, change, files, start, without_examples

FEE = (
    '{{code: account, title: {{fr: Compte, en: Account}}, fee: [{{from: 2026-01-01, amount: "20.00"}}], '
    "per: {per}, prorated: true}}"
)


@cache
def pages() -> dict[str, str]:
    """The starter whose cheaper plan has a yearly fee for each seat, and once for what is paid late."""
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        without_examples(root)
        change(root, "    buy: {starts: on_purchase}\n",
               f"    buy:\n      starts: on_purchase\n      adjust: [{FEE.format(per='unit')}]\n")  # fmt: skip
        change(root, "{id: late, from_day: 1, starts: on_purchase}",
               f"{{id: late, from_day: 1, starts: on_purchase, adjust: [{FEE.format(per='quote')}]}}")  # fmt: skip
        build(root)
        return {
            name: data.decode() for name, data in files(root / "public").items() if name.endswith((".html", ".json"))
        }


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(("page", "said"), [
    ("en/studio-care/", "Account: $20.00 per seat and year, prorated"),
    ("fr/studio-care/", "Compte : 20,00 $ par poste et par an, au prorata de la durée"),
    ("en/studio-care/", "Account: $20.00 extra, once per order, whatever the quantity. It is for a year: an order"),
    ("fr/studio-care/", "Par poste : 20,00 $ à partir du 1er janvier 2026. Ce montant vaut pour un an : une commande"),
    ("en/studio-care/", "+$20.00 a year"),
    ("fr/studio-care/", "+20,00 $ par an"),
    ("en/rules/", "$20.00 a year, once per order"),
])  # fmt: skip
def test_a_fee_of_a_year_says_so(page: str, said: str) -> None:
    assert said in words(pages()[f"{page}index.html"])


def test_programs_are_told() -> None:
    plan = json.loads(pages()["plans.json"])["families"][0]["plans"]["essential"]
    assert plan["buy"]["adjustments"][0]["prorated"] is True
    other = json.loads(pages()["plans.json"])["families"][0]["plans"]["complete"]
    changes = [*other["buy"]["adjustments"], *other["renewal"]["adjustments"]]
    assert not any("prorated" in change for change in changes)


def sold_with(rule: str, tmp_path: Path) -> Path:
    """The starter whose cheaper plan is bought with a fee."""
    root = start(tmp_path / "site")
    without_examples(root)
    change(root, "    buy: {starts: on_purchase}\n", f"    buy:\n      starts: on_purchase\n      adjust: [{rule}]\n")
    return root


@pytest.mark.parametrize(
    ("fee", "yearly", "lowest"),
    [
        ("59.99", "true", "from $90.00 per seat per year, plus fees"),
        ("60.01", "true", "from $150.00 per seat per year"),
        ("60.01", "false", "from $90.00 per seat per year, plus fees"),  # once, with the first purchase
    ],
)
def test_the_lowest_price_is_looked_for_with_the_yearly_fees(
    fee: str, yearly: str, lowest: str, tmp_path: Path
) -> None:
    rule = FEE.format(per="quote").replace("20.00", fee).replace("prorated: true", f"prorated: {yearly}")
    root = sold_with(rule, tmp_path)
    build(root)
    assert lowest in words((root / "public/en/index.html").read_text("utf-8"))


def test_the_comparison_names_the_fees_of_a_first_purchase(tmp_path: Path) -> None:
    root = sold_with(FEE.format(per="quote"), tmp_path)
    build(root)
    for lang, said in (
        ("en", "$90.00 per seat per year; Account: $20.00 per order and year, prorated"),
        ("fr", "90,00 $ par poste et par an; Compte : 20,00 $ par commande et par an, au prorata de la durée"),
    ):
        assert said in words((root / f"public/{lang}/studio-care/index.html").read_text("utf-8"))


def test_a_fee_of_every_renewal_is_named_with_the_period_of_grace_too(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    without_examples(root)
    change(root, "      windows:\n        # Until the last",
           f"      adjust: [{FEE.format(per='quote')}]\n      windows:\n        # Until the last")  # fmt: skip
    build(root)
    page = (root / "public/en/rules/index.html").read_text("utf-8")
    for subject in ("grace", "late", "early"):
        section = page[page.index(f'id="{subject}"') :]
        assert "Account: $20.00 a year, once per order" in words(section[: section.index("</section>")]), subject
