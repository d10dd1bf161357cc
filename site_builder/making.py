"""Makes the pages of a site in memory and in the store: what a build writes, and what a preview shows.

Raises InputError with every mistake of every file; a mistake anywhere sends everything back to `read_sources`, so
that what is said of it never depends on what was kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from calculator.plan import Catalogue
from site_builder.caching import Store, key_of, making_key, reading_key
from site_builder.config import SiteConfig, load_config
from site_builder.content import Content, load_content, unknown_examples
from site_builder.crew import FEW, Crew
from site_builder.docs.files import Docs, read_docs
from site_builder.errors import InputError
from site_builder.ledger import Ledger, Line, State
from site_builder.locales import Language, kept_in_own_words, load_kept, locale_data
from site_builder.logo import Logo, read_logo
from site_builder.looks import card_look
from site_builder.making_docs import MadeDocs, make_docs
from site_builder.pictures import picture_files
from site_builder.plans import Families, RegionWords, folder_issues, plan_files, read_regions, tax_names
from site_builder.plans.catalogue import catalogue_text
from site_builder.plans.regions import Regions
from site_builder.reading import read_sources
from site_builder.ready import ready_folder
from site_builder.rendering import BundleLinks, Entry, Renderer, SiteInput, compile_all, publish
from site_builder.rendering.brand import style_sources
from site_builder.rendering.card_words import CARD, site_card
from site_builder.rules import with_taxes
from site_builder.sources import shown
from site_builder.taken import address_issues
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
    """What stands beside the plan files: settings, written pages with the logo among their pictures, languages."""

    config: SiteConfig
    content: Content
    languages: dict[str, Language]
    docs: Docs | None
    logo: Logo | None
    program: dict[str, Language]
    """The languages before the site's own words."""


@dataclass(frozen=True, slots=True)
class Made:
    """A site whose families are made; pages hold stand-ins for the fingerprint and for the calculator's files."""

    crew: Crew
    tasks: Sequence[Task]
    units: Mapping[str, Unit]
    shared: Shared
    fingerprint: str
    catalogue: str
    locale_data: "LocaleTexts"
    docs: MadeDocs | None

    @property
    def examples(self) -> int:
        """How many worked examples were right."""
        return sum(len(unit.examples) for unit in self.units.values())

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
    root, spoken = plans.absolute().parent, ground.config.languages
    ledger = Ledger(store, key_of("ledger", reading_key(), str(plans.absolute()), *spoken))
    with Crew(Bench(store, root, ground.languages, spoken), jobs) as crew:
        tasks, states = _tasks(plans, root, spoken, ledger)
        lights = _lights(crew, tasks, ledger)
        regions = _regions(plans, root, lights, store)
        if regions is None or len(lights) < len(tasks) or not right_together(lights, regions):
            raise _refused(plans, content, ground.program)
        if _addresses_meet(ground, lights):
            raise _refused(plans, content, ground.program)
        shared = _shared(ground, lights, regions, on, store)
        common = common_key(shared.site, lights, regions, shared.assets.paths)
        tasks = [making_task(task, lights[task.id], shared, common) for task in tasks]
        units = _units(crew, tasks, shared, ledger)
        if len(units) < len(tasks) or _examples_astray(ground, lights, units):
            raise _refused(plans, content, ground.program)
        ledger.keep({task.id: _line(task, states[task.id], lights, units, ledger) for task in tasks})
        text, fingerprint = catalogue_text({id: light.rules for id, light in lights.items()}, regions.rules)
        docs = _docs(shared, common, store, plans, content, ground.program)
        yield Made(
            crew, tasks, units, shared, fingerprint, text, LocaleTexts(ground, lights, units, regions.words), docs
        )


def _docs(
    shared: Shared, common: str, store: Store, plans: Path, content: Path, program: dict[str, Language]
) -> MadeDocs | None:
    """The documentation's pages; what is wrong in them is said together with all else that is wrong."""
    try:
        return make_docs(shared, common, store)
    except InputError:
        raise _refused(plans, content, program) from None


def _addresses_meet(ground: Ground, lights: Mapping[str, Light]) -> bool:
    """Whether an address is made by two pages, or is none."""
    locales = {id: light.words.locales for id, light in lights.items()}
    return any(address_issues(ground.config, ground.content, locales, ground.languages, ground.docs))


def _examples_astray(ground: Ground, lights: Mapping[str, Light], units: Mapping[str, Unit]) -> bool:
    """Whether a home page names a worked example that no family of its language has."""
    spoken = ground.config.languages
    held = {id: [lang for lang in spoken if lang in light.words.locales] for id, light in lights.items()}
    examples = {f"{id}/{example}": held[id] for id, unit in units.items() for example in unit.examples}
    return any(unknown_examples(ground.content, spoken, examples))


def _tasks(plans: Path, root: Path, spoken: tuple[str, ...], ledger: Ledger) -> tuple[list[Task], dict[str, State]]:
    found = [reading_task(path, root, spoken, ledger.get(path.stem)) for path in plan_files(plans)]
    return [task for task, _ in found], {task.id: state for task, state in found}


