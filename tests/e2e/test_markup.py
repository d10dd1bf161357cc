"""What other programs say of the built pages: html-validate on their HTML, linkinator on their links."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.e2e.words import ROOT, page_files

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

CONFIG = Path(__file__).with_name("htmlvalidate.json")


def node(package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program of an npm package by the Node of this environment, else by the machine's."""
    own = Path(sys.executable).with_name("node")
    program = str(own) if own.exists() else shutil.which("node")
    assert program, "Node was not found: make environment-test brings it"
    folder = ROOT / "node_modules" / package
    script = json.loads((folder / "package.json").read_text("utf-8"))["bin"]
    entry = script if isinstance(script, str) else script[package]
    command = [program, str(folder / entry), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)


def test_html_validate_finds_no_error(built: Path) -> None:
    files = [str(file) for file in page_files(built)]
    done = node("html-validate", "--config", str(CONFIG), "--formatter", "text", "--max-warnings", "0", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_link_is_broken(site: Site) -> None:
    elsewhere = f"^(?!{site.url})"  # the site's own public address is not reached from here
    done = node(
        "linkinator", site.url, "--recurse", "--check-fragments", "--format", "json", "--skip", elsewhere
    )  # fmt: skip
    links = json.loads(done.stdout)["links"]
    # The fragment of a quote names no place on its page: those links answer, and their tests are elsewhere.
    broken = [
        link for link in links if link["state"] == "BROKEN" and not ("#q=" in link["url"] and link["status"] == 200)
    ]
    assert broken == []
    linked = [file for file in page_files(site.directory) if "embed" not in file.parts]  # those are for others to link
    assert len([link for link in links if link["state"] == "OK"]) > len(linked)
