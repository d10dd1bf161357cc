"""A worked example whose request is refused: told at its place, in the plan file's words, with what can stand there."""

from pathlib import Path

import pytest

from site_builder.errors import InputError, Issue
from site_builder.plans import load_families, run_examples
from tests.site_builder.plan_files import REGIONS, with_changes, write_plans

REQUEST = "{plan: small/care, action: renew, on: 2026-04-10, expiry: 2026-03-31, quantity: 5, region: US}"
BUY = "{plan: small/care, action: buy, on: 2026-04-10, options: {training: site}}"

SHOWN = "or expect `errors: [{}]` if the example is to show that"


def refusals(root: Path, request: str, *changes: tuple[str, str]) -> tuple[Issue, ...]:
    """The issues of the small plan file, its example asking for this."""
    text = with_changes((REQUEST, request), *changes)
    with pytest.raises(InputError) as caught:
        run_examples(load_families(write_plans(root, {"small.yaml": text, "regions/some.yaml": REGIONS})))
    return caught.value.issues


def changed(old: str, new: str, request: str = REQUEST) -> str:
    assert old in request
    return request.replace(old, new)


@pytest.mark.parametrize(
    ("request_", "at", "what", "fix"),
    [
        (changed("renew", "purchase"), "purchase", "`small/care` does not offer the action `purchase`",
         "did you mean `buy`?"),
        (changed("renew", "renouveler"), "renouveler", "`small/care` does not offer the action `renouveler`",
         "did you mean `renew`?"),
        (changed("renew", "renw"), "renw", "`small/care` does not offer the action `renw`", "did you mean `renew`?"),
        (changed("renew", "extend"), "extend", "`small/care` does not offer the action `extend`",
         "write one of `buy`, `renew`, `status`"),
        (changed("renew", "prolongation"), "prolongation", "`small/care` does not offer the action `prolongation`",
         "write one of `buy`, `renew`, `status`"),
        (changed("region: US", "options: {training: site}"), "training",
         "the plan asks no option `training` for `renew`",
         "leave it out, or add `renew` to the `actions` of the option"),
        (changed("5", '"5"'), '"5"', "`quantity` should be a whole number, not `5`", "write, without quotes, `5`"),
        (changed("5", "5 postes"), "5 postes", "`quantity` should be a whole number, not `5 postes`",
         "write, without quotes, `5`"),
        (changed("5", "0"), "0,", "`quantity` is out of range: `0`", "write a value from 1 to 1000000"),
        (changed("2026-04-10", "10/04/2026"), "10/04", "`on` is no date: `10/04/2026`",
         "write `2026-04-10`, or `2026-10-04` if the month stands first"),
        (changed("2026-04-10", "2026-02-30"), "2026-02-30", "`on` is no date: `2026-02-30`",
         "write `2026-02-28`, the last day of that month"),
        (changed("on: 2026-04-10, ", ""), "request", "`on` is missing in the request", "add `on: 2026-01-15`"),
        (changed("expiry: 2026-03-31, ", ""), "request", "`expiry` is missing in the request",
         "add `expiry: 2026-12-31`"),
        (changed("quantity", "quantiy"), "quantiy", "`quantiy` is not a field of a request",
         "did you mean `quantity`?"),
        (changed("quantity: 5", "training: site"), "training", "`training` is an option of the plan",
         "write `options: {training: …}`"),
        (changed("region: US", "region: USA"), "USA", "no region is called `USA`", "did you mean `US`?"),
        (changed("region: US", "holds: small/bank"), "small/bank", "`holds` should be a list, not `small/bank`",
         "write `[small/bank]`"),
        (changed("region: US", "holds: [small/bnk]"), "small/bnk", "no plan is called `small/bnk`",
         "did you mean `small/bank`?"),
        (changed("region: US", "tax_exempt: oui"), "oui", "`tax_exempt` should be true or false, not `oui`",
         "write true or false, without quotes"),
        (changed("site", "onsite", BUY), "onsite", "`onsite` is no choice of the option `training`",
         "did you mean `site`?"),
        (changed("training: site", "trainin: site", BUY), "trainin", "the plan asks no option `trainin` for `buy`",
         "did you mean `training`?"),
        (changed(", options: {training: site}", "", BUY), "request", "the option `training` has no answer",
         "add `options: {training: remote}`, or another of `remote`, `site`"),
        (changed("quantity: 5", "serials: [a, a]"), "serials",
         "`serials` names 1 different units, and the quantity is 2", "leave `quantity` out, or name each unit once"),
        (changed("2026-04-10", "2025-04-10"), "2025-04-10", "the plan has no price on 2025-04-10",
         f"write a later day, {SHOWN.format('no_price_at_date')}"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_where_it_can_be_mended(tmp_path: Path, request_: str, at: str, what: str, fix: str) -> None:
    told = {issue.what: issue for issue in refusals(tmp_path, request_)}
    assert what in told, list(told)
    issue = told[what]
    assert issue.fix == fix
    assert issue.excerpt is not None
    assert issue.excerpt[issue.place.column - 1 :].startswith(at)
    assert issue.why


@pytest.mark.parametrize(
    ("rule", "request_", "what", "fix"),
    [
        ("eligibility: {not_with: [small/bank]}", changed("region: US", "holds: [small/bank]"),
         "`small/care` does not go with `small/bank`", f"take it out of `holds`, {SHOWN.format('not_eligible')}"),
        ("eligibility: {requires_any: [small/bank]}", REQUEST,
         "`small/care` needs one of `small/bank`", f"add `holds: [small/bank]`, {SHOWN.format('not_eligible')}"),
        ("limit: {per_customer: 2}", REQUEST, "the customer may not have so many",
         f"ask for fewer, {SHOWN.format('limit_reached')}"),
        ("extension: {billed: by_month}", changed("renew", "extend, months: 3"),
         "the contract does not run on that day",
         f"write a day before that, or another `expiry`, {SHOWN.format('contract_not_active')}"),
        ("extension: [{from: 2026-06-01, billed: by_month}]",
         changed("renew", "extend, months: 3").replace("2026-03-31", "2026-12-31"),
         "`small/care` does not offer `extend` on that day", "ask for a later day"),
        ("quantity: {max: 1}", REQUEST, "`quantity` can only be 1 here", "write 1, or leave it out"),
    ],
)  # fmt: skip
def test_a_refusal_by_a_rule_says_the_rule(tmp_path: Path, rule: str, request_: str, what: str, fix: str) -> None:
    (issue,) = refusals(tmp_path, request_, ("    unit: user", f"    unit: user\n    {rule}"))
    assert (issue.what, issue.fix) == (what, fix)
