"""`clairplan` as it is in the folder that it runs in: for guides that change the program's own data.

Started with `python -P tests/docs/apart.py …` in a folder that holds `calculator` and `site_builder`.
"""

import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

sys.path.insert(0, ".")


def no_bundle(folder: Path, **_: object) -> SimpleNamespace:
    """Stands for `bundle.build`, which takes long and is no guide's affair."""
    folder.mkdir(parents=True)
    return SimpleNamespace(engine="engine", manifest_name="manifest.json")


if __name__ == "__main__":
    from site_builder import cli

    with patch("site_builder.bundle.build", no_bundle):
        sys.exit(cli.main())
