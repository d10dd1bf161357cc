"""The documentation as it travels with the package, for whoever has installed it and nothing else."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from site_builder.errors import did_you_mean, listed

_BESIDE: Final = Path(__file__).parent

COMMAND: Final = "clairplan guide"

_INDEX: Final = "README"
_MORE: Final = {"en": "More", "fr": "Autres pages"}
"""The title of what the first page does not list, if there is any."""
_LISTED: Final = re.compile(r"^- \[[^\]]*\]\(([^)\s#]+\.md)\)", re.MULTILINE)
_DECISION: Final = re.compile(r"(\d{4})-.+")
_SHORT: Final = re.compile(r"adr-\d{4}")
"""What a reader types for a decision."""
_TRANSLATED: Final = re.compile(r"\.([a-z]{2})$")
_REMARK: Final = re.compile(r"^<!-- .*? -->\n", re.MULTILINE)
_HELD: Final = re.compile(r"^(?:Held by|Vérifié par) `tests/[^\n]*\n", re.MULTILINE)
"""Lines that name files of the repository's tests, which nobody has who installed Clairplan."""
_SCHEMAS: Final = ("=../site_builder/schema/", "=../schema/")
"""Where the plan files of the repository find their schema, and where those of a new site do."""
_HEADINGS: Final = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_CODE: Final = r"^( *)(?P<fence>```+|~~~+).*?^\1(?P=fence)[ ]*$|(?P<ticks>`+)[^`].*?(?P=ticks)"
_LINK: Final = re.compile(rf"{_CODE}|(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)", re.DOTALL | re.M)
_PUBLISHED: Final = {"site_builder/schema/": "public/schema/"}
"""Folders of the repository that a built site has elsewhere."""


class NoGuide(Exception):
    """There is no such page; the text says what to type instead."""


def folder() -> Path:
    """Where the pages are: in an installed package, else in the repository."""
    packed = _BESIDE / "guides"
    return packed if packed.is_dir() else _BESIDE.parent / "docs"


def pages(root: Path) -> dict[str, Path]:
    """The pages by the name that a reader types: their English files."""
    named = {_name(path.relative_to(root)): path for path in sorted(root.rglob("*.md")) if not _is_translated(path)}
    return {name: path for name, path in named.items() if name}


def groups(lang: str, root: Path) -> dict[str, dict[str, str]]:
    """What each page is called, by the name that a reader types, below the title of its group.

    Groups and order are those of the documentation's first page; the pages of a folder follow its index.
    """
    left, found = pages(root), dict[str, dict[str, str]]()
    listed = [(title, name) for title, names in _sections(lang, root) for name in names]
    listed += [(_MORE.get(lang, _MORE["en"]), name) for name in left]
    for title, first in listed:
        for name in (first, *_inside(first, left, root)):
            if path := left.pop(name, None):
                found.setdefault(title, {})[name] = _title(_in(path, lang).read_text("utf-8")) or name
    return found


