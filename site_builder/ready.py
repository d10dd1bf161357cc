"""What Clairplan makes of its own files, kept as Python keeps compiled code: languages read, templates compiled.

It depends on the program alone, so that it stands beside the program and not beside each site. Where Python writes no
compiled code (a folder of somebody else's, PYTHONDONTWRITEBYTECODE), nothing is kept here.
"""

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

from site_builder.caching import PACKAGE, Store


def ready_folder(name: str) -> Path | None:
    """A folder beside Python's compiled code, there to write into; None where there is none."""
    if sys.dont_write_bytecode:
        return None
    try:
        folder = Path(cache_from_source(str(PACKAGE / "__init__.py"))).parent / "clairplan" / name
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, NotImplementedError):  # a folder of somebody else's; a Python without compiled code
        return None
    return folder if os.access(folder, os.W_OK) else None


def ready_values() -> Store | None:
    """The values that depend on the program alone."""
    folder = ready_folder("values")
    return Store(folder) if folder else None
