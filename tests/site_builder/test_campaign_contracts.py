"""Rows as contracts, or every reason against them."""

from functools import cache
from pathlib import Path

import pytest

from calculator.card import Mailbox
from site_builder.campaign.contracts import Contract, Contracts, Refusal
from site_builder.campaign.table import open_table
from site_builder.errors import InputError
from site_builder.locales import Language, load_all
from tests.mail.making import families

HEADER = "contract,plan,expiry,email,name,lang,quantity,options.pack,options.interventions,unsubscribed"


@cache
def languages() -> dict[str, Language]:
    return load_all()


def contracts(tmp_path: Path, text: str, first: str | None = None) -> tuple[Contracts, list[Contract | Refusal]]:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    table = open_table(path)
    reader = Contracts(table, families().engine, languages(), "fr", first)
    return reader, [reader.read(row) for row in table]


def one(tmp_path: Path, row: str, header: str = HEADER, first: str | None = None) -> Contract:
    read = contracts(tmp_path, f"{header}\n{row}\n", first)[1][0]
    assert isinstance(read, Contract), read
    return read


def reasons(tmp_path: Path, row: str, header: str = HEADER, first: str | None = None) -> tuple[str, ...]:
    read = contracts(tmp_path, f"{header}\n{row}\n", first)[1][0]
    assert isinstance(read, Refusal), read
    return read.reasons


def test_a_full_row(tmp_path: Path) -> None:
    read = one(tmp_path, 'C-1,keystroke/vip,2026-03-31,a@example.org,Ann,en,1,8h,"20 50",no')
    assert read == Contract(
        2, "C-1", "Ann", "en", Mailbox("Ann", "a@example.org"), False, "",
        {
            "plan": "keystroke/vip", "expiry": "2026-03-31", "quantity": 1,
            "options": {"pack": "8h", "interventions": [20, 50]},
        },
    )  # fmt: skip


def test_a_french_spreadsheet(tmp_path: Path) -> None:
    header = "Numéro de contrat;Forfait;Échéance;Courriel;Nom;Quantité;Désabonné"
    read = one(tmp_path, "C-1;sketchup/maintenance;31/03/2026;a@exâmple.fr;Zoé;3;Oui", header)
    assert (read.id, read.name, read.lang, read.unsubscribed) == ("C-1", "Zoé", "fr", True)
    assert read.to.address == "a@xn--exmple-xta.fr"
    assert read.request == {"plan": "sketchup/maintenance", "expiry": "2026-03-31", "quantity": 3}


def test_two_readings_of_a_date_are_not_guessed(tmp_path: Path) -> None:
    row = "C-1,sketchup/maintenance,03/04/2026,a@example.org,,,,,,"
    (why,) = reasons(tmp_path, row)
    both = "2026-04-03 with --day-first, 2026-03-04 with --month-first"
    assert why == f"expiry: it is {both}: say which holds for the whole list, or write it so"
    assert one(tmp_path, row, first="day").request["expiry"] == "2026-04-03"
    assert one(tmp_path, row, first="month").request["expiry"] == "2026-03-04"


@pytest.mark.parametrize(
    ("written", "first", "why"),
    [
        ("31/03/2026", None, "write 2026-03-31, or say --day-first for the whole list"),
        ("31/03/2026", "month", "write 2026-03-31, or say --day-first for the whole list"),
        ("03/31/2026", "day", "write 2026-03-31, or say --month-first for the whole list"),
        ("31/02/2026", "day", "write the date as 2026-03-31"),
        ("soon", "month", "write the date as 2026-03-31"),
    ],
)
def test_a_date_in_the_other_order_is_refused(tmp_path: Path, written: str, first: str | None, why: str) -> None:
    row = f"C-1,sketchup/maintenance,{written},a@example.org,,,,,,"
    assert reasons(tmp_path, row, first=first) == (f"expiry: {why}",)


def test_one_reading_is_enough(tmp_path: Path) -> None:
    assert one(tmp_path, "C-1,sketchup/maintenance,05/05/2026,a@example.org,,,,,,").request["expiry"] == "2026-05-05"


def test_every_reason_at_once(tmp_path: Path) -> None:
    found = reasons(tmp_path, "C-1,,soon,nobody,,xx,many,,,perhaps")
    assert [why.partition(":")[0] for why in found] == [
        "plan", "lang", "email", "unsubscribed", "expiry", "quantity",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('"C\n1",keystroke/vip,2026-03-31,a@example.org', "contract: it holds a line break or a control character"),
        ('C-1,keystroke/vip,2026-03-31,a@example.org,"Ann\nBcc: x@y.org"', "name: it holds a line break"),
        ('C-1,keystroke/vip,2026-03-31,"a@example.org\r\nBcc: x@y.org"', "email: it holds a line break"),
        ("C-1,keystroke/vip,2026-03-31,a@example.org,Ann\u202e gpj.exe", "name: it holds an invisible character"),
        ("C-1,keystroke/vip,2026-03-31,a@example.org,\u200fAnn", "name: it holds an invisible character"),
        (
            f"C-1,keystroke/vip,2026-03-31,a@example.org,{'A' * 10_000}",
            "name: the cell holds more than 4000 characters",
        ),
        (f"C-1,keystroke/vip,2026-03-31,a@example.org,{'A' * 300}", "name: it is longer than 200 characters"),
        ("C-1,keystroke/vip,2026-03-31,a@example.org,A\ufffdn", "name: a letter could not be read"),
        ("C-1,keystroke/vip,2026-03-31,", "email: the cell is empty"),
        ("C-1", "plan: the cell is empty"),
        ("C-1,keystroke/vip,2026-03-31,a@example.org,,,,,x y", "options.interventions: write whole minutes"),
    ],
)
def test_a_hostile_or_broken_row_is_refused(tmp_path: Path, row: str, why: str) -> None:
    assert any(reason.startswith(why) for reason in reasons(tmp_path, row))


def test_a_formula_in_a_name_is_a_name(tmp_path: Path) -> None:
    read = one(tmp_path, '=1+1,keystroke/vip,2026-03-31,a@example.org,"=HYPERLINK(""http://x"")",,,,,')
    assert read.name == '=HYPERLINK("http://x")'
    assert read.to.header == '"=HYPERLINK(\\"http://x\\")" <a@example.org>'


def test_missing_and_repeated_columns_stop_the_campaign(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        contracts(tmp_path, "contract,plan,expiri,email,email\n1,2,3,4,5\n")
    said = str(raised.value)
    assert "there is no column `expiry`" in said
    assert "call the column `expiri` `expiry`" in said
    assert "the column `email` is there twice" in said


def test_a_missing_column_is_told_by_its_names_and_with_what_nothing_reads(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        contracts(tmp_path, "contrat,offre,échéance,courriel\n1,2,3,4\n")
    (issue,) = raised.value.issues
    assert issue.what == "there is no column `plan`"
    assert issue.fix.startswith("add a column `plan` (or `forfait`")
    assert issue.fix.endswith("nothing reads `offre`")
    with pytest.raises(InputError) as raised:
        contracts(tmp_path, "contrat,forfaits,échéance,courriel\n1,2,3,4\n")
    assert raised.value.issues[0].fix.startswith("call the column `forfaits` `plan` (or `forfait`")


def test_columns_that_nothing_reads_are_named(tmp_path: Path) -> None:
    reader, _ = contracts(tmp_path, "contract,plan,expiry,email,Salesperson\n1,2,3,4,5\n")
    assert reader.unread == ("Salesperson",)
