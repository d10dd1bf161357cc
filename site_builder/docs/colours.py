"""Code with colours: what each piece of it is, as a class that the style sheet knows."""

from functools import cache
from html import escape
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

_CLASSES: Final = (
    (Comment, "c"),
    (Generic.Prompt, "p"),
    (Generic.Output, "o"),
    (Generic.Deleted, "d"),
    (Generic.Inserted, "i"),
    (Keyword.Constant, "n"),
    (Keyword, "k"),
    (Name.Tag, "k"),
    (Name.Attribute, "k"),
    (Name.Builtin, "k"),
    (Name.Variable, "s"),
    (String, "s"),
    (Number, "n"),
    (Literal, "s"),
)
"""The kinds of piece that are told apart; a kind counts as the first of these that it belongs to."""


def coloured(code: str, language: str) -> str:
    """The code as HTML, its pieces in `<span>`s; plain where the language has no name or is not known."""
    lexer = _lexer(language)
    if lexer is None:
        return escape(code, quote=False)
    parts: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(f"{code}\n"):
        name = _class(kind) if text.strip() else ""
        if parts and parts[-1][0] == name:
            parts[-1] = name, parts[-1][1] + text
        else:
            parts.append((name, text))
    name, last = parts.pop()
    return "".join(_span(name, text) for name, text in [*parts, (name, last.removesuffix("\n"))])


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None


@cache
def _class(kind: _TokenType) -> str:
    return next((name for family, name in _CLASSES if kind in family), "")


def _span(name: str, text: str) -> str:
    shown = escape(text, quote=False)
    return f'<span class="hl-{name}">{shown}</span>' if name else shown
