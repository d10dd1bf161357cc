"""`clairplan campaign`: looking, writing and sending, and what becomes of each kind of row."""

import csv
import email
import email.policy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_builder.campaign import Campaign
from site_builder.campaign.journal import Entry, Journal, key_of
from site_builder.cli import main
from site_builder.mail import SmtpError
from tests.mail.killing import sink
from tests.mail.quick import quick

__all__ = ["quick"]

Capture = pytest.CaptureFixture[str]
ROWS = """\
contract,plan,expiry,email,name,lang,quantity,options.pack,unsubscribed
C-1,keystroke/orange-care,2026-03-31,ann@example.org,Élodie Côté,fr,5,,
C-2,keystroke/vip,2026-03-31,bob@example.org,,en,,4h,
C-3,keystroke/orange-care,2026-02-20,cat@example.org,Cat,en,1,,
C-4,keystroke/orange-care,2027-03-31,dan@example.org,Dan,en,1,,
C-5,keystroke/orange-care,2024-03-31,eve@example.org,Eve,en,1,,
C-6,keystroke/orange-care,2026-03-31,fay@example.org,Fay,en,1,,yes
C-7,keystroke/orange-care,2026-03-31,GUY@example.org,Guy,en,1,,
C-1,keystroke/orange-care,2026-03-31,ann@example.org,Élodie Côté,fr,5,,
C-8,keystroke/orang,2026-03-31,hal@example.org,Hal,en,1,,
C-9,keystroke/orange-care,2026-03-31,reject@example.org,Ida,en,1,,
C-10,keystroke/orange-care,2026-03-31,later@example.org,Jan,en,1,,
C-11,keystroke/orange-care,2026-03-31,lost@example.org,Kim,en,1,,
"""
SEND = ["--from", "Sales <sales@vendor.example>", "--unsubscribe-mailto", "stop@vendor.example", "--per-minute", "0"]


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    path = tmp_path / "contracts.csv"
    path.write_text(ROWS, "utf-8")
    (tmp_path / "gone.txt").write_text("# asked by telephone\nguy@example.org\n")
    return path


@pytest.fixture
def run(contracts: Path, tmp_path: Path) -> Callable[..., tuple[int, dict[str, list[str]]]]:
    """Run a campaign; gives the exit code, and by outcome the contracts of the report."""

    def running(*more: str, on: str = "2026-03-15") -> tuple[int, dict[str, list[str]]]:
        report = tmp_path / "report.csv"
        gone = ["--unsubscribed", str(tmp_path / "gone.txt"), "--report", str(report)]
        code = main(["campaign", str(contracts), "--on", on, *gone, *more])
        found: dict[str, list[str]] = {}
        with report.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["outcome"], []).append(row["contract"])
        return code, found

    return running


LEFT_OUT = {
    "not due": ["C-4"], "expired": ["C-5"], "unsubscribed": ["C-6", "C-7"], "duplicate": ["C-1"], "refused": ["C-8"],
}  # fmt: skip
TO_ALL = ["C-1", "C-2", "C-3", "C-9", "C-10", "C-11"]


def test_without_being_told_it_only_looks(run: Any, tmp_path: Path, capsys: Capture) -> None:
    before = set(tmp_path.iterdir())
    code, found = run()
    assert code == 1  # a row was refused
    assert found == LEFT_OUT | {"due": TO_ALL}
    assert set(tmp_path.iterdir()) - before == {tmp_path / "report.csv"}
    said = capsys.readouterr().out
    assert "a dry run: nothing is sent" in said
    assert "line 9: C-1: duplicate: the same contract is on line 2" in said
    assert "line 10: C-8: refused: plan – “keystroke/orang” is not one of our plans." in said


