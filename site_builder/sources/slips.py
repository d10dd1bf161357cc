"""Slips of the keyboard that a line shows by itself: a space that is none or not there, a quote or `#` within a text.

Asked only where YAML's syntax has failed: right files may look so.
"""

import re
from collections.abc import Sequence
from typing import Final

from site_builder.errors import Issue, Place
from site_builder.sources.documents import Document

type Slip = tuple[int, int, tuple[str, str, str]]
"""Line and column, from 0; what is wrong, why, and what to write instead."""

_NBSP: Final = "\u00a0"
_ODD_SPACE: Final = re.compile(rf" *{_NBSP}|(?: *-)*{_NBSP}|[^'\"#]*?(?:^|[ {{,])[\w-]+:{_NBSP}")
_PAIR: Final = re.compile(rf"(\{{?[\w-]+):{_NBSP}+([^\s,{{}}\[\]]+)")
_LEAD: Final = r"\s*(?:- +)*"
_GLUED: Final = re.compile(rf"{_LEAD}(?P<key>[A-Za-z_][\w-]*):(?![\s/])(?P<value>.+)")
_DASH: Final = re.compile(rf"{_LEAD}-(?P<item>\{{|\[|[A-Za-z_][\w-]*:(?:\s|$))")
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_OPENED: Final = re.compile(r"(?:^|[\s\[{,])(\"(?:[^\"\\]|\\.)*\")\s*$")
_ENDS: Final = re.compile(r"\"(?=\s*(?:[,}\]]|#|$))")
_IN_A_ROW: Final = re.compile(rf"{_LEAD}[\w-]+: +([a-z_]+): +(-?[0-9]+|true|false) *")
_CUT: Final = re.compile(r"[^\s,{\[] +#[^#]*[,}\]]")


def slip_of(lines: Sequence[str], line: int, column: int, opening: int) -> Slip | None:
    """The slip in the line that the syntax fails in, or in the nearest one above that says something.

    `opening` is the line where the brackets begin that are not closed as they should be; -1 where there are none.
    """
    above = next((index for index in range(line - 1, -1, -1) if lines[index].strip(" \u00a0")), line)
    nearest = dict.fromkeys((line, above))
    for find in (_odd_space, _no_space_after_dash, _no_space_after_colon):
        for index in nearest:
            if found := find(lines[index]):
                return index, *found
    for found in (_foreign_mark(lines[line]), _quote_within(lines[line], column), _keys_in_a_row(lines[line])):
        if found:
            return line, *found
    brackets = range(opening, line + 1) if opening >= 0 else ()
    return next(((index, *found) for index in brackets if (found := _comment(lines[index]))), None)


type _Found = tuple[int, tuple[str, str, str]] | None


def slips_of_keys(document: Document) -> list[Issue]:
    """The same slips in keys that YAML took as they are: most of what they hold is then noticed elsewhere, too."""
    issues = []
    for path, place in document.keys.items():
        key = str(path[-1]) if path else ""
        found = _odd_space(key) or (_no_space_after_colon(key) if document.at(path) is None else None)
        if found:
            column, words = found
            issues.append(document.issue(Place(place.file, place.line, place.column + column), *words))
    return issues


def _odd_space(line: str) -> _Found:
    found = _ODD_SPACE.match(line)
    if not found:
        return None
    what = "a no-break space (U+00A0) stands where YAML wants an ordinary space"
    why = "it looks like one, and is typed by accident where the space bar is pressed with another key"
    pair = _PAIR.match(line, line.rfind(" ", 0, found.end()) + 1)
    fix = f"write `{pair[1].lstrip('{')}: {pair[2]}`" if pair else "delete it and type an ordinary space"
    return found.end() - 1, (what, why, fix)


def _no_space_after_colon(line: str) -> _Found:
    found = _GLUED.match(line)
    if not found:
        return None
    fix = f"write `{found['key']}: {found['value'].strip()}`"
    return found.end("key"), ("a space is missing after the colon", "a colon without it is part of a text", fix)


def _no_space_after_dash(line: str) -> _Found:
    found = _DASH.match(line)
    if not found:
        return None
    at = found.start("item")
    fix = f"put a space after the dash: `- {found['item'].strip()}`"
    return at - 1, ("a space is missing after the dash", "a dash without it is part of a text", fix)


def _quote_within(line: str, column: int) -> _Found:
    """Where a quote ended the text, being meant as an apostrophe, or around some of its words."""
    for at in (column - 1, column):
        if re.fullmatch(r"\w'\w", line[max(0, at - 1) : at + 2]):
            what = "the text goes on after its end: an apostrophe has closed its quotes"
            why = "a text that begins with ' ends with the next one"
            return at, (what, why, 'write ’ instead of \', or put the whole text in double quotes: "…"')
    opened, end = _OPENED.search(line[:column]), _ENDS.search(line, column)
    if not opened or not end or re.match(r"[\s,:}\]#]|[\w-]+:", line[column:]):
        return None
    start = opened.start(1)
    if opened[1] == '""' and (doubled := re.fullmatch(r'([^"]+)""\s*', line[column:])):
        what, why = "the quotes around the text are doubled", "two quotes are a text with nothing in it"
        return start, (what, why, f'put the text in quotes: `"{doubled[1]}"`')
    parts = line[start + 1 : end.start()].split('"')
    what, why = (
        "the text goes on after its end: a quote inside has closed it",
        'a text that begins with " ends with the next one',
    )
    fix = 'write \\" for each quote inside, or put the whole text in single quotes'
    if len(parts) % 2:
        left, right = ("« ", " »") if re.search(r"\bfr: *$", line[:start]) else ("“", "”")
        quoted = "".join(f"{left}{part}{right}" if index % 2 else part for index, part in enumerate(parts))
        fix = f'write `"{quoted}"`, or \\" for each quote inside'
    return start, (what, why, fix)


def _foreign_mark(line: str) -> _Found:
    """What begins a comment elsewhere, or parts two versions of a file."""
    said = line.lstrip()
    at = len(line) - len(said)
    if said.startswith("//"):
        fix = f"write `# {said.lstrip('/ ')}`"
        return at, ("`//` begins no comment here", "a comment begins with `#`", fix)
    if re.match(r"<{7} |={7}$|>{7} ", line):
        what, why = (
            "git has left two versions of some lines here",
            "they stand between `<<<<<<<`, `=======` and `>>>>>>>`",
        )
        return at, (what, why, "keep one of the two, and delete the lines of these marks")
    return None


def _keys_in_a_row(line: str) -> _Found:
    """Where a key follows a key in one line, without braces."""
    found = _IN_A_ROW.fullmatch(line)
    if not found:
        return None
    fix = f"write `{{{found[1]}: {found[2]}}}`"
    return found.start(1), (
        "two keys stand in one line",
        "what a key holds stands in braces, or on lines of its own",
        fix,
    )


def _comment(line: str) -> _Found:
    """Where a number sign cut the rest of brackets off."""
    found = _CUT.search(_QUOTED.sub(lambda text: "x" * len(text[0]), line))
    if not found:
        return None
    at = line.index("#", found.start() + 1)
    what = "` #` begins a comment: the rest of this line is not read"
    return at, (what, "the brackets are not closed before it", 'put the text in quotes: "… #…"')
