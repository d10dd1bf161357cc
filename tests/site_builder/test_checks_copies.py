"""Pages that were copied into another language and stayed as they were: their texts, and where their links lead."""

import re
from pathlib import Path

import pytest

from site_builder.cli import main
from tests.site_builder.starter_site import FAMILY, change

FRENCH = """Nous prenons soin des cartes depuis 1998, et nous répondons au téléphone.

Voyez [nos forfaits](/fr/studio-care/#plans), [les règles](../regles/) ou [l’accueil](/fr/).
"""
ENGLISH = """We have looked after maps since 1998, and we answer the telephone.

See [our plans](/en/studio-care/#plans), [the rules](../rules/) or [the first page](/en/).
"""
SLUGS = {"fr": "slug: a-propos\n", "en": "slug: about-us\n"}


def write(site: Path, lang: str, body: str, name: str = "about", title: str = "") -> None:
    path = site / "content" / lang / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    front = f"---\ntitle: {title or lang}\ndescription: {lang}\n{SLUGS.get(lang, '')}---\n"
    path.write_text(("" if name.startswith("families/") else front) + body, "utf-8")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["check", "--on", "2026-06-01"]) == 0
    printed = capsys.readouterr()
    return printed.err + printed.out


def test_two_pages_in_their_own_languages_are_right(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "fr", FRENCH)
    write(site, "en", ENGLISH)
    assert said(capsys) == "Nothing to mend.\n"


def test_a_page_that_was_copied_unchanged_is_told_with_its_links(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, "fr", FRENCH)
    write(site, "en", FRENCH.replace("../regles/", "../rules/"))
    found = said(capsys)
    assert "content/en/about.md:6:1: warning: the text is the same as in `content/fr/about.md`\n" in found
    assert found.count("the text is the same") == 1
    assert "fix: write it in `en` here; if it is in `en` already, write the other one in `fr`\n" in found
    assert "content/en/about.md:8:7: warning: the link `/fr/studio-care/#plans` leads to the page in `fr`" in found
    assert (
        "fix: write `/en/studio-care/#plans`; if the other language is meant, name it beside the link: French" in found
    )
    assert "content/en/about.md:8:74: warning: the link `/fr/` leads to the page in `fr`" in found
    assert "fix: write `/en/`; " in found
    assert found.endswith("\n3 warnings\n")


def test_a_copy_whose_links_were_mended_is_one_still(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "fr", FRENCH)
    write(site, "en", FRENCH.replace("/fr/", "/en/").replace("/regles/", "/rules/"))
    found = said(capsys)
    assert "the text is the same as in `content/fr/about.md`" in found and found.endswith("\n1 warning\n")


