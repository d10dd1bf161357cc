"""From loaded families, words and content to the files of the site: pure functions, nothing is read or written."""

from site_builder.rendering.assets import BundleLinks
from site_builder.rendering.site import Renderer, SiteInput, render_site

__all__ = ["BundleLinks", "Renderer", "SiteInput", "render_site"]
