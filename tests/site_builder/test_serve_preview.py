"""The preview: pages carry its script, each save is told, and an error waits over the last good version."""

import threading
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from site_builder import preview
from site_builder.preview import Preview, PreviewServer
from tests.site_builder.starter_site import change, no_calculator, start

pytestmark = pytest.mark.slow


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site)
    monkeypatch.setattr(Preview, "_prepare", lambda self, *given: no_calculator(*given))
    seen = Preview(Path("plans"), Path("content"), lambda text: None)
    seen.second.pause = 3600  # what it finds is told elsewhere: test_second_look.py
    seen.build()
    server = PreviewServer(seen.site, 0, seen.state, "/")
    watcher = threading.Thread(target=seen.watch, daemon=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    watcher.start()
    serving.start()
    yield site, server.url
    seen.stopped.set()
    watcher.join()
    seen.second.end()
    server.shutdown()
    server.server_close()


def event(stream: HTTPResponse) -> tuple[str, str]:
    """The next event: its name and its text."""
    lines: list[str] = []
    while (line := stream.readline().decode()) != "\n" or not lines:
        if line.strip() and not line.startswith(":"):
            lines.append(line.rstrip("\n"))
    name = lines[0].removeprefix("event: ")
    return name, "\n".join(line.removeprefix("data: ") for line in lines[1:])


def page(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self' 'wasm-unsafe-eval';" in policy
        return str(answer.read().decode())


def test_a_preview_is_never_kept_for_offline(shown: tuple[Path, str]) -> None:
    """Another site served at this address may have left a Service Worker: it goes."""
    site, url = shown
    assert 'data-worker="/sw.js"' in (site / ".cache/preview/site/en/index.html").read_text("utf-8")
    assert "data-worker" not in page(f"{url}/en/")
    assert "const ON = false;" in page(f"{url}/sw.js")


def test_a_save_is_shown_and_an_error_goes_when_mended(shown: tuple[Path, str]) -> None:
    site, url = shown
    assert "_clairplan/preview.js?build=1" in page(f"{url}/en/studio-care/")
    assert "EventSource" in page(f"{url}/_clairplan/preview.js")
    with urllib.request.urlopen(f"{url}/_clairplan/events", timeout=20) as stream:
        assert event(stream) == ("site", "1")
        change(site, "Security fixes.", "All security fixes.")
        assert event(stream) == ("site", "2")
        assert "All security fixes." in page(f"{url}/en/studio-care/")
        change(site, "unit: seat", "unti: seat")
        name, text = event(stream)
        assert name == "problem"
        assert "did you mean `unit`?" in text
        assert "^" in text
        assert "All security fixes." in page(f"{url}/en/studio-care/")
        change(site, "unti: seat", "unit: seat")
        assert event(stream) == ("site", "3")


def test_a_page_of_the_documentation_counts_as_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site)
    (site / "docs").mkdir()
    (site / "docs/README.md").write_text("# Help\n\nAll that you need.\n")
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text() + "docs: {folder: docs, language: en}\n")
    monkeypatch.setattr(Preview, "_prepare", lambda self, *given: no_calculator(*given))
    seen = Preview(Path("plans"), Path("content"), lambda text: None)
    seen.second.pause = 3600  # what it finds is told elsewhere: test_second_look.py
    seen.build()
    watcher = threading.Thread(target=seen.watch, daemon=True)
    watcher.start()
    try:
        change(site, "All that", "More than all that", "docs/README.md")
        with seen.state.changed:
            assert seen.state.changed.wait_for(lambda: seen.state.build == 2, timeout=20)
    finally:
        seen.stopped.set()
        watcher.join()
        seen.second.end()
    assert "More than all that" in (seen.site / "en/docs/index.html").read_text("utf-8")


def test_a_site_that_was_never_right_shows_its_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site)
    change(site, "unit: seat", "unti: seat")
    seen = Preview(Path("plans"), Path("content"), lambda text: None)
    assert seen.build() is None
    assert b"did you mean `unit`?" in seen.state.event()
    assert preview.has_sources(Path("plans"), Path("content"))
