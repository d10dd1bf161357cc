"""docs/commands.md has every command and option; whatever the documentation types exists."""

import re
from pathlib import Path
from typing import Final

import pytest

from scripts.commands import PAGE, commands, options, page
from site_builder import cli
from tests.docs.markdown import ROOT, code, files
from tests.docs.sessions import check
from tests.site_builder.starter_site import start

MAKEFILE: Final = (ROOT / "Makefile").read_text("utf-8")
TARGETS: Final = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
COMMANDS: Final = {name: parser for name, parser, _ in commands(cli._parser())}


def test_the_page_is_current() -> None:
    assert page(PAGE.read_text("utf-8")) == PAGE.read_text("utf-8"), "python -m scripts.commands"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented(name: str) -> None:
    text = PAGE.read_text("utf-8")
    section = text.partition(f"\n## clairplan {name}\n")[2].partition("\n## ")[0]
    assert section, f"docs/commands.md has no section on `{name}`"
    for typed, meaning in options(COMMANDS[name]):
        assert f"| `{typed}` | " in section and meaning, f"`{typed}` of `{name}` is not explained"


def unknown(piece: str) -> list[str]:
    """What a piece of code types that does not exist: targets of make, commands, their options."""
    found = [f"make {name}" for name in re.findall(r"(?:^|\$ |`)make ([a-z-]+)", piece) if name not in TARGETS]
    typed = re.search(r"(?:^|\$ |\| |/)clairplan ([a-z]+)(.*)", piece)
    if typed and typed[1] not in COMMANDS:
        return [*found, f"clairplan {typed[1]}"]
    if typed:
        known = {word for given, _ in options(COMMANDS[typed[1]]) for word in given.replace(",", " ").split()}
        written = re.findall(r"(?<=\s)--[a-z-]+", typed[2])
        found += [f"clairplan {typed[1]} {option}" for option in written if option not in known]
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_the_documentation_types_exists(path: Path) -> None:
    assert [name for piece in code(path.read_text("utf-8")) for name in unknown(piece)] == []


def test_what_does_not_exist_is_found() -> None:
    assert unknown("$ make coffee") == ["make coffee"]
    assert unknown("$ clairplan brew --hot") == ["clairplan brew"]
    assert unknown("$ echo '{}' | clairplan quote - --hot --lang fr") == ["clairplan quote --hot"]


def test_what_a_page_shows_is_printed(tmp_path: Path) -> None:
    check(ROOT / "README.md", ROOT)
    check(PAGE, start(tmp_path / "site"))
