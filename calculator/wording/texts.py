"""Texts with placeholders: `{name}`, `{name:kind}` and `{name:one|other}`.

Decides how a parameter is written when the text does not say (by its type and, for decimal texts, its name), and
which of several alternative texts is used. A text is a string, or a list of strings of which the first whose
placeholders all have a parameter is taken. Missing keys and placeholders are the build's to find
(`site_builder.locales`); here a missing parameter leaves a visible `?`, never an exception in the reader's browser.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calculator.wording.formats import (
    ISO_DATE,
    Formats,
    date_long,
    date_short,
    duration,
    listed,
    money,
    number,
    percent,
    plural_form,
)

type Value = bool | int | str | Sequence[str] | None
type Text = str | Sequence[str]

PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
KINDS = frozenset({"date", "duration", "integer", "list", "money", "number", "percent", "short_date", "text"})
KIND_OF_NAME = {
    "amount": "money",
    "carried": "duration",
    "minutes": "duration",
    "percent": "percent",
    "rate": "percent",
    "unit_amount": "money",
    "used": "duration",
}
"""How parameters of the contract are written; other names go by the type of their value."""


def placeholders(text: Text) -> frozenset[str]:
    """The names of a text's parameters (of all alternatives together)."""
    alternatives = [text] if isinstance(text, str) else text
    return frozenset(match[1] for alternative in alternatives for match in PLACEHOLDER.finditer(alternative))


def problems(text: Text, plural_forms: int) -> list[str]:
    """What is wrong with a text's placeholders: an unknown kind, a stray brace, too many or too few plural forms."""
    found: list[str] = []
    for alternative in [text] if isinstance(text, str) else text:
        for name, spec in PLACEHOLDER.findall(alternative):
            if "|" in spec and spec.count("|") + 1 != plural_forms:
                found.append(f"{{{name}:{spec}}} needs {plural_forms} plural forms, one after each `|`")
            elif spec and "|" not in spec and spec not in KINDS:
                found.append(f"{{{name}:{spec}}} has an unknown kind; the kinds are {', '.join(sorted(KINDS))}")
        if re.search(r"[{}]", PLACEHOLDER.sub("", alternative)):
            found.append(f"a brace outside a placeholder in `{alternative}`")
    return found


def _fitting(text: Text, params: Mapping[str, Value]) -> str | None:
    """The first alternative that has all of its parameters."""
    known = {name for name, value in params.items() if value is not None}
    return next((one for one in ([text] if isinstance(text, str) else text) if placeholders(one) <= known), None)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one locale; `currency` is that of the amounts in them."""

    formats: Formats
    strings: Mapping[str, Text]
    currency: str = ""

    def find(self, key: str) -> Text | None:
        """The text of a key as it stands, None when there is none."""
        return self.strings.get(key)

    def say(self, key: str, params: Mapping[str, Value] | None = None) -> str:
        """The text of `key`, filled; an unknown key shows as itself."""
        return self.fill(self.find(key) or key, params or {})

    def first(self, keys: Sequence[str], params: Mapping[str, Value] | None = None) -> str:
        """The text of the first key that has one; empty when none has."""
        text = next((text for text in map(self.find, keys) if text), "")
        return self.fill(text, params or {})

    def fitting(self, keys: Sequence[str], params: Mapping[str, Value]) -> str:
        """The text of the first key that has one, filled by its first fitting alternative; empty when none fits."""
        text = next((text for text in map(self.find, keys) if text), "")
        chosen = _fitting(text, params)
        return "" if chosen is None else self.fill(chosen, params)

    def fill(self, text: Text, params: Mapping[str, Value]) -> str:
        """Put the parameters into a text, or into the first alternative that has all of its parameters."""
        if not isinstance(text, str):
            text = _fitting(text, params) or text[-1]
        return PLACEHOLDER.sub(lambda match: self._filled(params.get(match[1]), match[1], match[2] or ""), text)

    def _filled(self, value: Value, name: str, spec: str) -> str:
        if value is None:
            return "?"
        if "|" in spec:
            return self._plural(value, spec.split("|"))
        return self.written(value, spec or KIND_OF_NAME.get(name, ""))

    def _plural(self, value: Value, forms: Sequence[str]) -> str:
        """The form that goes with a count, or with the length of a list; the last one with what is no number."""
        count = str(len(value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
        return forms[plural_form(count, self.formats)] if NUMBER.fullmatch(count) else forms[-1]

    def written(self, value: Value, kind: str = "") -> str:
        """A value as the locale writes it; without a `kind`, by its type."""
        if isinstance(value, bool) or value is None:
            return self.say(f"value.{'yes' if value else 'no'}")
        if isinstance(value, int):
            return duration(value, self.formats) if kind == "duration" else self._number(str(value), kind)
        if isinstance(value, str):
            return self._text(value, kind)
        return listed([self.written(item, "" if kind == "list" else kind) for item in value], self.formats)

    def _number(self, value: str, kind: str) -> str:
        if kind == "money":
            return money(value, self.currency, self.formats)
        if kind == "percent":
            return percent(value, self.formats)
        return value if kind == "text" else number(value, self.formats)

    def _text(self, value: str, kind: str) -> str:
        if kind in ("money", "percent", "number"):
            return self._number(value, kind)
        if kind == "text" or not _is_date(value):
            return value
        return date_short(value, self.formats) if kind == "short_date" else date_long(value, self.formats)


def _is_date(text: str) -> bool:
    """Whether the text is a date that exists; what a reader typed may only look like one."""
    try:
        return bool(ISO_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
