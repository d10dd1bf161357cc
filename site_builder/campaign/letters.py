"""The mail for one contract that is due: the words around the card, and the headers that let its reader say no.

The renewal is quoted on the campaign's day; where that cannot be (the price is on request, or an answer is missing),
the card is the contract's status.
"""

import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote as percent_encoded

from calculator import wire
from calculator.card import Letter, Mailbox, Order, Paragraph, Parts, host_of, message, message_id, plain_text
from site_builder.campaign.contracts import Contract
from site_builder.campaign.due import Due
from site_builder.locales import Language, Translator, translator
from site_builder.looks import card_look
from site_builder.mail import page_address
from site_builder.plans import Families
from site_builder.rules import language_data

KEY: Final = "CLAIRPLAN_UNSUBSCRIBE_KEY"
REMEMBERED: Final = 2_000
"""Questions, and cards of about 16 KB each, that are kept: the same plan, dates and quantity come again and again, and
nothing on a card but the reference says whose it is."""

OPERATOR: Final = "en"
"""The language of reports, as of the whole command line; the first there is where this one has no folder."""


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """How a reader says no: an address to write to, and a page (with `{token}`) that does it at one click.

    The token is made from the address with a key that only the sender has, so that nobody can take another one off.
    """

    mailto: str = ""
    page: str = ""
    key: str = ""

    def token(self, address: str) -> str:
        """What the page is told instead of the address."""
        return hmac.new(self.key.encode(), address.casefold().encode(), sha256).hexdigest()[:32]

    def links(self, contract: Contract) -> tuple[str, str]:
        """The mail and the page for one reader; empty where there is none."""
        address = contract.to.address
        mail = f"mailto:{self.mailto}?subject={percent_encoded(f'unsubscribe {address}', safe='')}"
        return mail if self.mailto else "", self.page.replace("{token}", self.token(address)) if self.page else ""

    def headers(self, contract: Contract) -> list[tuple[str, str]]:
        """RFC 2369; with a page also RFC 8058, by which mail programs show a button of their own."""
        links = [f"<{link}>" for link in self.links(contract) if link]
        if not links:
            return []
        one_click = [("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if self.page else []
        return [("List-Unsubscribe", ",\r\n ".join(links)), *one_click]


@dataclass(frozen=True)
class Desk:
    """What all mails of a campaign share; `accent` is the site's colour, empty where it has none."""

    families: Families
    languages: Mapping[str, Language]
    base_url: str
    on: str
    sender: Mailbox | None
    seller: str
    unsubscribing: Unsubscribing
    draft: bool
    accent: str = ""

    @cached_property
    def locale_data(self) -> dict[str, dict[str, Any]]:
        """The calculator's words by language, with the colours of cards."""
        look, families = card_look(self.accent), self.families
        return {lang: language_data(language, families) | look for lang, language in self.languages.items()}

    @cached_property
    def _translators(self) -> dict[tuple[str, str], Translator]:
        return {}

    def status(self, contract: Contract) -> Mapping[str, Any]:
        """How the contract stands on the campaign's day."""
        return self._statuses(json.dumps(contract.request))

    @cached_property
    def _statuses(self) -> Callable[[str], Mapping[str, Any]]:
        return lru_cache(REMEMBERED)(self._status)

    def _status(self, asked: str) -> Mapping[str, Any]:
        request = json.loads(asked) | {"action": "status", "on": self.on}
        return wire.quote(self.families.engine, {name: request[name] for name in request if name != "months"})

    def wrong_length(self, contract: Contract) -> str:
        """Why the plan does not offer the length that a contract names; empty where it does, or none is named."""
        if "months" not in contract.request:
            return ""
        asked = {"plan": contract.request["plan"], "action": "renew", "on": self.on, **contract.request}
        answer = wire.quote(self.families.engine, asked)
        errors: Any = answer.get("errors", [])
        wrong = [error for error in errors if (error["code"], error["field"]) == ("out_of_range", "months")]
        return self.reasons({**answer, "errors": wrong}) if wrong else ""

    def speaks(self, contract: Contract) -> bool:
        """Whether the contract's family is there in its reader's language."""
        family = contract.request["plan"].partition("/")[0]
        return family in self.locale_data[contract.lang]["families"]

    def reasons(self, refusal: Mapping[str, Any]) -> str:
        """Why the engine refuses, in the words of the calculator."""
        lang = OPERATOR if OPERATOR in self.locale_data else next(iter(self.locale_data))
        sheet = wire.present(refusal, self.locale_data[lang])
        return " ".join(line.removeprefix("- ").strip() for line in plain_text(sheet).splitlines())

    @property
    def host(self) -> str:
        """The domain of identifiers: the sender's, else the site's."""
        return self.sender.address.rpartition("@")[2] if self.sender else host_of(self.base_url)

    def identifier(self, key: str) -> str:
        """The Message-ID of the mail with that key, the same on every day and machine."""
        return message_id(key, self.host)

    def letter(self, contract: Contract, due: Due, key: str) -> bytes:
        """The whole message. Raises MailError where a text of the list does not fit into a header."""
        parts, quoted = self._cards(json.dumps(contract.request), contract.lang, contract.reference)
        family = self.locale_data[contract.lang]["families"][contract.request["plan"].partition("/")[0]]
        say = self._translator(contract.lang, family["locale"])
        plan = family["plans"][contract.request["plan"].partition("/")[2]]["name"]
        words = {"plan": plan, "expiry": due.expiry, "last": due.last}
        kind = due.kind if quoted else f"{due.kind}_status"
        hello = say.t("ui.campaign.hello", name=contract.name) if contract.name else say.t("ui.campaign.hello_all")
        letter = Letter(
            sender=self.sender,
            to=[contract.to],
            subject=say.t(f"ui.campaign.subject.{due.kind}", **words),
            on=self.on,
            host=self.host,
            before=[hello, say.t(f"ui.campaign.{kind}", **words)],
            after=[*_next_step(family), *self._after(contract, say)],
            extra=[*self.unsubscribing.headers(contract), ("Auto-Submitted", "auto-generated")],
            identity=key,
            draft=self.draft,
        )
        return message(letter, parts).encode("ascii")

    @cached_property
    def _cards(self) -> Callable[[str, str, str], tuple[Parts, bool]]:
        return lru_cache(REMEMBERED)(self._card)

    def _card(self, asked: str, lang: str, reference: str) -> tuple[Parts, bool]:
        """The renewal on a card, or else the status; and whether there is a price."""
        contract = json.loads(asked)
        address = page_address(self.base_url, lang, contract["plan"])
        for action in ("renew", "status"):
            request = {"plan": contract["plan"], "action": action, "on": self.on, **contract}
            if action == "status":
                request.pop("months", None)
            order = Order(request, address, self.seller, reference)
            offer = wire.card(self.families.engine, self.locale_data[lang], order)
            if offer.card:
                return offer.parts, action == "renew"
        raise AssertionError("a contract that is due has a status")

    def _translator(self, lang: str, locale: str) -> Translator:
        key = (lang, locale)
        if key not in self._translators:
            self._translators[key] = translator(self.languages[lang], locale)
        return self._translators[key]

    def _after(self, contract: Contract, say: Translator) -> Sequence[Paragraph]:
        """Why this mail came, and how to have no more of them."""
        mail, page = self.unsubscribing.links(contract)
        why = say.t("ui.campaign.why", contract=contract.id)
        return [why, (say.t("ui.campaign.unsubscribe"), page or mail)] if page or mail else [why]


def _next_step(family: Mapping[str, Any]) -> Iterator[Paragraph]:
    """Where a reader goes from here, if the family says so."""
    if step := family.get("next_step"):
        yield step["label"], step["link"]


def file_name(contract: str, notice: str, identifier: str) -> str:
    """A file for a mail: readable, and no two alike whatever the contract is called."""
    readable = re.sub(r"[^A-Za-z0-9_-]+", "_", contract)[:60].strip("_")
    return f"{readable or 'contract'}-{notice}-{identifier[1:9]}.eml"
