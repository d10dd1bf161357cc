"""The command line: a command brings only what it needs, and is the same as among all of them."""

import subprocess
import sys

import pytest

from scripts.commands import commands, options
from site_builder import cli

ALL = {name: list(options(parser)) for name, parser, _ in commands(cli._parser())}


def test_every_command_can_be_asked_for() -> None:
    assert list(ALL) == list(cli._ADDED_BY)


@pytest.mark.parametrize("name", ALL)
def test_a_command_alone_is_what_it_is_among_all(name: str) -> None:
    alone = {other: list(options(parser)) for other, parser, _ in commands(cli._parser(name))}
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
