"""Pages of one's own: pictures beside them, tables that scroll, links that hold below a path."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from site_builder.cli import main
from site_builder.errors import InputError
from site_builder.pictures import Pictures, picture_files, with_pictures
from site_builder.rendering.written import Placing
from tests.site_builder.starter_site import build, change, files

HEAD = "---\ntitle: A page\ndescription: A page of our own\n---\n\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def picture(kind: str, colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (12, 7), colour).save(data, kind)
    return data.getvalue()


def write(site: Path, body: str, name: str = "about") -> None:
    for lang in ("fr", "en"):
        head = HEAD if not name.startswith("families/") else ""
        path = site / "content" / lang / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, "utf-8")


def shown(site: Path, page: str = "en/about") -> str:
    return (site / "public" / page / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("JPEG", "JPG"), ("GIF", "gif"), ("WEBP", "webp")])
def test_a_picture_beside_a_page_is_published_with_its_size(kind: str, suffix: str, site: Path) -> None:
    write(site, f"![Our logo](<../Our logo.{suffix}>) and\n\n![it again][it]\n\n[it]: ../Our%20logo.{suffix}\n")
    (site / f"content/Our logo.{suffix}").write_bytes(picture(kind))
    build(site)
    published = [name for name in files(site / "public") if name.startswith("assets/our-logo-")]
    assert len(published) == 1 and published[0].endswith(f".{suffix.lower()}")
    assert (site / "public" / published[0]).read_bytes() == picture(kind)
    assert shown(site).count(f'src="/{published[0]}" width="12" height="7" loading="lazy"') == 2


@pytest.mark.parametrize("name", ["home", "families/studio-care", "about"])
def test_pictures_show_wherever_texts_are_written_and_below_a_path(name: str, site: Path) -> None:
    change(site, "base_url: https://plans.example.org/", "base_url: https://example.org/site/", "content/site.yaml")
    (site / "content/mark.svg").write_text(SVG)
    deep = "../" * (name.count("/") + 1)
    if name == "home":
        for lang in ("fr", "en"):
            with (site / f"content/{lang}/home.md").open("a") as home:
                home.write(f"\n![Our mark]({deep}mark.svg)\n")
    else:
        write(site, f"![Our mark]({deep}mark.svg)\n", name)
    build(site)
    page = {"home": "en", "about": "en/about"}.get(name, "en/studio-care")
    assert '<img alt="Our mark" src="/site/assets/mark-' in shown(site, page)


def test_a_picture_that_is_replaced_is_replaced_on_the_page(site: Path) -> None:
    write(site, "![Our logo](../../logo.png)\n", "families/studio-care")
    seen = set()
    for colour in ("red", "blue"):
        (site / "content/logo.png").write_bytes(picture("PNG", colour))
        build(site)
        seen.add(shown(site, "en/studio-care").partition("/assets/logo-")[2][:10])
        assert len([name for name in files(site / "public") if "/logo-" in name]) == 1
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("source", "what", "fix"),
    [
        ("logo.png", "there is no picture `logo.png`", "did you mean `logos.png`?"),
        ("/logos.png", "the picture `/logos.png` is not beside the page", "did you mean `logos.png`?"),
        ("../../../logos.png", "is not beside the page", "did you mean `logos.png`?"),
        ("mark.svg", "there is no picture `mark.svg`", "did you mean `../mark.svg`?"),
        (
            "img/team.jpg",
            "there is no picture",
            "put `team.jpg` into the folder `content/en`, and write `![words](team.jpg)`",
        ),
        (
            "img/team.jpg",
            "there is no picture",
            "; the pictures that are there: `logos.png`, `../fr/logos.png`, `../mark.svg`",
        ),
        (
            "https://example.com/a.png",
            "`https://example.com/a.png` is not a file of the site",
            "into the folder `content/en`, and",
        ),
        ("//example.com/a.png", "`//example.com/a.png` is not a file of the site", "into the folder `content/en`, and"),
        (
            "data:image/png;base64,AAAA",
            "`data:image/png;base64,AAAA` is not a file of the site",
            "into the folder `content/en`, and",
        ),
        ("words.png", "`words.png` is not a picture that a page can show", "save it as one of them"),
        ("list.pdf", "`list.pdf` is not a picture that a page can show", "save it as one of them"),
    ],
)
def test_a_picture_that_nobody_would_see_is_an_error(source: str, what: str, fix: str, site: Path) -> None:
    write(site, f"Hello.\n\nThis is ![our logo]({source}).\n")
    (site / "content/mark.svg").write_text(SVG)
    for lang in ("fr", "en"):
        (site / f"content/{lang}/logos.png").write_bytes(picture("PNG"))
        (site / f"content/{lang}/words.png").write_text("no picture")
        (site / f"content/{lang}/list.pdf").write_text("no picture")
    with pytest.raises(InputError) as caught:
        build(site)
    said = str(caught.value)
    assert said.startswith("content/en/about.md:8:21: ") and what in said and fix in said
    assert said.endswith("\n2 errors\n")


def test_a_table_scrolls_in_a_box_of_its_own(site: Path) -> None:
    write(site, "| day | open |\n|---|---|\n| Monday | 7:00 |\n")
    build(site)
    assert '<div class="scroll" role="group" tabindex="0"><table>' in shown(site)
    assert "</table></div>" in shown(site)


@pytest.mark.parametrize(
    ("address", "placed"),
    [
        ("/en/atlas/#rules", "/site/en/atlas/#rules"),
        ("/en", "/site/en"),
        ("/site/en/atlas/", "/site/en/atlas/"),
        ("/shop/", "/shop/"),
        ("/english/", "/english/"),
        ("/", "/"),
        ("../atlas/", "../atlas/"),
        ("#rules", "#rules"),
        ("https://example.org/en/", "https://example.org/en/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_from_the_top_of_the_site_hold_below_a_path(address: str, placed: str) -> None:
    placing = Placing("/site/", ("fr", "en"))
    assert placing.html(f'<a href="{address}">x</a>') == f'<a href="{placed}">x</a>'
    assert Placing("/", ("fr", "en")).html(f'<a href="{address}">x</a>') == f'<a href="{address}">x</a>'


def test_a_picture_without_words_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/mark.svg").write_text(SVG)
    write(site, "![](../mark.svg)\n")
    main(["check"])
    assert "content/en/about.md:6:1: warning: the picture has no words" in capsys.readouterr().err


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("huge.png", png(60_000)),
        ("swollen.png", png(4, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(3 << 20))))),
        ("text.svg", b"no drawing"),
        ("drawing.bmp", SVG.encode()),
        ("drawing.png", SVG.encode()),
    ],
)
def test_what_is_no_picture_is_told_and_not_published(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    pictures = Pictures(tmp_path, tmp_path)
    assert pictures.of(tmp_path / "a.md", f'<img alt="" src="{name}"', f"![]({name})", 1) == {}
    assert [issue.what for issue in pictures.issues] == [f"`{name}` is not a picture that a page can show"]
    assert not pictures.files


def test_a_picture_without_a_letter_of_an_address_is_called_picture(tmp_path: Path) -> None:
    (tmp_path / "図.svg").write_text(SVG)
    pictures = Pictures(tmp_path, tmp_path)
    found = pictures.of(tmp_path / "a.md", '<img alt="" src="図.svg"', "![](図.svg)", 1)
    assert found["図.svg"].path.startswith("assets/picture-")
    html = '<img alt="" src="図.svg"> <img alt="" src="other.svg">'
    assert with_pictures(html, found).endswith('loading="lazy"> <img alt="" src="other.svg">')


def test_pictures_are_files_that_are_called_so(tmp_path: Path) -> None:
    for name in ("b.PNG", "a.svg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "folder.png/c.gif").write_bytes(b"")
    assert [path.name for path in picture_files(tmp_path)] == ["a.svg", "b.PNG", "c.gif"]


@pytest.mark.parametrize("address", ["https:/en/care/", "//example.org/en/care/", "/site/en/care/", "#rules", "care/"])
def test_only_addresses_from_the_top_of_the_site_are_placed(address: str) -> None:
    assert Placing("/site/", ["en", "site"]).address(address) == address
    assert Placing("/site/", ["en", "site"]).address("/en/care/") == "/site/en/care/"
