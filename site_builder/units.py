"""One family at a time, from its plan file to its pages: what builds keep, and what several workers share out.

Works only on what is right: where a plan file holds a mistake, a function here gives None, and whoever called reads
everything again by `load_families`, which says every mistake of every file.
"""

import json
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from calculator.errors import Problem
from calculator.plan import Catalogue, Family, check_references, read_family
from calculator.wire import quote
from site_builder.caching import Store, key_of, making_key, reading_key
from site_builder.content import Content
from site_builder.errors import Place
from site_builder.ledger import Line, State, state_of
from site_builder.locales import Language
from site_builder.output import Written, write
from site_builder.plans import Comparison, Families, FamilyFile, FamilyWords, compare, read_family_file
from site_builder.plans.regions import Regions
from site_builder.rendering import Assets, Entry, Renderer, SiteInput
from site_builder.rendering.brand import logo_paths
from site_builder.rendering.card_words import card, card_path
from site_builder.rendering.site import menu_names
from site_builder.rules import family_data, unspeakable, unworded
from site_builder.sources import Document, Places, shown

FINGERPRINT: Final = "f1e2d3c4b5a69788"
"""Stands for the catalogue's fingerprint in pages until it is known; no page holds it by itself."""
ENGINE: Final = "assets/calculator/engine-stand-in"
MANIFEST: Final = "assets/calculator/manifest-stand-in"
"""The same for the calculator's files."""

HELD: Final = 500
"""Families that a worker keeps in memory between the two steps; the rest it reads again from the store."""

type Pages = dict[str, bytes]
"""Pages by file, with the stand-ins above in them."""


@dataclass(frozen=True, slots=True)
class Light:
    """What the rest of the site needs to know of a family.

    `named` are the plans, of any family, that its rules speak of; `held` are those that its examples speak of.
    """

    id: str
    rules: str
    plans: frozenset[str]
    named: frozenset[str]
    held: frozenset[str]
    region: str | None
    currency: str
    words: FamilyWords


