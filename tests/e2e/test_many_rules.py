"""A family with long words in every place: minimums, lengths, several early windows, tiers, choices, a fee by the year.

Its pages are rendered alone: no Python is there, and what is asked here needs none.
"""

from collections.abc import Iterator
from functools import cache
from mimetypes import guess_type

import pytest
from playwright.sync_api import Browser, Page, Route

from site_builder.rendering import render_site
from tests.e2e.watching import OPEN_ALL, sideways
from tests.site_builder.small_site import made_site

pytestmark = pytest.mark.e2e

ORIGIN = "https://plans.example.org"
ADDRESSES = ("fr/care/", "en/care/", "fr/", "en/rules/")
PLANS = """\
family: care
country: CA
locales: {fr: fr-CA, en: en-CA}
currency: CAD
tax_region: CA-XX
vendor: {name: Vendor}
name: {fr: Soutien, en: Care}
summary: {fr: Un résumé, en: A summary}
next_step: {kind: order, label: {fr: Commander, en: Order}, text: {fr: Écrivez, en: Write}}
plans:
  full:
    name: {fr: Complet, en: Full}
    unit: user
    term: {months: 12}
    price: [{from: 2026-01-01, amount: "120.00"}, {from: 2027-01-01, amount: "126.00"}]
    minimum:
      - {from: 2026-01-01, amount: "1000.00", actions: [buy, renew]}
      - {from: 2027-01-01, amount: "1200.00", actions: [buy, renew]}
    buy: {}
    renewal:
      lengths: {months: [12, 24, 36]}
      adjust:
        - {code: length_discount, percent: "-10", when: {months: [24, 36]}}
        - {code: file_fee, title: {fr: Frais de dossier, en: File fee}, per: quote, prorated: true,
           fee: [{from: 2026-01-01, amount: "60.00"}]}
      windows:
        - {id: early_90, until_day: -90, starts: after_expiry, adjust: [{code: early_discount, percent: "-10"}]}
        - {id: early_60, from_day: -89, until_day: -60, starts: after_expiry,
           adjust: [{code: early_discount, percent: "-7"}]}
        - {id: early_30, from_day: -59, until_day: -30, starts: after_expiry,
           adjust: [{code: early_discount, percent: "-5"}]}
        - {id: on_time, from_day: -29, until_day: 0, starts: after_expiry}
        - {id: grace, from_day: 1, until_day: 30, starts: on_purchase, ends: with_next_term}
        - {id: late, from_day: 31, until_day: 365, starts: on_purchase,
           adjust: [{code: arrears, missed_percent: "50"}]}
    extension: {billed: by_month}
    addition: {billed: by_day}
  fleet:
    name: {fr: Grand parc, en: Large fleet}
    unit: seat
    term: {months: 1}
    price:
      - from: 2026-01-01
        tiers: {mode: graduated, steps: [{up_to: 10, amount: "12.00"}, {up_to: 50, amount: "10.50"}, {amount: "9.00"}]}
    minimum: [{from: 2026-01-01, amount: "60.00"}]
    options:
      onsite: {type: boolean, actions: [buy], label: {fr: Visite sur place, en: On-site visit}}
      site: {type: choice, actions: [buy], choices: [near, far], label: {fr: Lieu, en: Place},
             words: {near: {fr: À moins de 50 km, en: Within 50 km}, far: {fr: Plus loin, en: Farther}}}
    buy:
      adjust:
        - {code: far_visit, title: {fr: Visite au loin, en: Far visit}, per: quote, when: {onsite: true, site: far},
           fee: [{from: 2026-01-01, amount: "75.00"}]}
comparison:
  groups:
    - id: help
      title: {fr: Aide, en: Help}
      rows:
        - {id: cost, title: {fr: Coût, en: Cost}, cells: {full: price, fleet: price}}
inclusions:
  - {id: answers, text: {fr: Des réponses, en: Answers}}
exclusions:
  - {id: repairs, text: {fr: Réparations, en: Repairs}, answer: paid}
examples:
  - id: late
    title: {fr: Très tôt, en: Very early}
    request: {plan: care/full, action: renew, on: 2026-04-10, expiry: 2026-12-31, quantity: 5, months: 24}
    expect: {window: early_90}
"""

# WCAG 2.2, 1.4.12: as readers may space texts, and nothing is lost.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""

# The texts that reach beyond the column of their band.
BEYOND = """() => [...document.querySelectorAll(".timeline-bands li")].flatMap((band) =>
    [...band.children].filter((part) => part.checkVisibility() && !part.matches(".rule-link")).filter((part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return range.getBoundingClientRect().right > band.getBoundingClientRect().right + 1;
    }).map((part) => part.textContent))"""

