"""What a newcomer to plan files is advised: the word that was meant, in the shape that the file needs."""

from pathlib import Path

import pytest

from site_builder.errors import InputError, Issue
from site_builder.plans import load_families
from site_builder.plans.as_typed import days, decimals
from tests.site_builder.plan_files import REGIONS as OWN
from tests.site_builder.plan_files import SMALL, write_plans
from tests.site_builder.test_plans_load import issues_of

SOME = {"regions/some.yaml": OWN}
PLANS = Path(__file__).parents[2] / "plans"
REGIONS = {f"regions/{path.name}": path.read_text("utf-8") for path in (PLANS / "regions").glob("*.yaml")}


def advised(root: Path, *changes: tuple[str, str], files: dict[str, str] = REGIONS) -> Issue:
    """The only issue of the small plan file, changed so, beside the regions of this repository."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (issue,) = issues_of(root, {"small.yaml": text, **files})
    return issue


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("France", "FR"),
        ("france", "FR"),
        ("Québec", "CA-QC"),
        ("Quebec", "CA-QC"),
        ("Alberta", "CA-AB"),
        ("Ontarioo", "CA-ON"),
        ("Nouvelle-Calédonie", "FR-NC"),
        ("CA-QQ", "CA-QC"),
    ],
)
def test_a_region_is_known_by_its_name(tmp_path: Path, written: str, meant: str) -> None:
    issue = advised(tmp_path, ("tax_region: CA-QC", f"tax_region: {written}"))
    assert (issue.what, issue.fix) == (f"no region is called `{written}`", f"did you mean `{meant}`?")


def test_a_name_is_never_taken_for_a_code_that_is_near_by_chance(tmp_path: Path) -> None:
    only = {"regions/some.yaml": "regions: {FR-NC: {}, CA-QC: {}}\n"}
    issue = advised(tmp_path, ("tax_region: CA-QC", "tax_region: France"), files=only)
    assert issue.fix == "add it to a file in `plans/regions`, or leave `tax_region` out"


FEE = 'adjust: [{code: on_time_discount, percent: "-10", text: {fr: Merci., en: Thanks.}}]'
ROWS = '[{from: 2026-01-01, amount: "45.00"}]'
LATER = '[{from: 2027-01-01, amount: "45.00"}]'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('fee: "45.00"', ROWS),
        ("fee: 45.00", ROWS),
        ("fee: {amount: 45.00}", ROWS),
        ("fee: {from: 2027-01-01, amount: 45.00}", LATER),
        ('fee: "45,00"', ROWS),
        ('fee: "45,00 €"', ROWS),
        ("fee: $45.00", ROWS),
        ('fee: {from: 01/01/2027, amount: "45,00"}', LATER),
        ("fee: gratuit", '[{from: 2026-01-01, amount: "…"}]'),
    ],
)
def test_one_amount_is_shown_as_dated_rows(tmp_path: Path, written: str, shown: str) -> None:
    issue = advised(tmp_path, (FEE, f"adjust: [{{code: handling, {written}}}]"), files=SOME)
    assert (issue.what, issue.fix) == ("this is not a list of dated rows", f"write `{shown}`")


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ("amount: 120.00", 'amount: "120,00 $"', 'write `"120.00"`'),
        ("amount: 120.00", 'amount: "1 234,50"', 'write `"1234.50"`'),
        ("amount: 120.00", 'amount: "1,200"', 'write `"1200"` or `"1.200"`'),
        ('percent: "-10"', 'percent: "-12,5 %"', 'write `"-12.5"`'),
        ('percent: "-10"', "percent: −10", 'write `"-10"`'),
        ("from: 2026-01-01, amount: 120.00", "from: 01/03/2026, amount: 120.00",
         "write `2026-03-01`, or `2026-01-03` if the month stands first"),
        ("from: 2026-01-01, amount: 120.00", "from: 31.12.2026, amount: 120.00", "write `2026-12-31`"),
        ("from: 2026-01-01, amount: 120.00", "from: 1er mars 2026, amount: 120.00", "write `2026-03-01`"),
        ("from: 2026-01-01, amount: 120.00", "from: 30 février 2026, amount: 120.00",
         "write a date such as 2026-01-01"),
        ("months: 12", "months: 12 mois", "write `12`"),
        ("months: 12", 'months: "12"', "write `12`, without quotes"),
        ("until_day: 30", "until_day: 30 days", "write `30`"),
        ("amount: 120.00", "amount: 120,00 €", 'write `amount: "120.00"`'),
        ("amount: 120.00", "amount: 1,380.00", 'write `amount: "1380.00"`'),
        ("amount: 120.00", "amount: beaucoup",
         'write digits, and a point before the decimals, such as "120.00" or "-10"'),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_shown_as_they_are_written_here(tmp_path: Path, old: str, new: str, fix: str) -> None:
    assert advised(tmp_path, (old, new), files=SOME).fix == fix


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("45,00 €", ["45.00"]),
        ("1.234,50", ["1234.50"]),
        ("1,234.50", ["1234.50"]),
        ("CAD 45", ["45"]),
        ("1 200 000", ["1200000"]),
        ("beaucoup", []),
        ("12 % ttc", []),
        ("12" + " " * 60, ["12"]),
        ("12" + " " * 60 + "€", []),
    ],
)
def test_decimals(typed: str, meant: list[str]) -> None:
    assert decimals(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("01/03/2026", ["2026-03-01", "2026-01-03"]),
        ("3/3/26", ["2026-03-03"]),
        ("12/31/2026", ["2026-12-31"]),
        ("2026/3/1", ["2026-03-01"]),
        ("March 1, 2026", ["2026-03-01"]),
        ("15 août 2026", ["2026-08-15"]),
        ("1 luglio 2026", ["2026-07-01"]),
        ("2026-02-30", []),
        ("demain", []),
    ],
)
def test_days(typed: str, meant: list[str]) -> None:
    assert days(typed) == meant


def test_a_price_without_rows_is_not_said_to_be_missing_too(tmp_path: Path) -> None:
    price = "\n      - {from: 2026-01-01, amount: 120.00}"
    assert advised(tmp_path, (price, " 45.00"), files=SOME).fix == f"write `{ROWS}`"


@pytest.mark.parametrize(
    ("option", "shown"),
    [("training", "{training: remote}"), ("christmas", "{christmas: true}")],
)
def test_a_condition_is_shown_with_an_answer(tmp_path: Path, option: str, shown: str) -> None:
    christmas = "    options:\n      christmas: {type: boolean, actions: [renew], label: {fr: Noël, en: Christmas}}"
    rule = f'adjust: [{{code: handling, percent: "2", when: {option}}}]'
    issue = advised(tmp_path, ("    options:", christmas), (FEE, rule), files=SOME)
    assert (issue.what, issue.fix) == (f"`{option}` stands without an answer", f"write `{shown}`")


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("€", "write `EUR`"),
        ('"$"', "write `CAD` or `USD`"),
        ("£", "write `GBP`"),
        ("cad", "did you mean `CAD`?"),
        ("loonie", "write one of these"),
    ],
)
def test_a_currency_is_known_by_its_sign(tmp_path: Path, written: str, fix: str) -> None:
    assert advised(tmp_path, ("currency: CAD", f"currency: {written}"), files=SOME).fix == fix


@pytest.mark.parametrize(
    ("written", "country", "table"),
    [
        ("fr", "FR", "{fr: fr-FR, en: en-GB}"),
        ("[fr, en]", "FR", "{fr: fr-FR, en: en-GB}"),
        ("[en, fr]", "CA", "{en: en-CA, fr: fr-CA}"),
        ("[fr-FR, en, it]", "Italie", "{fr: fr-FR, en: en-GB, it: it-IT}"),
        ("fr, pl", "US", "{fr: fr-FR, pl: pl-PL, en: en-US}"),
    ],
)
def test_locales_are_shown_for_all_languages_that_are_named(
    tmp_path: Path, written: str, country: str, table: str
) -> None:
    old = next(line for line in SMALL.splitlines() if line.startswith("locales:"))
    text = SMALL.replace(old, f"locales: {written}").replace("country: CA", f"country: {country}")
    found = issues_of(tmp_path, {"small.yaml": text, **SOME})
    assert [issue.fix for issue in found if "locales" in issue.what] == [f"write `{table}`"]


def test_all_languages_that_are_named_are_shown_on_a_site_of_one(tmp_path: Path) -> None:
    old = next(line for line in SMALL.splitlines() if line.startswith("locales:"))
    root = write_plans(tmp_path, {"small.yaml": SMALL.replace(old, "locales: [fr, en]"), **SOME})
    with pytest.raises(InputError) as caught:
        load_families(root, ("fr",))
    assert caught.value.issues[0].fix == "write `{fr: fr-CA, en: en-CA}`"


@pytest.mark.parametrize(
    ("country", "locale"),
    [("BE", "fr-FR"), ("FR", "fr-FR"), ("CA", "fr-CA")],
)
def test_a_locale_is_shown_that_there_is(tmp_path: Path, country: str, locale: str) -> None:
    issue = advised(tmp_path, ("fr: fr-CA", "fr: fr"), ("country: CA", f"country: {country}"), files=SOME)
    assert issue.fix == f"write `{locale}`, say"


def test_a_missing_language_is_shown_with_a_locale_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_families(write_plans(tmp_path, {"small.yaml": SMALL, **SOME}), ("fr", "en", "it"))
    assert caught.value.issues[0].fix == "add `it: it-IT`, and its texts"


def test_units_that_nobody_counts_are_likened_to_what_is_counted(tmp_path: Path) -> None:
    text = "units:\n  organ: {fr: {one: orgue, other: orgues}, en: {one: organ, other: organs}}"
    issue = advised(tmp_path, ("units:", text), files=SOME)
    assert issue.fix == "write one of `pack`, `user`"


def test_words_for_a_unit_and_a_unit_without_words_are_one_mistake(tmp_path: Path) -> None:
    issue = advised(tmp_path, ("  pack: {fr:", "  pakc: {fr:"), files=SOME)
    line = SMALL[: SMALL.index("unit: pack")].count("\n") + 1
    assert issue.what == "no plan counts in `pakc`, and `pack` has no words here"
    assert issue.why == f"`bank` counts in `pack` (line {line}); one of the two is misspelt"
    assert issue.fix == f"write `pack` here, or `pakc` in line {line}"


def test_words_near_a_unit_that_has_its_own_are_not_said_to_be_its(tmp_path: Path) -> None:
    issue = advised(
        tmp_path, ("units:", "units:\n  pakc: {fr: {one: a, other: b}, en: {one: a, other: b}}"), files=SOME
    )
    assert issue.what == "no plan counts in `pakc`"
    assert issue.fix == "did you mean `pack`?"


def test_words_for_a_unit_are_not_refused_while_a_plan_has_none(tmp_path: Path) -> None:
    issue = advised(tmp_path, ("    unit: pack", "    unti: pack"), files=SOME)
    assert issue.fix == "did you mean `unit`?"


def test_words_for_an_option_that_is_misspelt_lead_to_it(tmp_path: Path) -> None:
    option = "    options:\n      vehicles: {type: integer, actions: [renew], optional: true, label: {fr: V, en: V}}"
    words = "units:\n  vehicle: {fr: {one: a, other: b}, en: {one: a, other: b}}"
    issue = advised(tmp_path, ("    options:", option), ("units:", words), files=SOME)
    line = SMALL[: SMALL.index("    options:")].count("\n") + 2
    assert issue.why == f"`care` counts in `vehicles` (line {line}); one of the two is misspelt"


@pytest.mark.parametrize("tag", ["fr-CA", "fr-XX", "fr"])
def test_only_the_forms_of_the_language_are_named(tmp_path: Path, tag: str) -> None:
    text = SMALL.replace("other: banques", "several: banques").replace("fr: fr-CA", f"fr: {tag}")
    (issue,) = [issue for issue in issues_of(tmp_path, {"small.yaml": text, **SOME}) if "`several`" in issue.what]
    assert issue.why == "its keys are `one`, `other`; nothing would read this one"


def test_a_unit_without_forms_is_shown_those_of_its_language(tmp_path: Path) -> None:
    polish = ("{fr: fr-CA, en: en-CA}", "{fr: fr-CA, en: en-CA, pl: pl-PL}")
    words = ("  pack: {fr:", "  pack: {pl: bank, fr:")
    text = SMALL.replace(*polish, 1).replace(*words, 1)
    (issue,) = [issue for issue in issues_of(tmp_path, {"small.yaml": text, **SOME}) if "word for each" in issue.what]
    assert issue.fix == "write `pl: {one: …, few: …, many: …}`"


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("France", "write `FR`"),
        ("Italia", "write `IT`"),
        ("royaume-uni", "write `GB`"),
        ("ca", "write `CA`"),
        ("USA", "write `US`"),
        ("fra", "write `FR`"),
        ("Ici", "write two capitals, such as `CA`"),
        ("[CA]", "write two capitals, such as `CA`"),
    ],
)
def test_a_country_is_known_by_its_name(tmp_path: Path, written: str, fix: str) -> None:
    assert advised(tmp_path, ("country: CA", f"country: {written}"), files=SOME).fix == fix


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("Pesage Morvan", 'write `{name: "Pesage Morvan"}`'),
        ("'The \"best\"'", 'write `{name: "The \\"best\\""}`'),
        ("[Small]", "write `{name: …}`"),
    ],
)
def test_a_vendor_is_shown_as_a_mapping(tmp_path: Path, written: str, fix: str) -> None:
    assert advised(tmp_path, ("vendor: {name: Small Inc.}", f"vendor: {written}"), files=SOME).fix == fix


def test_a_folder_with_a_plan_file_of_another_ending_alone(tmp_path: Path) -> None:
    (issue,) = issues_of(tmp_path, {"pesage.yml": SMALL, **SOME})
    assert (str(issue.place), issue.fix) == ("plans/pesage.yml", "rename it to `pesage.yaml`")
