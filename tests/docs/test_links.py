"""Every relative link in the Markdown of the repository leads to a file that is there, and to an anchor that it has."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, anchors, files, links, prose


def broken(path: Path) -> list[str]:
    """The links of a file that lead nowhere."""
    found = []
    for link in links(path):
        if "://" in link or link.startswith(("mailto:", "/")):
            continue  # another site, or an address on the built one, which its own check follows
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists():
            found.append(f"{link}: there is no such file")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            found.append(f"{link}: {name or 'this file'} has no heading of that name")
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert broken(path) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    other.write_text("# A heading\n\n## Of `two` levels\n", "utf-8")
    page.write_text(
        "[a](other.md#of-two-levels) [b](none.md) ![c](other.md#none) `[d](none.md)`\n\n[e]: gone.md\n", "utf-8"
    )
    assert [line.partition(":")[0] for line in broken(page)] == ["none.md", "other.md#none", "gone.md"]


def test_the_repository_has_markdown() -> None:
    assert ROOT / "README.md" in files() and len(files()) > 20


@pytest.mark.parametrize("index", ["README.md", "README.fr.md"])
def test_every_page_of_the_vocabulary_is_in_its_index(index: str) -> None:
    folder, ending = ROOT / "docs" / "vocabulary", index.removeprefix("README")
    pages = {path.name for path in folder.glob(f"*{ending}") if path.name.count(".") == ending.count(".")}
    assert len(pages) > 15
    assert pages - {index} <= set(links(folder / index))


@pytest.mark.parametrize("path", [path for path in files() if path.name.endswith(".fr.md")], ids=lambda path: path.name)
def test_french_pages_are_typeset(path: Path) -> None:
    """No line may begin with a mark, nor end with an opening guillemet; apostrophes are curly."""
    text = re.sub(r"<!--.*?-->|\]\([^)]*\)|`[^`\n]*`", "x", prose(path.read_text("utf-8")))
    assert re.findall(r"\S+ [;:?!»%]|« |\w'\w", text) == []


@pytest.mark.parametrize("path", [path for path in files() if path.name.endswith(".fr.md")], ids=lambda path: path.name)
def test_french_pages_have_the_sections_of_their_english_twins(path: Path) -> None:
    twin = path.with_name(path.name.replace(".fr.md", ".md")).read_text("utf-8")
    shape = [
        re.findall(r"^(#+) |^```(\w+)|^(\|)|^- (\[ \])", text, re.MULTILINE) for text in (path.read_text("utf-8"), twin)
    ]
    assert shape[0] == shape[1]
