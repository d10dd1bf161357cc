"""Builds the site: everything or nothing, and only what changed.

Families are read and their pages rendered under keys of all that they depend on (`making`); files that are the same
are taken over from the site before (`output`); the new folder takes the old one's place in one step.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from site_builder import output
from site_builder.caching import FOLDER, Store, bundle_key, key_of
from site_builder.errors import counted
from site_builder.making import Made, making
from site_builder.out_folder import refuse_out
from site_builder.output import Output
from site_builder.reading import Sources, read_sources
from site_builder.rendering import BundleLinks
from site_builder.units import Unit, stamp

__all__ = ["Built", "Sources", "build_site", "read_sources"]

SCHEMAS: Final = Path(__file__).parent / "schema"
BUNDLE_FOLDER: Final = "assets/calculator"

_OBJECTS: Final = 5_000_000
"""So many new objects between two looks for unreachable circles."""

type Say = Callable[[str], object]


class Prepare(Protocol):
    """Makes the calculator's files in a folder; the entry script's and the manifest's names there."""

    def __call__(self, folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]: ...


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: how many pages in all, how many files it wrote anew, in how many seconds."""

    pages: int
    seconds: float
    written: int = 0


def prepare_bundle(folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]:
    """The calculator for the browser: from the parts of an installed distribution, else with an image, by Node."""
    from site_builder import bundle  # only here: most builds take the calculator over
    from site_builder.bundle import plain

    if plain.PREBUILT.is_dir():
        return plain.build(
            folder, parts=plain.PREBUILT, catalogue_json=catalogue, locale_json_by_lang=locale_data, compress=True
        )
    made = bundle.build(
        folder, cache_dir=Path(".cache") / "bundle", catalogue_json=catalogue, locale_json_by_lang=locale_data
    )
    return made.engine, made.manifest_name


def build_site(
    plans: Path,
    content: Path,
    out: Path,
    on: date,
    say: Say = print,
    *,
    store: Store | None = None,
    prepare: Prepare = prepare_bundle,
    compress: bool = True,
    jobs: int | None = None,
) -> Built:
    """Build the site into `out`, whole or not at all: until the last moment `out` holds the site before.

    `on` is the day whose prices the pages show; `store` keeps what is made for the next build; `compress` adds .gz
    and .br copies; `jobs` is the number of worker processes for large sites (None: one for each processor). Raises
    InputError for wrong sources, and for an `out` that holds anything but an earlier site; BundleError when the
    calculator cannot be prepared for the browser.
    """
    started = time.monotonic()
    store = store or Store(FOLDER)
    record = output.record_of(store.folder, out)
    refuse_out(out, (plans, content), output.read_record(record))
    out = out.resolve() if out.is_symlink() else out
    with _collecting_less(), making(plans, content, on, store, jobs) as made, output.beside(out) as folder:
        families, examples = counted(len(made.units), "family", "families"), counted(made.examples, "worked example")
        if docs := made.shared.site.docs:
            refuse_out(out, (docs.setting.folder,), output.read_record(record))
        shared = made.shared_files()  # before the calculator, for which nobody is to wait to read of a mistake
        say(f"{families}, {examples} right to the cent")
        with output.alone(out):
            writing = Output(out.absolute(), folder, output.spare_of(record).absolute(), output.read_record(record))
            links = _bundle(writing, made, store, prepare, say)
            _write_pages(writing, made, shared, made.stamps(links), compress)
            _write_docs(writing, made, compress)
            written = sum(writing.before.get(name) != entry for name, entry in writing.now.items())
            writing.finish(record)
        _tidy(store, made)
    return Built(sum(name.endswith(".html") for name in writing.now), time.monotonic() - started, written)


@contextmanager
def _collecting_less() -> Iterator[None]:
    """Let Python look for unreachable circles less often: a build makes much that stays, and few of them."""
    often = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def _bundle(writing: Output, made: Made, store: Store, prepare: Prepare, say: Say) -> BundleLinks:
    """The calculator's files, taken over when neither it nor the catalogue changed."""
    prepared = getattr(prepare, "__qualname__", "")
    key = key_of("bundle", bundle_key(), prepared, made.catalogue, made.locale_data.key)
    known: tuple[str, str, list[str]] | None = store.get("bundle", key)
    if known is None or not all(writing.kept(name, key) for name in known[2]):
        say("preparing the calculator for the browser")
        engine, manifest = prepare(writing.folder / "calculator", made.catalogue, made.locale_data)
        paths = sorted((writing.folder / "calculator").iterdir())
        names = [f"{BUNDLE_FOLDER}/{path.name}" for path in paths]
        for path, name in zip(paths, names, strict=True):
            writing.adopt(path, name, key)
        known = f"{BUNDLE_FOLDER}/{engine}", f"{BUNDLE_FOLDER}/{manifest}", names
        store.put("bundle", key, known)
    return BundleLinks(known[0], known[1])


def _write_pages(
    writing: Output, made: Made, shared: Mapping[str, bytes], stamps: Mapping[str, str], compress: bool
) -> None:
    """Write the pages of families, those that are `shared` by all, and the schemas; or take them over."""
    marks = json.dumps([stamps, compress], sort_keys=True)
    todo = []
    for task in made.tasks:
        key = key_of(task.making, marks)
        if not _taken_over(writing, made.units[task.id], key):
            todo.append(task)
    if todo:
        names = made.crew.each("write", todo, stamps, writing.tree, compress)
        for task, written in zip(todo, names, strict=True):
            writing.note(written, key_of(task.making, marks))
    schemas = {f"schema/{path.name}": path.read_bytes() for path in sorted(SCHEMAS.glob("*.json"))}
    for name, data in {**shared, **schemas}.items():
        whole = stamp(data, stamps) if name.endswith((".html", ".json")) else data
        key = key_of(whole, str(compress))
        if not _kept(writing, name, key):
            writing.note(output.write(writing.tree, name, whole, compress), key)


def _write_docs(writing: Output, made: Made, compress: bool) -> None:
    if made.docs is None:
        return
    keys = {name: key_of(key, str(compress)) for name, key in made.docs.keys.items()}
    todo = [name for name, key in keys.items() if not _kept(writing, name, key)]
    files = made.docs.files() if todo else {}
    for name in todo:
        writing.note(output.write(writing.tree, name, files[name], compress), keys[name])


def _kept(writing: Output, name: str, key: str) -> bool:
    """Whether a file and its compressed copies could be taken over."""
    kept = [writing.kept(each, key) for each in output.companions(writing.before, name) or [name]]
    return all(kept)


def _taken_over(writing: Output, unit: Unit, key: str) -> bool:
    """Whether all pages of a family could be taken over from the site before."""
    kept = [
        writing.kept(each, key) for name in unit.pages for each in output.companions(writing.before, name) or [name]
    ]
    return all(kept)


def _tidy(store: Store, made: Made) -> None:
    store.tidy([*(("read", task.reading) for task in made.tasks), *(("made", task.making) for task in made.tasks)])
