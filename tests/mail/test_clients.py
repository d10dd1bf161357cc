"""What mail programs do not support of the card is what the guide explains, and nothing else."""

import email
import email.policy
import json
import re
import subprocess
from pathlib import Path

import pytest

from calculator.card import draft
from site_builder.bundle.tools import find_node
from tests.docs.sessions import check
from tests.mail.making import ORANGE, ROOT, SKETCHUP, Request, offered, order
from tests.site_builder.starter_site import start

CLIENTS = ("gmail.*", "outlook.*", "apple-mail.*", "yahoo.*", "thunderbird.*", "orange.*", "laposte.*")
GUIDES = ("send.md", "send.fr.md")


def explained(guide: str) -> set[str]:
    text = (ROOT / "docs" / "guides" / guide).read_text("utf-8").rpartition("\n## ")[2]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {title for row in rows for title in re.findall(r"`([^`]+)`", row)}


def flagged(page: str, folder: Path) -> set[str]:
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    command = [find_node(), str(ROOT / "tests" / "mail" / "caniemail.mjs"), str(path), *CLIENTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def page_of(request: Request) -> str:
    raw = draft(offered(request), order(request).address)
    part = email.message_from_string(raw, policy=email.policy.default).get_body(("html",))
    assert part
    return str(part.get_content())


def test_all_that_is_flagged_is_explained_and_all_that_is_explained_is_flagged(tmp_path: Path) -> None:
    found = flagged(page_of(ORANGE), tmp_path) | flagged(page_of(SKETCHUP), tmp_path)
    assert {guide: explained(guide) for guide in GUIDES} == dict.fromkeys(GUIDES, found)


def test_the_linter_finds_what_is_not_supported(tmp_path: Path) -> None:
    page = page_of(ORANGE).replace("vertical-align:top", "position:absolute")
    assert flagged(page, tmp_path) - flagged(page_of(ORANGE), tmp_path)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_says_what_happens(guide: str, tmp_path: Path) -> None:
    check(ROOT / "docs" / "guides" / guide, start(tmp_path / "site"))
