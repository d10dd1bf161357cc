"""Pages are shown as they are written: an ordinary space beside a French mark is noticed in them."""

from pathlib import Path

import pytest

from site_builder.checks.typography import page_typography
from site_builder.content import load_content
from site_builder.locales import load

HOME = "\n".join(
    [
        "---",
        *(f"{key}: x" for key in "title description heading lead call caption families_title choice".split()),
        "---",
    ]
)


@pytest.mark.parametrize(
    ("line", "noticed"),
    [
        ("Une taxe : chaque ligne.", ":"),
        ("Le mot « grâce ».", "«"),
        ("Une remise de 10 %.", "%"),
        ("Une taxe\u00a0: chaque ligne, de 10\u00a0%, « ainsi\u00a0».".replace("« ", "«\u00a0"), ""),
        ("À 12:30, https://a.example/x:y", ""),
    ],
)
def test_an_ordinary_space_beside_a_mark_is_noticed(tmp_path: Path, line: str, noticed: str) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "home.md").write_text(f"{HOME}\n{line}\n", "utf-8")
    page = load_content(tmp_path, ("fr",), tmp_path).home("fr")
    found = [issue.what for issue in page_typography(page, load("fr")) if "ordinary space" in issue.what]
    assert [what.partition("`")[2].partition("`")[0] for what in found] == ([noticed] if noticed else [])


def test_all_of_a_line_are_counted_and_the_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "home.md").write_text(f"{HOME}\nUne taxe : 5 %, puis 10 % et 15 %.\n", "utf-8")
    page = load_content(tmp_path, ("fr",), tmp_path).home("fr")
    issue = next(issue for issue in page_typography(page, load("fr")) if "ordinary space" in issue.what)
    assert issue.what.endswith(", and 3 more in this line") and "Option+Space" in issue.fix
