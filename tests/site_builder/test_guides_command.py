"""`clairplan guide`: the documentation of the package, and that a wheel brings it along."""

import re
from pathlib import Path

import pytest

from scripts.wheel import documentation
from site_builder import guides
from site_builder.cli import main

ROOT = Path(__file__).parents[2]


def test_the_list_has_every_page_with_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "--lang", "fr"]) == 0
    listed = capsys.readouterr().out
    assert re.search(r"^add-a-family +Ajouter une famille de forfaits$", listed, re.MULTILINE)
    assert re.search(r"^plan-file +Every key of a plan file$", listed, re.MULTILINE)
    files = [path.stem for path in (ROOT / "docs").rglob("*.md") if "adr" not in path.parts and "." not in path.stem]
    assert sorted(line.split()[0] for line in listed.splitlines()) == sorted(set(files) - {"README"})


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "# Publish the site"), ("fr", "# Publier le site"), ("it", "# Publ")]
)
def test_a_page_is_printed_in_its_language_or_in_english(
    lang: str, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", "publish", "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(title)
    assert "<!--" not in printed


def test_links_lead_to_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "../vocabulary/packs.md"]) == 0
    assert capsys.readouterr().out.startswith("# Packs")


def test_an_unknown_page_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "publsih"]) == 2
    assert capsys.readouterr().err == "there is no page `publsih`: did you mean `publish`?\n"


def test_an_installed_package_reads_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guides.folder() == ROOT / "docs"
    (tmp_path / "guides").mkdir()
    monkeypatch.setattr(guides, "_BESIDE", tmp_path)
    assert guides.folder() == tmp_path / "guides"
    for name in ("contract.md", "guides/send.md"):
        (tmp_path / "guides" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "guides" / name).write_text("# Title\n")
    assert list(guides.pages(tmp_path / "guides")) == ["send", "contract"]


def test_a_wheel_brings_every_page_along() -> None:
    packed = documentation(ROOT)
    assert set(packed) == {str(path) for path in (ROOT / "docs").rglob("*.md") if "adr" not in path.parts}
    assert packed[str(ROOT / "docs/guides/send.fr.md")] == "site_builder/guides/guides/send.fr.md"
