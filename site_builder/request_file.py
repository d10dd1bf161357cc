"""Reads the request that a command is given, from a file or from standard input, and says plainly why it cannot."""

import json
import sys
from pathlib import Path
from typing import Any


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
