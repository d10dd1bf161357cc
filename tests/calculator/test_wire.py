"""The door: links, texts, forms, and the answers that a Worker gives."""

import json
from base64 import urlsafe_b64encode

import pytest

from calculator.errors import CatalogueError
from calculator.wire import fields, link_fragment, quote, quote_text, read_link_fragment
from site_builder.plans import load_families
from tests.calculator.asking import ROOT, TWO_WINDOWS, answer, ask, notes, one_plan, plans

REQUEST = {
    "plan": "keystroke/orange-care",
    "action": "renew",
    "on": "2026-04-10",
    "expiry": "2026-03-31",
    "quantity": 5,
}


def test_the_contract_s_worked_quotes() -> None:
    given = answer(REQUEST)
    assert given | {"catalogue": "", "deadlines": [], "notes": []} == {
        "contract": 1, "ok": True, "plan": "keystroke/orange-care", "action": "renew", "on": "2026-04-10",
        "window": "grace", "days_late": 10, "term": {"start": "2026-04-10", "end": "2027-03-31", "days": 356},
        "currency": "CAD",
        "lines": [{"code": "prorated_price", "quantity": 5, "unit": "user", "unit_amount": "120.00", "amount": "585.21",
                   "clause": "orange-care.renewal.windows.grace", "params": {"days": 356, "of": 365}}],
        "subtotal": "585.21", "taxes": [], "total": "585.21", "valid_until": "2026-04-10",
        "entitlements": [{"code": "support_time_per_day", "minutes": 150}], "notices": [], "deadlines": [], "notes": [],
        "catalogue": "",
    }  # fmt: skip
    assert given["deadlines"] == [{"code": "last_day_of_grace", "date": "2026-04-30"}]
    assert "taxes_not_included" in notes(given)
    on_time = answer(REQUEST | {"on": "2026-03-15"})
    assert [line["amount"] for line in on_time["lines"]] == ["600.00", "-60.00"]


def test_a_catalogue_may_be_json() -> None:
    catalogue = load_families(ROOT / "plans").catalogue
    assert quote(catalogue, REQUEST) == quote(plans(), REQUEST)
    assert json.loads(quote_text(catalogue, json.dumps(REQUEST))) == quote(plans(), REQUEST)
    with pytest.raises(CatalogueError, match="contract"):
        quote({**catalogue, "contract": 2}, REQUEST)


def test_a_text_answer_is_ascii_without_spaces() -> None:
    text = quote_text(plans(), json.dumps(REQUEST | {"region": "Québec"}))
    assert text.isascii() and ": " not in text and "Qu\\u00e9bec" in text


def test_a_link_carries_request_and_fingerprint() -> None:
    fragment = link_fragment({"plan": "é/ü", "serials": ["😀"]}, "00ff00ff00ff00ff")
    assert fragment == "#q=eyJwbGFuIjoiw6kvw7wiLCJzZXJpYWxzIjpbIvCfmIAiXX0&c=00ff00ff00ff00ff"
    assert read_link_fragment(fragment) == ({"plan": "é/ü", "serials": ["😀"]}, "00ff00ff00ff00ff")


def test_a_link_without_fingerprint_still_opens() -> None:
    fragment = link_fragment(REQUEST, "x").partition("&")[0]
    assert read_link_fragment(fragment) == (REQUEST, "")


@pytest.mark.parametrize("fragment", ["", "#", "#top", "#q=", "#q=%%%", "#q=AA", "#q=e30x", "#c=00", "q=_w"])
def test_what_is_no_link_of_ours(fragment: str) -> None:
    assert read_link_fragment(fragment) is None


def test_a_hostile_link_is_no_link() -> None:
    deep = urlsafe_b64encode(("[" * 30_000).encode()).decode()
    long = urlsafe_b64encode(json.dumps("x" * 70_000).encode()).decode()
    assert read_link_fragment(f"#q={deep}") is None
    assert read_link_fragment(f"#q={long}") is None


def names(plan: str, action: str) -> list[object]:
    return [field["name"] for field in fields(plans(), plan, action)]


def test_forms_ask_what_changes_the_answer() -> None:
    assert names("sketchup/maintenance", "extend") == [
        "on", "expiry", "quantity", "months", "anchor", "serials", "region", "tax_exempt",
    ]  # fmt: skip
    assert names("keystroke/vip", "renew") == [
        "on", "expiry", "options.pack", "options.interventions", "anchor", "holds", "region", "tax_exempt",
    ]  # fmt: skip
    assert "align_to" in names("keystroke/orange-care", "renew")
    assert "existing" in names("keystroke/orange-care", "add")
    assert names("keystroke/orange-care", "status") == ["on", "expiry", "quantity", "anchor"]
    assert names("keystroke/basic", "renew") == names("keystroke/none", "buy") == []


def test_a_form_s_required_fields_are_what_the_engine_misses() -> None:
    for family in plans().families.values():
        for plan in family.plans.values():
            for action in plan.actions:
                name = f"{family.id}/{plan.id}"
                required = {field["name"] for field in fields(plans(), name, action) if field["required"]}
                errors = answer({"plan": name, "action": action})["errors"]
                assert {error["field"] for error in errors if error["code"] == "missing"} == required


def test_a_reading_is_said_when_its_clause_had_a_say() -> None:
    clauses = ["plan.renewal.windows.on_time.align", "plan.entitlements.help", "plan.notices", "plan.renewal.automatic"]
    renewal = {"automatic": {"billed_months_before": 1}, "windows": [{**TWO_WINDOWS[0], "align": {"max_months": 12}}]}
    rules = {"renewal": renewal, "entitlements": [{"code": "help"}], "notices": [{"days_before": 5}], "buy": {}}
    base = one_plan(rules)
    family = base.families["made"]
    assert family.readings == ()
    catalogue = {
        "contract": 1, "fingerprint": "f", "regions": {"XX": {}},
        "families": {"made": {"family": "made", "currency": "EUR", "plans": {"plan": {
            "unit": "user", "term": {"months": 12}, "price": [{"from": "2020-01-01", "amount": "1.00"}], **rules}},
            "readings": [{"id": clause.rpartition(".")[2], "clauses": [clause]} for clause in clauses]}},
    }  # fmt: skip
    renew = {"plan": "made/plan", "action": "renew", "on": "2026-01-01", "expiry": "2026-03-31"}
    said = [note["params"]["id"] for note in quote(catalogue, renew)["notes"] if note["code"] == "reading"]  # type: ignore[union-attr,index,call-overload]
    assert said == ["help", "notices", "automatic"]
    aligned = notes(quote(catalogue, renew | {"align_to": "2026-12-31"}))
    assert "reading:align" in aligned
    after_billing = notes(quote(catalogue, renew | {"on": "2026-03-01"}))
    assert "reading:automatic" not in after_billing


def test_a_status_ends_what_the_plan_gave() -> None:
    given = ask("solidxperts/subscription", "status", "2026-01-01", expiry="2026-03-31", quantity=6)
    assert given["entitlements"] == [{"code": "grace_calls", "quantity": 2, "resets_on": "2026-04-01"}]
    assert {"code": "lapses", "params": {"what": "grace_calls", "after": "2026-03-31"}} in given["notes"]
