"""Which keys of a plan file are words and which are rules, and which clause a rule's own words belong to."""

from collections.abc import Iterable, Iterator
from typing import Final

from site_builder.sources import Document, Path, Value

FAMILY_WORDS: Final = (
    "country", "locales", "vendor", "name", "summary", "support", "next_step", "comparison", "inclusions",
    "exclusions", "terms", "examples", "units",
)  # fmt: skip
PLAN_WORDS: Final = ("name", "summary", "audience")
OPTION_WORDS: Final = ("label", "help", "words")
PACK_WORDS: Final = ("name",)
READING_WORDS: Final = ("text",)
CLAUSE_WORDS: Final = ("title", "text")
REGION_WORDS: Final = ("name", "source")

_SECTIONS: Final = ("buy", "renewal", "extension", "addition")


def rules_of(document: Document) -> Value:
    """The rules of a plan file, for the engine: without its words, integers and booleans recognised."""
    rules = document.typed(without=FAMILY_WORDS)
    for path, words in _word_places(document):
        if path:
            _drop(rules, path, words)
    return rules


def region_rules(document: Document) -> Value:
    """The regions of a file of regions, for the engine: without their words."""
    regions = document.typed(("regions",))
    for code in mapping_keys(document, ("regions",)):
        _drop(regions, (code,), REGION_WORDS)
    return regions


def words_at(document: Document, path: Path) -> tuple[str, ...]:
    """The word keys that the mapping at `path` may have."""
    return next((words for place, words in _word_places(document) if place == path), ())


def mapping_keys(document: Document, path: Path) -> tuple[str, ...]:
    """The keys of the mapping at `path`; none where there is no mapping."""
    value = document.at(path)
    return tuple(value) if isinstance(value, dict) else ()


def clause_places(document: Document) -> Iterator[tuple[Path, str]]:
    """The mappings that are rules with a clause, each with the clause's dotted name."""
    for plan in mapping_keys(document, ("plans",)):
        me: Path = ("plans", plan)
        for section in _SECTIONS:
            for path in _versions(document, (*me, section)):
                yield path, f"{plan}.{section}"
                yield from _section_places(document, path, f"{plan}.{section}")
        for row in _items(document, (*me, "price")):
            yield from _named(document, (*row, "estimate"), f"{plan}.price.estimate", "code")
        yield from _named(document, (*me, "entitlements"), f"{plan}.entitlements", "code")
        yield from _named(document, (*me, "notes"), f"{plan}.notes", "code")


def _section_places(document: Document, path: Path, clause: str) -> Iterator[tuple[Path, str]]:
    for key in ("automatic", "lengths"):
        if isinstance(document.at((*path, key)), dict):
            yield (*path, key), f"{clause}.{key}"
    for key in ("adjust", "credits"):
        yield from _named(document, (*path, key), f"{clause}.{key}", "code")
    for window, name in _named(document, (*path, "windows"), f"{clause}.windows", "id"):
        yield window, name
        yield from _named(document, (*window, "adjust"), f"{name}.adjust", "code")


def _named(document: Document, path: Path, clause: str, key: str) -> Iterator[tuple[Path, str]]:
    """The items of the list at `path`, named by their `key`."""
    for item in _items(document, path):
        name = document.at((*item, key))
        if isinstance(name, str):
            yield item, f"{clause}.{name}"


def _versions(document: Document, path: Path) -> Iterable[Path]:
    return [path] if isinstance(document.at(path), dict) else _items(document, path)


def _items(document: Document, path: Path) -> Iterator[Path]:
    value = document.at(path)
    if isinstance(value, list):
        yield from ((*path, index) for index, item in enumerate(value) if isinstance(item, dict))


def _word_places(document: Document) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every mapping that may hold words beside rules, with the keys of those words."""
    yield (), FAMILY_WORDS
    for plan in mapping_keys(document, ("plans",)):
        me: Path = ("plans", plan)
        yield me, PLAN_WORDS
        yield from (((*me, "options", name), OPTION_WORDS) for name in mapping_keys(document, (*me, "options")))
        yield from (((*me, "packs", name), PACK_WORDS) for name in mapping_keys(document, (*me, "packs")))
    yield from ((item, READING_WORDS) for item in _items(document, ("readings",)))
    yield from ((path, CLAUSE_WORDS) for path, _ in clause_places(document))


def _drop(value: Value, path: Path, keys: Iterable[str]) -> None:
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
    if isinstance(value, dict):
        for key in keys:
            value.pop(key, None)
