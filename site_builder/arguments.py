"""What is typed behind a command: days, ports, and the folder it is typed in; what is none is said in plain words."""

import argparse
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from site_builder.errors import InputError, Issue, Place

PORTS: Final = range(65536)
_OURS: Final = 1024
"""Ports below this one are the system's."""


class PortError(Exception):
    """Nothing can be served on that port; the text says why, and what to type instead."""


def day(text: str) -> date:
    """The day that is typed as YYYY-MM-DD. Raises ArgumentTypeError with the days that another text may stand for."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        from site_builder.plans.as_typed import day_advice  # for mistakes alone

        advice = day_advice(text).replace("`", "") or f"write a day as {date.today().isoformat()}"
        raise argparse.ArgumentTypeError(f"`{text}` is no day: {advice}") from None


def port(text: str) -> int:
    """The number of a port, 0 for a free one. Raises ArgumentTypeError."""
    if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) in PORTS:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is no port: write a number from 1 to {PORTS[-1]}, or 0 for a free one")


@contextmanager
def listening(number: int) -> Iterator[None]:
    """Raises PortError where what is done inside could not listen on a port."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = number + 1 if number + 1 in PORTS else 0
            taken = f"port {number} is taken by another program, maybe by another `clairplan serve`"
            raise PortError(f"{taken}: add `--port {other}`, or end that program") from None
        if error.errno in (errno.EACCES, errno.EPERM) and 0 < number < _OURS:
            raise PortError(f"port {number} is for the system alone: add `--port 8000`") from None
        raise


def require_site(*folders: Path) -> None:
    """Raises InputError where none of a site's folders is there: then this is the wrong folder to be in."""
    if any(folder.exists() for folder in folders):
        return
    above = next((one for one in Path.cwd().parents if (one / "content/site.yaml").is_file()), None)
    missing = " and ".join(f"no `{folder.as_posix().rstrip('/')}/`" for folder in folders)
    why = f"there is {missing} in `{Path.cwd()}`"
    fix = "go to the folder that `clairplan init` made, or start a site: `clairplan init my-site`"
    if above:
        fix = f"go to the folder of the site: `cd {Path(os.path.relpath(above)).as_posix()}`"
    raise InputError([Issue(Place("."), "this is no folder of a site", why, fix)])
