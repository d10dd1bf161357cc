"""Takes words out of a document strictly: each mistake becomes an issue at its place, and reading goes on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from calculator.plan import cut_off
from site_builder.errors import Issue, did_you_mean, listed, suggest
from site_builder.plans.words import Text
from site_builder.sources import Document, Path, Value

_FORMS: Final = {"singular": "one", "plural": "other"}
"""What people call the plural forms that a unit's words have."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PICTURE: Final = re.compile(r"(?<!\\)!\[[^\]]*\] ?[\[(]")
_CODE: Final = re.compile(r"`[^`]*`")
_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_name(written: str) -> bool:
    """Whether a family, a plan, an option or a pack may be called so; the words may be joined by `_`, too."""
    return _NAME.fullmatch(written) is not None


class Checker:
    """A document, the languages its texts must have, and the issues found so far."""

    __slots__ = ("document", "issues", "languages")

    def __init__(self, document: Document, languages: tuple[str, ...] = ()) -> None:
        self.document = document
        self.languages = languages
        self.issues: list[Issue] = []

    @property
    def top(self) -> "Spot":
        """The whole document."""
        return Spot(self, self.document.value, ())

    def at_value(self, path: Path, what: str, why: str, fix: str) -> None:
        """Note an issue at the value of `path`; a mapping or list is pointed to by its key."""
        scalar = not isinstance(self.document.at(path), dict | list)
        place = self.document.value_place(path) if scalar else self.document.key_place(path)
        self.issues.append(self.document.issue(place, what, why, fix))

    def at_key(self, path: Path, what: str, why: str, fix: str) -> None:
        """Note an issue at the key of `path`."""
        self.issues.append(self.document.issue(self.document.key_place(path), what, why, fix))


