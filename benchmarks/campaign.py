"""A campaign over 50,000 contracts into a real mail server, killed ten times: `python -m benchmarks.campaign`.

Says how many mails came twice, how many contracts were forgotten, how many are in doubt, how fast it went and how
much memory it took; the last two again for fresh lists, of two sizes, that nothing disturbs.
"""

import argparse
import csv
import random
import tempfile
import time
from pathlib import Path

from tests.mail.killing import doubts, finish, killed_when, sink, start, write_contracts

SENT = ("sent", "sent before")


def outcomes(report: Path) -> dict[str, list[str]]:
    """The identifiers (or lines) of the rows of a report by outcome."""
    found: dict[str, list[str]] = {}
    with report.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["outcome"], []).append(row["message_id"] or f"line {row['line']}")
    return found


def killed(folder: Path, rows: int, kills: int, seed: int) -> None:
    some = random.Random(seed)
    contracts, report = folder / "contracts.csv", folder / "report.csv"
    write_contracts(contracts, rows)
    with sink(folder) as server:
        begin = time.monotonic()
        moments = sorted(some.randint(1, int(rows * 0.7)) for _ in range(kills))
        done = 0
        for moment in moments:
            done += killed_when(start(contracts, server.port), server, moment, some.uniform(0, 0.05))
            print(f"killed after {server.count()} mails; {len(doubts(contracts))} in doubt", flush=True)
        said, memory = finish(contracts, server.port, report)
        taken, seconds = server.identifiers(), time.monotonic() - begin
    print(said)
    found = outcomes(report)
    listed = {entry.message for entry in doubts(contracts)}
    settled = {identifier for outcome in SENT for identifier in found.get(outcome, [])}
    print(f"kills: {done} of {kills}")
    print(f"mails at the server: {taken.total()}, twice or more: {sum(count > 1 for count in taken.values())}")
    print(f"said to be sent but not at the server: {len(settled - set(taken))}")
    print(f"at the server, neither said to be sent nor in doubt: {len(set(taken) - settled - listed)}")
    print(f"rows in the report: {sum(map(len, found.values()))} of {rows}")
    print(f"in doubt: {len(listed)}, of which the server has {len(listed & set(taken))}")
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
