"""The headers for hosts are those of `clairplan serve`: each file is parsed as its server would."""

import re
import threading
from collections.abc import Iterator
from email.message import Message
from pathlib import Path, PurePath
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from site_builder.headers import (
    IMMUTABLE,
    OURSELVES,
    REVALIDATE,
    SHORTLY,
    TYPES,
    caching,
    content_security_policy,
    meta_policy,
    security_headers,
    server_files,
)
from site_builder.serve import SiteServer

LANGUAGES = ("fr", "en")


PARTNER = "https://partner.example"


def host_rules(text: str) -> dict[str, dict[str, str]]:
    """The headers of each path of a `_headers` file."""
    path, rules = "", dict[str, dict[str, str]]()
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in rules[path]
            rules[path][name] = value
        elif line:
            path = line
            rules[path] = {}
    return rules


def test_the_file_for_hosts_names_each_header_once_for_a_path() -> None:
    rules = host_rules(server_files("/", LANGUAGES)["_headers"])
    assert rules == {"/*": security_headers(), "/assets/*": {"Cache-Control": IMMUTABLE}}


def blocks(config: str) -> Iterator[tuple[str, list[str]]]:
    """The blocks of an nginx configuration, and what stands outside of them."""
    outside = re.sub(r"(?m)^([\w /.=-]+) \{\n(.*?)^\}$", "", config, flags=re.DOTALL | re.MULTILINE)
    yield "", [line.strip() for line in outside.splitlines() if line and not line.startswith("#")]
    for match in re.finditer(r"(?m)^([\w /.=-]+) \{\n(.*?)^\}$", config, flags=re.DOTALL | re.MULTILINE):
        yield match[1], [line.strip() for line in match[2].splitlines()]


@pytest.mark.parametrize("base", ["/", "/site/"])
def test_nginx_says_all_headers_in_every_place(base: str) -> None:
    found = dict(blocks(server_files(base, LANGUAGES)["nginx.conf"]))
    assert all(line.endswith(";") for lines in found.values() for line in lines)
    places = {place.removeprefix("location "): lines for place, lines in found.items() if place.startswith("location")}
    assert set(places) == {base, f"{base}fr/", f"{base}en/", f"{base}assets/"}
    for place, lines in places.items():
        said = dict(re.findall(r'add_header ([\w-]+) "([^"]*)"', "\n".join(lines)))
        cached = IMMUTABLE if place.endswith("assets/") else REVALIDATE
        assert said == {**security_headers(), "Cache-Control": cached}, place
    assert f"error_page 404 {base}fr/404.html;" in places[f"{base}fr/"]
    kinds = {suffix: line.split()[0] for line in found["types"] for suffix in [line.split()[1].rstrip(";")]}
    assert kinds == {suffix[1:]: kind.partition(";")[0] for suffix, kind in TYPES.items()}


@pytest.mark.parametrize("base", ["/", "/site/"])
def test_apache_says_all_headers_and_closes_its_sections(base: str) -> None:
    config = server_files(base, LANGUAGES)[".htaccess"]
    opened: list[str] = []
    for tag in re.findall(r"(?m)^\s*<(/?\w+)", config):
        if tag.startswith("/"):
            assert opened.pop() == tag[1:]
        else:
            opened.append(tag)
    assert opened == []
    assert dict(re.findall(r'Header always set ([\w-]+) "([^"]*)"', config)) == security_headers()
    assert re.findall(r'Header set Cache-Control "([^"]*)"', config) == [REVALIDATE, IMMUTABLE]
    assert {suffix: kind for kind, suffix in re.findall(r"AddType '([^']*)' (\S+)", config)} == TYPES
    assert f"ErrorDocument 404 {base}en/404.html" in config


