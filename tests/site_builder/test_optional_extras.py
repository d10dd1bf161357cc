"""An extra that the customer ticks: asked by the form, said by the rules, and no rule for all."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import build, change, files, start, without_examples

OPTION = """
    options:
      hotline:
        type: boolean
        actions: [buy, renew, extend, add]
        label: {fr: "Ligne de nuit", en: "Night hotline"}
    buy:
      starts: on_purchase
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
    renewal:
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
"""

# The second plan: a fee for buying, another one for each unit when renewing late, a box that changes no price, and one
# that counts with another only.
MORE = """
    options:
      visit:
        type: boolean
        actions: [buy, renew]
        label: {fr: "Visite", en: "Visit"}
      poster:
        type: boolean
        actions: [buy]
        label: {fr: "Affiche", en: "Poster"}
    buy:
      starts: on_purchase
      adjust:
        - code: visit
          fee: [{from: 2026-01-01, amount: "40.00"}]
          per: quote
          when: {visit: true}
          title: {fr: "V", en: "V"}
        - {code: on_wall, percent: "-5", when: {visit: true, poster: true}, title: {fr: "P", en: "P"}}
    renewal:
"""
LATE = """
        - id: late
          from_day: 31
          starts: on_purchase
          adjust:
            - code: late_visit
              fee: [{from: 2026-01-01, amount: "9.00", illustrative: true}]
              when: {visit: true}
              title: {fr: "L", en: "L"}
"""
COSTS_EN = ["Buy: +$40.00; Late renewal: +$9.00 per seat (example price)"]
COSTS_FR = ["Acheter : +40,00 $; Renouvellement en retard : +9,00 $ par poste (prix d’exemple)"]


LATER = """
    extension:
      billed: by_month
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
    addition:
      billed: by_day
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
"""


def with_extra(root: Path) -> None:
    change(root, "\n    buy: {starts: on_purchase}\n    renewal:\n", OPTION)
    change(root, "\n    addition: {billed: by_day}\n", LATER)


@cache
def pages() -> dict[str, str]:
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        with_extra(root)
        change(root, "\n    buy: {starts: on_purchase}\n    renewal:\n", MORE)
        change(root, "        - {id: late, from_day: 31, starts: on_purchase}\n", LATE)
        build(root)
        return {name: data.decode() for name, data in files(root / "public").items() if name.endswith(("html", "json"))}


def test_the_form_asks_for_it() -> None:
    assert 'name="options.hotline"' in pages()["en/studio-care/index.html"]
    assert "Night hotline" in pages()["en/studio-care/index.html"]


def costs(lang: str, page: str = "") -> list[str]:
    """What stands beside the boxes of the form, of a page or of the one that `pages` has."""
    page = page or pages()[f"{lang}/studio-care/index.html"]
    found = re.findall(r'<span class="cost">(.*?)</span></label>', page)
    return [unescape(text).replace("\u00a0", " ") for text in found]


def test_the_form_says_what_it_costs() -> None:
    assert costs("en") == ["+15% of the price", *COSTS_EN]
    assert costs("fr") == ["+15 % sur le prix", *COSTS_FR]


ESTIMATE = """
    options:
      warranty:
        type: boolean
        actions: [buy]
        label: {fr: "Sous garantie", en: "Under warranty"}
      urgent:
        type: boolean
        actions: [buy]
        label: {fr: "Urgent", en: "Urgent"}
      hours:
        type: integer
        min: 1
        max: 99
        actions: [buy, renew, extend]
        label: {fr: "Heures", en: "Hours"}
    buy: {starts: on_purchase}
    renewal:
