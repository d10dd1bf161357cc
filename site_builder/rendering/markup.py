"""Elements as `calculator.elements` makes them, written as HTML: what the page's script would build."""

from html import escape
from typing import Any, Final

from markupsafe import Markup

_EMPTY: Final = frozenset({"circle", "line", "rect"})
"""Elements that have no content."""


def markup(node: Any) -> Markup:
    """An element `[tag, attributes, children…]` and all in it; a text is escaped."""
    return Markup(_written(node))  # noqa: S704 - texts and values are escaped, names are the calculator's own


def _written(node: Any) -> str:
    if isinstance(node, str):
        return escape(node)
    tag, attributes, *children = node
    named = "".join([f' {name}="{escape(value)}"' for name, value in attributes.items() if name != "xmlns"])
    if tag in _EMPTY:
        return f"<{tag}{named}/>"
    return f"<{tag}{named}>{''.join(map(_written, children))}</{tag}>"
