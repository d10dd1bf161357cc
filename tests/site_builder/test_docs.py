"""The documentation's pages: what files become, how their Markdown reads, where links lead, what mistakes say."""

import re
from pathlib import Path

import pytest

from site_builder.checks.typography import docs_typography
from site_builder.config import DocsSetting, load_config
from site_builder.docs.files import DocFile, Docs, read_docs
from site_builder.docs.text import convert
from site_builder.docs.whole import Written, written
from site_builder.errors import InputError
from site_builder.locales import load

README = (
    "# Help\n\nAll that you need to know.\n\n## Start\n\n- [Begin](guides/begin.md): how to begin.\n\nMore words.\n"
)
LISEZ = "# Aide\n\nTout ce qu’il faut savoir.\n\n## Débuter\n\n- [Commencer](guides/begin.fr.md) : comment commencer.\n"
SWITCH = "*En français : [begin.fr.md](begin.fr.md).*"
BEGIN = f"# Begin\n\n{SWITCH}\n\nThe first words of this page.\n\n## Two `parts`\n"
START = {
    "README.md": README,
    "README.fr.md": LISEZ,
    "guides/begin.md": BEGIN,
    "guides/begin.fr.md": "# Commencer\n\n*In English: [begin.md](begin.md).*\n\nLes premiers mots de cette page.\n",
}


def docs_of(folder: Path, files: dict[str, str], repository: str = "") -> Docs:
    for name, text in (START | files).items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read_docs(DocsSetting(folder / "docs", "en", repository, folder), ("fr", "en"), folder)


def made(folder: Path, files: dict[str, str], repository: str = "") -> Written:
    return written(docs_of(folder, files, repository), "/site/")


def html(folder: Path, text: str, repository: str = "") -> str:
    """The body of an English page."""
    return made(folder, {"page.md": f"# A page\n\n{text}\n"}, repository).pages["page", "en"].html


def mistakes(folder: Path, files: dict[str, str]) -> str:
    with pytest.raises(InputError) as caught:
        made(folder, files)
    return str(caught.value)


def test_a_file_is_a_page_in_the_language_of_its_name(tmp_path: Path) -> None:
    docs = docs_of(tmp_path, {"rules/README.md": "# Rules\n", "guides/Begin.it.md": "# In no language of the site\n"})
    assert docs.names == ("", "guides/begin", "rules/")
    assert docs.languages_of("guides/begin") == ("fr", "en")
    assert docs.languages_of("rules/") == ("en",)
    assert docs.nearest("rules/", "fr").path == "rules/README.md"


def test_a_title_is_the_first_heading_and_a_description_the_first_paragraph(tmp_path: Path) -> None:
    front = "---\ntitle: Another *title*\ndescription: Said in front.\n---\n# A heading\n\nNot this one, though long.\n"
    long = "# Long\n\nStatus: accepted\n\n" + "A sentence of some words that goes on. " * 12
    pages = made(tmp_path, {"front.md": front, "long.md": long}).pages
    assert (pages["guides/begin", "en"].title, pages["guides/begin", "en"].description) == (
        "Begin",
        "The first words of this page.",
    )
    assert (pages["front", "en"].title, pages["front", "en"].description) == ("Another *title*", "Said in front.")
    assert pages["front", "en"].heading == "A heading"
    assert re.fullmatch(r"(A sentence of some words that goes on\. ?){5}", pages["long", "en"].description)


def test_links_lead_to_pages_and_their_headings(tmp_path: Path) -> None:
    text = (
        "[a](guides/begin.md) [b](guides/begin.md#two-parts) [c](guides/begin.fr.md) [d](#here)\n\n"
        "## Here\n\n[e](https://example.org/) [f](/en/) [g](README.md) [h](.)"
    )
    assert re.findall(r'<a (?:class="anchor" )?(href="[^>]*)>', html(tmp_path, text)) == [
        'href="/site/en/docs/guides/begin/"',
        'href="/site/en/docs/guides/begin/#two-parts"',
        'href="/site/fr/docs/guides/begin/" hreflang="fr"',
        'href="#here"',
        'href="#here"',
        'href="https://example.org/"',
        'href="/en/"',
        'href="/site/en/docs/"',
        'href="/site/en/docs/"',
    ]


def test_files_of_the_repository_are_named_or_linked(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "care.yaml").touch()
    text = "[`care.yaml`](../plans/care.yaml) and [the plans](../plans)"
    assert html(tmp_path, text) == "<p><code>care.yaml</code> and the plans (<code>plans</code>)</p>"
    linked = html(tmp_path, text, "https://example.org/blob/main/")
    assert '<a href="https://example.org/blob/main/plans/care.yaml"><code>care.yaml</code></a>' in linked
    assert made(tmp_path, {}).outside == frozenset({"plans", "plans/care.yaml"})


