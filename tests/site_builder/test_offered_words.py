"""Where an advice offers words to choose from, each of them is accepted where the mistake was.

Plan files are broken value by value and key by key; then every word that is offered is put in the place of the mistake.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.errors import InputError, Issue
from site_builder.plans import load_families, run_examples
from site_builder.reading import read_sources
from site_builder.sources import Value, read_yaml
from tests.site_builder.small_site import PLANS, REGIONS
from tests.site_builder.starter_site import change

NONSENSE = "zzqx"
VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^\s,}\]]+')
KEY = re.compile(r"[\w-]+(?=:)")
CHOICE = re.compile(r"(?:write|did you mean) (?:one of )?(`[^`]+`(?:(?:, | or )`[^`]+`)*)")


class Broken:
    """A plan file with something else in the place of one of its words."""

    def __init__(self, root: Path) -> None:
        self.root, self.file = root, root / "plans/care.yaml"
        (root / "plans/regions").mkdir(parents=True)
        (root / "plans/regions/somewhere.yaml").write_text(REGIONS, "utf-8")
        self.lines = PLANS.split("\n")
        assert not self.issues()

    def issues(self, line: int = 0, column: int = 0, old: re.Pattern[str] = VALUE, new: str = "") -> tuple[Issue, ...]:
        """What is wrong at a place once `new` stands there."""
        lines = list(self.lines)
        if line:
            kept, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            lines[line - 1] = kept + old.sub(lambda _: new, rest, count=1)
        self.file.write_text("\n".join(lines), "utf-8")
        try:
            run_examples(load_families(self.root / "plans", ("fr", "en"), self.root))
        except InputError as error:
            return tuple(issue for issue in error.issues if (issue.place.line, issue.place.column) == (line, column))
        return ()

    def places(self, keys: bool) -> Iterator[tuple[int, int, Value]]:
        """Each kind of value, or of key, once, with the mapping that it is in."""
        document, _ = read_yaml(self.file, self.root)
        assert document
        seen = set()
        for path, place in (document.keys if keys else document.values).items():
            kind = tuple("" if isinstance(step, int) else step for step in path)
            if kind not in seen and (keys or isinstance(document.at(path), str)):
                seen.add(kind)
                yield place.line, place.column, document.at(path[:-1])


def offered(issues: tuple[Issue, ...]) -> set[str]:
    """The words to choose from; an advice that leaves some of it to the editor, with dots, is none."""
    found = [match[1] for issue in issues if (match := CHOICE.match(issue.fix))]
    found += [issue.why for issue in issues if issue.fix.startswith("write one of these")]
    return {word for text in found for word in re.findall(r"`([^`]+)`", text) if "…" not in word}


def test_words_that_are_offered_for_a_value_are_accepted_there(tmp_path: Path) -> None:
    broken, tried, refused = Broken(tmp_path), 0, []
    for line, column, _ in broken.places(keys=False):
        for word in offered(broken.issues(line, column, VALUE, NONSENSE)):
            tried += 1
            refused += [(line, column, word, issue.what) for issue in broken.issues(line, column, VALUE, word)]
    assert tried > 60 and refused == []


def test_keys_that_are_offered_are_not_there_yet(tmp_path: Path) -> None:
    broken, tried, twice = Broken(tmp_path), 0, []
    for line, column, held in broken.places(keys=True):
        assert isinstance(held, dict)
        own = KEY.match(broken.lines[line - 1], column - 1)
        for word in offered(broken.issues(line, column, KEY, NONSENSE)):
            tried += 1
            twice += [(line, column, word)] if word in held and own and word != own[0] else []
    assert tried > 60 and twice == []


def told(site: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:
    monkeypatch.chdir(site)
    with pytest.raises(InputError) as caught:
        read_sources(Path("plans"), Path("content"))
    (issue,) = caught.value.issues
    return issue


@pytest.mark.parametrize(
    ("file", "line", "there"),
    [
        ("content/site.yaml", "zzqx: 1", {"title", "base_url", "languages"}),
        ("content/site.yaml", "logo: {light: logo.svg, zzqx: 1}", {"light"}),
        ("content/fr/home.md", "zzqx: 1", {"title", "description", "heading"}),
    ],
)
def test_settings_and_front_matter_offer_no_key_twice(
    file: str, line: str, there: set[str], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "content/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    change(site, "title:", f"{line}\ntitle:", file)
    words = offered((told(site, monkeypatch),))
    assert not words & there and (words or file.endswith("home.md"))


def test_a_logo_and_a_picture_that_are_offered_can_be_shown(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("content/mark.svg", "content/en/map.svg"):
        (site / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
        (site / name).with_name("broken.png").write_text("no picture")
    change(site, "title:", "logo: zzqx\ntitle:", "content/site.yaml")
    words = offered((told(site, monkeypatch),))
    assert words == {"mark.svg", "en/map.svg"}
    for word in words:
        (site / "content/site.yaml").write_text((site / "content/site.yaml").read_text().replace("zzqx", word))
        read_sources(Path("plans"), Path("content"))
        (site / "content/site.yaml").write_text((site / "content/site.yaml").read_text().replace(word, "zzqx"))
    change(site, "logo: zzqx\n", "", "content/site.yaml")
    home = site / "content/en/home.md"
    written = home.read_text()
    home.write_text(f"{written}\n![A map](zzqx.png)\n")
    there = re.findall(r"`([^`]+)`", told(site, monkeypatch).fix.partition("the pictures that are there: ")[2])
    assert there == ["map.svg", "../mark.svg"]
    for name in there:
        home.write_text(f"{written}\n![A map]({name})\n")
        read_sources(Path("plans"), Path("content"))
