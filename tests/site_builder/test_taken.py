"""Every address is made by one page: a build says so too, and of families and a site's own words."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.errors import InputError
from site_builder.locales import load_all
from site_builder.taken import shared_pages
from tests.site_builder.starter_site import FAMILY, build, change

PAGE = "---\ntitle: A page\ndescription: A page of our own\n---\n\nHello.\n"


def write(site: Path, name: str) -> None:
    for lang in ("fr", "en"):
        path = site / "content" / lang / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE)


def refused(site: Path) -> str:
    with pytest.raises(InputError) as caught:
        build(site)
    return str(caught.value)


@pytest.mark.parametrize("name", ["studio-care", "rules", "changements", "404", "About"])
def test_a_build_says_what_a_check_says(name: str, site: Path) -> None:
    build(site)
    write(site, name)
    assert f"/{name}.md: " in refused(site)


@pytest.mark.parametrize("name", ["about", "team/who-we-are", "studio-care/team", "e_mail", "rules-of-the-house"])
def test_other_pages_are_made(name: str, site: Path) -> None:
    write(site, name)
    build(site)
    assert (site / "public/en" / name / "index.html").is_file()


def test_a_family_that_is_called_as_the_page_of_all_rules_is_told(site: Path) -> None:
    shutil.move(site / FAMILY, site / "plans/rules.yaml")
    text = (site / "plans/rules.yaml").read_text().replace("studio-care", "rules")
    (site / "plans/rules.yaml").write_text(text)
    change(site, "studio-care", "rules", "content/en/home.md")
    change(site, "studio-care", "rules", "content/fr/home.md")
    said = refused(site)
    assert said.startswith("plans/rules.yaml:") and "`/en/rules/` is the page of all families’ rules" in said
    assert said.endswith("\n1 error\n")


def test_a_file_without_a_letter_of_an_address_is_to_be_called_page(site: Path) -> None:
    write(site, "日本")
    assert "rename the file to `page.md`" in refused(site)


def test_pages_of_all_families_are_called_as_in_the_locale_that_all_have() -> None:
    english = load_all()["en"]
    named = {
        tag: replace(locale, strings={**locale.strings, "ui.across.slug": tag})
        for tag, locale in english.locales.items()
    }
    language, other = replace(english, locales=named), next(tag for tag in named if tag != english.default)

    def name(*tags: str) -> str:
        return next(shared_pages(language, tags))[0]

    assert name(other, other) == other
    assert name(other, english.default) == name(english.default, other) == name("en-XX") == english.default


def test_a_site_s_own_word_for_that_page_counts(site: Path) -> None:
    (site / "content/words").mkdir()
    (site / "content/words/en.yaml").write_text("ui: {across: {slug: conditions}}\n")
    write(site, "rules")
    build(site)
    write(site, "conditions")
    assert "content/en/conditions.md: two pages have one address" in refused(site)
