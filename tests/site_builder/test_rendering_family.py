"""What the page of a family says of itself: whose rules they are, where its form begins, each region once."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.site_builder.starter_site import build, change, files, start

READING = """
readings:
  - id: day-30
    clauses: [complete.renewal.windows.grace]
    text: {fr: "Le 30e jour compte.", en: "Day 30 counts."}
"""
SOURCE = {"en": "source", "fr": "texte d’origine"}


@cache
def pages(more: str = "", asks: bool = True) -> dict[str, str]:
    """The pages of the starter with an example price, a cell that one must ask about, and more."""
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        change(root, 'amount: "150.00"}', 'amount: "150.00", illustrative: true}')
        if asks:
            change(root, "complete: yes", "complete: ask")
        change(root, "\n# Worked examples", f"{more}\n# Worked examples")
        build(root)
        return {name: data.decode() for name, data in files(root / "public").items() if name.endswith(".html")}


def said(page: str) -> str:
    """What a page says, without its data blocks."""
    shown = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_makes_the_rules_is_not_told_of_a_text_of_somebody_else(lang: str) -> None:
    for page in ("studio-care", {"en": "rules", "fr": "regles"}[lang]):
        assert SOURCE[lang] not in said(pages()[f"{lang}/{page}/index.html"])
    page = said(pages()[f"{lang}/studio-care/index.html"])
    for text in {
        "en": ("“Ask us” means that the answer depends on your case.", "An example price shows how"),
        "fr": ("« Nous consulter » : la réponse dépend de votre cas.", "Un prix d’exemple montre le calcul"),
    }[lang]:
        assert text in page
    assert {"en": "Our reading", "fr": "Notre lecture"}[lang] not in page  # the term that is a decision is the rule
    rules = said(pages()[f"{lang}/{ {'en': 'rules', 'fr': 'regles'}[lang] }/index.html"])
    assert {"en": "No rule about it", "fr": "Aucune règle à ce sujet"}[lang] in rules


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_reads_rules_says_where_they_leave_a_point_open_and_names_no_source(lang: str) -> None:
    page = said(pages(READING)[f"{lang}/studio-care/index.html"])
    assert {"en": "Where the rules leave a point open", "fr": "Un point que les règles"}[lang] in page
    assert {"en": "not refunded. Our reading", "fr": "remboursée. Notre lecture"}[lang] in page
    assert {"en": "An example price is ours.", "fr": "Un prix d’exemple vient de nous."}[lang] in page
    assert SOURCE[lang] not in page


def sections(page: str) -> dict[str, str]:
    """What each section of a family's page says, by its id."""
    end = r'(?=<section class="[^"]*" id=|</main>)'
    parts = re.findall(rf'<section class="[^"]*" id="([^"]*)"(.*?){end}', page, re.DOTALL)
    return {id: said(f"<{text}") for id, text in parts}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_rule_stands_in_full_once_and_what_happens_when_leads_to_it(lang: str) -> None:
    html = pages(READING)[f"{lang}/studio-care/index.html"]
    parts = sections(html)
    late = {"en": "If you pay 31 days or more after expiry,", "fr": "Si vous payez 31 jours ou plus après l’échéance,"}
    assert [id for id, text in parts.items() if late[lang] in text] == ["rules"]
    assert {"en": "Covers from the day of payment", "fr": "Couvre dès le jour du paiement"}[lang] in parts["when"]
    (when,) = re.findall(r'id="when".*?(?=id="rules")', html, re.DOTALL)
    links = re.findall(r'href="#(rule-[^"]*)"', when)
    assert len(links) > 3 and [link for link in links if f'id="{link}"' not in html] == []


def test_what_is_read_into_a_rule_is_folded_there_and_stands_in_full_among_the_readings() -> None:
    html = pages(READING)["en/studio-care/index.html"]
    assert '<details class="reading"><summary>Our reading</summary><p>Day 30 counts.</p></details>' in html
    assert '<li id="reading-day-30">Day 30 counts.' in html


def test_a_table_without_such_a_cell_explains_none() -> None:
    for more in ("", READING):
        assert "Ask us" not in said(pages(more, False)["en/studio-care/index.html"])
        assert "says “ask us”" not in said(pages(more, False)["en/studio-care/index.html"])


def test_what_units_are_added_to_has_one_to_begin_with() -> None:
    (field,) = re.findall(r'<input[^>]*id="field-existing"[^>]*>', pages()["en/studio-care/index.html"])
    assert 'value="1"' in field


def test_a_region_with_two_codes_is_offered_once_and_both_are_understood() -> None:
    options = re.findall(r"<option value=\"([^\"]*)\"( [a-z]+)?>([^<]*)</option>", pages()["fr/studio-care/index.html"])
    shown = [unescape(name) for _, how, name in options if how != " hidden"]
    assert len(shown) == len(set(shown))
    codes = {code: how for code, how, _ in options}
    assert codes["FR-971"] == ""
    assert codes["GP"] == " hidden"
    assert [code for code, how in codes.items() if how == " hidden"] == [
        code for code in codes if code in {"GP", "MQ", "GF", "RE", "YT", "BL", "MF", "NC", "PF", "PM", "TF", "WF"}
    ]


