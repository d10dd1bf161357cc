"""What programs read of the whole site: the sitemap, robots.txt and `plans.json`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from site_builder.rendering.page import Address, Addresses
from site_builder.rendering.xml_text import escape


def sitemap(addresses: Addresses, pages: Sequence[Address]) -> str:
    """All pages with their other languages, as search engines read it."""
    entries = []
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{other.hreflang}" href="{escape(other.address)}"/>'
            for other in addresses.alternates(page)
        )
        found = [f"{addresses.base_url}{lang}/{page.at(lang)}" for lang in page.languages]
        entries += [f"<url><loc>{escape(address)}</loc>{links}</url>" for address in found]
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    body = "\n".join(entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{body}\n</urlset>\n'


def robots(base_url: str) -> str:
    """Everything may be read, and the sitemap is there."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n"


def machine_entry(family: Mapping[str, Any]) -> str:
    """A family as it stands in the list of `plans.json`."""
    # JSON writes no line feed within a text, so that each one begins a line.
    return json.dumps(family, ensure_ascii=False, indent=1).replace("\n", "\n  ")


def machine_list(home: str, fingerprint: str, on: date, entries: Iterable[str]) -> str:
    """`plans.json`: every family once, as `machine_entry` gives it."""
    head = json.dumps({"site": home, "edition": fingerprint, "on": on.isoformat()}, ensure_ascii=False, indent=1)
    listed = ",\n  ".join(entries)
    families = f"[\n  {listed}\n ]" if listed else "[]"
    return f'{head.removesuffix("\n}")},\n "families": {families}\n}}\n'