@dataclass(frozen=True, slots=True)
class Unit:
    """A family made: its examples, its entries in the pages and lists of all families, its part of the locale data.

    `told` stands for that part; `pages` are the names of its pages.
    """

    examples: tuple[str, ...]
    entries: Mapping[str, Entry]
    listed: str
    data: Mapping[str, str]
    told: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A family to do: its plan file, and the keys under which the two steps keep their results."""

    id: str
    path: Path
    reading: str
    making: str = ""


class Bench:
    """Reads and makes families, each step from the store where it can; one copy for each worker."""

    def __init__(self, store: Store, root: Path, languages: Mapping[str, Language], spoken: tuple[str, ...]) -> None:
        self.store = store
        self.root = root
        self.languages = languages
        self.spoken = spoken
        self.files: dict[str, FamilyFile] = {}
        self.pages: dict[str, Pages] = {}
        self.renderer: Renderer | None = None

    def read(self, task: Task) -> Light | None:
        """The family of a plan file, or None where something is wrong in it."""
        held: tuple[Light, FamilyFile] | None = self.store.get("read", task.reading)
        if held is None:
            file = read_family_file(task.path, self.root)
            if file is None or file.family is None or not self._right(file, file.family):
                return None
            held = _light(file), replace(file, document=_without_places(file.document), rules=None)
            stored = self.store.put("read", task.reading, held)
        else:
            stored = True
        light, slim = held
        if not stored or len(self.files) < HELD:
            self.files[task.reading] = slim
        return light

    def _right(self, file: FamilyFile, family: Family) -> bool:
        wrong = [problem for problem in check_references(Catalogue("", {family.id: family}, {})) if _own(problem)]
        words = file.words
        spoken = [self.languages[lang] for lang in self.spoken if lang in words.locales and lang in self.languages]
        return not wrong and not any(
            unspeakable(file, language) or unworded(family, words, language) for language in spoken
        )

    def file_of(self, task: Task) -> FamilyFile | None:
        """The family as an earlier `read` left it, here or in the store; else from its file."""
        file = self.files.pop(task.reading, None)
        if file is not None:
            return file
        held: tuple[Light, FamilyFile] | None = self.store.get("read", task.reading)
        return held[1] if held else read_family_file(task.path, self.root)

    def data(self, unit: Unit, lang: str) -> Any:
        """A family's part of the locale data, of a language that it may not have."""
        return json.loads(unit.data.get(lang, "{}"))

    def make(self, task: Task, shared: "Shared") -> Unit | None:
        """The family's pages, into the store, and what goes with them; None where an example is off."""
        held: tuple[Unit, Pages] | None = self.store.get("made", task.making)
        if held is None:
            file = self.file_of(task)
            held = self._made(file, shared) if file and file.family else None
            if held is None:
                return None
            stored = self.store.put("made", task.making, held)
        else:
            stored = True
        unit, pages = held
        if not stored or len(self.pages) < HELD:
            self.pages[task.making] = pages
        return unit

    def answers(self, file: FamilyFile, shared: "Shared") -> dict[str, dict[str, Any]]:
        """The engine's answers to a family's examples: the same as long as its rules and its examples are."""
        light, examples = shared.lights[file.words.id], file.words.examples
        if not examples:
            return {}
        asked = canonical([[(example.id, example.request) for example in examples], shared.regions.rules])
        key = key_of("answers", reading_key(), asked, light.rules, *shared.near(light))
        known: dict[str, dict[str, Any]] | None = self.store.get("answers", key)
        if known is None:
            engine = shared.families_for(file).engine
            known = {example.id: quote(engine, example.request) for example in examples}
            self.store.put("answers", key, known)
        return known

    def _made(self, file: FamilyFile, shared: "Shared") -> tuple[Unit, Pages] | None:
        assert file.family is not None
        families = shared.families_for(file)
        answers = self.answers(file, shared)
        for index, example in enumerate(file.words.examples):
            if compare(file.document, ("examples", index), example, answers[example.id]):
                return None
        id, words = file.words.id, file.words
        spoken = [lang for lang in self.spoken if lang in words.locales]
        data = {lang: family_data(file.family, words, self.languages[lang]) for lang in spoken}
        renderer = self._renderer(shared)
        renderer.site = replace(
            shared.site,
            families=families,
            answers={id: answers},
            locale_data={lang: {**shared.site.locale_data[lang], "families": {id: data[lang]}} for lang in spoken},
        )
        pages = dict(renderer.family_pages(id))
        cards = dict(self._cards(renderer, id, spoken))
        entries = {lang: renderer.entry(lang, id) for lang in spoken}
        parts = {lang: canonical(part) for lang, part in data.items()}
        told = key_of(*(text for part in sorted(parts.items()) for text in part))
        unit = Unit(tuple(answers), entries, renderer.listed(id), parts, told, (*pages, *cards))
        return unit, {name: text.encode() for name, text in pages.items()} | cards

    def _cards(self, renderer: Renderer, id: str, spoken: list[str]) -> Iterator[tuple[str, bytes]]:
        """The pictures of the family's pages; one whose words have not changed is not drawn again."""
        for words in filter(None, (renderer.card_words(lang, id) for lang in spoken)):
            name = card_path(words)
            picture: bytes | None = self.store.get("card", Path(name).stem)
            if picture is None:
                picture = card(words)
                self.store.put("card", Path(name).stem, picture)
            yield name, picture

    def _renderer(self, shared: "Shared") -> Renderer:
        if self.renderer is None or self.renderer.site.config is not shared.site.config:
            self.renderer = Renderer(shared.site, shared.compiled, shared.assets)
        return self.renderer

    def pages_of(self, task: Task, stamps: Mapping[str, str]) -> Pages:
        """The family's pages with their stand-ins filled; none where the store has lost them."""
        pages = self.pages.get(task.making)
        if pages is None:
            held: tuple[Unit, Pages] | None = self.store.get("made", task.making)
            pages = held[1] if held else {}
        return {name: stamp(data, stamps) for name, data in pages.items()}

    def write(self, task: Task, stamps: Mapping[str, str], folder: Path, compress: bool) -> list[Written]:
        """Write the family's pages into a folder; what was written."""
        pages = self.pages_of(task, stamps)
        return [written for name, data in pages.items() for written in write(folder, name, data, compress)]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all pages of a build have in common. `site` has no families of its own yet."""

    site: SiteInput
    lights: Mapping[str, Light]
    regions: Regions
    assets: Assets
    compiled: Path | None

    def near(self, light: Light) -> list[str]:
        """The rules of the other families whose plans a family speaks of, in its rules or its examples."""
        ids = sorted({name.partition("/")[0] for name in light.named | light.held} - {light.id})
        return [self.lights[id].rules if id in self.lights else "" for id in ids]

    def families_for(self, file: FamilyFile) -> Families:
        """The families as one of them sees them: itself, the words of all, and the plans that its examples name."""
        families = Families({file.words.id: file}, self.regions.rules, self.regions.words)
        words = ChainMap({file.words.id: file.words}, self.site.families.words)
        assert file.family is not None
        held = Neighbours(self.lights, {file.words.id: file.family})
        families.__dict__["words"] = words
        families.__dict__["engine"] = Catalogue(FINGERPRINT, held, dict(sorted(self.regions.regions.items())))
        return families


class Neighbours(Mapping[str, Family]):
    """Families by id, the others read only when somebody asks for them."""

    def __init__(self, lights: Mapping[str, Light], read: dict[str, Family]) -> None:
        self.lights = lights
        self.known = read

    def __getitem__(self, id: str) -> Family:
        if id not in self.known:
            family, _ = read_family(json.loads(self.lights[id].rules))
            assert family is not None
            self.known[id] = family
        return self.known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lights)

    def __len__(self) -> int:
        return len(self.lights)


def reading_task(path: Path, root: Path, spoken: tuple[str, ...], line: Line | None) -> tuple[Task, State]:
    """The task of a plan file, and the file's state; its key holds all that the file is judged by."""
    state = state_of(path)
    if line is not None and state and line.state == state:
        return Task(path.stem, path, line.reading), state
    return Task(path.stem, path, key_of("read", reading_key(), *spoken, shown(path, root), path.read_bytes())), state


