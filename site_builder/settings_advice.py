"""What an editor is advised to write for a setting of the site, from what stands there: only mistakes ask for it."""

import re
from typing import Final

from babel import Locale

from site_builder.addresses import split_address

_TONGUES: Final = ("en", "fr", "it", "es", "de")
"""Languages in which people name languages; beside these, each is known by its own name."""
_HOST: Final = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?")


def language_code(written: str) -> str:
    """The code of the language that a text may stand for: `en` for `en-US`, `EN` or `English`; empty for none."""
    text = written.strip().casefold()
    english = Locale("en").languages
    code = re.split("[-_]", text)[0]
    if code in english:
        return code
    for tongue in _TONGUES:
        named = {name.casefold(): code for code, name in Locale(tongue).languages.items() if len(code) < 4}
        if text in named:
            return str(named[text])
    return ""


def list_advice(key: str, written: object, default: str) -> str:
    """The advice to write as a list what stands there as a text; `default` where nothing does."""
    text = written.strip() if isinstance(written, str) else ""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+(?:and|et|e)\s+|\s+", text) if part]
    if key == "languages":
        parts = [language_code(part) for part in parts]
    return f"write `{key}: [{', '.join(parts)}]`" if parts and all(parts) else f"write `{default}`"


def address_advice(written: str) -> str:
    """The advice to write the address of a site, of which a part is missing or too much."""
    text = written.strip()
    text = text if re.match(r"https?:", text, re.IGNORECASE) else f"https://{text}"
    parts = split_address(text)
    host, path = parts.netloc.casefold(), parts.path.strip("/")
    if not _HOST.fullmatch(host) or "." not in host or not re.fullmatch(r"[\w./-]*", path):
        return "write `base_url: https://plans.example.org/`"
    return f"write `base_url: {parts.scheme.casefold()}://{host}/{path}{'/' if path else ''}`"
