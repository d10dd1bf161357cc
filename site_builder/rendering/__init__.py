"""From loaded families, words and content to the files of the site: pure functions, nothing is read or written."""

from site_builder.rendering.assets import Assets, BundleLinks, publish
from site_builder.rendering.entries import Entry
from site_builder.rendering.given import SiteInput
from site_builder.rendering.site import Renderer, render_site
from site_builder.rendering.templates import compile_all

__all__ = ["Assets", "BundleLinks", "Entry", "Renderer", "SiteInput", "compile_all", "publish", "render_site"]
