"""A real mail server on this machine that keeps a list of what it took: one line each, identifier and recipient.

Run as `python -m tests.mail.sink LIST`; it says where it listens. Recipients called reject@, later@ and lost@ get what
their names say. The list is written before the server says yes, so that no mail is taken without standing there.
"""

import argparse
import asyncio
import re
import ssl
from pathlib import Path
from typing import IO

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

IDENTIFIER = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class Handler:
    def __init__(self, taken: IO[str], seconds: float) -> None:
        self.taken = taken
        self.seconds = seconds

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("reject@"):
            return "550 no such mailbox"
        if address.startswith("later@"):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        found = IDENTIFIER.search(content)
        self.taken.write(f"{found[1].decode() if found else '?'}\t{envelope.rcpt_tos[0]}\n")
        self.taken.flush()
        if envelope.rcpt_tos[0].startswith("lost@"):
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        await asyncio.sleep(self.seconds)
        return "250 taken"


def authenticated(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"campaign", b"secret"), handled=False)


async def serve(arguments: argparse.Namespace) -> None:
    context = None
    if arguments.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments.certificate, arguments.key)
    with arguments.list.open("a") as taken:
        handler = Handler(taken, arguments.seconds)
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(
                handler, hostname="sink.test", tls_context=context, require_starttls=context is not None,
                auth_required=context is not None, authenticator=authenticated,
            ),
            "127.0.0.1", 0,
        )  # fmt: skip
        print(f"listening on {server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("list", type=Path)
    parser.add_argument("--seconds", type=float, default=0.0, help="how long each mail takes")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    asyncio.run(serve(parser.parse_args()))
