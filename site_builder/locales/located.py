"""A text of a language folder with the place where it is written, and the reading of files of such texts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from calculator.wording.texts import Text, placeholders, problems
from site_builder.errors import Issue, Place, suggest_key
from site_builder.sources import Document, Path, Value


@dataclass(frozen=True, slots=True)
class Located:
    """A text and where it is written; the text is empty where that has been noted as an issue."""

    text: Text
    document: Document
    path: Path

    @property
    def place(self) -> Place:
        """The place of its key."""
        return self.document.key_place(self.path)

    def issue(self, what: str, why: str, fix: str) -> Issue:
        """An issue at the key."""
        return self.document.issue(self.place, what, why, fix)


def only_keys(document: Document, path: Path, known: Iterable[str], issues: list[Issue]) -> None:
    """Refuse keys that nothing reads."""
    value = document.at(path)
    for key in value if isinstance(value, dict) else ():
        if key not in known:
            place = document.key_place((*path, key))
            issues.append(document.issue(place, f"`{key}` is not a key of this file", "nothing reads it",
                                         suggest_key(key, known, value)))  # fmt: skip


_COMPLETE: Final = "a language is complete, with a text for every key"


def flat(document: Document, path: Path, issues: list[Issue], why: str = _COMPLETE) -> Iterable[tuple[str, Located]]:
    """The texts below a path: strings, or lists of strings (alternatives); anything else is an issue, and why."""
    value = document.at(path)
    if isinstance(value, dict):
        for key in value:
            yield from flat(document, (*path, key), issues, why)
        return
    text = _text(value)
    located = Located(text or "", document, path)
    if text is None or not path:
        name = ".".join(map(str, path)) or "the file"
        issues.append(located.issue(f"`{name}` has no text", why, "the text, or a list of alternative texts"))
    yield ".".join(map(str, path)), located


def _text(value: Value) -> Text | None:
    """A text or a list of alternatives; None where there is nothing to say."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(item, str) and item.strip() for item in value):
        return [item for item in value if isinstance(item, str)]
    return None


def wrong_placeholders(texts: Mapping[str, Located], plural_forms: int) -> Iterator[Issue]:
    """Texts whose placeholders cannot be filled: unknown kinds, or another number of plural forms."""
    for key, located in texts.items():
        for problem in problems(located.text, plural_forms):
            what, why = f"`{key}`: {problem}", "it would show as it is written"
            yield located.issue(what, why, "{name}, {name:kind} or {name:form|form}")


def other_placeholders(key: str, own: Located, other: Located) -> Issue:
    """The issue of a text whose parameters are not those of the same text elsewhere."""
    mine, theirs = placeholders(own.text), placeholders(other.text)
    wrong = [*(f"lacks {{{name}}}" for name in sorted(theirs - mine)),
             *(f"has {{{name}}} alone" for name in sorted(mine - theirs))]  # fmt: skip
    why = f"the text at {other.place} has other parameters"
    return own.issue(f"`{key}` {', '.join(wrong)}", why, "the same placeholders in all languages")
