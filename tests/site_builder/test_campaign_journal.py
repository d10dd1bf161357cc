"""What the journal remembers, and what it says when it cannot."""

from pathlib import Path

import pytest

from site_builder.campaign.journal import Entry, Journal, JournalError, Scratch, key_of

ENTRY = Entry(key_of("C-1", "2026-03-31", "grace"), "a@example.org", "C-1", "Ann", "grace", "2026-04-20", "<1@x>")


def test_a_mail_is_in_doubt_until_it_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, writing=True) as journal:
        assert journal.find(ENTRY.key) is None
        journal.intend(ENTRY)
    with Journal(path, writing=True) as journal:
        assert list(journal.in_doubt()) == [ENTRY]
        journal.settle(ENTRY.key, "sent", "250 OK")
    with Journal(path, writing=False) as journal:
        found = journal.find(ENTRY.key)
        assert found and (found.state, found.detail) == ("sent", "250 OK")
        assert list(journal.in_doubt()) == []


def test_a_run_that_only_looks_makes_no_file(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", writing=False) as journal:
        assert journal.find(ENTRY.key) is None
    assert list(tmp_path.iterdir()) == []


def test_one_campaign_at_a_time(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "journal", writing=True),
        pytest.raises(JournalError, match="another campaign is using this journal"),
    ):
        Journal(tmp_path / "journal", writing=True)


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_text("contract,plan\n" * 100)
    with pytest.raises(JournalError, match="this is no journal of a campaign"):
        Journal(path, writing=True)
    assert path.read_text().startswith("contract,plan")


def test_doubts_are_settled_together_when_asked(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", writing=True) as journal:
        journal.intend(ENTRY)
        assert journal.settle_doubts("sent", "taken as sent") == 1
        assert list(journal.in_doubt()) == []


def test_the_scratch_remembers_addresses_whatever_their_case() -> None:
    with Scratch() as scratch:
        scratch.silence("Ann@Example.org")
        assert scratch.is_silent("ann@example.ORG")
        assert not scratch.is_silent("bob@example.org")
        assert scratch.met_on("k", 3) is None
        assert scratch.met_on("k", 9) == 3
