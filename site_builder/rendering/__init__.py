"""From loaded families, words and content to the files of the site: pure functions, nothing is read or written."""

from site_builder.rendering.assets import Assets, BundleLinks, publish
from site_builder.rendering.entries import Entry
from site_builder.rendering.site import Renderer, SiteInput, render_site

__all__ = ["Assets", "BundleLinks", "Entry", "Renderer", "SiteInput", "publish", "render_site"]
