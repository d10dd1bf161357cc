"""A campaign that is killed and run again: nobody gets two mails, nobody is forgotten, doubts are named."""

import csv
from pathlib import Path

import pytest

from tests.mail.killing import doubts, finish, killed_when, sink, start, write_contracts


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    contracts, report = tmp_path / "contracts.csv", tmp_path / "report.csv"
    write_contracts(contracts, 45)
    with sink(tmp_path, "--seconds", "0.08") as server:
        kills = [
            killed_when(start(contracts, server.port), server, taken, seconds)
            for taken, seconds in ((1, 0.0), (8, 0.02), (20, 0.01))
        ]
        said, _ = finish(contracts, server.port, report)
        taken = server.identifiers()
    assert sum(kills) >= 2  # on a machine that is very busy a campaign may be over before it is killed
    assert set(taken.values()) == {1}
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["line"]) for row in rows] == list(range(2, 47))
    uncertain = doubts(contracts)
    assert len(uncertain) <= len(kills)
    for entry in uncertain:
        assert f"{entry.name} <{entry.address}>" in said
        assert entry.message in said
    outcome = {row["message_id"]: row["outcome"] for row in rows if row["message_id"]}
    assert {identifier for identifier, word in outcome.items() if word in ("sent", "sent before")} <= set(taken)
    assert {identifier for identifier, word in outcome.items() if word == "in doubt"} == {
        entry.message for entry in uncertain
    }
    assert set(outcome.values()) <= {"sent", "sent before", "in doubt"}
