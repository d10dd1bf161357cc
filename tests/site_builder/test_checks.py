"""Each warning of `clairplan check`, planted in a site that has none."""

import json
from pathlib import Path

import pytest

from site_builder.checks.apostrophes import Straight, apostrophe_warnings
from site_builder.cli import main
from site_builder.errors import Place
from tests.site_builder.starter_site import FAMILY, change, without_examples

PRICE = '      - {from: 2026-01-01, amount: "150.00"}'
FR_HOME = "content/fr/home.md"
TIERS = (
    '      - from: 2026-01-01\n        tiers: {mode: volume, steps: [{up_to: 10, amount: "100.00"}, {amount: "90.00"}]}'
)
DEFECTS = [
    (PRICE, PRICE.replace("2026-01-01", "2026-09-01"), FAMILY, "there is no price from 2026-06-01 to 2026-08-31"),
    (PRICE, f"{PRICE}\n      - {{from: 2027-01-01, on_request: true}}", FAMILY, "from 2027-01-01 on there is no price"),
    (PRICE, TIERS, FAMILY, "11 units cost 990.00, less than 10 (1000.00)"),
    ("- {days_before: 60}", "- {days_before: 500}", FAMILY, "500 days before the end lies before the term begins"),
    ('{code: on_time_discount, percent: "-10"}', '{code: on_time_discount, percent: "-10", '
     'text: {fr: "Un rabais de 15 %.", en: "A discount."}}', FAMILY, "say 15, the rule does not"),
    ('en: "The new versions and a team', 'en: "Les nouvelles versions et une équipe', FAMILY, ""),
    ('fr: "La formation."', "fr: \"L'atelier de formation.\"", FAMILY, "a straight apostrophe in French"),
    ('fr: "La formation."', 'fr: "La formation..."', FAMILY, "three dots in French"),
    ('fr: "La formation."', 'fr: "La formation: non."', FAMILY, "no space before `:`"),
    ('fr: "La formation."', 'fr: "La formation à 10.50 $."', FAMILY, "a decimal point in French"),
    ('{fr: "La formation.", en: "Training."}', '{fr: "Une journée de formation.", en: "Une journée de formation."}',
     FAMILY, "the text is the same in `fr` and `en`"),
    ('en: "Training."', 'en: "TODO training."', FAMILY, "the text says `TODO`"),
    ('en: "Training."', 'en: "[Training](/en/lessons/)."', FAMILY, "the link `/en/lessons/` leads to no page"),
    ('en: "Training."', 'en: "[Training](https://[)."', FAMILY, "the link `https://[` leads to no page"),
    ("Une remise, un", "[Une remise](../studio/), un", FR_HOME, "the link `../studio/` leads to no page"),
    ("Une remise, un prorata", "Une remise, l'autre", FR_HOME, "a straight apostrophe"),
    ('en: "Training."', 'en: "The vendor\'s training."', FAMILY, "a straight apostrophe in English: `vendor's`"),
    ("## Les dates", "[^1]: Une note.\n\n## Les dates", FR_HOME, "the footnote `^1` is not used"),
    ("expect: {window: grace,", "expect: {", FAMILY, "no example of `complete` shows the window `grace`"),
    ("until_day: 30, starts: on_purchase, ends: with_next_term}", "until_day: 400, starts: on_purchase, "
     "ends: with_next_term}", FAMILY, ""),
]  # fmt: skip


def check(*arguments: str) -> int:
    return main(["check", "--on", "2026-06-01", *arguments])


def test_the_starter_has_nothing_to_mend(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--strict") == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


def test_apostrophes_are_one_warning_for_a_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, 'fr: "La formation."', "fr: \"L'atelier d'un jour.\"")
    change(site, 'en: "Training."', "en: \"A day's training, `it's`.\"")
    lines = (site / FAMILY).read_text("utf-8").split("\n")
    number = next(index for index, line in enumerate(lines, 1) if "L'atelier" in line)
    english = next(index for index, line in enumerate(lines, 1) if "day's" in line)
    place = f"{FAMILY}:{number}:{lines[number - 1].index(chr(39)) + 1}"
    assert check() == 0
    said = capsys.readouterr().err
    assert said.count("apostrophe") == 1
    assert "apostrophes in French and English, in " in said
    assert f"{place}: warning: " in said
    assert "`L'atelier`" in said
    assert f"they are in lines {number}" in said if english != number else "they are in" not in said
    assert "write ’ (U+2019) instead; most editors replace all at once" in said


def test_lines_are_named_as_ranges() -> None:
    found = [Straight(Place("a.md", line, 1), "l'an", "fr", "l'an") for line in (3, 4, 5, 9, *range(20, 60, 2))]
    (issue,) = apostrophe_warnings(found)
    assert issue.why.startswith("French is set with ’; they are in lines 3–5, 9, 20, 22, ")
    assert issue.why.endswith(", 38 and 10 more places")
    assert issue.what == "straight apostrophes in French, in 24 lines; the first: `l'an`"