def _lights(crew: Crew, tasks: Sequence[Task], ledger: Ledger) -> dict[str, Light]:
    """The families that are right by themselves, from the ledger or read."""
    lines = {task.id: ledger.get(task.id) for task in tasks}
    lights = {task.id: line.light for task in tasks if (line := lines[task.id]) and line.reading == task.reading}
    todo = [task for task in tasks if task.id not in lights]
    read: list[Light | None] = crew.each("read", todo)
    lights |= {task.id: light for task, light in zip(todo, read, strict=True) if light and light.id == task.id}
    return {task.id: lights[task.id] for task in tasks if task.id in lights}


def _regions(plans: Path, root: Path, lights: Mapping[str, Light], store: Store) -> Regions | None:
    """The regions beside the plan files, kept as long as their files are the same; None where something is wrong."""
    named = tuple(dict.fromkeys(lang for light in lights.values() for lang in light.words.locales))
    if folder_issues(plans, root):
        return None
    try:
        parts = [part for path in plan_files(plans / "regions") for part in (shown(path, root), path.read_bytes())]
    except OSError:
        return None  # all is read again to say what is wrong
    key = key_of("regions", reading_key(), *named, "", *parts)
    regions: Regions | None = store.get("regions", key)
    if regions is None:
        regions = read_regions(plans, root, named)
        if regions is not None:
            store.put("regions", key, regions)
    return regions


def _units(crew: Crew, tasks: Sequence[Task], shared: Shared, ledger: Ledger) -> dict[str, Unit]:
    """The families whose examples are right, from the ledger or made."""
    lines = {task.id: ledger.get(task.id) for task in tasks}
    units = {task.id: line.unit for task in tasks if (line := lines[task.id]) and line.making == task.making}
    todo = [task for task in tasks if task.id not in units]
    if len(todo) > FEW and shared.compiled:
        compile_all(shared.compiled)
    made: list[Unit | None] = crew.each("make", todo, shared)
    return units | {task.id: unit for task, unit in zip(todo, made, strict=True) if unit}


def _line(task: Task, state: State, lights: Mapping[str, Light], units: Mapping[str, Unit], ledger: Ledger) -> Line:
    """The family's line in the ledger: the one that is there, where nothing in it changed."""
    line, old = Line(state, task.reading, lights[task.id], task.making, units[task.id]), ledger.get(task.id)
    same = old is not None and (old.state, old.reading, old.making) == (line.state, line.reading, line.making)
    return old if old is not None and same else line


def _refused(plans: Path, content: Path, languages: dict[str, Language] | None = None) -> Exception:
    """The error that says what is wrong; `languages` are those of the program, where they have been read."""
    try:
        read_sources(plans, content, languages)
    except InputError as error:
        return error
    return RuntimeError("a family was refused that is right when it is read from scratch: remove .cache and try again")


def _ground(plans: Path, content: Path, store: Store) -> Ground:
    root = Path.cwd()
    try:
        config = load_config(content / "site.yaml", root)
        with suppress(OSError):  # where nothing can be kept, everything is made
            store.folder.mkdir(parents=True, exist_ok=True)
        program = load_kept(store, reading_key())
        languages = kept_in_own_words(store, reading_key(), program, content, root)
        pages = _content(content, config.languages, root, store)
        docs = read_docs(config.docs, config.languages, root) if config.docs else None
        logo = read_logo(config, content, root)
        config.order(path.stem for path in plan_files(plans))
    except InputError as error:
        # Whatever is wrong in the plan files is said at the same time.
        refused = _refused(plans, content)
        raise (refused if isinstance(refused, InputError) else error) from None
    if not set(config.languages) <= set(languages):
        raise _refused(plans, content)
    if logo:
        pages = replace(pages, pictures={**pages.pictures, **logo.files})
    return Ground(config, pages, languages, docs, logo, program)


def _content(folder: Path, languages: Sequence[str], root: Path, store: Store) -> Content:
    """The written pages, with their HTML: both are kept as long as none of them changes."""
    files = [path for lang in languages for path in sorted((folder / lang).rglob("*.md"))] + picture_files(folder)
    try:
        parts = [part for path in files for part in (str(path), path.read_bytes())]
    except OSError:
        return load_content(folder, languages, root)  # which says what cannot be read
    key = key_of("content", reading_key(), making_key(), str(root), str(folder), *languages, "", *parts)
    kept: Content | None = store.get("content", key)
    if kept is None:
        kept = load_content(folder, languages, root)
        for page in (page for pages in kept.pages.values() for page in pages.values()):
            _ = page.html, page.sections  # which the page then keeps
        store.put("content", key, kept)
    return kept


