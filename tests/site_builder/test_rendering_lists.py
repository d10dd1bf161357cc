"""What the site makes of all families: rules side by side, changes and their feed, lists for machines."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from calculator.plan import Adjustment
from site_builder.plans import load_families
from site_builder.rendering import render_site
from site_builder.rendering.machine import _adjustment, family_data
from tests.site_builder.small_site import small_site

BASE = "https://plans.example.org/site/"
ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def files() -> dict[str, bytes]:
    return render_site(small_site())


def text(name: str) -> str:
    return files()[name].decode()


def section(page: str, subject: str) -> str:
    start = page.index(f'id="{subject}"')
    return page[start : page.index("</section>", start)]


def test_every_subject_answers_from_the_rule_and_leads_to_it() -> None:
    page = text("en/rules/index.html")
    expected = {
        "grace": ("30 days after the last covered day", "full.renewal.windows.grace"),
        "late": ("Nothing is added", "full.renewal.windows.late"),
        "early": ("On-time renewal discount: \u221210%", "full.renewal.windows.on_time.adjust.on_time_discount"),
        "notices": ("60 and 30 days before the last covered day", "full.notices"),
        "limit": ("No limit stated", ""),
        "lapse": ("After day 365, only a new purchase", "full.renewal.windows.late"),
        "proration": ("By the day, out of the days of the period", "full.addition"),
    }
    care = text("en/care/index.html")
    for subject, (words, clause) in expected.items():
        part = section(page, subject)
        assert words in part, subject
        if clause:
            assert f'href="/site/en/care/#rule-{clause}"' in part, subject
            assert f'id="rule-{clause}"' in care


def test_plans_without_a_renewal_say_so_and_plans_without_a_term_have_no_part() -> None:
    part = section(text("en/rules/index.html"), "grace")
    assert "No renewal: a new purchase" in part
    assert "Bank" in part
    assert "Basic" not in part


def test_the_language_switch_keeps_the_page_under_its_own_word() -> None:
    page = text("fr/regles/index.html")
    assert 'href="/site/en/rules/"' in page
    assert f'hreflang="en" href="{BASE}en/rules/"' in page
    assert 'href="/site/fr/regles/"' in text("fr/care/index.html")
    assert 'href="/site/fr/changements/"' in text("fr/index.html")


def test_changes_to_come_stand_apart_from_those_in_force() -> None:
    page = text("en/changes/index.html")
    to_come, past = page.index('id="to-come"'), page.index('id="in-force"')
    assert to_come < page.index("$126.00 instead of $120.00") < past
    assert past < page.index("First price: $120.00")
    assert "Example price" in page[past:]
    later = render_site(replace(small_site(), on=date(2028, 1, 1)))["en/changes/index.html"].decode()
    assert "Nothing is announced." in later


def test_the_feed_is_atom_and_the_same_data_gives_the_same_feed() -> None:
    feed = ElementTree.fromstring(text("fr/changements/feed.atom"))
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 3
    assert feed.findtext(f"{ATOM}updated") == "2027-01-01T00:00:00Z"
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].startswith(f"{BASE}fr/care/")
    own = [link.attrib["href"] for link in feed.findall(f"{ATOM}link") if link.attrib["rel"] == "self"]
    assert own == [f"{BASE}fr/changements/feed.atom"]
    tomorrow = render_site(replace(small_site(), on=date(2026, 6, 2)))
    assert tomorrow["fr/changements/feed.atom"] == files()["fr/changements/feed.atom"]


def test_machines_get_every_dated_price_and_window() -> None:
    whole = json.loads(text("plans.json"))
    assert whole["edition"] == small_site().families.engine.fingerprint
    (care,) = whole["families"]
    assert care["pages"] == {"fr": f"{BASE}fr/care/", "en": f"{BASE}en/care/"}
    assert care["plans"]["full"]["prices"] == [
        {"from": "2026-01-01", "amount": "120.00", "illustrative": True},
        {"from": "2027-01-01", "amount": "126.00"},
    ]
    windows = care["plans"]["full"]["renewal"]["windows"]
    assert [(one["from_day"], one["until_day"]) for one in windows] == [(None, 0), (1, 30), (31, 365)]
    assert care["plans"]["bank"]["packs"]["3h"]["prices"] == [{"from": "2026-01-01", "on_request": True}]


@cache
def all_families() -> dict[str, dict[str, Any]]:
    families = load_families(Path("plans"))
    return {name: family_data(family, date(2026, 6, 1)) for name, family in families.engine.families.items()}


def test_machines_get_what_first_purchases_have_of_their_own() -> None:
    own = {plan: data["buy"] for family in all_families().values() for plan, data in family["plans"].items()}
    assert own["smp"]["prices"] == [{"from": "2020-01-01", "amount": "0.00"}]
    assert own["smp"]["terms"] == [{"months": 12, "when": {"onsite_training": True}}, {"days": 30}]
    assert own["smp"]["starts"] == "next_month"
    (credit,) = own["hours-10"]["credits"]
    assert (credit["plan"], credit["within_days"]) == ("ppi", 30)
    assert credit["rule"] == "hours-10.buy.credits.ppi_credit"
    assert own["contract"]["adjustments"] == []
    (family,) = json.loads(text("plans.json"))["families"]
    for data in family["plans"].values():
        assert (data["buy"] is None) is ("buy" not in data["actions"])


def keys(value: Any, by_name: bool = False) -> set[str]:
    """The keys of a JSON value that are the format's, not a family's names."""
    if isinstance(value, list):
        return {key for held in value for key in keys(held)}
    if not isinstance(value, dict):
        return set()
    spoken = ("names", "pages", "plan_names", "when")
    inner = {
        key for name, held in value.items() if name not in spoken for key in keys(held, name in ("plans", "packs"))
    }
    return inner if by_name else inner | set(value)


def test_the_documentation_tells_every_key_that_machines_get() -> None:
    section = Path("docs/contract.md").read_text("utf-8").partition("## Plans for programs")[2].partition("\n## ")[0]
    told = {word for code in re.findall(r"`([^`]+)`", section) for word in re.findall(r"\w+", code)}
    made = keys(json.loads(text("plans.json"))) | keys(list(all_families().values()))
    assert made - told == set()
    extra = Adjustment("night", "care.buy.adjust.night", {"night": True}, percent=Decimal(15), of=("price",))
    arrears = Adjustment("arrears", "care.renewal.adjust.arrears", missed_percent=Decimal(50))
    assert keys([_adjustment(extra), _adjustment(arrears)]) - told == set()


def linked_data(name: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(name), re.DOTALL)
    assert found
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return graph


def test_search_engines_get_offers_but_no_example_price() -> None:
    products = {product["@id"].rpartition("-")[2]: product for product in linked_data("en/care/index.html")}
    assert set(products) == {"basic", "full", "bank"}
    (offer,) = products["full"]["offers"]  # 120.00 is an example
    assert (offer["price"], offer["priceCurrency"], offer["validFrom"]) == ("126.00", "CAD", "2027-01-01")
    assert offer["priceSpecification"]["valueAddedTaxIncluded"] is False
    assert [offer["price"] for offer in products["bank"]["offers"]] == ["198.00", "680.00"]


def test_every_indexed_page_has_a_title_a_description_and_a_card_that_exist() -> None:
    titles = set()
    for name in files():
        page = text(name) if name.endswith(".html") else ""
        if 'rel="canonical"' not in page:
            continue
        title = re.search(r"<title>(.+?)</title>", page)
        assert title, name
        titles.add((title[1], re.search(r'<html lang="([\w-]+)"', page)[1]))  # type: ignore[index]
        assert re.search(r'name="description" content="[^"]+"', page), name
        card = re.search(rf'property="og:image" content="{BASE}([^"]+)"', page)
        assert card, name
        assert card[1] in files()
    assert len(titles) >= 8
