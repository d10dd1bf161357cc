"""The calculator for the browser by Python alone: the whole Pyodide, started as its makers meant it, without an image.

For sites whose builder has no Node: what takes tools to make lies ready in the package (`parts`), and only the
catalogue and its words are added here. A preview does the same, for an image takes too long to make at every change.
"""

import gzip
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from site_builder.errors import BundleError

from . import archives
from .tools import PYODIDE_VERSION, digest, find_pyodide

try:
    import brotli
except ImportError:  # then only the .gz are made
    brotli = None

PREBUILT: Final = Path(__file__).parent / "prebuilt"
"""The parts as they travel in the distribution; absent in a checkout."""

_STATIC: Final = Path(__file__).parents[1] / "static"
_CALCULATOR: Final = Path(__file__).parents[2] / "calculator"
_DOOR: Final = "calculator.wire"
_PARTS: Final = {
    "script": "pyodide.asm.js", "module": "pyodide.mjs", "wasm": "pyodide.asm.wasm", "stdlib": "python_stdlib.zip",
    "calculator": "calculator.whl",
}  # fmt: skip
_RUNTIME: Final = ("pyodide.asm.js", "pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_INFO: Final = "info.json"
_DIGITS: Final = 10


def parts(node_modules: Path, cache_dir: Path) -> Path:
    """The folder of the parts that no catalogue changes: the package's own, else one made from the npm package.

    Raises BundleError where there is neither.
    """
    if (PREBUILT / _INFO).is_file():
        return PREBUILT
    pyodide = find_pyodide(node_modules)
    sources = [pyodide.file(name) for name in (*_RUNTIME, "pyodide-lock.json")]
    own = [part for name, source in sorted(archives.package_sources(_CALCULATOR).items()) for part in (name, source)]
    folder = cache_dir / f"parts-{digest(*sources, Path(archives.__file__), Path(__file__), *own)[:20]}"
    if not (folder / _INFO).is_file():
        make_parts(node_modules, folder)
    return folder


def make_parts(node_modules: Path, folder: Path) -> None:
    """Write the parts into a folder; its last file says that all are there."""
    pyodide = find_pyodide(node_modules)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("pyodide.asm.js", "pyodide.asm.wasm"):
        shutil.copyfile(pyodide.file(name), folder / name)
    module = pyodide.file("pyodide.mjs").read_bytes().split(b"\n")
    kept = [line for line in module if not line.startswith(b"//# sourceMappingURL=")]
    (folder / "pyodide.mjs").write_bytes(b"\n".join(kept))
    (folder / "python_stdlib.zip").write_bytes(archives.library(pyodide.file("python_stdlib.zip")))
    wheel = archives.compiled_wheel("calculator", "1.0", archives.package_sources(_CALCULATOR))
    (folder / "calculator.whl").write_bytes(wheel)
    info = json.loads(pyodide.file("pyodide-lock.json").read_bytes())["info"]
    beside = folder / f".{os.getpid()}-{_INFO}"
    names = {part: _named(name, digest(folder / name)) for part, name in _PARTS.items()}
    beside.write_text(json.dumps({"version": PYODIDE_VERSION, "info": info, "names": names}))
    beside.replace(folder / _INFO)


def build(
    out_dir: Path, *, parts: Path, catalogue_json: str, locale_json_by_lang: Mapping[str, str], compress: bool
) -> tuple[str, str]:
    """Write the calculator's files into `out_dir`; the names of its entry script and of its manifest.

    The same inputs give the same bytes. `compress` adds .gz (and .br) copies to what is made here; those of the parts
    are taken along where they lie beside them.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    info = _info(parts)
    names: dict[str, str] = info.pop("names")
    for part, name in names.items():
        _put(parts / _PARTS[part], out_dir / name, link=not compress)
    locales = ",".join(f"{json.dumps(lang)}:{text}" for lang, text in sorted(locale_json_by_lang.items()))
    made = {
        "engine": ("engine.js", (_STATIC / "engine.js").read_bytes()),
        "worker": ("worker.js", (_STATIC / "worker.js").read_bytes()),
        "catalogue": ("catalogue.json", catalogue_json.encode()),
        "locales": ("locales.json", f"{{{locales}}}".encode()),
    }
    names |= {part: _add(out_dir, name, data, compress) for part, (name, data) in made.items()}
    files = {part: {"name": name, "bytes": (out_dir / name).stat().st_size} for part, name in names.items()}
    whole: dict[str, Any] = {part: file for part, file in files.items() if part not in ("engine", "worker")}
    whole |= info
    manifest = {"door": _DOOR, "worker": files["worker"], "pyodide": whole}
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return names["engine"], _add(out_dir, "manifest.json", text.encode(), compress)


def _add(folder: Path, logical: str, data: bytes, compress: bool) -> str:
    """Write a file under a name that holds its content's hash."""
    name = _named(logical, digest(data))
    (folder / name).write_bytes(data)
    if compress:
        (folder / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        if brotli is not None:
            (folder / f"{name}.br").write_bytes(brotli.compress(data, quality=9, lgwin=22))
    return name


def _info(parts: Path) -> dict[str, Any]:
    """What is said of the parts, of which all must be there."""
    missing = [name for name in (_INFO, *_PARTS.values()) if not (parts / name).is_file()]
    if missing:
        raise BundleError(f"{parts / missing[0]} is missing: install the distribution again.")
    info: dict[str, Any] = json.loads((parts / _INFO).read_text("utf-8"))
    return info


def _put(part: Path, target: Path, link: bool) -> None:
    """Put a part under a name, with its compressed copies; for a preview, linked where the disk allows it."""
    for suffix in ("", ".br", ".gz"):
        source = part.with_name(part.name + suffix)
        if source.is_file():
            _copy(source, target.with_name(target.name + suffix), link)


def _copy(source: Path, target: Path, link: bool) -> None:
    if link:
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


def _named(logical: str, hash: str) -> str:
    stem, dot, suffix = logical.rpartition(".")
    return f"{stem}-{hash[:_DIGITS]}{dot}{suffix}"
