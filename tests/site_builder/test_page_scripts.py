"""The page's own scripts, run by Node: how typed dates are read, and that links are those of the calculator."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from calculator import wire

STATIC = Path(__file__).parents[2] / "site_builder/static"


ANSWERS = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
    const [address, expression, value] = JSON.parse(line);
    const module = await import(address);
    console.log(JSON.stringify(new Function("m", "v", `return ${expression}`)(module, value)));
}
"""

type Run = Callable[[str, str, object], Any]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """What an expression over the module `m` and the value `v` gives, as JSON. One Node answers all."""
    beside = Path(sys.executable).with_name("node")
    found = str(beside) if beside.is_file() else shutil.which("node")
    if not found:
        pytest.skip("Node is not installed")
    command = [found, "--input-type=module", "--eval", ANSWERS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        asked, answered = node.stdin, node.stdout
        assert asked and answered

        def ask(module: str, expression: str, value: object) -> Any:
            asked.write(json.dumps([(STATIC / module).as_uri(), expression, value]) + "\n")
            asked.flush()
            return json.loads(answered.readline())

        yield ask


def test_dates_are_read_as_people_type_them(run: Run) -> None:
    typed = {
        "2026-03-31": "2026-03-31",
        "2026/3/31": "2026-03-31",
        "20260331": "2026-03-31",
        " 31/03/2026 ": "2026-03-31",
        "03.31.2026": "2026-03-31",
        "05-05-2026": "2026-05-05",
        "31 mars 2026": "2026-03-31",
        "1er août 2026": "2026-08-01",
        "1\u00a0AOUT 2026": "2026-08-01",
        "mardi 31 mars 2026": "2026-03-31",
        "31 déc. 2026": "2026-12-31",
        "March 31, 2026": "2026-03-31",
        "31st March 2026": "2026-03-31",
        "29 février 2028": "2028-02-29",
    }
    answers = run("page-dates.js", 'v.map((text) => m.parseDate(text, ["fr", "en"]))', list(typed))
    assert dict(zip(typed, answers, strict=True)) == {text: {"iso": iso} for text, iso in typed.items()}


@pytest.mark.parametrize("locale", ["fr-CA", "en-CA", "en-US", "en-GB"])
def test_a_date_with_two_readings_is_asked_again(locale: str, run: Run) -> None:
    answer = run("page-dates.js", f'm.parseDate(v, ["{locale}", "fr", "en"])', "03/04/2026")
    assert answer == {"problem": "ambiguous", "readings": ["2026-04-03", "2026-03-04"]}


@pytest.mark.parametrize("locale", ["fr-FR", "it-IT"])
def test_where_everybody_writes_the_day_first_it_is_read_so(locale: str, run: Run) -> None:
    answer = run("page-dates.js", f'm.parseDate(v, ["{locale}", "fr", "en"])', "03/04/2026")
    assert answer == {"iso": "2026-04-03"}


@pytest.mark.parametrize(
    "typed",
    ["", "31", "2026-02-29", "2026-13-01", "31/02/2026", "jui 2026", "3 jui 2026", "demain", "12345", "99999999"],
)
def test_what_is_no_date_is_not_guessed(typed: str, run: Run) -> None:
    assert run("page-dates.js", 'm.parseDate(v, ["fr", "en"])', typed) == {"problem": "unreadable"}


def test_dates_are_said_back_in_full(run: Run) -> None:
    assert run("page-dates.js", 'm.spell(v, "fr-CA")', "2026-05-01") == "vendredi 1er mai 2026"
    assert run("page-dates.js", 'm.spell(v, "en-US")', "2026-05-01") == "Friday, May 1, 2026"


REQUESTS: list[dict[str, object]] = [
    {"plan": "care/full", "action": "buy", "on": "2026-01-01"},
    {"plan": "care/full", "action": "buy", "on": "2026-01-01", "serials": ["é-1", "\U0001f600?>", "~~~"]},
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_links_of_the_calculator_are_read(request_: dict[str, object], run: Run) -> None:
    ours = wire.link_fragment(request_, "0123456789abcdef")
    assert run("page-link.js", "m.readLinkFragment(v)", ours) == {
        "request": request_,
        "fingerprint": "0123456789abcdef",
    }


@pytest.mark.parametrize("fragment", ["", "#rules", "#q=", "#q=%%%", "#q=bnVsbA", "#q=WzFd", "#q=_w", "#c=1"])
def test_what_is_no_link_is_ignored(fragment: str, run: Run) -> None:
    assert run("page-link.js", "m.readLinkFragment(v)", fragment) is None


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        *(("fr-FR", "01/04/2027"), ("it-IT", "01/04/2027"), ("de-DE", "01.04.2027"), ("nl-NL", "01-04-2027")),
        *((locale, "2027-04-01") for locale in ("fr-CA", "en-CA", "en-US", "en-GB", "ja-JP", "hu-HU", "ar-EG")),
    ],
)
def test_a_day_is_shown_as_it_is_typed_only_where_it_is_read_in_one_way(locale: str, shown: str, run: Run) -> None:
    assert run("page-dates.js", f'm.asTyped(v, "{locale}")', "2027-04-01") == shown
    assert run("page-dates.js", f'm.parseDate(v, ["{locale}", "fr", "en"])', shown) == {"iso": "2027-04-01"}


@pytest.mark.parametrize("text", ["", "2027-02-29", "1/4/2027", "demain"])
def test_what_is_no_iso_day_is_shown_as_it_is(text: str, run: Run) -> None:
    assert run("page-dates.js", 'm.asTyped(v, "fr-FR")', text) == text
