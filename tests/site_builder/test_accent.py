"""The accent colour of a site: whatever it is, everything written in it or on it can be read, in light and in dark."""

import email.policy
import json
import re
from itertools import product
from pathlib import Path

import pytest

from calculator.card.colours import OWN as OWN_CARD
from calculator.card.colours import Colours
from site_builder.cli import main
from site_builder.colours import TEXT, contrast, least, lightness, readable, shade
from site_builder.config import load_config
from site_builder.errors import InputError
from site_builder.looks import card_look
from site_builder.rendering.brand import ACCENT, TOKENS, accent_sheet, style_sources
from tests.site_builder.starter_site import build, files, start

STATIC = Path(__file__).parents[2] / "site_builder/static"
OWN = (STATIC / TOKENS).read_text("utf-8")
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
SITE = "title: Plans\nbase_url: https://a.org\nlanguages: [fr]\n"
CONTROL = 3.0
"""The contrast that WCAG 2 asks of what shows where a field is."""
GROUNDS = ("paper", "wash", "sheet", "raised", "mark", "ok-wash", "warn-wash", "late-wash", "blue-wash")


def schemes(accent: str) -> list[dict[str, str]]:
    """The tokens in light and in dark, as a page has them with this accent."""
    own = [dict(TOKEN.findall(part.partition("@media (prefers-contrast")[0]))
           for part in OWN.split("@media screen and (prefers-color-scheme: dark)", 1)]  # fmt: skip
    laid = [dict(TOKEN.findall(part)) for part in accent_sheet(accent, OWN).split("@media", 1)]
    return [held | over for held, over in zip(own, laid, strict=True)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)]
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_a_shade_keeps_its_hue_and_a_colour_that_is_read_stays() -> None:
    assert shade("#0a5c8a", lightness("#0a5c8a")) == "#0a5c8a"
    assert readable("#0a5c8a", ["#ffffff"], -1) == "#0a5c8a"
    darker = readable("#ffcc00", ["#ffffff"], -1)
    assert TEXT <= contrast(darker, "#ffffff") < TEXT + 0.2
    red, green, blue = (int(darker[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue


def test_every_colour_is_read_wherever_pages_write_in_it_or_on_it() -> None:
    levels = ("00", "33", "66", "80", "99", "cc", "ff")
    for accent in ("#" + "".join(parts) for parts in product(levels, repeat=3)):
        light, dark = schemes(accent)
        assert light["fill"] == accent
        for held in (light, dark):
            grounds = [held[name] for name in GROUNDS]
            for written in ("blue", "blue-strong", "ink"):
                assert least(held[written], grounds[-1:] if written == "ink" else grounds) >= TEXT, (accent, written)
            assert contrast(held["on-blue"], held["fill"]) >= TEXT, accent
            assert contrast(held["on-blue"], held["fill-strong"]) >= TEXT, accent
            assert held["blue"] != held["blue-strong"] and held["fill"] != held["fill-strong"], accent


def test_the_edge_of_a_field_is_seen_on_every_ground_that_it_stands_on() -> None:
    for held in schemes("#0a5c8a"):
        assert least(held["line-strong"], [held[name] for name in ("paper", "wash", "sheet", "raised")]) >= CONTROL


def test_paper_is_never_dark() -> None:
    sheets = [path.read_text("utf-8") for path in STATIC.rglob("*.css")] + [accent_sheet("#0a5c8a", OWN)]
    asked = [rule for sheet in sheets for rule in re.findall(r"@media .*prefers-color-scheme: dark.*", sheet)]
    assert len(asked) == 4
    assert [rule for rule in asked if not rule.startswith("@media screen and ")] == []


def test_what_colours_mean_stays_as_it_is() -> None:
    light, dark = schemes("#e2001a")
    assert (light["early"], light["early-wash"]) == ("#2240b4", "#e7ecfb")
    assert (dark["early"], dark["early-strong"]) == ("#aebeff", "#c9d4ff")


def test_the_sheet_comes_after_the_tokens_and_only_with_an_accent(tmp_path: Path) -> None:
    static = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in STATIC.rglob("*.css")}
    (tmp_path / "site.yaml").write_text(SITE + "accent: '#0A5C8A'\n")
    (tmp_path / "plain.yaml").write_text(SITE)
    plain, accented = (
        style_sources(static, load_config(tmp_path / name, tmp_path), docs=True) for name in ("plain.yaml", "site.yaml")
    )
    assert accented.keys() - plain.keys() == {ACCENT}
    names = list(accented)
    assert names.index(TOKENS) < names.index(ACCENT) < names.index("css/90-print.css")
    assert b"--fill: #0a5c8a;" in accented[ACCENT]


def test_a_site_in_its_colour_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site = start(tmp_path)
    build(site)
    before = files(site / "public")
    settings = site / "content/site.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text + 'accent: "#0a5c8a"\n', "utf-8")
    build(site)
    after = files(site / "public")
    style = next(name for name in after if re.fullmatch(r"assets/site-[0-9a-f]{10}\.css", name))
    assert style not in before and b"--fill: #0a5c8a;" in after[style]
    assert f"/{style}".encode() in after["en/studio-care/index.html"]
    assert b"style=" not in after["en/studio-care/index.html"]
    settings.write_text(text, "utf-8")
    build(site)
    assert files(site / "public") == before


def test_every_colour_makes_a_card_that_is_read(tmp_path: Path) -> None:
    levels = ("00", "33", "66", "80", "99", "cc", "ff")
    for accent in ("#" + "".join(parts) for parts in product(levels, repeat=3)):
        held = card_look(accent)["colours"]
        assert set(held) == set(Colours._fields)
        for written in ("ink", "faint"):
            assert least(held[written], [held["ground"], held["band"]]) >= TEXT, (accent, written)
        assert contrast(held["link"], held["ground"]) >= 7, accent
        assert contrast(held["edge"], held["ground"]) >= 1.5, accent


def test_cards_have_the_colour_of_the_site_in_mails_and_in_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    site = start(tmp_path / "site")
    monkeypatch.chdir(site)
    ask = {"plan": "studio-care/complete", "action": "renew", "on": "2026-03-15", "expiry": "2026-03-31"}
    (site / "ask.json").write_text(json.dumps(ask))

    def mailed() -> str:
        assert main(["email", "ask.json", "--to", "a@example.org", "--lang", "en"]) == 0
        draft = email.message_from_bytes(capsysbinary.readouterr().out, policy=email.policy.default)
        page = draft.get_body(("html",))
        assert page
        return str(page.get_content())

    build(site)
    plain, words = mailed(), words_of(site)
    assert '"colours"' not in words and OWN_CARD.ink in plain and "6px solid" not in plain
    settings = site / "content/site.yaml"
    text = settings.read_text("utf-8")
    for accent in ("#7b1e3a", "#ffcc00"):
        settings.write_text(f'{text}accent: "{accent}"\n', "utf-8")
        build(site)
        held = card_look(accent)["colours"]
        assert f'"edge":"{held["edge"]}"' in words_of(site)
        coloured = mailed()
        assert f"6px solid {held['edge']}" in coloured and f"color:{held['link']}" in coloured
        coloured = coloured.replace(f"border-top:6px solid {held['edge']};", "")
        for name, own in zip(Colours._fields, OWN_CARD, strict=True):
            coloured = coloured.replace(held[name], own or held[name])
        assert coloured == plain
    settings.write_text(text, "utf-8")
    build(site)
    assert mailed() == plain and words_of(site) == words


def words_of(site: Path) -> str:
    """The locale data that the calculator is given, of all languages."""
    (data,) = [data for name, data in files(site / "public").items() if name.endswith("/manifest.json")]
    return data.decode()


@pytest.mark.parametrize(
    ("written", "what", "why", "fix"),
    [
        ("#0a5c8a", "`accent` has no colour", "a # after a blank begins a remark", '`accent: "#0a5c8a"`'),
        ("", "`accent` has no colour", "links, buttons and what is chosen", '`accent: "#0a5c8a"`'),
        ("0a5c8a", "`0a5c8a` is not a colour", "a # with six digits", '`accent: "#0a5c8a"`'),
        ("123456", "`123456` is not a colour", "a # with six digits", '`accent: "#123456"`'),
        ("navy", "`navy` is not a colour", "a # with six digits", '`accent: "#000080"`'),
        ('"rgb(10, 92, 138)"', "is not a colour", "a # with six digits", '`accent: "#0a5c8a"`'),
        ('"#0a5c8aff"', "is not a colour", "a # with six digits", '`accent: "#0a5c8a"`'),
        ("our blue", "`our blue` is not a colour", "a # with six digits", 'such as `accent: "#0a5c8a"`'),
        ("[a]", "`accent` has no colour", "links, buttons", '`accent: "#0a5c8a"`'),
    ],
)
def test_what_is_no_colour_is_refused_with_the_one_it_may_stand_for(
    written: str, what: str, why: str, fix: str, tmp_path: Path
) -> None:
    (tmp_path / "site.yaml").write_text(f"{SITE}accent: {written}\n")
    with pytest.raises(InputError) as caught:
        load_config(tmp_path / "site.yaml", tmp_path)
    said = str(caught.value)
    assert said.startswith("site.yaml:4:") and what in said and why in said and fix in said


def test_three_digits_are_six(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(f'{SITE}accent: "#0bC"\n')
    assert load_config(tmp_path / "site.yaml", tmp_path).accent == "#00bbcc"
