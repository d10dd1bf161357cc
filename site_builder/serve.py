"""Serves a built site on this machine, with the headers and the compressed files that a good host would use."""

import hashlib
import os
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from site_builder.addresses import split_address
from site_builder.headers import EMBED, TYPES, caching, embed_policy, security_headers

_ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}


class SiteServer(ThreadingHTTPServer):
    """A server of one folder; the folder may be swapped for another build while it runs."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, handler: "type[SiteHandler] | None" = None) -> None:
        self.folder = folder
        self.policy = security_headers()
        super().__init__(("127.0.0.1", port), handler or SiteHandler)

    @property
    def url(self) -> str:
        """The address to open, without a final slash."""
        return f"http://localhost:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without the look-up of this host's name, which can take seconds and is not used."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]


class SiteHandler(BaseHTTPRequestHandler):
    """Answers with the files of the server's folder."""

    server: SiteServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the site, or with its page for what is not found."""
        self._answer(send_body=True)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self._answer(send_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the terminal belongs to whoever builds."""

    def _answer(self, send_body: bool) -> None:
        path = unquote(split_address(self.path).path)
        file = _file(self.server.folder, path)
        if file is None and not path.endswith("/") and _file(self.server.folder, f"{path}/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{split_address(self.path).path}/"}, send_body)
            return
        status = HTTPStatus.OK
        if file is None:
            status, file = HTTPStatus.NOT_FOUND, _not_found(self.server.folder, path)
        if file is None:
            self._send(status, b"Not found\n", {"Content-Type": TYPES[".txt"]}, send_body)
        else:
            self._send_file(status, file, send_body)

    def _send_file(self, status: HTTPStatus, file: Path, send_body: bool) -> None:
        headers = {"Content-Type": TYPES.get(file.suffix, "application/octet-stream"), "Vary": "Accept-Encoding"}
        headers["Cache-Control"] = caching(file.relative_to(self.server.folder.resolve()))
        accepted = [part.partition(";")[0].strip() for part in self.headers.get("Accept-Encoding", "").split(",")]
        body = None
        for encoding, suffix in _ENCODINGS.items():
            compressed = file.with_name(file.name + suffix)
            if encoding in accepted and compressed.is_file():
                body, headers["Content-Encoding"] = compressed.read_bytes(), encoding
                break
        body = file.read_bytes() if body is None else body
        if file.suffix == ".html" and "Content-Encoding" not in headers:
            body = self._page(body)
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if self.headers.get("If-None-Match") == headers["ETag"] and status is HTTPStatus.OK:
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers, send_body=False)
        else:
            self._send(status, body, headers, send_body)

    def _page(self, body: bytes) -> bytes:
        """The page as it is sent."""
        return body

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str], send_body: bool) -> None:
        self.send_response(status)
        held = {}
        if self.path.startswith(f"/{EMBED}/"):
            held["Content-Security-Policy"] = embed_policy(self.server.folder)
        for name, value in {**self.server.policy, **held, **headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if send_body:
            self.wfile.write(body)


def _file(folder: Path, path: str) -> Path | None:
    """The file of the site for that path of an address; None where there is none, or where it would lead outside."""
    if "\0" in path:
        return None
    root = folder.resolve()
    wanted = (root / path.lstrip("/")).resolve()
    if not wanted.is_relative_to(root):
        return None
    if path.endswith("/"):
        wanted /= "index.html"
    return wanted if os.path.isfile(wanted) else None  # False, not an error, for a name too long


def _not_found(folder: Path, path: str) -> Path | None:
    """The nearest 404 page: that of the language whose folder the address is in, else the site's."""
    language = path.strip("/").partition("/")[0]
    return _file(folder, f"/{language}/404.html") or _file(folder, "/404.html")


def languages(folder: Path) -> list[str]:
    """The languages of a built site: the folders that have a page of their own."""
    return sorted(page.parent.name for page in folder.glob("*/index.html") if len(page.parent.name) == 2)
