"""The quick way from Markdown to HTML gives what the parser gives, or leaves the text to it."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import content
from site_builder.quick_markdown import quick_html

PIECES = (
    "word", "é", " ", "  ", ".", ",", ":", "1.", "-", "+", "#", "=", "~", "(", ")", "'", '"', "$", "%", "«", "^",
    "\u00a0",
    "**", "*", "`", "[", "](", "[x](https://a.b/c)", "*a*", "**b**", "`c d`", "https://x.y", "&", "<b>", "\\", "_", "|",
    "![", "\n", "www.a.b", "{", "}",
)  # fmt: skip
CONVERTER = content._converter()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
def test_both_ways_agree(text: str) -> None:
    quick = quick_html(text)
    if quick is not None:
        html = CONVERTER.reset().convert(text)
        assert quick == re.sub(r'(<(?:a|img) [^>]*?(?:href|src)=")([^"]*)"', content._safe, html)


def test_a_usual_footnote_needs_no_parser() -> None:
    text = "Counted **per day**, see *rules* `r-1`: [details](https://plans.example/1)."
    assert quick_html(text) == (
        "<p>Counted <strong>per day</strong>, see <em>rules</em> <code>r-1</code>: "
        '<a href="https://plans.example/1">details</a>.</p>'
    )
