"""`clairplan email`: the draft on standard output or in a file, and what it says when there is none."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from calculator.card import draft
from site_builder.cli import main
from tests.mail.making import ORANGE, offered
from tests.mail.quick import quick

__all__ = ["quick"]

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(ORANGE))
    return path


def test_the_draft_on_standard_output_is_the_pages(request_file: Path, capsysbinary: Capture) -> None:
    arguments = ["email", str(request_file), "--to", "Ann <a@example.org>", "--lang", "fr", "--from", "v@example.org"]
    assert main(arguments) == 0
    written = capsysbinary.readouterr().out
    offer = offered(ORANGE)
    expected = draft(offer, "https://plans.example/fr/keystroke/", ["Ann <a@example.org>"], "v@example.org")
    # Links lead to the site's own address, which the messages of other tests do not know.
    assert len(written.splitlines()) > 100
    assert written.split(b"\r\n")[:3] == expected.encode().split(b"\r\n")[:3]


def test_into_a_file_the_same_bytes(request_file: Path, tmp_path: Path, capsysbinary: Capture) -> None:
    arguments = ["email", str(request_file), "--to", "a@example.org", "--lang", "en", "--reference", "PO 1"]
    assert main([*arguments, "--out", str(tmp_path / "a.eml")]) == 0
    assert capsysbinary.readouterr().out == f"{tmp_path / 'a.eml'}: a draft, to look through and send\n".encode()
    assert main(arguments) == 0
    assert capsysbinary.readouterr().out == (tmp_path / "a.eml").read_bytes()


def test_a_refused_request_is_exit_1(capsysbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = json.dumps(ORANGE | {"expiry": "2026-02-30"}).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    assert main(["email", "-", "--to", "a@example.org", "--lang", "en"]) == 1
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert b"enter a date that exists" in captured.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--to", "a@example.org\nBcc: b@example.org"], "Recipient: this text holds a line break"),
        (
            ["--to", "a@example.org", "--reference", "x\r\nBcc: b@example.org"],
            "Reference: this text holds a line break",
        ),
        (["--to", "a@example.org", "--seller", "x\u202ey"], "From: this text holds an invisible character"),
        (["--to", "a@example.org", "--from", "nobody"], "Sender: write an address such as name@example.com"),
    ],
)
def test_what_could_add_a_header_is_exit_2(
    request_file: Path, capsysbinary: Capture, more: list[str], said: str
) -> None:
    assert main(["email", str(request_file), "--lang", "en", *more]) == 2
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert said in captured.err.decode()


def test_a_language_that_is_not_there_is_exit_2(request_file: Path, capsysbinary: Capture) -> None:
    assert main(["email", str(request_file), "--to", "a@example.org", "--lang", "xx"]) == 2
    assert b"there is no language `xx`" in capsysbinary.readouterr().err


def test_a_draft_takes_the_place_of_a_draft_alone(request_file: Path, tmp_path: Path, capsys: Any) -> None:
    many = [part for number in range(300) for part in ("--to", f"a{number}@example.org")]
    arguments = ["email", str(request_file), "--lang", "en", *many]
    draft_file = tmp_path / "a.eml"
    draft_file.touch()
    for _ in range(2):
        assert main([*arguments, "--out", str(draft_file)]) == 0
    plan = tmp_path / "care.yaml"
    plan.write_text("family: care\n")
    for out, what in (
        (plan, "this file is not a draft of an earlier time"),
        (request_file, "this file is not a draft of an earlier time"),
        (tmp_path, "this is a folder"),
    ):
        assert main([*arguments, "--out", str(out)]) == 2
        said = capsys.readouterr().err
        assert f"{out}: {what}" in said and "quote.eml" in said
    assert plan.read_text() == "family: care\n"
    assert main([*arguments, "--out", "/dev/null"]) == 0
