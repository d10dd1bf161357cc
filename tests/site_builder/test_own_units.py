"""A family's own words for what its plans count: said everywhere, in the browser too, and held to each language."""

import json
from email import message_from_string
from email.policy import SMTP
from pathlib import Path

import pytest

from calculator import wire
from site_builder.checks.typography import typography_warnings
from site_builder.cli import main
from site_builder.locales import load_all
from site_builder.plans import Families, load_families
from site_builder.plurals import plural_names
from site_builder.rules import language_data
from tests.site_builder.starter_site import FAMILY, build, change, files, start

LANGUAGES = load_all()
SEATS = """
units:
  seat:
    fr: {one: poste, other: postes}
    en: {one: seat, other: seats}
"""
VEHICLES = """
units:
  vehicle:
    fr: {one: véhicule, other: véhicules}
    en: {one: vehicle, other: vehicles}
"""
ASKED = {"plan": "studio-care/complete", "action": "buy", "on": "2026-06-01", "quantity": 5}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site whose plans count vehicles, in words of its own."""
    site = start(tmp_path / "site")
    change(site, "unit: seat", "unit: vehicle")
    change(site, "unit: seat", "unit: vehicle")
    change(site, SEATS, VEHICLES)
    monkeypatch.chdir(site)
    return site


def families(site: Path) -> Families:
    return load_families(site / "plans", ("fr", "en"))


def asked(families: Families, lang: str, request: object = ASKED) -> str:
    """What the browser's worker answers, from what the site hands it."""
    data = {lang: language_data(LANGUAGES[lang], families)}
    wire.load(json.dumps(families.catalogue), json.dumps(data))
    return wire.serve("quote", json.dumps({"request": request, "lang": lang}))


def mail_text(draft: str) -> str:
    plain = message_from_string(draft, policy=SMTP).get_body(("plain",))
    assert plain
    text: str = plain.get_content()
    return text


def test_pages_say_them(site: Path) -> None:
    build(site)
    pages = files(site / "public")
    french, english = (pages[f"{lang}/studio-care/index.html"].decode() for lang in ("fr", "en"))
    assert "par véhicule et par an" in french
    assert "4 véhicules" in french
    assert '"unit":"véhicules"' in french
    assert "per vehicle per year" in english
    assert "min per vehicle." in english
    assert ">vehicle<" not in french


def test_the_browser_says_them(site: Path) -> None:
    known = families(site)
    assert "5 v\\u00e9hicules \\u00e0 150,00" in asked(known, "fr")
    assert "5 vehicles at $150.00" in asked(known, "en")
    assert "1 vehicle at $150.00" in asked(known, "en", ASKED | {"quantity": 1})


def test_the_command_and_the_mail_say_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "ask.json").write_text(json.dumps(ASKED))
    assert main(["quote", "ask.json", "--lang", "fr"]) == 0
    assert "5 véhicules à 150,00" in capsys.readouterr().out
    assert main(["email", "ask.json", "--lang", "fr", "--to", "a@example.org"]) == 0
    assert "5 véhicules" in mail_text(capsys.readouterr().out)


def test_they_are_said_instead_of_the_languages_own(site: Path) -> None:
    for _ in range(2):
        change(site, "unit: vehicle", "unit: seat")
    change(
        site, "  vehicle:\n    fr: {one: véhicule, other: véhicules}", "  seat:\n    fr: {one: poste, other: postes}"
    )
    assert "5 postes" in asked(families(site), "fr")
    assert "si\\u00e8ge" not in asked(families(site), "fr")


def test_families_without_them_are_told_nothing_more(tmp_path: Path) -> None:
    site = start(tmp_path / "site")
    change(site, SEATS, "")
    data = language_data(LANGUAGES["fr"], families(site))
    assert "strings" not in data["families"]["studio-care"]


def test_each_form_of_the_language_is_needed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "\n    en: {one: vehicle, other:", "\n    en: {one: vehicle, many:")
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert "`vehicle` has no word for `other` in `en`" in said
    assert "fix: add `other: …`" in said
    assert "`en` does not count with `many`" in said
    assert "numbers in `en` take the forms `one`, `other`" in said


def test_languages_have_the_forms_that_they_count_with() -> None:
    assert plural_names("pl-PL") == ("one", "few", "many")
    assert plural_names("fr-CA") == ("one", "other")
    assert plural_names("ja-JP") == ("other",)


def test_the_advice_on_an_unknown_unit_can_be_followed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, VEHICLES, "")
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    advice = "units: {vehicle: {fr: {one: …, other: …}, en: {one: …, other: …}}}"
    assert said.count("there are no words for the unit `vehicle`") == 1
    assert f"or its words in this file: `{advice}`" in said
    with (site / FAMILY).open("a", encoding="utf-8") as file:
        file.write(advice.replace("…", "wagon") + "\n")
    assert main(["check"]) == 0


def test_their_typography_is_looked_at(site: Path) -> None:
    change(site, "\n    fr: {one: véhicule,", "\n    fr: {one: véhicule d'essai,")
    found = [warning.what for warning in typography_warnings(families(site).files["studio-care"], LANGUAGES)]
    assert found == ["a straight apostrophe in French: `d'essai`"]