# As the page's script does once Python has loaded.
SHOWN = "form => { form.hidden = false; }"

# The words of the comparison that stand on more than one line.
CUT = """() => {
    const walker = document.createTreeWalker(document.querySelector("table.compare"), NodeFilter.SHOW_TEXT);
    const cut = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(".visually-hidden")) continue;
        for (const word of node.data.matchAll(/[^\\s\u2010-]+/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) cut.push(word[0]);
        }
    }
    return cut;
}"""


@cache
def files() -> dict[str, bytes]:
    return render_site(made_site(PLANS))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{ORIGIN}/site/").partition("#")[0]
        path += "index.html" if path.endswith("/") else ""
        if body := files().get(path):
            route.fulfill(body=body, content_type=guess_type(path)[0] or "text/plain")
        else:
            route.abort()

    with chromium.new_page() as made:
        made.route("**/*", answer)
        yield made


@pytest.mark.parametrize("width", [320, 360])
def test_long_prices_and_names_of_windows_fit_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in ADDRESSES:
        page.goto(f"{ORIGIN}/site/{address}")
        page.evaluate(OPEN_ALL)
        assert sideways(page) == 0, address
        page.evaluate(SPACED)
        assert sideways(page) == 0, f"{address}, spaced"


@pytest.mark.parametrize("width", [320, 360, 700])
def test_no_word_of_the_comparison_is_cut(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for lang in ("fr", "en"):
        page.goto(f"{ORIGIN}/site/{lang}/care/")
        (cell,) = page.locator("table.compare td", has_text="(").all()
        assert {"fr": "renouvellements", "en": "renewals"}[lang] in cell.inner_text()
        assert page.evaluate(CUT) == [], lang
        page.evaluate("() => document.documentElement.classList.add('no-script')")
        assert page.evaluate(CUT) == [], f"{lang}, without script"


def test_a_comparison_on_a_phone_is_still_a_table(page: Page) -> None:
    """Its rows are laid out otherwise: who hears the page hears rows and columns all the same."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{ORIGIN}/site/en/care/")
    row = page.locator("table.compare tr.row")
    name, *cells = (part.bounding_box() for part in row.locator("th, td").all())
    assert name and all(cell and cell["y"] > name["y"] + 10 for cell in cells)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    assert [roles.count(role) for role in ("table", "rowheader", "columnheader", "cell")] == [1, 2, 3, 2]


def test_the_comparison_of_a_phone_hides_what_is_the_same(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{ORIGIN}/site/en/care/")
    row = page.locator("table.compare tr.row")
    row.evaluate("row => row.classList.add('same')")
    page.get_by_label("Only the differences").check(force=True)
    assert not row.is_visible()


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (360, False)])
def test_what_a_price_is_for_stands_below_the_name_of_its_plan(page: Page, width: int, beside: bool) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{ORIGIN}/site/fr/care/")
    page.locator("#calculator-app").evaluate(SHOWN)
    choice = page.locator("label.choice", has=page.locator("#choice-full"))
    name, price, unit = (
        choice.locator(part).bounding_box() for part in ("strong", ".money", ".price-hint > :not(.money)")
    )
    assert name and price and unit
    assert (price["x"] > name["x"] + name["width"]) is beside
    for below in (unit,) if beside else (unit, price):
        assert below["y"] > name["y"] + name["height"] - 2
    assert abs((unit if beside else price)["x"] - name["x"]) < 1


def test_bands_keep_to_their_columns_on_screens_and_on_paper(page: Page) -> None:
    page.goto(f"{ORIGIN}/site/fr/care/")
    assert page.locator(".bands-even > li").count() == 7
    for width, media in ((688, "print"), (768, "screen"), (960, "screen"), (1152, "screen"), (1280, "screen")):
        page.emulate_media(media="print" if media == "print" else "screen")
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(BEYOND) == [], (width, media)


def test_the_name_of_a_plan_keeps_its_line_beside_a_long_price(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{ORIGIN}/site/fr/care/")
    page.locator("#calculator-app").evaluate(SHOWN)
    names = page.locator(".choice strong")
    assert names.all_text_contents() == ["Complet", "Grand parc"]
    heights = names.evaluate_all("(names) => names.map((name) => name.getBoundingClientRect().height)")
    assert heights[0] == heights[1] > 0


def test_what_is_chosen_is_seen_where_readers_choose_all_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{ORIGIN}/site/fr/care/")
    edge = "(chip) => getComputedStyle(chip).borderTopColor"
    chosen, other = (
        page.locator(f".segments .chip input{which} + span").first for which in (":checked", ":not(:checked)")
    )
    assert chosen.evaluate(edge) != other.evaluate(edge)
