"""A campaign that is killed again and again: what its list, its journal and the mail server then say.

The small version is a test; `benchmarks/campaign.py` runs it over 50,000 rows.
"""

import contextlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from site_builder.campaign.journal import Entry, Journal

ROOT = Path(__file__).resolve().parents[2]
CLAIRPLAN = str(Path(sys.executable).with_name("clairplan"))
ON = date(2026, 3, 15)
PLANS = ("keystroke/orange-care", "sketchup/maintenance", "solidxperts/subscription", "vtube-laser/smp")


def write_contracts(path: Path, rows: int, seed: int = 1) -> None:
    """A list as a customer base might be: most contracts due, some not, some unsubscribed, a few beyond use."""
    some = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write("contract,plan,expiry,email,name,lang,quantity,unsubscribed\n")
        for number in range(rows):
            kind = some.random()
            days = some.randint(0, 29) if kind < 0.8 else some.randint(120, 360)
            plan, quantity = some.choice(PLANS), some.choice((1, 2, 5, 12))
            email = f"customer{number}@example.org" if kind < 0.98 else "nobody at all"
            gone = "yes" if 0.75 < kind < 0.8 else ""
            lang = some.choice(("fr", "en"))
            expiry = ON + timedelta(days=days)
            file.write(f"C-{number:06},{plan},{expiry},{email},Client {number} Étoilé,{lang},{quantity},{gone}\n")


@dataclass
class Sink:
    """A running mail server and the list of what it took."""

    port: int
    taken: Path
    seen: int = 0
    read: int = 0

    def count(self) -> int:
        """How many mails it took; only what came since the last count is read."""
        with self.taken.open("rb") as file:
            file.seek(self.read)
            new = file.read()
        self.seen, self.read = self.seen + new.count(b"\n"), self.read + len(new)
        return self.seen

    def identifiers(self) -> Counter[str]:
        return Counter(line.split("\t")[0] for line in self.taken.read_text().splitlines())


@contextlib.contextmanager
def sink(folder: Path, *arguments: str) -> Iterator[Sink]:
    taken = folder / "taken.txt"
    taken.touch()
    command = [sys.executable, "-m", "tests.mail.sink", str(taken), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Sink(int(process.stdout.readline().rpartition(" ")[2]), taken)
        finally:
            process.terminate()


def rehearsal(contracts: Path, *more: str) -> list[str]:
    """The campaign that sends nothing."""
    return [
        CLAIRPLAN, "campaign", str(contracts), "--on", ON.isoformat(), "--from", "Sales <sales@vendor.example>",
        "--unsubscribe-mailto", "stop@vendor.example", *more,
    ]  # fmt: skip


def command(contracts: Path, port: int, *more: str) -> list[str]:
    """The campaign that sends to a sink."""
    sending = ["--send", "--smtp", f"127.0.0.1:{port}", "--no-tls", "--per-minute", "0"]
    return rehearsal(contracts, *sending, *more)


def start(contracts: Path, port: int, *more: str) -> subprocess.Popen[str]:
    silent = subprocess.DEVNULL
    log = contracts.with_suffix(".log").open("a")
    with log:
        return subprocess.Popen(command(contracts, port, *more), cwd=ROOT, stdout=silent, stderr=log, text=True)


def killed_when(process: subprocess.Popen[str], sink: Sink, taken: int, seconds: float) -> bool:
    """Kill the campaign a moment after the server has taken so many; whether it was still running."""
    while sink.count() < taken and process.poll() is None:
        time.sleep(0.002)
    time.sleep(seconds)
    running = process.poll() is None
    process.kill()
    process.wait()
    return running


def doubts(contracts: Path) -> list[Entry]:
    with Journal(contracts.with_name(f"{contracts.name}.journal"), writing=False) as journal:
        return list(journal.in_doubt())


def finish(contracts: Path, port: int, report: Path) -> tuple[str, int]:
    """The last run, undisturbed: what it said, and its peak memory in KiB."""
    arguments = command(contracts, port, "--report", str(report))
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        said = process.stdout.read()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return said, usage.ru_maxrss
