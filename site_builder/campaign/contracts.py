"""What a row of the list says: a contract and whom to write to, or every reason why it cannot be used.

Column names, and words for yes and no, are those of any language that has a folder; nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from calculator.card import Mailbox, MailError, plain_line
from calculator.plan import Catalogue, Plan
from site_builder.campaign.table import MAX_CELL, Row, Table
from site_builder.errors import InputError, Issue, Place, did_you_mean, listed
from site_builder.locales import Language
from site_builder.mail import ascii_mailbox

REQUIRED: Final = ("contract", "plan", "expiry", "email")
OPTIONAL: Final = (
    "name", "lang", "quantity", "months", "anchor", "region", "tax_exempt", "serials", "holds", "reference",
    "unsubscribed",
)  # fmt: skip
OPTION: Final = "options."
_COLUMNS: Final = "ui.campaign.column."
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLASHED: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ORDERS: Final = {"day": (2, 1), "month": (1, 2)}
"""What comes first in such a date, with the places of month and day."""
_WHOLE: Final = re.compile(r"[0-9]{1,9}")

_REASONS: Final = {
    "address": "write an address such as name@example.com",
    "control": "it holds a line break or a control character",
    "direction": "it holds an invisible character, which can hide what is written",
    "long": "it is longer than 200 characters",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """A row that can be asked about: `request` lacks the action and the day."""

    line: int
    id: str
    name: str
    lang: str
    to: Mailbox
    unsubscribed: bool
    reference: str
    request: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be used, as far as it could be read, and why."""

    line: int
    id: str
    name: str
    email: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """A row being read: its cells by column, and what was found wrong."""

    cells: Mapping[str, str]
    reasons: list[str] = field(default_factory=list)

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, column: str, why: str) -> None:
        self.reasons.append(f"{column}: {why}")

    def line(self, column: str) -> str:
        """The cell as one plain line; empty after noting why it is none."""
        try:
            return plain_line(column, self.get(column))
        except MailError as error:
            self.wrong(column, _REASONS[error.code])
            return ""


class Contracts:
    """Reads rows of one table. Raises InputError where the table lacks a column.

    `first` is what dates such as 03/04/2026 begin with, `day` or `month`, empty where they are not read; None reads
    them with the day first in a list separated by semicolons, and not elsewhere.
    """

    def __init__(
        self, table: Table, catalogue: Catalogue, languages: Mapping[str, Language], lang: str, first: str | None
    ) -> None:
        self.catalogue = catalogue
        self.languages = languages
        self.lang = lang
        self.first = ("day" if table.delimiter == ";" else "") if first is None else first
        self.words = {answer: _words(languages, f"ui.campaign.{answer}") for answer in ("yes", "no")}
        self.email_names = {"email", *_words(languages, f"{_COLUMNS}email")}
        self.columns, self.unread = _columns(table, languages)

    def read(self, row: Row) -> Contract | Refusal:
        """The contract of a row, or every reason against it."""
        cells = {name: row.cells[at].strip() for name, at in self.columns.items() if at < len(row.cells)}
        reading = _Reading(cells)
        for name, at in self.columns.items():
            if at in row.cut:
                reading.wrong(name, f"the cell holds more than {MAX_CELL} characters")
            if "\ufffd" in cells.get(name, ""):
                reading.wrong(name, "a letter could not be read; save the list as UTF-8")
        for name in REQUIRED:
            if not cells.get(name):
                reading.wrong(name, "the cell is empty")
        contract, name = reading.line("contract"), reading.line("name")
        found = Contract(
            row.line, contract, name, self._language(reading), self._mailbox(reading, name),
            self._flag(reading, "unsubscribed"), reading.line("reference"), self._request(reading),
        )  # fmt: skip
        if reading.reasons:
            reasons = tuple(dict.fromkeys(reading.reasons))
            id, name, email = (reading.get(column)[:80] for column in ("contract", "name", "email"))
            return Refusal(row.line, id, name, email, reasons)
        return found

    def _mailbox(self, reading: _Reading, name: str) -> Mailbox:
        try:
            found = ascii_mailbox("email", reading.get("email"))
            return Mailbox(name or found.name, found.address)
        except MailError as error:
            if reading.get("email"):
                reading.wrong("email", _REASONS[error.code])
            return Mailbox("", "")

    def _language(self, reading: _Reading) -> str:
        lang = reading.get("lang").lower().partition("-")[0] or self.lang
        if lang not in self.languages:
            reading.wrong("lang", f"there is no language `{lang[:20]}`; write one of {', '.join(self.languages)}")
        return lang

    def _flag(self, reading: _Reading, column: str) -> bool:
        answer = reading.get(column).casefold()
        if answer and answer not in self.words["yes"] | self.words["no"]:
            reading.wrong(column, "write yes or no")
        return answer in self.words["yes"]

    def _date(self, reading: _Reading, column: str) -> str:
        """The date as the contract of the engine writes it."""
        text = reading.get(column)
        if not text or _ISO.fullmatch(text):
            return text
        found = _days(text)
        if self.first in found:
            return found[self.first]
        if len(found) == 2 and len({*found.values()}) == 1:
            return found["day"]
        reading.wrong(column, _day_advice(found))
        return ""

    def _whole(self, reading: _Reading, column: str) -> int | None:
        text = reading.get(column)
        if _WHOLE.fullmatch(text):
            return int(text)
        if text:
            reading.wrong(column, "write a whole number")
        return None

    def _request(self, reading: _Reading) -> dict[str, Any]:
        """The fields of the request that the row fills in."""
        request: dict[str, Any] = {"plan": reading.get("plan"), "expiry": self._date(reading, "expiry")}
        request["quantity"] = self._whole(reading, "quantity")
        request["months"] = self._whole(reading, "months")
        request["anchor"] = self._date(reading, "anchor")
        request["region"] = reading.get("region")
        request["tax_exempt"] = self._flag(reading, "tax_exempt")
        request["serials"] = _split(reading.get("serials"))
        request["holds"] = _split(reading.get("holds"))
        found = self.catalogue.plan(request["plan"])
        request["options"] = self._options(reading, found[1]) if found else None
        return {name: value for name, value in request.items() if value}

    def _options(self, reading: _Reading, plan: Plan) -> dict[str, Any]:
        """The plan's options among the columns; a cell that the plan does not ask for is passed over when empty."""
        known = {option.name: option.type for option in plan.options}
        options: dict[str, Any] = {}
        for column in reading.cells:
            name = column.removeprefix(OPTION)
            if name == column or not reading.get(column):
                continue
            readers: dict[str, Callable[[_Reading, str], Any]] = {
                "boolean": self._flag, "integer": self._whole, "date": self._date, "minutes": self._minutes,
            }  # fmt: skip
            read = readers.get(known.get(name, ""))
            options[name] = read(reading, column) if read else reading.get(column)
        return options

    def _minutes(self, reading: _Reading, column: str) -> list[int]:
        parts = _split(reading.get(column))
        if not all(map(_WHOLE.fullmatch, parts)):
            reading.wrong(column, "write whole minutes, such as 20 50")
            return []
        return [int(part) for part in parts]


