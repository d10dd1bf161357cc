"""What builds keep for the next one is never shown where it is wrong: the ledger, the spare site, pieces of pages."""

import os
import shutil
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from site_builder import ledger, units
from site_builder.rendering.templates import Once, Templates, html
from site_builder.rendering.xml_text import quoteattr
from tests.site_builder.starter_site import FAMILY, build, change, files, start

pytestmark = pytest.mark.slow

PAGE = "public/en/studio-care/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return start(tmp_path / "site")


def fresh(site: Path) -> dict[str, bytes]:
    """The same site built from nothing."""
    build(site, site.parent / "fresh", site.parent / "fresh-cache")
    whole = files(site.parent / "fresh")
    shutil.rmtree(site.parent / "fresh")
    shutil.rmtree(site.parent / "fresh-cache")
    return whole


def test_a_file_that_was_just_written_is_not_relied_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    assert ledger.state_of(path) == ()
    monkeypatch.setattr(ledger, "_GRAIN", -1)
    assert ledger.state_of(path) != ()


def test_an_unchanged_family_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_GRAIN", -1)
    build(site)
    for step in ("read", "make"):
        monkeypatch.setattr(units.Bench, step, lambda bench, task, *shared: pytest.fail(f"{task.id} was done again"))
    assert build(site).written == 0


def test_a_change_of_the_same_size_and_date_is_seen(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_GRAIN", -1)
    build(site)
    before = os.stat(site / FAMILY)
    change(site, "Security fixes.", "Security faxes.")
    os.utime(site / FAMILY, ns=(before.st_atime_ns, before.st_mtime_ns))
    build(site)
    assert b"Security faxes." in (site / PAGE).read_bytes()
    assert files(site / "public") == fresh(site)


def test_the_spare_gives_the_bytes_of_a_fresh_build(site: Path) -> None:
    for number in range(4):
        change(site, "Security fixes.", f"Security fixes. {number}." if number % 2 else "Security fixes.")
        change(site, "Our plans", f"Our plans {number}", "content/en/home.md")
        build(site)
    assert len(list((site / ".cache/sites").glob("*.spare"))) == 1
    assert files(site / "public") == fresh(site)


def test_what_is_written_into_the_site_does_not_come_back_from_the_spare(site: Path) -> None:
    build(site)
    change(site, "Security fixes.", "All security fixes.")
    build(site)
    with (site / "public/robots.txt").open("r+") as shown:  # the spare holds the same file
        shown.write("mine")
    change(site, "All security fixes.", "Security fixes.")
    build(site)
    assert files(site / "public") == fresh(site)


def test_a_file_of_the_site_is_replaced_and_never_written_into(site: Path, tmp_path: Path) -> None:
    build(site)
    os.link(site / PAGE, tmp_path / "kept")
    old = (tmp_path / "kept").read_bytes()
    for text in ("All security fixes.", "Some security fixes.", "No security fixes."):
        last = next(known for known in (b"All", b"Some", b"Security") if known in (site / FAMILY).read_bytes())
        word = f"{last.decode()} security fixes." if last != b"Security" else "Security fixes."
        change(site, word, text)
        build(site)
    assert (tmp_path / "kept").read_bytes() == old


def test_a_family_that_goes_leaves_no_folder(site: Path) -> None:
    shutil.copy(site / FAMILY, site / "plans/other-care.yaml")
    text = (site / FAMILY).read_text().replace("studio-care", "other-care")
    (site / "plans/other-care.yaml").write_text(text)
    build(site)
    change(site, "Security fixes.", "All security fixes.")
    build(site)
    assert (site / "public/en/other-care").is_dir()
    (site / "plans/other-care.yaml").unlink()
    build(site)
    change(site, "All security fixes.", "Security fixes.")
    build(site)
    assert not (site / "public/en/other-care").exists()
    assert files(site / "public") == fresh(site)


@pytest.mark.parametrize("value", ["a", "<&\"'>", 3, Markup("<b>"), "é", ""])
def test_a_value_in_a_page_is_what_the_library_makes_of_it(value: object) -> None:
    assert html(value) == str(escape(value))


def test_templates_escape_and_call(tmp_path: Path) -> None:
    text = "{% macro say(a, b='y') %}{{ a }}{{ b }}{% endmacro %}{% macro hold(a) %}{{ a }}{{ caller() }}{% endmacro %}"
    text += "{{ say('<') }}{% call hold(x) %}{{ x }}&{{ '>' }}{% endcall %}{{ once(say, x) }}{{ once(say, x) }}"
    template = Templates(None, {}).from_string(text)
    assert template.render(x="<i>", once=Once()) == "&lt;y&lt;i&gt;&lt;i&gt;&&gt;&lt;i&gt;y&lt;i&gt;y"


def test_pieces_are_kept_by_what_they_were_made_of() -> None:
    template = Templates(None, {}).from_string("{% macro say(a) %}{{ a }}{% endmacro %}")
    say, once = vars(template.module)["say"], Once()
    assert [once(say, "a"), once(say, "b"), once(say, ["a"]), once(say, "a")] == ["a", "b", "[&#39;a&#39;]", "a"]
    assert len(once.kept) == 2


def test_a_kept_piece_of_markup_is_none_of_the_text_that_it_equals() -> None:
    template = Templates(None, {}).from_string("{% macro say(a) %}{{ a }}{% endmacro %}")
    say, once = vars(template.module)["say"], Once()
    assert [once(say, Markup("<i>")), once(say, "<i>"), once(say, 1), once(say, True)] == [
        "<i>", "&lt;i&gt;", "1", "True"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a", 'a"b', "a'b\"c", "<&>\n\t\r"])
def test_attributes_are_quoted_as_the_library_does(text: str) -> None:
    from xml.sax.saxutils import quoteattr as expected

    assert quoteattr(text) == expected(text)
