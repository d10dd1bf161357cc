"""Makes a site of any size for the comparison: families of five plans, twenty rows with Markdown footnotes.

The same plan files are what Clairplan and Hugo read: Hugo gets them as its data.
"""

from pathlib import Path

PLANS = ("basic", "silver", "gold", "team", "premium")
ROWS = 20
LANGUAGES = {"fr": "fr-CA", "en": "en-CA"}
TITLE, URL = "Many plans", "https://plans.example/"


def write_plans(folder: Path, families: int) -> None:
    """Write `families` plan files and a file of regions into `folder`."""
    (folder / "regions").mkdir(parents=True)
    (folder / "regions" / "world.yaml").write_text("regions:\n  US: {name: {fr: États-Unis, en: United States}}\n")
    for number in range(families):
        (folder / f"family-{number:04}.yaml").write_text(family(number, f"{120 + number}.00"))


def write_content(folder: Path) -> None:
    """Write the smallest content: the settings, and a home page in each language."""
    folder.mkdir()
    languages = ", ".join(LANGUAGES)
    settings = f"title: {TITLE}\nbase_url: {URL}\nlanguages: [{languages}]\n"
    (folder / "site.yaml").write_text(settings)
    keys = ("title", "description", "heading", "lead", "call", "caption", "families_title", "choice")
    front = "".join(f"{key}: The {key} of a page\n" for key in keys)
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "home.md").write_text(f"---\n{front}---\n\n## A heading\n\nA paragraph.\n")


def family(number: int, price: str) -> str:
    """The plan file of one family; `price` is that of its dearest plan."""
    head = [
        f"family: family-{number:04}",
        "country: CA",
        "locales: {fr: fr-CA, en: en-CA}",
        "currency: CAD",
        f'vendor: {{name: "Maker {number}"}}',
        f'name: {{fr: "Forfaits {number}", en: "Plans {number}"}}',
        f'summary: {{fr: "Cinq forfaits de soutien pour le logiciel {number}.", '
        f'en: "Five support plans for software {number}."}}',
        "plans:",
    ]
    plans = [line for index, plan in enumerate(PLANS) for line in _plan(number, plan, index, price)]
    rows = [line for row in range(ROWS) for line in _row(number, row)]
    return "\n".join([*head, *plans, "comparison:", "  groups:", *rows]) + "\n"


def _plan(number: int, plan: str, index: int, price: str) -> list[str]:
    amount = price if plan == PLANS[-1] else f"{20 * (index + 1) + number % 20}.00"
    return [
        f"  {plan}:",
        f'    name: {{fr: "Forfait {plan}", en: "Plan {plan}"}}',
        f'    summary: {{fr: "Le soutien de niveau {index}.", en: "Support of level {index}."}}',
        "    unit: user",
        "    term: {months: 12}",
        f'    price: [{{from: 2026-01-01, amount: "{amount}"}}]',
        "    buy: {starts: on_purchase}",
        "    renewal:",
        "      windows:",
        "        - {id: on_time, until_day: 0, starts: after_expiry}",
        "        - {id: late, from_day: 1, starts: on_purchase}",
    ]


def _row(number: int, row: int) -> list[str]:
    group = [
        f"    - id: group-{row // 5}",
        f'      title: {{fr: "Groupe {row // 5}", en: "Group {row // 5}"}}',
        "      rows:",
    ]
    cells = ", ".join(f"{plan}: {_cell(row, index)}" for index, plan in enumerate(PLANS))
    link = f"[%s](https://plans.example/{number}/{row})"
    return [
        *(group if row % 5 == 0 else []),
        f"        - id: row-{row}",
        f'          title: {{fr: "Ligne {row}", en: "Row {row}"}}',
        f"          cells: {{{cells}}}",
        "          footnote:",
        f'            fr: "La ligne **{row}** du forfait *{number}* suit la règle `r-{row}` : {link % "détails"}."',
        f'            en: "Row **{row}** of plan *{number}* follows the rule `r-{row}`: {link % "details"}."',
    ]


def _cell(row: int, index: int) -> str:
    if (row + index) % 3 == 0:
        return f'{{text: {{fr: "{row + index} heures", en: "{row + index} hours"}}}}'
    return ("yes", "no", "ask")[(row * index) % 3]
