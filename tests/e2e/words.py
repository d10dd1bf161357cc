"""What the tests look for: the words of the pages, from the same files as the pages, and the pages of a site."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from calculator.plan import Catalogue
from calculator.wire import link_fragment
from site_builder.locales import load, translator
from site_builder.plans import load_families
from site_builder.rendering.voice import Voice

ROOT = Path(__file__).resolve().parents[2]
FAMILY = "keystroke"
LANGUAGES = ("fr", "en")

type Request = dict[str, Any]

RENEWAL: Request = {"plan": f"{FAMILY}/orange-care", "action": "renew", "expiry": "2026-03-31"}
ON_TIME: Request = {**RENEWAL, "on": "2026-03-15", "quantity": 5}
IN_GRACE: Request = {**RENEWAL, "on": "2026-04-10", "quantity": 5}
LATE: Request = {**RENEWAL, "on": "2026-05-01", "quantity": 5}


@cache
def catalogue() -> Catalogue:
    """The catalogue of the repository's plans, read once."""
    return load_families(ROOT / "plans").engine


@cache
def voice(lang: str, family: str = FAMILY) -> Voice:
    """The words of a family's page, as its template says them."""
    words = load_families(ROOT / "plans").words[family]
    return Voice(translator(load(lang), words.locales[lang], catalogue().families[family].currency))


def link(request: Request, fingerprint: str | None = None) -> str:
    """The fragment that opens a request; of the repository's catalogue if no other fingerprint is given."""
    return link_fragment(request, catalogue().fingerprint if fingerprint is None else fingerprint)


def money(lang: str, amount: str) -> str:
    """An amount as the quotes of the family write it."""
    return voice(lang).translator.money(amount, catalogue().families[FAMILY].currency)


def label(lang: str, name: str) -> re.Pattern[str]:
    """The label of a field, which a unit may follow."""
    return re.compile("^" + re.escape(voice(lang).quote(f"field.{name}.label")))


def page_files(public: Path) -> list[Path]:
    """All pages of a built site."""
    return sorted(public.rglob("*.html"))


def opened_addresses(public: Path) -> list[str]:
    """The addresses that browsers open: of the documentation, whose pages are of one making, only some."""
    found = [address for address in page_addresses(public) if "/docs/" not in address]
    return found + [f"/{lang}/docs/{page}" for lang in LANGUAGES for page in ("", "guides/add-a-family/")]


def page_addresses(public: Path) -> list[str]:
    """The address of each page below the site's root, as a visitor opens it: folders without their index.html.

    Of the pages for partners one: all are of one making, and each starts its calculator at once.
    """
    found = (f"/{file.relative_to(public)}".removesuffix("index.html") for file in page_files(public))
    return [address for address in found if not address.startswith("/embed/") or address == f"/embed/fr/{FAMILY}/"]
