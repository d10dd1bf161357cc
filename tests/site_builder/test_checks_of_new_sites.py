"""What a first site has that its maker does not see: nothing that holds its prices, quotation marks, links, taxes."""

import re
from pathlib import Path

import pytest

from site_builder.checks.links import family_anchors
from site_builder.cli import main
from site_builder.plans import load_families
from tests.site_builder.starter_site import FAMILY, build, change, without_examples

WORLD = "plans/regions/world.yaml"
EN_HOME = "content/en/home.md"


@pytest.fixture
def bare(site: Path) -> Path:
    """The same without its worked examples."""
    without_examples(site)
    return site


def said(capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert main(["check", "--on", "2026-06-01"]) == code
    printed = capsys.readouterr()
    return printed.err + printed.out


def test_a_family_that_no_example_holds_is_told_once(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys)
    assert f"{FAMILY}:26:1: warning: the family has no worked examples" in found
    assert "Not held: `essential` (`on_time`, `late`); `complete` (`on_time`, `grace`, `late`)\n" in found
    assert "request: {plan: studio-care/essential, action: buy, on: …}" in found
    assert found.endswith("1 warning\n")


def test_windows_that_no_example_shows_are_told_for_each_plan(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan whose examples are of other things than renewals has windows that nothing holds, as one without any."""
    change(site, "expect: {window: grace,", "expect: {")
    for old in ('window: on_time, subtotal: "360.00"', 'window: late, subtotal: "360.00"'):
        change(site, old, 'subtotal: "360.00"')
    found = said(capsys)
    lines = (site / FAMILY).read_text("utf-8").split("\n")
    grace, essential = (
        next(n for n, line in enumerate(lines, 1) if text in line) for text in ("id: grace", "id: on_time")
    )
    assert f"{FAMILY}:{grace}:11: warning: no example of `complete` shows the window `grace`\n" in found
    assert f"{FAMILY}:{essential}:11: warning: no example of `essential` shows the windows `on_time`, `late`\n" in found
    assert (
        "fix: add an example whose request has `plan: studio-care/essential`, and that expects `window: on_time`, on "
        "the window's first or last day, and one for each of the others\n"
    ) in found
    assert found.endswith("2 warnings\n")


def test_a_plan_without_examples_is_told_once_with_its_windows(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (site / FAMILY).read_text("utf-8")
    before, examples, after = re.split(r"(?=  - id: essential-on-time)|(?=  - id: complete-on-time)", text)
    assert "plan: studio-care/essential" in examples
    (site / FAMILY).write_text(before + after, "utf-8")
    found = said(capsys)
    assert "warning: no example shows the plan `essential`\n" in found
    assert "and the reader sees them applied; not held: `on_time`, `late`\n" in found
    assert "fix: add an example whose request has `plan: studio-care/essential`, and one for each window\n" in found
    assert found.endswith("1 warning\n")


@pytest.mark.parametrize(
    ("percent", "meant"),
    [("-150", "-15"), ("-100.5", "-10.05"), ("-1250", "-12.5")],
)
def test_more_than_the_whole_cannot_come_off(
    bare: Path, capsys: pytest.CaptureFixture[str], percent: str, meant: str
) -> None:
    change(bare, 'percent: "-10"', f'percent: "{percent}"')
    found = said(capsys, 2)
    assert f": `{percent}` takes off more than 100 %" in found
    assert f'fix: write `"{meant}"` if that was meant, and `"-100"` at most' in found


def test_a_discount_of_the_whole_is_one(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(bare, 'percent: "-10"', 'percent: "-100"')
    assert "takes off" not in said(capsys)


def test_with_examples_no_amount_below_zero_is_advised(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, 'percent: "-10"', 'percent: "-150"')
    found = said(capsys, 2)
    assert "takes off more than 100 %" in found
    assert "the example says" not in found


def taxed(site: Path, rate: str, code: str = "GST") -> None:
    change(
        site,
        "  US-AK: {",
        f'  US-AK: {{taxes: [{{code: {code}, rates: [{{from: 2026-01-01, rate: "{rate}"}}]}}], ',
        WORLD,
    )


@pytest.mark.parametrize(("rate", "meant"), [("600", "6"), ("9975", "9.975"), ("-6", "6")])
def test_a_rate_that_no_tax_has_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], rate: str, meant: str
) -> None:
    taxed(site, rate)
    found = said(capsys, 2)
    assert f"`{rate}` is not a rate of a tax" in found
    assert f'fix: write `"{meant}"` if that was meant' in found


def test_a_rate_that_may_lack_its_point_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taxed(site, "60")
    found = said(capsys)
    assert f"{WORLD}:244:" in found
    assert "warning: a tax of 60 %" in found
    assert 'fix: write `rate: "6"`, if that was meant' in found


def test_a_high_rate_that_there_is_is_not_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taxed(site, "27")
    assert said(capsys) == "Nothing to mend.\n"


def test_a_tax_that_is_called_as_programs_call_it_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taxed(site, "6", "sales_tax")
    found = said(capsys)
    assert "warning: the tax `sales_tax` would be shown as “sales_tax”" in found
    assert 'such as `code: "Sales tax"`' in found


@pytest.mark.parametrize("code", ["TPS", '"Sales tax"', "VAT"])
def test_a_tax_that_is_called_as_people_call_it_is_not(
    site: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    taxed(site, "6", code)
    assert said(capsys) == "Nothing to mend.\n"


@pytest.mark.parametrize(
    ("old", "new", "file", "advised"),
    [
        ('en: "Complete"', "en: “Complete”", FAMILY, '`"Complete"`'),
        ('fr: "Essentiel"', "fr: « Essentiel »", FAMILY, '`"Essentiel"`'),
        ('{name: "Studio Care"}', "{name: „Studio Care“}", FAMILY, '`"Studio Care"`'),
        ("title: Studio Care", "title: “Studio Care”", "content/site.yaml", '`"Studio Care"`'),
        ("title: Studio Care, maintenance explained", "title: “Our plans”", EN_HOME, '`"Our plans"`'),
        ('en: "Alaska"', "en: ‘Alaska’", WORLD, '`"Alaska"`'),
    ],
)
def test_curly_marks_around_a_name_are_told(
    site: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, file: str, advised: str
) -> None:
    change(site, old, new, file)
    found = said(capsys)
    assert f"{file}:" in found
    assert "the quotation marks are part of the text: " in found
    assert f"fix: write {advised}" in found and found.endswith("\n1 warning\n")


@pytest.mark.parametrize("name", ["“Care” and “Cure”", "“Care” plan", "the ‘Care’"])
def test_curly_marks_within_a_name_are_its_own(site: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    change(site, 'en: "Complete"', f"en: {name}")
    assert "quotation marks" not in said(capsys)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/en/studio-care/#calculater", "did you mean `#calculator`?"),
        ("/en/studio-care/#plan-complet", "did you mean `#plan-complete`?"),
        ("/en/studio-care/#somewhere-else-altogether", "`calculator`"),
        ("#worked-example", "/en/ has no `#worked-example`"),
    ],
)
def test_an_anchor_that_is_not_there_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], link: str, why: str
) -> None:
    change(site, "## ", f"[Here]({link}).\n\n## ", EN_HOME)
    found = said(capsys)
    assert f"warning: the link `{link}` leads to no place of its page" in found
    assert why in found


def test_an_anchor_in_a_text_of_a_family_is_looked_for_on_its_page(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, 'en: "Training."', 'en: "Training, see [the rules](#ruels)."')
    assert "did you mean `#rules`?" in said(capsys)


@pytest.mark.parametrize(
    "anchor",
    ["calculator", "plan-complete", "rule-complete.renewal.windows.grace", "example-complete-late", "compare-support",
     "term-refunds", "plan=studio-care/complete&action=renew", "field-expiry", "rules-title"],
)  # fmt: skip
def test_anchors_that_are_there_are_not_told(site: Path, capsys: pytest.CaptureFixture[str], anchor: str) -> None:
    change(site, "## ", f"[Here](studio-care/#{anchor}).\n\n## ", EN_HOME)
    assert said(capsys) == "Nothing to mend.\n"


def test_states_that_are_not_named_in_a_language_of_the_site_are_told_once(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site / WORLD
    path.write_text(path.read_text("utf-8").replace('fr: "Alaska", ', "").replace('fr: "Alabama", ', ""), "utf-8")
    found = said(capsys)
    assert "warning: the names of 2 regions are missing in `fr`; the first: `US-AK`" in found
    assert "would show the country and “(AK)”; they are in lines 244–245" in found
    assert found.endswith("1 warning\n")


def test_a_country_that_is_named_in_one_language_goes_by_its_locale_in_the_others(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, "  AU: {}", '  AU: {name: {en: "Down Under"}}', WORLD)
    assert said(capsys) == "Nothing to mend.\n"


def test_the_anchors_of_a_family_are_those_of_its_page(site: Path) -> None:
    build(site)
    page = (site / "public/en/studio-care/index.html").read_text("utf-8")
    there = set(re.findall(r' id="([^"]+)"', page))
    families = load_families(site / "plans")
    told = family_anchors(families.files["studio-care"], families.clauses["studio-care"])
    named = ("plan-", "compare-", "rule-", "reading-", "example-", "term-")
    assert {id for id in there if id.startswith(named) and id != "compare-title"} <= told
    assert {id for id in told if id.startswith(named)} - {f"{name}title" for name in named} <= there
    assert {"main", "plans", "calculator", "rules-title"} <= told & there


def test_a_single_region_without_a_name_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(site, ', en: "Alaska"', "", WORLD)
    found = said(capsys)
    assert "warning: the name of `US-AK` is missing in `en`\n" in found
    assert "its pages would show the country and “(AK)”\n" in found
