"""The command by itself, its release, and numbers with their nouns."""

from importlib.metadata import version
from pathlib import Path

import pytest

from scripts.commands import commands
from site_builder.cli import GROUPS, _parser, main
from site_builder.errors import counted
from tests.site_builder.starter_site import FAMILY, build, start


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
    assert sorted(grouped) == sorted(name for name, _, _ in commands(_parser()) if " " not in name)


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
