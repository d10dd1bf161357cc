"""Colours as pages and mails show them: how well one is read on another, and shades that are read on given grounds.

Shades keep their hue and are made in OKLCH, in which the same step of lightness looks the same in every hue.
"""

import math
import re
from collections.abc import Iterable
from typing import Final

TEXT: Final = 4.5
"""The contrast that WCAG 2 asks of text at level AA."""
HEX: Final = re.compile(r"#[0-9a-f]{6}")

_STEP: Final = 0.005
_CLOSE: Final = 1e-4

type Linear = tuple[float, float, float]
"""Red, green and blue as amounts of light."""


def contrast(one: str, other: str) -> float:
    """How well one colour is read on another, by WCAG 2: from 1 to 21. Both are written as #rrggbb."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least(colour: str, grounds: Iterable[str]) -> float:
    """The contrast of a colour on that ground on which it is read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def lightness(colour: str) -> float:
    """From 0 for black to 1 for white, as people see it."""
    return _oklch(colour)[0]


def shade(colour: str, light: float, most: float = 1.0) -> str:
    """The colour in another lightness; `most` is the strength that it has at most, where 0 is grey."""
    _, chroma, hue = _oklch(colour)
    return _written(min(max(light, 0.0), 1.0), min(chroma, most), hue)


def readable(colour: str, grounds: Iterable[str], step: float, ratio: float = TEXT) -> str:
    """The nearest shade that is read on all the grounds; a negative `step` looks for darker ones, another for lighter.

    The colour itself, where it is read already. `ratio` is the contrast that it has there at least.
    """
    held, light, found = tuple(grounds), lightness(colour), colour
    while least(found, held) < ratio and 0 <= light <= 1:
        light += math.copysign(_STEP, step)
        found = shade(colour, light)
    return found


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Linear:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, strength and hue (in radians)."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return light, math.hypot(a, b), math.atan2(b, a)


def _written(light: float, chroma: float, hue: float) -> str:
    """The colour as #rrggbb, as strong as a screen can show it."""
    low, high = 0.0, chroma
    if _shown(_mixed(light, chroma, hue)):
        low = chroma
    while high - low > _CLOSE:
        half = (low + high) / 2
        low, high = (half, high) if _shown(_mixed(light, half, hue)) else (low, half)
    parts = (min(max(part, 0.0), 1.0) for part in _mixed(light, low, hue))
    coded = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "#" + "".join(f"{round(part * 255):02x}" for part in coded)


def _shown(mixed: Linear) -> bool:
    return all(-_CLOSE <= part <= 1 + _CLOSE for part in mixed)


def _mixed(light: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
