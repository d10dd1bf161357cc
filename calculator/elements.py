"""A worded quote and what stands below it as elements of a page: `[tag, attributes, children…]`, a text being itself.

Decides what stands in which element, so that the page's script only makes what it is told, without knowing a quote.
`templates/sheet.j2` makes the same sheet at build: change both together. Timelines are made here for both.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculator.errors import Json
from calculator.plan import window_kind
from calculator.wording.speech import Speech

type Data = Mapping[str, Any]
type Element = list[Json]
type Child = Element | str

HEADED = ("entitlements", "deadlines", "notices", "notes")
"""The lists of a sheet, in their order."""


@dataclass(frozen=True, slots=True)
class Own:
    """What tells a quote from all others: its reference, the edition it was made with, the address that opens it."""

    reference: str
    fingerprint: str = ""
    link: str = ""


def element(tag: str, look: str, *children: Child | None, **attributes: str) -> Element:
    """An element of that class; children that are empty are left out."""
    named: dict[str, Json] = {"class": look} if look else {}
    return [tag, named | attributes, *(child for child in children if child)]


def sheet_elements(sheet: Data, speech: Speech, own: Own, page: str = "") -> Element:
    """The sheet of a quote; `page` is the address of the page that holds the rules, empty for the one it stands on."""
    window = sheet["window"]
    tag = window_kind(window["code"])
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
        _letterhead(speech),
        head,
        element("p", "sheet-detail", window["detail"]) if window["detail"] else None,
        element("dl", "sheet-facts", *facts),
        _lines(sheet, speech, page),
        element("div", "sheet-more", _validity(sheet), *more, _rules(sheet, speech)),
        _foot(sheet, speech, own),
        lang=sheet["lang"],
    )


def _validity(sheet: Data) -> Element | None:
    return element("p", "sheet-validity", sheet["validity"]) if sheet["validity"] else None


def _letterhead(speech: Speech) -> Element | None:
    """On paper, where no page around it says so: whose plans these are."""
    vendor, name = (str(speech.family.get(key, "")) for key in ("vendor", "name"))
    named = element("strong", "", vendor) if vendor else None
    return element("p", "paper-only letterhead", named, " " if named else None, name) if name else None


def _lines(sheet: Data, speech: Speech, page: str) -> Element | None:
    """The lines, then the totals; nothing for a status."""
    rows = [*(_line(row, speech, page) for row in sheet["rows"])]
    for index, total in enumerate(sheet["totals"]):
        first = "" if index else " first-total"
        head = element("th", "", total["label"], scope="row")
        rows.append(
            element("tr", f"{total['kind']}{first}", head, element("td", "", element("span", "", total["amount"])))
        )
    caption = element("caption", "visually-hidden", sheet["title"])
    return element("table", "sheet-lines", caption, element("tbody", "", *rows)) if rows else None


def _line(row: Data, speech: Speech, page: str) -> Element:
    head: list[Child] = [row["label"]]
    if row["detail"]:
        head += [" ", element("span", "line-detail", row["detail"])]
    if row["rule"]:
        mark: Element = ["span", {"aria-hidden": "true"}, "§ "]
        named = row["rule"] if row["rule"] != row["label"] else speech.say("timeline.rule")
        head += [" ", element("a", "line-rule", mark, named, href=f"{page}#rule-{row['clause']}")]
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


def _foot(sheet: Data, speech: Speech, own: Own) -> Element | None:
    """That it is no invoice, and the reference under which two people find the same quote; on paper also how."""
    if not sheet["totals"]:
        return None
    told = speech.say("explore.reference", {"reference": own.reference})
    more: Child = ""
    if own.link:
        edition = speech.say("mail.edition", {"fingerprint": own.fingerprint})
        more = element("span", "paper-only", f" {edition} ", element("a", "", own.link, href=own.link))
    return element("p", "sheet-reference", f"{speech.say('mail.estimate')} {told}", more)


def table_elements(table: Data) -> Element:
    """A table of `explore`: the label of a row opens its request; a sentence instead of figures spans their columns."""
    heads = [element("th", "", head, scope="col") for head in table["head"]]
    rows = [_row(row, len(table["head"]) - 1) for row in table["rows"]]
    title = f"explore-{table['id']}"
    return element(
        "section",
        f"explore {title}",
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


SVG = "http://www.w3.org/2000/svg"
_WORD = Decimal(18)
"""Per cent of the line that the word of the last covered day takes on a wide page."""


def picture(line: Data) -> Element:
    """The picture of a timeline (see `timeline.line`): places in per cent of the width; letters keep their size.

    Heights are in tenths of an em: the asked day above the notices, the bands, and the days below them. The words
    beside the picture say all that it shows, so that it is hidden from those who hear the page.
    """
    kinds = {mark["kind"] for mark in line["marks"]}
    notices = 22 if "now" in kinds else 0
    bar = notices + (26 if kinds & {"notice", "billing"} else 4)
    bands = [
        element(
            "rect", f"bar-{band['style']}", x=f"{band['x']}%", width=f"{band['width']}%", y=_em(bar), height="1.7em"
        )
        for band in line["bands"]
    ]
    low = 13 if _crowded(line["marks"]) else 0
    marks = [part for mark in line["marks"] for part in _mark(mark, notices, bar, low)]
    return element(
        "svg", "timeline-picture", *bands, *marks, xmlns=SVG, height=_em(bar + 44 + low), **{"aria-hidden": "true"}
    )


def _crowded(marks: Iterable[Data]) -> bool:
    """Whether the word of the last covered day needs a row of its own, below that of the day before it."""
    expiry = [Decimal(mark["x"]) for mark in marks if mark["kind"] == "expiry"]
    before = [Decimal(mark["x"]) for mark in marks if mark["kind"] == "before" and mark["label"]]
    return bool(expiry and before) and expiry[0] - max(before) < _WORD


def _em(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}em"


def _mark(mark: Data, notices: int, bar: int, low: int) -> Iterable[Element]:
    """A dot above the bands for a notice, a line through them for the last covered day and for the asked one."""
    kind, x = mark["kind"], f"{mark['x']}%"
    below = _em(bar + 36)
    if kind in ("notice", "billing"):
        yield _upright("tick", x, notices + 19, bar + 17)
        yield element("circle", kind, cx=x, cy=_em(notices + 18), r="0.4em")
        yield from _word(mark, _em(notices + 9), "middle")
    elif kind == "now":
        yield _upright("now", x, 14, bar + 17)
        yield from _word(mark, "1.0em", _anchor(mark["x"]))
    elif kind == "expiry":
        yield _upright("expiry", x, bar - 4, bar + 38 + low)
        yield from _word(mark, _em(bar + 36 + low), "end")
    elif kind == "before":
        yield _upright("tick", x, bar + 17, bar + 23)
        yield from _word(mark, below, "end")
    else:
        yield _upright("tick", x, bar + 17, bar + 23)
        yield from _word(mark, below, _anchor(mark["x"]))


def _upright(look: str, x: str, top: int, bottom: int) -> Element:
    return element("line", look, x1=x, x2=x, y1=_em(top), y2=_em(bottom))


def _anchor(x: str) -> str:
    """Words near an end of the line stay inside the picture."""
    place = int(x.partition(".")[0])
    return "start" if place < 12 else "end" if place > 88 else "middle"


def _word(mark: Data, y: str, anchor: str) -> Iterable[Element]:
    if mark["label"]:
        look = f"{mark['kind']}-label"
        # the word of the last covered day ends a little before its line
        shift = {"dx": "-0.6em"} if mark["kind"] == "expiry" else {}
        yield element("text", look, mark["label"], x=f"{mark['x']}%", y=y, **shift, **{"text-anchor": anchor})


def bands(line: Data, speech: Speech, texts: Callable[[str], Iterable[str]] = lambda _: ()) -> Element:
    """The bands of a timeline in words, in the columns of its picture; `texts` are further sentences for a clause."""
    entries = [_band(band, speech, texts(band["clause"])) for band in line["bands"]]
    return element("ol", f"timeline-bands bands-{line['columns']}", *entries)


def _band(band: Data, speech: Speech, texts: Iterable[str]) -> Element:
    read = speech.say("timeline.rule")
    link = element(
        "a", "", read, element("span", "visually-hidden", f" {band['label']}"), href=f"#rule-{band['clause']}"
    )
    now = element("span", f"tag {band['style']}", speech.say("timeline.here")) if band.get("now") else None
    return element(
        "li",
        f"{band['style']} now" if now else band["style"],
        element("h4", "", band["label"], " " if now else None, now),
        element("p", "when", band["when"]),
        element("p", "effect", band["effect"]),
        element("p", "price", band["price"]) if band.get("price") else None,
        *(element("p", "said", text) for text in texts),
        element("p", "rule-link", link) if band["clause"] else None,
    )


def timeline_elements(line: Data, speech: Speech) -> Element:
    """A timeline with dates, as `timeline.timeline` gives it: the picture, the bands in words, the days to remember."""
    days = [
        element("li", "", element("time", "", day["when"], datetime=day["date"]), " ", day["text"])
        for day in line["dates"]
    ]
    return element(
        "section",
        "explore timeline",
        element("h3", "", line["title"], id="explore-timeline"),
        element("p", "soft small", line["lead"]),
        picture(line),
        bands(line, speech),
        element("ul", "timeline-dates", *days) if days else None,
        **{"aria-labelledby": "explore-timeline"},
    )
