"""The card as plain text: all that the table says, links included, in lines that mail programs leave alone."""

from collections.abc import Iterator

from calculator.card.grid import Grid
from calculator.card.sheet_text import WIDTH, amount_row, columns, item, ruled, wrapped
from calculator.card.view import View

INDENT = "  "


def card_text(view: View) -> str:
    """The card, at most 72 columns wide but for addresses and single words; ends with a line feed."""
    return "\n".join(line.rstrip() for line in _lines(view)) + "\n"


def _lines(view: View) -> Iterator[str]:
    sheet = view.sheet
    yield sheet["title"]
    yield "=" * columns(sheet["title"])
    for text in (sheet["window"]["label"], sheet["window"]["detail"]):
        if text:
            yield from wrapped(text)
    yield ""
    for label, value in view.facts:
        yield from item(value, f"{label}{view.speech.texts.formats['colon']} ")
    yield from _amounts(view)
    yield ""
    for text in view.fine_print:
        yield from wrapped(text)
    if view.fine_print:
        yield ""
    yield view.say("open") if view.link else view.say("open_page")
    yield f"<{view.link or view.address}>"
    if view.grid:
        yield from _grid(view, view.grid)
    for part in ("entitlements", "deadlines", "notices", "notes"):
        if sheet[part]:
            yield from ("", *_title(view.say(f"part.{part}")))
        for entry in sheet[part]:
            yield from item(f"{entry['when']} – {entry['text']}" if "when" in entry else entry["text"])
    yield ""
    yield from wrapped(view.edition)


def _title(text: str) -> tuple[str, str]:
    return text, "-" * columns(text)


def _amounts(view: View) -> Iterator[str]:
    if view.lines or view.sheet["totals"]:
        yield ruled()
    for row in view.lines:
        rule = view.say("rule", rule=row["rule"]) if row["rule"] else ""
        yield from amount_row(row["label"], row["amount"])
        for text in (row["detail"], rule):
            if text:
                yield from (INDENT + line for line in wrapped(text, 54))
    if view.hidden:
        yield from amount_row(*view.hidden)
    if view.sheet["totals"]:
        yield ruled()
    for row in view.sheet["totals"]:
        yield from amount_row(row["label"], row["amount"])


def _grid(view: View, grid: Grid) -> Iterator[str]:
    """Each time with its prices below it, each with the address that opens it."""
    yield from ("", *_title(view.say("grid.title")))
    for moment in grid.moments:
        yield from wrapped(f"{moment.label} – {moment.detail}" if moment.detail else moment.label)
        for length, cell in zip(grid.lengths, moment.cells, strict=True):
            rows = amount_row(length, cell.amount or view.say("grid.none"), WIDTH - len(INDENT))
            yield from (INDENT + line for line in rows)
            if cell.link:
                yield f"{INDENT}<{cell.link}>"
    if grid.more:
        yield from wrapped(grid.more)