def test_pictures_are_published_under_the_hash_of_their_content(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "plan.svg").write_text("<svg/>")
    whole = made(tmp_path, {"page.md": "# A page\n\n![The plan](plan.svg)\n"})
    (path,) = whole.assets
    assert re.fullmatch(r"assets/plan-[0-9a-f]{10}\.svg", path)
    assert f'<img src="/site/{path}" alt="The plan" loading="lazy">' in whole.pages["page", "en"].html


def test_a_dead_link_is_said_with_its_place(tmp_path: Path) -> None:
    page = "---\ntitle: T\n---\n# A page\n\n`[x](none.md)`\n\n```\n[x](none.md)\n```\n\nSee [this\none](none.md).\n"
    message = mistakes(
        tmp_path, {"page.md": page, "other.md": "# O\n\n[a](guides/begin.md#too-parts) [b](js:x) ![](n.png)\n"}
    )
    assert "docs/page.md:13:6: the link `none.md` leads nowhere" in message
    assert "docs/other.md:3:5: the link `guides/begin.md#too-parts` leads to no heading" in message
    assert "did you mean `two-parts`?" in message
    assert "docs/other.md:3:36: the link `js:x` leads nowhere" in message
    assert "docs/other.md:3:46: there is no picture `n.png`" in message
    assert message.endswith("4 errors\n")


def test_a_link_longer_than_any_name_or_no_address_at_all_is_dead(tmp_path: Path) -> None:
    for long in ("é" * 300 + ".md", "https://[x"):
        assert f"the link `{long}` leads nowhere" in mistakes(tmp_path, {"page.md": f"# A page\n\n[a]({long})\n"})


def test_a_link_out_of_the_site_s_folder_is_dead(tmp_path: Path) -> None:
    root = tmp_path / "site"
    (tmp_path / "secret").touch()
    root.mkdir()
    assert "the link `../../secret` leads nowhere" in mistakes(root, {"page.md": "# A page\n\n[a](../../secret)\n"})


def test_other_mistakes_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        docs_of(
            tmp_path,
            {
                "rules.md": "# R\n",
                "rules/README.md": "# R\n",
                "bad name.md": "# B\n",
                "x.md": "---\ntitel: X\n---\n# X\n",
            },
        )
    message = str(caught.value)
    assert "docs/bad name.md: the file's name cannot be an address" in message
    assert "two pages have one address" in message
    assert "docs/x.md:2:1: `titel` is not known here" in message
    (tmp_path / "docs" / "README.fr.md").unlink()
    with pytest.raises(InputError, match=r"docs/README\.fr\.md: the page is missing"):
        read_docs(DocsSetting(tmp_path / "docs", "en", "", tmp_path), ("fr", "en"), tmp_path)
    assert "does not begin with its title" in mistakes(tmp_path / "third", {"page.md": "Words.\n"})


def test_raw_html_is_text_and_comments_are_gone() -> None:
    text = convert("# A <b>page</b>\n\n<!-- not run -->\n<script>x()</script> and <img src=x onerror=y>\n").html
    assert "<script" not in text and "<img" not in text and "<b>" not in text and "not run" not in text
    assert "&lt;script&gt;x()&lt;/script&gt;" in text


def test_code_is_coloured_and_kept_to_the_letter() -> None:
    text = (
        '<!-- file plans/a.yaml -->\n```yaml\nkey: "a <b>"  # why\n\n  odd: 12\n```\n\n~~~\nplain `x` [y](z.md)\n~~~\n'
    )
    block = convert(text).html
    assert '<figure class="code" data-language="yaml"><figcaption>plans/a.yaml</figcaption>' in block
    assert '<span class="hl-k">key</span>' in block and '<span class="hl-c"># why</span>' in block
    codes = [re.sub(r"<[^>]+>", "", code) for code in re.findall(r"<code>(.*?)</code>", block, re.DOTALL)]
    assert codes == ['key: "a &lt;b&gt;"  # why\n\n  odd: 12', "plain `x` [y](z.md)"]
    assert "style=" not in block


@pytest.mark.parametrize(
    "language", ["console", "bash", "diff", "json", "nginx", "html", "text", "no-such-language", ""]
)
def test_every_block_keeps_its_text(language: str) -> None:
    lines = "$ a --b 'c'\nout\n- old\n+ new\n{\"x\": 1}"
    block = re.search(r"<code>(.*?)</code>", convert(f"```{language}\n{lines}\n```\n").html, re.DOTALL)
    assert block and re.sub(r"<[^>]+>", "", block[1]).replace("&quot;", '"') == lines


def test_headings_have_stable_ids_and_tables_scroll() -> None:
    text = convert(
        "## Two `parts`, né?\n\n## Two `parts`, né?\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n- [ ] to do\n- [x] done\n"
    )
    assert [heading.id for heading in text.headings] == ["two-parts-né", "two-parts-né-1"]
    assert '<div class="scroll" role="group" tabindex="0" aria-labelledby="two-parts-né-1"><table>' in text.html
    assert '<th class="align-right">a</th>' in text.html and "style=" not in text.html
    assert '<li class="task">to do</li>' in text.html and '<li class="task done">done</li>' in text.html


