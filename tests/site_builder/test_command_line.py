"""The command by itself, its release, what each command brings along, and numbers with their nouns."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from scripts.commands import commands, options
from site_builder.cli import _ADDED_BY, GROUPS, _parser, main
from site_builder.errors import counted
from tests.site_builder.starter_site import FAMILY, build, start

ALL = {name: list(options(parser)) for name, parser, _ in commands(_parser())}


def test_the_command_alone_says_what_to_do_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr().err
    assert "clairplan init my-site" in said
    assert "  quote     answer a request\n" in said
    assert max(map(len, said.splitlines())) <= 80


def test_help_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    said = capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert (left.value.code, capsys.readouterr().out) == (0, said)


def test_every_command_is_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(name for name in ALL if " " not in name)


def test_every_command_can_be_asked_for() -> None:
    assert list(ALL) == list(_ADDED_BY)


@pytest.mark.parametrize("name", ALL)
def test_a_command_alone_is_what_it_is_among_all(name: str) -> None:
    alone = {other: list(options(parser)) for other, parser, _ in commands(_parser(name))}
    assert alone[name] == ALL[name]


@pytest.mark.parametrize("name", ["build", "quote"])
def test_what_mails_need_is_brought_for_mails_alone(name: str) -> None:
    code = f"""
import sys
from site_builder import cli
cli._parser({name!r})
before = 'smtplib' in sys.modules or 'site_builder.campaign' in sys.modules
cli._parser('email')
print(before, 'site_builder.campaign' in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_it_says_its_release(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"clairplan {version('clairplan')}\n")


def test_numbers_have_their_nouns() -> None:
    assert [counted(n, "page") for n in (0, 1, 2, 1200)] == ["0 pages", "1 page", "2 pages", "1,200 pages"]
    assert [counted(n, "family", "families") for n in (1, 2)] == ["1 family", "2 families"]


def test_a_build_of_one_family_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    build(start(tmp_path / "site"), say=said.append)
    assert said[0] == "1 family, 5 worked examples right to the cent"


def test_every_plan_without_an_example_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = start(tmp_path / "site")
    text = (site / FAMILY).read_text("utf-8")
    for plan in ("third", "fourth"):
        added = f'  {plan}:\n    name: {{fr: "{plan}", en: "{plan}"}}\n    unit: seat\n    term: {{months: 12}}\n'
        added += '    price: [{from: 2026-01-01, amount: "90.00"}]\n    buy: {starts: on_purchase}\n'
        text = text.replace("\n  complete:\n", f"\n{added}\n  complete:\n", 1)
    plans, examples = text.partition("comparison:")[0], text.partition("\nexamples:")[2]
    (site / FAMILY).write_text(f"{plans}examples:{examples}", "utf-8")
    monkeypatch.chdir(site)
    assert main(["check", "--strict"]) == 2
    said = capsys.readouterr().err
    assert "no example shows the plan `third`" in said
    assert "no example shows the plan `fourth`" in said
    assert "whose request has `plan: studio-care/fourth`" in said
    assert "`essential`" not in said
