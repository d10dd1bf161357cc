"""What was sent, so that a campaign that was killed goes on: each mail noted before it goes out and settled after.

A mail that is only noted may have been sent or not: it is in doubt. Every note is on the disk before the next step
(SQLite, write-ahead log, synchronous), and one campaign at a time holds the journal.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

IN_DOUBT: Final = "in doubt"

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS mail (
    key TEXT PRIMARY KEY, state TEXT NOT NULL, address TEXT NOT NULL, contract TEXT NOT NULL, name TEXT NOT NULL,
    notice TEXT NOT NULL, day TEXT NOT NULL, message TEXT NOT NULL, detail TEXT NOT NULL
) WITHOUT ROWID
"""


class JournalError(Exception):
    """The journal cannot be used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail: for which contract and notice, to whom, on which day, and what is known of it."""

    key: str
    address: str
    contract: str
    name: str
    notice: str
    day: str
    message: str
    state: str = IN_DOUBT
    detail: str = ""


def key_of(contract: str, expiry: str, notice: str) -> str:
    """What makes two mails the same one: the contract, its term and the notice."""
    return "\n".join([contract, expiry, notice])


class Journal:
    """The journal in a file, or one that remembers nothing (`path` is None, or there is no file to look into)."""

    def __init__(self, path: Path | None, writing: bool) -> None:
        self.path = path
        target = str(path) if path and (writing or path.exists()) else ""
        self._database = sqlite3.connect(target, isolation_level=None, timeout=0)
        try:
            self._prepare(lasting=bool(target))
        except sqlite3.DatabaseError as error:
            self._database.close()
            if "locked" in str(error):
                raise JournalError(f"{path}: another campaign is using this journal; wait for its end") from error
            raise JournalError(f"{path}: this is no journal of a campaign ({error})") from error

    def _prepare(self, lasting: bool) -> None:
        """Take hold of the database, and have every commit on the disk before it returns."""
        self._database.execute("PRAGMA locking_mode=EXCLUSIVE")
        if lasting:
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._database.close()

    def find(self, key: str) -> Entry | None:
        """What is known of a mail; None for one that was never tried."""
        row = self._database.execute(
            "SELECT key, address, contract, name, notice, day, message, state, detail FROM mail WHERE key = ?", (key,)
        ).fetchone()
        return Entry(*row) if row else None

    def intend(self, entry: Entry) -> None:
        """Note that the mail is about to be sent; it is in doubt until it is settled."""
        values = (
            entry.key, IN_DOUBT, entry.address, entry.contract, entry.name, entry.notice, entry.day, entry.message, "",
        )  # fmt: skip
        self._database.execute("INSERT OR REPLACE INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def settle(self, key: str, state: str, detail: str) -> None:
        """Note what became of it."""
        self._database.execute("UPDATE mail SET state = ?, detail = ? WHERE key = ?", (state, detail, key))

    def in_doubt(self) -> Iterator[Entry]:
        """Every mail that may have been sent or not."""
        yield from (
            Entry(*row)
            for row in self._database.execute(
                "SELECT key, address, contract, name, notice, day, message, state, detail FROM mail WHERE state = ? "
                "ORDER BY contract, notice",
                (IN_DOUBT,),
            )
        )

    def settle_doubts(self, state: str, detail: str) -> int:
        """Settle all of them alike; returns how many there were."""
        update = "UPDATE mail SET state = ?, detail = ? WHERE state = ?"
        return self._database.execute(update, (state, detail, IN_DOUBT)).rowcount


class Scratch:
    """What one run has to look up however long the lists are: addresses that want no mail, and mails already met.

    Kept in a temporary file of SQLite's, not in memory.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute("CREATE TABLE silent (address TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("CREATE TABLE met (key TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._database.close()

    def silence(self, address: str) -> None:
        """Remember that nothing goes to this address."""
        self._database.execute("INSERT OR IGNORE INTO silent VALUES (?)", (address.casefold(),))

    def is_silent(self, address: str) -> bool:
        """Whether nothing goes to this address."""
        found = self._database.execute("SELECT 1 FROM silent WHERE address = ?", (address.casefold(),))
        return found.fetchone() is not None

    def met_on(self, key: str, line: int) -> int | None:
        """The line on which the same key was met before; None the first time."""
        row = self._database.execute("SELECT line FROM met WHERE key = ?", (key,)).fetchone()
        if row is None:
            self._database.execute("INSERT INTO met VALUES (?, ?)", (key, line))
            return None
        return int(row[0])
