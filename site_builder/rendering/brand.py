"""What makes a site look like its vendor: the sheet of its accent colour, and the logo as a page shows it.

The accent is the vendor's own on buttons; links and what is chosen show the nearest shade of it that is read on every
ground of the pages, in light and in dark. What colours mean (early, on time, in grace, late) stays as it is.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any, Final

from site_builder.colours import TEXT, contrast, least, lightness, readable, shade
from site_builder.config import SiteConfig
from site_builder.headers import TYPES
from site_builder.logo import HEIGHT, Logo

TOKENS: Final = "css/10-tokens.css"
ACCENT: Final = "css/11-accent.css"
"""After the tokens whose place its own take, and before the sheet for paper, where links are black."""
DOCS_STYLE: Final = "-docs.css"
"""How style sheets end that a site without documentation leaves out."""
LOGO_STYLE: Final = "css/31-logo.css"
"""The style sheet that a site without a logo leaves out."""

_TOKEN: Final = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_DARK: Final = "@media screen and (prefers-color-scheme: dark)"
_DARK_LIGHT: Final = 0.75
"""How light the accent is on dark grounds, at least: so that it is read with ease, and still has its colour."""
_GROUNDS: Final = re.compile(r"paper|wash|sheet|raised|mark|(?:ok|warn|late)-wash")
_KEPT: Final = """\
:root :is(.bar-early, .timeline-bands .early) {
  --tinge: var(--early);
  --wash-of: var(--early-wash);
}
:root .tag:is(.new, .early, .extension, .addition) {
  background: var(--early-wash);
  color: var(--early-strong);
}
.button:not(.quiet), .skip {
  border-color: var(--fill-edge);
  background: var(--fill);
}
.button:not(.quiet):hover {
  border-color: var(--fill-strong);
  background: var(--fill-strong);
}
"""


def style_sources(static: Mapping[str, bytes], config: SiteConfig, docs: bool) -> dict[str, bytes]:
    """The static sources of a site: without the sheets that it does not need, with that of its accent."""
    kept = {name: data for name, data in static.items()
            if (docs or not name.endswith(DOCS_STYLE)) and (config.logo or name != LOGO_STYLE)}  # fmt: skip
    if config.accent:
        kept[ACCENT] = accent_sheet(config.accent, static[TOKENS].decode()).encode()
    return dict(sorted(kept.items()))


@cache
def accent_sheet(accent: str, tokens: str) -> str:
    """The style sheet of an accent colour, #rrggbb, laid over the `tokens`."""
    light, _, dark = tokens.partition(_DARK)
    both = [shades(accent, dict(_TOKEN.findall(part.partition("@media")[0])), dark=part is dark)
            for part in (light, dark)]  # fmt: skip
    blocks = ["\n".join(f"  --{name}: {value};" for name, value in held.items()) for held in both]
    return f":root {{\n{blocks[0]}\n}}\n{_DARK} {{\n:root {{\n{blocks[1]}\n}}\n}}\n{_KEPT}"


def shades(accent: str, tokens: Mapping[str, str], dark: bool) -> dict[str, str]:
    """The tokens of one scheme that follow the accent; `tokens` are the scheme's own, with the grounds that stay."""
    wash = shade(accent, 0.28, 0.06) if dark else shade(accent, 0.945, 0.022)
    grounds = [value for name, value in tokens.items() if _GROUNDS.fullmatch(name)] + [wash]
    start = shade(accent, max(lightness(accent), _DARK_LIGHT)) if dark else accent
    text = readable(start, grounds, 1 if dark else -1)
    strong = readable(_away(text, 0.06 if dark else -0.09), grounds, 1 if dark else -1)
    fill = text if dark else accent
    on = next(ink for ink in ("#ffffff", shade(accent, 0.22, 0.06), "#000000") if contrast(ink, fill) >= TEXT)
    hover = readable(_away(fill, -0.07 if on == "#ffffff" else 0.06), (on,), -1 if on == "#ffffff" else 1)
    edge = fill if least(fill, (tokens["paper"], tokens["wash"])) >= 1.5 else text
    early = {"early": "blue", "early-strong": "blue-strong", "early-wash": "blue-wash"}
    return {
        "blue": text, "blue-strong": strong, "on-blue": on, "blue-wash": wash,
        "fill": fill, "fill-strong": hover, "fill-edge": edge,
    } | {name: tokens[like] for name, like in early.items()}  # fmt: skip


def _away(colour: str, step: float) -> str:
    """The colour a step lighter or darker; the other way where there is no room."""
    light = lightness(colour) + step
    return shade(colour, light if 0.12 < light < 0.99 else lightness(colour) - step)


def logo_view(logo: Logo | None, base: str) -> dict[str, Any] | None:
    """The logo as a page's head shows it; `base` is the path under which the site lives."""
    if logo is None:
        return None
    pictures = {name: {"src": base + picture.path, "size": picture.size}
                for name, picture in (("light", logo.light), ("dark", logo.dark)) if picture}  # fmt: skip
    icon = logo.icon and {"src": base + logo.icon.path, "type": TYPES[PurePath(logo.icon.path).suffix]}
    wide = logo.light.size is not None and logo.light.size[1] < HEIGHT
    shape = " ".join(["wide"] * wide + ["plain"] * logo.plain)
    return {"dark": None, **pictures, "icon": icon, "shape": shape, "name": logo.name}


def logo_paths(logo: Logo | None) -> Iterable[object]:
    """What stands for the logo in the key of all pages."""
    return [] if logo is None else [logo.light, logo.dark, logo.icon, logo.plain, logo.name]