def without_decisions(groups: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The same groups for whoever reads: decisions have a page that lists them."""
    return {
        title: {name: said for name, said in named.items() if not _SHORT.fullmatch(name)}
        for title, named in groups.items()
    }


def _sections(lang: str, root: Path) -> Iterator[tuple[str, list[str]]]:
    """The groups of the first page in a language: their titles, and the names of the pages that they list."""
    first = _in(root / f"{_INDEX}.md", lang)
    for section in re.split(r"^## +", first.read_text("utf-8"), flags=re.MULTILINE)[1:] if first.is_file() else ():
        found = (Path(target) for target in _LISTED.findall(section))
        yield section.partition("\n")[0], [_name(path.with_stem(_TRANSLATED.sub("", path.stem))) for path in found]


def _inside(name: str, known: Mapping[str, Path], root: Path) -> list[str]:
    """The other pages of a folder whose index this is."""
    index = known.get(name)
    if index is None or index.stem != _INDEX or index.parent == root:
        return []
    return [each for each, path in known.items() if path.is_relative_to(index.parent) and path != index]


def text(name: str, lang: str, root: Path) -> str:
    """A page as Markdown in a language, in English where it is not translated; its links say what to type.

    `name` may be a path of the page as well, as other pages have it in their links. Raises NoGuide for an unknown name.
    """
    known = pages(root)
    wanted, spoken = _asked(name)
    if wanted not in known:
        raise NoGuide(f"there is no page `{wanted or name}`: {_instead(wanted, known, root)}")
    path = _in(known[wanted], spoken or lang)
    written = _HELD.sub("", _REMARK.sub("", path.read_text("utf-8"))).replace(*_SCHEMAS)
    return _linked(written.rstrip("\n") + "\n", path, root)


def is_list(name: str | None) -> bool:
    """Whether a reader who types this asks for the list of all pages."""
    return name is None or not _asked(name)[0]


def _asked(name: str) -> tuple[str, str]:
    """The name of the page that a typed name or path means, and the language that it asks for, if any."""
    path = Path(name.removesuffix(".md").removesuffix("/"))
    spoken = _TRANSLATED.search(path.name)
    stem = path.name.removesuffix(spoken[0] if spoken else "")
    number = re.fullmatch(r"(?:adr-?)?(\d{1,4})", stem)
    named = f"adr-{int(number[1]):04}" if number else _name(Path(*path.parts[-2:-1], f"{stem}.md"))
    return named, spoken[1] if spoken else ""


def _name(path: Path) -> str:
    """What a reader types for a page: short for a decision, the folder for its index, nothing for the list of all."""
    decision = _DECISION.fullmatch(path.stem)
    if path.stem == _INDEX:
        return path.parent.name.replace("docs", "")
    return f"adr-{decision[1]}" if decision else path.stem


def _instead(name: str, known: Mapping[str, Path], root: Path) -> str:
    """What to type in place of a name that is none: the near one, or those whose name or title has the word."""
    near = did_you_mean(name, known)
    if near is None:
        titles = {each: title for named in groups("en", root).values() for each, title in named.items()}
        having = [each for each in titles if len(name) > 2 and name.casefold() in f"{each} {titles[each]}".casefold()]
        if len(having) > 1:
            return f"write one of {listed(having)}"
        near = next(iter(having), None)
    return f"did you mean `{near}`?" if near else f"`{COMMAND}` lists all pages"


def _is_translated(path: Path) -> bool:
    return bool(_TRANSLATED.search(path.stem))


def _in(path: Path, lang: str) -> Path:
    translated = path.with_suffix(f".{lang}.md")
    return translated if translated.is_file() else path


def _title(markdown: str) -> str:
    found = _HEADINGS.search(markdown)
    return found[1] if found else ""


def _linked(markdown: str, path: Path, root: Path) -> str:
    """The page with what to type, or what to open, in place of each link."""

    def led(found: re.Match[str]) -> str:
        if found["target"] is None:
            return found[0]
        if found["picture"]:
            return f"({found['words']})"
        return _led(found["words"], found["target"], path, root)

    return _LINK.sub(led, markdown)


def _led(words: str, target: str, path: Path, root: Path) -> str:
    if re.match(r"[a-z]+:", target):
        return words if words == target else f"{words} ({target})"
    file, _, fragment = target.partition("#")
    page = Path(posixpath.normpath((path.parent / unquote(file)).as_posix())) if file else path
    page = page / f"{_INDEX}.md" if page.is_dir() and (page / f"{_INDEX}.md").is_file() else page
    if page.suffix == ".md" and page.is_relative_to(root) and page.is_file():
        heading = _heading(unquote(fragment), page) if fragment else ""
        leads = [f"`{_typed(page, root)}`"] if page != path else []
        leads += [f"“{heading}”"] if heading and heading.casefold() != words.casefold() else []
        return ", ".join(leads) if words == posixpath.basename(file) else _beside(words, ", ".join(leads))
    where = posixpath.relpath(page.as_posix(), root.parent.as_posix())
    for folder, published in _PUBLISHED.items():
        where = where.replace(folder, published, 1)
    return words if words.strip("`/") == where else _beside(words, f"`{where}`")


def _beside(words: str, leads: str) -> str:
    return f"{words} ({leads})" if leads else words


def _typed(page: Path, root: Path) -> str:
    """The command that shows a page, in the language of its file."""
    translated = _TRANSLATED.search(page.stem)
    name = _name(page.relative_to(root).with_stem(page.stem.removesuffix(translated[0] if translated else "")))
    return " ".join([COMMAND, *([name] if name else []), *(["--lang", translated[1]] if translated else [])])


def _heading(fragment: str, page: Path) -> str:
    """The heading that an address within a page means; nothing where there is none."""
    titles = (title.replace("`", "") for title in _HEADINGS.findall(page.read_text("utf-8")))
    return next((title for title in titles if _address(title) == fragment), "")


def _address(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
