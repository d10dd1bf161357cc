"""Short Markdown texts as HTML without a Markdown parser: what most footnotes and cells are made of.

One line of plain words, `code`, *emphasis*, **strong** words and [links](https://…) gives the HTML that the parser
gives; a test compares the two. Everything else is left to the parser.
"""

import re
from typing import Final

_SPECIAL: Final = r"\\`*_\[\]<>&!|\x00-\x1f\x7f"
"""Characters that may mean something to Markdown, and those that no text holds."""
_PLAIN: Final = rf"[^\s{_SPECIAL}](?:[^{_SPECIAL}]*[^\s{_SPECIAL}])?"
_TOKENS: Final = (
    rf"`(?P<code>{_PLAIN})`(?!`)"
    rf"|\*\*(?P<strong>{_PLAIN})\*\*(?!\*)"
    rf"|\*(?P<em>{_PLAIN})\*(?!\*)"
    rf"|\[(?P<words>{_PLAIN})\]\((?P<address>https?://[A-Za-z0-9./?=%~#:,-]+)\)"
)
_TOKEN: Final = re.compile(_TOKENS)
_WHOLE: Final = re.compile(rf"(?:[^{_SPECIAL}]++|{_TOKENS})*+")
_BEGINS: Final = re.compile(r"(?![0-9]+\.)[^\s#>+=:~{-]")


def quick_html(text: str) -> str | None:
    """The text as one paragraph of HTML, or None where only the parser knows what it is."""
    if not _BEGINS.match(text) or text[-1].isspace() or not _WHOLE.fullmatch(text):
        return None
    return f"<p>{_TOKEN.sub(_html, text)}</p>"


def _html(token: re.Match[str]) -> str:
    kind = token.lastgroup or ""
    if kind == "address":
        return f'<a href="{token["address"]}">{token["words"]}</a>'
    return f"<{kind}>{token[kind]}</{kind}>"
