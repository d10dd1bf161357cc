"""What programs read of the whole site: the sitemap, robots.txt and `plans.json`."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from site_builder.rendering.page import Address, Addresses


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


def machine_list(home: str, fingerprint: str, on: date, entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """`plans.json`: every family once, with its name, its plans' names and its page in each of its languages."""
    families: dict[str, dict[str, Any]] = {}
    for lang, held in entries.items():
        for entry in held:
            rules = entry["rules"]
            start = {"id": rules["id"], "vendor": entry["vendor"], "names": {}, "pages": {}, "plan_names": {}}
            family = families.setdefault(rules["id"], start | rules)
            family["names"][lang] = entry["name"]
            family["pages"][lang] = entry["page"]
            family["plan_names"][lang] = entry["plans"]
    whole = {"site": home, "edition": fingerprint, "on": on.isoformat(), "families": list(families.values())}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
