"""Takes words out of a document strictly: each mistake becomes an issue at its place, and reading goes on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from site_builder.errors import Issue, did_you_mean, listed, suggest
from site_builder.plans.words import Text
from site_builder.sources import Document, Path, Value

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(slots=True)
class Checker:
    """A document, the languages its texts must have, and the issues found so far.

    Each method that takes a value gives a harmless stand-in after noting an issue.
    """

    document: Document
    languages: tuple[str, ...] = ()
    issues: list[Issue] = field(default_factory=list)

    def at_value(self, path: Path, what: str, why: str, fix: str) -> None:
        """Note an issue at the value of `path`; a mapping or list is pointed to by its key."""
        scalar = not isinstance(self.document.at(path), dict | list)
        place = self.document.value_place(path) if scalar else self.document.key_place(path)
        self.issues.append(self.document.issue(place, what, why, fix))

    def at_key(self, path: Path, what: str, why: str, fix: str) -> None:
        """Note an issue at the key of `path`."""
        self.issues.append(self.document.issue(self.document.key_place(path), what, why, fix))

    def has(self, path: Path) -> bool:
        """Whether `path` is written, be it empty."""
        return self.document.has(path)

    def mapping(self, path: Path, what: str) -> dict[str, Value]:
        """The mapping at `path`; `what` is expected there."""
        value = self.document.at(path)
        if isinstance(value, dict):
            return value
        self.at_value(
            path, f"{what} should be a mapping", "its keys are looked up one by one", "write `key: value` lines"
        )
        return {}

    def keys(self, path: Path, what: str, required: Iterable[str], optional: Iterable[str] = ()) -> bool:
        """Whether `path` holds a mapping; its keys must be the required ones and may be the optional ones."""
        value, required = self.document.at(path), tuple(required)
        known = (*required, *optional)
        if not isinstance(value, dict):
            why, fix = f"it has keys of its own: {listed(known)}", "write `key: value` lines"
            self.at_value(path, f"{what} should be a mapping", why, fix)
            return False
        for key in value:
            if key not in known:
                why = f"its keys are {listed(known)}; nothing would read this one"
                self.at_key((*path, key), f"`{key}` is not a key of {what}", why, _rename(key, known, value))
        self.required(path, what, required)
        return True

    def required(self, path: Path, what: str, required: Iterable[str]) -> None:
        """Note which of the keys are missing at `path`."""
        for key in required:
            if not self.has((*path, key)):
                self.at_key(path, f"`{key}` is missing in {what}", "there is no default for it", f"add `{key}: …`")

    def items(self, path: Path, what: str) -> Iterator[Path]:
        """The paths of the items of the list at `path`; nothing where it is not written."""
        if not self.has(path):
            return
        value = self.document.at(path)
        if not isinstance(value, list) or not value:
            self.at_value(path, f"{what} should be a list", "one or more items are expected", "write `- …` lines")
            return
        for index in range(len(value)):
            yield (*path, index)

    def one_of(self, path: Path, words: Sequence[str]) -> str:
        """The word at `path`, which must be one of `words`; the first as a stand-in."""
        value = self.document.at(path)
        if isinstance(value, str) and value in words:
            return value
        written = value if isinstance(value, str) else ""
        what = f"`{written}` is not known here" if written else "a word is missing"
        self.at_value(path, what, f"it must be one of {listed(words)}", suggest(written, words))
        return words[0]

    def line(self, path: Path, what: str) -> str:
        """The text of one language at `path`, not empty."""
        value = self.document.at(path)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.at_value(path, f"{what} should be a text", "a text is expected here that is not empty", "write the text")
        return ""

    def identifier(self, path: Path, seen: dict[str, Path]) -> str:
        """The id at `path`: short, lower case, not among those `seen`, which it joins."""
        value = self.document.at(path)
        if not isinstance(value, str) or not _ID.fullmatch(value):
            why = "ids become parts of addresses, so they are lower-case letters, digits and single hyphens"
            self.at_value(path, "an id is expected here", why, "write an id such as `support-time`")
            return ""
        if value in seen:
            first = self.document.value_place(seen[value])
            why = f"it is already at {first}, and addresses must lead to one place"
            self.at_value(path, f"the id `{value}` is used twice", why, "write another id")
        seen.setdefault(value, path)
        return value

    def in_languages(self, path: Path, what: str, template: str) -> tuple[str, ...]:
        """The family's languages that `path` has something for; those that lack or are too many are noted."""
        value = self._by_language(path, what, template)
        for language in self.languages if value is not None else ():
            if language not in (value or {}):
                self._lacks(path, value or {}, language, what, template)
        return tuple(language for language in self.languages if language in (value or {}))

    def text(self, path: Path, what: str) -> Text:
        """The words at `path` in every language, none of them empty."""
        value = self._by_language(path, what, "…")
        return {} if value is None else {key: self._in_language(path, value, key, what) for key in self.languages}

    def _by_language(self, path: Path, what: str, template: str) -> dict[str, Value] | None:
        """The mapping at `path`, whose keys should be the family's languages; None where there is no mapping."""
        value = self.document.at(path)
        if not isinstance(value, dict):
            fix = f"write `{{{', '.join(f'{language}: {template}' for language in self.languages)}}}`"
            why = f"pages are published in {listed(self.languages)}"
            self.at_value(path, f"{what} should be given in each language", why, fix)
            return None
        for language, words in value.items():
            if language not in self.languages and words is None and not _LANGUAGE.fullmatch(language):
                why = "in braces, a comma begins the next key"
                self.at_key((*path, language), f"`{language}` looks like the end of a text", why,
                            'put the whole text in quotes: "…, …"')  # fmt: skip
            elif language not in self.languages:
                why = f"the family's languages are {listed(self.languages)}"
                self.at_key((*path, language), f"`{language}` is not a language of this family", why,
                            _rename(language, self.languages, value))  # fmt: skip
        return value

    def optional_text(self, path: Path, what: str) -> Text | None:
        """The words at `path`, None where they are not written."""
        return self.text(path, what) if self.has(path) else None

    def _in_language(self, path: Path, value: Mapping[str, Value], language: str, what: str) -> str:
        written = value.get(language)
        if isinstance(written, str) and written.strip():
            return written.strip()
        if language not in value:
            self._lacks(path, value, language, what, "…")
        elif written is None or isinstance(written, str):
            self.at_key(
                (*path, language), f"{what} is empty in `{language}`", "the page would have a gap", "write the text"
            )
        else:
            why = "a mapping or list stands here"
            self.at_key((*path, language), f"{what} should be a text in `{language}`", why,
                        "write one text, in quotes if it holds a colon")  # fmt: skip
        return ""

    def _lacks(self, path: Path, value: Mapping[str, Value], language: str, what: str, template: str) -> None:
        others = listed(key for key in value if key in self.languages)
        why = f"pages are published in {listed(self.languages)}" + (f"; {others} is there" if others else "")
        self.at_key(path, f"{what} is missing in `{language}`", why, f"add `{language}: {template}`")


def _rename(key: str, known: Iterable[str], written: Mapping[str, Value]) -> str:
    """Advice on an unknown key: the near one that is not there yet, else that the key be left out."""
    near = did_you_mean(key, [name for name in known if name not in written])
    return f"did you mean `{near}`?" if near else "leave it out"
