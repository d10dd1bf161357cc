from pathlib import Path

import pytest

from site_builder.config import SiteConfig, load_config
from site_builder.errors import InputError


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
    assert "`title` is missing or empty" in message
    assert "site.yaml:2:11: `example.org` is not the address of a site" in message
    assert "site.yaml:3:13: `French` is not a language code" in message
    assert "site.yaml:3:25: `fr` is there twice" in message


@pytest.mark.parametrize("address", ["ftp://example.org/", "https://example.org/?q=1", "https://a b/", "https:///x"])
def test_an_address_that_is_none_of_a_site_is_refused(tmp_path: Path, address: str) -> None:
    text = f'title: Plans\nbase_url: "{address}"\nlanguages: [fr]\n'
    assert "is not the address of a site" in issues_of(tmp_path, text)


def test_settings_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    assert "the settings are not a mapping" in issues_of(tmp_path, "- title\n")


def test_a_site_without_a_language_is_refused(tmp_path: Path) -> None:
    assert "the site has no language" in issues_of(tmp_path, "title: A\nbase_url: https://a.org\nlanguages: []\n")
