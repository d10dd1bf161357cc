"""What tests share: the built site, served as it will be, and the browsers that open it."""

import contextlib
import fcntl
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from selenium import webdriver

from scripts.browsers import BY_HAND, browser
from tests.once import made_once

ROOT = Path(__file__).resolve().parent.parent
CLAIRPLAN = str(Path(sys.executable).with_name("clairplan"))
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # root has none, and a container needs none
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure(config: pytest.Config) -> None:
    """Some languages are read as tests are collected: what is made once is so from then on."""
    config.add_cleanup(made_once())


@dataclass(frozen=True)
class Site:
    """A built site and where it is served: `url` ends without a slash."""

    directory: Path
    url: str


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The public directory of the repository's own plans and content, built once for all workers of a run.

    `CLAIRPLAN_SITE` names one that was built just before, as `make test` does.
    """
    if made := os.environ.get("CLAIRPLAN_SITE"):
        return (ROOT / made).resolve(strict=True)
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    public = shared / "public"
    with (shared / "public.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not public.exists():
            _build(public)
    return public


def _build(public: Path) -> None:
    command = [CLAIRPLAN, "build", "--out", str(public)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    if done.returncode:
        shutil.rmtree(public, ignore_errors=True)
        pytest.fail(f"clairplan build failed ({done.returncode}):\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[Site]:
    """The built site, served by `clairplan serve` with the headers it will have."""
    command = [CLAIRPLAN, "serve", "--dir", str(built), "--port", "0"]
    with running(command, say=r"http://[\w.:]+") as url:
        yield Site(built, url)


@contextlib.contextmanager
def running(command: list[str], say: str, seconds: float = 30) -> Iterator[str]:
    """A program in the background; yields what matched `say` in its output, and stops it at the end."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    out = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        lines: queue.Queue[str | None] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process.stdout, lines), daemon=True)
        reader.start()
        try:
            yield _await(lines, say, seconds, command)
        finally:
            process.terminate()
            reader.join(timeout=10)


def _read(output: IO[str], lines: queue.Queue[str | None]) -> None:
    """Pass on every line, to the end: a program whose output nobody takes would stop."""
    for line in output:
        lines.put(line)
    lines.put(None)


def _await(lines: queue.Queue[str | None], say: str, seconds: float, command: list[str]) -> str:
    said: list[str] = []
    with contextlib.suppress(queue.Empty):
        while (line := lines.get(timeout=seconds)) is not None:
            said.append(line)
            if found := re.search(say, line):
                return found[0]
    pytest.fail(f"{' '.join(command)} did not say {say}. It said:\n{''.join(said)}", pytrace=False)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running_playwright:
        yield running_playwright


def _program(name: str, needed: bool) -> str:
    """Where browser `name` is. Away from CI the further engines may be missing: then their tests say so."""
    if program := browser(name):
        return program
    why = f"{name} was not found: {BY_HAND[name]}"
    if needed or os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    program = _program("chromium", needed=True)
    with playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS) as launched:
        yield launched


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Firefox ESR; `java_script_enabled=False` and `emulate_media` do nothing here, silently."""
    program = _program("firefox", needed=False)
    with playwright.firefox.launch(channel="moz-firefox", executable_path=program) as launched:
        yield launched


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A screen to draw on, for browsers that cannot do without: the one there is, else a virtual one."""
    if display := os.environ.get("DISPLAY"):
        yield display
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with running(command, say=r"^\d+$") as number:
        yield f":{number}"


@pytest.fixture(scope="session")
def webkit(request: pytest.FixtureRequest) -> Iterator[webdriver.WebKitGTK]:
    """WebKitGTK through its driver (selenium, not Playwright): no narrow windows, no console."""
    options = webdriver.WebKitGTKOptions()
    options.binary_location = _program("webkit", needed=False)
    options.add_argument("--automation")
    env = {**os.environ, "DISPLAY": request.getfixturevalue("screen")}
    service = webdriver.WebKitGTKService(executable_path=shutil.which("WebKitWebDriver"), env=env)
    with warnings.catch_warnings():
        # Selenium's WebKitGTK class calls its own base in a way that the base calls deprecated.
        warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
        driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()
