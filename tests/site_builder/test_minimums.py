"""The minimum of an order on the pages: wherever a price of one unit stands that a minimum makes untrue."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.site_builder.starter_site import build, change, files, start, without_examples

ROWS = (
    '[{from: 2026-01-01, amount: "200.00"}, {from: 2027-01-01, amount: "250.00"}, {from: 2028-01-01, amount: "0.00"}]'
)


@cache
def pages() -> dict[str, str]:
    """The starter whose cheaper plan has a minimum for purchases and renewals, the other one for all its orders."""
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        without_examples(root)
        own = '[{from: 2026-01-01, amount: "300.00", actions: [buy, renew, add, extend]}]'
        own += "\n    extension: {billed: by_month}"
        for amount, minimum in (("150.00", own), ("90.00", ROWS)):
            row = f'      - {{from: 2026-01-01, amount: "{amount}"}}\n'
            change(root, row, f"{row}    minimum: {minimum}\n")
        build(root)
        return {
            name: data.decode() for name, data in files(root / "public").items() if name.endswith((".html", ".json"))
        }


def page(lang: str, name: str = "studio-care/") -> str:
    return pages()[f"{lang}/{name}index.html"]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def card(lang: str, plan: str) -> str:
    found = re.search(rf'id="plan-{plan}">.*?<ul class="plan-prices">(.*?)</ul>', page(lang), re.DOTALL)
    assert found
    return words(found[1])


def test_a_card_tells_the_minimum_and_those_to_come() -> None:
    assert card("en", "essential") == (
        "$90.00 per seat per year at least $200.00 per order (purchases and renewals) at least $250.00 per order "
        "(purchases and renewals) from January 1, 2027 no minimum per order from January 1, 2028"
    )
    assert card("fr", "essential").startswith(
        "90,00 $ par poste et par an au moins 200,00 $ par commande (achats et renouvellements) au moins 250,00 $"
    )


def test_a_minimum_of_all_orders_names_none() -> None:
    assert card("en", "complete") == "$150.00 per seat per year at least $300.00 per order"


def test_the_comparison_tells_it() -> None:
    cells = re.findall(r'<td class="c\d">([^<]*\$[^<]*)</td>', page("en"))
    assert [unescape(cell) for cell in cells] == [
        "$90.00 per seat per year; at least $200.00 per order (purchases and renewals)",
        "$150.00 per seat per year; at least $300.00 per order",
    ]


@pytest.mark.parametrize(("lang", "said"), [
    ("en", "$90.00 per seat per year, at least $200.00 per order"),
    ("fr", "90,00 $ par poste et par an, au moins 200,00 $ par commande"),
])  # fmt: skip
def test_the_choice_of_plans_and_the_home_page_tell_it(lang: str, said: str) -> None:
    assert said in words(page(lang))
    assert said in words(page(lang, ""))


def test_the_rules_say_amounts_days_orders_and_what_comes_on_top() -> None:
    assert (
        "Minimum per order Essential At least, per order: $200.00 from January 1, 2026 (purchases and renewals); "
        "$250.00 from January 1, 2027 (purchases and renewals); no minimum from January 1, 2028. "
        "Where price and discounts"
    ) in words(page("en"))
    assert (
        "Au moins, par commande : 300,00 $ à partir du 1er janvier 2026 "
        "(achats, renouvellements, prolongations et ajouts)."
    ) in words(page("fr"))


def test_the_list_of_changes_has_them() -> None:
    told = words(page("en", "changes/"))
    assert "at least $250.00 per order (purchases and renewals)" in told and "no minimum per order" in told


def test_programs_are_told() -> None:
    data = json.loads(pages()["plans.json"])
    plan = data["families"][0]["plans"]["essential"]
    assert plan["minimums"][0] == {"from": "2026-01-01", "amount": "200.00", "actions": ["buy", "renew"]}
    assert [row["amount"] for row in plan["minimums"]] == ["200.00", "250.00", "0.00"]
    volume = {"@type": "PriceSpecification", "minPrice": "200.00", "priceCurrency": "CAD"}
    assert json.dumps(volume, separators=(",", ":")) in page("en").replace(": ", ":").replace(", ", ",")


def test_the_lowest_price_is_looked_for_among_what_orders_cost(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    without_examples(root)
    change(root, '      - {from: 2026-01-01, amount: "90.00"}\n',
           f'      - {{from: 2026-01-01, amount: "90.00"}}\n    minimum: {ROWS}\n')  # fmt: skip
    build(root)
    home = words((root / "public/en/index.html").read_text("utf-8"))
    assert "from $150.00 per seat per year" in home and "$90.00" not in home
