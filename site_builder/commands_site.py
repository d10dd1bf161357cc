"""The commands of whoever makes a site: build, check, serve, init, words, schema, guide."""

import argparse
import json
import shlex
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from site_builder.arguments import PortError, day, listening, port, require_site
from site_builder.errors import InputError, Issue, as_annotation, as_json, counted, render, render_warning, summary

_OK, _BROKEN = 0, 2
FORMATS: Final = ("text", "github", "json")


def add_site_commands(commands: Any) -> None:
    """Add the commands to the command line's."""
    build = commands.add_parser("build", help="build the site", description="Build the site, whole or not at all.")
    _folders(build)
    build.add_argument("--out", type=Path, default=Path("public"), help="folder of the site (default: public)")
    build.add_argument("--on", type=day, help="day whose prices the pages show (default: today)")
    build.set_defaults(run=_build)

    serve = commands.add_parser(
        "serve", help="show the site on this machine",
        description="Show the site while it is written: build what changes and reload the open pages. With --dir, or "
        "where there are no sources, serve a built site as it is.",
    )  # fmt: skip
    _folders(serve)
    serve.add_argument("--dir", type=Path, help="folder of a built site, served as it is (default: public)")
    serve.add_argument("--port", type=port, default=8000, help="port to listen on; 0 takes a free one (default: 8000)")
    serve.set_defaults(run=_serve)

    check = commands.add_parser(
        "check", help="look for errors and for what a colleague would notice",
        description="Say everything that a build would refuse, and what a careful colleague would notice. "
        "Exit code 0: nothing, or warnings alone; 2: errors (with --strict: warnings too).",
    )  # fmt: skip
    _folders(check)
    check.add_argument("--on", type=day, help="first of the twelve months looked at (default: today)")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--format", choices=FORMATS, default="text", help="for people, for GitHub, or for tools")
    check.set_defaults(run=_check)

    init = commands.add_parser(
        "init", help="start a new site",
        description="Write a small site to start from: one family, two languages, and what publishes it.",
    )  # fmt: skip
    init.add_argument("folder", metavar="DIR", type=Path, nargs="?",
                      help="folder of the new site (default: this one, if it is empty)")  # fmt: skip
    init.set_defaults(run=_init)

    _add_words(commands)
    schema = commands.add_parser(
        "schema", help="bring what editors read up to date",
        description="Write the schemas of plan files and of regions, as this release has them, for editors of YAML.",
    )  # fmt: skip
    schema.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=Path("schema"),
                        help="folder of the schemas (default: schema)")  # fmt: skip
    schema.set_defaults(run=_schema)
    _add_guide(commands)


def _add_words(commands: Any) -> None:
    words = commands.add_parser(
        "words", help="what the program says, to be said otherwise",
        description="Print the texts of a language, as the site says them, with their keys: what is to be said "
        "otherwise goes into content/words/LANG.yaml.",
    )  # fmt: skip
    words.add_argument("lang", metavar="LANG", help="language, such as fr, or its variant in a country, such as fr-CA")
    words.add_argument("--having", default="", metavar="WORD", help="only texts with a word that begins so")
    words.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (default: content)")
    words.set_defaults(run=_words)


def _add_guide(commands: Any) -> None:
    guide = commands.add_parser(
        "guide", help="read the documentation",
        description="Show a page of the documentation; without a name, list the pages.",
    )  # fmt: skip
    guide.add_argument("name", metavar="NAME", nargs="?", help="name of the page, such as add-a-family")
    guide.add_argument("--lang", default="en", help="language, where there is a translation (default: en)")
    guide.set_defaults(run=_guide)


def _folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plans", type=Path, default=Path("plans"), help="folder of the plan files (default: plans)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (default: content)")


def _build(arguments: argparse.Namespace) -> int:
    from site_builder.build import build_site

    require_site(arguments.plans, arguments.content)
    site = build_site(arguments.plans, arguments.content, arguments.out, arguments.on or date.today())
    print(f"{counted(site.pages, 'page')} in {arguments.out}, made in {site.seconds:.1f} s")
    print("`clairplan check` looks further: for what is allowed, and may not be meant.")
    return _OK


def _serve(arguments: argparse.Namespace) -> int:
    from site_builder.preview import has_sources, preview

    sources = has_sources(arguments.plans, arguments.content)
    try:
        if arguments.dir is None and sources:
            with listening(arguments.port):
                preview(arguments.plans, arguments.content, arguments.port, lambda text: print(text, flush=True))
            return _OK
        return _serve_folder(arguments, arguments.dir or Path("public"), sources)
    except PortError as error:
        print(error, file=sys.stderr)
        return _BROKEN