def _days(text: str) -> dict[str, str]:
    """The days that a date such as 03/04/2026 may be, written YYYY-MM-DD, by what it then begins with."""
    parts = _SLASHED.fullmatch(text)
    found: dict[str, str] = {}
    if not parts:
        return found
    for first, (month, day) in _ORDERS.items():
        with suppress(ValueError):
            found[first] = date(int(parts[3]), int(parts[month]), int(parts[day])).isoformat()
    return found


def _day_advice(found: Mapping[str, str]) -> str:
    """What to write for a date that is not read as it is, and how to have all of a list read."""
    ways = [f"write {day}, or say --{first}-first for the whole list" for first, day in found.items()]
    if len(ways) == 2:
        both = ", ".join(f"{day} with --{first}-first" for first, day in found.items())
        return f"it is {both}: say which holds for the whole list, or write it so"
    return next(iter(ways), "write the date as 2026-03-31")


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,;]+", text) if part]


def _words(languages: Mapping[str, Language], key: str) -> set[str]:
    """A text of every language, with its alternatives."""
    found: set[str] = set()
    for language in languages.values():
        text = language.texts[key]
        found |= {word.casefold() for word in ([text] if isinstance(text, str) else text)}
    return found


def _columns(table: Table, languages: Mapping[str, Language]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column is, and the names of those that nothing reads."""
    known = {word: name for name in (*REQUIRED, *OPTIONAL) for word in (name, *_words(languages, _COLUMNS + name))}
    columns: dict[str, int] = {}
    unread: list[str] = []
    twice: list[str] = []
    for at, title in enumerate(table.header):
        name = title if title.startswith(OPTION) else known.get(title.casefold(), "")
        if not name:
            unread.append(title)
        elif name in columns:
            twice.append(title)
        else:
            columns[name] = at
    issues = [*_missing(table, columns, unread, languages), *_repeated(table, twice)]
    if issues:
        raise InputError(issues)
    return columns, tuple(title for title in unread if title)


def _missing(
    table: Table, columns: Mapping[str, int], unread: Sequence[str], languages: Mapping[str, Language]
) -> Iterable[Issue]:
    titles = [title for title in unread if title]
    for name in REQUIRED:
        if name not in columns:
            words = sorted(_words(languages, _COLUMNS + name) - {name})
            near = next(filter(None, (did_you_mean(word, titles) for word in (name, *words))), None)
            called = f"`{name}`" + (f" (or {listed(words)})" if words else "")
            fix = f"call the column `{near}` {called}" if near else f"add a column {called}"
            if titles and not near:
                fix += f", or call the one so that is it: nothing reads {listed(titles)}"
            yield Issue(Place(str(table.path), 1, 1), f"there is no column `{name}`", "every contract needs one", fix)


def _repeated(table: Table, titles: Iterable[str]) -> Iterable[Issue]:
    for title in titles:
        what, why = f"the column `{title}` is there twice", "only one of them could be meant"
        yield Issue(Place(str(table.path), 1, 1), what, why, "rename one of them")
