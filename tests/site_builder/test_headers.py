"""The headers for hosts are those of `clairplan serve`: each file is parsed as its server would."""

import re
import threading
from dataclasses import dataclass, field
from email.message import Message
from itertools import takewhile
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


@dataclass
class Block:
    """A block of an nginx configuration: its directives, and the blocks in it by what opens them."""

    said: list[str] = field(default_factory=list)
    inner: dict[str, "Block"] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        return dict(re.findall(r'add_header ([\w-]+) "([^"]*)"', "\n".join(self.said)))


def read_nginx(config: str) -> Block:
    whole = [Block()]
    for line in (line.strip() for line in config.splitlines()):
        if line.endswith(" {"):
            whole.append(whole[-1].inner.setdefault(line.removesuffix(" {"), Block()))
        elif line == "}":
            whole.pop()
        elif line and not line.startswith("#"):
            assert line.endswith(";"), line
            whole[-1].said.append(line)
    assert len(whole) == 1
    return whole[0]


def headers_at(site: Block, place: str) -> dict[str, str]:
    """The headers of a location: its own, if it has any, else those around it, as nginx does it."""
    return site.inner[place].headers() or site.headers()


@pytest.mark.parametrize(("base", "opens"), [("/", "location /"), ("/site/", "location ^~ /site/")])
def test_nginx_says_all_headers_in_every_place(base: str, opens: str) -> None:
    whole = read_nginx(server_files(base, LANGUAGES)["nginx.conf"])
    assert whole.said == [], "what stands outside would be for the whole host"
    assert list(whole.inner) == [opens]
    site = whole.inner[opens]
    assert set(site.inner) == {"types", *(f"location {base}{name}/" for name in ("fr", "en", "assets"))}
    assert site.headers() == {**security_headers(), "Cache-Control": REVALIDATE}
    for place in (f"location {base}{name}/" for name in LANGUAGES):
        assert headers_at(site, place) == site.headers()
    assert headers_at(site, f"location {base}assets/") == {**security_headers(), "Cache-Control": IMMUTABLE}
    assert f"error_page 404 {base}404.html;" in site.said
    assert site.inner[f"location {base}fr/"].said == [f"error_page 404 {base}fr/404.html;"]
    kinds = {line.split()[1].rstrip(";"): line.split()[0] for line in site.inner["types"].said}
    assert kinds == {suffix[1:]: kind.partition(";")[0] for suffix, kind in TYPES.items()}


@pytest.mark.parametrize("base", ["/", "/support/", "/a/b/"])
def test_nginx_is_told_the_root_that_the_guide_tells(base: str) -> None:
    lines = takewhile(lambda line: line.startswith("#"), server_files(base, LANGUAGES)["nginx.conf"].splitlines())
    said = " ".join(line.removeprefix("# ") for line in lines)
    assert ("`root` is the folder of the site." in said) is (base == "/")
    root = "/var/www/html"
    if base != "/":
        assert f"The site begins at {base}," in said
        assert f"With `root {root};` the site's files, this one too, lie in {root}{base}." in said
    guide = Path("docs/guides/publish.md").read_text("utf-8")
    assert f"With `root {root};` the files lie in `{root}/support/`." in guide


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

    (site,) = read_nginx(files["nginx.conf"]).inner.values()
    partners = {**security_headers((OURSELVES, *origins)), "Cache-Control": REVALIDATE}
    assert headers_at(site, f"location {base}embed/") == partners
    assert headers_at(site, f"location = {base}embed.js") == {**security_headers(), "Cache-Control": SHORTLY}
    for place in (f"location {base}fr/", f"location {base}assets/"):
        assert headers_at(site, place)["Content-Security-Policy"] == content_security_policy()

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
