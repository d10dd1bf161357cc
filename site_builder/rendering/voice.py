"""One language's voice for one family: interface texts, the family's own words, amounts and dates."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from markupsafe import Markup

from calculator.wording import Value
from site_builder.content import inline_html, to_html
from site_builder.locales import Language, Translator, spaced, translator
from site_builder.plans import FamilyWords
from site_builder.rules import own_strings


class Voice:
    """A translator, and the texts of a plan file in the same language.

    `lang` is the language's code: that of addresses and of the plan files' texts; `locale` is what the page's `lang`
    attribute says. `currency` is that of the amounts in texts, empty where none is known.
    """

    __slots__ = ("_place", "_spacing", "_tell", "currency", "lang", "locale", "translator")

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self.lang = translator.lang
        self.locale = translator.locale
        self.currency = translator.texts.currency
        self._spacing = translator.spacing
        self._tell = translator.texts.tell
        self._place: Callable[[str], str] = str

    def placed(self, place: Callable[[str], str]) -> "Voice":
        """The same voice, whose texts with Markdown go through `place`, which says where their links lead."""
        self._place = place
        return self

    def ui(self, key: str, **params: Value) -> str:
        """An interface text. Raises KeyError where it has none or a parameter is missing."""
        return self._tell(f"ui.{key}", params)

    def quote(self, key: str, **params: Value) -> str:
        """A text that quotes say too (units, windows, labels of fields), empty where there is none."""
        return self._tell(key, params) if self.translator.has(key) else ""

    def plain(self, text: Mapping[str, str] | None) -> str:
        """A text of the plan file in this language, with this locale's spaces; empty for none."""
        return spaced(text[self.lang], self._spacing) if text else ""

    def rich(self, text: Mapping[str, str] | None) -> Markup:
        """The same with its Markdown, as the inside of one paragraph."""
        return Markup(self._place(inline_html(self.plain(text))))  # noqa: S704 - inline_html escapes what it is given

    def block(self, text: Mapping[str, str] | None) -> Markup:
        """The same as paragraphs of their own."""
        return Markup(self._place(to_html(self.plain(text))))  # noqa: S704 - to_html escapes what it is given

    def listed(self, items: Sequence[str]) -> str:
        """`a, b et c`, the items as they are."""
        return self.translator.texts.listed(tuple(items))

    def either(self, items: Sequence[str]) -> str:
        """`a, b ou c`."""
        *others, last = items
        left = reduce(lambda left, right: self.quote("rule.part.comma", left=left, right=right), others or [""])
        return self.quote("rule.eligibility.or", left=left, right=last) if others else last

    def money(self, amount: Decimal, currency: str, digits: int = 2) -> str:
        """An amount with the currency's sign; more digits than `digits` are kept as the plan file has them."""
        text = format(amount, "f")
        shown = text if len(text.partition(".")[2]) > digits else f"{amount:.{digits}f}"
        return self.translator.money(shown, currency)

    def date(self, day: Any) -> str:
        """A day in full."""
        return self.translator.written(day.isoformat())


def voice_of(language: Language, words: FamilyWords | None, currency: str, shared: str | None = None) -> Voice:
    """The voice of a language: for a family in the locale that it declares, with its own words for units.

    Without a family, in the locale `shared`, by default the language's own.
    """
    if words is None:
        return Voice(translator(language, shared, currency))
    tag = words.locales[language.lang]
    return Voice(translator(language, tag, currency, own_strings(words, language.lang, language.locales[tag])))
