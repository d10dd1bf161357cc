"""A small catalogue for tests, as files: a valid plan file, and folders made of texts."""

from pathlib import Path

SMALL = """\
family: small
country: CA
locales: {fr: fr-CA, en: en-CA}
vendor: {name: Small Inc.}
name: {fr: Petit, en: Small}
summary: {fr: Un petit contrat., en: A small contract.}
support: {fr: Appelez-nous., en: Call us.}
next_step: {kind: call, label: {fr: Appeler, en: Call}}
currency: CAD
tax_region: CA-QC
plans:
  care:
    name: {fr: Soins, en: Care}
    summary: {fr: L’essentiel., en: The essentials.}
    audience: {fr: Pour tous., en: For everyone.}
    unit: user
    term: {months: 12}
    price:
      - {from: 2026-01-01, amount: 120.00}
    options:
      training:
        {type: choice, choices: [remote, site], actions: [buy], label: {fr: Formation, en: Training},
         help: {fr: "Où?", en: "Where?"}, words: {remote: {fr: À distance, en: Remote}, site: {fr: Ici, en: Here}}}
    entitlements:
      - {code: support_time_per_day, minutes: 30, per: unit}
    buy: {title: {fr: Achat, en: Purchase}}
    renewal:
      windows:
        - id: on_time
          until_day: 0
          starts: after_expiry
          adjust: [{code: on_time_discount, percent: "-10", text: {fr: Merci., en: Thanks.}}]
        - {id: grace, from_day: 1, until_day: 30, starts: on_purchase, ends: with_next_term}
        - {id: late, from_day: 31, starts: on_purchase}
  bank:
    name: {fr: Banque, en: Bank}
    unit: pack
    packs:
      2h: {name: {fr: 2 heures, en: 2 hours}, minutes: 120, price: [{from: 2026-01-01, amount: "198.00"}]}
    buy: {}
units:
  pack: {fr: {one: banque, other: banques}, en: {one: bank, other: banks}}
comparison:
  groups:
    - id: time
      title: {fr: Temps, en: Time}
      rows:
        - id: support
          title: {fr: Soutien, en: Support}
          cells: {bank: {text: {fr: Deux heures, en: Two hours}}, care: yes}
          footnote: {fr: Par an., en: A year.}
        - {id: cost, title: {fr: Prix, en: Price}, cells: {care: price, bank: ask}}
inclusions:
  - {id: help, text: {fr: Aide, en: Help}}
exclusions:
  - {id: moves, text: {fr: Déménagements, en: Moves}, plans: [care], answer: paid, plan: bank}
terms:
  - {id: refunds, status: decision, text: {fr: Aucun., en: None.}}
readings:
  - {id: day-30, clauses: [care.renewal.windows.grace], days_late: [30], text: {fr: Compris., en: Inside.}}
examples:
  - id: ten-days-late
    title: {fr: Dix jours de retard, en: Ten days late}
    request: {plan: small/care, action: renew, on: 2026-04-10, expiry: 2026-03-31, quantity: 5, region: US}
    expect: {window: grace, total: "585.21", end: 2027-03-31, days: 356, valid_until: 2026-04-10}
"""

REGIONS = """\
regions:
  CA-QC:
    name: {fr: Québec, en: Quebec}
    taxes: [{code: GST, rates: [{from: 2008-01-01, rate: "5"}]}]
    source: Excise Tax Act
  US: {}
"""


def write_plans(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write the files, by default the small catalogue, below `root`/plans, and give that folder."""
    plans = root / "plans"
    for name, text in ({"small.yaml": SMALL, "regions/some.yaml": REGIONS} if files is None else files).items():
        path = plans / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return plans


def with_changes(*changes: tuple[str, str]) -> str:
    """The small plan file with each first text replaced by the second."""
    text = SMALL
    for old, new in changes:
        assert old in text, f"{old!r} is not in the plan file"
        text = text.replace(old, new, 1)
    return text
