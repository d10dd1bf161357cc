"""What stands on a card: the worded sheet, who writes to whom, the price by date, and the links that open them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from calculator.card.colours import Colours, colours_of
from calculator.card.grid import Grid, price_by_date
from calculator.card.headers import plain_line
from calculator.card.sheet_text import Sheet
from calculator.money import add_up, amount_text
from calculator.plan import Catalogue
from calculator.wording.speech import Speech, speech_for

MAX_LINK = 2000
"""Characters of an address at most: mail programs and their filters cut longer ones."""

MAX_CELL_LINK = 700
"""Characters of an address in the grid; there are many, and the card stays small."""

MAX_DETAIL = 160
"""Characters of a line's explanation; a serial number may be anything."""

type Data = Mapping[str, Any]
type LinkTo = Callable[[Data], str]


@dataclass(frozen=True, slots=True)
class Order:
    """What a card is made from: the request, and what the request does not know.

    `address` is the page's own, without a fragment; `seller` and `reference` are shown as they are, without a line
    break. Where there is no `seller`, the family's vendor is named.
    """

    request: Data
    address: str
    seller: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A card before it is laid out; `hidden` are the lines that it leaves to the page: how many, and their sum."""

    sheet: Sheet
    speech: Speech
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Data, ...]
    hidden: tuple[str, str] | None
    grid: Grid | None
    link: str
    address: str
    edition: str
    colours: Colours

    @property
    def fine_print(self) -> tuple[str, ...]:
        """Until when the price holds and that this is no invoice; nothing where there is no price."""
        return (self.sheet["validity"], self.say("estimate")) if self.sheet["totals"] else ()

    def say(self, key: str, **params: int | str) -> str:
        """The text `mail.<key>`, filled."""
        return self.speech.say(f"mail.{key}", params)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered request: the response, its sheet, who speaks, and the colours of the card."""

    response: Data
    sheet: Sheet
    speech: Speech
    colours: Colours


def answered(response: Data, sheet: Sheet, locale_data: Data) -> Answer:
    """A response and its sheet with the words of its family and the colours of its site."""
    speech = speech_for(locale_data, response["plan"], response["currency"])
    return Answer(response, sheet, speech, colours_of(locale_data))


def look(catalogue: Catalogue, answer: Answer, order: Order, link_to: LinkTo) -> View:
    """The view of an answered request, with all of its lines.

    Raises MailError where seller or reference do not fit on a line.
    """
    response, sheet, speech = answer.response, answer.sheet, answer.speech
    link = link_to(order.request)
    return View(
        sheet=sheet,
        speech=speech,
        facts=tuple(_facts(response, sheet, speech, order)),
        lines=tuple(row | {"detail": clipped(row["detail"])} for row in sheet["rows"]),
        hidden=None,
        grid=price_by_date(catalogue, response, order.request, speech, lambda request: _short(link_to(request))),
        link=link if len(link) <= MAX_LINK else "",
        address=order.address,
        edition=speech.say("mail.edition", {"fingerprint": catalogue.fingerprint}),
        colours=answer.colours,
    )


def _short(link: str) -> str:
    return link if len(link) <= MAX_CELL_LINK else ""


def _facts(response: Data, sheet: Sheet, speech: Speech, order: Order) -> list[tuple[str, str]]:
    """The sheet's facts between the day that the current term ends and the two sides of the offer."""
    facts = [(fact["label"], fact["value"]) for fact in sheet["facts"]]
    expiry = order.request.get("expiry")
    if expiry and response["action"] != "status":
        facts.insert(1, (speech.say("mail.expiry"), speech.texts.written(expiry)))
    seller = plain_line("seller", order.seller) or speech.family.get("vendor", "")
    reference = plain_line("reference", order.reference)
    if reference:
        facts.append((speech.say("mail.reference"), reference))
    if seller:
        facts.append((speech.say("mail.seller"), seller))
    return facts


def limited(view: View, answer: Answer, most: int) -> View:
    """The view with at most so many lines: the first ones, and the number and sum of the others."""
    if len(view.lines) <= most:
        return view
    rest = answer.response["lines"][most - 1 :]
    amount = add_up([Decimal(line["amount"]) for line in rest], answer.response["currency"])
    written = view.speech.texts.written(amount_text(amount), "money")
    return replace(view, lines=view.lines[: most - 1], hidden=(view.say("more_lines", n=len(rest)), written))


def clipped(text: str, most: int = MAX_DETAIL) -> str:
    """The text, cut where it is longer than a mail should carry."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
