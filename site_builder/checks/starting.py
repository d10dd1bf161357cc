"""What `clairplan init` wrote and nobody replaced: an example's address, and words of the sample's vendor.

The starter as it was made says nothing of itself: its checks are green until its family gives way to others.
"""

from collections.abc import Iterator
from typing import Final

from site_builder.addresses import split_address
from site_builder.config import SiteConfig
from site_builder.content import HOME, Content, Written
from site_builder.errors import Issue
from site_builder.init import STARTER
from site_builder.plans import Families

SAMPLE: Final = "studio-care"
"""The family of a new site."""

WAIT: Final = "it may wait until you publish or send a quote by e-mail: `clairplan serve` does without"
"""Until when an address for examples does no harm."""

_SECOND_LEVEL: Final = frozenset({"com", "net", "org"})
_SAID: Final = ("title", "lead")
"""What a home page says of the vendor and of what is sold; its other words fit any site."""


def starting_warnings(config: SiteConfig, content: Content, families: Families) -> Iterator[Issue]:
    """Warnings about what a new site still has of the starter, once it no longer has the starter's family."""
    if SAMPLE in families.files or not families.files:
        return
    yield from _address(config)
    yield from _title(config)
    for lang in config.languages:
        yield from _home(content.home(lang))


def is_example(host: str) -> bool:
    """Whether a host, without its port, is one that RFC 2606 keeps for examples, where no site can be."""
    second, top = ["", *host.rstrip(".").split(".")][-2:]
    return top == "example" or (second == "example" and top in _SECOND_LEVEL)


def _address(config: SiteConfig) -> Iterator[Issue]:
    host = split_address(config.base_url).netloc.partition(":")[0]
    if is_example(host):
        place = config.document.value_place(("base_url",))
        what = f"`{host}` is an address for examples"
        why = "links in mails, on paper and in the sitemap would lead nowhere"
        fix = f"write the address under which the site will live, such as `https://plans.your-company.com/`; {WAIT}"
        yield config.document.issue(place, what, why, fix)


def _title(config: SiteConfig) -> Iterator[Issue]:
    if f"title: {config.title}" in _starter("site.yaml"):
        place = config.document.value_place(("title",))
        what, fix = f"the site is still called `{config.title}`", "write your own title"
        yield config.document.issue(place, what, "it is the sample's, and stands at the top of every page", fix)


def _home(page: Written) -> Iterator[Issue]:
    lines = _starter(f"{page.lang}/{HOME}.md")
    said = [key for key in _SAID if f"{key}: {page.words[key]}" in lines]
    if said:
        keys = " and ".join(f"`{key}`" for key in said)
        what = f"the home page's {keys} {'are' if said[1:] else 'is'} still the sample's"
        why = "visitors and search engines read of a vendor that is not you"
        yield page.front.issue(page.front.value_place((said[0],)), what, why, "say what your site offers")


def _starter(name: str) -> list[str]:
    """The lines of a file of the starter's; none of a language that it does not speak."""
    path = STARTER / "content" / name
    return path.read_text("utf-8").split("\n") if path.is_file() else []