def _serve_folder(arguments: argparse.Namespace, folder: Path, sources: bool) -> int:
    """Serve a built site as it is; `sources` says whether there is one to build here."""
    from site_builder.serve import SiteServer, languages

    found = languages(folder)
    if not found:
        require_site(arguments.plans, arguments.content)
        make = (
            "`clairplan build`" if folder == Path("public") else f"`clairplan build --out {shlex.quote(str(folder))}`"
        )
        look = "; `clairplan serve` alone shows the site while you write" if sources else ""
        print(f"{folder}: there is no built site here; {make} makes one{look}", file=sys.stderr)
        return _BROKEN
    with listening(arguments.port):
        server = SiteServer(folder, arguments.port)
    for language in found:
        print(f"{server.url}/{language}/", flush=True)
    print("Press Ctrl+C to stop.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return _OK


def _check(arguments: argparse.Namespace) -> int:
    from site_builder.caching import FOLDER, Store, reading_key
    from site_builder.checks import Checked, warnings_of
    from site_builder.locales import load_kept
    from site_builder.reading import read_sources

    errors: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    known = None
    try:
        require_site(arguments.plans, arguments.content)
        with suppress(InputError):  # what is wrong in a language is said with all else
            known = load_kept(Store(FOLDER), reading_key())
        read = read_sources(arguments.plans, arguments.content, known)
        on = arguments.on or date.today()
        warnings = warnings_of(
            Checked(
                read.config, read.content, read.families, read.languages, on, read.docs, arguments.plans, read.words
            )
        )
    except InputError as error:
        errors = error.issues
    _report(errors, warnings, arguments.format)
    return _BROKEN if errors or (warnings and arguments.strict) else _OK


def _guide(arguments: argparse.Namespace) -> int:
    from site_builder import guides
    from site_builder.terminal import columns, in_colour, laid_out

    root = guides.folder()
    width, styled = columns(sys.stdout), in_colour(sys.stdout)
    if guides.is_list(arguments.name):
        _list_guides(guides.groups(arguments.lang, root), width, styled)
        return _OK
    try:
        page = guides.text(arguments.name, arguments.lang, root)
    except guides.NoGuide as error:
        print(error, file=sys.stderr)
        return _BROKEN
    print(laid_out(page, width, styled), end="")
    return _OK


def _list_guides(groups: Mapping[str, Mapping[str, str]], width: int, styled: bool) -> None:
    """Each page on a line of its own; in a terminal in groups, with what to type, and decisions by their list alone."""
    from site_builder.guides import without_decisions
    from site_builder.terminal import bold, listed

    reader = sys.stdout.isatty()
    groups = without_decisions(groups) if reader else groups
    wide = max(len(name) for pages in groups.values() for name in pages)
    for number, (title, pages) in enumerate(groups.items()):
        if reader:
            print("\n" * bool(number) + (bold(title) if styled else title))
        for line in listed(pages, wide, width if reader else 0):
            print(line)
    if reader:
        print("\nTo read one: clairplan guide NAME")


def _init(arguments: argparse.Namespace) -> int:
    from site_builder.init import Occupied, start_site, this_empty_folder

    try:
        folder: Path = arguments.folder or this_empty_folder()
        written = start_site(folder)
    except Occupied as error:
        print(error, file=sys.stderr)
        return _BROKEN
    for name in written:
        print(folder / name)
    first = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}, then "
    print(f"\nNow: {first}`clairplan serve` to see the site while you write.")
    print("To read on: `clairplan guide begin`; `clairplan guide` lists all pages.")
    return _OK


def _words(arguments: argparse.Namespace) -> int:
    from site_builder.caching import FOLDER, Store, reading_key
    from site_builder.errors import suggest
    from site_builder.locales import as_yaml, kept_in_own_words, load_kept

    tag, store, key = arguments.lang, Store(FOLDER), reading_key()
    languages = kept_in_own_words(store, key, load_kept(store, key), arguments.content, Path.cwd())
    known = dict(languages)
    known |= {locale: language for language in languages.values() for locale in language.locales}
    if tag not in known:
        print(f"there is no language `{tag}`: {suggest(tag, known)}", file=sys.stderr)
        return _BROKEN
    text = as_yaml(known[tag], tag, arguments.having)
    if text:
        print(f"# {(arguments.content / 'words' / tag).as_posix()}.yaml\n{text}", end="")
    else:
        print(f"No text of `{tag}` has a word that begins with “{arguments.having}”.", file=sys.stderr)
    return _OK


def _schema(arguments: argparse.Namespace) -> int:
    from site_builder.init import bring_schemas

    for path, changed in bring_schemas(arguments.folder).items():
        print(f"{path}: {'brought up to date' if changed else 'is up to date'}")
    return _OK


def _report(errors: tuple[Issue, ...], warnings: tuple[Issue, ...], form: str) -> None:
    """Print the findings: for people on the standard error, for GitHub and tools on the standard output."""
    if form == "json":
        found = [*(("error", issue) for issue in errors), *(("warning", issue) for issue in warnings)]
        print(
            json.dumps(
                [{"severity": severity, **as_json(issue)} for severity, issue in found], ensure_ascii=False, indent=2
            )
        )
    elif form == "github":
        for issue in errors:
            print(as_annotation(issue))
        for issue in warnings:
            print(as_annotation(issue).replace("::error ", "::warning ", 1))
    else:
        for issue in errors:
            print(f"{render(issue)}\n", file=sys.stderr)
        for issue in warnings:
            print(f"{render_warning(issue)}\n", file=sys.stderr)
        print(summary(len(errors), len(warnings)), file=sys.stderr if errors or warnings else sys.stdout)
