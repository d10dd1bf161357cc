"""What a new site still has of the starter is told once its family is another, and not before."""

import re
from pathlib import Path

import pytest

from site_builder.checks.starting import SAMPLE, is_example
from site_builder.cli import main
from site_builder.init import STARTER
from tests.site_builder.starter_site import FAMILY, change, start

SETTINGS = "content/site.yaml"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site whose family was renamed, as its README says, and nothing else."""
    folder = start(tmp_path / "site")
    text = (folder / FAMILY).read_text("utf-8").replace("studio-care", "scales")
    (folder / FAMILY).unlink()
    (folder / "plans/scales.yaml").write_text(text, "utf-8")
    for lang in ("fr", "en"):
        change(folder, "studio-care/", "scales/", f"content/{lang}/home.md")
    monkeypatch.chdir(folder)
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["check", "--on", "2026-06-01"]) == 0
    printed = capsys.readouterr()
    return printed.err + printed.out


def test_the_sample_of_a_new_site_is_the_one_that_is_looked_for() -> None:
    assert [path.stem for path in (STARTER / "plans").glob("*.yaml")] == [SAMPLE]


def test_what_was_left_of_the_starter_is_told_with_its_place(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys)
    assert f"{SETTINGS}:2:8: warning: the site is still called `Studio Care`" in found
    assert f"{SETTINGS}:3:11: warning: `plans.example.org` is an address for examples" in found
    for lang in ("fr", "en"):
        assert (
            f"content/{lang}/home.md:2:8: warning: the home page's `title` and `lead` are still the sample's" in found
        )
    assert found.endswith("4 warnings\n")


def test_the_address_that_is_advised_is_none_for_examples(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (advised,) = re.findall(r"such as `(\S+)`; it may wait until you publish", said(capsys))
    change(site, "https://plans.example.org/", advised, SETTINGS)
    assert "an address for examples" not in said(capsys)


def test_what_was_replaced_is_no_longer_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "title: Studio Care", "title: Pesage Morvan", SETTINGS)
    change(site, "plans.example.org", "plans.pesage-morvan.fr", SETTINGS)
    change(site, "title: Studio Care, maintenance explained", "title: Scales, looked after", "content/en/home.md")
    found = said(capsys)
    assert "content/en/home.md:5:7: warning: the home page's `lead` is still the sample's" in found
    assert found.endswith("2 warnings\n")
    for lang in ("fr", "en"):
        lines = (site / f"content/{lang}/home.md").read_text("utf-8").split("\n")
        own = [f"{key}: Scales" if (key := line.partition(":")[0]) in ("title", "lead") else line for line in lines]
        (site / f"content/{lang}/home.md").write_text("\n".join(own), "utf-8")
    assert said(capsys) == "Nothing to mend.\n"


def test_beside_the_sample_nothing_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / FAMILY).write_text((STARTER / FAMILY).read_text("utf-8"), "utf-8")
    assert said(capsys) == "Nothing to mend.\n"


@pytest.mark.parametrize(
    ("host", "example"),
    [
        ("example.org", True), ("plans.example.com", True), ("a.b.example.net", True), ("clair.example", True),
        ("example", True), ("example.org.", True), ("example.fr", False), ("myexample.org", False),
        ("example.org.fr", False), ("localhost", False), ("org", False), ("plans.acme.org", False),
    ],
)  # fmt: skip
def test_hosts_for_examples_are_those_of_rfc_2606(host: str, example: bool) -> None:
    assert is_example(host) is example