"""
PARTS = """{from: 2026-01-01, estimate: [
        {code: labour, quantity: hours, rate: "90.00", title: {fr: "Main-d’œuvre", en: "Labour"}},
        {code: warranty, percent: "-15", of: labour, when: {warranty: true}, title: {fr: "G", en: "W"}},
        {code: urgent, percent: "8", of: labour, when: {urgent: true, warranty: false}, title: {fr: "U", en: "U"}}]}"""


def test_the_percentages_of_an_estimate_stand_beside_their_boxes(tmp_path: Path) -> None:
    """Those that hang on one box alone."""
    root = start(tmp_path / "site")
    change(root, "\n    buy: {starts: on_purchase}\n    renewal:\n", ESTIMATE)
    change(root, '{from: 2026-01-01, amount: "90.00"}', PARTS)
    change(root, "\n    addition: {billed: by_day}\n", "\n    quantity: {max: 1}\n")
    without_examples(root)
    build(root)
    said = {
        lang: costs(lang, (root / f"public/{lang}/studio-care/index.html").read_text("utf-8")) for lang in ("en", "fr")
    }
    assert said == {"en": ["−15% of “Labour”"], "fr": ["−15 % sur « Main-d’œuvre »"]}


OTHER = """
    options:
      visit:
        type: boolean
        actions: [buy]
        label: {fr: "Visite", en: "Visit"}
    buy:
      starts: on_purchase
      adjust:
        - {code: visit, fee: [{from: 2026-01-01, on_request: true}], when: {visit: true}, title: {fr: "V", en: "V"}}
    renewal:
"""


def test_what_it_costs_is_said_of_added_months_and_units_too(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    with_extra(root)
    for section, percent in (("by_month", "10"), ("by_day", "-20")):
        old = f'{section}\n      adjust:\n        - {{code: hotline, percent: "'
        change(root, f"{old}15", f"{old}{percent}")
    change(root, "\n    buy: {starts: on_purchase}\n    renewal:\n", OTHER)
    build(root)
    assert costs("en", (root / "public/en/studio-care/index.html").read_text("utf-8")) == [
        "Buy: +15% of the price; Renew: +15% of the price; Extend: +10% of the price; "
        "Add in mid-term: −20% of the price",
        "On request",
    ]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_the_rules_say_when_it_counts() -> None:
    page = pages()["fr/studio-care/index.html"]
    text = text_of(page)
    said = "15\u00a0% de plus sur le prix. Seulement si la case «\u00a0Ligne de nuit\u00a0» est cochée."
    assert text.count(said) == 3, "for a purchase, for a renewal, and once for more months and more units"
    for section in ("buy", "renewal", "extension", "addition"):
        article = text_of(page.partition(f'id="rule-essential.{section}.adjust.hotline"')[2])
        assert said in article.partition("Revenir à votre calcul")[0], section


def test_the_timeline_and_the_rules_of_all_plans_leave_it_out() -> None:
    timelines = pages()["en/studio-care/index.html"].partition('id="when"')[2].partition("</section>")[0]
    assert "Grace" in timelines
    assert "+15%" not in timelines
    assert "hotline" not in pages()["en/rules/index.html"].lower()


def test_machines_are_told() -> None:
    (family,) = json.loads(pages()["plans.json"])["families"]
    (extra,) = family["plans"]["essential"]["renewal"]["adjustments"]
    assert (extra["percent"], extra["of"], extra["when"]) == ("15", ["price"], {"hotline": True})
    for section in ("extension", "addition"):
        (same,) = family["plans"]["essential"][section]["adjustments"]
        assert same == {**extra, "rule": f"essential.{section}.adjust.hotline"}
    assert family["plans"]["complete"]["extension"] is None
    buy = family["plans"]["essential"]["buy"]
    assert buy["adjustments"] == [{**extra, "rule": "essential.buy.adjust.hotline"}]
    assert {key: value for key, value in buy.items() if key != "adjustments"} == {
        "starts": "on_purchase",
        "credits": [],
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "Nothing to mend.\n"),
        ('by_month\n      adjust:\n        - {code: hotline, percent: "15"', 'by_month\n      adjust:\n'
         '        - {code: night_discount, percent: "15"', "a discount of +15 % adds to the price"),
        (LATER.partition("    addition:")[2], "\n      billed: by_day\n",
         "leave `add` out of its `actions`, or name it in a `when` of `addition`"),
        ("[buy, renew, extend, add]", "[buy, renew, extend]", "`hotline` is not asked for `add`"),
    ],
)  # fmt: skip
def test_what_is_odd_about_it_is_told(
    old: str, new: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = start(tmp_path / "site")
    with_extra(site)
    change(site, old, new)
    monkeypatch.chdir(site)
    main(["check", "--on", "2026-06-01"])
    assert said in "".join(capsys.readouterr())
