"""The preview: serves the site while it is written, builds again what changed, and tells the open pages.

An error leaves the last good version in place; the pages show it with its excerpt until it is mended. Warnings come
after the build, when a second look has found them, and stand in a corner of the pages.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

from site_builder.addresses import split_address
from site_builder.build import Built, build_site
from site_builder.bundle import BundleError, plain
from site_builder.caching import FOLDER as BUILDS
from site_builder.caching import PACKAGE, Memory, forget_keys
from site_builder.config import load_config
from site_builder.errors import InputError, Issue, counted, render_all
from site_builder.headers import REVALIDATE, TYPES
from site_builder.rendering.assets import WORKER, service_worker
from site_builder.second_look import SecondLook, as_note, news
from site_builder.serve import SiteHandler, SiteServer

FOLDER: Final = Path(".cache") / "preview"
POLL_SECONDS: Final = 0.04
HEARTBEAT_SECONDS: Final = 15.0
_DOOR: Final = "_clairplan/"
_SCRIPT: Final = PACKAGE / "preview.js"
_KEEPER: Final = PACKAGE / "static" / WORKER
_OWN: Final = ("templates", "static", "locales")
"""Folders of the package that count as sources too: whoever changes a template wants to see it."""

_EMPTY: Final = b'<!DOCTYPE html>\n<html lang="en">\n<head><title>Not built yet</title></head>\n<body></body></html>\n'
"""The page of a site that was never right yet: only the script, which shows what is wrong."""

type Stamps = dict[str, tuple[int, int]]
"""Files by path with the time of their last change, in nanoseconds, and their size."""


class State:
    """What the open pages are told: the number of the last good build, what is wrong since, and what to look at."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.build = 0
        self.problem: str | None = None
        self.warnings: tuple[Issue, ...] | None = None
        self.turn = 0

    def good(self) -> None:
        """Note a build."""
        self._note(self.build + 1, None)

    def bad(self, problem: str) -> None:
        """Note why there is none."""
        self._note(self.build, problem)

    def warned(self, warnings: tuple[Issue, ...]) -> None:
        """Note what a second look found. Until the next one it may hold for the next build, too."""
        with self.changed:
            self.warnings, self.turn = warnings, self.turn + 1
            self.changed.notify_all()

    def _note(self, build: int, problem: str | None) -> None:
        with self.changed:
            self.build, self.problem, self.turn = build, problem, self.turn + 1
            self.changed.notify_all()

    def event(self) -> bytes:
        """The present state as server-sent events: the site or its problem, and warnings once they are known."""
        if self.problem is not None:
            return _event("problem", self.problem)
        known = b"" if self.warnings is None else _event("warnings", as_note(self.warnings))
        return _event("site", str(self.build)) + known


def _event(name: str, text: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in text.rstrip("\n").split("\n"))
    return f"event: {name}\n{lines}\n".encode()


class PreviewServer(SiteServer):
    """The server of a preview; `base` is the path under which the site will live."""

    def __init__(self, folder: Path, port: int, state: State, base: str) -> None:
        self.state = state
        self.base = base
        super().__init__(folder, port, handler=_Handler)


