"""The headers that every answer of the site carries: content security, caching, types.

One place for `clairplan serve`, for the `_headers` file and server snippets, and for the part of the policy that a
page's meta element may carry.
"""

import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Final

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""Caching of files whose name holds a hash of their content."""

REVALIDATE: Final = "no-cache"
"""Caching of everything else: kept, but asked about each time."""

SHORTLY: Final = "public, max-age=600"
"""Caching of what others link to by a name that stays: ten minutes, in seconds."""

ASSETS: Final = "assets"
"""The folder of a site whose files have a hash of their content in their name."""

EMBED: Final = "embed"
"""The folder of the pages that other sites may hold, where there are any."""

LOADER: Final = "embed.js"
"""The script that puts such a page into a partner's."""

OURSELVES: Final = "'self'"
"""In a policy: the site's own pages."""

TYPES: Final = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Media types by file suffix; anything else is `application/octet-stream`."""


def content_security_policy(frame_ancestors: Sequence[str] = (OURSELVES,)) -> str:
    """The whole policy, as a header; `frame_ancestors` are the sites that may frame our pages."""
    return f"{meta_policy()}; {_framing(frame_ancestors)}"


def _framing(ancestors: Sequence[str]) -> str:
    return f"frame-ancestors {' '.join(ancestors)}"


def embed_policy(folder: Path) -> str:
    """The policy of the pages of a built site that others may hold, as its `_headers` say; else that of all pages."""
    try:
        said = (folder / "_headers").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        said = ""
    found = re.search(rf"(?m)^\S*/{EMBED}/\*\n  Content-Security-Policy: frame-ancestors (.+)$", said)
    return content_security_policy(found[1].split() if found else (OURSELVES,))


def meta_policy() -> str:
    """The part that a meta element may carry, for hosts that set no headers."""
    return "; ".join(f"{name} {value}" for name, value in _POLICY.items())


def security_headers(frame_ancestors: Sequence[str] = (OURSELVES,)) -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Content-Security-Policy": content_security_policy(frame_ancestors),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def caching(path: PurePath) -> str:
    """The `Cache-Control` of a file by its path below the site's folder."""
    if path == PurePath(LOADER):
        return SHORTLY
    return IMMUTABLE if path.parts[:1] == (ASSETS,) else REVALIDATE


def server_files(base_path: str, languages: Sequence[str], embed: Sequence[str] | None = None) -> dict[str, str]:
    """The same headers as settings for hosts, by file name; `base_path` is where the site begins on its host.

    `embed` are the origins whose pages may hold those of the folder EMBED; None where there is no such folder.
    """
    holders = None if embed is None else (OURSELVES, *embed)
    return {
        "_headers": _host_headers(base_path, languages, holders),
        ".htaccess": _apache(base_path, languages, holders),
        "nginx.conf": _nginx(base_path, languages, holders),
    }


def _host_headers(base: str, languages: Sequence[str], holders: Sequence[str] | None) -> str:
    """Netlify and Cloudflare Pages: they revalidate by themselves, and join two values of one header.

    Of two policies browsers heed both. So where others may hold some pages, the policy of all pages says nothing of
    frames, and each folder adds who may hold its own.
    """
    headers = security_headers()
    places = {f"{base}*": headers, f"{base}{ASSETS}/*": {"Cache-Control": IMMUTABLE}}
    if holders is not None:
        own = {"Content-Security-Policy": _framing((OURSELVES,))}
        places[f"{base}*"] = headers | {"Content-Security-Policy": meta_policy()}
        pages = ("", "index.html", "404.html", *(f"{lang}/*" for lang in languages))
        places |= {f"{base}{page}": own for page in pages}
        places[f"{base}{EMBED}/*"] = {"Content-Security-Policy": _framing(holders)}
        places[f"{base}{LOADER}"] = {"Cache-Control": SHORTLY}
    blocks = ([place, *(f"  {name}: {value}" for name, value in said.items()), ""] for place, said in places.items())
    return "\n".join(line for block in blocks for line in block)


