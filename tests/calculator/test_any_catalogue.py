"""A catalogue that the reader accepts never makes the engine stumble, and `valid_until` holds in it too."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.plan import Catalogue
from calculator.wire import canonical, fields
from tests.calculator.asking import answer, one_plan

DAY = timedelta(days=1)
AMOUNTS = st.sampled_from(["0.00", "1.00", "97", "120.00", "895"])
TIERS = {"steps": [{"up_to": 3, "amount": "9.00"}, {"up_to": 8, "amount": "7.00"}, {"amount": "5.00"}]}
PARTS: list[dict[str, Any]] = [
    {"code": "labour", "quantity": "count", "rate": "60.00"},
    {"code": "sized", "on": "labour", "factor": {"by": "size", "cases": {"s": "1.00", "l": "1.25"}}, "share": "count"},
    {"code": "trips", "quantity": "count", "times": ["far"], "multiple": 2, "rate": "0.65", "when": {"size": "l"}},
    {"code": "less", "of": "labour", "percent": "-15", "when": {"flag": "true"}},
]


def dated(kinds: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One to three rows, each from a later day."""
    days = ["2020-01-01", "2026-02-01", "2026-08-15"]
    return st.lists(kinds, min_size=1, max_size=3).map(
        lambda rows: [{"from": day, **row} for day, row in zip(days, rows, strict=False)]
    )


plain = AMOUNTS.map(lambda amount: {"amount": amount})
tiers = st.sampled_from(["graduated", "volume"]).map(lambda mode: {"tiers": {"mode": mode, **TIERS}})
prices = dated(plain | plain | tiers | st.just({"on_request": True}) | st.just({"estimate": PARTS}))
percents = st.sampled_from(["-10", "5", "-100"]).map(lambda percent: {"percent": percent})
arrears = st.sampled_from(["50", "100"]).map(lambda percent: {"missed_percent": percent})
fees = st.tuples(dated(plain), st.sampled_from(["unit", "quote"])).map(lambda fee: {"fee": fee[0], "per": fee[1]})


def optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


