"""Where mails lead and how they leave: a page's address, mail addresses of any alphabet, and SMTP.

Decides what a server's answer means for a mail. What a mail says is made by `calculator.card`.
"""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal, Self

from calculator.card import Mailbox, MailError, mailbox

PREFIX: Final = "CLAIRPLAN_SMTP_"
SECONDS: Final = 60
PER_CONNECTION: Final = 100
"""Mails after which a connection is closed and another one opened: many servers allow no more."""

type Kind = Literal["sent", "rejected", "later", "in doubt"]


class SmtpError(Exception):
    """The server cannot be used at all; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail: sent, rejected for good, not taken now, or in doubt; and the server's words."""

    kind: Kind
    detail: str


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes mail; without a user nobody logs in. `tls` asks for STARTTLS, and nothing less will do."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = True


def page_address(base_url: str, lang: str, plan: object) -> str:
    """The address of the page on which a plan (`family/plan`) is quoted."""
    family = plan.partition("/")[0] if isinstance(plan, str) else ""
    return f"{base_url}{lang}/{family}/"


def ascii_mailbox(field: str, text: str) -> Mailbox:
    """A name and an address; a domain in another alphabet is taken in its ASCII form. Raises MailError."""
    head, at, domain = text.rpartition("@")
    if at and not domain.isascii():
        closing = ">" if domain.endswith(">") else ""
        try:
            text = f"{head}@{domain.removesuffix('>').encode('idna').decode('ascii')}{closing}"
        except UnicodeError:
            raise MailError("address", field, text) from None
    return mailbox(field, text)


def server_from(named: str | None, tls: bool, environment: Mapping[str, str] = os.environ) -> Server:
    """The server called `host` or `host:port`, else that of the environment, with the environment's credentials.

    Raises SmtpError where there is none, or where mail would leave this machine in the open.
    """
    host, _, port = (named or environment.get(f"{PREFIX}SERVER", "")).partition(":")
    if not host:
        raise SmtpError(f"no mail server: give --smtp HOST:PORT, or set {PREFIX}SERVER")
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        raise SmtpError(f"`{port}` is not a port of a mail server; write HOST:PORT, such as smtp.example.com:587")
    if not tls and not _is_here(host):
        raise SmtpError(f"--no-tls is only for a server on this machine, and `{host}` is not; leave it out")
    user, password = environment.get(f"{PREFIX}USER", ""), environment.get(f"{PREFIX}PASSWORD", "")
    return Server(host, int(port or 587), user, password, tls)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Post:
    """Sends mail after mail over a connection that is opened when needed. Use it in a `with`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._smtp: smtplib.SMTP | None = None
        self._sent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye, if there is anybody."""
        if self._smtp:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
        self._smtp, self._sent = None, 0

    def connect(self) -> None:
        """Open the connection now, so that a wrong server or password is found before any mail is due.

        Raises SmtpError.
        """
        if self._sent >= PER_CONNECTION:
            self.close()
        if self._smtp:
            return
        server = self.server
        try:
            self._smtp = _opened(server)
        except smtplib.SMTPAuthenticationError as error:
            raise SmtpError(f"{server.host}: the server does not accept {PREFIX}USER and {PREFIX}PASSWORD") from error
        except (smtplib.SMTPException, OSError) as error:
            raise SmtpError(f"{server.host}:{server.port}: {_said(error)}") from error

    def deliver(self, sender: str, to: str, message: bytes) -> Outcome:
        """Hand one mail to the server. Raises SmtpError where no mail can be sent at all.

        Only a connection lost after the message has gone out leaves a doubt; before that, nothing was taken.
        """
        outcome = self._introduce(sender, to)
        if outcome.kind == "sent":
            outcome = self._transmit(message)
        self._sent += 1
        return outcome

    def _introduce(self, sender: str, to: str) -> Outcome:
        """Say from whom to whom; once more where the connection turns out to be closed."""
        for last in (False, True):
            self.connect()
            assert self._smtp
            try:
                self._smtp.ehlo_or_helo_if_needed()
                code, reply = self._smtp.mail(sender)
                if code == 250:
                    code, reply = self._smtp.rcpt(to)
                elif code >= 500:
                    raise SmtpError(f"{self.server.host}: the server refuses the sender {sender}: {_text(code, reply)}")
                if code in (250, 251):
                    return Outcome("sent", "")
                self._smtp.rset()
                if code != 421:
                    return Outcome("rejected" if code >= 500 else "later", _text(code, reply))
            except (smtplib.SMTPException, OSError) as error:
                code, reply = 0, _said(error).encode()
            self._drop()
            if last:
                return Outcome("later", _text(code, reply))
        raise AssertionError("the second time returns")

    def _transmit(self, message: bytes) -> Outcome:
        assert self._smtp
        try:
            code, reply = self._smtp.data(message)
        except smtplib.SMTPDataError as error:
            self._drop()
            return Outcome("rejected" if error.smtp_code >= 500 else "later", _said(error))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome("in doubt", f"the connection was lost before the server's answer: {_said(error)}")
        if code == 250:
            return Outcome("sent", _text(code, reply))
        return Outcome("rejected" if code >= 500 else "later", _text(code, reply))

    def _drop(self) -> None:
        """Close without a word: the connection is no longer in a known state."""
        if self._smtp:
            self._smtp.close()
        self._smtp, self._sent = None, 0


def _opened(server: Server) -> smtplib.SMTP:
    """A connection on which mail can be sent; nothing stays open where that fails."""
    smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.tls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _text(code: int, reply: bytes) -> str:
    text = reply.decode("utf-8", "replace").replace("\n", " ")[:200]
    return f"{code} {text}" if code else text


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return _text(error.smtp_code, raw if isinstance(raw, bytes) else str(raw).encode())
    return str(error) or type(error).__name__
