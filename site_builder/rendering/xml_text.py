"""Texts in XML, as `xml.sax.saxutils` writes them; importing that brings half of the network along."""

from html import escape as _escape


def escape(text: str) -> str:
    """A text between tags."""
    return _escape(text, quote=False)


def quoteattr(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    inside = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in inside:
        return f'"{inside}"'
    return f"'{inside}'" if "'" not in inside else '"{}"'.format(inside.replace('"', "&quot;"))
