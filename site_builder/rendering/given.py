"""What a site is made from: settings, families, words, and the files that pages refer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.config import SiteConfig
from site_builder.content import Content
from site_builder.docs.files import Docs
from site_builder.locales import Language
from site_builder.logo import Logo
from site_builder.plans import Families
from site_builder.rendering.assets import BundleLinks


@dataclass(frozen=True, slots=True)
class SiteInput:
    """What a site is made from. `on` is the day whose prices the pages show; the calculator asks for its own."""

    config: SiteConfig
    content: Content
    families: Families
    answers: Mapping[str, Mapping[str, Any]]
    """The engine's answers to the worked examples, by family and example."""
    languages: Mapping[str, Language]
    locale_data: Mapping[str, Mapping[str, Any]]
    """The calculator's locale data by language."""
    static: Mapping[str, bytes]
    """The sources of style, scripts, fonts and pictures by their path in the static folder."""
    bundle: BundleLinks
    on: date
    docs: Docs | None = None
    """The documentation's files; its pages are `DocsRenderer`'s."""
    logo: Logo | None = None
