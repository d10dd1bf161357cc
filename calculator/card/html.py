"""The card as one HTML table: inline styles, literal colours, no picture, no script.

Every cell names its ground and its ink, so that a mail program that darkens mails changes both or neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from calculator.card.colours import Colours
from calculator.card.grid import Grid
from calculator.card.view import View, clipped

COLUMNS = 4
"""Columns of the table: labels span what figures leave."""

_FONT = "font-family:Arial,Helvetica,sans-serif"

_NEAR = "padding:4px 14px 4px 2px;"
"""For columns of prices: three of them and a date fit on a telephone."""

_ALIGN = {"": "", "right": "text-align:right;", "center": "text-align:center;"}


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes the parts of a table in the colours of a card."""

    colours: Colours

    @property
    def table(self) -> str:
        """The attributes of the table but its language."""
        line, ground = self.colours.line, self.colours.ground
        style = (
            f"width:100%;max-width:640px;border:1px solid {line};border-collapse:collapse;"
            f"background-color:{ground};color:{self.colours.ink};{_FONT};font-size:15px"
        )
        return f'cellpadding="0" cellspacing="0" bgcolor="{ground}" width="100%" style="{style}"'

    def cell(
        self, content: str, span: int = 1, style: str = "", *, head: str = "", align: str = "", band: bool = False
    ) -> str:
        """A cell; `head` makes it the head of its `row` or `col`, and `band` part of a band."""
        tag, ground = "th" if head else "td", self.colours.band if band else self.colours.ground
        scope = f' scope="{head}"' if head else ""
        colspan = f' colspan="{span}"' if span > 1 else ""
        css = f"{_ALIGN[align] or 'text-align:left;'}vertical-align:top;background-color:{ground};"
        css += f"color:{self.colours.ink};{'font-weight:normal;' if head else ''}padding:5px 14px;{style}"
        return f'<{tag}{scope}{colspan} bgcolor="{ground}" style="{css}">{content}</{tag}>'

    def priced(self, label: str, amount: str, style: str) -> str:
        """The cells of a label, which is HTML, and of an amount."""
        amounts = self.cell(escape(amount), 1, style, align="right")
        return self.cell(label, COLUMNS - 1, style, head="row") + amounts

    def title(self, text: str, under: str = "") -> str:
        """The row that begins a part."""
        return self.cell(_bold(text) + self.faint(under), COLUMNS, f"{self.above()}padding-top:10px;")

    def faint(self, text: str) -> str:
        """A remark on a line of its own; nothing where there is none."""
        return f'<br><span style="color:{self.colours.faint};font-size:13px">{escape(text)}</span>' if text else ""

    def link(self, href: str, text: str) -> str:
        """A link, or the bare text where there is no address."""
        if not href:
            return escape(text)
        return f'<a href="{escape(href)}" style="color:{self.colours.link}">{escape(text)}</a>'

    def above(self, pixels: int = 1) -> str:
        """The style of a line above a row."""
        return f"border-top:{pixels}px solid {self.colours.line};"


def html_table(view: View, with_cell_links: bool = True, most_notes: int = 12) -> str:
    """The card. Its language stands on the table itself, for it is pasted into mails of any language."""
    pen = _Pen(view.colours)
    rows = [
        *_head(view, pen),
        *_facts(view, pen),
        *_amounts(view, pen),
        *_after_total(view, pen),
        *(_grid(view, view.grid, pen, with_cell_links) if view.grid else ()),
        *_lists(view, pen, most_notes),
        *_foot(view, pen),
    ]
    open_tag = f'<table lang="{escape(view.sheet["lang"])}" {pen.table}>'
    return "".join([open_tag, *(f"\n<tr>{row}</tr>" for row in rows), "\n</table>"])


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def _head(view: View, pen: _Pen) -> Iterator[str]:
    window = view.sheet["window"]
    title = f'<b style="font-size:19px">{escape(view.sheet["title"])}</b>'
    under = " – ".join(text for text in (window["label"], window["detail"]) if text)
    edge = f"border-top:6px solid {pen.colours.edge};" if pen.colours.edge else ""
    yield pen.cell(title + pen.faint(under), COLUMNS, f"padding:14px;{edge}", band=True)


