"""The settings by which a site looks like its vendor: the logo and the accent colour.

Decides what may be written for them, and which shades of the accent quotes in mails have; those of pages are
rendering's, and the pictures are read by `logo`.
"""

import re
from typing import Any, Final, NamedTuple

from site_builder.colours import HEX, contrast, readable, shade
from site_builder.errors import Issue, suggest_key
from site_builder.sources import Document

_LOGO_KEYS: Final = ("light", "dark", "icon", "name")
_SHORT: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_PAPER: Final = "#ffffff"
_MAIL: Final = 7.0
"""The contrast of links in mails: where a mail program darkens them, about a third of it is lost."""
_SEEN: Final = 1.5
"""The contrast at which a broad line is seen on white."""
_EXAMPLE: Final = '`accent: "#0a5c8a"`'


class LogoSetting(NamedTuple):
    """The logo's files below the pages' folder: on a light ground, on a dark one, and on the tab; empty where none is.

    `name` says whether the site's name stands beside it.
    """

    light: str
    dark: str
    icon: str
    name: bool


def accent_of(document: Document, issues: list[Issue]) -> str:
    """The accent colour as #rrggbb; empty where there is none, or where it is wrong."""
    if not document.has(("accent",)):
        return ""
    value = document.at(("accent",))
    written = str(value).strip().lower() if isinstance(value, str) else ""
    if short := _SHORT.fullmatch(written):
        written = "#" + "".join(digit * 2 for digit in short.groups())
    if HEX.fullmatch(written):
        return written
    place = document.value_place(("accent",))
    if not written:
        line = document.lines[place.line - 1]
        why = "a # after a blank begins a remark, so that the colour must stand in quotes"
        if "#" not in line.partition("accent")[2]:
            why = "links, buttons and what is chosen are shown in it"
        fix = f'write `accent: "{found}"`' if (found := _colour(line.partition(":")[2])) else f"write {_EXAMPLE}"
        issues.append(document.issue(place, "`accent` has no colour", why, fix))
    else:
        why = "a colour is a # with six digits from 0 to f, two each for red, green and blue"
        fix = f'write `accent: "{found}"`' if (found := _colour(written)) else f"such as {_EXAMPLE}"
        issues.append(document.issue(place, f"`{value}` is not a colour", why, fix))
    return ""


def card_look(accent: str) -> dict[str, Any]:
    """What an accent, #rrggbb, adds to the locale data, so that cards have its shades; nothing where there is none.

    What is written is as light as in the program's own colours, and read on both grounds of a card. The broad line
    above all is the accent itself, where that is seen.
    """
    if not accent:
        return {}
    link = readable(accent, (_PAPER,), -1, _MAIL)
    return {
        "colours": {
            "ink": shade(accent, 0.268, 0.027),
            "faint": shade(accent, 0.45, 0.029),
            "ground": _PAPER,
            "band": shade(accent, 0.945, 0.022),
            "line": shade(accent, 0.815, 0.02),
            "link": link,
            "edge": accent if contrast(accent, _PAPER) >= _SEEN else link,
        }
    }


def _colour(written: str) -> str:
    """The colour that a text may stand for, as #rrggbb: `navy`, `rgb(10, 92, 138)`, `0a5c8a`; empty for none."""
    from PIL import ImageColor  # for mistakes alone

    text = re.sub(r"\s#\s.*", "", written.strip().strip("\"'").strip()).lower()
    for candidate in (text, f"#{text}"):
        try:
            return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(candidate)[:3])
        except ValueError:  # no colour that anybody names so: the next reading, or none
            continue
    return ""


def logo_of(document: Document, issues: list[Issue]) -> LogoSetting | None:
    """What `logo` says, a file's name or a mapping; None where there is none, or where it is wrong."""
    if not document.has(("logo",)):
        return None
    value = document.typed(("logo",))
    before = len(issues)
    if isinstance(value, str) and value.strip():
        return LogoSetting(value, "", "", False)
    if not isinstance(value, dict):
        _no_file(document, ("logo",), issues)
        return None
    for key in value:
        if key not in _LOGO_KEYS:
            place, fix = document.key_place(("logo", key)), suggest_key(key, _LOGO_KEYS, value)
            issues.append(document.issue(place, f"`{key}` is not a setting of `logo`", "nothing reads it", fix))
    for key in ("light", "dark", "icon"):
        held = value.get(key)
        if not (isinstance(held, str) and held.strip()) and (key in value or key == "light"):
            _no_file(document, ("logo", key), issues)
    name = value.get("name", False)
    if not isinstance(name, bool):
        place, why = document.value_place(("logo", "name")), "the site’s name stands beside the logo, or it does not"
        issues.append(document.issue(place, "`name` is neither true nor false", why, "`name: true`"))
    if len(issues) > before:
        return None
    light, dark, icon = (str(value.get(key, "")) for key in ("light", "dark", "icon"))
    return LogoSetting(light, dark, icon, name is True)


def _no_file(document: Document, path: tuple[str, ...], issues: list[Issue]) -> None:
    why = "a logo is a picture in the folder of the pages"
    fix = f"write `{path[-1]}: logo.svg`, or " + "`logo: {light: logo.svg, dark: logo-dark.svg}`"
    issues.append(document.issue(document.value_place(path), f"`{path[-1]}` names no file", why, fix))
