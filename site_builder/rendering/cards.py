"""The picture that other sites show beside a link to a family's page: vendor, name and price, written in a ledger.

Decides where what stands and how large it is; the words are handed in. The same words give the same bytes.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from site_builder.rendering.card_words import CardWords

FONTS: Final = Path(__file__).parent.parent / "static" / "fonts"
SIZE: Final = (1200, 630)
_PAPER, _LINE, _INK, _SOFT, _RED = "#f0f6f0", "#cfdcd3", "#14211c", "#4a5a52", "#d23c28"
_BANDS: Final = (("#17663f", 610), ("#c98a1a", 862), ("#9c2b1a", 1110))
_LEFT, _RIGHT = 122, 1110
_FIRST, _STEP = 97, 84
"""The first line of the ledger and the distance of the others."""

_DISPLAY, _TEXT = ("bricolage-grotesque.woff2", 740), ("public-sans.woff2", 600)


def drawn(words: CardWords) -> bytes:
    """The picture, a PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    for y in range(_FIRST, SIZE[1], _STEP):
        draw.line((0, y, SIZE[0], y), _LINE, 2)
    for x in (74, 86):
        draw.line((x, 0, x, SIZE[1]), _RED, 3)
    draw.text((_LEFT, _FIRST - 20), _fitted(words.vendor, 32, _TEXT)[0], _SOFT, _font(_TEXT, 32), "ls")
    size, lines = _title(words.name)
    for number, line in enumerate(lines, 1):
        draw.text((_LEFT - 4, _FIRST + number * _STEP - 18), line, _INK, _font(_DISPLAY, size), "ls")
    _foot(draw, words)
    data = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(data, "PNG", compress_level=6)
    return data.getvalue()


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
        draw.line((_LEFT, y - below + 8, _LEFT + width, y - below + 8), _RED, 4)
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


def _fitted(text: str, size: int, face: tuple[str, int]) -> tuple[str, float]:
    """The text, cut where it is wider than the page, and its width."""
    font = _font(face, size)
    while font.getlength(text) > _RIGHT - _LEFT:
        text = f"{text[:-2]}…"
    return text, font.getlength(text)
