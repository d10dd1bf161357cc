"""Texts that people write, where they stand: links from the top of the site, below whatever path it lives."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Final
from urllib.parse import urljoin

from markupsafe import Markup

from site_builder.addresses import split_address

_ADDRESS: Final = re.compile(r'(<(?:a|img) (?:alt="[^"]*" )?(?:href|src)=")([^"]*)"')


class Placing:
    """Where texts stand: `base` is the path under which the site lives, with a slash at both ends."""

    def __init__(self, base: str, languages: Sequence[str]) -> None:
        self.base = base
        self.tops = tuple(f"/{lang}/" for lang in languages)

    def html(self, html: str, here: str = "") -> str:
        """Converted Markdown with its links as they are there.

        A link such as `/en/about/` begins at the top of the site; one to another part of the host stays as it is. Where
        `here` is the path of the page that links were written for, relative ones are counted from it.
        """
        if self.base == "/" and not here:
            return html
        return _ADDRESS.sub(lambda match: f'{match[1]}{escape(self.address(unescape(match[2]), here))}"', html)

    def address(self, address: str, here: str = "") -> str:
        """One address."""
        parts = split_address(address)
        if parts.scheme or parts.netloc or address.startswith("#"):
            return address
        if parts.path.startswith("/"):
            inside = parts.path.startswith(("/assets/", *self.tops)) or f"{parts.path}/" in self.tops
            return self.base + address[1:] if inside and not address.startswith(self.base) else address
        return urljoin(here, address)

    def markup(self, html: str, here: str = "") -> Markup:
        """The same as markup."""
        return Markup(self.html(html, here))  # noqa: S704 - made by our Markdown, which escapes
