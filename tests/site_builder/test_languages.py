"""A language is a folder: one that only some families speak, and one that was made up, work on every page."""

import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.config import load_config
from site_builder.content import load_content
from site_builder.locales import LOCALES, load_all
from site_builder.plans import load_families, run_examples
from site_builder.rendering import BundleLinks, SiteInput, render_site
from site_builder.rules import language_data
from tests.site_builder.small_site import HOME, ON, ROOT, write_site

NEW = "de"
"""A code that no folder has yet; its words are made up, its formats are CLDR's."""

SOLO = """\
family: solo
country: DE
locales: {en: en-GB, de: de-DE}
currency: EUR
vendor: {name: Solo}
name: {en: Solo, de: Zolo}
summary: {en: A summary, de: Ein zummary}
plans:
  one:
    name: {en: One, de: Ohn}
    unit: user
    term: {months: 12}
    price: [{from: 2026-01-01, amount: "1234.50"}]
    buy: {}
    renewal:
      windows:
        - {id: on_time, until_day: 0, starts: after_expiry}
        - {id: grace, from_day: 1, until_day: 15, starts: on_purchase}
        - {id: late, from_day: 16, starts: on_purchase}
"""


def made_up(folder: Path) -> None:
    """A fourth language in a copy of the languages' folder: English words in which `the` is `zee`."""
    shutil.copytree(LOCALES, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(folder / "en", folder / NEW, ignore=shutil.ignore_patterns("en-*.yaml"))
    (folder / NEW / "de-DE.yaml").write_text("spacing: {}\nstrings: {}\n", encoding="utf-8")
    for path in (folder / NEW).glob("*.yaml"):
        text = re.sub(r"\b([Tt])he\b", "zee", path.read_text("utf-8"))
        text = text.replace("default: en-CA", "default: de-DE").replace("name: English", "name: Zenglish")
        path.write_text(text.replace("slug: rules", "slug: rulez"), encoding="utf-8")


@cache
def files() -> dict[str, str]:
    """The small site with the new language, which one of its two families speaks."""
    with TemporaryDirectory() as name:
        root = Path(name)
        write_site(root)
        made_up(root / "locales")
        (root / "plans/solo.yaml").write_text(SOLO, encoding="utf-8")
        shutil.copytree(root / "content/en", root / "content" / NEW)
        home = HOME.format(lang="Zee").replace("example: care/late\n", "")
        (root / "content" / NEW / "home.md").write_text(home, encoding="utf-8")
        settings = root / "content/site.yaml"
        settings.write_text(settings.read_text().replace("[fr, en]", f"[fr, en, {NEW}]"), encoding="utf-8")
        config = load_config(settings, root)
        families = load_families(root / "plans", (), root)
        content = load_content(root / "content", config.languages, root)
        languages = load_all(root / "locales", root)
    static = ROOT / "site_builder/static"
    site = SiteInput(
        config, content, families, run_examples(families), languages,
        {lang: language_data(languages[lang], families) for lang in config.languages},
        {path.relative_to(static).as_posix(): path.read_bytes() for path in static.rglob("*") if path.is_file()},
        BundleLinks("engine.js", "manifest.json"), ON,
    )  # fmt: skip
    return {name: data.decode() for name, data in render_site(site).items() if not name.startswith("assets/")}


def test_every_page_is_there_for_what_the_language_declares() -> None:
    pages = sorted(name for name in files() if name.startswith(f"{NEW}/"))
    assert pages == [
        f"{NEW}/{name}"
        for name in ("404.html", "about/index.html", "changes/feed.atom", "changes/index.html", "index.html",
                     "offline.html", "rulez/index.html", "solo/index.html")
    ]  # fmt: skip


def test_its_home_page_and_menu_list_only_its_families() -> None:
    home = files()[f"{NEW}/index.html"]
    assert f'href="/site/{NEW}/solo/"' in home
    assert "/care/" not in home
    assert "Zolo" in home
    assert "/solo/" not in files()["fr/index.html"]


def test_the_switch_and_the_alternates_name_only_languages_that_have_the_page() -> None:
    def others(name: str) -> set[str]:
        return set(re.findall(r'<link rel="alternate" hreflang="([\w-]+)"', files()[name]))

    assert others("fr/care/index.html") == {"fr", "en"}
    assert others("en/solo/index.html") == {"en", NEW}
    assert others("fr/regles/index.html") == {"fr", "en", NEW}
    assert f'href="/site/{NEW}/rulez/"' in files()["fr/regles/index.html"]
    assert f'href="/site/{NEW}/' not in files()["fr/care/index.html"]
    assert "Zenglish" in files()["index.html"]


def test_the_sitemap_and_the_page_for_what_is_not_found_know_it() -> None:
    base = "https://plans.example.org/site"
    assert f"<loc>{base}/{NEW}/solo/</loc>" in files()["sitemap.xml"]
    assert f"<loc>{base}/{NEW}/care/</loc>" not in files()["sitemap.xml"]
    assert f"<loc>{base}/fr/solo/</loc>" not in files()["sitemap.xml"]
    assert f'<div lang="{NEW}">' in files()["404.html"]


def test_its_formats_are_cldrs_and_its_regions_fall_back_on_them() -> None:
    page = files()[f"{NEW}/solo/index.html"]
    assert "1.234,50\u00a0€" in page
    assert "1. Januar 2026" in page
    assert "zee last covered day" in page
    assert ">Vereinigte Staaten<" in page  # its file names it in French and in English
    assert ">United States<" in files()["en/solo/index.html"]