def _apache(base: str, languages: Sequence[str], holders: Sequence[str] | None) -> str:
    headers = [f'  Header always set {name} "{value}"' for name, value in security_headers().items()]
    held = [] if holders is None else [
        f'  <If "%{{REQUEST_URI}} =~ m#^{base}{EMBED}/#">',
        f'    Header always set Content-Security-Policy "{content_security_policy(holders)}"', "  </If>",
        f'  <If "%{{REQUEST_URI}} == \'{base}{LOADER}\'">', f'    Header set Cache-Control "{SHORTLY}"', "  </If>",
    ]  # fmt: skip
    types = [f"AddType '{kind}' {suffix}" for suffix, kind in TYPES.items()]
    missing = [
        f'<If "%{{REQUEST_URI}} =~ m#^{base}{lang}/#">\n  ErrorDocument 404 {base}{lang}/404.html\n</If>'
        for lang in languages
    ]
    return "\n".join([
        "# Apache 2.4 with mod_headers, mod_mime and mod_rewrite; AllowOverride FileInfo Options.",
        "<IfModule mod_headers.c>", *headers, f'  Header set Cache-Control "{REVALIDATE}"',
        "  Header merge Vary Accept-Encoding",
        f'  <If "%{{REQUEST_URI}} =~ m#^{base}{ASSETS}/#">', f'    Header set Cache-Control "{IMMUTABLE}"', "  </If>",
        *held, "</IfModule>", *types, "AddEncoding br .br", "AddEncoding gzip .gz", "RemoveType .gz",
        "DirectoryIndex index.html", "Options -Indexes", f"ErrorDocument 404 {base}404.html", *missing,
        "<IfModule mod_rewrite.c>", "  RewriteEngine On", *_rewrites("br", "br"), *_rewrites("gzip", "gz"),
        "</IfModule>", "",
    ])  # fmt: skip


def _rewrites(encoding: str, suffix: str) -> list[str]:
    """Apache sends the compressed copy that stands beside a file; a folder's page is its index."""
    asked = f"  RewriteCond %{{HTTP:Accept-Encoding}} \\b{encoding}\\b"
    return [
        asked, f"  RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f", f"  RewriteRule ^(.+)$ $1.{suffix} [L,E=no-gzip:1]",
    ]  # fmt: skip


def _nginx(base: str, languages: Sequence[str], holders: Sequence[str] | None) -> str:
    """One location with all that the site needs, so that a host that serves other things too keeps its own ways.

    A location within it that adds a header adds all of them: it inherits none. Everything else it inherits.
    """
    headers = _nginx_headers((OURSELVES,))
    kinds = {suffix: kind.partition(";")[0] for suffix, kind in TYPES.items()}
    texts = sorted({kinds[suffix] for suffix, kind in TYPES.items() if "charset" in kind} - {"text/html"})
    places = {f"{base}{lang}/": [f"error_page 404 {base}{lang}/404.html;"] for lang in languages}
    places[f"{base}{ASSETS}/"] = [*headers, f'add_header Cache-Control "{IMMUTABLE}";']
    if holders is not None:
        places[f"{base}{EMBED}/"] = [*_nginx_headers(holders), f'add_header Cache-Control "{REVALIDATE}";']
        places[f"= {base}{LOADER}"] = [*headers, f'add_header Cache-Control "{SHORTLY}";']
    inner = (_nginx_block(f"location {place}", said) for place, said in places.items())
    whole = [
        *_nginx_block("types", [f"{kind} {suffix[1:]};" for suffix, kind in kinds.items()]),
        "default_type application/octet-stream;", "charset utf-8;", f"charset_types {' '.join(texts)};",
        "gzip_static on;", "gzip_vary on;", "# With the ngx_brotli module: brotli_static on;", "index index.html;",
        *headers, f'add_header Cache-Control "{REVALIDATE}";', f"error_page 404 {base}404.html;",
        *(line for block in inner for line in block),
    ]  # fmt: skip
    # `^~`: patterns for other parts of the host, such as one for all .js files, do not reach into the site.
    return "\n".join([*_nginx_root(base), *_nginx_block(f"location {'^~ ' * (base != '/')}{base}", whole), ""])


def _nginx_root(base: str) -> list[str]:
    """What `root` must be, where the file is included: nginx adds the whole path of an address to it."""
    if base == "/":
        return ["# nginx: include this file in a server block whose `root` is the folder of the site."]
    place = base.strip("/")
    return [
        f"# nginx: include this file in a server block. The site begins at {base}, and nginx adds that to `root`:",
        f"# `root` is not the folder of the site, but what {place}/ lies in. With `root /var/www/html;` the site's",
        f"# files, this one too, lie in /var/www/html/{place}/.",
    ]


def _nginx_block(name: str, lines: Sequence[str]) -> list[str]:
    return [f"{name} {{", *(f"  {line}" for line in lines), "}"]


def _nginx_headers(holders: Sequence[str]) -> list[str]:
    return [f'add_header {name} "{value}" always;' for name, value in security_headers(holders).items()]