def _shared(ground: Ground, lights: Mapping[str, Light], regions: Regions, on: date, store: Store) -> Shared:
    spoken = ground.config.languages
    site = SiteInput(
        config=ground.config,
        content=ground.content,
        families=_all_families(lights, regions),
        answers={},
        languages=ground.languages,
        locale_data={lang: _without_families(ground, lang, lights, regions.words) for lang in spoken},
        static=_static(ground, store),
        bundle=BundleLinks(ENGINE, MANIFEST),
        on=on,
        docs=ground.docs,
        logo=ground.logo,
    )
    return Shared(site, lights, regions, publish(site.static), _compiled(store))


def _static(ground: Ground, store: Store) -> dict[str, bytes]:
    """The static sources of the site, with a picture of its own for shared links where it looks like its vendor."""
    found, config, logo = (
        style_sources(dict(static_files()), ground.config, bool(ground.docs)),
        ground.config,
        ground.logo,
    )
    if not config.accent and not logo:
        return found
    key = key_of("card", making_key(), config.title, config.accent, logo.files[logo.light.path] if logo else b"")
    card: bytes | None = store.get("card", key)
    if card is None:
        card = site_card(config, logo)
        store.put("card", key, card)
    return found | {CARD: card}


def _compiled(store: Store) -> Path | None:
    """Where compiled templates are kept: beside the program, else beside the site; None where neither can be."""
    compiled = ready_folder("templates")
    if compiled is None:
        compiled = store.folder / "templates"
        try:
            compiled.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
    return compiled


def _all_families(lights: Mapping[str, Light], regions: Regions) -> Families:
    """The families as the pages see them that show none of them whole."""
    families = Families({}, regions.rules, regions.words)
    families.__dict__["words"] = {id: light.words for id, light in lights.items()}
    families.__dict__["engine"] = Catalogue(FINGERPRINT, Neighbours(lights, {}), dict(sorted(regions.regions.items())))
    return families


def _without_families(
    ground: Ground, lang: str, lights: Mapping[str, Light], words: Mapping[str, RegionWords]
) -> dict[str, Any]:
    """The locale data of a language before its families; `words` are those of regions."""
    language, config = ground.languages[lang], ground.config
    spoken = {
        id: {"locale": light.words.locales[language.lang], "currency": light.currency}
        for id, light in lights.items()
        if language.lang in light.words.locales
    }
    own = {} if config.after_quote is None else {"tables": list(config.after_quote)}
    data = with_taxes(locale_data(language, spoken), language, tax_names(words))
    return data | own | card_look(config.accent) | {"families": {}}


class LocaleTexts(Mapping[str, str]):
    """The locale data of each language as JSON in canonical form, put together when somebody asks for it."""

    def __init__(
        self,
        ground: Ground,
        lights: Mapping[str, Light],
        units: Mapping[str, Unit],
        words: Mapping[str, RegionWords],
    ) -> None:
        self.units = units
        self.heads = {
            lang: canonical(_without_families(ground, lang, lights, words)) for lang in ground.config.languages
        }

    @property
    def key(self) -> str:
        """Stands for all of it."""
        heads = (part for head in self.heads.items() for part in head)
        return key_of(*heads, "", *(part for id in sorted(self.units) for part in (id, self.units[id].told)))

    def __getitem__(self, lang: str) -> str:
        held = {id: unit.data for id, unit in self.units.items() if lang in unit.data}
        parts = ",".join(f'"{id}":{held[id][lang]}' for id in sorted(held))
        return self.heads[lang].replace('"families":{}', f'"families":{{{parts}}}', 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)


def static_files() -> Iterator[tuple[str, bytes]]:
    """The sources of style, scripts, fonts and pictures by their path in the static folder."""
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            yield path.relative_to(STATIC).as_posix(), path.read_bytes()


class _Whole(Renderer):
    """The renderer of what shows all families: what it needs of them is kept."""

    def __init__(self, made: Made) -> None:
        super().__init__(_with_example(made), made.shared.compiled, made.shared.assets)
        self.units = made.units

    def entry(self, lang: str, family: str) -> Entry:
        """A family in the pages of all families, as it was when the family was made."""
        return self.units[family].entries[lang]

    def listed(self, family: str) -> str:
        """The same in `plans.json`."""
        return self.units[family].listed


def _with_example(made: Made) -> SiteInput:
    """The site with the one family whose example the home page shows."""
    site, bench = made.shared.site, made.crew.bench
    assert isinstance(bench, Bench)
    named = {site.content.home(lang).words.get("example", "").partition("/")[0] for lang in site.config.languages}
    files = {task.id: file for task in made.tasks if task.id in named and (file := bench.file_of(task))}
    families = replace(site.families, files=files)
    families.__dict__.update(words=site.families.words, engine=site.families.engine)
    data = {
        lang: {**held, "families": {id: bench.data(made.units[id], lang) for id in files}}
        for lang, held in site.locale_data.items()
    }
    # Of the others, only which examples there are.
    answers: dict[str, dict[str, Any]] = {id: dict.fromkeys(unit.examples) for id, unit in made.units.items()}
    answers |= {id: bench.answers(file, made.shared) for id, file in files.items()}
    return replace(site, families=families, answers=answers, locale_data=data)
