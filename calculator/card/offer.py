"""From a request to what is sent: its card, or the draft of a message with it, or why there is neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calculator.card.calendar_dates import calendar
from calculator.card.headers import MailError, mailbox
from calculator.card.message import Letter, Paragraph, Parts, message
from calculator.card.render import Card, render
from calculator.card.view import Data, LinkTo, Order, answered
from calculator.plan import Catalogue
from calculator.quote import quote
from calculator.wording import present
from calculator.wording.speech import speech_for


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer with its sheet; the card and the dates' calendar file where the answer is a quote."""

    response: dict[str, Any]
    sheet: dict[str, Any]
    card: Card | None = None
    calendar: str = ""

    @property
    def parts(self) -> Parts:
        """What a message carries. Only for an answer with a card."""
        assert self.card, "a refusal is not sent"
        return Parts(self.card.html, self.card.text, self.card.lang, self.calendar)


def offered(catalogue: Catalogue, locale_data: Data, order: Order, link_to: LinkTo) -> Offered:
    """The answer to the order's request, on a card. Raises MailError where seller or reference are no plain line."""
    response = quote(catalogue, order.request)
    plan = order.request.get("plan") if isinstance(order.request, Mapping) else None
    sheet = present(response, locale_data, plan)
    if not response["ok"]:
        return Offered(response, sheet)
    card = render(catalogue, answered(response, sheet, locale_data), order, link_to)
    return Offered(response, sheet, card, calendar(sheet, response, link_to(order.request)))


def draft(
    offer: Offered, address: str, to: Sequence[str] = (), sender: str = "", after: Sequence[Paragraph] = ()
) -> str:
    """A message with the card of an answer, to be looked through and sent by hand. Raises MailError."""
    assert offer.card, "a refusal is not sent"
    letter = Letter(
        sender=mailbox("from", sender) if sender.strip() else None,
        to=[mailbox("to", one) for one in to],
        subject=offer.card.subject,
        on=offer.response["on"],
        host=host_of(address),
        after=after,
    )
    return message(letter, offer.parts)


def host_of(address: str) -> str:
    """The host in a page's address, without its port."""
    return address.partition("//")[2].partition("/")[0].partition(":")[0] or "localhost"


def error_text(error: MailError, locale_data: Data, plan: object) -> str:
    """What is wrong with a text of the message, in the reader's language."""
    speech = speech_for(locale_data, plan if isinstance(plan, str) else "", "")
    return speech.say(f"mail.error.{error.code}", {"field": speech.say(f"mail.field.{error.field}")})