class Spot:
    """A value of a document and where it stands; its methods take what is below one of its keys.

    Each of them gives a harmless stand-in after noting an issue.
    """

    __slots__ = ("checker", "path", "value")

    def __init__(self, checker: Checker, value: Value, path: Path) -> None:
        self.checker = checker
        self.value = value
        self.path = path

    @property
    def named(self) -> dict[str, Value]:
        """The mapping that stands here; empty where there is none."""
        return self.value if isinstance(self.value, dict) else {}

    def get(self, key: str) -> Value:
        """The value below `key`, None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def has(self, key: str) -> bool:
        """Whether `key` is written, be it empty."""
        return isinstance(self.value, dict) and key in self.value

    def at(self, key: str) -> "Spot":
        """What is below `key`."""
        return Spot(self.checker, self.get(key), (*self.path, key))

    def mistaken(self, what: str, why: str, fix: str) -> None:
        """Note an issue at the value here."""
        self.checker.at_value(self.path, what, why, fix)

    def mapping(self, what: str) -> dict[str, Value]:
        """The mapping here; `what` is expected."""
        if not isinstance(self.value, dict):
            self.mistaken(f"{what} should be a mapping", "its keys are looked up one by one", "write `{key: value}`")
        return self.named

    def keys(self, what: str, required: Sequence[str], optional: Sequence[str] = ()) -> bool:
        """Whether a mapping stands here; its keys must be the required ones and may be the optional ones."""
        value = self.value
        if not isinstance(value, dict):
            shown = ", ".join(f"{key}: …" for key in required or optional[:1])
            why, fix = f"it has keys of its own: {listed((*required, *optional))}", f"write `{{{shown}}}`"
            self.mistaken(f"{what} should be a mapping", why, fix)
            return False
        for key in value:
            if key not in required and key not in optional:
                self._unknown(key, what, (*required, *optional), value)
        self.required(what, required)
        return True

    def _unknown(self, key: str, what: str, known: Sequence[str], value: Mapping[str, Value]) -> None:
        """Note a key that is none of those known; it may be what a comma cut off the number before it."""
        why, path = f"its keys are {listed(known)}; nothing would read this one", (*self.path, key)
        if cut := cut_off(value, key):
            self.checker.at_key(path, *cut.said)
        else:
            self.checker.at_key(path, f"`{key}` is not a key of {what}", why, _rename(key, known, value))

    def required(self, what: str, required: Iterable[str]) -> None:
        """Note which of the keys are missing here."""
        for key in required:
            if not self.has(key):
                why = "there is no default for it"
                self.checker.at_key(self.path, f"`{key}` is missing in {what}", why, f"add `{key}: …`")

    def names(self, what: str) -> Iterator[str]:
        """The keys of the mapping here, which name things of a kind: `what`."""
        for name in self.named:
            if not is_name(name):
                self._misnamed(name, what)
            yield name

    def _misnamed(self, name: str, what: str) -> None:
        from site_builder.plans.slugs import slug  # for mistakes alone

        why = "names become parts of addresses and of requests: small letters, digits and hyphens, or `_`"
        self.checker.at_key(
            (*self.path, name), f"{what} cannot be called `{name}`", why, f"did you mean `{slug(name, '_') or 'care'}`?"
        )

    def items(self, key: str, what: str) -> "list[Spot]":
        """The items of the list below `key`; nothing where it is not written."""
        if not self.has(key):
            return []
        value, path = self.get(key), (*self.path, key)
        if not isinstance(value, list) or not value:
            self.checker.at_value(path, f"{what} should be a list", "one or more items are expected",
                                  "write `- …` lines")  # fmt: skip
            return []
        return [Spot(self.checker, item, (*path, index)) for index, item in enumerate(value)]

    def one_of(self, key: str, words: Sequence[str]) -> str:
        """The word below `key`, which must be one of `words`; the first as a stand-in."""
        value = self.get(key)
        if isinstance(value, str) and value in words:
            return value
        written = value if isinstance(value, str) else ""
        what = f"`{written}` is not known here" if written else "a word is missing"
        self.at(key).mistaken(what, f"it must be one of {listed(words)}", suggest(written, words))
        return words[0]

    def line(self, key: str, what: str) -> str:
        """The text of one language below `key`, not empty."""
        value = self.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.at(key).mistaken(f"{what} should be a text", "a text is expected here that is not empty", "write the text")
        return ""

    def identifier(self, seen: "dict[str, Spot]") -> str:
        """The `id`: short, lower case, not among those `seen`, which it joins; nothing where it is not written."""
        if not self.has("id"):
            return ""
        value = self.get("id")
        if not isinstance(value, str) or not _ID.fullmatch(value):
            from site_builder.plans.slugs import slug_advice  # for mistakes alone

            why = "ids become parts of addresses, so they are lower-case letters, digits and single hyphens"
            fix = slug_advice(value if isinstance(value, str) else "")
            self.at("id").mistaken("an id is expected here", why, fix)
            return ""
        if value in seen:
            first = self.checker.document.value_place((*seen[value].path, "id"))
            why = f"it is already at {first}, and addresses must lead to one place"
            self.at("id").mistaken(f"the id `{value}` is used twice", why, "write another id")
        seen.setdefault(value, self)
        return value

    def text(self, key: str, what: str) -> Text:
        """The words below `key` in every language, none of them empty; nothing where the key is not written."""
        value, languages = self.get(key), self.checker.languages
        if isinstance(value, dict) and len(value) == len(languages):
            said = {lang: words.strip() for lang in languages if isinstance(words := value.get(lang), str)}
            if len(said) == len(languages) and all(said.values()):
                for lang, words in said.items():
                    if "![" in words:
                        self.at(key).at(lang)._no_picture(words, what)
                return said
        return self.at(key)._text(what) if self.has(key) else {}

    def optional_text(self, key: str, what: str) -> Text | None:
        """The words below `key`, None where they are not written."""
        return self.text(key, what) if self.has(key) else None

    def in_languages(self, what: str, template: str) -> tuple[str, ...]:
        """The family's languages that have something here; those that lack or are too many are noted."""
        value = self._by_language(what, template)
        for language in self.checker.languages if value is not None else ():
            if language not in (value or {}):
                self._lacks(language, what, template)
        return tuple(language for language in self.checker.languages if language in (value or {}))

    def _text(self, what: str) -> Text:
        """The words here, with an issue for each that is not as it should be."""
        value = self._by_language(what, "…")
        return {} if value is None else {lang: self._in_language(value, lang, what) for lang in self.checker.languages}

    def _no_picture(self, words: str, what: str) -> None:
        if _PICTURE.search(_CODE.sub("", words)):
            family, language = self.checker.document.at(("family",)), self.path[-1]
            why = "texts of plan files stand in quotes and mails, too, and no picture goes with those"
            fix = f"show it at the top of the family’s page: in `content/{language}/families/{family or 'care'}.md`"
            self.mistaken(f"{what} holds a picture in `{language}`", why, fix)

    def _by_language(self, what: str, template: str) -> dict[str, Value] | None:
        """The mapping here, whose keys should be the family's languages; None where there is no mapping."""
        path, value, languages = self.path, self.value, self.checker.languages
        if not isinstance(value, dict):
            fix = f"write `{{{', '.join(f'{language}: {template}' for language in languages)}}}`"
            why = f"pages are published in {listed(languages)}"
            self.mistaken(f"{what} should be given in each language", why, fix)
            return None
        for language, words in value.items():
            if language not in languages and words is None and not _LANGUAGE.fullmatch(language):
                why = "in braces, a comma begins the next key"
                self.checker.at_key((*path, language), f"`{language}` looks like the end of a text", why,
                                    'put the whole text in quotes: "…, …"')  # fmt: skip
            elif language not in languages:
                why = f"the family's languages are {listed(languages)}"
                self.checker.at_key((*path, language), f"`{language}` is not a language of this family", why,
                                    _rename(language, languages, value))  # fmt: skip
        return value

    def _in_language(self, value: Mapping[str, Value], language: str, what: str) -> str:
        written, path, checker = value.get(language), (*self.path, language), self.checker
        if isinstance(written, str) and written.strip():
            return written.strip()
        if language not in value:
            self._lacks(language, what, "…")
        elif written is None or isinstance(written, str):
            checker.at_key(path, f"{what} is empty in `{language}`", "the page would have a gap", "write the text")
        else:
            why = "a mapping or list stands here"
            checker.at_key(path, f"{what} should be a text in `{language}`", why,
                           "write one text, in quotes if it holds a colon")  # fmt: skip
        return ""

    def _lacks(self, language: str, what: str, template: str) -> None:
        spoken = self.checker.languages
        others = listed(key for key in self.named if key in spoken)
        why = f"pages are published in {listed(spoken)}" + (f"; {others} is there" if others else "")
        self.checker.at_key(self.path, f"{what} is missing in `{language}`", why, f"add `{language}: {template}`")


def _rename(key: str, known: Iterable[str], written: Mapping[str, Value]) -> str:
    """Advice on an unknown key: the near one that is not there yet, else that the key be left out."""
    left = [name for name in known if name not in written]
    near = _FORMS[key] if _FORMS.get(key) in left else did_you_mean(key, left)
    return f"did you mean `{near}`?" if near else "leave it out"
