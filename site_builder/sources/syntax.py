"""What PyYAML's syntax errors mean to an editor: the usual slips named, with what to write instead."""

import re
from typing import Final

import yaml

from site_builder.errors import Issue, Place
from site_builder.sources.text import indent, speaks

_Advice = tuple[str, str, str, str]

_SLIPS: Final[tuple[_Advice, ...]] = (
    (
        r"found character '\\t'",
        "a tab stands where YAML wants spaces",
        "indentation is counted in spaces; how wide a tab is depends on who looks",
        "write spaces instead of the tab",
    ),
    (
        r"found character '([@`%|>])'",
        "a text cannot begin with `{0}`",
        "this character means something else to YAML",
        'put the text in quotes: "…"',
    ),
    (
        r"mapping values are not allowed",
        "a colon followed by a space is not expected here",
        "it begins a key: either the text needs quotes, or the line is indented more than the one before",
        'put the text in quotes: "…: …"',
    ),
    (
        r"expected <block end>, but found '(?:<block mapping start>|<block sequence start>|\?)'",
        "this line is not indented as those before it",
        "the keys of a mapping, or the items of a list, stand in one column; the block that is open began at {opening}",
        "begin the line in column {above} to stand level with the line above it, or in column {column} to leave it",
    ),
    (
        r"expected <block end>, but found '(?:<scalar>|,|\}|\])'",
        "the text goes on after its end",
        "a text that begins with a quote or bracket ends with the closing one",
        "put the whole text in quotes",
    ),
    (
        r"expected <block end>, but found '-'",
        "a list item is not expected here",
        "the items of a list stand in one column; the mapping that is open began at {opening}: its keys have no dash",
        "indent the dash as the other items of its list are",
    ),
    (
        r"could not find expected ':'",
        "a colon is missing",
        "this line is neither a key with its value nor the continuation of a text",
        "write `key: value`",
    ),
    (
        r"found unexpected (?:end of stream|document separator)",
        "the text is not closed",
        "its opening quote has no closing one",
        'add the closing quote; inside double quotes, write a quote as \\"',
    ),
    (
        r"expected ',' or '([\]}])'",
        "a comma or `{0}` is missing",
        "the items since {opening} are separated by commas, and the last one is followed by `{0}`",
        "add a comma or `{0}`, or put a text that holds `,` `:` `?` or a bracket in quotes",
    ),
    (
        r"found unknown escape character '(.)'",
        "the escape `\\{0}` is unknown",
        "between double quotes a backslash begins an escape",
        "write two backslashes, or put the text in single quotes",
    ),
    (
        r"expected alphabetic or numeric character, but found",
        "a text cannot begin with `*` or `&`",
        "these characters begin aliases and anchors to YAML",
        'put the text in quotes: "*…"',
    ),
    (
        r"mapping keys are not allowed here",
        "a text cannot begin with `?` and a space",
        "to YAML that begins a key",
        'put the text in quotes: "? …"',
    ),
    (
        r"but found ':'",
        "a key is missing",
        "there is nothing to look this value up by",
        "write a word before the colon",
    ),
    (
        r"expected '<document start>'",
        "the document has ended before this line",
        "a file holds one document, and a line `...` ends it",
        "remove that line",
    ),
    (
        r"found undefined tag handle|expected .*(?:tag|URI)|while scanning a tag",
        "tags are not read",
        "a text that begins with `!` is a tag to YAML",
        'put the text in quotes: "!…"',
    ),
    (
        r"sequence entries are not allowed here",
        "a list cannot begin here",
        "its first dash stands on a line of its own, below the key",
        "put the dash on the next line, indented",
    ),
)

_WORDS: Final = 45
"""Characters of an advice after which no further way is added."""

_NOTICED_LATE: Final = r"could not find expected ':'|found unexpected (?:end of stream|document separator)"
"""Slips that the parser notices lines later; they are mended where the text begins."""


def syntax_issue(error: yaml.MarkedYAMLError, last: yaml.Event | None, name: str, lines: list[str]) -> Issue:
    """The issue for a syntax error, at the place where an editor would mend it; `last` is what was read before."""
    problem = error.problem or "it cannot be read"
    begins_before = re.search(_NOTICED_LATE, problem) and error.context_mark
    mark = begins_before or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if isinstance(last, yaml.ScalarEvent) and last.start_mark and _runs_on(last) and _in_brackets(problem):
        line, column = last.start_mark.line, last.start_mark.column
        problem = "found unexpected end of stream" if last.style else problem
        column = column if last.style else len(lines[line])
    if line >= len(lines) or (line and line == len(lines) - 1 and not lines[line]):
        line, column = _end(lines)
    opening = error.context_mark
    from site_builder.sources.brackets import missing_at  # for mistakes alone
    from site_builder.sources.slips import slip_of

    slip = slip_of(lines, line, column, opening.line if opening and _in_brackets(problem) else -1)
    if slip := slip or missing_at(error, last, lines):
        line, column, (what, why, fix) = slip
        return Issue(Place(name, line + 1, column + 1), what, why, fix, lines[line])
    since = f"{name}:{opening.line + 1}:{opening.column + 1}" if opening else "the opening bracket"
    what, why, fix = _indentation(problem, lines, line, column) or _colon(problem, lines[line]) or _advice(problem)
    why = why.replace("{opening}", since)
    fix = fix.replace("{column}", str(opening.column + 1 if opening else 1)).replace(
        "{above}", str(_above(lines, line))
    )
    return Issue(Place(name, line + 1, column + 1), what, why, fix, lines[line])


