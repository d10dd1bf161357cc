"""An extra that the customer ticks: asked by the form, said by the rules, and no rule for all."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site_builder.starter_site import build, change, files, start

OPTION = """
    options:
      hotline:
        type: boolean
        actions: [buy, renew]
        label: {fr: "Ligne de nuit", en: "Night hotline"}
    buy:
      starts: on_purchase
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
    renewal:
      adjust:
        - {code: hotline, percent: "15", when: {hotline: true}, title: {fr: "Ligne de nuit", en: "Night hotline"}}
"""


@cache
def pages() -> dict[str, str]:
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        change(root, "\n    buy: {starts: on_purchase}\n    renewal:\n", OPTION)
        build(root)
        return {name: data.decode() for name, data in files(root / "public").items() if name.endswith(("html", "json"))}


def test_the_form_asks_for_it() -> None:
    assert 'name="options.hotline"' in pages()["en/studio-care/index.html"]
    assert "Night hotline" in pages()["en/studio-care/index.html"]


def test_the_rules_say_when_it_counts() -> None:
    text = unescape(re.sub(r"<[^>]+>", " ", pages()["fr/studio-care/index.html"]))
    assert "15\u00a0% de plus sur le prix. Seulement si la case «\u00a0Ligne de nuit\u00a0» est cochée." in text


def test_the_timeline_and_the_rules_of_all_plans_leave_it_out() -> None:
    assert "+15%" not in pages()["en/studio-care/index.html"]
    assert "hotline" not in pages()["en/rules/index.html"].lower()


def test_machines_are_told() -> None:
    (family,) = json.loads(pages()["plans.json"])["families"]
    (extra,) = family["plans"]["essential"]["renewal"]["adjustments"]
    assert (extra["percent"], extra["of"], extra["when"]) == ("15", ["price"], {"hotline": True})
    buy = family["plans"]["essential"]["buy"]
    assert buy["adjustments"] == [{**extra, "rule": "essential.buy.adjust.hotline"}]
    assert {key: value for key, value in buy.items() if key != "adjustments"} == {
        "starts": "on_purchase",
        "credits": [],
    }
