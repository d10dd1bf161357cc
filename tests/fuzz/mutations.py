# ruff: noqa: E501 - lists of odd texts
"""Files as a tired, or a hostile, editor would leave them: the answer is in words, never a traceback."""

import random
import re
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from site_builder.content import load_content, to_html
from site_builder.errors import InputError, render_all
from site_builder.init import STARTER
from site_builder.locales import Language
from site_builder.plans import load_families, run_examples
from site_builder.rules import language_data

PLAN = (STARTER / "plans" / "studio-care.yaml").read_text("utf-8")
REGIONS = (STARTER / "plans" / "regions" / "canada.yaml").read_text("utf-8")
HOME = (STARTER / "content" / "fr" / "home.md").read_text("utf-8")

NASTY = (
    "", "~", "null", "[]", "{}", "-1", "0", "1e9", "999999999999999999999", "0.005", ".5", "NaN", "Infinity", "true", "no",
    "2026-02-30", "0000-00-00", "9999-12-31", "1970-01-01", "2200-12-31", "2026-1-1", "12:30", "*a", "&a x", "!!python/name:os.system",
    "<<: {}", "'", '"', "|", ">", "- x", "? y", "{fr: a}", "[a, [b]]", "é" * 300, "\u202e", "\ud7ff", "%s", "{n}", "../../etc",
    "studio-care/complete", "<script>alert(1)</script>", "[x](javascript:alert(1))", "`" * 9, "#", "¼", "１２", "1_000", "+5",
)  # fmt: skip
SIGNS = "{}[]:,'\"#&*!|>%@`-? \t\\\x00\x7f\ufeff"
NUMBERS = ("0", "1", "2", "12", "28", "31", "100", "365", "2026", "99999")
KEYS = ("plans", "price", "from", "amount", "tiers", "steps", "windows", "id", "until_day", "adjust", "term", "options",
        "estimate", "entitlements", "by_quantity", "renewal", "buy", "when", "lengths", "packs", "examples", "minimum",
        "prorated", "missed_percent", "align", "months", "min_months", "actions", "ends", "starts", "fee", "per", "percent",
        "from_day", "extension", "addition", "proration", "limit", "notices", "credits", "unit", "locales")  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to five mistakes in it."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 5)):
        _mutate(lines, chance)
    return "\n".join(lines)


def _mutate(lines: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    kind = chance.randrange(len(_WITHIN) + 4)
    if kind < len(_WITHIN):
        lines[place] = _WITHIN[kind](lines[place], chance)
    elif kind == len(_WITHIN):
        del lines[place]
        if not lines:
            lines.append("")
    elif kind == len(_WITHIN) + 1:
        other = chance.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    elif kind == len(_WITHIN) + 2:
        indent = " " * (len(lines[place]) - len(lines[place].lstrip()))
        lines.insert(place, f"{indent}{chance.choice(KEYS)}: {chance.choice(NASTY)}")
    else:
        end = min(len(lines), place + chance.choice((1, chance.randint(1, 12))))
        lines[place:place] = lines[place:end]


def _put_in(line: str, chance: random.Random, what: str, instead_of: int) -> str:
    at = chance.randint(0, len(line))
    return line[:at] + what + line[at + instead_of :]


_WITHIN: tuple[Callable[[str, random.Random], str], ...] = (
    lambda line, chance: " " * chance.randint(0, 9) + line.lstrip(),
    lambda line, chance: line.partition(":")[0] + ": " + chance.choice(NASTY),
    lambda line, chance: _put_in(line, chance, chance.choice(NASTY), 0),
    lambda line, chance: _put_in(line, chance, chance.choice(SIGNS), chance.randint(0, 2)),
    lambda line, chance: re.sub(r"\d+", lambda found: chance.choice((*NUMBERS, found[0])), line),
)
"""Mistakes within a line."""


def try_plan(text: str, languages: dict[str, Language]) -> str:
    """What an editor is told of a plan file; empty where nothing is wrong with it. Anything else raised is a find."""
    with tempfile.TemporaryDirectory() as name:
        plans = Path(name, "plans")
        (plans / "regions").mkdir(parents=True)
        (plans / "studio-care.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        (plans / "regions" / "canada.yaml").write_text(REGIONS, "utf-8")
        try:
            families = load_families(plans)
            run_examples(families)
            for language in languages.values():
                language_data(language, families)
        except InputError as error:
            return render_all(error.issues)
        return ""


def try_page(text: str) -> str:
    """The same for a written page; one that is accepted must be harmless as HTML."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "fr")
        folder.mkdir()
        (folder / "home.md").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            page = load_content(Path(name), ("fr",), Path(name)).home("fr")
        except InputError as error:
            return render_all(error.issues)
        assert not dangerous(page.html), page.html
        assert not any(dangerous(part) for part in page.sections)
        return ""


class _Tags(HTMLParser):
    """Collects what an element or its attributes could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "style", "form", "base", "meta", "svg"):
            self.found.append(tag)
        for name, value in attrs:
            # What a browser does with an address: controls and spaces at its ends go, tabs and line ends everywhere.
            address = re.sub(r"[\t\n\r]", "", (value or "").strip("".join(map(chr, range(33))))).casefold()
            leads = name not in ("title", "alt")  # which are only read
            if name.startswith("on") or (leads and re.match(r"(javascript|vbscript|data):", address)):
                self.found.append(f"{name}={value}")


def dangerous(html: str) -> list[str]:
    """What of the HTML could run something, as a browser reads it."""
    tags = _Tags()
    tags.feed(html)
    tags.close()
    return tags.found


def hostile_markdown(chance: random.Random) -> str:
    """Markdown that tries to run a script."""
    pieces = (
        "<script>", "</script>", "<img src=x onerror=", "[a](", "![b](", "javascript:alert(1)", "JaVaScRiPt&#58;", "java\nscript:",
        "data:text/html,x", ")", "<", ">", "&lt;", "&#106;avascript:", '"', "'", " onload=", "<iframe src=", "[r]: ", "[r]",
        "\n\n", "    ", "`", "|", "---", "<!--", "-->", "<a href=", "\x01", "vbscript:", "%6A", "*", "_", "(", "\\",
    )  # fmt: skip
    return "".join(chance.choice(pieces) for _ in range(chance.randint(1, 25)))


def try_markdown(text: str) -> None:
    """Markdown comes out harmless, whatever it holds."""
    assert not dangerous(to_html(text)), (text, to_html(text))
