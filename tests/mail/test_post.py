"""Sending to a real mail server on this machine: what each of its answers means."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from calculator.card import MailError
from site_builder.mail import Outcome, Post, Server, SmtpError, ascii_mailbox, page_address, server_from
from tests.mail.killing import Sink, sink

MESSAGE = b"Subject: x\r\nMessage-ID: <1@example.org>\r\n\r\nOne.\r\n.\r\nTwo.\r\n"


def deliver(server: Sink, to: str) -> Outcome:
    with Post(Server("127.0.0.1", server.port, tls=False)) as post:
        return post.deliver("sales@vendor.example", to, MESSAGE)


def test_what_a_servers_answers_mean(tmp_path: Path) -> None:
    with sink(tmp_path) as server:
        assert deliver(server, "ann@example.org") == Outcome("sent", "250 taken")
        assert deliver(server, "reject@example.org") == Outcome("rejected", "550 no such mailbox")
        assert deliver(server, "later@example.org") == Outcome("later", "451 come back later")
        lost = deliver(server, "lost@example.org")
        assert lost.kind == "in doubt"
        assert lost.detail.startswith("the connection was lost before the server's answer")
        assert [line.split("\t")[1] for line in server.taken.read_text().splitlines()] == [
            "ann@example.org", "lost@example.org",
        ]  # fmt: skip


def test_one_connection_serves_many_mails_and_outlives_a_refusal(tmp_path: Path) -> None:
    with sink(tmp_path) as server, Post(Server("127.0.0.1", server.port, tls=False)) as post:
        kinds = [
            post.deliver("s@vendor.example", to, MESSAGE).kind
            for to in ("a@example.org", "reject@example.org", "lost@example.org", "b@example.org")
        ]
        assert kinds == ["sent", "rejected", "in doubt", "sent"]


def test_a_server_that_is_not_there_stops_the_campaign() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Post(Server("127.0.0.1", port, tls=False)) as post, pytest.raises(SmtpError, match=f"127.0.0.1:{port}"):
        post.connect()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A certificate for this machine that this process trusts, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, made = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", key, "-out", made,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", made)
    return made, key


def test_with_starttls_and_a_password(tmp_path: Path, certificate: tuple[str, str]) -> None:
    made, key = certificate
    with sink(tmp_path, "--certificate", made, "--key", key) as server:
        with Post(Server("127.0.0.1", server.port, "campaign", "secret")) as post:
            assert post.deliver("sales@vendor.example", "ann@example.org", MESSAGE).kind == "sent"
        with (
            Post(Server("127.0.0.1", server.port, "campaign", "wrong")) as post,
            pytest.raises(
                SmtpError, match="the server does not accept CLAIRPLAN_SMTP_USER and CLAIRPLAN_SMTP_PASSWORD"
            ),
        ):
            post.connect()


def test_no_password_leaves_without_starttls(tmp_path: Path) -> None:
    with (
        sink(tmp_path) as server,
        Post(Server("127.0.0.1", server.port, "campaign", "secret")) as post,
        pytest.raises(SmtpError, match="STARTTLS"),
    ):
        post.connect()


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, key = certificate
    monkeypatch.delenv("SSL_CERT_FILE")
    with (
        sink(tmp_path, "--certificate", made, "--key", key) as server,
        Post(Server("127.0.0.1", server.port)) as post,
        pytest.raises(SmtpError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        post.connect()


def test_the_server_comes_from_the_call_or_the_environment() -> None:
    environment = {
        "CLAIRPLAN_SMTP_SERVER": "smtp.example.com",
        "CLAIRPLAN_SMTP_USER": "u",
        "CLAIRPLAN_SMTP_PASSWORD": "p",
    }
    assert server_from(None, True, environment) == Server("smtp.example.com", 587, "u", "p")
    assert server_from("other.example.com:2525", True, {}) == Server("other.example.com", 2525)
    assert server_from("localhost:25", False, {}).tls is False
    for named, tls, said in (
        (None, True, "no mail server"),
        ("smtp.example.com:x", True, "`x` is not a port"),
        ("smtp.example.com", False, "--no-tls is only for a server on this machine"),
    ):
        with pytest.raises(SmtpError, match=said):
            server_from(named, tls, {})


def test_addresses_of_other_alphabets() -> None:
    assert ascii_mailbox("to", "Zoé <zoe@exâmple.fr>").typed == "Zoé <zoe@xn--exmple-xta.fr>"
    with pytest.raises(MailError):
        ascii_mailbox("to", "a@é..fr")


def test_a_plans_page() -> None:
    assert page_address("https://x.example/p/", "fr", "keystroke/vip") == "https://x.example/p/fr/keystroke/"
    assert page_address("https://x.example/", "fr", None) == "https://x.example/fr//"
