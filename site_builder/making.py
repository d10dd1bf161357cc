"""Makes the pages of a site in memory and in the store: what a build writes, and what a preview shows.

Raises InputError with every mistake of every file; a mistake anywhere sends everything back to `read_sources`, so
that what is said of it never depends on what was kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from calculator.plan import Catalogue
from site_builder.caching import Store, reading_key
from site_builder.config import SiteConfig, load_config
from site_builder.content import Content, load_content
from site_builder.crew import Crew
from site_builder.errors import InputError
from site_builder.locales import Language, load_all, locale_data
from site_builder.plans import Families, plan_files, read_regions
from site_builder.plans.catalogue import catalogue_text
from site_builder.plans.regions import Regions
from site_builder.reading import read_sources
from site_builder.rendering import BundleLinks, Renderer, SiteInput
from site_builder.sources import shown
from site_builder.units import (
    ENGINE,
    FINGERPRINT,
    MANIFEST,
    Bench,
    Light,
    Neighbours,
    Shared,
    Task,
    Unit,
    canonical,
    common_key,
    making_task,
    reading_task,
    right_together,
)

STATIC: Final = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands beside the plan files: settings, written pages, languages."""

    config: SiteConfig
    content: Content
    languages: dict[str, Language]


@dataclass(frozen=True, slots=True)
class Made:
    """A site whose families are made; pages hold stand-ins for the fingerprint and for the calculator's files."""

    crew: Crew
    tasks: Sequence[Task]
    units: Mapping[str, Unit]
    shared: Shared
    fingerprint: str
    catalogue: str
    locale_data: Mapping[str, str]

    @property
    def examples(self) -> int:
        """How many worked examples were right."""
        return sum(len(unit.answers) for unit in self.units.values())

    def stamps(self, links: BundleLinks) -> dict[str, str]:
        """What takes the place of the stand-ins."""
        return {FINGERPRINT: self.fingerprint, ENGINE: links.engine, MANIFEST: links.manifest}

    def shared_files(self) -> dict[str, bytes]:
        """All files but the families' pages and the calculator's, with stand-ins."""
        return _Whole(self).shared_files()


@contextmanager
def making(plans: Path, content: Path, on: date, store: Store, jobs: int | None = None) -> Iterator[Made]:
    """The site of these folders, made; within, its `crew` can write. `on` is the day whose prices the pages show."""
    ground = _ground(plans, content, store)
    paths = plan_files(plans)
    root = plans.absolute().parent
    spoken = ground.config.languages
    bench = Bench(store, root, ground.languages, spoken)
    with Crew(bench, len(paths), jobs) as crew:
        tasks = [reading_task(path, shown(path, root), spoken) for path in paths]
        read: list[Light | None] = crew.each("read", tasks)
        lights = {light.id: light for light in read if light is not None}
        named = tuple(dict.fromkeys(lang for light in lights.values() for lang in light.words.locales))
        regions = read_regions(plans, root, named)
        if regions is None or len(lights) < len(paths) or not right_together(lights, regions):
            raise _refused(plans, content, ground.languages)
        shared = _shared(ground, lights, regions, on, store)
        common = common_key(shared.site, lights, regions, _Whole.assets_of(shared))
        tasks = [making_task(task, lights[task.id], shared, common) for task in tasks]
        made: list[Unit | None] = crew.each("make", tasks, shared)
        units = {task.id: unit for task, unit in zip(tasks, made, strict=True) if unit is not None}
        if len(units) < len(tasks):
            raise _refused(plans, content, ground.languages)
        rules = {id: light.rules for id, light in lights.items()}
        text, fingerprint = catalogue_text(rules, regions.rules)
        yield Made(crew, tasks, units, shared, fingerprint, text, _locale_texts(ground, lights, units))


def _refused(plans: Path, content: Path, languages: dict[str, Language] | None = None) -> Exception:
    """The error that says what is wrong."""
    try:
        read_sources(plans, content, languages)
    except InputError as error:
        return error
    return RuntimeError("a family was refused that is right when it is read from scratch: remove .cache and try again")