def making_task(task: Task, light: Light, shared: Shared, common: str) -> Task:
    """The task with the key of its pages: `common` is what all pages depend on."""
    own = _introductions(shared.site.content, light.id)
    return replace(task, making=key_of("make", common, task.reading, *own, "", *shared.near(light)))


def common_key(site: SiteInput, lights: Mapping[str, Light], regions: Regions, assets: Mapping[str, str]) -> str:
    """Stands for what every family's pages depend on, beside its own plan file."""
    document = site.config.document
    first = [(id, lights[id].words) for id in site.config.order(lights)[:12]]
    listed = [(id, said.vendor, menu_names(said, site.config.title), *said.locales) for id, said in first]
    written = [(page.below, page.title) for lang in site.config.languages for page in site.content.plain(lang)]
    documented = site.docs.languages_of("") if site.docs else ()
    spoken = sorted({tag for light in lights.values() for tag in light.words.locales.values()})
    own = {lang: site.languages[lang].own for lang in site.config.languages}
    texts = (
        document.lines,
        own,
        listed,
        spoken,
        written,
        documented,
        [repr(part) for part in logo_paths(site.logo)],
        regions.rules,
        [repr(words) for words in regions.words.values()],
    )
    return key_of(making_key(), site.on.isoformat(), canonical(texts), canonical(dict(assets)))


def right_together(lights: Mapping[str, Light], regions: Regions) -> bool:
    """Whether the plans and regions that families name are all there."""
    plans = {f"{light.id}/{plan}" for light in lights.values() for plan in light.plans}
    return all(
        light.named <= plans and (light.region is None or light.region in regions.regions) for light in lights.values()
    )


def canonical(value: object) -> str:
    """JSON in one form: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def stamp(data: bytes, stamps: Mapping[str, str]) -> bytes:
    """The page with its stand-ins filled."""
    for stand_in, value in stamps.items():
        data = data.replace(stand_in.encode(), value.encode())
    return data


def _light(file: FamilyFile) -> Light:
    family = file.family
    assert family is not None
    named = [name for plan in family.plans.values() for name in (*plan.not_with, *plan.requires_any)]
    slim = replace(
        file.words, plans={}, clauses={}, comparison=Comparison(), inclusions=(), exclusions=(), terms=(), readings=(),
        examples=(), support=None, next_step=None,
    )  # fmt: skip
    held = {name for example in file.words.examples for name in _held(example.request)}
    rules = canonical(file.rules)
    return Light(
        family.id,
        rules,
        frozenset(family.plans),
        frozenset(named),
        frozenset(held),
        family.tax_region,
        family.currency,
        slim,
    )


def _held(request: Mapping[str, Any]) -> list[str]:
    held = request.get("holds")
    return [name for name in held if isinstance(name, str)] if isinstance(held, list) else []


def _own(problem: Problem) -> bool:
    """Whether a problem is the family's own, whatever others there are."""
    return "eligibility" not in problem.path and problem.path[-1:] != ("tax_region",)


def _without_places(document: Document) -> Document:
    """A document of which only its name is left: pages need no places."""
    return Document(document.file, None, (), _top)


def _top(document: Document) -> Places:
    return {}, {(): Place(document.file, 1, 1)}


def _introductions(content: Content, family: str) -> list[str]:
    found = [content.introduction(lang, family) for lang in content.pages]
    return [page.html if page else "" for page in found]
