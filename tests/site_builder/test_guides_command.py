"""`clairplan guide`: the documentation of the package, links that can be typed, and that a wheel brings it along."""

import re
from pathlib import Path

import pytest

from scripts.wheel import documentation
from site_builder import guides
from site_builder.cli import main
from site_builder.request_file import EXAMPLE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FILES = sorted(
    path.relative_to(DOCS) for path in DOCS.rglob("*.md") if path.parent != DOCS or path.stem[:6] != "README"
)
CODE = re.compile(r"^ *(```+).*?^ *\1$|`[^`\n]*`|<!--.*?-->", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def printed(capsys: pytest.CaptureFixture[str], *typed: str) -> str:
    assert main(["guide", *typed]) == 0
    return capsys.readouterr().out


def test_the_list_has_every_page_with_its_title_on_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    listed = printed(capsys, "--lang", "fr")
    assert re.search(r"^add-a-family +Ajouter une famille de forfaits$", listed, re.MULTILINE)
    assert re.search(r"^plan-file +Every key of a plan file$", listed, re.MULTILINE)
    assert re.search(r"^vocabulary +Le vocabulaire, un mécanisme par page$", listed, re.MULTILINE)
    assert re.search(r"^adr-0014 +14\. A partner's page frames the calculator$", listed, re.MULTILINE)
    files = [path for path in FILES if "." not in path.stem]
    assert len(listed.splitlines()) == len(files)
    names = [line.split()[0] for line in listed.splitlines()]
    assert names[:5] == ["begin", "add-a-family", "change-a-price", "pages", "publish"]
    assert names.index("vocabulary") == names.index("arrears") - 1
    assert names.index("adr") == names.index("adr-0001") - 1
    assert names.index("send") < names.index("vocabulary") < names.index("plan-file")
    assert names.index("adr") > max(
        map(names.index, ("architecture", "mutants", "first-quote", "traceability", "plan-file"))
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_list_is_that_of_the_first_page_in_each_language(lang: str) -> None:
    first = (DOCS / ("README.fr.md" if lang == "fr" else "README.md")).read_text("utf-8")
    found = guides.groups(lang, DOCS)
    assert [*found] == re.findall(r"^## (.+)$", first, re.MULTILINE)
    assert [*found] == [*found][:1] + [title for title in found if "begin" not in found[title]]
    assert sorted(name for named in found.values() for name in named) == sorted(guides.pages(DOCS))
    assert set(guides.groups("en", DOCS)) != set(guides.groups("fr", DOCS))


def test_a_page_that_the_first_page_does_not_list_is_listed_last(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Docs\n\n## Begin\n\n- [Two](two.md): it\n- [Not](none.md): there\n")
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# Page {name}\n")
    assert guides.groups("en", tmp_path) == {"Begin": {"two": "Page two"}, "More": {"one": "Page one"}}


@pytest.mark.parametrize("name", ["README", "docs/README.md", "README.fr.md"])
def test_the_first_page_is_the_list(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, name) == printed(capsys)


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "# Publish the site"), ("fr", "# Publier le site"), ("it", "# Publ")]
)
def test_a_page_is_printed_in_its_language_or_in_english(
    lang: str, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = printed(capsys, "publish", "--lang", lang)
    assert page.startswith(title)
    assert "<!--" not in page


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("../vocabulary/packs.md", "# Packs"),
        ("../vocabulary/README.md", "# The vocabulary"),
        ("vocabulary/", "# The vocabulary"),
        ("packs.fr", "# Des tailles"),
        ("../vocabulary/README.fr.md", "# Le vocabulaire"),
        ("publish.fr", "# Publier le site"),
        ("guides/publish.fr.md", "# Publier le site"),
        ("../adr/0014-a-partners-page-frames-the-calculator.md", "# 14. "),
        ("14", "# 14. "),
        ("adr-0014", "# 14. "),
        ("adr", "# Decisions"),
    ],
)
def test_a_page_is_known_by_name_and_by_path(typed: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, typed).startswith(title)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_whatever_a_page_links_to_can_be_read(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(CODE.sub("", (DOCS / file).read_text("utf-8")))]
    # An index beside the page is its folder's; by itself its name is that of the list.
    paths = [str(file.with_name(target)) if target.startswith("README.") else target for target in targets]
    led = [path for path in paths if path.endswith(".md") and ":" not in path]
    monkeypatch.setattr(guides, "COMMAND", "typed:")
    page = guides.text(file.as_posix(), "en", DOCS)
    assert LINK.findall(CODE.sub("", page)) == []
    typed = re.findall(r"`typed:([^`]*)`", page)
    assert [printed(capsys, *command.split()) for command in typed] == [printed(capsys, path) for path in led]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_guides_are_for_who_has_a_site_and_no_repository(lang: str) -> None:
    own = [name for name, path in guides.pages(DOCS).items() if path.parent.name in ("guides", "vocabulary")]
    assert len(own) > 20
    for name in [*own, "commands"]:
        page = guides.text(name, lang, DOCS)
        assert "$schema=../site_builder" not in page, name
        assert not re.search(r"Held by|Vérifié par", page), name
        assert not re.search(r"keystroke|sketchup|solidxperts|vtube|clairplan\.example|make site", page), name
        if name != "add-a-language":
            assert "site_builder/" not in page, name


