"""What both sites say and send alike: the words of the interface, and files that are only copied.

Hugo gets the words as its own translation tables, from the same language folders as Clairplan; style, scripts and
fonts get the names that Clairplan publishes them by. Nothing here is made from a plan file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.build.made import LANGUAGES, URL
from calculator.wording.formats import Formats
from calculator.wording.texts import PLACEHOLDER, Text
from site_builder.build import SCHEMAS
from site_builder.headers import meta_policy, server_files
from site_builder.locales import load_all
from site_builder.making import static_files
from site_builder.rendering.assets import SCRIPT, WORKER, imported, publish
from site_builder.rendering.brand import DOCS_STYLE, LOGO_STYLE
from site_builder.rendering.lists import robots

_SPOKEN: Final = re.compile(r"(ui|rule|unit|unit_one|timeline|window|field)\.")
_SCRIPT_TEXTS: Final = "ui.script."
_SINGULAR: Final = {"fr": "lt .{} 2", "en": "eq .{} 1"}


def export(site: Path) -> None:
    """Write translation tables (`i18n/`), what is no text (`data/frame.json`) and files to copy (`static/`)."""
    frame: dict[str, Any] = {"locales": {}}
    languages = load_all()
    for lang, locale in LANGUAGES.items():
        language = languages[lang]
        spoken = language.locales[locale]
        table = {key: one for key, text in spoken.strings.items() for key, one in _entries(lang, key, text)}
        _write(site / f"i18n/{lang}.json", table)
        frame["locales"][lang] = {
            "tag": locale, "name": language.name, "first_day": spoken.formats["first_day"],
            "and": _last_and(spoken.formats), "script": _script(spoken.strings),
            # what pages in several languages say
            "languages": spoken.strings["ui.page.languages"],
            "not_found": {key: spoken.strings[f"ui.not_found.{key}"] for key in ("title", "text", "link")},
        }  # fmt: skip
    static = {name: data for name, data in static_files() if not name.endswith((DOCS_STYLE, LOGO_STYLE))}
    assets = publish(static)
    frame |= {"assets": dict(assets.paths), "modules": imported(static, SCRIPT), "csp": meta_policy()}
    _write(site / "data/frame.json", frame)
    copied = {name: text.encode() for name, text in server_files("/", list(LANGUAGES)).items()}
    copied |= {f"schema/{path.name}": path.read_bytes() for path in SCHEMAS.glob("*.json")}
    copied |= {"robots.txt": robots(URL).encode(), WORKER: static[WORKER], **assets.files}
    copied |= {"assets/calculator/engine.js": b"", "assets/calculator/manifest.json": b"{}"}
    for name, data in copied.items():
        path = site / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1))


def _entries(lang: str, key: str, text: Text) -> Iterator[tuple[str, str]]:
    """The entries of a text in a table; of alternatives, the first, which says most."""
    if _SPOKEN.match(key) and not key.startswith(_SCRIPT_TEXTS):
        yield key, _as_template(lang, text if isinstance(text, str) else text[0])


def _as_template(lang: str, text: str) -> str:
    """`{n} {n:day|days}` as Hugo's tables say it; amounts and dates are handed to it as they are written."""

    def filled(match: re.Match[str]) -> str:
        name, forms = match[1], (match[2] or "").split("|")
        if len(forms) == 1:
            return f"{{{{ .{name} }}}}"
        return f"{{{{ if {_SINGULAR[lang].format(name)} }}}}{forms[0]}{{{{ else }}}}{forms[1]}{{{{ end }}}}"

    return PLACEHOLDER.sub(filled, text)


def _script(strings: Any) -> dict[str, str]:
    """The texts that the page's script fills."""
    found = {key: text for key, text in strings.items() if key.startswith(_SCRIPT_TEXTS)}
    return {key.removeprefix(_SCRIPT_TEXTS): text.replace(":text}", "}") for key, text in found.items()}


def _last_and(formats: Formats) -> str:
    return formats["list"]["end"].replace("{0}", "").replace("{1}", "")
