"""Serves a folder as `clairplan serve` does, over a line of a given speed, and counts the bytes that travel.

Throttled here and not by a browser's own means: those leave out Workers and Service Workers, and differ by browser.
What is left out here is how TCP finds its speed; both sides of the comparison are spared it alike.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from site_builder.serve import SiteHandler, SiteServer

PIECE = 8192


@dataclass
class Line:
    """All connections share it. `rate` is in bytes a second (0: as fast as it goes), `round_trip` in seconds."""

    rate: float = 0
    round_trip: float = 0
    sent: dict[str, int] = field(default_factory=dict)
    encodings: set[str] = field(default_factory=set)
    free: float = 0  # when the line has sent all that it was given
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self) -> None:
        """Forget what was sent."""
        with self.lock:
            self.sent = {}

    @property
    def total(self) -> int:
        """Bytes sent since the last reset: headers and bodies, as they travel."""
        with self.lock:
            return sum(self.sent.values())

    def send(self, path: str, length: int) -> None:
        """Account for bytes, and wait until the line had room for them."""
        with self.lock:
            self.sent[path] = self.sent.get(path, 0) + length
            now = time.monotonic()
            self.free = max(self.free, now) + (length / self.rate if self.rate else 0)
            wait = self.free - now
        if self.rate:
            time.sleep(wait)


class _Paced(RawIOBase):
    """A connection's writing end."""

    def __init__(self, plain: Any, handler: "Handler") -> None:
        self.plain = plain
        self.handler = handler

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data)
        for begin in range(0, len(view), PIECE):
            piece = view[begin : begin + PIECE]
            self.handler.line.send(urlsplit(self.handler.path).path, len(piece))
            self.plain.write(piece)
        return len(view)


class Handler(SiteHandler):
    """Answers over the server's line."""

    @property
    def line(self) -> Line:
        return cast(Server, self.server).line

    def setup(self) -> None:
        super().setup()
        self.wfile = cast(Any, _Paced(self.wfile, self))
        time.sleep(self.line.round_trip)  # a new connection's greeting

    def _answer(self, send_body: bool) -> None:
        time.sleep(self.line.round_trip)
        self.line.encodings.add(self.headers.get("Accept-Encoding", ""))
        super()._answer(send_body)


class Server(SiteServer):
    """A site's server whose line may be narrowed while it runs."""

    def __init__(self, folder: Path) -> None:
        self.line = Line()
        super().__init__(folder, 0, handler=Handler)

    @contextmanager
    def narrowed(self, megabits: float, milliseconds: float) -> Iterator[None]:
        """For a while, a line of that many Mbit/s, and that many ms from question to first answer."""
        self.line.rate, self.line.round_trip = megabits * 125_000, milliseconds / 1000
        try:
            yield
        finally:
            self.line.rate = self.line.round_trip = 0


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The server, running."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
