"""French as it is set in the family's country: spaces before marks, quotation marks, decimals; and apostrophes.

Where the writer of a plan file put a space, the page puts in the locale's; so only its absence is noticed there.
Pages of `content/` and of the documentation are shown as written: in them an ordinary space is noticed too.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from site_builder.checks.apostrophes import CURLED, Straight, apostrophe_warnings, straight_words
from site_builder.checks.quoted import unquoted
from site_builder.checks.texts import place_in, place_of, prose, said_in
from site_builder.config import SiteConfig
from site_builder.content import NO_TEXT, Written
from site_builder.docs.files import DocFile
from site_builder.errors import Issue, Place
from site_builder.locales import Language, Locale
from site_builder.plans import FamilyFile

FRENCH: Final = "fr"
NO_BREAK: Final = (
    "write a no-break space (U+00A0: Option+Space on a Mac, Alt+0160 on Windows, Ctrl+Shift+U then a0 on Linux)"
)

_HIDDEN: Final = re.compile(
    r"^( *)(```+|~~~+).*?^\1\2[ ]*$|^\*In \w+: [^\n]*$|<!--.*?-->|`[^`\n]*`", re.DOTALL | re.MULTILINE
)
"""What of a page of the documentation is no French: code, comments, the line that leads to its English twin."""

type Slip = tuple[str, str, str, str]
"""What was found in a text, what it is, why it matters, and what to write instead."""

_ALWAYS: Final = (
    (re.compile(r'"[^"]+"'), "straight quotation marks", "French quotes with « and »", "write « … »"),
    (re.compile(r"“[^”]+”"), "English quotation marks", "French quotes with « and »", "write « … »"),
    (re.compile(r"\.\.\.(?!\.)"), "three dots", "the ellipsis is one character", "write …"),
    (re.compile(r"\d\.\d{1,2}(?= ?[$€%])"), "a decimal point", "French writes a decimal comma", "write a comma"),
    (re.compile(r"(?<=\w)«|«(?=\w)|(?<=[\w.])»"), "no space inside « »", "French sets a space there", "add a space"),
)


def typography_warnings(file: FamilyFile, languages: Mapping[str, Language]) -> Iterator[Issue]:
    """Slips in the texts of a family: straight apostrophes in any language, the rest in French."""
    yield from apostrophe_warnings(_straight(file))
    tag = file.words.locales.get(FRENCH)
    if tag is None or FRENCH not in languages:
        return
    spacing = languages[FRENCH].locales[tag].spacing
    for path, text in said_in(file, FRENCH):
        for found, what, why, fix in slips(unquoted(path, text), spacing, tag):
            yield file.document.issue(place_in(file, path, found), what, why, fix)


def _straight(file: FamilyFile) -> Iterator[Straight]:
    lines = file.document.lines
    for lang in (lang for lang in CURLED if lang in file.words.locales):
        for path, text in said_in(file, lang):
            for word in straight_words(text):
                place = place_in(file, path, word)
                line = lines[place.line - 1]
                column = place.column + word.index("'") * line.startswith(word, place.column - 1)
                yield Straight(Place(place.file, place.line, column), word, lang, line)


def page_typography(page: Written, language: Language, tag: str = "") -> Iterator[Issue]:
    """Slips in a page and in what stands before it: straight apostrophes, and the rest in French.

    French is set as in the country of `tag`, a locale; as in the language's own one where it is empty.
    """
    if page.lang in CURLED:
        body = _straight_lines(page.front.file, page.body, page.body_line, page.lang)
        yield from apostrophe_warnings(chain(_straight_words(page), body))
    if page.lang == FRENCH:
        locale = language.locales.get(tag) or language.locales[language.default]
        for key, text in _front(page):
            for found, what, why, fix in _as_shown(text, locale):
                yield page.front.issue(place_of(page.front, (key,), found), what, why, fix)
        yield from _lines(page.front.file, page.body, page.body_line, locale)


def title_typography(config: SiteConfig, language: Language, tag: str = "") -> Iterator[Issue]:
    """Spaces of the site's title that a line of a French page may break at; it is the same in all languages."""
    locale = language.locales.get(tag) or language.locales[language.default]
    for found, what, why, fix in _breakable(config.title, locale):
        yield config.document.issue(place_of(config.document, ("title",), found), what, why, fix)


