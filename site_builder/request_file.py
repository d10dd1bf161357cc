"""Reads the request that a command is given, says plainly why it cannot, and shows one."""

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

EXAMPLE: Final = """\
A request:   {"plan": "FAMILY/PLAN", "action": "renew", "on": "2026-03-02", "expiry": "2026-03-31", "quantity": 4}
Actions:     "buy", "renew", "extend", "add", "status", as far as the plan offers them; "buy" needs no "expiry"
More:        "options": {"NAME": true}, "region": "CA-QC"; `clairplan guide contract` has all fields"""
"""What the help shows below the options."""


_IN_PLAIN_WORDS: Final = {
    "Expecting property name enclosed in double quotes": 'a name belongs here, in double quotation marks: "plan"',
    "Expecting value": "a value belongs here; texts and days stand in double quotation marks",
    "Expecting ',' delimiter": "a comma, or the end of the request, is missing before this",
    "Expecting ':' delimiter": "a colon is missing between a name and its value",
    "Extra data": "the request has ended before this: remove what follows its last }",
    "Unterminated string starting at": "a quotation mark is opened here and never closed",
    "Illegal trailing comma before end of object": "remove this comma: nothing follows it",
    "Illegal trailing comma before end of array": "remove this comma: nothing follows it",
}
"""What Python says of a text that is not JSON, as whoever wrote it understands it."""


def read_request(name: str) -> tuple[Any] | None:
    """The request in the named file (`-` is standard input), or None after saying why it cannot be read."""
    shown = "standard input" if name == "-" else name
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return (json.loads(raw.decode("utf-8-sig")),)
    except UnicodeDecodeError as error:
        print(f"{shown}: byte {error.start} is not UTF-8; save the request as UTF-8", file=sys.stderr)
    except json.JSONDecodeError as error:
        said = _IN_PLAIN_WORDS.get(error.msg, error.msg)
        print(f"{shown}:{error.lineno}:{error.colno}: this is not JSON: {said}", file=sys.stderr)
    except RecursionError:
        print(f"{shown}: the request is nested too deeply", file=sys.stderr)
    except ValueError as error:
        print(f"{shown}: {error}", file=sys.stderr)
    return None


def wordless(request: Any, lang: str, families: Mapping[str, Collection[str]]) -> str:
    """Why no answer can be worded: the family that is asked for does not speak the language; empty where it does.

    `families` are the languages of each.
    """
    plan = request.get("plan") if isinstance(request, dict) else None
    family = plan.partition("/")[0] if isinstance(plan, str) else ""
    spoken = families.get(family, (lang,))
    if lang in spoken:
        return ""
    return f"`{family}` has no words in `{lang}`: write {' or '.join(f'--lang {each}' for each in spoken)}"
