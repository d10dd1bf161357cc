"""Short Markdown texts as HTML without a Markdown parser: what most footnotes and cells are made of.

One line of plain words, `code`, *emphasis*, **strong** words and [links](https://…) gives the HTML that the parser
gives; a test compares the two. Everything else is left to the parser.
"""

import re
from typing import Final

_SPECIAL: Final = r"\\`*_\[\]<>&!|\x00-\x1f\x7f"
"""Characters that may mean something to Markdown, and those that no text holds."""
_PLAIN: Final = rf"[^\s{_SPECIAL}](?:[^{_SPECIAL}]*[^\s{_SPECIAL}])?"
_TOKEN: Final = re.compile(
    rf"`(?P<code>{_PLAIN})`(?!`)"
    rf"|\*\*(?P<strong>{_PLAIN})\*\*(?!\*)"
    rf"|\*(?P<em>{_PLAIN})\*(?!\*)"
    rf"|\[(?P<words>{_PLAIN})\]\((?P<address>https?://[A-Za-z0-9./?=%~#:,-]+)\)"
)
_BETWEEN: Final = re.compile(rf"[^{_SPECIAL}]*")
_BEGINS: Final = re.compile(r"[^\s#>+=:~{-]")
_LIST: Final = re.compile(r"[0-9]+\.")


def quick_html(text: str) -> str | None:
    """The text as one paragraph of HTML, or None where only the parser knows what it is."""
    if not _BEGINS.match(text) or text[-1].isspace() or _LIST.match(text):
        return None
    pieces = ["<p>"]
    place, end = 0, len(text)
    while place < end:
        between = _BETWEEN.match(text, place)
        if between is not None and between.end() > place:
            pieces.append(between[0])
            place = between.end()
            continue
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        pieces.append(_html(token))
        place = token.end()
    return "".join([*pieces, "</p>"])


def _html(token: re.Match[str]) -> str:
    kind = token.lastgroup or ""
    if kind == "address":
        return f'<a href="{token["address"]}">{token["words"]}</a>'
    return f"<{kind}>{token[kind]}</{kind}>"
