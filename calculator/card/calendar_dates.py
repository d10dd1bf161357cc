"""The dates of a quote as a calendar file (RFC 5545): whole days, the same bytes for the same quote."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from calculator.card.sheet_text import Sheet
from calculator.periods import ONE_DAY, parse_date

_FOLD = 75
"""Bytes of a line, without its end."""


def calendar(sheet: Sheet, response: Mapping[str, Any], link: str) -> str:
    """Deadlines and reminders as events with an alarm the day before; empty where the quote has none.

    Lines end with CR LF. The stamp is the quote's own day, for there is no clock here.
    """
    dates = [*sheet["deadlines"], *sheet["notices"]]
    if not dates:
        return ""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clairplan//Quote//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in dates:
        lines += _event(entry, sheet["title"], response, link)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Mapping[str, str], title: str, response: Mapping[str, Any], link: str) -> list[str]:
    day = parse_date(entry["date"])
    assert day, "the engine writes dates that exist"
    stamp = response["on"].replace("-", "")
    identity = "\n".join([response["plan"], response["action"], entry["date"], entry["text"], link])
    return [
        "BEGIN:VEVENT",
        f"UID:{sha256(identity.encode()).hexdigest()[:32]}@clairplan",
        f"DTSTAMP:{stamp}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{_text(f'{entry["text"]} – {title}')}",
        *([f"DESCRIPTION:{_text(link)}"] if link else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(entry['text'])}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, a letter never cut."""
    if len(line.encode()) <= _FOLD:
        yield line
        return
    piece, size = "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > _FOLD:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + length
    yield piece