def _indentation(problem: str, lines: list[str], line: int, column: int) -> tuple[str, str, str] | None:
    """The advice where a line is indented by a tab, or more than the line above it, which has its value already."""
    said = lines[line].strip()
    dash = said.startswith("- ")
    speaking = [index for index in range(line) if speaks(lines[index])]
    above = next((index for index in reversed(speaking) if not dash or lines[index].lstrip().startswith("- ")), -1)
    if above < 0:
        return None
    at = indent(lines[above])
    if r"found character '\t'" in problem and not lines[line][:column].strip():
        opens = lines[above].rstrip().endswith(":")
        inside = f", or {at + 2} to stand inside `{lines[above].strip().rstrip(':')}`" if opens else ""
        inside += "" if dash else _levels_out(lines, above)
        why = f"indentation is counted in spaces: line {above + 1} above begins with {at}"
        fix = f"write spaces instead of the tab: {at} to stand level with that line{inside}"
        return "a tab stands where YAML wants spaces", why, fix
    if not problem.startswith("mapping values") or indent(lines[line]) <= at or ":" in lines[line][:column] or dash:
        return None
    why = f"line {above + 1} above, in column {at + 1}, holds its value already: nothing can stand inside it"
    fix = f"begin the line in column {at + 1}; or put a text of several lines that holds a colon in quotes"
    return "this line is indented too far, or its colon needs quotes", why, fix


def _levels_out(lines: list[str], line: int) -> str:
    """The indents further out at which a line below could stand, each with the key that is level with it."""
    said, at = "", indent(lines[line])
    for index in range(line - 1, -1, -1):
        if speaks(lines[index]) and indent(lines[index]) < at and len(said) < _WORDS:
            at = indent(lines[index])
            said += f", or {at} with `{lines[index].strip().partition(':')[0]}` (line {index + 1})"
    return said


def _colon(problem: str, line: str) -> tuple[str, str, str] | None:
    """The advice where a text without quotes holds a colon, with the text as it would be written."""
    found = re.fullmatch(r"\s*(?:- +)*[\w-]+: +([^\s\"'\[{].*?)\s*", line)
    if not problem.startswith("mapping values") or not found:
        return None
    text = found[1]
    why = "it begins a key where the text is not in quotes"
    if text[0] in "“”„«" and text[-1] in "”“»" and not re.search("[“”„«»]", text[1:-1]):
        text, why = (
            text[1:-1].strip(),
            "it begins a key where the text is not in quotes, and YAML knows only straight ones",
        )
    quoted = f'"{text}"' if not re.search(r"[\"\\]", text) else "'{}'".format(text.replace("'", "''"))
    return "a colon followed by a space is not expected here", why, f"put the text in quotes: `{quoted}`"


def _above(lines: list[str], line: int) -> int:
    """The column, from 1, of the nearest line above that says something."""
    return next((indent(lines[index]) + 1 for index in range(line - 1, -1, -1) if speaks(lines[index])), 1)


def _runs_on(scalar: yaml.ScalarEvent) -> bool:
    """Whether a text goes over several lines: before a syntax error, most likely for want of its end."""
    start, end = scalar.start_mark, scalar.end_mark
    return bool(start and end and end.line > start.line)


def _in_brackets(problem: str) -> bool:
    return problem.startswith("expected ',' or")


def _advice(problem: str) -> tuple[str, str, str]:
    for pattern, *words in _SLIPS:
        found = re.search(pattern, problem)
        if found:
            what, why, fix = (text.replace("{0}", found.group(1)) if found.groups() else text for text in words)
            return what, why, fix
    return "this line cannot be read", f"in YAML’s words: {problem}", "compare it with a line that is written alike"


def _end(lines: list[str]) -> tuple[int, int]:
    """Line and column, from 0, just after the last text of the file."""
    last = max((index for index, line in enumerate(lines) if line.strip()), default=0)
    return last, len(lines[last].rstrip())