def test_the_help_of_a_request_names_a_page_that_there_is() -> None:
    (named,) = re.findall(r"`clairplan guide (\w+)` has all fields", EXAMPLE)
    assert named in guides.pages(DOCS)


def test_links_say_where_they_lead() -> None:
    page = guides.text("publish", "en", DOCS)
    assert "*En français : `clairplan guide publish --lang fr`.*" in page
    assert "see [below" not in page and "(see below a path)" in page  # its own heading says so already
    assert "opens from your mail program" in page and "send (`clairplan guide send`)" in page
    assert "YAML language server (https://github.com/" in re.sub(r"\s+", " ", guides.text("editor", "en", DOCS))
    assert "`plans/regions/`; taxes (`clairplan guide taxes`)" in guides.text("add-a-family", "en", DOCS)
    assert "(`public/schema/request.schema.json`)" in guides.text("contract", "en", DOCS)


def test_a_heading_of_another_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "two.md").write_text("# Two\n\n## What its `steps` take\n")
    (tmp_path / "one.md").write_text("# One\n\n[the steps](two.md#what-its-steps-take), ![a\nmap](map.svg), `[x](y)`\n")
    page = guides.text("one", "en", tmp_path)
    assert page == "# One\n\nthe steps (`clairplan guide two`, “What its steps take”), (a\nmap), `[x](y)`\n"


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_heading_that_a_link_names_is_found(file: Path) -> None:
    for target in LINK.findall(CODE.sub("", (DOCS / file).read_text("utf-8"))):
        path, _, fragment = target.partition("#")
        if fragment and ":" not in path:
            page = (DOCS / file).parent / path if path else DOCS / file
            assert guides._heading(fragment, page), target


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("publsih", "there is no page `publsih`: did you mean `publish`?\n"),
        ("steps", "there is no page `steps`: `clairplan guide` lists all pages\n"),
        ("uplift", "there is no page `uplift`: did you mean `renewal-uplift`?\n"),
        ("tiers", "there is no page `tiers`: write one of `graduated-tiers`, `volume-tiers`\n"),
    ],
)
def test_an_unknown_page_is_told(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", typed]) == 2
    assert capsys.readouterr().err == said


def test_an_installed_package_reads_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guides.folder() == ROOT / "docs"
    (tmp_path / "guides").mkdir()
    monkeypatch.setattr(guides, "_BESIDE", tmp_path)
    assert guides.folder() == tmp_path / "guides"
    for name in ("contract.md", "guides/send.md"):
        (tmp_path / "guides" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "guides" / name).write_text("# Title\n")
    assert sorted(guides.pages(tmp_path / "guides")) == ["contract", "send"]


def test_a_wheel_brings_every_page_along() -> None:
    packed = documentation(ROOT)
    assert set(packed) == {str(path) for path in DOCS.rglob("*.md")}
    assert packed[str(DOCS / "guides/send.fr.md")] == "site_builder/guides/guides/send.fr.md"
