"""Messages: what another program reads in them, the same bytes every time, and nothing that a name could add."""

import email
import email.policy
import json
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calculator import wire
from calculator.card import Letter, MailError, Parts, draft, mailbox, message, message_id
from tests.mail.making import BASE, ESTIMATE, ORANGE, SKETCHUP, Request, families, offered, order, words

ADDRESS = f"{BASE}fr/keystroke/"


def read(raw: str) -> EmailMessage:
    found = email.message_from_bytes(raw.encode("ascii"), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def eml(request: Request = ORANGE, lang: str = "fr", to: tuple[str, ...] = ("Zoé Côté <zoe@example.org>",)) -> str:
    return draft(offered(request, lang), order(request, lang).address, to, "ventes@example.org")


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_another_program_reads_what_was_meant() -> None:
    mail, offer = read(eml()), offered(ORANGE)
    assert offer.card
    assert mail["To"] == "Zoé Côté <zoe@example.org>"
    assert mail["From"] == "ventes@example.org"
    assert mail["Subject"] == "Renouvellement\u00a0: Orange Care – 540,00\u00a0$"
    assert mail["Date"].datetime.date().isoformat() == "2026-03-15"
    assert mail["X-Unsent"] == "1"
    assert mail["Content-Language"] == "fr-CA"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert body(mail, "plain") == offer.card.text.rstrip("\n")  # the last line end belongs to the boundary
    assert offer.card.html in body(mail, "html")


def test_lines_are_short_ascii_and_end_as_mail_wants() -> None:
    raw = eml(SKETCHUP).encode("ascii")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


def test_the_same_request_gives_the_same_bytes() -> None:
    assert eml() == eml()
    assert eml() != eml(ORANGE | {"quantity": 6})
    assert read(eml())["Message-ID"] != read(eml(ORANGE | {"on": "2026-03-16"}))["Message-ID"]


def test_the_dates_come_as_a_calendar() -> None:
    attached = list(read(eml()).iter_attachments())
    assert [part.get_filename() for part in attached] == ["dates.ics"]
    found: Any = Calendar.from_ical(attached[0].get_content())
    events = {event["SUMMARY"]: event["DTSTART"].dt.isoformat() for event in found.walk("VEVENT")}
    assert events == {
        "Dernier jour pour renouveler à temps – Renouvellement\u00a0: Orange Care": "2026-03-31",
        "Dernier jour du délai de grâce – Renouvellement\u00a0: Orange Care": "2026-04-30",
    }
    assert len({event["UID"] for event in found.walk("VEVENT")}) == 2


def test_a_quote_without_dates_has_no_calendar() -> None:
    assert [part.get_content_type() for part in read(eml(ESTIMATE)).walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


def test_calendar_lines_are_folded_between_letters() -> None:
    calendar = offered(SKETCHUP | {"serials": ["é" * 60], "quantity": 1}).calendar
    lines = calendar.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("to", "a@example.org\nBcc: b@example.org", "control"),
        ("to", "a@example.org\r\nBcc: b@example.org", "control"),
        ("to", "A\u2028B <a@example.org>", "control"),
        ("to", "A\u202eB <a@example.org>", "direction"),
        ("to", "A\ufeff <a@example.org>", "direction"),
        ("to", "a@example.org, b@example.org", "address"),
        ("to", "a@example.org> <b@example.org", "address"),
        ("to", "<a@example.org><b@example.org>", "address"),
        ("to", "a@example", "address"),
        ("to", "a b@example.org", "address"),
        ("to", "a..b@example.org", "address"),
        ("to", "é@example.org", "address"),
        ("to", "a@exämple.org", "address"),
        ("to", "a@-example.org", "address"),
        ("to", f"{'a' * 65}@example.org", "address"),
        ("to", "", "address"),
        ("from", "x\x00@example.org", "control"),
        ("to", f"{'n' * 190} <a@example.org>", "long"),
    ],
)
def test_what_is_no_mailbox_is_refused(field: str, text: str, code: str) -> None:
    with pytest.raises(MailError) as raised:
        mailbox(field, text)
    assert (raised.value.code, raised.value.field) == (code, field)


def test_a_subject_is_one_line() -> None:
    with pytest.raises(MailError):
        message(Letter(None, (), "a\nBcc: x@y.org", "2026-03-15", "h"), Parts("", "", "fr"))


@given(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="<>"), min_size=1, max_size=60))
def test_a_name_is_read_as_it_was_typed_and_adds_no_header(name: str) -> None:
    typed = f"{name} <a@example.org>"
    letter = Letter(mailbox("from", typed), [mailbox("to", typed)], f"x {name}", "2026-03-15", "h.example")
    mail = read(message(letter, Parts("<table></table>", "t", "fr")))
    expected = name.strip('"')
    assert [one.addr_spec for one in mail["To"].addresses] == ["a@example.org"]
    # Python's reader puts a space between encoded words, which RFC 2047 leaves out; the names here have none.
    assert mail["To"].addresses[0].display_name.replace(" ", "") == expected
    assert mail["Subject"] == f"x {name}"
    assert set(mail.keys()) <= {
        "From", "To", "Subject", "Date", "X-Unsent", "Content-Language", "MIME-Version", "Message-ID", "Content-Type",
    }  # fmt: skip


def test_an_identifier_comes_from_what_it_identifies() -> None:
    assert message_id("a", "h.example") == message_id("a", "h.example") != message_id("b", "h.example")


class TestThePagesDoor:
    """`wire.serve` gives the page the bytes that the command line writes."""

    @pytest.fixture(autouse=True)
    def _loaded(self) -> None:
        wire.load(json.dumps(families().catalogue), json.dumps({lang: words(lang) for lang in ("fr", "en")}))

    def ask(self, kind: str, **payload: Any) -> dict[str, Any]:
        asked = {"request": ORANGE, "lang": "fr", "address": ADDRESS, **payload}
        found: dict[str, Any] = json.loads(wire.serve(kind, json.dumps(asked)))
        return found

    def test_the_card(self) -> None:
        offer = offered(ORANGE)
        assert offer.card
        assert self.ask("card") == {
            "ok": True, "html": offer.card.html, "text": offer.card.text, "subject": offer.card.subject,
        }  # fmt: skip

    def test_the_draft(self) -> None:
        found = self.ask("draft", to=["Zoé Côté <zoe@example.org>"], **{"from": "ventes@example.org"})
        assert found == {"ok": True, "eml": eml()}

    def test_a_draft_needs_nobody_yet(self) -> None:
        mail = read(self.ask("draft")["eml"])
        assert mail["To"] is None
        assert mail["From"] is None

    def test_a_refused_request_says_why(self) -> None:
        found = self.ask("card", request=ORANGE | {"on": "2026-02-30"})
        assert found["ok"] is False
        assert "entrez une date qui existe" in found["text"]

    def test_a_bad_reference_says_why(self) -> None:
        found = self.ask("card", reference="a\nb")
        assert found["ok"] is False
        assert found["text"].replace("\u00a0", " ").startswith("Référence : ce texte contient un saut de ligne")

    def test_a_request_that_is_none_says_why(self) -> None:
        assert self.ask("card", request=[])["ok"] is False
