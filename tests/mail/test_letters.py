"""Letters of one campaign: what is kept from one to the next changes no byte of any."""

from dataclasses import replace
from functools import cache
from typing import Any

from calculator.card import Mailbox
from site_builder.campaign.contracts import Contract
from site_builder.campaign.due import Due
from site_builder.campaign.letters import Desk, Unsubscribing
from site_builder.locales import Language, load
from tests.mail.making import BASE, ORANGE, SKETCHUP, families

REQUEST: dict[str, Any] = {name: value for name, value in ORANGE.items() if name not in ("action", "on")}
FIRST = Contract(2, "C-1", "Ann Smith", "en", Mailbox("Ann Smith", "ann@example.org"), False, "PO 1", REQUEST)
DUE = Due("reminder", "reminder-30", "2026-03-31", "2026-04-30")


@cache
def languages() -> dict[str, Language]:
    return {lang: load(lang) for lang in ("fr", "en")}


def desk() -> Desk:
    """One that has written nothing yet."""
    stop = Unsubscribing("stop@vendor.example")
    return Desk(families(), languages(), BASE, "2026-03-15", Mailbox("", "sales@vendor.example"), "", stop, draft=False)


def test_a_letter_is_the_same_whatever_was_written_before() -> None:
    other = {name: value for name, value in SKETCHUP.items() if name not in ("action", "on")}
    contracts = [
        FIRST,
        replace(FIRST, id="C-2", name="Bob", to=Mailbox("Bob", "bob@example.org")),
        replace(FIRST, id="C-3", reference="PO 2"),
        replace(FIRST, id="C-4", reference=""),
        replace(FIRST, id="C-5", lang="fr"),
        replace(FIRST, id="C-6", request=REQUEST | {"quantity": 6}),
        replace(FIRST, id="C-7", request=REQUEST | {"expiry": "2026-04-10"}),
        replace(FIRST, id="C-8", request=other),
        FIRST,
    ]
    one = desk()
    letters = [one.letter(contract, DUE, contract.id) for contract in contracts]
    assert letters == [desk().letter(contract, DUE, contract.id) for contract in contracts]
    assert letters[0] == letters[-1]
    assert [b"PO 1" in letter for letter in letters] == [True, True, False, False, *[True] * 5]
    assert b"PO 2" in letters[2]
    assert len(set(letters)) == len(letters) - 1
    states = [one.status(contract) for contract in contracts]
    assert states == [desk().status(contract) for contract in contracts]
