"""Makes what the browser needs to calculate: Python as WebAssembly, the calculator, the catalogue, the words.

Decides how these files are made, named and compressed, and writes the manifest by which the page finds them. What
the calculator computes, and what the page does with it, is decided elsewhere. Nothing here imports the calculator:
it is bundled as files, and run under Node.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.errors import BundleError

from . import archives, corpus, snapshot
from .files import BundleFile, Publisher
from .tools import HERE, PYODIDE_VERSION, Pyodide, digest, find_pyodide, kept

__all__ = ["Bundle", "BundleError", "BundleFile", "build"]

ROOT = Path(__file__).parents[2]
STATIC = Path(__file__).parents[1] / "static"
#: The module of the calculator that answers the browser: `load(catalogue_json, locale_json)` once, then
#: `serve(kind, payload_json) -> str` for every question. locale_json is one object, locale data by page language.
DOOR = "calculator.wire"
#: How many made-up questions the image's profile is taken from, after the ones that the caller gives.
PROFILE = 1500


@dataclass(frozen=True)
class Bundle:
    """A finished bundle: `files` by logical name, and the manifest that engine.js is started with."""

    directory: Path
    manifest_name: str
    manifest: Mapping[str, Any]
    files: Mapping[str, BundleFile]

    @property
    def engine(self) -> str:
        """The name of the page's module, engine.js."""
        return self.files["engine.js"].name


def build(
    out_dir: Path,
    *,
    cache_dir: Path,
    catalogue_json: str,
    locale_json_by_lang: Mapping[str, str],
    calculator: Path = ROOT / "calculator",
    node_modules: Path = ROOT / "node_modules",
    questions: Sequence[snapshot.Question] = (),
    profile: int = PROFILE,
    compress: bool = True,
) -> Bundle:
    """Writes the bundle into out_dir (made when missing, other files there stay) and returns what it wrote.

    The same inputs give the same bytes. What takes long is kept in cache_dir by the hash of what it was made from,
    so that a build whose inputs did not change only copies. `questions` (kind, payload as JSON text) are those that
    visitors are known to ask, the examples of the pages; `profile` says how many more are made up.
    compress: also write a .br and a .gz beside each file. Raises BundleError, in words for the person who
    builds, when Node or the pinned Pyodide is missing or the calculator does not start.
    """
    pyodide = find_pyodide(node_modules)
    publisher = Publisher(out_dir, cache_dir)
    sources = archives.package_sources(calculator)
    if not sources:
        raise BundleError(f"{calculator} holds no Python files.")
    langs = sorted(locale_json_by_lang)
    recipe = snapshot.Recipe(
        pyodide=pyodide,
        door=DOOR,
        calculator=sources,
        catalogue_json=catalogue_json,
        locales_json=_by_language(locale_json_by_lang),
        questions=[*questions, *corpus.questions(json.loads(catalogue_json), langs, profile)],
        worker=STATIC / "worker.js",
    )
    names = _publish(publisher, recipe, cache_dir)
    manifest = _manifest(recipe, names, out_dir)
    manifest_name = publisher.add("manifest.json", _canonical(manifest).encode())
    return Bundle(out_dir, manifest_name, manifest, publisher.finish(compress))


def _publish(publisher: Publisher, recipe: snapshot.Recipe, cache_dir: Path) -> dict[str, str]:
    """Publishes all files but the manifest; the names by what the manifest calls them."""
    image = kept(cache_dir, "image.wasm", _image_key(recipe), lambda path: _write(path, snapshot.make(recipe)))
    wheel = archives.compiled_wheel(DOOR.partition(".")[0], "1.0", recipe.calculator)
    return {
        "engine": publisher.add("engine.js", (STATIC / "engine.js").read_bytes()),
        "worker": publisher.add("worker.js", recipe.worker.read_bytes()),
        "image": publisher.add("calculator.wasm", image.read_bytes()),
        "calculator": publisher.add("calculator.whl", wheel),
        "catalogue": publisher.add("catalogue.json", recipe.catalogue_json.encode()),
        "locales": publisher.add("locales.json", recipe.locales_json.encode()),
        **_add_runtime(publisher, recipe.pyodide, cache_dir),
    }


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _image_key(recipe: snapshot.Recipe) -> str:
    """A hash of all that the image depends on: Pyodide, the calculator, its data, the questions, and this builder."""
    files = [recipe.pyodide.file(name) for name in ("pyodide.asm.wasm", "pyodide.asm.js", "python_stdlib.zip")]
    makers = sorted([*HERE.glob("*.py"), *HERE.glob("*.mjs"), recipe.worker])
    sources = [part for name, source in sorted(recipe.calculator.items()) for part in (name, source)]
    return digest(*files, *makers, *sources, recipe.catalogue_json, recipe.locales_json, json.dumps(recipe.questions))


def _manifest(recipe: snapshot.Recipe, names: Mapping[str, str], out_dir: Path) -> dict[str, Any]:
    """What engine.js and worker.js go by: the image, and what the whole Pyodide needs when the image fails."""
    files = {part: {"name": name, "bytes": (out_dir / name).stat().st_size} for part, name in names.items()}
    whole = {part: entry for part, entry in files.items() if part not in ("engine", "worker", "image")}
    return {
        "door": recipe.door,
        "worker": files["worker"],
        "image": files["image"],
        "pyodide": {"version": PYODIDE_VERSION, "info": _lock_info(recipe.pyodide), **whole},
    }


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _by_language(locale_json_by_lang: Mapping[str, str]) -> str:
    """One JSON object of the given texts, as they are, in the order of the languages' codes."""
    pairs = [f"{json.dumps(lang)}:{text}" for lang, text in sorted(locale_json_by_lang.items())]
    return "{" + ",".join(pairs) + "}"


def _add_runtime(publisher: Publisher, pyodide: Pyodide, cache_dir: Path) -> dict[str, str]:
    """Publishes Pyodide itself; the names by what worker.js calls them."""
    stdlib = pyodide.file("python_stdlib.zip")

    def compile_library(path: Path) -> None:
        path.write_bytes(archives.library(stdlib))

    key = digest(stdlib, Path(archives.__file__))
    library = kept(cache_dir, "stdlib.zip", key, compile_library)
    return {
        "script": publisher.add("pyodide.asm.js", pyodide.file("pyodide.asm.js").read_bytes()),
        "module": publisher.add("pyodide.mjs", _without_map(pyodide.file("pyodide.mjs").read_bytes())),
        "wasm": publisher.add("pyodide.asm.wasm", pyodide.file("pyodide.asm.wasm").read_bytes()),
        "stdlib": publisher.add("python_stdlib.zip", library.read_bytes()),
    }


def _without_map(script: bytes) -> bytes:
    """Drops the line that names a source map: the map is not served, and developer tools would report it missing."""
    return b"\n".join(line for line in script.split(b"\n") if not line.startswith(b"//# sourceMappingURL="))


def _lock_info(pyodide: Pyodide) -> Any:
    """The part of Pyodide's lock file that its start reads; the 120 KB of packages after it are of no use here."""
    return json.loads(pyodide.file("pyodide-lock.json").read_bytes())["info"]
