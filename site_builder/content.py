"""The pages that people write: Markdown with front matter in `content/<language>/`, each page in every language.

Decides what a page's front matter must hold and how Markdown becomes HTML; leaves to rendering where it is shown.
Raw HTML in Markdown is shown as text, for what an editor pastes may not become part of a page.
"""

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from site_builder.errors import InputError, Issue, Place, listed, suggest, suggest_key
from site_builder.headings import HeadingIds
from site_builder.pictures import Picture, Pictures, with_pictures
from site_builder.quick_markdown import quick_html
from site_builder.sources import Document, Page, read_page

if TYPE_CHECKING:
    import markdown

HOME: Final = "home"
FAMILIES: Final = "families"
_PAGE_KEYS: Final = ("title", "description")
_PAGE_OPTIONAL: Final = ("slug",)
_HOME_KEYS: Final = ("title", "description", "heading", "lead", "call", "caption", "families_title", "choice")
_HOME_OPTIONAL: Final = ("example",)
NO_TEXT: Final = frozenset({"slug", "example"})
"""What of a front matter readers do not see as it is written."""
_OF_SEVERAL: Final = "choice"
"""What a home page says where languages are chosen: nobody sees it on a site of one."""
_LOCAL: Final = threading.local()
"""One converter for each thread: making one takes longer than most texts."""
_SCROLLING: Final = '<div class="scroll" role="group" tabindex="0">'
"""What a table stands in: a wide one scrolls there, and not the page."""

