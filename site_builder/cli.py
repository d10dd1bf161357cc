"""The command line: reads arguments and files, calls what does the work, prints, and sets the exit code.

Exit codes: 0 done; 1 the request was refused; 2 the call, the catalogue or the site's files are wrong.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from site_builder.errors import BundleError, InputError, counted, did_you_mean, render_all

OK, REFUSED, BROKEN = 0, 1, 2

GROUPS: Final = {
    "Make a site": ("init", "serve", "check", "build", "words", "schema"),
    "Ask the calculator": ("quote", "diff"),
    "Write to customers": ("email", "campaign"),
    "Read": ("guide",),
}
"""The commands by what one wants, in the order in which one needs them."""

FIRST: Final = """\
No site yet?    clairplan init my-site; then, in that folder, clairplan serve
In a site?      clairplan serve shows it while you write"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. No traceback for what a user can have caused."""
    given = sys.argv[1:] if arguments is None else arguments
    typed = next(iter(given), "")
    if near := _meant(typed):
        print(f"there is no command `{typed}`: did you mean `clairplan {near}`?", file=sys.stderr)
        return BROKEN
    parser = _parser(typed)
    parsed = parser.parse_args(given)
    if "run" not in parsed:
        print(parser.format_help(), end="", file=sys.stderr)
        return BROKEN
    run: Callable[[argparse.Namespace], int] = parsed.run
    try:
        code = run(parsed)
        sys.stdout.flush()
        return code
    except InputError as error:
        print(render_all(error.issues), file=sys.stderr)
    except BundleError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        # Whoever reads has read enough (`| head`); what is left in the buffer has nowhere to go at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"{error.filename or 'clairplan'}: {error.strerror or error}", file=sys.stderr)
    return BROKEN


class _Overview(argparse.ArgumentParser):
    """The command by itself: its help is an overview of the commands, by what they are for."""

    def format_help(self) -> str:
        """What a newcomer reads first."""
        said = {choice.dest: choice.help for action in self._actions if isinstance(action, argparse._SubParsersAction)
                for choice in action._choices_actions}  # fmt: skip
        lines = [f"{self.description}", "", "usage: clairplan COMMAND …; each command explains itself with --help"]
        for title, names in GROUPS.items():
            lines += ["", title, *(f"  {name:10}{said[name]}" for name in names)]
        return "\n".join([*lines, "", FIRST, ""])


class _Version(argparse.Action):
    """Says which release this is; the installed distribution is asked only then."""

    def __call__(self, parser: argparse.ArgumentParser, *given: object) -> None:
        """Print it and end."""
        from site_builder.init import installed_version

        print(f"clairplan {installed_version()}")
        parser.exit()


def _parser(wanted: str = "") -> argparse.ArgumentParser:
    """The command line, with what the `wanted` command needs alone; without one of its commands, with all of them."""
    parser = _Overview("clairplan", description="Publish support plans that a customer can check.")
    parser.add_argument("--version", action=_Version, nargs=0, help="say which release this is")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=argparse.ArgumentParser)
    added = [_ADDED_BY[wanted]] if wanted in _ADDED_BY else list(dict.fromkeys(_ADDED_BY.values()))
    for add in added:
        add(commands)
    return parser


def _add_site_commands(commands: Any) -> None:
    from site_builder.commands_site import add_site_commands

    add_site_commands(commands)


def _add_mail_commands(commands: Any) -> None:
    from site_builder.commands_mail import add_mail_commands

    add_mail_commands(commands)


def _add_quote_commands(commands: Any) -> None:
    from site_builder.request_file import EXAMPLE

    quote = commands.add_parser(
        "quote", help="answer a request", description="Answer one request of the contract.",
        epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    quote.add_argument("request", metavar="REQUEST.json", help="file that holds the request; - for standard input")
    quote.add_argument("--json", action="store_true", help="print the response as JSON instead of a table")
    quote.add_argument("--lang", default="en", help="language of the table, such as fr or en (default: en)")
    quote.add_argument("--plans", type=Path, default=Path("plans"), help="folder of the plan files (default: plans)")
    quote.add_argument("--content", type=Path, default=Path("content"),
                       help="folder of the pages, for the site's own words (default: content)")  # fmt: skip
    quote.set_defaults(run=_quote)

    diff = commands.add_parser(
        "diff", help="what a change of the plan files does to prices",
        description="Price the same generated requests under two catalogues and say what changes.",
    )  # fmt: skip
    diff.add_argument("old", metavar="OLD", help="folder of plan files, or a git revision")
    diff.add_argument("new", metavar="NEW", help="folder of plan files, or a git revision")
    diff.add_argument("--count", type=int, default=3000, help="how many requests to ask (default: 3000)")
    diff.set_defaults(run=_diff)


# In the order of the help. A command brings only what it needs: to import all takes as long as a small build.
_ADDED_BY: Final = {
    **dict.fromkeys(("build", "serve", "check", "init", "words", "schema", "guide"), _add_site_commands),
    **dict.fromkeys(("quote", "diff"), _add_quote_commands),
    **dict.fromkeys(("email", "campaign"), _add_mail_commands),
}


def _meant(typed: str) -> str | None:
    """The command that was nearly typed; None where it is one, or like none."""
    return None if not typed or typed.startswith("-") or typed in _ADDED_BY else did_you_mean(typed, _ADDED_BY)


def _diff(arguments: argparse.Namespace) -> int:
    from site_builder.diff import compare, describe, load_both

    old, new = load_both(arguments.old, arguments.new)
    groups = compare(old, new, arguments.count)
    for line in describe(groups, old, new, arguments.count):
        print(line)
    if not groups:
        print(f"No answer changes, of {counted(arguments.count, 'request')}.")
    return OK


def _quote(arguments: argparse.Namespace) -> int:
    from calculator import card, wire
    from site_builder.arguments import require_site
    from site_builder.caching import FOLDER, Store, reading_key
    from site_builder.locales import choose, kept_in_own_words, load_kept
    from site_builder.plans import load_families
    from site_builder.request_advice import advice
    from site_builder.request_file import read_request, wordless
    from site_builder.rules import language_data

    require_site(arguments.plans, arguments.content)
    families = load_families(arguments.plans)
    request = read_request(arguments.request)
    if request is None:
        return BROKEN
    response = wire.quote(families.engine, request[0])
    if not arguments.json and (why := wordless(request[0], arguments.lang, families.spoken)):
        print(why, file=sys.stderr)
        return BROKEN
    if arguments.json:
        print(json.dumps(response, ensure_ascii=True, indent=2))
    else:
        store, key = Store(FOLDER), reading_key()
        known = kept_in_own_words(store, key, load_kept(store, key), arguments.content, Path.cwd())
        language = choose(arguments.lang, known)
        sheet = wire.present(response, language_data(language, families), request[0])
        print(card.plain_text(sheet), end="")
        for line in advice(response.get("errors") or (), request[0], families.engine, families.region_words):
            print(line)
    return OK if response["ok"] else REFUSED
