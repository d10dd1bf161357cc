"""The first guide names the Python that Clairplan needs, before anything is installed or typed."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("guide", ["begin.md", "begin.fr.md"])
def test_the_python_that_is_needed_is_named_first(guide: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = re.findall(r"\d+\.\d+", project["requires-python"])[0]
    before = (ROOT / "docs/guides" / guide).read_text("utf-8").partition("clairplan serve ")[0]
    for said in (f"Python {needed}", "requires a different Python", "`python3 --version`", "py --list"):
        assert said in before, said
    assert set(re.findall(r"(?:python|py -|--python )(\d\.\d+)", before)) == {needed}
    for way in ("https://www.python.org/downloads/", "apt install", "https://docs.astral.sh/uv/"):
        assert way in before, way