def _ground(plans: Path, content: Path, store: Store) -> Ground:
    root = Path.cwd()
    try:
        config = load_config(content / "site.yaml", root)
        languages = store.get("languages", reading_key())
        if languages is None:
            languages = load_all()
            store.put("languages", reading_key(), languages)
        pages = load_content(content, config.languages, root)
        config.order(path.stem for path in plan_files(plans))
    except InputError as error:
        # Whatever is wrong in the plan files is said at the same time.
        refused = _refused(plans, content)
        raise (refused if isinstance(refused, InputError) else error) from None
    if not set(config.languages) <= set(languages):
        raise _refused(plans, content)
    return Ground(config, pages, languages)


def _shared(ground: Ground, lights: Mapping[str, Light], regions: Regions, on: date, store: Store) -> Shared:
    spoken = ground.config.languages
    site = SiteInput(
        config=ground.config,
        content=ground.content,
        families=_all_families(lights, regions),
        answers={},
        languages=ground.languages,
        locale_data={lang: _without_families(ground.languages[lang], lights) for lang in spoken},
        static=dict(static_files()),
        bundle=BundleLinks(ENGINE, MANIFEST),
        on=on,
    )
    compiled = store.folder / "templates"
    try:
        compiled.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Shared(site, lights, regions, None)
    return Shared(site, lights, regions, compiled)


def _all_families(lights: Mapping[str, Light], regions: Regions) -> Families:
    """The families as the pages see them that show none of them whole."""
    families = Families({}, regions.rules, regions.words)
    families.__dict__["words"] = {id: light.words for id, light in lights.items()}
    families.__dict__["engine"] = Catalogue(FINGERPRINT, Neighbours(lights, {}), dict(sorted(regions.regions.items())))
    return families


def _without_families(language: Language, lights: Mapping[str, Light]) -> dict[str, Any]:
    spoken = {
        id: {"locale": light.words.locales[language.lang], "currency": light.currency}
        for id, light in lights.items()
        if language.lang in light.words.locales
    }
    return locale_data(language, spoken) | {"families": {}}


def _locale_texts(ground: Ground, lights: Mapping[str, Light], units: Mapping[str, Unit]) -> dict[str, str]:
    """The locale data of each language as JSON in canonical form, put together from what was kept of the families."""
    texts = {}
    for lang in ground.config.languages:
        parts = [f'"{id}":{units[id].data[lang]}' for id in sorted(units) if lang in units[id].data]
        whole = canonical(_without_families(ground.languages[lang], lights))
        texts[lang] = whole.replace('"families":{}', f'"families":{{{",".join(parts)}}}', 1)
    return texts


def static_files() -> Iterator[tuple[str, bytes]]:
    """The sources of style, scripts, fonts and pictures by their path in the static folder."""
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            yield path.relative_to(STATIC).as_posix(), path.read_bytes()


class _Whole(Renderer):
    """The renderer of what shows all families: what it needs of them is kept."""

    def __init__(self, made: Made) -> None:
        super().__init__(_with_example(made), made.shared.compiled)
        self.units = made.units

    def entry(self, lang: str, family: str) -> dict[str, object]:
        """A family in the list of the home page, as it was when the family was made."""
        return dict(self.units[family].entries[lang])

    @staticmethod
    def assets_of(shared: Shared) -> Mapping[str, str]:
        """Where style, scripts and pictures are published."""
        return Renderer(shared.site, shared.compiled).assets.paths


def _with_example(made: Made) -> SiteInput:
    """The site with the one family whose example the home page shows."""
    site, bench = made.shared.site, made.crew.bench
    assert isinstance(bench, Bench)
    named = {site.content.home(lang).words.get("example", "").partition("/")[0] for lang in site.config.languages}
    files = {task.id: bench.file_of(task) for task in made.tasks if task.id in named}
    families = Families({id: file for id, file in files.items() if file}, made.shared.regions.rules,
                        made.shared.regions.words)  # fmt: skip
    words = {id: light.words for id, light in made.shared.lights.items()}
    families.__dict__["words"] = words
    families.__dict__["engine"] = site.families.engine
    data = {
        lang: {**held, "families": {id: bench.data(made.units[id], lang) for id in named if id in made.units}}
        for lang, held in site.locale_data.items()
    }
    answers = {id: unit.answers for id, unit in made.units.items()}
    return replace(site, families=families, answers=answers, locale_data=data)
