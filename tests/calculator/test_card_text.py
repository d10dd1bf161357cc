"""The card as plain text says what the table says."""

import html as escapes
import re

import pytest

from calculator.card.sheet_text import WIDTH, columns, wrapped
from tests.mail.making import ESTIMATE, ORANGE, SKETCHUP, Request, html, text

TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r'href="([^"]+)"')


@pytest.mark.parametrize("request_", [ORANGE, SKETCHUP, ESTIMATE, ORANGE | {"action": "status"}])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_and_figure_of_the_table_is_in_the_text(request_: Request, lang: str) -> None:
    table, plain = html(request_, lang, reference="PO 4711"), text(request_, lang, reference="PO 4711")
    words = escapes.unescape(TAG.sub(" ", table)).split()
    plain_words = set(re.split(r"[\s:]+", plain))
    heads = {"Payé", "Paid", "•", "–"}  # heads of columns and marks, which a text has not
    missing = {word for word in words if word.strip(":") and word.strip(":") not in plain_words} - heads
    assert not missing


def test_every_link_of_the_table_but_those_to_rules_is_in_the_text() -> None:
    links = {escapes.unescape(link) for link in LINK.findall(html(SKETCHUP))}
    plain = set(re.findall(r"<(https:[^>]+)>", text(SKETCHUP)))
    assert plain == {link for link in links if "#rule-" not in link}


@pytest.mark.parametrize("request_", [ORANGE, SKETCHUP, ESTIMATE])
def test_no_line_is_wider_than_mail_programs_show(request_: Request) -> None:
    for line in text(request_).splitlines():
        assert columns(line) <= WIDTH or line.strip().startswith("<https:")
        assert line == line.rstrip()


def test_amounts_stand_under_one_another() -> None:
    ends = {len(line) for line in text(ORANGE).splitlines() if re.search(r"\d\u00a0\$$", line) and "   " in line}
    assert ends == {WIDTH}


def test_wide_and_combining_letters_count_as_they_are_shown() -> None:
    assert columns("日本") == 4
    assert columns("e\u0301") == 1
    assert columns("Étoilé – 1 200 €") == 16


def test_words_wrap_at_spaces_only() -> None:
    assert wrapped("aa bb cc", 5) == ["aa bb", "cc"]
    assert wrapped("aa\u00a0bb cc", 4) == ["aa\u00a0bb", "cc"]
    assert wrapped("a" * 9 + " b", 5) == ["a" * 9, "b"]
