"""Warnings in the served preview: a note in a corner that opens, by keyboard too, and that nobody else is sent."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.errors import Issue, Place
from site_builder.preview import PreviewServer, State
from tests.conftest import Site
from tests.e2e.conftest import IN_CHROMIUM
from tests.e2e.test_accessibility import violations
from tests.e2e.words import FAMILY

pytestmark = pytest.mark.e2e

LINK = Issue(Place("plans/a.yaml", 9, 2), "leads <b>nowhere</b>", fix="mend it", excerpt="  url: x")
ADDRESS = Issue(Place("content/site.yaml", 5, 11), "an address for examples", excerpt="base_url: x")
NOTE = "aside.clairplan-warnings"


class Shown(NamedTuple):
    page: Page
    state: State
    server: PreviewServer


@pytest.fixture(scope="module")
def plain(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site as a preview has it: nothing is compressed."""
    folder = tmp_path_factory.mktemp("preview") / "site"
    shutil.copytree(built, folder, copy_function=os.link, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    return folder


@pytest.fixture
def shown(plain: Path, browser: Browser) -> Iterator[Shown]:
    """A page of a preview of the built site, and the state that tests set."""
    state = State()
    state.good()
    server = PreviewServer(plain, 0, state, "/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
        page.goto(f"{server.url}/en/{FAMILY}/")
        yield Shown(page, state, server)
        assert complaints == []
    server.shutdown()
    server.server_close()


def test_the_note_opens_by_keyboard_and_stays_open_over_reloads(shown: Shown) -> None:
    page, state, _ = shown
    expect(page.locator(NOTE)).to_have_count(0)
    state.warned((ADDRESS, LINK))
    summary = page.get_by_role("complementary", name="Clairplan").locator("summary")
    expect(summary).to_have_text("2 warnings")
    expect(page.get_by_text("leads <b>nowhere</b>")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("9 |   url: x")).to_be_visible()
    assert "warning: leads <b>nowhere</b>" in page.locator(f"{NOTE} li").last.inner_text()

    with page.expect_event("load"):
        state.good()
    expect(page.get_by_text("9 |   url: x")).to_be_visible()
    state.warned((ADDRESS,))
    expect(summary).to_have_text("1 warning")
    page.locator(f"{NOTE} summary").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_text("base_url: x")).to_be_hidden()

    state.warned(())
    expect(page.locator(NOTE)).to_have_count(0)


@IN_CHROMIUM
def test_axe_finds_nothing_in_the_note_open_or_closed(shown: Shown) -> None:
    page, state, _ = shown
    state.warned((ADDRESS, LINK))
    expect(page.locator(NOTE)).to_be_visible()
    assert violations(page, NOTE) == []
    page.locator(f"{NOTE} summary").click()
    assert violations(page, NOTE) == []


@IN_CHROMIUM
def test_an_error_takes_the_notes_place_and_paper_has_none(shown: Shown) -> None:
    page, state, _ = shown
    state.warned((LINK,))
    expect(page.locator(NOTE)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(NOTE)).to_be_hidden()
    page.emulate_media(media="screen")
    state.bad("plans/a.yaml:9:2: wrong")
    expect(page.get_by_role("alert")).to_have_text("plans/a.yaml:9:2: wrong")
    expect(page.locator(NOTE)).to_have_count(0)


@IN_CHROMIUM
def test_a_page_in_a_frame_has_no_note(shown: Shown) -> None:
    page, state, server = shown
    server.policy = {}  # it lets nobody frame a page but partners
    state.warned((LINK,))
    page.goto(f"{server.url}/robots.txt")
    page.evaluate(
        """(address) => new Promise((done) => {
            const frame = document.createElement("iframe");
            frame.onload = done;
            frame.src = address;
            document.body.append(frame);
        })""",
        f"{server.url}/en/",
    )
    inner = page.frames[-1]
    assert "preview.js" in inner.content()
    page.wait_for_timeout(500)
    assert inner.locator(NOTE).count() == 0


def test_nothing_of_it_is_in_the_site(site: Site) -> None:
    for path in site.directory.rglob("*"):
        if path.suffix in (".html", ".js", ".css"):
            assert "clairplan-warnings" not in path.read_text("utf-8"), path
