"""Worked examples: run through the engine, compared to the last digit, differences told at their place."""

from pathlib import Path

import pytest

from site_builder.errors import InputError, Issue
from site_builder.plans import Families, load_families, run_examples
from tests.site_builder.plan_files import REGIONS, with_changes, write_plans

EXPECT = 'expect: {window: grace, total: "585.21", end: 2027-03-31, days: 356, valid_until: 2026-04-10}'
REQUEST = "{plan: small/care, action: renew, on: 2026-04-10, expiry: 2026-03-31, quantity: 5, region: US}"
ON_TIME = "{plan: small/care, action: renew, on: 2026-03-15, expiry: 2026-03-31, quantity: 5, region: CA-QC}"


def load(root: Path, expect: str, request: str = REQUEST) -> Families:
    text = with_changes((EXPECT, f"expect: {expect}"), (REQUEST, request))
    return load_families(write_plans(root, {"small.yaml": text, "regions/some.yaml": REGIONS}))


def issues_of(root: Path, expect: str, request: str = REQUEST) -> tuple[Issue, ...]:
    families = load(root, expect, request)
    with pytest.raises(InputError) as caught:
        run_examples(families)
    return caught.value.issues


def told(root: Path, expect: str, request: str = REQUEST) -> list[str]:
    return [issue.what for issue in issues_of(root, expect, request)]


@pytest.mark.parametrize(
    "expect",
    [
        "{total: 585.21, subtotal: '585.21', currency: CAD}",
        "{start: 2026-04-10, end: 2027-03-31, days: 356, days_late: 10}",
        "{lines: {prorated_price: 585.21}, taxes: {}, notices: []}",
        "{notes: [taxes_not_included]}",
        "{deadlines: {last_day_of_grace: 2026-04-30}}",
        "{entitlements: {support_time_per_day: {minutes: 150}}}",
    ],
)
def test_what_an_example_may_expect(expect: str, tmp_path: Path) -> None:
    assert run_examples(load(tmp_path, expect))["small"]["ten-days-late"]["total"] == "585.21"


def test_lines_and_taxes_are_compared_one_by_one(tmp_path: Path) -> None:
    expect = '{lines: {price: "600.00", on_time_discount: "-60.00"}, taxes: {GST: "27.00"}, total: "567.00"}'
    assert run_examples(load(tmp_path / "a", expect, ON_TIME))
    wrong = '{lines: {price: "600.00", discount: "-60.00"}, taxes: {GST: "27.01"}}'
    assert told(tmp_path / "b", wrong, ON_TIME) == [
        "`lines` is {price: 600.00, on_time_discount: -60.00} by the rules, "
        "the example says nothing of `on_time_discount`",
        "`lines.discount` is not there by the rules, the example says -60.00",
        "`taxes.GST` is 27.00 by the rules, the example says 27.01",
    ]


def test_a_cent_is_enough_and_is_told_at_the_figure(tmp_path: Path) -> None:
    (issue,) = issues_of(tmp_path, '{total: "585.20"}')
    assert issue.what == "`total` is 585.21 by the rules, the example says 585.20"
    assert issue.fix == "write 585.21, or mend the rule"
    assert issue.excerpt
    assert issue.excerpt[issue.place.column - 1 :].startswith('"585.20"')


def test_amounts_are_compared_as_they_are_written(tmp_path: Path) -> None:
    assert told(tmp_path, "{total: 585}") == ["`total` is 585.21 by the rules, the example says 585"]
    assert told(tmp_path, '{total: "0585.21"}') == ["`total` is 585.21 by the rules, the example says 0585.21"]


def test_fields_of_entitlements_and_whole_lists(tmp_path: Path) -> None:
    assert told(tmp_path, "{entitlements: {support_time_per_day: {minutes: 30}}}") == [
        "`entitlements.support_time_per_day.minutes` is 150 by the rules, the example says 30"
    ]
    assert told(tmp_path, "{notes: [], notices: [2026-12-31]}") == [
        "`notes` is [taxes_not_included] by the rules, the example says []",
        "`notices` is [] by the rules, the example says [2026-12-31]",
    ]


def test_a_figure_of_the_wrong_shape_is_told_too(tmp_path: Path) -> None:
    assert told(tmp_path, "{lines: {prorated_price: {amount: 1}}, notes: [1, x]}") == [
        "`lines.prorated_price` is 585.21 by the rules, the example says {amount: 1}",
        "`notes` is [taxes_not_included] by the rules, the example says [1, x]",
    ]


def test_nothing_is_written_as_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, "{valid_until: }") == ["`valid_until` is 2026-04-10 by the rules, the example says empty"]


def test_a_refusal_may_be_expected(tmp_path: Path) -> None:
    wrong = REQUEST.replace("region: US", "region: ZZ, months: 6")
    answer = run_examples(load(tmp_path / "a", "{errors: [unknown_region, out_of_range]}", wrong))
    assert not answer["small"]["ten-days-late"]["ok"]
    assert told(tmp_path / "b", "{errors: [unknown_region]}", wrong) == [
        "`errors` is [out_of_range, unknown_region] by the rules, the example says [unknown_region]"
    ]
    assert told(tmp_path / "c", "{errors: [unknown_region]}") == [
        "the request is answered, the example expects it refused with [unknown_region]"
    ]


def test_a_refusal_not_expected_is_told_at_the_field(tmp_path: Path) -> None:
    options = REQUEST.replace("region: US", "options: {trainin: remote}, quantiy: 2")
    issues = issues_of(tmp_path, "{total: 1}", options)
    assert all(issue.excerpt for issue in issues)
    columns = {(issue.excerpt or "")[issue.place.column - 1 :].partition(":")[0] for issue in issues}
    assert columns == {"trainin", "quantiy"}


def test_the_shipped_plan_files_keep_their_promises() -> None:
    plans = Path(__file__).parent.parent.parent / "plans"
    families = load_families(plans, ("fr", "en"))
    answers = run_examples(families)
    assert all(answers[name] for name in families.files), "every family shows worked examples"
