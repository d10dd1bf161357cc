"""Whole sites with one file broken: the answer is in words; a site that is accepted can be looked through and built."""

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.build import build_site
from site_builder.caching import Memory
from site_builder.checks import Checked, warnings_of
from site_builder.errors import InputError, Issue, as_annotation, as_json, render_all
from site_builder.init import start_site
from site_builder.locales import Language
from site_builder.reading import read_sources
from tests.fuzz.mutations import mutated
from tests.site_builder.starter_site import no_calculator

ON = date(2026, 6, 1)
SETTINGS = (
    "docs: {folder: docs, language: en}\nembed: [https://partner.example]\ncards: true\nfamilies: [studio-care]\n"
    "logo: {light: logo.svg, name: true}\naccent: '#7b1e3a'\nafter_quote: [wait, plans]\n"
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n<circle cx="12" cy="12" r="9"/>\n</svg>\n'
PAGE = "# Help\n\nAll that you [need](second.md#one).\n\n## Start\n\n- [Second](second.md): how.\n"
SECOND = "# Second\n\nSome words, and a `word`.\n\n## One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```yaml\na: 1\n```\n"
EXAMPLES = re.compile(r"^examples:\n(?:[ #].*\n|\n)*|^example: .*\n", re.MULTILINE)
"""The worked examples of a plan file, and the home page's: without them, far more of the other rules are accepted."""
EACH_BUILT = 3
"""One site in so many that are accepted is also built, for that takes longer."""


class Desk:
    """A site in a folder of its own whose files are broken one at a time."""

    def __init__(self, folder: Path, languages: dict[str, Language], plans: tuple[Path, ...] = ()) -> None:
        self.folder, self.languages = folder, languages
        start_site(folder)
        (folder / "docs").mkdir()
        (folder / "docs/README.md").write_text(PAGE)
        (folder / "docs/second.md").write_text(SECOND)
        (folder / "content/logo.svg").write_text(LOGO)
        for path in plans:
            shutil.copy(path, folder / "plans")
        settings = folder / "content/site.yaml"
        settings.write_text(settings.read_text("utf-8") + SETTINGS, "utf-8")
        self.sources = {
            path: EXAMPLES.sub("", path.read_text("utf-8"))
            for name in ("plans", "content", "docs")
            for path in sorted((folder / name).rglob("*.*"))
        }
        for path, text in self.sources.items():
            path.write_text(text, "utf-8")
        self.store = Memory(folder / ".cache")
        self.accepted = self.built = 0

    def broken(self, chance: random.Random) -> tuple[str, str]:
        """One of the files, with mistakes in it."""
        path = chance.choice(list(self.sources))
        return str(path), mutated(self.sources[path], chance)

    def attempt(self, name: str, text: str) -> str:
        """What an editor is told of the site with this text in the file; empty where nothing is wrong.

        Anything but an InputError is a find.
        """
        path = Path(name)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            with _inside(self.folder):
                return _said(self._look)
        finally:
            path.write_text(self.sources[path], "utf-8")

    def _look(self) -> None:
        plans, content = Path("plans"), Path("content")
        read = read_sources(plans, content, self.languages)
        checked = Checked(read.config, read.content, read.families, read.languages, ON, read.docs)
        _say(warnings_of(checked))
        self.accepted += 1
        if self.accepted % EACH_BUILT == 1:
            self.built += 1
            self.store.turn()
            build_site(
                plans, content, Path("public"), ON, say=lambda text: None, store=self.store, prepare=no_calculator,
                compress=False, jobs=1,
            )  # fmt: skip


def _said(look: Callable[[], None]) -> str:
    try:
        look()
    except InputError as error:
        _say(error.issues)
        return render_all(error.issues)
    return ""


def _say(issues: tuple[Issue, ...]) -> None:
    for issue in issues:
        assert as_annotation(issue)
        assert as_json(issue)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def a_desk(languages: dict[str, Language], plans: tuple[Path, ...] = ()) -> Iterator[Desk]:
    """A desk in a folder that is removed afterwards."""
    with TemporaryDirectory() as name:
        yield Desk(Path(name) / "site", languages, plans)
