"""Names and headings: short words with hyphens, and numbers with what they count, are held together."""

import pytest
from markupsafe import Markup

from site_builder.rendering.templates import Templates, whole


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Help by e-mail, and chat", ["e-mail"]),
        ("Une installation en Île-de-France, à distance", ["Île-de-France"]),
        ("Que se passe-t-il, et que reste-t-il ?", ["passe-t-il", "reste-t-il"]),
        ("Coût de la main-d’œuvre", ["main-d’œuvre"]),
        ("Une banque de 10 heures et 5 sièges", ["10 heures", "5 sièges"]),
        ("Un délai de 30 jours", ["30 jours"]),
        ("Nos services-conseils", []),  # too long for a phone's line: it may be parted
        ("2026-03-31", ["2026-03-31"]),
        ("Prices – and rules -", []),
        ("1.25 hours", []),
        ("12 tele-conferences", []),
        ("Plain words", []),
    ],
)
def test_what_stays_on_a_line(text: str, held: list[str]) -> None:
    written = str(whole(text))
    for part in held:
        assert f'<span class="whole">{part}</span>' in written
    assert written.count("<span") == len(held)
    assert whole(text).striptags() == text


def test_texts_are_escaped_and_markup_is_left_alone() -> None:
    assert whole("<b> R&D-2 & e-mail") == (
        '&lt;b&gt; R&amp;<span class="whole">D-2</span> &amp; <span class="whole">e-mail</span>'
    )
    assert whole(Markup('<a href="a-b">e-mail</a>')) == Markup('<a href="a-b">e-mail</a>')


def test_templates_know_it() -> None:
    made = Templates(None, {}).from_string("<h2>{{ said | whole }}</h2>").render(said="By e-mail <now>")
    assert made == '<h2>By <span class="whole">e-mail</span> &lt;now&gt;</h2>'
