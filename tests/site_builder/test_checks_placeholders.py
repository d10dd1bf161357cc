"""Addresses for examples to which readers would be sent are told once for a site, with all of their places."""

from pathlib import Path

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import FAMILY, change

WAIT = "it may wait until you publish or send a quote by e-mail: `clairplan serve` does without"


def lead(site: Path, line: str) -> None:
    change(site, "\nnext_step:\n", f"\nnext_step:\n  {line}\n")


def page(site: Path, lang: str, body: str) -> None:
    (site / f"content/{lang}/about.md").write_text(f"---\ntitle: {lang}\ndescription: {lang}\n---\n{body}\n", "utf-8")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["check", "--on", "2026-06-01"]) == 0
    printed = capsys.readouterr()
    return printed.err + printed.out


@pytest.mark.parametrize(
    ("line", "address", "own"),
    [
        ("email: contrats@viticode.example", "contrats@viticode.example", "contrats@your-company.com"),
        (
            "url: https://viticode.example/order?a=1",
            "https://viticode.example/order?a=1",
            "https://www.your-company.com/",
        ),
    ],
)
def test_the_next_step_of_quotes_is_told_with_what_to_write(
    site: Path, capsys: pytest.CaptureFixture[str], line: str, address: str, own: str
) -> None:
    lead(site, line)
    found = said(capsys)
    assert f": warning: `{address}` is an address for examples\n" in found
    assert f"{FAMILY}:20:{len(line.partition(' ')[0]) + 4}: warning" in found
    assert "why: readers would write or go there, and nobody answers\n" in found
    assert f"fix: write your own, such as `{own}`; {WAIT}\n" in found
    assert found.endswith("\n1 warning\n")


def test_all_places_are_in_one_warning(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lead(site, "email: plans@viticode.example")
    lead(site, "url: https://viticode.example/")
    change(site, '{fr: "La formation.", en: "Training."}',
           '{fr: "La [formation](https://a.example/fr).", en: "[Training](https://a.example/en)."}')  # fmt: skip
    page(site, "fr", "Écrivez à roy@example.org.\n\nOu [ici](https://www.viticode.example/).")
    page(site, "en", "Write to roy@example.org, or <https://www.viticode.example>.")
    found = said(capsys)
    assert (
        f"{FAMILY}:21:10: warning: addresses for examples, in 8 places; the first: `plans@viticode.example`\n" in found
    )
    assert (
        "they are in content/en/about.md, line 5; content/fr/about.md, lines 5, 7; plans/studio-care.yaml, lines"
        in found
    )
    assert found.endswith("\n1 warning\n")


def test_of_many_files_some_are_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        for lang in ("fr", "en"):
            page(site, lang, f"{lang}: roy@example.org")
            (site / f"content/{lang}/about.md").rename(site / f"content/{lang}/page-{number}.md")
    found = said(capsys)
    assert "addresses for examples, in 10 places" in found and "; and in 4 more files\n" in found


@pytest.mark.parametrize(
    "text",
    [
        "Write to roy@viticode.fr or [here](https://www.viticode.fr/example/).", "For example: no address.",
        "Type `name@example.org` or `https://example.org`.", "Visit https://myexample.org, roy@example.fr.",
    ],
)  # fmt: skip
def test_other_addresses_and_code_are_left_alone(site: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    page(site, "fr", "Une page à nous.")
    page(site, "en", text)
    lead(site, "email: contrats@viticode.fr")
    assert said(capsys) == "Nothing to mend.\n"
