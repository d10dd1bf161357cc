"""A site to build in tests: the starter of `clairplan init`, and a calculator that takes no time to make."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from site_builder.build import Built, Say, build_site
from site_builder.caching import Store
from site_builder.init import start_site

ON = date(2026, 6, 1)
FAMILY = "plans/studio-care.yaml"


def no_calculator(folder: Path, catalogue: str, locale_data: Mapping[str, str]) -> tuple[str, str]:
    folder.mkdir(parents=True)
    (folder / "engine.js").write_text(catalogue)
    (folder / "manifest.json").write_text("".join(f"{lang}{text}" for lang, text in sorted(locale_data.items())))
    return "engine.js", "manifest.json"


def start(folder: Path) -> Path:
    start_site(folder)
    return folder


def build(
    folder: Path, out: Path | None = None, cache: Path | Store | None = None, jobs: int | None = 1,
    say: Say = lambda text: None,
) -> Built:  # fmt: skip
    store = cache if isinstance(cache, Store) else Store(cache or folder / ".cache")
    return build_site(
        folder / "plans", folder / "content", out or folder / "public", ON, say=say,
        store=store, prepare=no_calculator, jobs=jobs,
    )  # fmt: skip


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def change(folder: Path, old: str, new: str, file: str = FAMILY) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def without_examples(folder: Path) -> None:
    """Take the worked examples away, and the one that the home page shows."""
    path = folder / FAMILY
    path.write_text(path.read_text("utf-8").partition("# Worked examples")[0], "utf-8")
    for lang in ("fr", "en"):
        change(folder, "example: studio-care/complete-ten-days-late\n", "", f"content/{lang}/home.md")
