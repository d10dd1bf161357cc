"""A campaign from the first row to the last: each row gets an outcome, and no mail goes out twice.

Decides the order of steps: who is left out and why, the note before a mail leaves, the mail, the note after. Three
ways to run: to look (nothing is written or sent), to files, and to a mail server.
"""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from calculator.card import MailError
from site_builder.campaign.contracts import Contract, Contracts, Refusal
from site_builder.campaign.due import Due, NotDue, judge
from site_builder.campaign.journal import IN_DOUBT, Entry, Journal, Scratch, key_of
from site_builder.campaign.letters import Desk, file_name
from site_builder.campaign.report import Progress, Report, Result
from site_builder.campaign.table import Table, open_table
from site_builder.errors import InputError, Issue, Place
from site_builder.mail import Post, Server, SmtpError

type Pause = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a campaign is run. Neither `folder` nor `server`: it only looks. `per_minute` 0 means without a limit."""

    notices: Sequence[int]
    grace_days: int
    unsubscribed: Path | None = None
    folder: Path | None = None
    server: Server | None = None
    per_minute: int = 0
    journal: Path | None = None
    report: Path | None = None
    doubts: str = "list"


@dataclass
class Campaign:
    """One run over one table. `tried` is how many mails the server was given until now."""

    table: Table
    contracts: Contracts
    desk: Desk
    plan: Plan
    pause: Pause = time.sleep
    clock: Callable[[], float] = time.monotonic
    tried: int = 0
    _next: float = 0.0

    def run(self) -> tuple[Report, list[Entry]]:
        """Go through all rows; returns the report and the mails that are in doubt at the end.

        Raises InputError, JournalError and SmtpError; what was done until then is in the journal.
        """
        plan = self.plan
        with ExitStack() as stack:
            self.scratch = stack.enter_context(Scratch())
            if plan.unsubscribed:
                self._silence(plan.unsubscribed)
            self.journal = stack.enter_context(Journal(plan.journal, writing=plan.server is not None))
            self.post = stack.enter_context(Post(plan.server)) if plan.server else None
            if self.post:
                self.post.connect()
                if plan.doubts == "sent":
                    self.journal.settle_doubts("sent", "taken as sent")
            self.report = stack.enter_context(Report(plan.report))
            progress = Progress(self.table.rows)
            try:
                for row in self.table:
                    read = self.contracts.read(row)
                    self.report.add(_refused(read) if isinstance(read, Refusal) else self._contract(read))
                    progress.step(self.report.counts)
            finally:
                progress.close()
            return self.report, list(self.journal.in_doubt())

    def _silence(self, path: Path) -> None:
        """Remember the addresses of a file: one on each line, or a table with an address column."""
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline()
        if "@" in first or not first.strip() or first.startswith("#"):
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                for line in file:
                    if "@" in line and not line.startswith("#"):
                        self.scratch.silence(line.strip().strip('"'))
            return
        table = open_table(path)
        names = [name.casefold() for name in table.header]
        at = next((names.index(name) for name in self.contracts.email_names if name in names), None)
        if at is None:
            what, why = "there is no address on the first line and no column `email`", "nobody would be left out"
            raise InputError([Issue(Place(str(path), 1, 1), what, why, "write one address on each line")])
        for row in table:
            if at < len(row.cells):
                self.scratch.silence(row.cells[at].strip())

    def _contract(self, contract: Contract) -> Result:
        """The outcome of a row that could be read."""
        if contract.unsubscribed or self.scratch.is_silent(contract.to.address):
            return _result(contract, "unsubscribed")
        status = self.desk.status(contract)
        if not status["ok"]:
            return _result(contract, "refused", detail=self.desk.reasons(status))
        if length := self.desk.wrong_length(contract):
            return _result(contract, "refused", detail=length)
        if not self.desk.speaks(contract):
            return _result(contract, "refused", detail=f"lang: this family has no words in `{contract.lang}`")
        due = judge(status, contract.request["expiry"], self.plan.notices, self.plan.grace_days)
        if isinstance(due, NotDue):
            return _result(contract, due.outcome, detail=due.detail)
        return self._due(contract, due)

    def _due(self, contract: Contract, due: Due) -> Result:
        key = key_of(contract.id, due.expiry, due.notice)
        identifier = self.desk.identifier(key)
        line = self.scratch.met_on(key, contract.line)
        if line is not None:
            return _result(contract, "duplicate", due.notice, f"the same contract is on line {line}", identifier)
        known = self.journal.find(key)
        if known and not self._again(known, contract):
            outcome = "sent before" if known.state == "sent" else known.state
            return _result(contract, outcome, due.notice, f"on {known.day}: {known.detail}".rstrip(": "), identifier)
        try:
            letter = self.desk.letter(contract, due, key)
        except MailError as error:
            return _result(contract, "refused", due.notice, f"{error}", identifier)
        if self.post:
            return self._send(contract, due, key, identifier, letter)
        if self.plan.folder:
            name = file_name(contract.id, due.notice, identifier)
            _write(self.plan.folder / name, letter)
            return _result(contract, "written", due.notice, name, identifier)
        return _result(contract, "due", due.notice, "", identifier)

    def _again(self, known: Entry, contract: Contract) -> bool:
        """Whether a mail that was tried before is tried again."""
        if known.state == IN_DOUBT:
            return self.plan.doubts == "resend" and self.post is not None
        if known.state == "rejected":
            return known.address != contract.to.address
        return known.state == "later"

    def _send(self, contract: Contract, due: Due, key: str, identifier: str, letter: bytes) -> Result:
        """Note, send, note again. Killed between the two, this mail is in doubt, and no other."""
        assert self.post and self.desk.sender
        self._wait()
        to = contract.to.address
        entry = Entry(key, to, contract.id, contract.name, due.notice, self.desk.on, identifier)
        self.post.connect()
        self.journal.intend(entry)
        self.tried += 1
        try:
            outcome = self.post.deliver(self.desk.sender.address, to, letter)
        except SmtpError as error:
            self.journal.settle(key, "later", str(error))
            raise
        self.journal.settle(key, outcome.kind, outcome.detail)
        return _result(contract, outcome.kind, due.notice, outcome.detail, identifier)

    def _wait(self) -> None:
        """Keep to the rate."""
        if not self.plan.per_minute:
            return
        now = self.clock()
        if now < self._next:
            self.pause(self._next - now)
        self._next = max(now, self._next) + 60 / self.plan.per_minute


def _refused(row: Refusal) -> Result:
    return Result(row.line, row.id, row.name, row.email, "refused", detail="; ".join(row.reasons))


def _result(contract: Contract, outcome: str, notice: str = "", detail: str = "", message: str = "") -> Result:
    return Result(contract.line, contract.id, contract.name, contract.to.address, outcome, notice, detail, message)


def _write(path: Path, data: bytes) -> None:
    """Write the file whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    os.replace(beside, path)
