"""What stands on the picture beside a shared link, and the picture's name, which is known without drawing it."""

from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from site_builder.config import SiteConfig
from site_builder.logo import Logo
from site_builder.plans import Families
from site_builder.rendering.assets import FOLDER
from site_builder.rendering.prices import from_price
from site_builder.rendering.voice import Voice

CARD: Final = "card.png"
"""The picture of all pages that have none of their own, among the static sources."""
STYLE: Final = "2"
"""Changes with the drawing, so that pictures known by their names are drawn again."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """What is written: the names of site, vendor and family, the price, and what qualifies it, if anything.

    `accent` is the site's colour, #rrggbb, empty where it has none.
    """

    site: str
    vendor: str
    name: str
    price: str
    remark: str = ""
    accent: str = ""

    @property
    def text(self) -> str:
        """The same for those who do not see the picture."""
        return ", ".join(filter(None, (self.vendor, self.name, self.price, self.remark)))


def words_of(config: SiteConfig, families: Families, family: str, voice: Voice, on: date) -> CardWords:
    """The words for a family's page in the voice's language: the price is that of the day `on`."""
    words, rules = families.words[family], families.files[family].family
    assert rules is not None
    price = from_price(rules, voice, on)
    remark = ", ".join(filter(None, (price.unit, voice.ui("price.example") * price.illustrative)))
    return CardWords(config.title, words.vendor, voice.plain(words.name), price.amount, remark, config.accent)


def card_path(words: CardWords) -> str:
    """Where the picture of these words is published: the same words, the same name."""
    digest = sha256("\0".join([STYLE, *astuple(words)]).encode()).hexdigest()[:16]
    return f"{FOLDER}card-{digest}.png"


def card(words: CardWords) -> bytes:
    """The picture, a PNG; the same words give the same bytes."""
    from site_builder.rendering.cards import drawn  # what draws is loaded only where a picture is asked for

    return drawn(words)


def site_card(config: SiteConfig, logo: Logo | None) -> bytes:
    """The picture of all pages that have none of their own, of a site with a colour or a logo: a PNG."""
    from site_builder.rendering.cards import site_drawn

    return site_drawn(config.title, config.accent, logo.files[logo.light.path] if logo else b"")