def test_texts_of_families_and_of_home_pages_are_looked_at(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("fr", "en"):
        write(site, lang, "Le soutien de vos postes, par ceux qui les connaissent.\n", "families/studio-care")
    home = (site / "content/fr/home.md").read_text("utf-8")
    lead = next(line.removeprefix("lead: ") for line in home.split("\n") if line.startswith("lead: "))
    english = "On time, late or in mid-year, see what maintaining your seats costs, and why."
    change(site, english, lead, "content/en/home.md")
    found = said(capsys)
    assert "content/en/families/studio-care.md:1:1: warning: the text is the same as in `content/fr/families/" in found
    assert "content/en/home.md:5:7: warning: `lead` is the same as in `content/fr/home.md`\n" in found
    (site / "content/en/home.md").write_text(home, "utf-8")
    what = "the text is the same as in `content/fr/home.md`, and so are `description`, `heading`, `lead`"
    assert f"content/en/home.md:13:1: warning: {what}" in said(capsys)


def test_a_page_copied_into_several_languages_is_told_once_for_each(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, "languages: [fr, en]", "languages: [fr, en, it]", "content/site.yaml")
    (site / "content/it").mkdir()
    (site / "content/it/home.md").write_text((site / "content/fr/home.md").read_text("utf-8"), "utf-8")
    change(site, "example: studio-care/complete-ten-days-late\n", "", "content/it/home.md")
    for lang in ("fr", "en", "it"):
        write(site, lang, "Nous prenons soin des cartes depuis 1998.\n")
    found = said(capsys)
    assert found.count("content/en/about.md:6:1: warning: the text is the same as in `content/fr/about.md`") == 1
    assert found.count("content/it/about.md:5:1: warning: the text is the same as in `content/fr/about.md`") == 1
    assert found.count("about.md`\n") == 2


@pytest.mark.parametrize(
    "body",
    [
        "![Notre équipe au grand complet](equipe.svg)\n",
        "| | |\n|---|---|\n| Marie de la Tour | marie@boussole.ca |\n| Jean van der Berg | 418 555-0100 |\n",
        "- Atlas Office\n- Atlas Field\n- [Boussole](https://boussole.ca/une/page/longue)\n",
        "`clairplan build --out public and more words here`\n",
        "+1 418 555-0100\n",
        "",
    ],
    ids=["picture", "table", "list", "code", "number", "nothing"],
)
def test_what_is_the_same_in_any_language_is_no_copy(site: Path, capsys: pytest.CaptureFixture[str], body: str) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'
    for lang in ("fr", "en"):
        write(site, lang, body, title="Atlas Office Field Boussole")
        (site / f"content/{lang}/equipe.svg").write_text(drawn, "utf-8")
    assert said(capsys) == "Nothing to mend.\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("See [our plans](/fr/studio-care/).", "/en/studio-care/"),
        ("See [our plans](../../fr/studio-care/#rules).", "/en/studio-care/#rules"),
        ("See [who we are](/fr/a-propos/#qui-nous-sommes).", "/en/about-us/"),
        ("French maps are ours. See [our plans](/fr/studio-care/).", "/en/studio-care/"),
        ("[Our plans](/fr/studio-care/). Ask in French.", "/en/studio-care/"),
        ("[All rules](/fr/regles/)", "/en/rules/"),
        ("[Home](/fr)", "/en/"),
        ("| French | [Plans](/fr/studio-care/) |", "/en/studio-care/"),
        ("[Our plans, in French](/fr/studio-care/)", ""),
        ("This page [is there](/fr/a-propos/) in French, too.", ""),
        ("[Nos forfaits en français](/fr/studio-care/)", ""),
        ("[Version française](/fr/studio-care/)", ""),
        ("[FR](/fr/)", ""),
        ("[Elsewhere](https://acme.ca/fr/studio-care/), [here](#main), [first](/), [a file](/robots.txt)", ""),
    ],
)
def test_a_link_to_another_language_is_told_unless_it_says_so(
    site: Path, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    write(site, "fr", "## Qui nous sommes\n\nDes gens.\n")
    write(site, "en", f"{line}\n")
    found = said(capsys)
    if told:
        assert f"fix: write `{told}`; if the other language is meant, name it beside the link: French\n" in found
        assert found.endswith("\n1 warning\n")
    else:
        assert found == "Nothing to mend.\n"


def test_a_page_that_the_own_language_lacks_may_be_led_to(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family that speaks French alone has no page in English that could be meant."""
    write(site, "fr", FRENCH)
    write(site, "en", "See [our plans](/fr/studio-care/).\n")
    assert "leads to the page in" in said(capsys)
    change(site, "locales: {fr: fr-CA, en: en-CA}", "locales: {fr: fr-CA}")
    text = (site / FAMILY).read_text("utf-8").partition("# Worked examples")[0]
    text = "".join(line for line in text.splitlines(keepends=True) if not line.strip().startswith("en: "))
    for part in ("comparison:", "readings:", "terms:", "inclusions:", "exclusions:"):
        text = text.partition(f"\n{part}")[0] + "\n"

    (site / FAMILY).write_text(re.sub(r', en: "[^"]*"', "", text), "utf-8")
    for lang in ("fr", "en"):
        change(site, "example: studio-care/complete-ten-days-late\n", "", f"content/{lang}/home.md")
    assert "leads to the page in" not in said(capsys)


def test_texts_of_plan_files_are_looked_at_below_a_path_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "https://plans.example.org/", "https://plans.example.org/support/", "content/site.yaml")
    change(site, 'en: "Training."', 'en: "[Training](/fr/)."')
    found = said(capsys)
    assert "warning: the link `/fr/` leads to the page in `fr`, from a text in `en`" in found
    assert "fix: write `/en/`; " in found
