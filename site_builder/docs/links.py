"""Where the links and pictures of the documentation lead: to pages, to published pictures, to the repository.

A link that leads nowhere is noted with its place; nothing else is judged here.
"""

import hashlib
import os
import posixpath
import re
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from site_builder.addresses import split_address
from site_builder.docs.files import README, DocFile, Docs, below
from site_builder.docs.text import Text, convert
from site_builder.errors import Issue, did_you_mean, suggest

_LINK: Final = re.compile(r'<a href="([^"]*)"( title="[^"]*")?>(.*?)</a>', re.DOTALL)
_PICTURE: Final = re.compile(r'<img alt="([^"]*)" src="([^"]*)"[^>]*>')
_TWIN: Final = re.compile(r"(?m)^\*[^*\n]*\[[^\]\n]*\]\(([^)\s]+)\)[^*\n]*\*$")
_ELSEWHERE: Final = ("http", "https", "mailto", "tel")
_HIDDEN: Final = re.compile(r"^( *)(```+|~~~+).*?^\1\2[ ]*$|<!--.*?-->|`[^`\n]*`", re.DOTALL | re.MULTILINE)


class Links:
    """Rewrites the links of pages for a site that lives below `base`; keeps what it met on the way."""

    def __init__(self, docs: Docs, base: str) -> None:
        self.docs = docs
        self.base = base
        self.issues: list[Issue] = []
        self.outside: set[str] = set()
        """Files and folders of the repository that pages name, from its top."""
        self.assets: dict[str, bytes] = {}
        """Pictures that pages show, by their path on the site."""

    def address(self, file: DocFile) -> str:
        """The path of a page from the host's root."""
        return f"{self.base}{file.lang}/{below(file.name)}"

    def rewritten(self, html: str, file: DocFile) -> str:
        """The HTML of a page with its links as they are on the site."""
        html = _PICTURE.sub(lambda found: self._picture(found, file), html)
        return _LINK.sub(lambda found: self._link(found, file), html)

    def text(self, file: DocFile) -> Text:
        """The page converted."""
        return convert(self.body(file))

    def body(self, file: DocFile) -> str:
        """The page's Markdown, but for the line that leads to it in another language: on the site a switch does."""

        def left(match: re.Match[str]) -> str:
            twin = self.target(match[1], file)
            return "" if twin is not None and twin is not file and twin.name == file.name else match[0]

        return _TWIN.sub(left, file.body, count=1)

    def target(self, href: str, file: DocFile) -> DocFile | None:
        """The page that a link of a page leads to, if it is one of the documentation."""
        parts = split_address(href)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        if not path:
            return file
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), path))
        found = self.docs.by_path
        return found.get(whole) or found.get(f"{'' if whole == '.' else f'{whole}/'}{README}.md")

    def _link(self, match: re.Match[str], file: DocFile) -> str:
        href, title, inner = unescape(match[1]), match[2] or "", match[3]
        parts = split_address(href)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            if parts.scheme in (*_ELSEWHERE, ""):
                return match[0]
            self._note(
                file, href, f"the link `{href}` leads nowhere", "pages link to the web, or by mail", "a web address"
            )
            return inner
        page = self.target(href, file)
        if page is not None:
            return self._to_page(page, href, title, inner, file)
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), unquote(parts.path)))
        if whole in self.docs.pictures:
            return f'<a href="{escape(self._asset(whole))}"{title}>{inner}</a>'
        return self._to_repository(href, title, inner, file)

    def _to_page(self, page: DocFile, href: str, title: str, inner: str, file: DocFile) -> str:
        fragment = unquote(split_address(href).fragment)
        known = [heading.id for heading in self.text(page).headings] if fragment else []
        if fragment and fragment not in known:
            where = "this page" if page is file else page.shown
            what = f"the link `{href}` leads to no heading"
            self._note(file, href, what, f"{where} has no heading of that name", suggest(fragment, known))
        place = f"#{escape(fragment)}" if fragment else ""
        if page is file and place:
            return f'<a href="{place}"{title}>{inner}</a>'
        other = f' hreflang="{page.lang}"' if page.lang != file.lang else ""
        return f'<a href="{escape(self.address(page))}{place}"{other}{title}>{inner}</a>'

    def _to_repository(self, href: str, title: str, inner: str, file: DocFile) -> str:
        """A link to a file that is not on the site: to the repository, else its name as code."""
        setting = self.docs.setting
        whole = (setting.folder / file.path).parent / unquote(split_address(href).path)
        root = setting.root.resolve()
        # os.path, for which a name that is too long is just not there
        if not os.path.exists(whole) or not whole.resolve().is_relative_to(root):
            names = [posixpath.relpath(path, posixpath.dirname(file.path) or ".") for path in self.docs.by_path]
            what, why = f"the link `{href}` leads nowhere", "there is no such page, and no such file beside `content`"
            near = did_you_mean(href.partition("#")[0], names)
            fix = f"did you mean `{near}`?" if near else "a path that begins in this file’s folder"
            self._note(file, href, what, why, fix)
            return inner
        name = whole.resolve().relative_to(root).as_posix()
        self.outside.add(name)
        if setting.repository:
            return f'<a href="{escape(setting.repository + name)}"{title}>{inner}</a>'
        return inner if inner.startswith("<code>") else f"{inner} (<code>{escape(name)}</code>)"

    def _picture(self, match: re.Match[str], file: DocFile) -> str:
        words, source = match[1], unescape(match[2])
        parts = split_address(source)
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), unquote(parts.path)))
        if parts.scheme or parts.netloc or whole not in self.docs.pictures:
            near = suggest(whole, self.docs.pictures)
            self._note(file, source, f"there is no picture `{source}`", "pages show pictures of the folder alone", near)
            return words
        path = escape(self._asset(whole))
        # A link that `_link` leaves alone: it shows the picture by itself, which a phone can enlarge.
        return f'<a class="picture" href="{path}"><img src="{path}" alt="{words}" loading="lazy"></a>'

    def _asset(self, name: str) -> str:
        data = self.docs.pictures[name]
        stem, dot, suffix = posixpath.basename(name).rpartition(".")
        path = f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}{dot}{suffix}"
        self.assets[path] = data
        return self.base + path

    def _note(self, file: DocFile, target: str, what: str, why: str, fix: str) -> None:
        """Note an issue wherever the page's text has this target."""
        text = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), file.body)
        places = [found.start(1) for found in re.finditer(rf"[(:]\s*<?({re.escape(target)})(?=[\s)>]|$)", text)]
        self.issues += [file.issue(at, what, why, fix) for at in places or [0]]