def adjusted(prefix: str, missed: bool = True) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One or two adjustments with codes of their own; arrears (`missed`) are for a price that can be paid in part."""
    rules = st.lists(percents | fees | arrears if missed else percents | fees, min_size=1, max_size=2)
    return rules.map(lambda found: [{"code": f"{prefix}{place}", **rule} for place, rule in enumerate(found)])


@st.composite
def windows(draw: st.DrawFn, partial: bool, carrying: bool) -> list[dict[str, Any]]:
    """One to seven windows that tile the days: at most three early ones, and at most three after the expiry."""
    names = ["early_a", "early_b", "early"][draw(st.integers(0, 3)) :]
    ends = [*sorted(draw(st.sets(st.integers(-200, -1), min_size=len(names), max_size=len(names)))), 0]
    names += ["on_time", "grace", "late_a", "late_b"][: draw(st.integers(1, 4))]
    bound, made = 0, list[dict[str, Any]]()
    for place, name in enumerate(names):
        window: dict[str, Any] = {"id": name} | ({"from_day": bound + 1} if place else {})
        bound = ends[place] if place < len(ends) else bound + draw(st.integers(1, 200))
        window["starts"] = draw(st.sampled_from(["after_expiry", "on_purchase", "next_month"]))
        if partial:
            window |= draw(optional(ends=st.just("with_next_term"), align=st.just({"max_months": 14})))
        if carrying and draw(st.booleans()):
            window["carries"] = {"usage": "used", "step_minutes": 15}
        window |= draw(optional(adjust=adjusted(name, missed=partial)))
        if place < len(names) - 1 or name == "on_time" or draw(st.booleans()):
            window["until_day"] = bound
        made.append(window)
    return made


lengths = st.sampled_from([{"months": 1}, {"months": 3}, {"months": 12}, {"months": 24}, {"days": 1}, {"days": 30}])
bases = st.sampled_from(["actual_days", "days_365", "months_30", "whole_months", "months_and_days"])
conventions = optional(basis=bases, round_factor=st.integers(1, 9), months=st.just("keep_month_end"))


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """A plan of whatever the vocabulary has, where its rules do not exclude each other."""
    length, price, sold = draw(lengths), draw(prices), draw(st.booleans())
    estimated = any("estimate" in row for row in price)
    packed, whole = sold and not estimated, "days" in length
    actions = ["buy", "renew"]
    options: dict[str, Any] = {
        "count": {"type": "integer", "max": 90, "actions": actions},
        "size": {"type": "choice", "choices": ["s", "l"], "actions": actions},
        "far": {"type": "integer", "actions": actions, "required_with": {"size": "l"}},
        "flag": {"type": "boolean", "actions": actions},
        "paid": {"type": "date", "actions": ["buy"], "optional": True},
        "used": {"type": "minutes", "actions": ["renew"], "optional": True},
    }
    rules: dict[str, Any] = {"term": length, "options": options}
    rules |= {"packs": {"a": {"minutes": 60, "price": price}}} if packed else {"price": price}
    terms = st.just([{"when": {"flag": "true"}, "months": 5}, {"days": 10}])
    credit = st.just([{"code": "c", "plan": "other", "paid_on": "paid", "within_days": 9}])
    free = {} if estimated or packed else {"price": dated(plain | tiers)}
    rules["buy"] = draw(
        optional(starts=st.just("next_month"), terms=terms, credits=credit, adjust=adjusted("b", missed=False), **free)
    )
    longer = {} if whole or estimated else {"lengths": st.sampled_from([{"min_months": 24}, {"months": [36, 24]}])}
    automatic = st.just({"billed_months_before": 1})
    rules["renewal"] = draw(optional(automatic=automatic, adjust=adjusted("a", missed=not estimated), **longer))
    rules["renewal"]["windows"] = draw(windows(partial=not estimated, carrying=packed))
    calls = {"code": "calls", "by_quantity": [{"up_to": 2, "quantity": 1}, {"quantity": 2}], "resets": "anniversary"}
    reminders = [{"days_before": 40, "min_term_months": 2}, {"days_before": 3}]
    rules |= draw(optional(horizon=st.just({"months": 40}), entitlements=st.just([calls]), notices=st.just(reminders)))
    if not whole:
        rules["proration"] = draw(conventions)
    if estimated:
        rules["quantity"] = {"max": 1}
    elif not packed:
        extended = optional(adjust=adjusted("e", missed=False)).map(lambda more: {"billed": "by_month", **more})
        added = optional(adjust=adjusted("d", missed=False)).map(lambda more: {"billed": "by_day", **more})
        rules |= draw(optional(addition=added, **({} if whole else {"extension": extended})))
    other = {"unit": "incident", "price": draw(dated(plain)), "buy": {}}
    return one_plan(rules, currency=draw(st.sampled_from(["EUR", "JPY", "KWD"])), other=other)


@st.composite
def questions(draw: st.DrawFn, catalogue: Catalogue) -> dict[str, Any]:
    plan = catalogue.families["made"].plans["plan"]
    action = draw(st.sampled_from(plan.actions))
    on = draw(st.dates(date(2025, 12, 1), date(2026, 12, 31)))
    request: dict[str, Any] = {"plan": "made/plan", "action": action, "on": on.isoformat()}
    request["expiry"] = (on + draw(st.integers(-100, 220)) * DAY).isoformat()
    if plan.max_quantity is None:
        request |= draw(optional(quantity=st.integers(1, 12), existing=st.integers(0, 12)))
        request |= {"serials": ["x", "y"]} if draw(st.integers(0, 5)) == 0 and "quantity" not in request else {}
    if action == "extend" or (action == "renew" and draw(st.integers(0, 3)) == 0):
        request["months"] = draw(st.integers(1, 40))
    if action == "renew" and draw(st.integers(0, 3)) == 0:
        request["align_to"] = (on + draw(st.integers(-10, 400)) * DAY).isoformat()
    if draw(st.integers(0, 2)) == 0:
        request["anchor"] = (on - draw(st.integers(101, 900)) * DAY).isoformat()
    values = {
        "count": st.integers(0, 90),
        "size": st.sampled_from(["s", "l"]),
        "far": st.integers(0, 50),
        "flag": st.booleans(),
        "paid": st.integers(0, 20).map(lambda days: (on - days * DAY).isoformat()),
        "pack": st.just("a"),
        "used": st.lists(st.integers(0, 70), max_size=2),
    }
    asked = [str(field["name"]).removeprefix("options.") for field in fields(catalogue, "made/plan", action)]
    request["options"] = {name: draw(value) for name, value in values.items() if name in asked}
    return request


@given(st.data())
@settings(max_examples=20)
def test_whatever_the_reader_accepts_can_be_asked(data: st.DataObject) -> None:
    catalogue = data.draw(catalogues())
    for _ in range(3):
        request = data.draw(questions(catalogue))
        given_answer = answer(request, catalogue)
        canonical(given_answer)
        if not given_answer["ok"] or request["action"] == "status":
            continue
        on = date.fromisoformat(request["on"])
        until = given_answer["valid_until"]
        last = date.fromisoformat(until) if until else on + 400 * DAY
        assert last >= on
        for day in (last, on + DAY, on + data.draw(st.integers(0, 400)) * DAY):
            if day <= last:
                later = answer(request | {"on": day.isoformat()}, catalogue)
                assert later["ok"] and later["total"] == given_answer["total"], (day, until)
