"""Texts of a language as YAML, to be pasted into a site's own words and said otherwise there."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from calculator.wording.texts import Text
from site_builder.locales.languages import Language
from site_builder.locales.regional import HEARD, words_in

_PLAIN: Final = re.compile(r"[^\W_](?:[^\n:#{}\[\]|>\\\"]*[^\s:#{}\[\]|>\\\"])?")
_NOT_TEXT: Final = re.compile(r"true|false|null|yes|no|on|off|y|n|[-+.\d].*", re.IGNORECASE)
"""What some readers of YAML take for something else than a text."""

type _Tree = dict[str, "_Tree | tuple[Text, Mapping[str, Text]]"]
"""Texts by the parts of their keys, each with what countries say instead."""


def as_yaml(language: Language, tag: str, having: str = "") -> str:
    """The texts of a language, or of one of its locales, as they are said; with `having`, those that hold the word.

    A text counts where a word of it begins so, in whatever case. Above a text that a country says otherwise stands,
    as a remark, what it says. Empty where there is none.
    """
    local = language.locales.get(tag)
    texts = {**language.texts, **local.said} if local else language.texts
    others = {} if local else {tag: locale.said for tag, locale in language.locales.items()}
    tree: _Tree = {}
    for key, text in texts.items():
        remarks = {tag: said[key] for tag, said in others.items() if key in said}
        if having and (key.startswith(HEARD) or not any(_holds(one, having) for one in (text, *remarks.values()))):
            continue
        *groups, name = key.split(".")
        group = tree
        for each in groups:
            inner = group.setdefault(each, {})
            assert isinstance(inner, dict), key  # a key is a group's or a text's
            group = inner
        group[name] = text, remarks
    return "".join(f"{line}\n" for line in _lines(tree, ""))


def _holds(text: Text, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", words_in(text), re.IGNORECASE) is not None


def _lines(tree: _Tree, indent: str) -> Iterator[str]:
    for key, held in tree.items():
        if isinstance(held, dict):
            yield f"{indent}{key}:"
            yield from _lines(held, f"{indent}  ")
        else:
            yield from _text(f"{indent}{key}", *held)


def _text(key: str, text: Text, remarks: Mapping[str, Text]) -> Iterator[str]:
    indent = key[: len(key) - len(key.lstrip())]
    for tag, said in remarks.items():
        yield from (f"{indent}# {tag}: {one}" for one in ([said] if isinstance(said, str) else said))
    if isinstance(text, str):
        yield f"{key}: {_scalar(text)}"
    else:
        yield f"{key}:"
        yield from (f"{indent}  - {_scalar(one)}" for one in text)


def _scalar(text: str) -> str:
    """The text as it stands where that is safe, else in double quotes, which JSON and YAML share."""
    plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return text if plain else json.dumps(text, ensure_ascii=False)
