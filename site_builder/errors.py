"""What an editor is told when a file is wrong: where, what, why, and what to write instead.

Decides how an error reads (on a terminal, as JSON, as an annotation of a pull request). Leaves to its callers
what counts as an error, and to the command line where the text is printed.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

EXCERPT_WIDTH: Final = 96
"""Characters of a source line that an excerpt shows at most."""

_LEAD: Final = 60
"""Characters kept before the caret when a long line is clipped."""

MANY: Final = 24
"""How many names an advice lists."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories without a glyph of their own; the narrow spaces of French are not among them."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: path relative to the project's root; line and column, in characters, from 1.

    Line 0 means the file as a whole (it is missing, too big, not readable as text).
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing an editor has to change. `excerpt` is the source line at `place`, without its line end."""

    place: Place
    what: str
    why: str = ""
    fix: str = ""
    excerpt: str | None = None


class InputError(Exception):
    """Files of the site are wrong; carries every issue that was found, sorted by place, each once."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = in_order(issues)
        super().__init__(self.issues)

    def __str__(self) -> str:
        return render_all(self.issues)


class BundleError(Exception):
    """The browser bundle cannot be made on this machine; the text says what is missing and how to get it."""


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues sorted by file, line and column, without repetitions."""
    return tuple(sorted(set(issues), key=lambda issue: (issue.place, issue.what, issue.why, issue.fix)))


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """The known name nearest to what was written, or None where nothing is near."""
    names = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(written.casefold(), names, n=1, cutoff=0.7)
    return names[near[0]] if near else None


def suggest(written: str, known: Iterable[str]) -> str:
    """The advice on an unknown name: the near one, or all that are known."""
    names = sorted(known)
    near = did_you_mean(written, names)
    if near is not None:
        return f"did you mean `{near}`?"
    if not names:
        return "leave it out"
    more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    return f"write {'one of ' * (len(names) > 1)}{listed(names[:MANY])}{more}"


def suggest_key(written: str, known: Iterable[str], there: object) -> str:
    """The same for a key of a mapping: those that it has `there` already are not to be written twice."""
    held = there if isinstance(there, Mapping) else {}
    return suggest(written, [name for name in known if name not in held])


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 family`, `1,200 families`; `several` is left out where it is `one` and an s."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def listed(names: Iterable[str]) -> str:
    """Names as a reader wants them: `a`, `b`, `c`."""
    return ", ".join(f"`{name}`" for name in names)


def render(issue: Issue, source_text: str | None = None) -> str:
    """The issue as an editor reads it; the excerpt comes from `source_text` or from the issue itself."""
    place = issue.place
    text = [f"{place}: {_printable(issue.what)}"]
    line = _line_of(source_text, place.line) if source_text is not None else issue.excerpt
    if place.line and line is not None:
        text += _excerpt(line, place)
    text += [f"  {label}: {_printable(words)}" for label, words in (("why", issue.why), ("fix", issue.fix)) if words]
    return "\n".join(text)


def render_all(issues: Sequence[Issue], root: Path | None = None) -> str:
    """Every issue, an empty line between them, then their number; excerpts may be read below `root`."""
    blocks = [render(issue, None if issue.excerpt is not None else _read(root, issue.place.file)) for issue in issues]
    count = len(issues)
    return "\n\n".join([*blocks, counted(count, "error")]) + "\n"


def render_warning(issue: Issue) -> str:
    """The issue as an editor reads it, marked as a warning."""
    place = f"{issue.place}: "
    return render(issue).replace(place, f"{place}warning: ", 1)


def summary(errors: int, warnings: int) -> str:
    """How many there are of both, or that there is nothing to mend."""
    counts = [counted(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count]
    return ", ".join(counts) or "Nothing to mend."


def as_json(issue: Issue) -> dict[str, str | int | None]:
    """The issue as a JSON object; `line` and `column` are 0, `excerpt` None where the whole file is meant."""
    place = issue.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "what": issue.what,
        "why": issue.why,
        "fix": issue.fix,
        "excerpt": issue.excerpt,
    }


def from_json(found: Mapping[str, Any]) -> Issue:
    """The issue that `as_json` made such an object of."""
    place = Place(found["file"], found["line"], found["column"])
    return Issue(place, found["what"], found["why"], found["fix"], found["excerpt"])


def as_annotation(issue: Issue) -> str:
    """The issue as a line that GitHub Actions turns into an annotation of the changed file."""
    place = issue.place
    where = f",line={place.line},col={place.column}" if place.line else ""
    words = [issue.what]
    words += [f"{label}: {text}" for label, text in (("why", issue.why), ("fix", issue.fix)) if text]
    message = _escape("\n".join(words))
    file = _escape(place.file).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={file}{where}::{message}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _excerpt(line: str, place: Place) -> list[str]:
    """The source line and a caret below it; a long line is clipped around the caret."""
    caret = min(place.column, len(line) + 1) - 1
    start = max(0, caret - _LEAD) if len(line) > EXCERPT_WIDTH else 0
    end = min(len(line), start + EXCERPT_WIDTH)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shown = before + _visible(line[start:end]) + after
    gutter = f"{place.line:>5} | "
    pointer = " " * (len(gutter) - 2) + "| " + " " * (len(before) + caret - start) + "^"
    return [(gutter + shown).rstrip(), pointer]


def _visible(text: str) -> str:
    """The text with one visible character for each that would not show: the caret stays below its column."""
    return _printable(text.replace("\t", "→"))


def _printable(text: str) -> str:
    """The text without what could move a terminal's cursor: it may quote what a file holds."""
    one_line = text.replace("\n", " ")
    return "".join("�" if unicodedata.category(char) in _UNSEEN else char for char in one_line)


def _line_of(text: str, number: int) -> str | None:
    lines = text.split("\n")
    return lines[number - 1].removesuffix("\r") if 0 < number <= len(lines) else None


def _read(root: Path | None, file: str) -> str | None:
    if root is None:
        return None
    try:
        return (root / file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
