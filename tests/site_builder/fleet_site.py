"""A family that counts vehicles: two plans of different lengths, a fee with every order, and fees for being late."""

from functools import cache

from site_builder.rendering import SiteInput, render_site
from tests.site_builder.small_site import made_site

FLEET = """\
family: care
country: CA
locales: {fr: fr-CA, en: en-CA}
currency: CAD
tax_region: CA-XX
vendor: {name: Tidewater}
name: {fr: Entretien du parc, en: Fleet care}
summary: {fr: Un résumé, en: A summary}
next_step: {kind: write, label: {fr: Écrire, en: Write}}
plans:
  standard:
    name: {fr: Standard, en: Standard}
    unit: vehicle
    term: {months: 12}
    price:
      - {from: 2026-01-01, amount: "96.00"}
      - {from: 2027-01-01, amount: "99.00"}
    notices: [{days_before: 45}, {days_before: 15}]
    buy: {starts: on_purchase}
    renewal:
      lengths: {min_months: 12}
      windows:
        - {id: on_time, until_day: 0, starts: after_expiry, adjust: [{code: on_time_discount, percent: "-5"}]}
        - {id: grace, from_day: 1, until_day: 20, starts: after_expiry}
        - id: late
          from_day: 21
          until_day: 60
          starts: on_purchase
          adjust:
            - {code: late_fee, title: {fr: Frais de retard, en: Late fee}, fee: [{from: 2026-01-01, amount: "35.00"}]}
    extension: {billed: by_month}
    addition: {billed: by_day}
  premium:
    name: {fr: Supérieur, en: Premium}
    unit: vehicle
    term: {months: 3}
    price: [{from: 2026-01-01, amount: "45.00"}]
    options:
      swap: {type: boolean, actions: [buy, renew], label: {fr: Échange sur place, en: On-site swap}}
      paid: {type: boolean, actions: [buy, renew], label: {fr: Frais déjà payés, en: Fee already paid}}
    buy:
      starts: on_purchase
      adjust:
        - {code: swap, title: {fr: Échange, en: Swap}, percent: "18", when: {swap: true}}
        - {code: activation_fee, title: {fr: Frais d’activation, en: Activation fee}, per: quote, when: {paid: false},
           fee: [{from: 2026-01-01, amount: "120.00"}]}
    renewal:
      adjust:
        - {code: swap, title: {fr: Échange, en: Swap}, percent: "18", when: {swap: true}}
        - {code: activation_fee, title: {fr: Frais d’activation, en: Activation fee}, per: quote,
           fee: [{from: 2026-01-01, amount: "120.00"}]}
      windows:
        - {id: on_time, until_day: 0, starts: after_expiry, adjust: [{code: on_time_discount, percent: "-5"}]}
        - {id: grace, from_day: 1, until_day: 20, starts: after_expiry}
        - id: late
          from_day: 21
          until_day: 60
          starts: on_purchase
          adjust:
            - {code: late_fee, title: {fr: Frais de retard, en: Late fee}, fee: [{from: 2026-01-01, amount: "35.00"}]}
    addition: {billed: by_day}
units:
  vehicle:
    fr: {one: véhicule, other: véhicules}
    en: {one: vehicle, other: vehicles}
inclusions:
  - {id: updates, text: {fr: Les mises à jour., en: Updates.}}
  - {id: trackers, text: {fr: Les balises., en: Trackers.}, plans: [premium]}
exclusions:
  - {id: installation, text: {fr: L’installation., en: Installation.}, answer: paid}
terms:
  - {id: refunds, status: decision, text: {fr: Aucun remboursement, en: No refunds}}
readings:
  - {id: day-20, clauses: [standard.renewal.windows.grace], text: {fr: Le jour 20 compte, en: Day 20 counts}}
examples:
  - id: late
    title: {fr: En retard, en: Late}
    request: {plan: care/standard, action: renew, on: 2026-12-28, expiry: 2026-12-01, quantity: 10}
    expect: {window: late, subtotal: "1310.00"}
"""


@cache
def fleet_site(**changes: str) -> SiteInput:
    """The site of the family; each change is a text of its file and what stands there instead."""
    plans = FLEET
    for old, new in zip(changes["old"].split("|"), changes["new"].split("|"), strict=True) if changes else ():
        assert old in plans, old
        plans = plans.replace(old, new)
    return made_site(plans)


@cache
def fleet_files() -> dict[str, str]:
    """The site's pages, with ordinary spaces."""
    made = render_site(fleet_site())
    pages = {name: data.decode() for name, data in made.items() if name.endswith((".html", ".atom"))}
    return {name: text.replace("\u00a0", " ").replace("\u202f", " ") for name, text in pages.items()}
