"""A card, laid out twice and never larger than a mail should be."""

from dataclasses import dataclass

from calculator.card.html import html_table
from calculator.card.text import card_text
from calculator.card.view import Answer, LinkTo, Order, View, limited, look
from calculator.plan import Catalogue

MAX_BYTES = 20_000
"""Bytes of the HTML; a large mail program hides what comes after 102,400."""

_STEPS = ((14, True, 12), (14, False, 12), (6, False, 4), (3, False, 1))
"""Lines, links in the grid, and entries of a list: what is given up, step by step, until the card is small enough."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card in both forms, and a subject for a mail about it."""

    html: str
    text: str
    subject: str
    lang: str


def render(catalogue: Catalogue, answer: Answer, order: Order, link_to: LinkTo) -> Card:
    """The card of an answered request. Raises MailError where seller or reference do not fit on a line."""
    whole = look(catalogue, answer, order, link_to)
    for most_lines, cell_links, entries in _STEPS:
        view = limited(whole, answer, most_lines)
        html = html_table(view, cell_links, entries)
        if len(html.encode()) <= MAX_BYTES:
            break
    return Card(html, card_text(view), _subject(view), view.sheet["lang"])


def _subject(view: View) -> str:
    total = next((row["amount"] for row in view.sheet["totals"] if row["kind"] == "total"), "")
    title = view.sheet["title"]
    return view.say("subject", title=title, total=total) if total else str(title)