def test_a_region_of_the_same_name_with_other_taxes_is_offered_too(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    guadeloupe = '  GP:\n    name: {fr: "Guadeloupe", en: "Guadeloupe", it: "Guadalupa"}\n    taxes:\n'
    guadeloupe += '      - {code: VAT, rates: [{from: 2012-01-01, rate: "'
    change(root, f'{guadeloupe}8.5"', f'{guadeloupe}9"', "plans/regions/france.yaml")
    build(root)
    page = (root / "public/fr/studio-care/index.html").read_text("utf-8")
    assert '<option value="GP">' in page
    assert '<option value="MQ" hidden>' in page


def test_of_a_region_with_two_codes_the_one_that_is_chosen_is_offered(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    change(root, "tax_region: CA-QC", "tax_region: GP")
    build(root)
    page = (root / "public/fr/studio-care/index.html").read_text("utf-8")
    assert '<option value="GP" selected>' in page
    assert '<option value="FR-971" hidden>' in page
    assert '<option value="FR-972">' in page
    assert '<option value="MQ" hidden>' in page


def regions(page: str) -> list[tuple[str, str]]:
    """Each region that is offered, with the group that it stands in (empty: in none), in the order of the list."""
    (field,) = re.findall(r'<select id="field-region".*?</select>', page, re.DOTALL)
    offered, group = [], ""
    for label, end, name in re.findall(
        r'<optgroup label="([^"]*)">|(</optgroup>)|<option [^>]*(?<!hidden)>([^<]*)<', field
    ):
        group = label or ("" if end else group)
        if name:
            offered.append((unescape(name), unescape(group)))
    return offered


def test_regions_that_readers_look_for_come_first_and_once(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    example = "request: {plan: studio-care/essential, action: renew, on: 2026-03-31,"
    change(root, example, f"{example} region: US-CA,")
    build(root)
    shown = regions((root / "public/en/studio-care/index.html").read_text("utf-8"))
    assert shown[:3] == [("Quebec", ""), ("California (United States)", ""), ("Canada", "Canada")]
    names = [name for name, _ in shown]
    assert names.count("Quebec") == 1 and "California" not in names
    assert ("Ontario", "Canada") in shown and ("Texas", "United States") in shown


def menu(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'<li class="menu-family"><a [^>]*>([^<]*)</a>', page)]


def test_the_menu_does_not_repeat_the_name_of_the_site(tmp_path: Path) -> None:
    """A site that is called like its vendor has the family's name in its menu, on the pages of other families, too."""
    root = start(tmp_path / "site")
    other = (root / "plans/studio-care.yaml").read_text("utf-8").replace("studio-care", "zebra-care")
    (root / "plans/zebra-care.yaml").write_text(other.replace('"Studio Care"', '"Zebra"'), "utf-8")

    def menus() -> list[list[str]]:
        build(root)
        names = ("fr/index.html", "fr/studio-care/index.html", "fr/zebra-care/index.html")
        return [menu((root / "public" / name).read_text("utf-8")) for name in names]

    assert menus() == [["Entretien Studio", "Zebra"]] * 3
    change(root, "Entretien Studio", "Entretien d’atelier", "plans/studio-care.yaml")
    assert menus() == [["Entretien d’atelier", "Zebra"]] * 3
    change(root, "title: Studio Care", "title: Plans", "content/site.yaml")
    assert menus() == [["Studio Care", "Zebra"]] * 3


def test_pages_of_no_family_speak_as_all_families_do() -> None:
    """France sets a space before `?`, Canada none."""
    with TemporaryDirectory() as folder:
        root = start(Path(folder) / "site")
        change(root, "country: CA\nlocales: {fr: fr-CA, en: en-CA}", "country: FR\nlocales: {fr: fr-FR, en: en-GB}")
        build(root)
        france = (root / "public/fr/regles/index.html").read_text("utf-8")
    assert "à quelles conditions\u202f?" in france
    assert "à quelles conditions?" in pages()["fr/regles/index.html"]


def test_pages_of_no_family_speak_the_language_alone_where_families_differ(tmp_path: Path) -> None:
    """Between France and Canada they are set as the language's own locale wants it, which is that of Canada."""
    root = start(tmp_path / "site")
    own, france = "country: CA\nlocales: {fr: fr-CA, en: en-CA}", "country: FR\nlocales: {fr: fr-FR, en: en-GB}"
    change(root, own, france)
    other = (root / "plans/studio-care.yaml").read_text("utf-8").replace("studio-care", "zebra-care")
    (root / "plans/zebra-care.yaml").write_text(other.replace(france, own), "utf-8")
    build(root)
    assert "à quelles conditions?" in (root / "public/fr/regles/index.html").read_text("utf-8")


def test_groups_of_examples_stand_in_the_order_of_the_plans_and_examples_in_that_of_the_file(tmp_path: Path) -> None:
    root = start(tmp_path / "site")
    path = root / "plans/studio-care.yaml"
    head, mark, tail = path.read_text("utf-8").partition("\nexamples:\n")
    examples = re.split(r"(?m)^(?=  - id: )", tail)[1:]
    path.write_text(head + mark + "".join(one.rstrip("\n") + "\n" for one in reversed(examples)), "utf-8")
    build(root)
    page = (root / "public/en/studio-care/index.html").read_text("utf-8")
    shown = re.findall(r'<li class="example" id="example-([^"]*)"', page)
    ids = [one.split()[2] for one in reversed(examples)]
    plans = [id.partition("-")[0] for id in shown]
    assert plans == sorted(plans, key=["essential", "complete"].index) and set(plans) == {"essential", "complete"}
    assert shown == [id for plan in ("essential", "complete") for id in ids if id.startswith(plan)]
    assert ids[0].startswith("complete")
