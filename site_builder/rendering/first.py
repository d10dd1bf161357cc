"""The first page of a site of several languages: each of them in its own words."""

from collections.abc import Callable

from site_builder.rendering.given import SiteInput
from site_builder.rendering.page import Addresses, Frame


def language_choice(
    site: SiteInput, addresses: Addresses, word: Callable[[str], str]
) -> tuple[Frame, list[dict[str, str]]]:
    """The page's frame, and its languages; `word` says of one what a choice of languages is called."""
    config = site.config
    choices = [
        {
            "lang": lang,
            "name": site.languages[lang].name,
            "href": addresses.path(lang),
            "word": word(lang),
            "description": site.content.home(lang).words["choice"],
        }
        for lang in config.languages
    ]
    description = " · ".join(choice["description"] for choice in choices)
    return addresses.alone("index.html", config.languages[0], config.title, description, indexed=True), choices
