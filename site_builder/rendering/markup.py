"""Elements as `calculator.elements` makes them, written as HTML: what the page's script would build."""

from typing import Any, Final

from markupsafe import Markup, escape

_EMPTY: Final = frozenset({"circle", "line", "rect"})
"""Elements that have no content."""


def markup(node: Any) -> Markup:
    """An element `[tag, attributes, children…]` and all in it; a text is escaped."""
    if isinstance(node, str):
        return escape(node)
    tag, attributes, *children = node
    named = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if name != "xmlns")
    if tag in _EMPTY:
        return Markup(f"<{tag}{named}/>")  # noqa: S704 - values are escaped, names are the calculator's own
    inside = "".join(map(markup, children))
    return Markup(f"<{tag}{named}>{inside}</{tag}>")  # noqa: S704 - as above
