"""The pictures that other sites show beside a link, as pages of a ledger: of a family's page, and of all others.

A family's has vendor, name and price, the site's its name and logo. Decides where what stands, how large it is, and
which shades of the site's colour it has; words and colour are handed in. The same words give the same bytes.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont, ImageOps

from site_builder.colours import readable, shade
from site_builder.rendering.card_words import CardWords

FONTS: Final = Path(__file__).parent.parent / "static" / "fonts"
SIZE: Final = (1200, 630)
_INK, _SOFT = "#14211c", "#4a5a52"
_BANDS: Final = (("#17663f", 610), ("#c98a1a", 862), ("#9c2b1a", 1110))
_LEFT, _RIGHT = 122, 1110
_FIRST, _STEP = 97, 84
"""The first line of the ledger and the distance of the others."""

_DISPLAY, _TEXT = ("bricolage-grotesque.woff2", 740), ("public-sans.woff2", 600)


class Palette(NamedTuple):
    """The colours of a ledger that follow the site's: paper and lines, its margin, and what is written first."""

    paper: str
    line: str
    margin: str
    first: str
    others: str


PLAIN: Final = Palette("#f0f6f0", "#cfdcd3", "#d23c28", "#223db2", "#97a4d6")
_BARS: Final = ((430, 120), (560, 150), (350, 96), (470, 132))
"""How wide the entries of the site's ledger are: the words, and the amounts."""


def palette(accent: str) -> Palette:
    """The colours of a ledger in an accent, #rrggbb, or the program's own; what is written is read on its paper."""
    if not accent:
        return PLAIN
    paper = shade(accent, 0.97, 0.012)
    mark = readable(accent, (paper,), -1)
    return Palette(paper, shade(accent, 0.89, 0.02), mark, mark, shade(accent, 0.76, 0.07))


def _ledger(colours: Palette, margins: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty page."""
    image = Image.new("RGB", SIZE, colours.paper)
    draw = ImageDraw.Draw(image)
    for y in range(_FIRST, SIZE[1], _STEP):
        draw.line((0, y, SIZE[0], y), colours.line, 2)
    for x in margins:
        draw.line((x, 0, x, SIZE[1]), colours.margin, 3)
    return image, draw


def _png(image: Image.Image, colours: int) -> bytes:
    data = BytesIO()
    few = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(data, "PNG", compress_level=6)
    return data.getvalue()


def site_drawn(title: str, accent: str, logo: bytes) -> bytes:
    """The picture of a site with a colour or a logo, a PNG: a quote as a ledger below its name.

    `logo` is what a picture holds; one that Pillow does not draw, such as an SVG, is left out.
    """
    colours = palette(accent)
    image, draw = _ledger(colours, (839, 850))
    draw.text((90, _FIRST - 25), _fitted(title, 46, _DISPLAY, 720)[0], _INK, _font(_DISPLAY, 46), "ls")
    for number, (words, amount) in enumerate(_BARS, 1):
        y = _FIRST + number * _STEP - 56
        draw.rectangle((90, y, 90 + words, y + 26), colours.others if number > 1 else colours.first)
        draw.rectangle((_RIGHT - amount, y, _RIGHT, y + 26), _SOFT)
    total = _FIRST + 4 * _STEP + 25
    for begin, end in ((90, 340), (890, _RIGHT)):
        draw.rectangle((begin, total, end, total + 34), _INK)
    for below in (46, 54):
        draw.line((890, total + below, _RIGHT, total + below), _INK, 4)
    begin = 90
    for colour, end in zip((colour for colour, _ in _BANDS), (470, 630, 820), strict=True):
        draw.rectangle((begin, 556, end, 580), colour)
        begin = end
    if shown := _logo(logo):
        image.paste(shown, (_RIGHT - shown.width, 48 - shown.height // 2), shown)
    return _png(image, 128 if shown else 64)


def _logo(data: bytes) -> Image.Image | None:
    """The logo as it stands on the picture, on its own ground; None where it cannot be drawn."""
    try:
        with Image.open(BytesIO(data)) as logo:
            return ImageOps.contain(logo.convert("RGBA"), (240, 64))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def drawn(words: CardWords) -> bytes:
    """The picture, a PNG of 1200 by 630 pixels."""
    image, draw = _ledger(palette(words.accent), (74, 86))
    draw.text((_LEFT, _FIRST - 20), _fitted(words.vendor, 32, _TEXT)[0], _SOFT, _font(_TEXT, 32), "ls")
    size, lines = _title(words.name)
    for number, line in enumerate(lines, 1):
        draw.text((_LEFT - 4, _FIRST + number * _STEP - 18), line, _INK, _font(_DISPLAY, size), "ls")
    _foot(draw, words)
    return _png(image, 64)


def _foot(draw: ImageDraw.ImageDraw, words: CardWords) -> None:
    """The price closed like a sum, the site's name, and the bands of a contract's time."""
    y = _FIRST + 5 * _STEP
    font = _font(_DISPLAY, 60)
    price, width = _fitted(words.price, 60, _DISPLAY)
    draw.text((_RIGHT, y - 18), price, _INK, font, "rs")
    for below in (4, 12):
        draw.line((_RIGHT - width, y - below + 8, _RIGHT, y - below + 8), _INK, 4)
    site, width = _fitted(words.site, 44, _DISPLAY)
    draw.text((_LEFT, y - 18), site, _INK, _font(_DISPLAY, 44), "ls")
    for below in (4, 12):
        draw.line((_LEFT, y - below + 8, _LEFT + width, y - below + 8), palette(words.accent).margin, 4)
    if words.remark:
        draw.text((_RIGHT, y - 86), _fitted(words.remark, 28, _TEXT)[0], _SOFT, _font(_TEXT, 28), "rs")
    begin = _LEFT
    for colour, end in _BANDS:
        draw.rectangle((begin, 554, end, 578), colour)
        begin = end + 5


@cache
def _font(face: tuple[str, int], size: int) -> ImageFont.FreeTypeFont:
    """One of the site's own fonts, in a weight and a size in pixels."""
    name, weight = face
    font = ImageFont.truetype(BytesIO(_bytes(name)), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _bytes(name: str) -> bytes:
    return (FONTS / name).read_bytes()


def _title(text: str) -> tuple[int, list[str]]:
    """The largest size in which the name stands on three lines, and those lines; what is longer still is cut."""
    for size in (76, 68, 60, 52):
        lines = list(_wrapped(text, size))
        if len(lines) <= 3:
            return size, lines
    return size, [*lines[:2], f"{lines[2]} …"]


def _wrapped(text: str, size: int) -> Iterator[str]:
    font, line = _font(_DISPLAY, size), ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > _RIGHT - _LEFT:
            yield line
            line = word
        else:
            line = longer
    yield line


def _fitted(text: str, size: int, face: tuple[str, int], wide: int = _RIGHT - _LEFT) -> tuple[str, float]:
    """The text, cut where it is wider than `wide` pixels, and its width."""
    font = _font(face, size)
    while font.getlength(text) > wide:
        text = f"{text[:-2]}…"
    return text, font.getlength(text)
