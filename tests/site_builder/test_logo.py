"""The vendor's logo at the top of each page: named in the settings, published, with the room that it takes."""

import re
from pathlib import Path

import pytest

from site_builder.errors import InputError
from tests.site_builder.starter_site import build, files, start
from tests.site_builder.test_own_pictures import picture

WIDE = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60"><path d="M0 0"/></svg>'
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="24px" height="24"/>'
ADAPTS = WIDE.replace("<path", "<style>@media (prefers-color-scheme: dark) {path {fill: #fff}}</style><path")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = start(tmp_path)
    (folder / "content/logo.svg").write_text(WIDE)
    return folder


def setting(site: Path, line: str) -> None:
    path = site / "content/site.yaml"
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")


def head(site: Path, page: str = "en/studio-care") -> str:
    html = (site / "public" / page / "index.html").read_text("utf-8")
    return html[html.index('<a class="wordmark') : html.index("</a>", html.index('<a class="wordmark'))]


def test_the_logo_stands_for_the_name_on_every_page(site: Path) -> None:
    setting(site, "logo: logo.svg")
    build(site)
    published = [name for name in files(site / "public") if name.startswith("assets/logo-")]
    assert len(published) == 1 and (site / "public" / published[0]).read_text() == WIDE
    for page in ("en/studio-care", "fr", "en/changes", "."):
        image = f'<img class="plain" src="/{published[0]}" alt="Studio Care" width="200" height="40">'
        assert head(site, page).endswith(image), page


def test_a_name_beside_it_is_not_said_twice(site: Path) -> None:
    (site / "content/mark.svg").write_text(SQUARE)
    setting(site, "logo: {light: mark.svg, name: true}")
    build(site)
    assert 'alt="" width="40" height="40"><span>Studio Care</span>' in head(site)


def test_on_dark_grounds_another_one(site: Path) -> None:
    (site / "content/brand").mkdir()
    (site / "content/brand/night.webp").write_bytes(picture("WEBP"))
    setting(site, "logo: {light: logo.svg, dark: brand/night.webp}")
    build(site)
    shown = head(site)
    assert '<picture><source media="screen and (prefers-color-scheme: dark)" srcset="/assets/night-' in shown
    assert 'width="69" height="40">' in shown and "plain" not in shown


def test_paper_has_the_light_one_without_choosing_it_anew(site: Path) -> None:
    (site / "content/night.webp").write_bytes(picture("WEBP"))
    setting(site, "logo: {light: logo.svg, dark: night.webp}")
    build(site)
    light = re.search(r'<img src="(/assets/logo-[^"]+)"', head(site))
    assert light and f'</picture><img class="paper-only" src="{light[1]}" alt="" ' in head(site)


def test_one_that_follows_the_scheme_by_itself_needs_no_light_ground(site: Path) -> None:
    (site / "content/logo.svg").write_text(ADAPTS)
    setting(site, "logo: logo.svg")
    build(site)
    assert '<img src="/assets/logo-' in head(site)


def icon(site: Path) -> str:
    html = (site / "public/en/studio-care/index.html").read_text("utf-8")
    return next(line for line in html.splitlines() if 'rel="icon"' in line)


def test_the_tab_shows_a_square_logo_or_the_mark_beside_a_wide_one(site: Path) -> None:
    setting(site, "logo: logo.svg")
    build(site)
    assert 'href="/assets/icon' in icon(site)
    (site / "content/logo.svg").write_text(SQUARE)
    build(site)
    assert 'href="/assets/logo-' in icon(site) and icon(site).endswith('type="image/svg+xml">')
    (site / "content/tab.webp").write_bytes(picture("WEBP"))
    path = site / "content/site.yaml"
    path.write_text(path.read_text("utf-8").replace("logo: logo.svg", "logo: {light: logo.svg, icon: tab.webp}"))
    build(site)
    assert 'href="/assets/tab-' in icon(site) and icon(site).endswith('type="image/webp">')
    assert icon(site) not in head(site)


def test_a_wide_one_is_less_high(site: Path) -> None:
    (site / "content/logo.svg").write_text(WIDE.replace("0 0 300 60", "0,0,1200,60"))
    setting(site, "logo: logo.svg")
    build(site)
    assert 'class="wide plain"' in head(site) and 'width="256" height="13"' in head(site)


def test_a_logo_that_is_replaced_is_replaced_on_every_page_and_goes_with_its_setting(site: Path) -> None:
    build(site)
    before = files(site / "public")
    settings = (site / "content/site.yaml").read_text("utf-8")
    setting(site, "logo: logo.svg")
    build(site)
    first = head(site)
    (site / "content/logo.svg").write_text(WIDE.replace("M0 0", "M1 1"))
    build(site)
    assert head(site) != first
    (site / "content/site.yaml").write_text(settings, "utf-8")
    build(site)
    assert files(site / "public") == before


@pytest.mark.parametrize(
    ("line", "what", "fix"),
    [
        ("logo: logos.svg", "there is no logo `logos.svg`", "did you mean `logo.svg`?"),
        ("logo: ../logo.svg", "the logo `../logo.svg` is not a file of the site", "put the file there"),
        ("logo: https://a.org/logo.svg", "is not a file of the site", "put the file there"),
        ("logo: site.yaml", "`site.yaml` is not a picture that a page can show", "save it as one of them"),
        ("logo: bare.svg", "`bare.svg` does not say how large it is", 'viewBox="0 0 240 60"'),
        ("logo: broken.svg", "`broken.svg` does not say how large it is", 'viewBox="0 0 240 60"'),
        ("logo: heavy.svg", "`heavy.svg` is too heavy for a logo", "save it as SVG"),
        ("logo:", "`logo` names no file", "write `logo: logo.svg`"),
        ("logo: {dark: logo.svg}", "`light` names no file", "write `light: logo.svg`"),
        ("logo: {light: logo.svg, dark: }", "`dark` names no file", "write `dark: logo.svg`"),
        ("logo: {light: logo.svg, icon: mark.svg}", "there is no logo `mark.svg`", "write `logo.svg`"),
        ("logo: {light: logo.svg, name: beside}", "`name` is neither true nor false", "`name: true`"),
        ("logo: {light: logo.svg, drak: logo.svg}", "`drak` is not a setting of `logo`", "did you mean `dark`?"),
        ("logo: {light: logo.svg, dark: night.svg}", "there is no logo `night.svg`", "write `logo.svg`"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused_at_its_place(line: str, what: str, fix: str, site: Path) -> None:
    (site / "content/bare.svg").write_text(WIDE.replace(' viewBox="0 0 300 60"', ""))
    (site / "content/broken.svg").write_text("<svg <")
    (site / "content/heavy.svg").write_text(WIDE + " " * 200_000)
    setting(site, line)
    with pytest.raises(InputError) as caught:
        build(site)
    said = str(caught.value)
    assert said.startswith("content/site.yaml:10:") and what in said and fix in said
    assert said.endswith("\n1 error\n")
