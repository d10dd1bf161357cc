"""Files of `content/` that no page is made of, and languages in which nothing is offered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from site_builder.addresses import slug
from site_builder.config import SiteConfig
from site_builder.content import FAMILIES, HOME, Content
from site_builder.errors import Issue, Place, listed, suggest
from site_builder.locales import OWN_WORDS
from site_builder.plans import Families
from site_builder.sources import shown

_TEXTS: Final = frozenset({".md", ".mdown", ".markdown", ".mdx", ".txt", ".htm", ".html", ".docx", ".odt"})
"""How the names of files end that somebody may have written as a page."""


def unread_warnings(folder: Path, config: SiteConfig, root: Path) -> Iterator[Issue]:
    """Warnings about texts in `folder`, that of the pages, which nothing reads; places are relative to `root`."""
    documented = config.docs.folder.resolve() if config.docs else None
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name == OWN_WORDS or entry.resolve() == documented:
            continue
        if not entry.is_dir():
            if _is_text(entry):
                folders = [f"{shown(folder, root)}/{lang}/{slug(entry.stem) or 'page'}.md" for lang in config.languages]
                yield _unread(entry, root, "a page is in the folder of its language", f"move it to {listed(folders)}")
        elif entry.name in config.languages:
            yield from _other_endings(entry, root)
        elif any(_is_text(path) for path in entry.rglob("*")):
            why = f"the site has {listed(config.languages)} in `languages`, and no `{entry.name}`"
            fix = f"add `{entry.name}` to `languages`, or remove the folder"
            if not (entry.name.isalpha() and len(entry.name) in (2, 3)):
                fix = "move its pages into the folder of each language"
            yield _unread(entry, root, why, fix)


def unspoken_warnings(config: SiteConfig, content: Content, families: Families) -> Iterator[Issue]:
    """Warnings about languages without plans, and about introductions to families that there are not."""
    spoken = {lang for words in families.words.values() for lang in words.locales}
    for index, lang in enumerate(config.languages):
        if families.words and lang not in spoken:
            place = config.document.value_place(("languages", index))
            why = "its home page has no list of plans, and its readers no calculator"
            fix = f"add `{lang}` to the `locales` of a family, with its texts, or leave the language out"
            yield config.document.issue(place, f"no plan is offered in `{lang}`", why, fix)
        for page in content.pages[lang].values():
            id = page.name.removeprefix(f"{FAMILIES}/")
            if id != page.name and id not in families.words:
                what, why = f"there is no family `{id}`", "this text stands at the top of a family's page"
                yield Issue(Place(page.front.file), what, why, suggest(id, families.words))


def _other_endings(folder: Path, root: Path) -> Iterator[Issue]:
    for path in sorted(folder.rglob("*")):
        if path.suffix != ".md" and not path.name.startswith(".") and _is_text(path):
            fix = f"write it in Markdown, as `{slug(path.stem) or HOME}.md`"
            yield _unread(path, root, "files of pages end in `.md`", fix)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in _TEXTS and path.is_file()


def _unread(path: Path, root: Path, why: str, fix: str) -> Issue:
    return Issue(Place(shown(path, root)), "nothing is made of this", why, fix)
