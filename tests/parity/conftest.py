"""The bundle of the repository's own plans and of three with rules that they lack, built once for all parity tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from site_builder import bundle
from site_builder.bundle.snapshot import Question
from site_builder.bundle.tools import run_node
from site_builder.locales.languages import load_all
from site_builder.looks import card_look
from site_builder.plans import load_families
from site_builder.rules import language_data

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).parent / "runner.mjs"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The second image takes longest of all tests: it is made first, not while the other workers have nothing left."""
    items.sort(key=lambda item: item.name != "test_a_bundle_made_anew_is_the_same")


def compact(value: object) -> str:
    """JSON text without spaces, keys sorted: the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True)
class Site:
    """The repository's catalogue and words as the browser gets them."""

    catalogue: str
    locales: dict[str, str]

    @property
    def all_locales(self) -> str:
        """The words of all languages as one JSON object."""
        return "{" + ",".join(f'"{lang}":{text}' for lang, text in sorted(self.locales.items())) + "}"


@dataclass(frozen=True)
class Desk:
    """Asks a built bundle under Node."""

    site: Site
    bundle: bundle.Bundle
    folder: Path

    def ask(self, runtime: str, questions: Sequence[Question]) -> list[str | None]:
        """The answers of the memory image (`image`; None: it gave up) or of the whole Pyodide (`pyodide`)."""
        whole = self.bundle.manifest["pyodide"]
        files = {part: str(self.bundle.directory / whole[part]["name"]) for part in ("stdlib", "calculator")}
        job = {
            "worker": str(ROOT / "site_builder/static/worker.js"),
            "runtime": runtime,
            "image": str(self.bundle.directory / self.bundle.manifest["image"]["name"]),
            "pyodide": str(ROOT / "node_modules/pyodide"),
            "stdlib": files["stdlib"],
            "wheel": files["calculator"],
            "info": whole["info"],
            "door": self.bundle.manifest["door"],
            "catalogue": self.site.catalogue,
            "locales": self.site.all_locales,
            "questions": questions,
            "answers": str(self.folder / "answers"),
        }
        (self.folder / "job").write_text(json.dumps(job))
        run_node(str(RUNNER), [self.folder / "job"])
        answers: list[str | None] = json.loads((self.folder / "answers").read_text())
        return answers


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    plans = tmp_path_factory.mktemp("families") / "plans"
    shutil.copytree(ROOT / "plans", plans)
    for held, family in (("early", "ahead"), ("least", "least"), ("lengths", "spans")):
        shutil.copy(Path(__file__).parent / f"{held}.yaml", plans / f"{family}.yaml")
    families = load_families(plans, ("fr", "en"))
    languages = load_all()
    # in one language as on a site with a colour of its own
    look = {"it": card_look("#7b1e3a")}
    return Site(
        compact(families.catalogue),
        {lang: compact(language_data(language, families) | look.get(lang, {})) for lang, language in languages.items()},
    )


@pytest.fixture(scope="session")
def desk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("bundle")
    built = bundle.build(
        folder / "out",
        cache_dir=ROOT / ".cache/bundle",
        catalogue_json=site.catalogue,
        locale_json_by_lang=site.locales,
        compress=False,
    )
    return Desk(site, built, folder)
