"""A whole message (.eml) around a card: headers, plain text and HTML side by side, the dates attached.

Reproducible: the date is the quote's day, the identifier and the boundaries come from the content. ASCII only, lines
end with CR LF.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import escape

from calculator.card.headers import Mailbox, encoded, plain_line
from calculator.card.sheet_text import wrapped

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARAGRAPH = "margin:0 0 14px;font-family:Arial,Helvetica,sans-serif;font-size:15px"

type Paragraph = str | tuple[str, str]
"""A paragraph, or the text of a link and its address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Who writes to whom on which day about what, and the words around the card.

    `extra` are headers that are ASCII already. An empty `identity` takes the content for one. `draft` opens the
    message for editing where the mail program knows that.
    """

    sender: Mailbox | None
    to: Sequence[Mailbox]
    subject: str
    on: str
    host: str
    before: Sequence[Paragraph] = ()
    after: Sequence[Paragraph] = ()
    extra: Sequence[tuple[str, str]] = ()
    identity: str = ""
    draft: bool = True


@dataclass(frozen=True, slots=True)
class Parts:
    """The card in both forms with its language, and the calendar file (may be empty)."""

    html: str
    text: str
    lang: str
    calendar: str = ""


def message(letter: Letter, parts: Parts) -> str:
    """The message. Raises MailError where the subject does not fit on a line."""
    subject = plain_line("subject", letter.subject)
    content = _content(_alternative(letter, parts, subject), parts.calendar)
    headers = [
        *([("From", letter.sender.header)] if letter.sender else []),
        *([("To", ",\r\n ".join(one.header for one in letter.to))] if letter.to else []),
        ("Subject", encoded(subject)),
        ("Date", _date(date.fromisoformat(letter.on))),
        *letter.extra,
        *([("X-Unsent", "1")] if letter.draft else []),
        ("Content-Language", parts.lang),
        ("MIME-Version", "1.0"),
    ]
    known = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"{known}Message-ID: {message_id(letter.identity or known + content, letter.host)}\r\n{content}"


def message_id(identity: str, host: str) -> str:
    """The identifier of the message that `identity` stands for, always the same."""
    return f"<{sha256(identity.encode()).hexdigest()[:32]}@{host}>"


def _date(day: date) -> str:
    """Noon of that day, for a message has a time."""
    return f"{_DAYS[day.weekday()]}, {day.day:02} {_MONTHS[day.month - 1]} {day.year} 12:00:00 +0000"


def _alternative(letter: Letter, parts: Parts, subject: str) -> str:
    text = "\n\n".join([*map(_plain, letter.before), parts.text.rstrip("\n"), *map(_plain, letter.after)]) + "\n"
    return _multipart("alternative", [_text("plain", text), _text("html", _document(letter, parts, subject))])


def _plain(paragraph: Paragraph) -> str:
    return "\n".join(wrapped(paragraph)) if isinstance(paragraph, str) else f"{paragraph[0]}\n<{paragraph[1]}>"


def _document(letter: Letter, parts: Parts, subject: str) -> str:
    """The card as a page of its own."""
    body = [*map(_marked_up, letter.before), parts.html, *map(_marked_up, letter.after)]
    head = f'<meta charset="utf-8">\n<title>{escape(subject)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(parts.lang)}">\n<head>\n{head}\n</head>\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _marked_up(paragraph: Paragraph) -> str:
    if isinstance(paragraph, str):
        return f'<p style="{_PARAGRAPH}">{escape(paragraph)}</p>'
    return f'<p style="{_PARAGRAPH}"><a href="{escape(paragraph[1])}">{escape(paragraph[0])}</a></p>'


def _text(kind: str, text: str) -> str:
    """A part of text; quoted-printable, so that a mail's source can still be read."""
    raw = b2a_qp(text.encode().replace(b"\n", b"\r\n"), istext=True).decode("ascii")
    return _part({"Content-Type": f"text/{kind}; charset=utf-8", "Content-Transfer-Encoding": "quoted-printable"}, raw)


def _content(alternative: str, calendar: str) -> str:
    """The alternatives, and the dates beside them where there are any."""
    if not calendar:
        return alternative
    raw = encodebytes(calendar.encode()).decode("ascii").replace("\n", "\r\n")
    attachment = _part(
        {
            "Content-Type": 'text/calendar; charset=utf-8; method=PUBLISH; name="dates.ics"',
            "Content-Transfer-Encoding": "base64",
            "Content-Disposition": 'attachment; filename="dates.ics"',
        },
        raw,
    )
    return _multipart("mixed", [alternative, attachment])


def _part(headers: Mapping[str, str], body: str) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + f"\r\n{body}"


def _multipart(kind: str, parts: Sequence[str]) -> str:
    """Parts between boundaries. `=_` occurs in neither encoding, so no boundary can occur in a part."""
    boundary = "=_" + sha256("".join(parts).encode()).hexdigest()[:32]
    body = "".join(f"--{boundary}\r\n{part}{'' if part.endswith('\r\n') else '\r\n'}" for part in parts)
    return _part({"Content-Type": f'multipart/{kind};\r\n boundary="{boundary}"'}, f"{body}--{boundary}--\r\n")
