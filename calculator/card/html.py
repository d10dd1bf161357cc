"""The card as one HTML table: inline styles, literal colours, no picture, no script.

Every cell names its ground and its ink, so that a mail program that darkens mails changes both or neither.
"""

from collections.abc import Iterator, Sequence
from html import escape

from calculator.card.grid import Grid
from calculator.card.view import View, clipped

COLUMNS = 4
"""Columns of the table: labels span what figures leave."""

INK, FAINT, GROUND, BAND, LINE, LINK = "#1c2733", "#4a5866", "#ffffff", "#eaf0f5", "#b9c4cf", "#0a4f96"

_FONT = "font-family:Arial,Helvetica,sans-serif"
_TABLE = (
    f"width:100%;max-width:640px;border:1px solid {LINE};border-collapse:collapse;"
    f"background-color:{GROUND};color:{INK};{_FONT};font-size:15px"
)

_NEAR = "padding:4px 14px 4px 2px;"
"""For columns of prices: three of them and a date fit on a telephone."""

_ALIGN = {"": "", "right": "text-align:right;", "center": "text-align:center;"}


def html_table(view: View, with_cell_links: bool = True, most_notes: int = 12) -> str:
    """The card. Its language stands on the table itself, for it is pasted into mails of any language."""
    rows = [
        *_head(view),
        *_facts(view),
        *_amounts(view),
        *_after_total(view),
        *(_grid(view, view.grid, with_cell_links) if view.grid else ()),
        *_lists(view, most_notes),
        *_foot(view),
    ]
    lang = escape(view.sheet["lang"])
    open_tag = f'<table lang="{lang}" cellpadding="0" cellspacing="0" bgcolor="{GROUND}" width="100%" style="{_TABLE}">'
    return "".join([open_tag, *(f"\n<tr>{row}</tr>" for row in rows), "\n</table>"])


def _cell(
    content: str, span: int = 1, style: str = "", *, head: str = "", align: str = "", ground: str = GROUND
) -> str:
    """A cell; `head` makes it the head of its `row` or `col`."""
    tag = "th" if head else "td"
    scope = f' scope="{head}"' if head else ""
    colspan = f' colspan="{span}"' if span > 1 else ""
    css = f"{_ALIGN[align] or 'text-align:left;'}vertical-align:top;background-color:{ground};color:{INK};"
    weight = "font-weight:normal;" if head else ""
    return f'<{tag}{scope}{colspan} bgcolor="{ground}" style="{css}{weight}padding:5px 14px;{style}">{content}</{tag}>'


def _faint(text: str) -> str:
    return f'<br><span style="color:{FAINT};font-size:13px">{escape(text)}</span>' if text else ""


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def _link(href: str, text: str) -> str:
    """A link, or the bare text where there is no address."""
    return f'<a href="{escape(href)}" style="color:{LINK}">{escape(text)}</a>' if href else escape(text)


def _head(view: View) -> Iterator[str]:
    window = view.sheet["window"]
    title = f'<b style="font-size:19px">{escape(view.sheet["title"])}</b>'
    under = " – ".join(text for text in (window["label"], window["detail"]) if text)
    yield _cell(title + _faint(under), COLUMNS, "padding:14px;", ground=BAND)


def _facts(view: View) -> Iterator[str]:
    for label, value in view.facts:
        yield _cell(escape(label), 2, f"color:{FAINT};", head="row") + _cell(escape(value), 2)


def _amounts(view: View) -> Iterator[str]:
    """The lines with how they were worked out and their rules, then the totals."""
    above = f"border-top:1px solid {LINE};"
    for line in view.lines:
        rule = view.say("rule", rule=line["rule"]) if line["rule"] else ""
        label = escape(line["label"]) + _faint(line["detail"])
        if rule:
            label += f'<br><span style="font-size:13px">{_link(f"{view.address}#rule-{line['clause']}", rule)}</span>'
        yield _priced(label, line["amount"], above)
    if view.hidden:
        yield _priced(escape(view.hidden[0]), view.hidden[1], above)
    for index, total in enumerate(view.sheet["totals"]):
        style = f"border-top:2px solid {LINE};" if not index else ""
        if total["kind"] == "total":
            size = f"{style}font-size:17px;"
            label = _cell(_bold(total["label"]), COLUMNS - 1, size, head="row", ground=BAND)
            yield label + _cell(_bold(total["amount"]), 1, size, align="right", ground=BAND)
        else:
            yield _priced(escape(total["label"]), total["amount"], style)


def _priced(label: str, amount: str, style: str) -> str:
    return _cell(label, COLUMNS - 1, style, head="row") + _cell(escape(amount), 1, style, align="right")


def _after_total(view: View) -> Iterator[str]:
    """Until when it holds, that it is no invoice, and the way back to the calculator."""
    if view.fine_print:
        yield _cell(escape(" ".join(view.fine_print)), COLUMNS, "padding:8px 14px;")
    text, href = (view.say("open"), view.link) if view.link else (view.say("open_page"), view.address)
    yield _cell(f"<b>{_link(href, text)}</b>", COLUMNS, "padding:4px 14px 12px;")


def _title(text: str) -> str:
    return _cell(_bold(text), COLUMNS, f"border-top:1px solid {LINE};padding-top:10px;")


def _grid(view: View, grid: Grid, with_links: bool) -> Iterator[str]:
    """The price by date: a row for each time, a column for each length."""
    first = COLUMNS - len(grid.lengths)
    total = next((row["label"] for row in view.sheet["totals"] if row["kind"] == "total"), "")
    yield _cell(
        _bold(view.say("grid.title")) + _faint(total), COLUMNS, f"border-top:1px solid {LINE};padding-top:10px;"
    )
    heads = [_cell(_bold(length), 1, _NEAR, head="col", align="right", ground=BAND) for length in grid.lengths]
    yield _cell(escape(view.say("grid.when")), first, head="col", ground=BAND) + "".join(heads)
    for moment in grid.moments:
        cells = [
            _cell(
                _link(cell.link if with_links else "", cell.amount) if cell.amount else escape(view.say("grid.none")),
                1,
                _NEAR,
                align="right",
            )
            for cell in moment.cells
        ]
        yield _cell(escape(moment.label) + _faint(moment.detail), first, head="row") + "".join(cells)
    if grid.more:
        yield _cell(escape(grid.more), COLUMNS, f"color:{FAINT};font-size:13px;")


def _lists(view: View, most: int) -> Iterator[str]:
    for part in ("entitlements", "deadlines", "notices", "notes"):
        entries: Sequence[dict[str, str]] = view.sheet[part][:most]
        if entries:
            yield _title(view.say(f"part.{part}"))
            yield _cell("<br>".join(_entry(entry) for entry in entries), COLUMNS, "padding:4px 14px 12px;")


def _entry(entry: dict[str, str]) -> str:
    when = f"<b>{escape(entry['when'])}</b> – " if "when" in entry else "• "
    return when + escape(clipped(entry["text"], 400))


def _foot(view: View) -> Iterator[str]:
    style = f"border-top:1px solid {LINE};color:{FAINT};font-size:12px;padding:10px 14px;"
    yield _cell(escape(view.edition), COLUMNS, style)
