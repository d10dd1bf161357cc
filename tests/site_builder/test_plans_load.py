"""Loading plan files: rules and words apart, every mistake at its place, one catalogue under one fingerprint."""

import json
import re
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from calculator.plan import read_catalogue
from calculator.wire import quote
from site_builder.bundle import corpus
from site_builder.errors import InputError, Issue
from site_builder.plans import Families, fingerprint, load_families
from tests.docs.schemas import as_editor, plan_file, refusals
from tests.site_builder.plan_files import REGIONS, SMALL, with_changes, write_plans


def load(root: Path, text: str = SMALL) -> Families:
    return load_families(write_plans(root, {"small.yaml": text, "regions/some.yaml": REGIONS}), ("fr", "en"))


def issues_of(root: Path, files: dict[str, str], languages: tuple[str, ...] = ("fr", "en")) -> tuple[Issue, ...]:
    with pytest.raises(InputError) as caught:
        load_families(write_plans(root, files), languages)
    return caught.value.issues


def told(root: Path, text: str) -> list[str]:
    """Places and messages for a plan file with mistakes."""
    issues = issues_of(root, {"small.yaml": text, "regions/some.yaml": REGIONS})
    return [f"{issue.place.line}: {issue.what}" for issue in issues]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_engine_gets_the_rules_without_the_words(tmp_path: Path) -> None:
    family = load(tmp_path).catalogue["families"]["small"]
    assert set(family) == {"family", "currency", "tax_region", "plans", "readings"}
    assert family["readings"] == [{"id": "day-30", "clauses": ["care.renewal.windows.grace"], "days_late": [30]}]
    care = family["plans"]["care"]
    assert set(care) == {"unit", "term", "price", "options", "entitlements", "buy", "renewal"}
    assert care["options"] == {"training": {"type": "choice", "choices": ["remote", "site"], "actions": ["buy"]}}
    assert care["buy"] == {}
    assert care["renewal"]["windows"][0]["adjust"] == [{"code": "on_time_discount", "percent": "-10"}]
    assert family["plans"]["bank"]["packs"]["2h"] == {
        "minutes": 120,
        "price": [{"from": "2026-01-01", "amount": "198.00"}],
    }


def test_the_engine_holds_what_it_would_read_of_the_catalogue(tmp_path: Path) -> None:
    for families in (load(tmp_path), load_families(Path(__file__).parents[2] / "plans")):
        assert families.engine == read_catalogue(families.catalogue)
        assert list(families.engine.families) == sorted(families.files)


def test_scalars_are_typed_for_the_engine_and_amounts_stay_exact(tmp_path: Path) -> None:
    care = load(tmp_path).catalogue["families"]["small"]["plans"]["care"]
    assert care["term"] == {"months": 12}
    assert care["price"] == [{"from": "2026-01-01", "amount": "120.00"}]


def test_an_amount_is_read_as_it_is_written_with_and_without_quotes(tmp_path: Path) -> None:
    for number, written in enumerate(('"180.10"', "180.10", "180", '"180"')):
        text = with_changes(("120.00", written)).partition("examples:")[0]
        family = load(tmp_path / str(number), text).engine.families["small"]
        assert family.plans["care"].price[0].amount == Decimal(written.strip('"'))
        assert refusals(plan_file(), as_editor(text)) == []


def test_the_engine_gets_regions_without_their_words(tmp_path: Path) -> None:
    families = load(tmp_path)
    taxes = [{"code": "GST", "rates": [{"from": "2008-01-01", "rate": "5"}]}]
    assert families.catalogue["regions"] == {"CA-QC": {"taxes": taxes}, "US": {}}
    quebec = families.region_words["CA-QC"]
    assert (quebec.name, quebec.source) == ({"fr": "Québec", "en": "Quebec"}, "Excise Tax Act")
    assert families.region_words["US"].name is None


