from pathlib import Path

import pytest

from site_builder.config import SiteConfig, load_config
from site_builder.errors import InputError
from tests.site_builder.starter_site import build, change, start


def config_of(folder: Path, text: str) -> SiteConfig:
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    return load_config(folder / "site.yaml", folder)


def issues_of(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        config_of(folder, text)
    return str(caught.value)


def test_the_settings_are_read(tmp_path: Path) -> None:
    config = config_of(tmp_path, "title: Plans\nbase_url: https://example.org/a\nlanguages: [fr, en]\n")
    assert (config.title, config.languages, config.families) == ("Plans", ("fr", "en"), ())
    assert config.base_url == "https://example.org/a/"
    assert config.base_path == "/a/"
    assert config.offline


def test_a_site_may_do_without_its_service_worker(tmp_path: Path) -> None:
    text = "title: Plans\nbase_url: https://example.org\nlanguages: [fr]\noffline: %s\n"
    assert not config_of(tmp_path, text % "false").offline
    assert "site.yaml:4:10: `offline` is neither true nor false" in issues_of(tmp_path, text % "never")


def test_families_come_in_the_order_of_the_settings_and_then_by_id(tmp_path: Path) -> None:
    text = "title: Plans\nbase_url: https://example.org\nlanguages: [fr]\nfamilies: [zebra]\n"
    assert config_of(tmp_path, text).order(["bee", "ant", "zebra"]) == ("zebra", "ant", "bee")


def test_a_family_without_a_plan_file_is_refused_at_its_place(tmp_path: Path) -> None:
    text = "title: Plans\nbase_url: https://example.org\nlanguages: [fr]\nfamilies: [ant, zebre]\n"
    config = config_of(tmp_path, text)
    with pytest.raises(InputError) as caught:
        config.order(["ant", "zebra"])
    message = str(caught.value)
    assert message.startswith("site.yaml:4:17: there is no family `zebre`")
    assert "did you mean `zebra`?" in message


def test_all_mistakes_are_found_at_once(tmp_path: Path) -> None:
    message = issues_of(tmp_path, "titel: Plans\nbase_url: example.org\nlanguages: [French, fr, fr]\n")
    assert "site.yaml:1:1: `titel` is not a setting" in message
    assert "did you mean `title`?" in message
    assert "`title` is missing" not in message
    assert "site.yaml:2:11: `example.org` is not the address of a site" in message
    assert "site.yaml:3:13: `French` is not a language code" in message
    assert "site.yaml:3:25: `fr` is there twice" in message


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("www.pesage.fr", "https://www.pesage.fr/"),
        ("pesage.fr/devis/", "https://pesage.fr/devis/"),
        ("Pesage", "https://plans.example.org/"),
        ("https://Pesage.fr/Devis?a=1", "https://pesage.fr/Devis/"),
        ("https://pesage.fr/#top", "https://pesage.fr/"),
        ("HTTP://pesage.fr/?a=1", "http://pesage.fr/"),
        ("pesage_fr.example", "https://plans.example.org/"),
        ("pesage.fr/devis(1)", "https://plans.example.org/"),
    ],
)
def test_an_address_without_its_scheme_is_shown_with_it(tmp_path: Path, written: str, meant: str) -> None:
    message = issues_of(tmp_path, f"title: Plans\nbase_url: {written}\nlanguages: [fr]\n")
    assert f"  fix: write `base_url: {meant}`" in message
    assert config_of(tmp_path, f"title: Plans\nbase_url: {meant}\nlanguages: [fr]\n").base_url == meant


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("en-US", "`en`"), ("FR", "`fr`"), ("English", "`en`"), ("français", "`fr`"), ("Tedesco", "`de`"),
        ("tlh-Latn", "`tlh`"), ("Root", "`fr`, say"), ("klingonese", "`fr`, say"), ("American English", "`fr`, say"),
    ],
)  # fmt: skip
def test_a_language_is_advised_by_its_code(tmp_path: Path, written: str, fix: str) -> None:
    message = issues_of(tmp_path, f"title: Plans\nbase_url: https://a.org\nlanguages: [{written}]\n")
    assert f"`{written}` is not a language code" in message
    assert f"  fix: write {fix}\n" in message


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("languages: English", "languages: [en]"),
        ("languages: fr, en", "languages: [fr, en]"),
        ("languages: French and English", "languages: [fr, en]"),
        ("languages:", "languages: [fr, en]"),
        ("languages: our own", "languages: [fr, en]"),
        ("languages: fr;", "languages: [fr]"),
        ("languages: [fr]\nfamilies: care; desk", "families: [care, desk]"),
        ("languages: [fr]\nembed: https://b.example", "embed: [https://b.example]"),
    ],
)
def test_a_list_is_advised_with_what_stands_there(tmp_path: Path, written: str, fix: str) -> None:
    top = "title: Plans\nbase_url: https://a.org\n"
    message = issues_of(tmp_path, f"{top}{written}\n")
    assert f"  fix: write `{fix}`\n" in message
    assert config_of(tmp_path, f"{top}{written.rpartition('\n')[0]}\n{fix}\n" if "\n" in written else f"{top}{fix}\n")