def test_one_word_is_shown_as_it_is_written_right() -> None:
    (issue,) = apostrophe_warnings([Straight(Place("a.md", 3, 1), "l'an", "fr", "l'an")])
    assert (issue.what, issue.why) == ("a straight apostrophe in French: `l'an`", "French is set with ’")
    assert issue.fix == "write `l’an`"


def test_words_of_one_line_name_no_lines_and_the_first_comes_first() -> None:
    found = [Straight(Place("a.md", 3, column), word, "en", "") for column, word in ((9, "it's"), (1, "day's"))]
    (issue,) = apostrophe_warnings(found)
    assert issue.what == "straight apostrophes in English, in this line; the first: `day's`"
    assert issue.why == "English is set with ’"
    assert issue.place.column == 1
    assert not list(apostrophe_warnings([]))


@pytest.mark.parametrize(("old", "new", "file", "said"), [defect for defect in DEFECTS if defect[3]])
def test_a_warning_has_its_place_cause_and_fix(
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, file: str, said: str
) -> None:
    if old == PRICE:  # the examples are of days, or of totals, that these prices do not have
        without_examples(site)
    change(site, old, new, file)
    assert check() == 0
    printed = capsys.readouterr().err
    assert said in printed
    assert f"{file}:" in printed
    assert "warning: " in printed
    assert "  why: " in printed
    assert "  fix: " in printed
    assert check("--strict") == 2


CHRISTMAS = """    options:
      christmas: {type: boolean, actions: [buy, renew], label: {fr: "Noël", en: "Christmas"}}
"""
GRACE_FEE = '{code: grace_fee, title: {fr: "Frais", en: "Fee"}, percent: "5", when: {christmas: true}}'
ESSENTIAL = "    addition: {billed: by_day}\n\n  complete:"


def test_a_discount_that_adds_to_the_price_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = '{code: loyal, title: {fr: "Rabais fidélité", en: "Loyalty"}, percent: "7.5"}'
    plain = '{code: handling, title: {fr: "Frais", en: "Fee, not a discount"}, percent: "2"}'
    back = '{code: discount_back, of: [on_time_discount], percent: "50", title: {fr: "Repris", en: "Taken back"}}'
    first = '{code: on_time_discount, percent: "5"}'
    adjust = f"starts: after_expiry, adjust: [{', '.join((first, own, plain, back))}]}}"
    change(site, "{id: on_time, until_day: 0, starts: after_expiry}", f"{{id: on_time, until_day: 0, {adjust}")
    change(site, 'subtotal: "360.00"', 'subtotal: "421.20"')
    assert check() == 0
    printed = capsys.readouterr().err
    assert "a discount of +5 % adds to the price" in printed
    assert 'fix: write `percent: "-7.5"`' in printed
    assert printed.count("adds to the price") == 2


def test_an_option_that_changes_nothing_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, ESSENTIAL, f"{CHRISTMAS}{ESSENTIAL}")
    late = "{id: late, from_day: 1, starts: on_purchase}"
    change(site, late, late.replace("}", f", adjust: [{GRACE_FEE}]}}"))
    assert check() == 0
    printed = capsys.readouterr().err
    assert "option `christmas` is asked for `buy`, and nothing depends on it there" in printed
    assert printed.count("nothing depends on it there") == 1
    change(site, "actions: [buy, renew], label", "actions: [renew], label")
    assert check("--strict") == 0


def test_a_warning_is_said_each_time(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ".cache" / "build").mkdir(parents=True)
    change(site, 'fr: "La formation."', 'fr: "La formation..."')
    said = [(check(), capsys.readouterr().err) for _ in range(3)]
    assert list((site / ".cache" / "build" / "languages").iterdir())
    assert said == [said[0]] * 3
    assert "three dots in French" in said[0][1]


def test_errors_come_before_warnings_and_end_with_2(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, "term: {months: 12}", "trem: {months: 12}")
    assert check() == 2
    assert "did you mean `term`?" in capsys.readouterr().err


def test_what_a_build_would_refuse_on_the_home_pages_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("fr", "en"):
        change(
            site, "example: studio-care/complete-ten", "example: studio-care/complete-tenn", f"content/{lang}/home.md"
        )
    assert check() == 2
    said = capsys.readouterr().err
    for lang in ("fr", "en"):
        assert f"content/{lang}/home.md:10:10: there is no example `studio-care/complete-tenn-days-late`" in said
    assert "did you mean `studio-care/complete-ten-days-late`?" in said


def test_tools_get_json_and_github_its_annotations(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, 'en: "Training."', 'en: "TODO training."')
    assert check("--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["severity"], found["file"]) == ("warning", FAMILY)
    assert found["line"] > 1
    assert check("--format", "github") == 0
    assert capsys.readouterr().out.startswith(f"::warning file={FAMILY},line={found['line']},col=")
