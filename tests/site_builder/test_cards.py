"""The picture beside a shared link: drawn for those sites that ask for it, the same bytes from the same words."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from site_builder.colours import TEXT, contrast, least
from site_builder.making import STATIC
from site_builder.rendering import cards, render_site
from site_builder.rendering.card_words import CARD, CardWords, card, card_path
from site_builder.rendering.cards import _INK, _SOFT, PLAIN, palette, site_drawn
from tests.site_builder.small_site import small_site
from tests.site_builder.starter_site import build, change, without_examples

WORDS = CardWords("Plans", "Acme", "Care for everything that turns", "from $120.00")


def ink(picture: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part of the picture are dark."""
    with Image.open(BytesIO(picture)) as image:
        assert image.size == (1200, 630)
        assert image.format == "PNG"
        return sum(image.convert("L").crop(box).histogram()[:110])


def test_the_same_words_give_the_same_bytes_and_others_another_name() -> None:
    assert card(WORDS) == card(WORDS)
    assert card_path(WORDS) == card_path(replace(WORDS))
    assert card_path(replace(WORDS, price="from $130.00")) != card_path(WORDS)
    assert len(card(WORDS)) < 40_000


def test_vendor_name_and_price_stand_where_they_are_read() -> None:
    picture = card(WORDS)
    vendor, title, price = (100, 45, 700, 90), (100, 110, 1110, 250), (700, 450, 1110, 505)
    assert all(ink(picture, box) > 500 for box in (vendor, title, price))
    unsaid = card(replace(WORDS, vendor="", name="", price=""))
    assert all(ink(unsaid, box) == 0 for box in (vendor, title))


def test_a_name_too_long_for_the_page_stays_on_it() -> None:
    long = card(replace(WORDS, name="Maintenance " * 30, vendor="Vendor " * 40, price="from " * 30))
    assert ink(long, (1125, 0, 1200, 550)) == 0
    assert ink(long, (100, 360, 1110, 430)) == 0


def test_each_family_has_a_picture_in_each_language_where_the_site_wants_it() -> None:
    plain = small_site()
    site = replace(plain, config=replace(plain.config, cards=True))
    files = render_site(site)
    page = files["en/care/index.html"].decode()
    named = [
        name
        for name in files
        if name.startswith("assets/card-") and f'content="https://plans.example.org/site/{name}"' in page
    ]
    assert len(named) == 1
    assert files[named[0]].startswith(b"\x89PNG")
    assert named[0] not in files["fr/care/index.html"].decode()
    assert len([name for name in files if name.startswith("assets/card-")]) == 3


ACCENTS = ("#0a5c8a", "#8a1a3c", "#ffd400", "#ffffff", "#000000", "#39ff14", "#7f7f7f")


def test_what_is_written_in_a_site_s_colour_is_read_on_its_paper() -> None:
    for accent in ACCENTS:
        colours = palette(accent)
        assert contrast(colours.first, colours.paper) >= TEXT, accent
        assert least(colours.paper, (_INK, _SOFT)) >= TEXT, accent
        assert contrast(colours.line, colours.paper) < 1.6, accent
    assert palette("") == PLAIN and palette("#0a5c8a").first == "#0a5c8a"


def test_a_family_s_picture_has_the_site_s_colour_and_is_another() -> None:
    own = replace(WORDS, accent="#8a1a3c")
    assert card_path(own) != card_path(WORDS) and own.text == WORDS.text
    with Image.open(BytesIO(card(own))) as image:
        assert {colour for _, colour in image.convert("RGB").getcolors() or ()} >= {(138, 26, 60)}


def has(picture: bytes, colour: tuple[int, int, int], box: tuple[int, int, int, int]) -> bool:
    """Whether a part of the picture shows a colour, or one that the eye takes for it."""
    with Image.open(BytesIO(picture)) as image:
        pixels = image.convert("RGB").crop(box).tobytes()
    found = {tuple(pixels[at : at + 3]) for at in range(0, len(pixels), 3)}
    return any(sum(abs(one - other) for one, other in zip(pixel, colour, strict=True)) < 12 for pixel in found)


def shared(site: Path) -> bytes:
    """The picture that the home page names."""
    build(site)
    (named,) = re.findall(r'"og:image" content="https://plans.example.org/([^"]*)"', home(site))
    path: Path = site / "public" / named
    return path.read_bytes()


def home(site: Path) -> str:
    return (site / "public/en/index.html").read_text("utf-8")


def test_a_site_with_a_colour_or_a_logo_has_its_own_picture_beside_links(site: Path) -> None:
    title, place = (90, 30, 820, 90), (868, 10, 1112, 88)
    settings = (site / "content/site.yaml").read_text("utf-8")
    plain = shared(site)
    assert plain == (STATIC / CARD).read_bytes() and ink(plain, title) == 0
    (site / "content/site.yaml").write_text(settings + 'accent: "#8a1a3c"\n', "utf-8")
    coloured = shared(site)
    assert has(coloured, (138, 26, 60), (90, 120, 500, 150)) and ink(coloured, title) > 500
    assert not has(coloured, (0, 128, 0), place)
    logo = BytesIO()
    Image.new("RGB", (300, 60), (0, 128, 0)).save(logo, "PNG")
    (site / "content/logo.png").write_bytes(logo.getvalue())
    (site / "content/site.yaml").write_text(settings + "logo: logo.png\n", "utf-8")
    assert has(shared(site), (0, 128, 0), place)
    (site / "content/mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (site / "content/site.yaml").write_text(settings + "logo: mark.svg\n", "utf-8")
    drawing = shared(site)
    assert ink(drawing, title) > 500 and not has(drawing, (0, 128, 0), place)
    (site / "content/site.yaml").write_text(settings, "utf-8")
    assert shared(site) == plain


def test_a_site_s_picture_is_drawn_again_only_for_another_name_or_look(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(site, "title: Studio Care", 'title: Studio Care\naccent: "#8a1a3c"', "content/site.yaml")
    first = shared(site)
    with monkeypatch.context() as patched:
        patched.setattr(cards, "site_drawn", lambda *_: pytest.fail("drawn again"))
        change(site, "90.00", "91.00")
        without_examples(site)
        assert shared(site) == first
    change(site, "title: Studio Care", "title: Atelier", "content/site.yaml")
    assert shared(site) != first


def test_a_title_too_long_for_the_picture_stays_left_of_the_margin() -> None:
    assert ink(site_drawn("Maintenance " * 30, "", b""), (856, 0, 1200, 95)) == 0