def test_the_fingerprint_is_of_the_rules_alone(tmp_path: Path) -> None:
    families = load(tmp_path / "a")
    catalogue = families.catalogue
    data = {"families": catalogue["families"], "regions": catalogue["regions"]}
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert catalogue["fingerprint"] == sha256(text.encode()).hexdigest()[:16] == families.engine.fingerprint
    assert re.fullmatch("[0-9a-f]{16}", catalogue["fingerprint"])
    words = load(tmp_path / "b", with_changes(("A small contract.", "Another text.")) + "# a comment\n")
    assert words.catalogue["fingerprint"] == catalogue["fingerprint"]
    price = load(tmp_path / "c", with_changes(("120.00", "120.01"), ("585.21", "585.26")))
    assert price.catalogue["fingerprint"] != catalogue["fingerprint"]


def test_the_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert fingerprint({"a": 1, "b": {"c": "é", "d": 2}}) == fingerprint({"b": {"d": 2, "c": "é"}, "a": 1})


def test_answers_do_not_depend_on_the_order_of_keys() -> None:
    """The command line reads rules in the order of the file, a browser in that of the alphabet."""
    as_written = load_families(Path("plans")).catalogue
    in_order = json.loads(json.dumps(as_written, sort_keys=True))
    there, here = read_catalogue(as_written), read_catalogue(in_order)
    asked = [*corpus.requests(in_order, 300, 11)]
    sizes = {"plan": "keystroke/diamond", "action": "buy", "on": "2026-06-01", "options": {"pack": "1h"}}
    assert json.dumps([quote(there, one) for one in asked]) == json.dumps([quote(here, one) for one in asked])
    refused: Any = quote(here, sizes)
    assert quote(there, sizes) == refused
    assert refused["errors"][0]["params"]["choices"] == ["4h", "5h", "6h", "7h", "8h", "9h", "10h"]


def test_words_can_be_used_as_they_are(tmp_path: Path) -> None:
    words = load(tmp_path).words["small"]
    assert (words.id, words.country, words.vendor) == ("small", "CA", "Small Inc.")
    assert words.locales == {"fr": "fr-CA", "en": "en-CA"}
    assert words.name == {"fr": "Petit", "en": "Small"}
    assert words.support == {"fr": "Appelez-nous.", "en": "Call us."}
    assert words.next_step
    assert (words.next_step.kind, words.next_step.label["en"], words.next_step.text) == ("call", "Call", None)
    care, bank = words.plans["care"], words.plans["bank"]
    assert care.audience == {"fr": "Pour tous.", "en": "For everyone."}
    assert care.options["training"].choices["site"] == {"fr": "Ici", "en": "Here"}
    assert care.options["training"].help == {"fr": "Où?", "en": "Where?"}
    assert bank.packs == {"2h": {"fr": "2 heures", "en": "2 hours"}}
    assert words.readings[0].text["en"] == "Inside."
    assert words.terms[0].status == "decision"


def test_words_of_rules_are_known_by_their_clause(tmp_path: Path) -> None:
    families = load(tmp_path)
    clauses = families.words["small"].clauses
    assert set(clauses) == {"care.buy", "care.renewal.windows.on_time.adjust.on_time_discount"}
    assert clauses["care.buy"].title == {"fr": "Achat", "en": "Purchase"}
    assert clauses["care.buy"].text is None
    assert set(clauses) < families.clauses["small"]


def test_comparison_rows_have_a_cell_for_each_plan_in_the_plans_order(tmp_path: Path) -> None:
    words = load(tmp_path).words["small"]
    support, cost = words.comparison.groups[0].rows
    assert list(support.cells) == ["care", "bank"]
    assert [cell.kind for cell in support.cells.values()] == ["yes", "text"]
    assert support.cells["bank"].text == {"fr": "Deux heures", "en": "Two hours"}
    assert [cell.kind for cell in cost.cells.values()] == ["price", "ask"]
    assert support.footnote
    assert cost.footnote is None


