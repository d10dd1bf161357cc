"""The rules to copy, in both languages: a French page has the blocks, figures, keys and links of its English one."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, links, prose

FOLDER = ROOT / "docs" / "vocabulary"
FRENCH = sorted(FOLDER.glob("*.fr.md"))
MONTHS = (
    ("January", "janvier"), ("February", "février"), ("March", "mars"), ("April", "avril"), ("May", "mai"),
    ("June", "juin"), ("July", "juillet"), ("August", "août"), ("September", "septembre"), ("October", "octobre"),
    ("November", "novembre"), ("December", "décembre"),
)  # fmt: skip
NUMBERS = {month: f"{number:02}" for number, names in enumerate(MONTHS, 1) for month in names}
TWIN = re.compile(r"^\*In English: .*\n|^\*En français\u00a0: .*\n", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
DAY = re.compile(rf"(\d+)(?:er)?\s({'|'.join(NUMBERS)})\s(\d{{4}})")
FIGURE = re.compile(r"\d{4}-\d\d-\d\d|[-−]?\d+(?:[,\u00a0]\d{3}(?!\d))*(?:[.,]\d+)?")


def english(path: Path) -> Path:
    return path.with_name(path.name.replace(".fr.md", ".md"))


def text(path: Path) -> str:
    """The page's sentences and tables, but for the line that leads to its other language and for where links lead."""
    return re.sub(r"\]\([^)]*\)", "]", TWIN.sub("", prose(path.read_text("utf-8"))))


def blocks(path: Path) -> list[str]:
    return re.findall(r"^```.*?^```$", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def figures(path: Path) -> list[Counter[str]]:
    """The figures of each row of the page's tables, then those of its sentences; keys and addresses have none."""
    lines = CODE.sub("", text(path)).splitlines()
    rows = [line for line in lines if line.startswith("|")]
    sentences = "\n".join(line for line in lines if not line.startswith("|"))
    return [Counter(map(plain, FIGURE.findall(dated(part)))) for part in (*rows, sentences)]


def dated(words: str) -> str:
    """The same words with their dates as a plan file has them."""
    return DAY.sub(lambda found: f"{found[3]}-{NUMBERS[found[2]]}-{int(found[1]):02}", words)


def plain(figure: str) -> str:
    """1,080.00, and the French 1 080,00, as 1080.00."""
    whole, mark, cents = re.sub(r"[.,](?=\d\d?$)", "\n", figure).partition("\n")
    return re.sub(r"[,\u00a0]", "", whole) + (f".{cents}" if mark else "")


def codes(path: Path) -> set[str]:
    """What the page writes as code in its sentences and tables."""
    return set(CODE.findall(re.sub(r"\s+", " ", text(path))))


def led(path: Path) -> Counter[str]:
    """Where the page's links lead: those to pages that are there in French too by their English names."""
    found = []
    for target in links(path):
        assert not path.name.endswith(".fr.md") or target == english(path).name or _nearest(target), target
        found.append(target.replace(".fr.md", ".md"))
    return Counter(found)


def _nearest(target: str) -> bool:
    """Whether a link of a French page leads to a French page, where there is one."""
    return target.endswith(".fr.md") or not (FOLDER / target).with_suffix(".fr.md").exists()


def test_every_page_is_there_in_both_languages() -> None:
    both = {path.name for path in FOLDER.glob("*.md")}
    assert {path.name for path in FRENCH} == {name.replace(".md", ".fr.md") for name in both if ".fr." not in name}
    assert len(FRENCH) > 15


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_a_french_page_has_the_blocks_of_its_english_one(path: Path) -> None:
    assert blocks(path) == blocks(english(path))


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_a_french_page_has_the_figures_of_its_english_one(path: Path) -> None:
    assert figures(path) == figures(english(path))


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_a_french_page_names_the_keys_of_its_english_one(path: Path) -> None:
    assert codes(path) == codes(english(path))


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_a_french_page_leads_where_its_english_one_does(path: Path) -> None:
    assert led(path) == led(english(path))


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)
def test_a_french_page_names_the_cases_of_its_english_one(path: Path) -> None:
    held = {"en": r"^Held by (.*)\.$", "fr": r"^Vérifié par (.*)\.$"}
    named = [
        re.findall(held[lang], page.read_text("utf-8"), re.M) for lang, page in (("en", english(path)), ("fr", path))
    ]
    assert [CODE.findall(line) for line in named[0]] == [CODE.findall(line) for line in named[1]]
    assert named[0] or path.name.startswith("README")


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("1,080.00", "1080.00"), ("1\u00a0080,00", "1080.00"), ("120,00", "120.00"), ("0.33", "0.33"),
        ("1,095", "1095"), ("1\u00a0095", "1095"), ("-30", "-30"), ("2026-12-31", "2026-12-31"),
    ],
)  # fmt: skip
def test_figures_are_read_in_both_languages(said: str, figure: str) -> None:
    assert [plain(found) for found in FIGURE.findall(said)] == [figure]


def test_dates_are_read_in_both_languages() -> None:
    assert dated("31 December 2026") == dated("31 décembre 2026") == "2026-12-31"
    assert dated("1er avril 2026") == "2026-04-01"