def test_the_local_server_sends_the_same(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a-0123456789.mjs").write_text("1")
    (tmp_path / "index.html").write_text("<p>hello")
    with SiteServer(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path, kind in (("assets/a-0123456789.mjs", ".mjs"), ("index.html", ".html")):
            with urlopen(f"{server.url}/{path}") as answer:
                for name, value in security_headers().items():
                    assert answer.headers[name] == value
                assert answer.headers["Cache-Control"] == caching(PurePath(path))
                assert answer.headers["Content-Type"] == TYPES[kind]
        for odd in ("a" * 300, "/[x"):
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"{server.url}/{odd}")
        server.shutdown()


def test_only_hashed_files_are_kept_for_good() -> None:
    assert caching(PurePath("assets/calculator/x-1.wasm")) == IMMUTABLE
    assert caching(PurePath("fr/assets/index.html")) == REVALIDATE
    assert "unsafe-inline" not in content_security_policy()


def policies(rules: dict[str, dict[str, str]], path: str) -> list[str]:
    """The policies of a path of all rules that are for it: a browser heeds each of them."""
    found = [
        said for place, said in rules.items() if path == place or (place[-1] == "*" and path.startswith(place[:-1]))
    ]
    return [said["Content-Security-Policy"] for said in found if "Content-Security-Policy" in said]


@pytest.mark.parametrize("base", ["/", "/site/"])
@pytest.mark.parametrize("origins", [(), (PARTNER, "http://localhost:8000"), ("*",)])
def test_partners_may_hold_the_pages_for_them_and_no_other(base: str, origins: tuple[str, ...]) -> None:
    files = server_files(base, LANGUAGES, origins)
    held = f"frame-ancestors {' '.join((OURSELVES, *origins))}"
    rules = host_rules(files["_headers"])
    assert policies(rules, f"{base}embed/fr/care/") == [meta_policy(), held]
    for page in ("", "fr/care/", "en/404.html", "404.html"):
        assert policies(rules, base + page) == [meta_policy(), "frame-ancestors 'self'"]
    assert rules[f"{base}embed.js"] == {"Cache-Control": SHORTLY}

    places = {place.removeprefix("location "): "\n".join(lines) for place, lines in blocks(files["nginx.conf"])}
    assert f'"{content_security_policy((OURSELVES, *origins))}" always;' in places[f"{base}embed/"]
    assert SHORTLY in places[f"= {base}embed.js"]
    for place in (base, f"{base}fr/", f"{base}assets/", f"= {base}embed.js"):
        assert f'"{content_security_policy()}" always;' in places[place]

    apache = re.findall(r'(?s)  <If "(.*?)">\n(.*?)\n  </If>', files[".htaccess"])
    said = {condition: line.strip() for condition, line in apache}
    condition = f"%{{REQUEST_URI}} =~ m#^{base}embed/#"
    assert said[condition] == f'Header always set Content-Security-Policy "{meta_policy()}; {held}"'
    assert said[f"%{{REQUEST_URI}} == '{base}embed.js'"] == f'Header set Cache-Control "{SHORTLY}"'


@pytest.mark.parametrize("base", ["/", "/site/"])
def test_the_local_server_lets_partners_hold_what_the_built_site_says(tmp_path: Path, base: str) -> None:
    (tmp_path / "embed").mkdir()
    (tmp_path / "embed" / "index.html").write_text("<p>hello")
    (tmp_path / "embed.js").write_text("1")

    def said(path: str) -> Message:
        with urlopen(f"{server.url}/{path}") as answer:
            headers: Message = answer.headers
            return headers

    with SiteServer(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert said("embed/")["Content-Security-Policy"] == content_security_policy()
        (tmp_path / "_headers").write_text(server_files(base, LANGUAGES, [PARTNER])["_headers"])
        assert said("embed/")["Content-Security-Policy"] == content_security_policy((OURSELVES, PARTNER))
        assert said("embed.js")["Content-Security-Policy"] == content_security_policy()
        assert said("embed.js")["Cache-Control"] == SHORTLY
        server.shutdown()