def test_items_hold_for_all_plans_unless_they_name_some(tmp_path: Path) -> None:
    words = load(tmp_path).words["small"]
    assert words.inclusions[0].plans == ("care", "bank")
    moves = words.exclusions[0]
    assert (moves.plans, moves.answer, moves.plan) == (("care",), "paid", "bank")


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = with_changes(
        ("unit: user", "unit: 3"), ("120.00", "12O"), ("en: Care", 'en: ""'), ("kind: call", "kind: cal")
    )
    assert told(tmp_path, text) == [
        "8: `cal` is not known here",
        "13: the name of `care` is empty in `en`",
        "16: 3 is not a text",
        "19: `12O` is not a decimal number",
    ]


def test_words_are_checked_though_rules_are_wrong_and_reverse(tmp_path: Path) -> None:
    assert told(tmp_path, with_changes(("currency: CAD", "currency: XXX"), ("fr: Petit", "fr: ''"))) == [
        "5: the family's name is empty in `fr`",
        "9: `XXX` is not one of the words known here",
    ]


def test_references_to_a_broken_family_are_not_judged(tmp_path: Path) -> None:
    other = with_changes(("family: small", "family: other"), ("currency: CAD", "currency: XXX"))
    other = other.replace("small/care", "other/care")
    text = with_changes(("    buy: {}\n", "    buy: {}\n    eligibility: {not_with: [other/care, small/car]}\n"))
    issues = issues_of(tmp_path, {"small.yaml": text, "other.yaml": other, "regions/some.yaml": REGIONS})
    assert [issue.what for issue in issues] == [
        "`XXX` is not one of the words known here",
        "no plan is called `small/car`",
    ]


def test_references_to_an_unreadable_family_or_region_are_not_judged(tmp_path: Path) -> None:
    text = with_changes(("    buy: {}\n", "    buy: {}\n    eligibility: {not_with: [other/care]}\n"))
    issues = issues_of(tmp_path, {"small.yaml": text, "other.yaml": "a: @\n", "regions/some.yaml": "a: @\n"})
    assert [issue.place.file for issue in issues] == ["plans/other.yaml", "plans/regions/some.yaml"]


def test_a_family_may_speak_more_languages_than_the_site(tmp_path: Path) -> None:
    plans = write_plans(tmp_path)
    assert load_families(plans, ("en",)).words["small"].locales == {"fr": "fr-CA", "en": "en-CA"}
    assert load_families(plans).words["small"].name["fr"] == "Petit"


def test_a_region_may_lack_a_name_in_a_language_but_no_name_is_empty(tmp_path: Path) -> None:
    regions = REGIONS.replace("{fr: Québec, en: Quebec}", "{fr: Québec}")
    assert load_families(write_plans(tmp_path / "a", {"small.yaml": SMALL, "regions/some.yaml": regions}))
    regions = REGIONS.replace("{fr: Québec, en: Quebec}", "{fr: ''}")
    issues = issues_of(tmp_path / "b", {"small.yaml": SMALL, "regions/some.yaml": regions})
    assert [issue.what for issue in issues] == ["the name of `CA-QC` is empty in `fr`"]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert [issue.what for issue in issues_of(tmp_path, {})] == ["there is no such folder"]
    (tmp_path / "plans").mkdir()
    assert [issue.what for issue in issues_of(tmp_path, {})] == ["there is no plan file here"]
    issues = issues_of(tmp_path, {"small.yaml": SMALL})
    assert [str(issue.place) for issue in issues] == ["plans/regions", "plans/small.yaml:10:13"]


@pytest.mark.parametrize(
    ("saved", "meant"),
    [("small.yaml.txt", "small.yaml"), ("small.YAML", "small.yaml"), ("small.txt", "small.yaml")],
)
def test_a_plan_file_with_an_ending_of_its_editor_s_is_named(tmp_path: Path, saved: str, meant: str) -> None:
    (issue,) = [one for one in issues_of(tmp_path, {saved: SMALL}) if one.place.file == f"plans/{saved}"]
    assert issue.what == "this file would not be read"
    assert issue.fix.startswith(f"rename it to `{meant}`")
    assert issue.why == f"plan files end in `.yaml`, this one in `{saved.removeprefix('small')}`"