def _facts(view: View, pen: _Pen) -> Iterator[str]:
    for label, value in view.facts:
        name = pen.cell(escape(label), 2, f"color:{pen.colours.faint};", head="row")
        yield name + pen.cell(escape(value), 2)


def _amounts(view: View, pen: _Pen) -> Iterator[str]:
    """The lines with how they were worked out and their rules, then the totals."""
    for line in view.lines:
        rule = view.say("rule", rule=line["rule"]) if line["rule"] else ""
        label = escape(line["label"]) + pen.faint(line["detail"])
        if rule:
            link = pen.link(f"{view.address}#rule-{line['clause']}", rule)
            label += f'<br><span style="font-size:13px">{link}</span>'
        yield pen.priced(label, line["amount"], pen.above())
    if view.hidden:
        yield pen.priced(escape(view.hidden[0]), view.hidden[1], pen.above())
    for index, total in enumerate(view.sheet["totals"]):
        style = pen.above(2) if not index else ""
        if total["kind"] == "total":
            size = f"{style}font-size:17px;"
            label = pen.cell(_bold(total["label"]), COLUMNS - 1, size, head="row", band=True)
            yield label + pen.cell(_bold(total["amount"]), 1, size, align="right", band=True)
        else:
            yield pen.priced(escape(total["label"]), total["amount"], style)


def _after_total(view: View, pen: _Pen) -> Iterator[str]:
    """Until when it holds, that it is no invoice, and the way back to the calculator."""
    if view.fine_print:
        yield pen.cell(escape(" ".join(view.fine_print)), COLUMNS, "padding:8px 14px;")
    text, href = (view.say("open"), view.link) if view.link else (view.say("open_page"), view.address)
    yield pen.cell(f"<b>{pen.link(href, text)}</b>", COLUMNS, "padding:4px 14px 12px;")


def _grid(view: View, grid: Grid, pen: _Pen, with_links: bool) -> Iterator[str]:
    """The price by date: a row for each time, a column for each length."""
    first = COLUMNS - len(grid.lengths)
    total = next((row["label"] for row in view.sheet["totals"] if row["kind"] == "total"), "")
    yield pen.title(view.say("grid.title"), total)
    heads = [pen.cell(_bold(length), 1, _NEAR, head="col", align="right", band=True) for length in grid.lengths]
    yield pen.cell(escape(view.say("grid.when")), first, head="col", band=True) + "".join(heads)
    for moment in grid.moments:
        amounts = [
            pen.link(cell.link if with_links else "", cell.amount or view.say("grid.none")) for cell in moment.cells
        ]
        cells = [pen.cell(amount, 1, _NEAR, align="right") for amount in amounts]
        if len(grid.lengths) == 1:
            yield pen.cell(escape(moment.label) + pen.faint(moment.detail), first, head="row") + "".join(cells)
            continue
        # beside several prices, a telephone has no room for the name of a window
        yield pen.cell(escape(moment.label), first, head="row") + "".join(cells)
        if moment.detail:
            yield pen.cell(escape(moment.detail), COLUMNS, f"padding-top:0;color:{pen.colours.faint};font-size:13px;")
    if grid.more:
        yield pen.cell(escape(grid.more), COLUMNS, f"color:{pen.colours.faint};font-size:13px;")


def _lists(view: View, pen: _Pen, most: int) -> Iterator[str]:
    for part in ("entitlements", "deadlines", "notices", "notes"):
        entries: Sequence[dict[str, str]] = view.sheet[part][:most]
        if entries:
            yield pen.title(view.say(f"part.{part}"))
            yield pen.cell("<br>".join(_entry(entry) for entry in entries), COLUMNS, "padding:4px 14px 12px;")


def _entry(entry: dict[str, str]) -> str:
    when = f"<b>{escape(entry['when'])}</b> – " if "when" in entry else "• "
    return when + escape(clipped(entry["text"], 400))


def _foot(view: View, pen: _Pen) -> Iterator[str]:
    style = f"{pen.above()}color:{pen.colours.faint};font-size:12px;padding:10px 14px;"
    yield pen.cell(escape(view.edition), COLUMNS, style)
