"""What the calculator's wording is handed (`locale_data`), and the builder's own use of the same texts (`Translator`).

Decides which texts travel to the browser: those that only the builder says (`rule.…`, `ui.…`) stay at home.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from calculator.wording.formats import Formats, money
from calculator.wording.texts import Text, Texts, Value, placeholders
from site_builder.locales.languages import Language, Locale

BUILDER_ONLY: Final = ("rule.", "ui.")

_KEPT: Final = 20_000
"""How many filled texts are kept before all are forgotten: those that come again come again soon."""

_SPOKEN: Final[dict[tuple[int, str], tuple[Locale, "Spoken"]]] = {}

type FamilyData = Mapping[str, Any]
"""The part of a family in the locale data; `site_builder.rules.family_data` makes it."""


def locale_data(language: Language, families: Mapping[str, FamilyData], default: str | None = None) -> dict[str, Any]:
    """The data of one language for `calculator.wording.present`: JSON, with the locales that the families use.

    `default` is the locale that speaks where no family does (a refusal that names no plan); the language's own when
    it is not given.
    """
    default = default or language.default
    tags = sorted({default, *(family["locale"] for family in families.values())})
    currencies = {family["currency"] for family in families.values()} | {"other"}
    locales = {tag: language.locales[tag] for tag in tags}
    return {
        "lang": language.lang,
        "default": default,
        "locales": {tag: _with_currencies(locale.formats, currencies) for tag, locale in locales.items()},
        "strings": {tag: _shipped(locale.strings) for tag, locale in locales.items()},
        "families": dict(families),
    }


def _with_currencies(formats: Formats, currencies: Iterable[str]) -> dict[str, Any]:
    """The formats with the patterns of these currencies only."""
    kept = [code for code in sorted(currencies) if code in formats["money"]]
    return {
        **formats,
        "money": {code: formats["money"][code] for code in kept},
        "money_minus": {code: formats["money_minus"][code] for code in kept},
    }


def _shipped(strings: Mapping[str, Text]) -> dict[str, Text]:
    return {key: text for key, text in strings.items() if not key.startswith(BUILDER_ONLY)}


_named = lru_cache(4096)(placeholders)


@dataclass(frozen=True, slots=True)
class Translator:
    """The texts of one locale for pages, mail and command line, by the formatter that quotes use.

    Unlike a quote in the reader's browser, which must show something, an unknown key or a missing parameter raises
    KeyError here: it is a mistake in a template, found by the build.
    """

    lang: str
    locale: str
    formats: Formats
    texts: "Spoken"
    spacing: Mapping[str, str]
    parts: dict[str, dict[str, Text]] = field(default_factory=dict, compare=False)
    """The texts below a prefix that has been asked for."""

    def t(self, key: str, **params: Value) -> str:
        """The text of `key`, filled. Raises KeyError for an unknown key or a parameter that is not given."""
        return self.texts.tell(key, params)

    def has(self, key: str) -> bool:
        """Whether there is a text."""
        return key in self.texts.strings

    def written(self, value: Value, kind: str = "") -> str:
        """A value as the locale writes it: see the kinds of `calculator.wording.texts`."""
        return self.texts.written(value, kind)

    def money(self, amount: str, currency: str) -> str:
        """An amount (a decimal text) in a currency."""
        return money(amount, currency, self.formats)

    def strings(self, prefix: str) -> dict[str, Text]:
        """All texts whose key starts with `prefix`, under the rest of their key, as they stand."""
        if prefix not in self.parts:
            strings = self.texts.strings.items()
            self.parts[prefix] = {key[len(prefix) :]: text for key, text in strings if key.startswith(prefix)}
        return self.parts[prefix]

    def once(self, name: str, make: Callable[[], str]) -> str:
        """What `make` gives, which is the same whenever it is made under this name from texts of the locale alone."""
        return self.texts.once(name, make)


class Spoken(Texts):
    """The texts of a locale, which keeps what it has told: pages and rules say much of it again and again."""

    __slots__ = ("tag", "told")
    tag: str
    told: dict[object, str]

    def __init__(self, locale: Locale, currency: str, own: Mapping[str, Text] | None = None) -> None:
        super().__init__(locale.formats, {**locale.strings, **own} if own else locale.strings, currency)
        object.__setattr__(self, "tag", locale.tag)
        object.__setattr__(self, "told", {})

    def tell(self, key: str, params: Mapping[str, Value]) -> str:
        """The text of a key, filled. Raises KeyError where it has none or a parameter is missing."""
        told = self.told
        try:
            # The types are part of it: 1 and true are equal, and are written otherwise.
            asked = (key, *params.items(), *map(type, params.values())) if params else key
            known = told.get(asked)
        except TypeError:  # a list, which is no key
            return self._told(key, params)
        if known is None:
            if len(told) >= _KEPT:
                told.clear()
            known = told[asked] = self._told(key, params)
        return known

    def listed(self, items: tuple[str, ...]) -> str:
        """`a, b et c`, the items as they are."""
        known = self.told.get((tuple, items))
        if known is None:
            known = self.told[tuple, items] = self.written(items, "text")
        return known

    def once(self, name: str, make: Callable[[], str]) -> str:
        """What `make` gave under this name."""
        known = self.told.get((str, name))
        if known is None:
            known = self.told[str, name] = make()
        return known

    def _told(self, key: str, params: Mapping[str, Value]) -> str:
        text = self.find(key)
        if text is None:
            raise KeyError(f"`{key}` has no text in `{self.tag}`")
        if isinstance(text, str):
            missing = _named(text) - {name for name, value in params.items() if value is not None}
            if missing:
                raise KeyError(f"`{key}` needs {', '.join(sorted(missing))}")
        return self.fill(text, params)


def texts_of(locale: Locale, currency: str, own: Mapping[str, Text] | None = None) -> Spoken:
    """The texts of a locale with amounts in a currency, the same for all who ask; `own` are said instead of its own."""
    if own:
        return Spoken(locale, currency, own)
    known = _SPOKEN.get((id(locale), currency))
    if known is None or known[0] is not locale:
        known = _SPOKEN[id(locale), currency] = (locale, Spoken(locale, currency))
    return known[1]


def translator(
    language: Language, locale: str | None = None, currency: str = "", own: Mapping[str, Text] | None = None
) -> Translator:
    """The translator for one locale of a language, by default its main one; `currency` is that of `{x:money}`.

    `own` are a family's texts that are said instead of the locale's.
    """
    chosen = language.locales[locale or language.default]
    texts = texts_of(chosen, currency, own)
    return Translator(language.lang, chosen.tag, chosen.formats, texts, chosen.spacing)