def test_places_are_relative_to_the_root(tmp_path: Path) -> None:
    plans = write_plans(tmp_path, {"small.yaml": "a: @\n", "regions/some.yaml": REGIONS})
    with pytest.raises(InputError) as caught:
        load_families(plans, root=tmp_path.parent)
    assert caught.value.issues[0].place.file == f"{tmp_path.name}/plans/small.yaml"


WORDS = {
    "country: CA": ("country: Canada", "the country should be its two-letter code"),
    "vendor: {name: Small Inc.}": ("vendor: Small Inc.", "the vendor should be a mapping"),
    "{name: Small Inc.}": ("{name: ' '}", "the vendor's name should be a text"),
    "label: {fr: Appeler, en: Call}": ("labels: {fr: Appeler, en: Call}", "`labels` is not a key of the next step"),
    "fr: fr-CA": ("fr: [fr-CA]", "this is no locale of `fr`"),
    "name: {fr: Petit, en: Small}": ("name: {fr: [Petit], en: Small}", "the family's name should be a text in `fr`"),
    'help: {fr: "Où?", en: "Where?"}': (
        "help: Where",
        "the help for the option `training` should be given in each language",
    ),
    "{name: {fr: 2 heures, en: 2 hours}, ": ("{", "`name` is missing in the pack `2h`"),
    ", words: {remote: {fr: À distance, en: Remote}, site: {fr: Ici, en: Here}}": (
        "",
        "`words` is missing in the option",
    ),
    '{code: on_time_discount, percent: "-10", text: {fr: Merci., en: Thanks.}}': (
        '{code: on_time_discount, percent: "-10", text: Thanks.}',
        "the text of `care.renewal.windows.on_time.adjust.on_time_discount` should be given in each language",
    ),
    "text: {fr: Compris., en: Inside.}": ("txt: {fr: Compris., en: Inside.}", "`txt` is not a key that belongs here"),
    "id: day-30": ("id: Day 30", "an id is expected here"),
    "  groups:\n": ("  group:\n", "`group` is not a key of the comparison"),
    "cells: {care: price, bank: ask}": ("cells: yes", "the cells of a row should be a mapping"),
    "care: yes": ("care: {txt: {fr: Oui, en: Yes}}", "`txt` is not a key of a cell"),
    "care: price": ("care: [price]", "this is no cell of the comparison"),
    "id: cost": ("id: support", "the id `support` is used twice"),
    "answer: paid": ("answer: payed", "`payed` is not known here"),
    "plans: [care]": ("plans: care", "the plans should be a list"),
    "plan: bank": ("plan: []", "a plan should be named here"),
    "- {id: help, text: {fr: Aide, en: Help}}": ("- help", "an item should be a mapping"),
    "status: decision": ("status: [decision]", "a word is missing"),
    "terms:\n  - {": ("terms:\n  {", "`terms` should be a list"),
    'total: "585.21"': ("notes: none", "`notes` should be a list"),
    "window: grace, ": ("lines: 585.21, ", "`lines` should be a mapping"),
    "plan: small/care, ": ("", "`plan` is missing in the request"),
}


@pytest.mark.parametrize("right", WORDS)
def test_a_slip_in_the_words_is_named_at_its_line(right: str, tmp_path: Path) -> None:
    wrong, what = WORDS[right]
    text = with_changes((right, wrong))
    messages = told(tmp_path, text)
    assert any(what in message for message in messages), messages
    lines = [int(message.partition(":")[0]) for message in messages]
    assert min(abs(line - line_of(SMALL, right)) for line in lines) <= 3
