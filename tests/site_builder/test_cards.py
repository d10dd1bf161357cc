"""The picture beside a shared link: drawn for those sites that ask for it, the same bytes from the same words."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from site_builder.rendering import render_site
from site_builder.rendering.card_words import CardWords, card, card_path
from tests.site_builder.small_site import small_site

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
