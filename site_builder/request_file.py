"""Reads the request that a command is given, says plainly why it cannot, and shows one."""

import json
import sys
from pathlib import Path
from typing import Any, Final

EXAMPLE: Final = """\
A request:   {"plan": "FAMILY/PLAN", "action": "renew", "on": "2026-03-02", "expiry": "2026-03-31", "quantity": 4}
Actions:     "buy", "renew", "extend", "add", "status", as far as the plan offers them; "buy" needs no "expiry"
More:        "options": {"NAME": true}, "region": "CA-QC"; docs/contract.md has all fields"""
"""What the help shows below the options."""


def read_request(name: str) -> tuple[Any] | None:
    """The request in the named file (`-` is standard input), or None after saying why it cannot be read."""
    shown = "standard input" if name == "-" else name
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return (json.loads(raw.decode("utf-8-sig")),)
    except UnicodeDecodeError as error:
        print(f"{shown}: byte {error.start} is not UTF-8; save the request as UTF-8", file=sys.stderr)
    except json.JSONDecodeError as error:
        print(f"{shown}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}", file=sys.stderr)
    except RecursionError:
        print(f"{shown}: the request is nested too deeply", file=sys.stderr)
    except ValueError as error:
        print(f"{shown}: {error}", file=sys.stderr)
    return None
