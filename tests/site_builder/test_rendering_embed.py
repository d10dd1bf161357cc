"""What partners put into their pages: pages without anything around the calculator, and the script that frames them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest

from site_builder.errors import InputError
from site_builder.rendering import SiteInput, render_site
from site_builder.rendering.embed import LOADER_BYTES
from tests.site_builder.small_site import small_site

PAGES = ("embed/fr/care/index.html", "embed/en/care/index.html")
PARTNER = "https://partner.example"


def site(title: str = "Our plans", static: Mapping[str, bytes] = MappingProxyType({})) -> SiteInput:
    """The small site, whose calculator a partner may hold."""
    held = small_site()
    config = replace(held.config, embed=(PARTNER,), title=title)
    return replace(held, config=config, static={**held.static, **static})


@cache
def files() -> dict[str, bytes]:
    return render_site(site())


def test_without_the_setting_there_is_nothing_for_partners() -> None:
    plain = render_site(small_site())
    assert [name for name in plain if name.startswith("embed")] == []
    assert not set(plain) - set(files())
    assert {name for name in files() if name.startswith("embed")} == {*PAGES, "embed.js"}
    assert PARTNER in files()["_headers"].decode()


def test_a_page_for_partners_is_the_calculator_alone() -> None:
    for name in PAGES:
        text = files()[name].decode()
        lang = name.split("/")[1]
        family = f"/site/{lang}/care/"
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="https://plans.example.org{family}">' in text
        assert 'id="quote-form"' in text
        assert "site-header" not in text
        assert "site-footer" not in text
        leading = [part.split('"')[0] for part in text.split('<a href="')[1:]]
        assert leading == [family]
        assert f'<a href="{family}" target="_blank" rel="noopener" data-keep-quote>' in text


def test_search_engines_are_told_of_the_familys_page_alone() -> None:
    assert "embed" not in files()["sitemap.xml"].decode()
    assert "embed" not in files()["robots.txt"].decode()


def test_the_script_speaks_each_language_of_the_site() -> None:
    text = files()["embed.js"].decode()
    assert '{"fr":"Our plans\u00a0: calculateur de prix","en":"Our plans: price calculator"}' in text
    assert len(files()["embed.js"]) <= LOADER_BYTES


def test_a_script_that_weighs_too_much_is_refused() -> None:
    spare = LOADER_BYTES - len(files()["embed.js"])
    source = small_site().static["embed.js"]
    exactly = render_site(site(static={"embed.js": source + b" " * spare}))
    assert len(exactly["embed.js"]) == LOADER_BYTES
    with pytest.raises(InputError) as caught:
        render_site(site(static={"embed.js": source + b" " * (spare + 1)}))
    assert "embed.js weighs 5,001 bytes, 5,000 are allowed" in str(caught.value)
    with pytest.raises(InputError) as caught:
        render_site(site(title="Plans" * 300))
    assert "a shorter `title`" in str(caught.value)


def test_a_script_without_a_place_for_titles_is_noticed() -> None:
    with pytest.raises(ValueError, match="no place for the titles"):
        render_site(site(static={"embed.js": b"1;"}))
