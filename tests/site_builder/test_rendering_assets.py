import re

from site_builder.rendering.assets import imported, publish

SOURCES = {
    "css/20-b.css": b"/* gone */\nb {\n  color: red;\n}",
    "css/10-a.css": b'@font-face { src: url("fonts/x.woff2"); }',
    "fonts/x.woff2": b"font",
    "page.js": b'import { a } from "./page-a.js";\n',
    "page-a.js": b"export const a = 1;\n",
    "worker.js": b"not ours",
    "icon.svg": b"<svg/>",
}


def test_names_carry_a_hash_and_files_refer_to_hashed_names() -> None:
    assets = publish(SOURCES)
    assert set(assets.paths) == {"site.css", "fonts/x.woff2", "page.js", "page-a.js", "icon.svg"}
    for path in assets.paths.values():
        assert re.fullmatch(r"assets/[\w-]+-[0-9a-f]{10}\.\w+", path)
    style = assets.files[assets.paths["site.css"]].decode()
    assert f'url("./{assets.paths["fonts/x.woff2"].removeprefix("assets/")}")' in style
    script = assets.files[assets.paths["page.js"]].decode()
    assert f'"./{assets.paths["page-a.js"].removeprefix("assets/")}"' in script


def test_style_is_joined_in_the_order_of_the_names_and_without_comments() -> None:
    style = publish(SOURCES).files[publish(SOURCES).paths["site.css"]].decode()
    assert "gone" not in style
    assert style.index("@font-face") < style.index("color: red")


def test_what_a_file_refers_to_is_part_of_its_hash() -> None:
    before = publish(SOURCES).paths
    after = publish(SOURCES | {"page-a.js": b"export const a = 2;\n"}).paths
    assert before["page.js"] != after["page.js"]
    assert before["site.css"] == after["site.css"]


def test_what_a_script_imports_is_known_before_it_is_read() -> None:
    sources = {
        "page.js": b'import { a } from "./page-a.js";',
        "page-a.js": b'import { b } from "./page-b.js";\nimport { c } from "./page-c.js";\nimport("./page-d.js");',
        "page-b.js": b'import { c } from "./page-c.js";',
        "page-c.js": b"",
    }
    assert imported(sources, "page.js") == ["page-a.js", "page-b.js", "page-c.js"]
