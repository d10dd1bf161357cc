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
TAX_WORDS: Final = ("name",)

_SECTIONS: Final = ("buy", "renewal", "extension", "addition")

type _Mapping = dict[str, Value]
type Clause = tuple[Path, str, _Mapping]
"""Where a rule with a clause stands, the clause's dotted name, and the rule."""


def rules_of(document: Document) -> Value:
    """The rules of a plan file, for the engine: without its words, integers and booleans recognised."""
    rules = document.typed(without=FAMILY_WORDS)
    for _, words, mapping in _wordy(rules):
        _drop(mapping, words)
    return rules


def region_rules(document: Document) -> Value:
    """The regions of a file of regions, for the engine: without their words."""
    regions = document.typed(("regions",))
    for _, region in _mappings(regions, ()):
        _drop(region, REGION_WORDS)
        for _, tax in _items(region.get("taxes"), ()):
            _drop(tax, TAX_WORDS)
    return regions


def words_at(document: Document, path: Path) -> tuple[str, ...]:
    """The word keys that the mapping at `path` may have."""
    if not path:
        return FAMILY_WORDS
    return next((words for place, words, _ in _wordy(document.value) if place == path), ())


def mapping_keys(value: Value) -> tuple[str, ...]:
    """The keys of a mapping; none where there is no mapping."""
    return tuple(value) if isinstance(value, dict) else ()


def clauses_in(family: Value) -> Iterator[Clause]:
    """The mappings of a family that are rules with a clause."""
    for path, plan in _mappings(_at(family, "plans"), ("plans",)):
        name = str(path[-1])
        for section in _SECTIONS:
            for place, rule in _versions(plan.get(section), (*path, section)):
                yield place, f"{name}.{section}", rule
                yield from _section_clauses(place, f"{name}.{section}", rule)
        for place, row in _items(plan.get("price"), (*path, "price")):
            yield from _named(row, place, "estimate", f"{name}.price.estimate")
        yield from _named(plan, path, "entitlements", f"{name}.entitlements")
        yield from _named(plan, path, "notes", f"{name}.notes")


def _section_clauses(path: Path, clause: str, section: _Mapping) -> Iterator[Clause]:
    for key in ("automatic", "lengths"):
        if isinstance(rule := section.get(key), dict):
            yield (*path, key), f"{clause}.{key}", rule
    for key in ("adjust", "credits"):
        yield from _named(section, path, key, f"{clause}.{key}")
    for place, name, window in _named(section, path, "windows", f"{clause}.windows", by="id"):
        yield place, name, window
        yield from _named(window, place, "adjust", f"{name}.adjust")


def _named(holder: _Mapping, path: Path, key: str, clause: str, by: str = "code") -> Iterator[Clause]:
    """The items of the list below `key`, named by their own key `by`."""
    if key in holder:
        for place, item in _items(holder[key], (*path, key)):
            if isinstance(name := item.get(by), str | int):
                yield place, f"{clause}.{name}", item


def _versions(value: Value, path: Path) -> Iterable[tuple[Path, _Mapping]]:
    return [(path, value)] if isinstance(value, dict) else _items(value, path)


def _items(value: Value, path: Path) -> Iterable[tuple[Path, _Mapping]]:
    """The mappings in a list."""
    items = enumerate(value) if isinstance(value, list) else ()
    return [((*path, index), item) for index, item in items if isinstance(item, dict)]


def _mappings(value: Value, path: Path) -> Iterable[tuple[Path, _Mapping]]:
    """The mappings below the keys of a mapping."""
    items = value.items() if isinstance(value, dict) else ()
    return [((*path, key), item) for key, item in items if isinstance(item, dict)]


def _wordy(family: Value) -> Iterator[tuple[Path, tuple[str, ...], _Mapping]]:
    """Every mapping below a family's keys that may hold words beside rules, with the keys of those words."""
    for path, plan in _mappings(_at(family, "plans"), ("plans",)):
        yield path, PLAN_WORDS, plan
        for key, words in (("options", OPTION_WORDS), ("packs", PACK_WORDS)):
            yield from ((place, words, item) for place, item in _mappings(plan.get(key), (*path, key)))
    yield from ((place, READING_WORDS, item) for place, item in _items(_at(family, "readings"), ("readings",)))
    yield from ((place, CLAUSE_WORDS, rule) for place, _, rule in clauses_in(family))


def _at(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _drop(mapping: _Mapping, keys: Iterable[str]) -> None:
    for key in keys:
        mapping.pop(key, None)
