"""Keeps the tables of docs/commands.md as `clairplan --help` has them.

Run `python -m scripts.commands` after a command has changed; a test says when it was forgotten. What stands outside the
marks is written by hand, and a command that has no marks yet gets a section at the end.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from site_builder import cli

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_MARKED: Final = r"<!-- {name} -->\n.*?<!-- end -->\n"


def commands(parser: argparse.ArgumentParser, above: str = "") -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Every command with its parser and what the list of commands says of it, commands of commands included."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, inner in action.choices.items():
                yield f"{above}{name}", inner, said.get(name, "")
                yield from commands(inner, f"{above}{name} ")


def options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Each argument and option as it is typed, with what it means."""
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        choices = "/".join(map(str, action.choices or ()))
        value = "" if action.nargs == 0 else str(action.metavar or choices or action.dest.upper())
        names = [f"{name} {value}".strip() for name in action.option_strings] or [value]
        yield ", ".join(names), ("needed: " if action.option_strings and action.required else "") + (action.help or "")


def table(name: str, parser: argparse.ArgumentParser, said: str) -> str:
    """The made part of a command's section."""
    rows = [f"| `{typed}` | {help.replace('|', '\\|').replace('%%', '%')} |" for typed, help in options(parser)]
    about = parser.description or f"{said[:1].upper()}{said[1:]}."
    listed = ["", "| argument, option | meaning |", "|---|---|", *rows] if rows else []
    return "\n".join([f"<!-- {name} -->", about, *listed, "<!-- end -->", ""])


def page(text: str) -> str:
    """The page with every made part anew; a part without its command goes."""
    known = {name: table(name, parser, said) for name, parser, said in commands(cli._parser())}
    for name, made in known.items():
        marked = re.compile(_MARKED.format(name=re.escape(name)), re.DOTALL)
        if marked.search(text):
            text = marked.sub(lambda _, made=made: made, text)  # type: ignore[misc]
        else:
            text = f"{text.rstrip()}\n\n## clairplan {name}\n\n{made}"
    return text


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
    print("docs/commands.md written")


if __name__ == "__main__":
    main()
