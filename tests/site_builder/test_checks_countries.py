"""What a careful colleague notices in a site's words: those of another country, and typography in its own words."""

from pathlib import Path

import pytest

from site_builder import cli
from site_builder.locales import load_all
from tests.site_builder.starter_site import FAMILY, change, start

ON = "2026-06-01"
HOME = "content/fr/home.md"
INTRO = "content/{}/families/studio-care.md"
FRANCE = ("locales: {fr: fr-CA, en: en-CA}", "locales: {fr: fr-FR, en: en-CA}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = start(tmp_path / "site")
    change(folder, "https://plans.example.org/", "https://plans.boussole.ca/", "content/site.yaml")
    monkeypatch.chdir(folder)
    return folder


def france(site: Path) -> None:
    """The starter, in France; its one word of Canada is mended."""
    change(site, *FRANCE)
    change(site, "country: CA", "country: FR")
    change(site, "par courriel", "par e-mail")


def warnings(capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(["check", "--on", ON]) == 0
    said = capsys.readouterr()
    return said.out + said.err


def write(site: Path, name: str, text: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")


def test_a_word_of_another_country_is_told_with_what_is_said_here(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, *FRANCE)
    change(site, "country: CA", "country: FR")
    assert (
        f"{FAMILY}:17:32: warning: a word of another country “courriel”\n"
        '   17 |   fr: "Notre équipe répond par courriel, du lundi au vendredi, de 9 h à 17 h."\n'
        "      |                                ^\n"
        "  why: `fr-FR` says “e-mail”\n"
        "  fix: write “e-mail”\n\n1 warning\n"
    ) in warnings(capsys)


def test_the_same_word_in_many_lines_is_one_warning(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, *FRANCE)
    change(site, "country: CA", "country: FR")
    change(site, "La formation.", "La formation par Courriels, taxes en sus.")
    change(site, "Les correctifs de sécurité.", "Les correctifs, par courriel.")
    said = warnings(capsys)
    assert f"{FAMILY}:17:32: warning: a word of another country in 3 lines; the first: “courriel”" in said
    assert "it is in lines 17, 103, 106" in said
    assert "“taxes en sus”" in said
    assert "fix: write “hors taxes”" in said
    assert said.endswith("2 warnings\n")


@pytest.mark.parametrize(
    "text",
    [
        "Nous l’appelons « courriel ».",
        "L’adresse `courriel@x` et [ici](https://acme.ca/courriel).",
        "Notre siège, sans frais, pour un rabais.",  # words of both countries
        "L’accourriel.",  # no word begins so
    ],
)
def test_quotations_code_and_words_of_both_countries_are_left_alone(
    text: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    france(site)
    change(site, "La formation.", text)
    assert warnings(capsys) == "Nothing to mend.\n"


def test_canada_says_courriel_and_the_united_states_color(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "locales: {fr: fr-CA, en: en-CA}", "locales: {fr: fr-CA, en: en-US}")
    change(site, "La formation.", "La formation, le week-end.")
    change(site, "Training.", "Training in colour.")
    said = warnings(capsys)
    assert "why: `fr-CA` says “fin de semaine”" in said
    assert "why: `en-US` says “color”" in said
    assert "2 warnings" in said


def test_pages_are_held_to_the_one_country_of_the_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    france(site)
    change(site, "call: Voir les forfaits", "call: Écrire un courriel", HOME)
    write(site, INTRO.format("fr"), "Une infolettre.\n\nUn courriel et «\u00a0un courriel\u00a0».\n")
    write(site, INTRO.format("en"), "A newsletter.\n")
    said = warnings(capsys)
    assert f"{HOME}:6:17: warning: a word of another country “courriel”" in said
    assert "content/fr/families/studio-care.md:1:5: warning: a word of another country “infolettre”" in said
    assert "content/fr/families/studio-care.md:3:4: warning: a word of another country “courriel”" in said
    assert "3 warnings" in said


def test_a_page_of_two_countries_may_say_either(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family's own introduction is of that family's country all the same."""
    france(site)
    text = (site / FAMILY).read_text("utf-8").replace("studio-care", "other-care").replace(FRANCE[1], FRANCE[0])
    write(site, "plans/other-care.yaml", text.replace("country: FR", "country: CA").replace("e-mail", "courriel", 1))
    change(site, "call: Voir les forfaits", "call: Écrire un courriel", HOME)
    for lang in ("fr", "en"):
        write(site, INTRO.format(lang), "Un courriel.\n")
    said = warnings(capsys)
    assert "content/fr/families/studio-care.md:1:4: warning: a word of another country" in said
    assert "1 warning\n" in said


def test_a_sites_own_words_are_looked_through(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    france(site)
    write(
        site,
        "content/words/fr.yaml",
        "line:\n  discount: L'escompte\nnote:\n  prepaid: Payez par courriel...\n"
        "ui:\n  form:\n    plan: Quel contrat?\n",
    )
    write(site, "content/words/fr-CA.yaml", "note: {prepaid: Payez par e-mail}\n")
    write(site, "content/words/en.yaml", "line: {discount: The vendor's rebate}\n")
    said = warnings(capsys)
    for one in (
        "content/words/fr.yaml:2:14: warning: a straight apostrophe in French: `L'escompte`",
        "content/words/fr.yaml:4:22: warning: a word of another country “courriel”",
        "content/words/fr.yaml:4:30: warning: three dots in French",
        "content/words/fr.yaml:7:22: warning: no space before `?`",
        "content/words/fr-CA.yaml:1:27: warning: a word of another country “e-mail”",
        "content/words/en.yaml:1:28: warning: a straight apostrophe in English: `vendor's`",
        "6 warnings",
    ):
        assert one in said


def test_what_the_program_says_is_held_to_more_words_than_what_a_site_says() -> None:
    france = load_all()["fr"].locales["fr-FR"]
    assert "courriel" in france.instead
    assert "siège" not in france.instead