class _Handler(SiteHandler):
    """Adds the script to pages, and answers it."""

    def _answer(self, send_body: bool) -> None:
        server = cast(PreviewServer, self.server)
        path = split_address(self.path).path
        if path.startswith(server.base) and server.base != "/":
            self.path = self.path[len(server.base) - 1 :]
        elif path == "/" and server.base != "/":
            self._send(HTTPStatus.FOUND, b"", {"Location": server.base}, send_body)
            return
        path = split_address(self.path).path.lstrip("/")
        if path == f"{_DOOR}events" and send_body:
            self._events(server.state)
        elif path == f"{_DOOR}preview.js":
            headers = {"Content-Type": TYPES[".js"], "Cache-Control": REVALIDATE}
            self._send(HTTPStatus.OK, _SCRIPT.read_bytes(), headers, send_body)
        elif path == WORKER:  # a site served here before may have left one, which would show old pages
            headers = {"Content-Type": TYPES[".js"], "Cache-Control": REVALIDATE}
            self._send(HTTPStatus.OK, service_worker(_KEEPER.read_bytes(), on=False), headers, send_body)
        elif not server.state.build:
            headers = {"Content-Type": TYPES[".html"], "Cache-Control": REVALIDATE}
            self._send(HTTPStatus.OK, self._page(_EMPTY), headers, send_body)
        else:
            super()._answer(send_body)

    def _page(self, body: bytes) -> bytes:
        server = cast(PreviewServer, self.server)
        address = f"{server.base}{_DOOR}preview.js?build={server.state.build}"
        body = re.sub(rb' data-worker="[^"]*"', b"", body, count=1)
        return body.replace(b"</head>", f'<script type="module" src="{address}"></script>\n</head>'.encode(), 1)

    def _events(self, state: State) -> None:
        """Tell the page each new state, until it goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in {
            **self.server.policy,
            "Content-Type": "text/event-stream",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        seen = -1
        try:
            while True:
                with state.changed:
                    if state.turn == seen:
                        state.changed.wait(HEARTBEAT_SECONDS)
                    message = b": still here\n\n" if state.turn == seen else state.event()
                    seen = state.turn
                self.wfile.write(message)
                self.wfile.flush()
        except OSError:
            return


class Preview:
    """Builds, watches and builds again; `say` is told what happens."""

    def __init__(self, plans: Path, content: Path, say: Callable[[str], object] = print, folder: Path = FOLDER) -> None:
        self.plans, self.content, self.say = plans, content, say
        self.folder = folder
        self.site = folder / "site"
        self.state = State()
        self.stopped = threading.Event()
        self.second = SecondLook(plans, content, self._warned, say)
        self.docs: Path | None = None
        self.store = Memory(BUILDS)
        self.parts: Path | None = None
        self.stamps: Stamps = {}

    def build(self) -> Built | None:
        """Build once and tell the pages; None where something is wrong."""
        self.docs = _docs_folder(self.content)
        self.stamps = self._stamps()  # before anything is read: what is saved meanwhile is built next
        self.store.turn()
        try:
            made = build_site(
                self.plans, self.content, self.site, date.today(), say=lambda _: None, prepare=self._prepare,
                store=self.store, compress=False, jobs=1,
            )  # fmt: skip
        except InputError as error:
            self._wrong(render_all(error.issues))
        except (BundleError, OSError) as error:
            self._wrong(f"{error}\n")
        except Exception as error:
            self._wrong(
                f"The site could not be built: {type(error).__name__}: {error}\nThis is a mistake of Clairplan.\n"
            )
        else:
            self.state.good()
            self.say(f"Built in {made.seconds * 1000:.0f} ms: {counted(made.written, 'file')} changed.")
            return made
        return None

    def _wrong(self, text: str) -> None:
        self.state.bad(text)
        self.say(text)

    def _prepare(self, folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]:
        self.parts = self.parts or plain.parts(Path("node_modules"), Path(".cache") / "bundle")
        return plain.build(
            folder, parts=self.parts, catalogue_json=catalogue, locale_json_by_lang=locale_data, compress=False
        )

    def _warned(self, warnings: tuple[Issue, ...]) -> None:
        for line in news(self.state.warnings or (), warnings):
            self.say(line)
        self.state.warned(warnings)

    def look(self) -> None:
        """Build once, and have a second look at what was built."""
        self.second.end()
        if self.build():
            self.second.begin()

    def watch(self) -> None:
        """Build and look again after each change, until `stopped`."""
        while not self.stopped.wait(POLL_SECONDS):
            started, before = time.monotonic(), self.stamps
            now = self._stamps()
            if now != before and not any(size == 0 and before.get(name) != (when, size)
                                         for name, (when, size) in now.items()):  # fmt: skip
                changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
                if any(name.startswith(str(PACKAGE)) for name in changed):
                    forget_keys()
                self.look()
                continue
            # A large site takes longer to look through: then it is looked through less often.
            self.stopped.wait(min(1.0, 4 * (time.monotonic() - started)))

    def _stamps(self) -> Stamps:
        found: Stamps = {}
        for folder in (
            self.plans,
            self.content,
            *([self.docs] if self.docs else []),
            *(PACKAGE / name for name in _OWN),
        ):
            _look(str(folder), found)
        return found


def _look(folder: str, found: Stamps) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir():
                _look(entry.path, found)
            elif not entry.name.startswith(".") and not entry.name.endswith(("~", ".pyc")):
                stat = entry.stat()
                found[entry.path] = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            continue


def _docs_folder(content: Path) -> Path | None:
    """The folder of the documentation, where the settings can be read and name one."""
    try:
        setting = load_config(content / "site.yaml", Path.cwd()).docs
    except InputError:
        return None
    return setting.folder if setting else None


def has_sources(plans: Path, content: Path) -> bool:
    """Whether there is a site here to preview."""
    return plans.is_dir() and (content / "site.yaml").is_file()


def preview(plans: Path, content: Path, port: int, say: Callable[[str], object] = print) -> None:
    """Serve a preview until Ctrl+C. Raises OSError where nothing can listen on the port, before anything is built."""
    shown = Preview(plans, content, say)
    base, languages = _shape(content)
    server = PreviewServer(shown.site, port, shown.state, base)
    shown.look()
    for language in languages:
        say(f"{server.url}{base}{language}/")
    say("Watching for changes. Press Ctrl+C to stop.")
    watcher = threading.Thread(target=shown.watch, daemon=True)
    watcher.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        shown.stopped.set()
        shown.second.end()
        server.server_close()


def _shape(content: Path) -> tuple[str, Sequence[str]]:
    """The path under which the site will live, and its languages, as far as they can be read yet."""
    try:
        config = load_config(content / "site.yaml", Path.cwd())
    except InputError:
        return "/", [""]
    return config.base_path, config.languages
