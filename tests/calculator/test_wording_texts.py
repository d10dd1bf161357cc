"""Texts with placeholders: kinds, plural forms, alternatives, and what is wrong with a text."""

import pytest

from calculator.wording.texts import Texts, placeholders, problems
from tests.calculator.test_wording_formats import FRENCH

TEXTS = Texts(
    FRENCH,
    {
        "days": "{days} {days:jour|jours} sur {of}",
        "tax": "{rate} de {base:money}",
        "when": "du {start} au {end}",
        "either": ["de {min} à {max}", "au plus {max}", "autre"],
        "value.yes": "oui",
        "value.no": "non",
    },
    "CAD",
)


def test_placeholders_are_written_by_their_kind() -> None:
    assert TEXTS.say("days", {"days": 1, "of": 1365}) == "1 jour sur 1\u00a0365"
    assert TEXTS.say("tax", {"rate": "9.975", "base": "1200.00"}) == "9,975\u00a0% de 1\u00a0200,00\u00a0$"
    assert TEXTS.say("when", {"start": "2026-04-01", "end": "2027-03-31"}) == "du 1er avril 2026 au 31 mars 2027"


def test_the_first_alternative_with_all_parameters_is_used() -> None:
    assert TEXTS.say("either", {"min": 1, "max": 5}) == "de 1 à 5"
    assert TEXTS.say("either", {"max": 5}) == "au plus 5"
    assert TEXTS.say("either", {"min": None, "max": 5}) == "au plus 5"
    assert TEXTS.say("either") == "autre"


def test_where_no_alternative_fits_there_may_be_nothing_to_say() -> None:
    texts = Texts(FRENCH, {"detail": ["{a}", "{b}"]})
    assert texts.fitting(["detail.none", "detail"], {"c": 1}) == ""
    assert texts.fitting(["detail"], {"b": "x"}) == "x"


def test_a_quote_never_fails_for_want_of_a_text() -> None:
    assert TEXTS.say("unknown.key") == "unknown.key"
    assert TEXTS.say("days", {"days": 3}) == "3 jours sur ?"


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01", "0000-00-00", "{days}", "", "٢٠٢٦-٠١-٠١"])
def test_what_only_looks_like_a_date_stays_as_it_is(typed: str) -> None:
    assert TEXTS.fill("« {value} »", {"value": typed}) == f"« {typed} »"


def test_kinds_can_be_asked_for() -> None:
    assert TEXTS.fill("{a:text}", {"a": "2026-01-01"}) == "2026-01-01"
    assert TEXTS.fill("{a:text}", {"a": 1000}) == "1000"
    assert TEXTS.fill("{a:short_date}", {"a": "2026-01-01"}) == "1er/01/2026".replace("1er", "01")
    assert TEXTS.fill("{a:percent}", {"a": 35}) == "35\u00a0%"
    assert TEXTS.fill("{a:duration}", {"a": 90}) == "1\u00a0h\u00a030"
    assert TEXTS.fill("{a} {b}", {"a": True, "b": False}) == "oui non"


def test_lists_are_written_item_by_item() -> None:
    assert TEXTS.fill("{a}", {"a": ["x", "2026-01-01", "y"]}) == "x, 1er janvier 2026 et y"
    assert TEXTS.fill("{a:numéro|numéros}", {"a": ["x", "y"]}) == "numéros"
    assert TEXTS.fill("{a:un|des}", {"a": "no number"}) == "des"


def test_names_of_all_alternatives_count() -> None:
    assert placeholders(["{a} {b:x|y}", "{c:money}"]) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{n:jour|jours|journées}", "{n:jour|jours|journées} needs 2 plural forms, one after each `|`"),
        ("{n:mony}", "{n:mony} has an unknown kind; the kinds are "),
        ("{n", "a brace outside a placeholder in `{n`"),
        (["{n}", "{n}}"], "a brace outside a placeholder in `{n}}`"),
        ("{}", "a brace outside a placeholder in `{}`"),
    ],
)
def test_a_text_that_could_not_be_filled_is_named(text: str | list[str], said: str) -> None:
    assert [problem[: len(said)] for problem in problems(text, 2)] == [said]


def test_a_good_text_has_no_problem() -> None:
    assert problems(["{n} {n:jour|jours} {x:money}", "{n}"], 2) == []