def test_pages_stand_in_the_order_of_the_first_page_and_new_ones_are_found(tmp_path: Path) -> None:
    index = made(
        tmp_path,
        {
            "guides/later.md": "# A later guide\n\nWhat it is about, in a sentence.\n",
            "alone.md": "# Alone\n",
            "README.md": README + "\n## Look up\n\n- [Web](https://example.org)\n- [Rules](rules/README.md): all.\n",
            "rules/README.md": "# Rules\n\n[Second](b.md), [first](a.md)\n",
            "rules/a.md": "# A\n",
            "rules/b.md": "# B\n",
            "rules/c.md": "# C\n",
        },
    ).indexes
    groups = [(group.title, [entry.file.name for entry in group.entries]) for group in index["en"].groups]
    assert groups == [("Start", ["guides/begin", "guides/later"]), ("Look up", ["rules/"]), ("", ["alone"])]
    assert [entry.file.name for entry in index["en"].pages()][3:6] == ["rules/b", "rules/a", "rules/c"]
    assert index["en"].groups[0].entries[1].about == "What it is about, in a sentence."
    french = {entry.file.name: entry.file.lang for entry in index["fr"].pages()}
    assert french["guides/begin"] == "fr" and french["guides/later"] == "en"
    assert index["en"].groups[0].prose == "<p>More words.</p>"
    assert index["en"].groups[1].prose == '<p><a href="https://example.org">Web</a></p>'
    assert "All that you need" in index["en"].lead and "README" not in index["en"].lead


def test_the_line_to_the_other_language_is_the_switch_s_business(tmp_path: Path) -> None:
    assert "En français" not in made(tmp_path, {}).pages["guides/begin", "en"].html
    assert "En français" in html(tmp_path, "*En français : [another page](guides/begin.fr.md).*")


def config(folder: Path, docs: str) -> None:
    (folder / "content").mkdir(exist_ok=True)
    (folder / "docs").mkdir(exist_ok=True)
    text = f"title: T\nbase_url: https://example.org\nlanguages: [fr, en]\n{docs}\n"
    (folder / "content/site.yaml").write_text(text)


def test_the_setting_is_a_folder_or_a_mapping(tmp_path: Path) -> None:
    config(tmp_path, "docs: docs")
    found = load_config(tmp_path / "content/site.yaml", tmp_path).docs
    assert found == DocsSetting(tmp_path / "docs", "fr", "", tmp_path)
    config(tmp_path, "docs: {folder: docs, language: en, repository: https://example.org/r}")
    found = load_config(tmp_path / "content/site.yaml", tmp_path).docs
    assert found == DocsSetting(tmp_path / "docs", "en", "https://example.org/r/", tmp_path)


@pytest.mark.parametrize(
    ("docs", "message"),
    [
        ("docs: dox", "content/site.yaml:4:7: there is no folder `dox`"),
        (f"docs: {'d' * 300}", f"content/site.yaml:4:7: there is no folder `{'d' * 300}`"),
        ("docs: [docs]", "content/site.yaml:4:7: the documentation has no folder"),
        ("docs: {folder: docs, language: it}", "content/site.yaml:4:32: the site does not speak `it`"),
        ("docs: {folder: docs, repository: here}", "content/site.yaml:4:34: `here` is not the address of a repository"),
        ("docs: {folder: docs, folders: x}", "content/site.yaml:4:22: `folders` is not a setting of `docs`"),
    ],
)
def test_a_wrong_setting_is_said_at_its_place(tmp_path: Path, docs: str, message: str) -> None:
    config(tmp_path, docs)
    with pytest.raises(InputError) as caught:
        load_config(tmp_path / "content/site.yaml", tmp_path)
    assert message in str(caught.value)


def test_a_family_cannot_take_the_documentation_s_address(tmp_path: Path) -> None:
    config(tmp_path, "docs: docs")
    with pytest.raises(InputError, match=r"content/site\.yaml:4:1: two pages have one address"):
        load_config(tmp_path / "content/site.yaml", tmp_path).order(["care", "docs"])


def test_french_pages_are_looked_through_but_for_their_code() -> None:
    text = "# T\n\n*In English: [it's x](x.md).*\n\nL'eau `l'x`\n\n```\nl'code: x\n```\n\nDeux points: ici.\n"
    file = DocFile("x", "fr", "x.fr.md", {}, text, 1, "docs/x.fr.md")
    found = [(str(issue.place), issue.what.partition(" in French")[0]) for issue in docs_typography(file, load("fr"))]
    assert found == [
        ("docs/x.fr.md:5:2", "a straight apostrophe"),
        ("docs/x.fr.md:11:11", "no space before `:`: `Deux points: ici.`"),
    ]
