from pathlib import Path

import pytest

from site_builder.content import Content, inline_html, load_content, to_html
from site_builder.errors import InputError
from tests.site_builder.small_site import HOME


def content_of(root: Path, files: dict[str, str]) -> Content:
    for name, text in files.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, encoding="utf-8")
    return load_content(root / "content", ("fr", "en"), root)


def issues_of(root: Path, files: dict[str, str]) -> str:
    with pytest.raises(InputError) as caught:
        content_of(root, files)
    return str(caught.value)


HOMES = {f"{lang}/home.md": HOME.format(lang=lang) for lang in ("fr", "en")}


def test_raw_html_becomes_text() -> None:
    assert "<b>" not in to_html("a <b>bold</b> claim")
    assert "&lt;b&gt;" in to_html("a <b>bold</b> claim")
    assert to_html("<script>alert(1)</script>").startswith("<p>&lt;script&gt;")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_links_to_other_schemes_go_dead(target: str) -> None:
    assert f'href="{target}"' not in to_html(f"[here]({target})")
    assert 'href="#"' in to_html(f"[here]({target})")


def test_web_mail_and_relative_links_stay() -> None:
    for target in ("https://example.org/", "mailto:a@example.org", "tel:+15145550100", "../other/", "#rules"):
        assert to_html(f"[here]({target})") in (f'<p><a href="{target}">here</a></p>', to_html(f"[here]({target})"))
        assert target[:1] == "#" or 'href="#"' not in to_html(f"[here]({target})")


def test_aligned_cells_say_so_by_a_class_for_pages_allow_no_style() -> None:
    html = to_html("| plan | price |\n|---|---:|\n| one | 120.00 |")
    assert '<td class="align-right">120.00</td>' in html
    assert "style=" not in html


def test_one_paragraph_loses_its_tag_and_several_keep_theirs() -> None:
    assert inline_html("with **force**") == "with <strong>force</strong>"
    assert inline_html("one\n\ntwo").startswith("<p>one</p>")


def test_pages_are_read_by_language_and_name(tmp_path: Path) -> None:
    page = "---\ntitle: T\ndescription: D\n---\nText *here*\n"
    content = content_of(tmp_path, HOMES | {f"{lang}/a/about.md": page for lang in ("fr", "en")})
    assert [written.name for written in content.plain("fr")] == ["a/about"]
    assert content.pages["en"]["a/about"].html == "<p>Text <em>here</em></p>"
    assert content.home("fr").title == "fr title"
    assert len(content.home("fr").sections) == 2


def test_an_introduction_is_a_part_of_its_familys_page(tmp_path: Path) -> None:
    content = content_of(tmp_path, HOMES | {f"{lang}/families/care.md": "Hello\n" for lang in ("fr", "en")})
    introduction = content.introduction("fr", "care")
    assert introduction is not None
    assert introduction.html == "<p>Hello</p>"
    assert content.plain("fr") == ()
    assert content.introduction("fr", "other") is None


def test_a_page_that_one_language_lacks_is_missed(tmp_path: Path) -> None:
    message = issues_of(tmp_path, HOMES | {"fr/about.md": "---\ntitle: T\ndescription: D\n---\n"})
    assert "content/en/about.md: the page is missing" in message
    assert "`fr` has it" in message


def test_a_language_without_a_home_page_is_refused(tmp_path: Path) -> None:
    message = issues_of(tmp_path, {"fr/home.md": HOME.format(lang="fr")})
    assert "content/en/home.md: the page is missing" in message


def test_front_matter_is_checked_key_by_key(tmp_path: Path) -> None:
    pages = {"fr/about.md": "---\ntitel: T\ndescription:\n---\n", "en/about.md": "No front matter\n"}
    message = issues_of(tmp_path, HOMES | pages)
    assert "content/fr/about.md:2:1: `titel` is not known here" in message
    assert "content/fr/about.md:3:13: `description` has no text" in message
    assert "content/fr/about.md:1:1: `title` is missing" in message
    assert "content/en/about.md:1:1: `description` is missing" in message


def test_a_page_whose_front_matter_is_not_opened_is_one_mistake(tmp_path: Path) -> None:
    message = issues_of(tmp_path, HOMES | {"fr/home.md": HOMES["fr/home.md"].removeprefix("---\n")})
    assert message.startswith("content/fr/home.md:1:1: the front matter is not opened\n    1 | title: ")
    assert message.endswith("  fix: add a line `---` above this one\n\n1 error\n")


def test_a_page_that_one_language_lacks_is_to_be_written(tmp_path: Path) -> None:
    message = issues_of(tmp_path, {"en/home.md": HOMES["en/home.md"]})
    assert "  fix: write the page in this language\n" in message