_SCHEME: Final = re.compile(r"\s*(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """One written page. `name` is its path below the language's folder, without `.md`, and the same in every language.

    `words` is its front matter.
    """

    lang: str
    name: str
    words: Mapping[str, str]
    body: str
    front: Document
    body_line: int = 1
    """The line of the file in which the body begins."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures that it shows, by their addresses in the body."""

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.words["title"]

    @property
    def below(self) -> str:
        """Where it is shown below the language's folder, with a slash at the end: the family's page for its words."""
        if self.name == HOME:
            return ""
        return f"{self.words.get('slug') or self.name.removeprefix(f'{FAMILIES}/')}/"

    @cached_property
    def html(self) -> str:
        """The body as HTML. Addresses of pictures begin at the top of the site, with a slash."""
        return self._html(self.body, self._ids())

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The body as HTML, in one piece for each second-level heading."""
        ids = self._ids()
        return tuple(self._html(part, ids) for part in re.split(r"(?m)^(?=## )", self.body) if part.strip())

    @property
    def anchors(self) -> frozenset[str]:
        """What links may lead to: the ids of its headings."""
        shown = "".join(self.sections) if self.name == HOME else self.html
        return frozenset(re.findall(r'<h[1-6] id="([^"]*)"', shown))

    def _ids(self) -> HeadingIds:
        return HeadingIds(alone=self.name != HOME and not self.name.startswith(f"{FAMILIES}/"))

    def _html(self, text: str, ids: HeadingIds) -> str:
        return ids.html(with_pictures(to_html(text), self.pictures))


@dataclass(frozen=True, slots=True)
class Content:
    """All written pages by language and name. A family's introduction is called `families/<id>`."""

    pages: Mapping[str, Mapping[str, Written]]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """What the pictures of all pages hold, by their paths on the site."""

    def home(self, lang: str) -> Written:
        """The home page's words."""
        return self.pages[lang][HOME]

    def introduction(self, lang: str, family: str) -> Written | None:
        """What stands at the top of a family's page, if something does."""
        return self.pages[lang].get(f"{FAMILIES}/{family}")

    def plain(self, lang: str) -> tuple[Written, ...]:
        """The pages that are neither the home page nor a part of a family's page."""
        named = self.pages[lang].values()
        return tuple(page for page in named if page.name != HOME and not page.name.startswith(f"{FAMILIES}/"))


def unknown_examples(content: Content, spoken: Iterable[str], examples: Mapping[str, Sequence[str]]) -> Iterator[Issue]:
    """Worked examples that home pages of the languages `spoken` name and no family of their language has.

    `examples` are those that there are (family/example), each with the languages of its family.
    """
    for lang in spoken:
        offered = [name for name, languages in examples.items() if lang in languages]
        wrong = unknown_example(content.home(lang), offered, examples)
        yield from [wrong] if wrong else []


def unknown_example(
    home: Written, offered: Collection[str], languages: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> Issue | None:
    """What is wrong where a home page names a worked example that is none of those `offered` (family/example).

    `languages` says in which languages examples are, those among them that are not offered in the home page's own.
    """
    named = home.words.get("example")
    if named is None or named in offered:
        return None
    place, what = home.front.value_place(("example",)), f"there is no example `{named}`"
    why, fix = "the home page shows a worked example of a plan file, as family/example", suggest(named, offered)
    if languages.get(named):
        what = f"the example `{named}` is not in the language of this page"
        why = f"its family is in {listed(languages[named])} alone, as its `locales` say"
        if not offered:
            fix = "leave it out, or give the family this language"
    return home.front.issue(place, what, why, fix)


def to_html(text: str) -> str:
    """Markdown as HTML; raw HTML comes out as text, and links to other schemes than web, mail and telephone go dead."""
    if not text:
        return ""
    quick = quick_html(text)
    if quick is not None:
        return quick
    html = without_styles(_converted(text)).replace("<table>", f"{_SCROLLING}<table>")
    html = html.replace("</table>", "</table></div>")
    return re.sub(r'(<(?:a|img) [^>]*?(?:href|src)=")([^"]*)"', _safe, html)


def _converted(text: str) -> str:
    """What the Markdown parser makes of a text."""
    if not hasattr(_LOCAL, "converter"):
        _LOCAL.converter = _converter()
    html: str = _LOCAL.converter.reset().convert(text)
    return html


def without_styles(html: str) -> str:
    """Converted Markdown whose table cells say by a class how they are aligned: a page allows no style in itself."""
    return re.sub(r' style="text-align: (left|right|center);"', r' class="align-\1"', html)


def _converter() -> "markdown.Markdown":
    import markdown  # only here: most texts need no parser

    converter = markdown.Markdown(extensions=["tables"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


def _safe(match: re.Match[str]) -> str:
    # As a browser reads an address: entities are characters, and blanks and controls in it do not count.
    address = re.sub(r"[\x00-\x20]", "", unescape(match[2]))
    return f'{match[1]}#"' if _SCHEME.match(address) else match[0]


def inline_html(text: str) -> str:
    """One paragraph of Markdown without its `<p>`, for places that are paragraphs themselves."""
    quick = quick_html(text) if text else ""
    if quick is not None:
        return quick.removeprefix("<p>").removesuffix("</p>")
    html = to_html(text)
    single = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html, re.DOTALL)
    return single[1] if single else html


def load_content(folder: Path, languages: Sequence[str], root: Path) -> Content:
    """Every page of every language. Raises InputError with all issues: a page that one language has, all have."""
    issues: list[Issue] = []
    pages: dict[str, dict[str, Written]] = {lang: {} for lang in languages}
    pictures = Pictures(folder, root)
    there: dict[str, set[str]] = {lang: set() for lang in languages}
    for lang in languages:
        for path in sorted((folder / lang).rglob("*.md")):
            name = path.relative_to(folder / lang).with_suffix("").as_posix()
            there[lang].add(name)
            page, found = read_page(path, root)
            issues += found
            if page is not None:
                written = _written(page, lang, name, issues, alone=len(languages) == 1)
                pages[lang][name] = replace(written, pictures=_pictures(written, path, pictures))
    issues += [*pictures.issues, *_missing(folder, there, root)]
    if issues:
        raise InputError(issues)
    return Content(pages, pictures.files)


def _pictures(page: Written, path: Path, pictures: Pictures) -> dict[str, Picture]:
    """The pictures of a page; the text is converted for them only where it has the mark of one."""
    if "![" not in page.body:
        return {}
    return pictures.of(path, _converted(page.body), page.body, page.body_line)


def _written(page: Page, lang: str, name: str, issues: list[Issue], alone: bool) -> Written:
    """The page with its front matter as texts, after noting what is missing, empty or unknown.

    `alone` says that the site speaks this language only.
    """
    required, optional = _keys_of(name)
    if alone and name == HOME:
        required, optional = tuple(key for key in required if key != _OF_SEVERAL), (*optional, _OF_SEVERAL)
    front = page.front
    words = front_texts(front, (*required, *optional), issues)
    opening = page.body.split("\n", 1)[0] if front.value is None else ""
    if opening.partition(":")[0].strip() in required:
        what, why = (
            "the front matter is not opened",
            "its keys stand between two lines of `---`, and the first is not there",
        )
        fix = "add a line `---` above this one"
        issues.append(Issue(Place(front.file, 1, 1), what, why, fix, opening))
        required = ()
    for key in required:
        if not front.has((key,)):
            fix = f"`{key}: …` between two lines of `---` at the top"
            issues.append(front.issue(Place(front.file, 1, 1), f"`{key}` is missing", "the page shows it", fix))
    return Written(lang, name, words, page.body, front, page.body_line)


def front_texts(front: Document, known: Sequence[str], issues: list[Issue]) -> dict[str, str]:
    """The texts of a front matter by key, after noting what is empty or not among those known."""
    words: dict[str, str] = {}
    if not isinstance(front.value, dict):
        return words
    for key in front.value:
        value = front.at((key,))
        if key not in known:
            what, fix = f"`{key}` is not known here", suggest_key(key, known, front.value)
            issues.append(front.issue(front.key_place((key,)), what, "nothing reads it", fix))
        elif not isinstance(value, str) or not value.strip():
            place = front.value_place((key,))
            why = "it is the page’s name in its address" if key == "slug" else "the page shows it"
            issues.append(front.issue(place, f"`{key}` has no text", why, f"`{key}: …`"))
        else:
            words[key] = value
    return words


def _keys_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The front matter that a page must have, and that it may have; a family's introduction has none."""
    if name == HOME:
        return _HOME_KEYS, _HOME_OPTIONAL
    return ((), ()) if name.startswith(f"{FAMILIES}/") else (_PAGE_KEYS, _PAGE_OPTIONAL)


def _missing(folder: Path, pages: Mapping[str, Collection[str]], root: Path) -> list[Issue]:
    """Pages that one language has and another lacks; without a home page there is no site."""
    names = {HOME: ""} | {name: lang for lang, held in pages.items() for name in held}
    issues = []
    for lang, held in pages.items():
        for name, other in names.items():
            if name in held:
                continue
            place = Place(
                (folder / lang / f"{name}.md").absolute().relative_to(root.absolute(), walk_up=True).as_posix()
            )
            why = f"`{other}` has it, and the language switch leads here" if other else "every language begins there"
            issues.append(Issue(place, "the page is missing", why, "write the page in this language"))
    return issues
