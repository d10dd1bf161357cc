"""Header lines of a message: who may stand there, and how text becomes ASCII (RFC 5322, RFC 2047).

Nothing that was typed reaches a header unless it is one line without invisible characters, so that a name cannot add
a recipient.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from unicodedata import category

MAX_TEXT = 200
"""Characters of a name, a reference or a subject."""

_CHUNK = 36
"""Bytes of an encoded word; with its frame 60 characters, so that a header's name fits before it."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class MailError(Exception):
    """A text cannot stand in a message: `code` says why (`address`, `control`, `direction`, `long`), `field` which."""

    def __init__(self, code: str, field: str, value: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code, self.field, self.value = code, field, value


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name (may be empty) and address."""

    name: str
    address: str

    @property
    def header(self) -> str:
        """The mailbox as a header has it, in ASCII."""
        return f"{_phrase(self.name)} <{self.address}>" if self.name else self.address

    @property
    def typed(self) -> str:
        """The mailbox as people write it."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def plain_line(field: str, text: str) -> str:
    """The text without spaces around it. Raises MailError where it is more than one plain line of reasonable length."""
    for letter in text:
        kind = category(letter)
        if kind in ("Cc", "Zl", "Zp", "Cs"):
            raise MailError("control", field, text)
        if kind == "Cf":
            raise MailError("direction", field, text)
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise MailError("long", field, text)
    return text


def mailbox(field: str, text: str) -> Mailbox:
    """`name@example.com` or `A name <name@example.com>`. Raises MailError."""
    text = plain_line(field, text) if len(text) <= 2 * MAX_TEXT else text
    named = _NAMED.fullmatch(text)
    name, address = (named["name"].strip().strip('"'), named["address"].strip()) if named else ("", text)
    if not _ADDRESS.fullmatch(address):
        raise MailError("address", field, text)
    return Mailbox(name, address)


def _phrase(name: str) -> str:
    """A name in a header: as it is, quoted, or encoded."""
    if not name.isascii():
        return encoded(name)
    if _PLAIN.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def encoded(text: str) -> str:
    """Text of a header: as it is where that is plain ASCII, else in encoded words on lines of their own."""
    if text.isascii() and "=?" not in text:
        return _folded(text)
    words, chunk = [], b""
    for letter in text:
        raw = letter.encode()
        if len(chunk) + len(raw) > _CHUNK:
            words.append(chunk)
            chunk = b""
        chunk += raw
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in [*words, chunk])


def _folded(text: str) -> str:
    """Plain text in lines of 60 characters at most, broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(longer) > 60:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\r\n ".join(lines)
