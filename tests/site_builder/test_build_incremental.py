"""Builds: everything or nothing, only what changed, and the same bytes whatever came before."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.build import made
from site_builder import output
from site_builder.build import read_sources
from site_builder.caching import Memory
from site_builder.errors import InputError
from tests.site_builder.starter_site import FAMILY, build, change, files, start

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests" / "sites_invalid"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return start(tmp_path / "site")


def test_nothing_is_written_when_nothing_changed(site: Path) -> None:
    first = build(site)
    inode = (site / "public").stat().st_ino
    again = build(site)
    assert (first.pages, again.pages, again.written) == (first.pages, first.pages, 0)
    assert (site / "public").stat().st_ino == inode


def test_a_changed_word_touches_its_family_alone(site: Path) -> None:
    shutil.copy(site / "plans/studio-care.yaml", site / "plans/other-care.yaml")
    change(site, "family: studio-care", "family: other-care", "plans/other-care.yaml")
    text = (site / "plans/other-care.yaml").read_text().replace("studio-care/", "other-care/")
    (site / "plans/other-care.yaml").write_text(text)
    build(site)
    before = files(site / "public")
    change(site, "Security fixes.", "All security fixes.")
    build(site)
    after = files(site / "public")
    changed = {name for name in after if before.get(name) != after[name] and not name.startswith("assets/")}
    assert changed == {f"en/studio-care/index.html{suffix}" for suffix in ("", ".br", ".gz")}


def test_an_incremental_build_gives_the_bytes_of_a_fresh_one(site: Path, tmp_path: Path) -> None:
    build(site)
    change(site, '"150.00"}', '"150.00"}\n      - {from: 2027-01-01, amount: "160.00"}')
    change(site, "Our plans", "All our plans", "content/en/home.md")
    build(site)
    build(site, tmp_path / "fresh", tmp_path / "cache")
    assert files(site / "public") == files(tmp_path / "fresh")


def test_a_store_in_memory_gives_the_same_bytes_through_changes_of_all_kinds(site: Path, tmp_path: Path) -> None:
    memory = Memory(site / ".cache")
    changes = (
        ("Security fixes.", "All security fixes.", FAMILY),
        ('"150.00"}', '"150.00"}\n      - {from: 2027-01-01, amount: "160.00"}', FAMILY),
        ("Our plans", "All our plans", "content/en/home.md"),
        ("Alberta", "Wild Alberta", "plans/regions/canada.yaml"),
        ("title: Studio Care", "title: Studio Cares", "content/site.yaml"),
    )
    for number, (old, new, file) in enumerate(changes):
        change(site, old, new, file)
        memory.turn()
        build(site, cache=memory)
        build(site, tmp_path / "fresh", tmp_path / f"cache-{number}")
        assert files(site / "public") == files(tmp_path / "fresh")


def test_what_two_builds_did_not_ask_for_is_forgotten(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.put("regions", "one", [1])
    held = memory.get("regions", "one")
    memory.turn()
    assert memory.get("regions", "one") is held
    memory.turn()
    memory.turn()
    assert memory.get("regions", "one") == held
    assert memory.get("regions", "one") is not held
    memory.put("made", "pages", held)
    assert memory.get("made", "pages") is not held


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ('amount: "90.00"', 'amount: "91.00"', FAMILY),
        ('rate: "9.975"', 'rate: "9.5"', "plans/regions/canada.yaml"),
    ],
)
def test_kept_answers_are_those_of_the_rules(old: str, new: str, file: str, site: Path) -> None:
    """An example that was right is judged again when a price, or a rate of tax, is another."""
    change(site, 'expect: {window: on_time, subtotal: "360.00"', 'expect: {total: "413.91", subtotal: "360.00"')
    build(site)
    change(site, old, new, file)
    with pytest.raises(InputError):
        build(site)


def test_workers_make_the_same_site(tmp_path: Path) -> None:
    made.write_plans(tmp_path / "plans", 15)
    made.write_content(tmp_path / "content")
    build(tmp_path, tmp_path / "one", tmp_path / "cache-one", jobs=1)
    build(tmp_path, tmp_path / "two", tmp_path / "cache-two", jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_touched_or_foreign_file_does_not_stay(site: Path) -> None:
    build(site)
    whole = files(site / "public")
    (site / "public/fr/index.html").write_text("mine")
    (site / "public/left.html").write_text("over")
    (site / "public/robots.txt").unlink()
    build(site)
    assert files(site / "public") == whole


def test_a_lost_cache_costs_only_time(site: Path) -> None:
    build(site)
    whole = files(site / "public")
    for kept in (site / ".cache").rglob("*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes()[:20])
    build(site)
    assert files(site / "public") == whole


def test_a_mistake_leaves_the_last_site(site: Path) -> None:
    build(site)
    whole = files(site / "public")
    change(site, 'subtotal: "585.21"', 'subtotal: "585.22"')
    with pytest.raises(InputError, match=r"585\.22"):
        build(site)
    assert files(site / "public") == whole
    assert [path.name for path in site.glob(".public*")] == []


@pytest.mark.parametrize("defect", sorted(path.parent.name for path in INVALID.glob("*/plans"))[::14])
def test_the_quick_way_says_what_the_whole_reading_says(defect: str, site: Path, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    shutil.copytree(INVALID / defect / "plans", plans)
    with pytest.raises(InputError) as whole:
        read_sources(plans, site / "content")
    shutil.rmtree(site / "plans")
    shutil.copytree(plans, site / "plans")
    with pytest.raises(InputError) as quick:
        build(site)
    said = [(issue.place.line, issue.place.column, issue.what) for issue in whole.value.issues]
    assert [(issue.place.line, issue.place.column, issue.what) for issue in quick.value.issues] == said


@pytest.mark.parametrize("defect", sorted(path.parent.name for path in INVALID.glob("*/content")))
@pytest.mark.parametrize("kept", [False, True], ids=["fresh", "kept"])
def test_a_build_says_all_that_a_check_says_and_prepares_nothing(
    defect: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = start(tmp_path)
    monkeypatch.chdir(folder)
    if kept:
        build(folder)
    shutil.copytree(INVALID / defect, folder, dirs_exist_ok=True)
    said: list[str] = []
    with pytest.raises(InputError) as whole:
        read_sources(Path("plans"), Path("content"))
    with pytest.raises(InputError) as quick:
        build(Path(), say=said.append)
    assert quick.value.issues == whole.value.issues
    assert said == []


def test_a_mistake_in_pages_of_all_families_is_told_before_the_calculator_is_prepared(site: Path) -> None:
    said: list[str] = []
    change(site, "title: Studio Care", f"title: {'Studio Care ' * 200}\nembed: []", "content/site.yaml")
    with pytest.raises(InputError, match=r"embed\.js weighs"):
        build(site, say=said.append)
    assert said == []


def _builder(site: Path, out: Path, cache: Path) -> subprocess.Popen[str]:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\nfrom tests.site_builder.starter_site import build\n"
        "print('ready', flush=True)\n"
        f"build(Path({str(site)!r}), Path({str(out)!r}), Path({str(cache)!r}))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_a_killed_build_leaves_a_whole_site(site: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    build(site, out, cache)
    old = files(out)
    change(site, "Security fixes.", "All security fixes.")
    build(site, tmp_path / "new", tmp_path / "cache-new")
    new = files(tmp_path / "new")
    for delay in (0.05, 0.2):
        process = _builder(site, out, cache)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert files(out) in (old, new)
    build(site, out, cache)
    assert files(out) == new
    assert [path.name for path in tmp_path.glob(".out-*")] == []


def test_two_builds_at_once_do_not_mix(site: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    second = tmp_path / "second"
    shutil.copytree(site, second)
    change(second, "Security fixes.", "All security fixes.")
    processes = [_builder(folder, out, cache) for folder in (site, second)]
    assert [process.wait(60) for process in processes] == [0, 0]
    for process in processes:
        process.communicate()
    expected = []
    for folder in (site, second):
        build(folder, tmp_path / folder.name / "alone", tmp_path / f"cache-{folder.name}")
        expected.append(files(tmp_path / folder.name / "alone"))
    assert files(out) in expected


def test_swapping_works_without_the_system_s_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_exchange", lambda one, other: False)
    for text in ("old", "new"):
        with output.beside(tmp_path / "out") as folder:
            (folder / "page").write_text(text)
            output.swap_in(folder, tmp_path / "out")
    assert files(tmp_path / "out") == {"page": b"new"}
