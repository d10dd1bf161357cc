"""A small site for the tests of rendering: one family with everything that pages show, in two languages."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.config import load_config
from site_builder.content import load_content
from site_builder.locales import load_all
from site_builder.plans import load_families, run_examples
from site_builder.rendering import BundleLinks, SiteInput
from site_builder.rules import language_data

ROOT = Path(__file__).parents[2]
ON = date(2026, 6, 1)

SITE = """\
title: Our plans
base_url: https://plans.example.org/site/
languages: [fr, en]
families: [care]
"""

HOME = """\
---
title: {lang} title
description: A description
heading: A heading
lead: A lead
call: A call
caption: A caption
families_title: Families
choice: A choice
example: care/late
---

## One <b>reason</b>

First.

## Another

Second.
"""

PLANS = """\
family: care
country: CA
locales: {fr: fr-CA, en: en-CA}
currency: CAD
tax_region: CA-XX
vendor: {name: Vendor & Sons}
name: {fr: Soutien, en: Care}
summary: {fr: Un résumé, en: A summary}
support: {fr: Appelez, en: Call **us**}
next_step: {kind: order, label: {fr: Commander, en: Order}, text: {fr: Écrivez, en: Write}}
plans:
  basic:
    name: {fr: De base, en: Basic}
    unit: user
    price: [{from: 2026-01-01, amount: "0.00"}]
    buy: {}
  full:
    name: {fr: Complet, en: Full}
    audience: {fr: "Pour tous : oui ?", en: For everyone}
    unit: user
    term: {months: 12}
    proration: {basis: actual_days}
    price:
      - {from: 2026-01-01, amount: "120.00", illustrative: true}
      - {from: 2027-01-01, amount: "126.00"}
    notices: [{days_before: 60}, {days_before: 30}]
    options:
      training: {type: boolean, actions: [buy], label: {fr: Formation, en: Training}}
    buy: {}
    renewal:
      automatic: {billed_months_before: 1}
      windows:
        - {id: on_time, until_day: 0, starts: after_expiry, adjust: [{code: on_time_discount, percent: "-10"}]}
        - {id: grace, from_day: 1, until_day: 30, starts: on_purchase, ends: with_next_term}
        - {id: late, from_day: 31, until_day: 365, starts: on_purchase}
    addition: {billed: by_day}
  bank:
    name: {fr: Banque, en: Bank}
    unit: pack
    term: {months: 12}
    packs:
      2h: {name: {fr: 2 heures, en: 2 hours}, minutes: 120, price: [{from: 2026-01-01, amount: "198.00"}]}
      3h: {name: {fr: 3 heures, en: 3 hours}, minutes: 180, price: [{from: 2026-01-01, on_request: true}]}
      8h: {name: {fr: 8 heures, en: 8 hours}, minutes: 480, price: [{from: 2026-01-01, amount: "680.00"}]}
    buy: {}
comparison:
  groups:
    - id: help
      title: {fr: Aide, en: Help}
      rows:
        - id: mail
          title: {fr: Courriel, en: E-mail}
          cells: {basic: yes, full: yes, bank: yes}
        - id: phone
          title: {fr: Téléphone, en: Telephone}
          cells: {basic: no, full: ask, bank: {text: {fr: De 9 h à 17 h, en: 9 to 5}}}
          footnote: {fr: "Note *fr*", en: "Note <script>x</script>"}
        - id: unknown
          title: {fr: Inconnu, en: Unknown}
          cells: {basic: ask, full: ask, bank: ask}
        - id: cost
          title: {fr: Coût, en: Cost}
          cells: {basic: none, full: price, bank: price}
inclusions:
  - {id: answers, text: {fr: Des réponses, en: Answers}}
  - {id: calls, text: {fr: Des appels, en: Calls}, plans: [full]}
exclusions:
  - {id: repairs, text: {fr: Réparations, en: Repairs}, plans: [basic], answer: paid, plan: full}
terms:
  - {id: refunds, status: decision, text: {fr: Aucun remboursement, en: No refunds}}
readings:
  - {id: day-30, clauses: [full.renewal.windows.grace], text: {fr: Le jour 30 compte, en: Day 30 counts}}
examples:
  - id: late
    title: {fr: Dix jours de retard, en: Ten days late}
    request: {plan: care/full, action: renew, on: 2026-04-10, expiry: 2026-03-31, quantity: 5}
    expect: {window: grace}
  - id: nothing
    title: {fr: Rien à renouveler, en: Nothing to renew}
    request: {plan: care/basic, action: renew, on: 2026-04-10, expiry: 2026-03-31}
    expect: {errors: [action_not_offered]}
"""

REGIONS = """\
regions:
  CA-XX:
    name: {fr: Pays des taxes, en: Taxland}
    source: a law
    taxes:
      - {code: GST, rates: [{from: 2020-01-01, rate: "5"}]}
      - {code: QST, rates: [{from: 2020-01-01, rate: "9.975"}]}
  US:
    name: {fr: États-Unis, en: United States}
"""


def write_site(root: Path) -> None:
    """Write the sources of the small site below `root`."""
    files = {"plans/care.yaml": PLANS, "plans/regions/somewhere.yaml": REGIONS, "content/site.yaml": SITE}
    files |= {f"content/{lang}/home.md": HOME.format(lang=lang) for lang in ("fr", "en")}
    files |= {
        f"content/{lang}/about.md": f"---\ntitle: About {lang}\ndescription: d\n---\nText\n" for lang in ("fr", "en")
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@cache
def small_site() -> SiteInput:
    """The small site, loaded."""
    return made_site(PLANS)


def made_site(plans: str) -> SiteInput:
    """The small site with another plan file, loaded."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root)
        (root / "plans/care.yaml").write_text(plans, encoding="utf-8")
        config = load_config(root / "content/site.yaml", root)
        families = load_families(root / "plans", config.languages, root)
        content = load_content(root / "content", config.languages, root)
    languages = load_all()
    static = ROOT / "site_builder/static"
    return SiteInput(
        config,
        content,
        families,
        run_examples(families),
        languages,
        {lang: language_data(languages[lang], families) for lang in config.languages},
        {path.relative_to(static).as_posix(): path.read_bytes() for path in static.rglob("*") if path.is_file()},
        BundleLinks("assets/calculator/engine-1.js", "assets/calculator/manifest-1.json"),
        ON,
    )
