"""The quote as it travels by e-mail: an HTML table, plain text, a draft and calendar dates.

The page makes them in the browser and the command line on the desk, byte for byte the same. Decides what stands on
the card and how a message is built; leaves prices to `quote`, words to the locale data, and sending to others.
"""

from calculator.card.headers import Mailbox, MailError, mailbox, plain_line
from calculator.card.message import Letter, Paragraph, Parts, message, message_id
from calculator.card.offer import Offered, draft, error_text, host_of, offered
from calculator.card.render import MAX_BYTES, Card
from calculator.card.sheet_text import plain_text
from calculator.card.view import Order

__all__ = [
    "MAX_BYTES", "Card", "Letter", "MailError", "Mailbox", "Offered", "Order", "Paragraph", "Parts", "draft",
    "error_text", "host_of", "mailbox", "message", "message_id", "offered", "plain_line", "plain_text",
]  # fmt: skip
