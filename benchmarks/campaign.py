"""A campaign over 50,000 contracts into a real mail server, killed ten times: `python -m benchmarks.campaign`.

First a rehearsal says which mails are due, and how fast letters are made. Then the campaign is killed (SIGKILL) at ten
moments and run again to its end: what is at the sink is compared with the rehearsal. The last figures are of fresh
lists, of two sizes, that nothing disturbs. `--rows 2000` gives a first look in a minute.
"""

import argparse
import csv
import random
import subprocess
import tempfile
import time
from pathlib import Path

from tests.mail.killing import ROOT, doubts, finish, killed_when, rehearsal, sink, start, write_contracts

SENT = ("sent", "sent before")


def outcomes(report: Path) -> dict[str, list[str]]:
    """The identifiers (or lines) of the rows of a report by outcome."""
    found: dict[str, list[str]] = {}
    with report.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["outcome"], []).append(row["message_id"] or f"line {row['line']}")
    return found


def due(contracts: Path, folder: Path) -> set[str]:
    """The identifiers of the mails that a rehearsal finds due; says how fast it made them."""
    report, journal = folder / "rehearsal.csv", folder / "rehearsal.journal"
    begin = time.monotonic()
    arguments = rehearsal(contracts, "--report", str(report), "--journal", str(journal))
    subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    found = outcomes(report)["due"]
    print(f"due: {len(found)} mails, made at {len(found) / (time.monotonic() - begin):.0f} a second", flush=True)
    return set(found)


def killed(folder: Path, rows: int, kills: int, seed: int) -> None:
    some = random.Random(seed)
    contracts, report = folder / "contracts.csv", folder / "report.csv"
    write_contracts(contracts, rows)
    expected = due(contracts, folder)
    with sink(folder) as server:
        begin = time.monotonic()
        moments = sorted(some.randint(1, int(rows * 0.7)) for _ in range(kills))
        done = 0
        for moment in moments:
            done += killed_when(start(contracts, server.port), server, moment, some.uniform(0, 0.05))
            print(f"killed after {server.count()} mails; {len(doubts(contracts))} in doubt", flush=True)
        said, memory = finish(contracts, server.port, report)
        taken, seconds = server.identifiers(), time.monotonic() - begin
    print(said.partition("\n\n")[2])  # without the refused rows, of which there are many
    found = outcomes(report)
    listed = {entry.message for entry in doubts(contracts)}
    settled = {identifier for outcome in SENT for identifier in found.get(outcome, [])}
    print(f"kill -9: {done} of {kills}")
    print(f"at the sink: {taken.total()} mails, of {len(expected)} that were due")
    print(f"duplicates: {sum(count > 1 for count in taken.values())}")
    print(f"forgotten (due, neither at the sink nor in doubt): {len(expected - set(taken) - listed)}")
    print(f"in doubt: {len(listed)}, of which the sink has {len(listed & set(taken))}")
    print(f"never due, and at the sink: {len(set(taken) - expected)}")
    print(f"said to be sent, and not at the sink: {len(settled - set(taken))}")
    print(f"at the sink, and neither said to be sent nor in doubt: {len(set(taken) - settled - listed)}")
    print(f"rows in the report: {sum(map(len, found.values()))} of {rows}")
    print(f"{taken.total() / seconds:.0f} mails a second, the new starts included")
    print(f"peak memory of the last run: {memory / 1024:.0f} MiB", flush=True)


def undisturbed(folder: Path, rows: int) -> None:
    folder.mkdir()
    contracts = folder / "contracts.csv"
    write_contracts(contracts, rows, seed=2)
    with sink(folder) as server:
        begin = time.monotonic()
        _, memory = finish(contracts, server.port, folder / "report.csv")
        seconds = time.monotonic() - begin
        mails = server.count()
    speed = f"{mails / seconds:.0f} mails a second"
    print(f"undisturbed, {rows} rows: {mails} mails in {seconds:.0f} s, {speed}, peak memory {memory / 1024:.0f} MiB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        killed(Path(name), arguments.rows, arguments.kills, arguments.seed)
        for part in (arguments.rows // 10, arguments.rows):
            undisturbed(Path(name) / str(part), part)