def read(path: Path) -> Any:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def test_one_file_for_each_mail_the_same_every_time(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("--out", str(folder), *SEND[:4])
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("--out", str(folder), *SEND[:4])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert len(first) == len(TO_ALL)
    mail = read(next(folder.glob("C-1-reminder-30-*.eml")))
    assert mail["To"] == "Élodie Côté <ann@example.org>"
    assert mail["Subject"].replace("\u00a0", " ") == "Votre contrat prend fin le 31 mars 2026 : Orange Care"
    assert mail["List-Unsubscribe"] == "<mailto:stop@vendor.example?subject=unsubscribe%20ann%40example.org>"
    assert mail["List-Unsubscribe-Post"] is None
    assert mail["X-Unsent"] == "1"
    said = mail.get_body(("plain",)).get_content()
    assert "Bonjour Élodie Côté," in said
    assert "540,00\u00a0$" in said


def test_a_price_on_request_and_a_grace_period_have_mails_of_their_own(run: Any, tmp_path: Path) -> None:
    run("--out", str(tmp_path / "out"))
    asked = read(next((tmp_path / "out").glob("C-2-*.eml")))
    assert "The price of the renewal is given on request" in asked.get_body(("plain",)).get_content()
    grace = read(next((tmp_path / "out").glob("C-3-grace-*.eml")))
    assert grace["Subject"] == "Grace period until March 22, 2026: Orange Care"


def test_one_click_unsubscribing_has_its_headers_and_a_token_that_needs_the_key(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    page = ["--unsubscribe-page", "https://vendor.example/off/{token}"]
    tokens = set()
    for key in ("a secret of the vendor", "another one entirely"):
        monkeypatch.setenv("CLAIRPLAN_UNSUBSCRIBE_KEY", key)
        run("--out", str(tmp_path / "out"), *page)
        mail = read(next((tmp_path / "out").glob("C-1-*.eml")))
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].startswith("<https://vendor.example/off/")
        tokens.add(mail["List-Unsubscribe"])
    assert len(tokens) == 2
    assert "ann" not in "".join(tokens)


def test_sent_once_and_never_again(run: Any, tmp_path: Path, contracts: Path, capsys: Capture) -> None:
    with sink(tmp_path) as server:
        smtp = ["--send", "--smtp", f"127.0.0.1:{server.port}", "--no-tls", *SEND]
        code, found = run(*smtp)
        assert code == 1
        outcomes = {"sent": ["C-1", "C-2", "C-3"], "rejected": ["C-9"], "later": ["C-10"], "in doubt": ["C-11"]}
        assert found == LEFT_OUT | outcomes
        assert "C-11: Kim <lost@example.org>, reminder-30, <" in capsys.readouterr().out
        _, again = run(*smtp, on="2026-03-16")
        before = {"sent before": ["C-1", "C-2", "C-3"], "rejected": ["C-9"], "later": ["C-10"], "in doubt": ["C-11"]}
        assert again == LEFT_OUT | before
        assert set(server.identifiers().values()) == {1}
        _, taken = run(*smtp, "--in-doubt", "sent")
        assert taken["sent before"] == ["C-1", "C-2", "C-3", "C-11"]
        contracts.write_text(ROWS.replace("reject@", "ida@"), "utf-8")
        _, corrected = run(*smtp)
        assert corrected["sent"] == ["C-9"]
        _, looked = run()
        assert looked["sent before"] == ["C-1", "C-2", "C-3", "C-9", "C-11"]


def test_a_doubt_is_resent_when_asked_and_can_be_recognised(run: Any, tmp_path: Path, contracts: Path) -> None:
    key = key_of("C-1", "2026-03-31", "reminder-30")
    with Journal(contracts.with_name("contracts.csv.journal"), writing=True) as journal:
        journal.intend(Entry(key, "ann@example.org", "C-1", "Élodie", "reminder-30", "2026-03-14", "<1@x>"))
    with sink(tmp_path) as server:
        smtp = ["--send", "--smtp", f"127.0.0.1:{server.port}", "--no-tls", *SEND]
        _, listed = run(*smtp)
        assert "C-1" in listed["in doubt"]
        _, resent = run(*smtp, "--in-doubt", "resend")
        assert "C-1" in resent["sent"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--send"], "--send needs --from"),
        (["--send", "--from", "a@example.org"], "--send needs --unsubscribe-mailto or --unsubscribe-page"),
        (["--send", *SEND], "no mail server"),
        (["--send", "--smtp", "smtp.example.com", "--no-tls", *SEND], "--no-tls is only for a server on this machine"),
        (["--from", "a\nb@example.org"], "--from: write an address such as name@example.com"),
        (["--lang", "xx"], "--lang xx: the site has no such language; it has fr, en"),
        (["--unsubscribe-page", "http://x.example/{token}"], "begins with https://"),
        (["--unsubscribe-page", "https://x.example/"], "write {token}"),
        (["--unsubscribe-page", "https://x.example/{token}"], "set CLAIRPLAN_UNSUBSCRIBE_KEY"),
    ],
)
def test_a_call_that_cannot_be_meant(contracts: Path, capsys: Capture, arguments: list[str], said: str) -> None:
    assert main(["campaign", str(contracts), "--on", "2026-03-15", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert ("Nothing was sent. Mend that first" in told) is ("--send" in arguments)


def test_dates_are_read_in_one_order_alone(contracts: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["campaign", str(contracts), "--on", "2026-03-15", "--day-first", "--month-first"])
    assert "not allowed with argument --day-first" in capsys.readouterr().err


def test_dates_may_begin_with_the_month(tmp_path: Path, run: Any, contracts: Path) -> None:
    contracts.write_text(ROWS.replace("2026-03-31", "03/31/2026"), "utf-8")
    _, found = run("--month-first")
    assert found["due"] == TO_ALL
    _, found = run("--day-first")
    assert "due" not in found or "C-1" not in found["due"]


def test_a_campaign_that_was_broken_off_says_how_it_goes_on(
    contracts: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(campaign: Campaign) -> None:
        campaign.tried += 2
        raise SmtpError("the server is gone")

    monkeypatch.setattr(Campaign, "run", broken_off)
    assert main(["campaign", str(contracts), "--on", "2026-03-15", "--send", "--smtp", "127.0.0.1:1", *SEND]) == 2
    said = capsys.readouterr().err
    assert "2 mails were tried, as the journal says; once that is mended, the same command goes on from there." in said


def test_a_length_that_the_plan_does_not_offer_is_told_and_not_passed_over(
    contracts: Path, run: Any, capsys: Capture
) -> None:
    contracts.write_text(
        "contract,plan,expiry,email,name,lang,months\n"
        "L-1,keystroke/orange-care,2026-03-31,ann@example.org,Ann,en,24\n"
        "L-2,keystroke/orange-care,2026-03-31,bob@example.org,Bob,en,12\n"
        "L-3,sketchup/maintenance,2026-03-31,cat@example.org,Cat,en,24\n"
        "L-4,sketchup/maintenance,2026-03-31,dan@example.org,Dan,en,36\n",
        "utf-8",
    )
    code, found = run()
    assert code == 1
    assert found == {"refused": ["L-1"], "due": ["L-2", "L-3", "L-4"]}  # three years would go too far on that day alone
    said = capsys.readouterr().out
    assert "line 2: L-1: refused: months – Number of months: only 12 is offered. Enter 12." in said


def test_a_report_takes_the_place_of_a_report_alone(contracts: Path, tmp_path: Path, capsys: Capture) -> None:
    command = ["campaign", str(contracts), "--on", "2026-03-15"]
    for _ in range(2):
        main([*command, "--report", str(tmp_path / "report.csv")])
    assert "contract,name,email,outcome" in (tmp_path / "report.csv").read_text("utf-8-sig")
    capsys.readouterr()
    assert main([*command, "--report", str(contracts)]) == 2
    assert f"{contracts}: this file is not a report of an earlier time" in capsys.readouterr().err
    assert contracts.read_text("utf-8") == ROWS


def test_the_mails_of_a_campaign_go_into_a_folder(contracts: Path, capsys: Capture) -> None:
    assert main(["campaign", str(contracts), "--on", "2026-03-15", "--out", str(contracts)]) == 2
    assert f"--out {contracts}: this is a file; name a folder for the mails" in capsys.readouterr().err