def _front(page: Written) -> Iterator[tuple[str, str]]:
    """The texts of a page's front matter that readers see."""
    return ((key, text) for key, text in page.words.items() if key not in NO_TEXT)


def _straight_words(page: Written) -> Iterator[Straight]:
    """The words of a page's front matter with straight apostrophes; in single quotes YAML has two for one."""
    for key, text in _front(page):
        for word in straight_words(text):
            place = place_of(page.front, (key,), word)
            line = page.front.lines[place.line - 1]
            column = place.column + word.index("'") * line.startswith(word, place.column - 1)
            yield Straight(Place(place.file, place.line, column), word, page.lang, line)


def docs_typography(page: DocFile, language: Language) -> Iterator[Issue]:
    """The same for a French page of the documentation, but for its code."""
    if page.lang == FRENCH:
        text = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), page.body)
        yield from apostrophe_warnings(_straight_lines(page.shown, text, page.body_line, page.lang))
        yield from _lines(page.shown, text, page.body_line, language.locales[language.default])


def _straight_lines(file: str, text: str, first: int, lang: str) -> Iterator[Straight]:
    for number, line in enumerate(text.split("\n"), first):
        for word in straight_words(line):
            yield Straight(Place(file, number, line.find(word) + word.index("'") + 1), word, lang, line)


def _lines(file: str, text: str, first: int, locale: Locale) -> Iterator[Issue]:
    for number, line in enumerate(text.split("\n"), first):
        for found, what, why, fix in _as_shown(line, locale):
            yield Issue(Place(file, number, line.find(found) + 1), what, why, fix, line)


def _as_shown(text: str, locale: Locale) -> Iterator[Slip]:
    """What a typesetter would mend in a French text that is shown as it is written."""
    yield from slips(text, locale.spacing, locale.tag, spaced=False)
    yield from _breakable(text, locale)


def _breakable(text: str, locale: Locale) -> Iterator[Slip]:
    """A mark that could begin a line by itself, or a quotation mark that could end one."""
    said = prose(text)
    for spaced in (True, False):
        marks = "".join(
            re.escape(mark) for mark, space in locale.spacing.items() if bool(space) is spaced and mark != "«"
        )
        quotes = "|»)|« " if spaced else ")"
        found = [*re.finditer(rf"(?<=[\w)»”’]) (?:[{marks}](?=\s|$|[).,»]){quotes}", said)] if marks else []
        if found:
            more = f", and {len(found) - 1} more in this line" if found[1:] else ""
            what = f"an ordinary space beside `{found[0][0].strip()}`: `{_around(said, found[0])}`{more}"
            fix = NO_BREAK if spaced else f"leave it out: {locale.tag} sets none there"
            yield found[0][0], what, "the line may break there", fix


def slips(text: str, spacing: Mapping[str, str], tag: str, spaced: bool = True) -> Iterator[Slip]:
    """What a typesetter would mend in a French text; `spaced` says whether the page makes its spaces no-break ones."""
    said = prose(text)
    for pattern, what, why, fix in _ALWAYS:
        if match := pattern.search(said):
            yield match[0], f"{what} in French: `{_around(text, match)}`", why, fix
    for mark, space in spacing.items():
        if space and mark in said and mark not in "«»" and (match := _unspaced(mark, said)):
            what = f"no space before `{mark}`: `{_around(text, match)}`"
            fix = (
                f"write ` {mark}`, the page makes it a no-break space"
                if spaced
                else f"write a no-break space and `{mark}`"
            )
            yield match[0], what, f"{tag} sets a space there", fix


def _unspaced(mark: str, text: str) -> re.Match[str] | None:
    """The first such mark that follows a letter or figure at once; not in 12:30, nor in a short name such as Act!."""
    after = r"(?!\w)" if mark in ":%$€" else r"(?=\s|$|[»)])"
    before = r"[\w)»]" if mark in ":;?" else r"[\d]" if mark in "%$€" else r"[a-zà-ÿ]{4,}"
    return re.search(before + re.escape(mark) + after, text)


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12) : match.end() + 6].strip().replace("\n", " ")
