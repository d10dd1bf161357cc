"""The parts that the browser's bundle is made with: archives, names, the cache, the finding of tools."""

from __future__ import annotations

import io
import marshal
import zipfile
from pathlib import Path

import pytest

from site_builder.bundle import BundleError, archives, corpus, tools
from site_builder.bundle.files import Publisher

SOURCES = {
    "pack/__init__.py": b'"""Words."""\n',
    "pack/one.py": b'def used():\n    """Doc."""\n\ndef idle(a):\n    return a\n',
}
CATALOGUE = {
    "families": {
        "f": {"plans": {"p": {"renewal": {"windows": [{"until_day": 0}]}, "options": {"o": {"type": "date"}}}}}
    },
    "regions": {},
}


def run(content: bytes) -> dict[str, object]:
    space: dict[str, object] = {}
    exec(marshal.loads(content[16:]), space)
    return space


def test_an_archive_is_the_same_each_time_and_carries_no_time() -> None:
    first = archives.compiled_wheel("pack", "1.0", SOURCES)
    assert first == archives.compiled_wheel("pack", "1.0", dict(reversed(SOURCES.items())))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "pack/one.pyc" in archive.namelist()
        assert archive.read("pack-1.0.dist-info/RECORD").splitlines()[-1] == b"pack/one.pyc,,"


def test_bare_code_keeps_the_used_functions_and_empties_the_others() -> None:
    space = run(archives.compiled_bare(SOURCES, {("pack/one.py", "used")})["pack/one.pyc"])
    used, idle = space["used"], space["idle"]
    assert callable(used)
    assert callable(idle)
    assert used() is None
    assert used.__doc__ is None
    with pytest.raises(SystemExit):
        idle(1)


def test_bare_code_without_a_profile_keeps_everything() -> None:
    idle = run(archives.compiled_bare(SOURCES)["pack/one.pyc"])["idle"]
    assert callable(idle)
    assert idle(1) == 1


def test_a_published_name_changes_with_the_content_and_with_nothing_else(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "out", tmp_path / "cache")
    first, second = publisher.add("a.b.js", b"1"), publisher.add("a.b.js", b"2")
    assert publisher.add("a.b.js", b"1") == first != second
    assert first.startswith("a.b-")
    assert first.endswith(".js")
    assert (tmp_path / "out" / first).read_bytes() == b"1"


def test_compressed_copies_come_from_the_cache_the_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def publish() -> dict[str, int | None]:
        publisher = Publisher(tmp_path / "out", tmp_path / "cache")
        name = publisher.add("text.json", b"[" + b"1," * 5000 + b"1]")
        file = publisher.finish(compress=True)["text.json"]
        assert (tmp_path / "out" / f"{name}.br").stat().st_size == file.brotli_bytes
        return {"bytes": file.bytes, "br": file.brotli_bytes, "gz": file.gzip_bytes}

    sizes = publish()
    assert sizes["bytes"] == 10003
    assert (sizes["br"] or 0) < (sizes["gz"] or 0) < 200
    monkeypatch.setattr(tools, "find_node", lambda: "/nowhere/node")
    assert publish() == sizes


def test_what_was_made_is_kept_by_its_key_and_a_failure_leaves_nothing(tmp_path: Path) -> None:
    made: list[str] = []

    def make(path: Path) -> None:
        made.append(path.name)
        path.write_text("x")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise BundleError("no")

    first = tools.kept(tmp_path, "a.txt", "k1", make)
    assert tools.kept(tmp_path, "a.txt", "k1", make) == first
    assert len(made) == 1
    with pytest.raises(BundleError):
        tools.kept(tmp_path, "a.txt", "k2", fail)
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_without_pyodide_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="npm ci"):
        tools.find_pyodide(tmp_path)


def test_another_pyodide_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "pyodide").mkdir()
    (tmp_path / "pyodide/package.json").write_text('{"version": "0.30.0"}')
    with pytest.raises(BundleError, match=r"0\.30\.0.*0\.29\.5"):
        tools.find_pyodide(tmp_path)


def test_a_failing_script_is_quoted(tmp_path: Path) -> None:
    script = tmp_path / "fails.mjs"
    script.write_text('console.error("the reason"); process.exit(3)')
    with pytest.raises(BundleError, match=r"status 3(.|\n)*the reason"):
        tools.run_node(str(script), [])


def test_the_corpus_is_the_same_for_the_same_seed_and_only_grows() -> None:
    few = list(corpus.questions(CATALOGUE, ["fr", "en"], 30))
    assert list(corpus.questions(CATALOGUE, ["fr", "en"], 60))[: len(few)] == few
    assert list(corpus.questions(CATALOGUE, ["fr", "en"], 30, seed=2)) != few