def test_a_setting_under_a_misspelt_name_is_not_missed_as_well(tmp_path: Path) -> None:
    message = issues_of(tmp_path, "title: Plans\nbaseurl: https://a.org\nlanguage: [fr]\n")
    assert message.count("fix: did you mean `base_url`?") == 1
    assert message.endswith("2 errors\n")
    assert "the sitemap, shared links" in issues_of(tmp_path, "title: Plans\nlanguages: [fr]\n")


ODD = ("ftp://example.org/", "https://example.org/?q=1", "https://a b/", "https:///x", "https://pl[]ans.example/")


@pytest.mark.parametrize("address", ODD)
def test_an_address_that_is_none_of_a_site_is_refused(tmp_path: Path, address: str) -> None:
    text = f'title: Plans\nbase_url: "{address}"\nlanguages: [fr]\n'
    assert "is not the address of a site" in issues_of(tmp_path, text)


def test_settings_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    assert "the settings are not a mapping" in issues_of(tmp_path, "- title\n")


def test_a_site_without_a_language_is_refused(tmp_path: Path) -> None:
    assert "the site has no language" in issues_of(tmp_path, "title: A\nbase_url: https://a.org\nlanguages: []\n")


EMBED = "title: A\nbase_url: https://a.org\nlanguages: [fr]\nembed: "


@pytest.mark.parametrize(
    "origins",
    [
        (),
        ("https://partner.example", "https://b.partner.example:8443", "http://localhost:8000", "http://127.0.0.1"),
        ("*",),
    ],
)
def test_origins_that_may_hold_the_calculator_are_read(tmp_path: Path, origins: tuple[str, ...]) -> None:
    assert config_of(tmp_path, EMBED + str(list(origins)) + "\n").embed == origins


def test_without_origins_no_page_is_made_for_others(tmp_path: Path) -> None:
    assert config_of(tmp_path, EMBED.removesuffix("embed: ")).embed is None


@pytest.mark.parametrize(
    ("origin", "cause", "fix"),
    [
        ("https://partner.example/", "paths are not told apart", "`https://partner.example`"),
        ("https://partner.example/shop?x#y", "paths are not told apart", "`https://partner.example`"),
        ("HTTPS://Partner.example", "in small letters", "`https://partner.example`"),
        ("http://partner.example", "anybody on the way can change the page", "`https://partner.example`"),
        ("http://localhost.example:80", "only localhost may use it", "`https://localhost.example:80`"),
        ("https://*.partner.example", "a pattern lets in hosts", '"*" alone, in quotes'),
        ("partner.example", "scheme, host and port", "`https://partner.example`"),
        ("https://a.example; script-src *", "a pattern lets in hosts", "`https://partner.example`"),
        ("https://[::1", "scheme, host and port", "`https://partner.example`"),
        ("", "scheme, host and port", "`https://partner.example`"),
        ("'self'", "scheme, host and port", "`https://partner.example`"),
        ("https://a.example:99999999", "scheme, host and port", "`https://partner.example`"),
    ],
)
def test_what_is_no_origin_is_refused_at_its_place(tmp_path: Path, origin: str, cause: str, fix: str) -> None:
    message = issues_of(tmp_path, f'{EMBED}["https://b.example", "{origin}"]\n')
    assert message.startswith(f"site.yaml:4:30: `{origin}` is not an origin")
    assert cause in message
    assert fix in message
    assert message.count("is not an origin") == 1


def test_a_star_stands_alone_and_origins_in_a_list(tmp_path: Path) -> None:
    assert 'site.yaml:4:9: "*" stands beside other origins' in issues_of(tmp_path, f'{EMBED}["*", "https://b.example"]')
    assert "`embed` should be a list" in issues_of(tmp_path, f"{EMBED}https://b.example")
    assert "is there twice" in issues_of(tmp_path, f"{EMBED}[https://b.example, https://b.example]")


def test_pictures_are_drawn_where_the_settings_say_so(tmp_path: Path) -> None:
    text = "title: Plans\nbase_url: https://example.org\nlanguages: [fr]\n"
    assert not config_of(tmp_path, text).cards
    assert config_of(tmp_path, text + "cards: true\n").cards
    assert "site.yaml:4:8: `cards` is neither true nor false" in issues_of(tmp_path, text + "cards: maybe\n")


def test_the_tables_below_a_quote_are_named(tmp_path: Path) -> None:
    text = "title: Plans\nbase_url: https://example.org\nlanguages: [fr]\nafter_quote: %s\n"
    assert config_of(tmp_path, text % "[plans, wait]").after_quote == ("plans", "wait")
    assert config_of(tmp_path, text % "[]").after_quote == ()
    assert config_of(tmp_path, text.partition("after")[0]).after_quote is None
    message = issues_of(tmp_path, text % "[wait, year]")
    assert "site.yaml:4:21: there is no table `year`" in message and "did you mean `years`?" in message
    assert "  fix: write `after_quote: [wait, plans]`\n" in issues_of(tmp_path, text % "wait, plans")


def test_the_calculator_is_told_which_tables_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site = start(tmp_path)
    build(site)
    manifest = site / "public/assets/calculator/manifest.json"
    assert '"tables"' not in manifest.read_text("utf-8")
    change(site, "languages: [fr, en]", "languages: [fr, en]\nafter_quote: [wait, plans]", "content/site.yaml")
    build(site)
    assert manifest.read_text("utf-8").count('"tables":["wait","plans"]') == 2
