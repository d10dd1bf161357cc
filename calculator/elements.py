"""A worded quote and the tables below it as elements of a page: `[tag, attributes, children…]`, a text being itself.

Decides what stands in which element, so that the page's script only makes what it is told, without knowing a quote.
`templates/sheet.j2` makes the same sheet at build: change both together.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from calculator.errors import Json
from calculator.wording.speech import Speech

type Data = Mapping[str, Any]
type Element = list[Json]
type Child = Element | str

HEADED = ("entitlements", "deadlines", "notices", "notes")
"""The lists of a sheet, in their order."""


def element(tag: str, look: str, *children: Child | None, **attributes: str) -> Element:
    """An element of that class; children that are empty are left out."""
    named: dict[str, Json] = {"class": look} if look else {}
    return [tag, named | attributes, *(child for child in children if child)]


def sheet_elements(sheet: Data, speech: Speech, reference: str, page: str = "") -> Element:
    """The sheet of a quote; `page` is the address of the page that holds the rules, empty for the one it stands on."""
    window = sheet["window"]
    tag = "late" if window["code"].startswith("late") else window["code"]
    head = element(
        "div",
        "sheet-head",
        element("h3", "sheet-title", sheet["title"]),
        element("span", f"tag {tag}", window["label"]) if window["label"] else None,
    )
    facts = [
        element("div", "", element("dt", "", fact["label"]), element("dd", "", fact["value"]))
        for fact in sheet["facts"]
    ]
    more = [_headed(speech.say(f"mail.part.{part}"), sheet[part]) for part in HEADED]
    return element(
        "div",
        "sheet",
        head,
        element("p", "sheet-detail", window["detail"]) if window["detail"] else None,
        element("dl", "sheet-facts", *facts),
        _lines(sheet, page),
        element("div", "sheet-more", _validity(sheet), *more, _rules(sheet, speech)),
        _foot(sheet, speech, reference),
        lang=sheet["lang"],
    )


def _validity(sheet: Data) -> Element | None:
    return element("p", "sheet-validity", sheet["validity"]) if sheet["validity"] else None


def _lines(sheet: Data, page: str) -> Element | None:
    """The lines, then the totals; nothing for a status."""
    rows = [*(_line(row, page) for row in sheet["rows"])]
    for index, total in enumerate(sheet["totals"]):
        first = "" if index else " first-total"
        head = element("th", "", total["label"], scope="row")
        rows.append(
            element("tr", f"{total['kind']}{first}", head, element("td", "", element("span", "", total["amount"])))
        )
    caption = element("caption", "visually-hidden", sheet["title"])
    return element("table", "sheet-lines", caption, element("tbody", "", *rows)) if rows else None


def _line(row: Data, page: str) -> Element:
    head: list[Child] = [row["label"]]
    if row["detail"]:
        head += [" ", element("span", "line-detail", row["detail"])]
    if row["rule"]:
        mark: Element = ["span", {"aria-hidden": "true"}, "§ "]
        head += [" ", element("a", "line-rule", mark, row["rule"], href=f"{page}#rule-{row['clause']}")]
    return element("tr", "", element("th", "", *head, scope="row"), element("td", "", row["amount"]))


def _headed(title: str, items: Iterable[Data]) -> Element | None:
    entries = [
        element("li", "", element("time", "", item["when"], datetime=item["date"]), " ", item["text"])
        if "date" in item
        else element("li", "", item["text"])
        for item in items
    ]
    return element("div", "", element("h4", "", title), element("ul", "", *entries)) if entries else None


def _rules(sheet: Data, speech: Speech) -> Element | None:
    """The rules behind the lines in full, for paper, where no link leads to them."""
    clauses = {clause: speech.clause(clause) for clause in (row["clause"] for row in sheet["rows"])}
    said = [
        element("li", "", element("strong", "", str(words["title"])), " ", str(words["text"]))
        for words in clauses.values()
        if words.get("title") and words.get("text")
    ]
    title = element("h4", "", speech.say("explore.rules"))
    return element("div", "contract-only", title, element("ul", "", *said)) if said else None


def _foot(sheet: Data, speech: Speech, reference: str) -> Element | None:
    """That it is no invoice, and the reference under which two people find the same quote."""
    if not sheet["totals"]:
        return None
    told = speech.say("explore.reference", {"reference": reference})
    return element("p", "sheet-reference", f"{speech.say('mail.estimate')} {told}")


def table_elements(table: Data) -> Element:
    """A table of `explore`: the label of a row opens its request; a sentence instead of figures spans their columns."""
    heads = [element("th", "", head, scope="col") for head in table["head"]]
    rows = [_row(row, len(table["head"]) - 1) for row in table["rows"]]
    title = f"explore-{table['id']}"
    return element(
        "section",
        "explore",
        element("h3", "", table["title"], id=title),
        element("p", "soft small", table["lead"]),
        element("table", "explore-table", element("thead", "", element("tr", "", *heads)), element("tbody", "", *rows)),
        **{"aria-labelledby": title},
    )


def _row(row: Data, columns: int) -> Element:
    label: Child = element("a", "", row["label"], href=row["link"]) if row["link"] else row["label"]
    detail = element("span", "line-detail", row["detail"]) if row["detail"] else None
    sentence = len(row["cells"]) < columns
    cells = [element("td", "sentence", *row["cells"], colspan=str(columns))] if sentence else [
        element("td", "", cell) for cell in row["cells"]
    ]  # fmt: skip
    return element("tr", "", element("th", "", label, detail, scope="row"), *cells)
