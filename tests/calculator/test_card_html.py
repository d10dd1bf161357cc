"""The card as an HTML table: what stands on it, in both languages, and what a mail program must never meet."""

import re
from html.parser import HTMLParser

import pytest

from calculator.card import MAX_BYTES, MailError, Order
from calculator.card.colours import OWN
from calculator.wire import card, read_link_fragment
from tests.calculator.asking import one_plan
from tests.mail.making import ESTIMATE, ORANGE, SKETCHUP, Request, families, html, order, words

VOID = {"br", "meta"}


class Reader(HTMLParser):
    """Tags that are closed in order, the texts, and the links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.links: dict[str, str] = {}
        self.texts: list[str] = []
        self._href = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self._href = given.get("href", "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data.replace("\u00a0", " ").replace("\u202f", " "))
        if self._href:
            self.links[self.texts[-1]] = self._href


def test_the_card_says_all_that_a_customer_needs() -> None:
    page = Reader(html(ORANGE, reference="PO 4711", seller="Élodie & fils"))
    said = " ".join(page.texts)
    for part in (
        "Renouvellement : Orange Care", "31 mars 2026", "du 1er avril 2026 au 31 mars 2027",
        "5 utilisateurs à 120,00 $", "Règle : Renouvellement à temps", "\u221260,00 $", "540,00 $", "PO 4711",
        "Élodie & fils",
        "Ceci est une estimation, et non une facture.", "Ce prix est valable jusqu’au 31 mars 2026 inclus.",
    ):  # fmt: skip
        assert part in said
    assert page.open == []


def test_an_english_reader_gets_the_familys_english() -> None:
    said = " ".join(Reader(html(SKETCHUP, "en")).texts)
    assert "5 licences" not in said
    assert "2 licences at €120.00" in said
    assert "This is an estimate, not an invoice." in said
    assert 'lang="en-GB"' in html(SKETCHUP, "en")


def test_the_vendor_is_named_where_there_is_no_seller() -> None:
    assert "Keystroke" in Reader(html(ORANGE)).texts


def test_every_cell_of_the_grid_opens_its_own_quote() -> None:
    links = Reader(html(ORANGE)).links
    asked = {}
    for shown in ("540,00 $", "552,33 $", "600,00 $"):
        page, _, fragment = links[shown].partition("#")
        assert page == "https://plans.example/fr/keystroke/"
        found = read_link_fragment(fragment)
        assert found and isinstance(found[0], dict)
        assert found[1] == families().engine.fingerprint
        asked[shown] = found[0]
    assert {shown: request["on"] for shown, request in asked.items()} == {
        "540,00 $": "2026-03-31", "552,33 $": "2026-04-30", "600,00 $": "2026-05-01",
    }  # fmt: skip


def test_the_main_link_opens_the_quote_itself() -> None:
    found = read_link_fragment(Reader(html(ORANGE)).links["Ouvrir ce calcul"].partition("#")[2])
    assert found == (ORANGE, families().engine.fingerprint)


def test_a_rules_link_leads_to_the_rule_on_the_page() -> None:
    links = Reader(html(SKETCHUP, "en")).links
    assert (
        links["Rule: On-time renewal"] == "https://plans.example/en/sketchup/#rule-maintenance.renewal.windows.on_time"
    )


@pytest.mark.parametrize("request_", [ORANGE, SKETCHUP, ESTIMATE, ORANGE | {"action": "status"}])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_left_to_a_style_sheet(request_: Request, lang: str) -> None:
    page = html(request_, lang)
    tags = Reader(page).tags
    assert sum(tag == "table" for tag, _ in tags) == 1
    assert {tag for tag, _ in tags} <= {"table", "tr", "td", "th", "a", "b", "br", "span"}
    assert not {name for _, given in tags for name in given} & {"class", "id", "onclick", "src"}
    assert not re.search(r"var\(|url\(|position|float|flex|@", page)
    for tag, given in tags:
        if tag in ("td", "th"):
            assert "background-color:#" in given["style"]
            assert "color:#" in given["style"].replace("background-color:#", "")
            assert given["bgcolor"] in given["style"]
        if tag == "th":
            assert given["scope"] in ("row", "col")


@pytest.mark.parametrize("request_", [ORANGE, SKETCHUP, ESTIMATE])
def test_an_ordinary_card_is_far_below_the_limit(request_: Request) -> None:
    assert len(html(request_).encode()) < 15_000


def test_a_card_with_very_many_serials_stays_small_and_says_how_many_it_leaves_out() -> None:
    serials = [f"SN-{number:05}" for number in range(400)]
    page = html(SKETCHUP | {"serials": serials, "quantity": 400})
    assert len(page.encode()) <= MAX_BYTES
    said = " ".join(Reader(page).texts)
    assert "SN-00000" in said
    assert "autres lignes, en détail sur la page" in said
    assert "57 600,00 €" in said  # the total is that of all of them


def test_the_lines_that_are_left_out_are_added_up() -> None:
    serials = [f"SN-{number:02}" for number in range(40)]
    said = " ".join(Reader(html(SKETCHUP | {"serials": serials, "quantity": 40})).texts)
    hidden = re.search(r"(\d+) autres lignes, en détail sur la page ([\d ]+),00 €", said)
    assert hidden
    shown = said.count("n° de série")
    assert int(hidden[1]) == 40 - shown
    assert int(hidden[2].replace(" ", "")) == 120 * (40 - shown)


def test_a_serial_as_long_as_a_book_is_cut() -> None:
    page = html(SKETCHUP | {"serials": ["X" * 50_000], "quantity": 1})
    assert len(page.encode()) <= MAX_BYTES
    assert "X" * 100 in page
    assert "Ouvrir le calculateur" in page  # no address could carry it


def test_what_a_customer_typed_is_text() -> None:
    page = html(SKETCHUP | {"serials": ['<img src=x onerror="alert(1)">'], "quantity": 1}, reference="<b>&amp;")
    assert "<img" not in page
    assert "&lt;b&gt;&amp;amp;" in page


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("a\nb", "control"),
        ("a\rBcc: x", "control"),
        ("a\x00", "control"),
        ("a\u202eb", "direction"),
        ("a" * 201, "long"),
    ],
)
def test_a_reference_is_one_plain_line(reference: str, code: str) -> None:
    with pytest.raises(MailError) as raised:
        html(ORANGE, reference=reference)
    assert (raised.value.code, raised.value.field) == (code, "reference")


def test_a_card_with_the_most_rows_and_lengths_is_far_below_what_mail_programs_cut() -> None:
    windows = [{"id": f"early_{day}", "until_day": -day, "starts": "after_expiry",
                **({} if day == 140 else {"from_day": -day - 9})} for day in range(140, 0, -10)]  # fmt: skip
    windows.append({"id": "on_time", "from_day": -9, "until_day": 0, "starts": "after_expiry"})
    catalogue = one_plan({"renewal": {"windows": windows, "lengths": {"months": [12, 24, 36]}}})
    request = {"plan": "made/plan", "action": "renew", "on": "2026-01-02", "expiry": "2026-06-30"}
    order = Order(request, "https://plans.example/en/made/", "", "")
    offer = card(catalogue, words("en"), order)
    assert offer.card
    assert len(offer.card.html.encode()) < 20_000
    for made in (offer.card.html, offer.card.text):
        assert "What a payment after May" in made.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_a_colour_that_is_none_is_the_programs_own() -> None:
    plain = html(ORANGE)
    for told in ({}, {"ink": "red;background:url(x)"}, {"ink": "#12345"}, {"ink": 7}, {"edge": "javascript:x"}):
        offer = card(families().engine, words("fr") | {"colours": told}, order(ORANGE))
        assert offer.card and offer.card.html == plain
    offer = card(families().engine, words("fr") | {"colours": {"ink": "#123456"}}, order(ORANGE))
    assert offer.card and offer.card.html == plain.replace(OWN.ink, "#123456")


def test_beside_several_prices_the_name_of_a_window_has_a_row_of_its_own() -> None:
    page = html(SKETCHUP, "en").replace("\u00a0", " ")
    assert re.search(r'<th scope="row" bgcolor[^>]*>By 31 Mar 2026</th>', page)
    assert re.search(r'<tr><td colspan="4"[^>]*>On time</td></tr>', page)
    alone = html(ORANGE, "en").replace("\u00a0", " ")
    assert re.search(r'<th scope="row" colspan="3"[^>]*>By Mar 31, 2026<br>', alone)
