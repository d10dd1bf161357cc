"""Python archives for the browser: sources compiled to bytecode and zipped, the same bytes for the same sources.

The calculator's wheel is prepared by `pyodide py-compile`, and then stripped of the times that it stamps: a file whose
name carries a hash of its content must not change unless a source does.
"""

from __future__ import annotations

import importlib.util
import inspect
import io
import marshal
import os
import subprocess
import sys
import tempfile
import types
import zipfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from site_builder.errors import BundleError

#: Parts of the standard library that no calculation can need: tools of developers, servers, other formats.
LEFT_OUT = frozenset(
    "_pyrepl antigravity cProfile doctest ensurepip ftplib idlelib imaplib mailbox modulefinder multiprocessing "
    "optparse pdb pickletools plistlib poplib profile pstats pyclbr pydoc pydoc_data rlcompleter smtplib statistics "
    "sqlite3 tabnanny this tkinter trace tracemalloc turtle turtledemo unittest venv wave webbrowser wsgiref xml "
    "xmlrpc zipapp".split()
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip entry can carry


def package_sources(package: Path) -> dict[str, bytes]:
    """The package's .py files by their path inside an archive (`calculator/wire.py`)."""
    files = sorted(package.rglob("*.py"))
    return {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in files}


def library_sources(stdlib_zip: Path) -> dict[str, bytes]:
    """The sources of Pyodide's standard library, without LEFT_OUT."""
    with zipfile.ZipFile(stdlib_zip) as archive:
        names = [name for name in archive.namelist() if name.endswith(".py")]
        return {name: archive.read(name) for name in sorted(names) if _top(name) not in LEFT_OUT}


def _top(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


type Used = Collection[tuple[str, str]]
"""Functions by the file that they stand in and their qualified name."""


def compiled(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bytecode files of those sources (`a.py` becomes `a.pyc`)."""
    return {f"{name}c": _file(source, _code(name, source, 0)) for name, source in sources.items()}


def library(stdlib_zip: Path) -> bytes:
    """The archive of Pyodide's standard library as bytecode; raises BundleError when that does not work.

    Made in a process of its own: bytecode tells which of its names something else in the process uses too, so that it
    would depend on all that was imported before.
    """
    program = (
        "import sys, pathlib; from site_builder.bundle import archives; "
        "sources = archives.library_sources(pathlib.Path(sys.argv[1])); "
        "sys.stdout.buffer.write(archives.zipped(archives.compiled(sources)))"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment = {**kept, "PYTHONHASHSEED": "0", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", program, str(stdlib_zip)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise BundleError(f"Pyodide's standard library could not be compiled:\n{done.stderr.decode()}")
    return done.stdout


def compiled_bare(sources: Mapping[str, bytes], used: Used | None = None) -> dict[str, bytes]:
    """The same for a memory image that nobody debugs: without docstrings, assertions and line tables.

    used: functions that are not among them are replaced by ones that raise SystemExit (None: all stay).
    """
    return {f"{name}c": _file(source, bare(_code(name, source, 2), used)) for name, source in sources.items()}


def _code(name: str, source: bytes, optimize: int) -> types.CodeType:
    code = compile(source, name, "exec", dont_inherit=True, optimize=optimize)
    assert isinstance(code, types.CodeType)
    return code


def _file(source: bytes, code: types.CodeType) -> bytes:
    """A .pyc file that is never checked against its source."""
    return (
        importlib.util.MAGIC_NUMBER
        + (1).to_bytes(4, "little")
        + importlib.util.source_hash(source)
        + marshal.dumps(code)
    )


def bare(code: types.CodeType, used: Used | None) -> types.CodeType:
    """The code object, and those inside it, without what only a traceback would show, and without unused functions."""
    constants = tuple(_inner(one, used) if isinstance(one, types.CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"", co_firstlineno=1)


def _inner(code: types.CodeType, used: Used | None) -> types.CodeType:
    # making a generator runs none of its code, so that a profile cannot tell one that is needed
    if used is None or code.co_flags & _GENERATORS or (code.co_filename, code.co_qualname) in used:
        return bare(code, used)
    return code.replace(
        co_code=_ABSENT.co_code,
        co_consts=_ABSENT.co_consts,
        co_names=_ABSENT.co_names,
        co_stacksize=_ABSENT.co_stacksize,
        co_exceptiontable=b"",
        co_linetable=b"",
        co_firstlineno=1,
    )


def _absent() -> None:
    raise SystemExit  # an error that no `except Exception` takes for an answer


_ABSENT = _absent.__code__
_GENERATORS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of those files in the order of their names, with one date for all.

    Stored, not deflated: the archive travels compressed as a whole, which is smaller than compressing each file.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def compiled_wheel(package: str, version: str, sources: Mapping[str, bytes]) -> bytes:
    """A wheel of those sources as `pyodide py-compile` prepares it. Raises BundleError when that does not work."""
    info = f"{package}-{version}.dist-info"
    metadata = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: clairplan\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = _record([*sources, *metadata, f"{info}/RECORD"])
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name) / f"{package}-{version}-py3-none-any.whl"
        plain.write_bytes(zipped({**sources, **metadata, f"{info}/RECORD": record}))
        command = [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0"]
        done = subprocess.run([*command, str(plain)], capture_output=True, text=True, check=False)
        made = sorted(Path(name).glob(f"{package}-{version}-cp*.whl"))
        if done.returncode or not made:
            said = done.stderr or done.stdout
            raise BundleError(f"`pyodide py-compile` failed (it comes with pyodide-build):\n{said}")
        with zipfile.ZipFile(made[0]) as archive:
            files = {entry: _timeless(entry, archive.read(entry)) for entry in archive.namelist()}
    return zipped({**files, f"{info}/RECORD": _record(files)})


def _timeless(name: str, content: bytes) -> bytes:
    """A .pyc file without the time and size of its source: marked as never to be checked against it."""
    return content[:4] + (1).to_bytes(4, "little") + bytes(8) + content[16:] if name.endswith(".pyc") else content


def _record(names: Iterable[str]) -> bytes:
    return "".join(f"{name},,\n" for name in sorted(names)).encode()
