"""What must hold for all requests, drawn by hypothesis. Docstrings quote the rule."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import ROUND_CEILING, Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from calculator.money import rounded
from calculator.periods import (
    Length,
    Proration,
    Term,
    add_months,
    share,
    share_over_terms,
    term_ending,
    term_from,
)
from calculator.request import FIELDS
from calculator.wire import canonical, fields, link_fragment, present, quote_text, read_link_fragment
from site_builder.locales import load_all, locale_data
from tests.calculator.asking import Answer, answer, one_plan, plans

DAY = timedelta(days=1)
WORDS = [locale_data(language, {}) for language in load_all().values()]
PLANS = [f"{family.id}/{plan}" for family in plans().families.values() for plan in family.plans]
days = st.dates(date(1970, 1, 1), date(2200, 12, 31))
recent = st.dates(date(2026, 1, 1), date(2028, 12, 31))
near = st.integers(-400, 500)
lengths = st.builds(Length, months=st.integers(1, 60)) | st.builds(Length, days=st.integers(1, 800))
month_lengths = st.builds(Length, months=st.integers(1, 36))


def options_of(plan: str, action: str) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to what the plan asks for that action: all that it needs, some of the others."""
    asked = [field for field in fields(plans(), plan, action) if str(field["name"]).startswith("options.")]
    required: dict[str, st.SearchStrategy[Any]] = {}
    free: dict[str, st.SearchStrategy[Any]] = {}
    for field in asked:
        given_field: dict[str, Any] = dict(field)
        low, high, choices = (given_field.get(key, empty) for key, empty in (("min", 0), ("max", 0), ("choices", [])))
        number = st.integers(low, min(high, 10_000))
        kinds: Mapping[str, st.SearchStrategy[Any]] = {
            "boolean": st.booleans(), "integer": number, "minutes": st.lists(number, max_size=4),
            "date": recent.map(str), "choice": st.sampled_from(choices or [""]),
        }  # fmt: skip
        # What is needed beside another answer is always given: too much is no mistake.
        target = required if field["required"] or "required_with" in field else free
        target[str(field["name"]).removeprefix("options.")] = kinds[str(field["type"])]
    return st.fixed_dictionaries(required, optional=free)


@st.composite
def requests(draw: st.DrawFn, action: str | None = None) -> dict[str, Any]:
    """Requests that are likely to be answered, over all plans, around their expiry."""
    offering = [name for name in PLANS if action is None or fields(plans(), name, action)]
    plan = draw(st.sampled_from(offering))
    actions = [name for name in ("buy", "renew", "extend", "add", "status") if fields(plans(), plan, name)]
    action = action or draw(st.sampled_from(actions))
    on = draw(recent)
    request: dict[str, Any] = {"plan": plan, "action": action, "on": on.isoformat()}
    if plan not in ("keystroke/vip", "keystroke/diamond", "integrator/contract"):
        request["quantity"] = draw(st.integers(1, 40))
    if action != "buy":
        expiry = on + draw(near) * DAY
        request["expiry"] = expiry.isoformat()
        if draw(st.booleans()):
            request["anchor"] = (expiry - draw(st.integers(0, 1500)) * DAY).isoformat()
    if action == "extend":
        request["months"] = draw(st.integers(1, 30))
    if action == "add":
        request["existing"] = draw(st.integers(0, 20))
    if draw(st.booleans()):
        request["region"] = draw(st.sampled_from(["CA-QC", "FR", "US", "CA-ON"]))
    if options := draw(options_of(plan, action)):
        request["options"] = options
    return request


def answered(request: dict[str, Any]) -> Answer:
    given_answer = answer(request)
    assume(bool(given_answer["ok"]))
    return given_answer


@given(days, lengths, st.integers(1, 12), st.booleans())
@example(date(2024, 2, 29), Length(months=12), 5, False)
@example(date(2026, 1, 31), Length(months=1), 12, True)
def test_terms_tile(start: date, length: Length, count: int, keep: bool) -> None:
    """Terms counted from an anchor follow one another without gap or overlap, forwards and backwards."""
    end = start - DAY
    for _ in range(count):
        term = term_from(end + DAY, length, start, keep)
        assert term.start == end + DAY and term.end >= term.start
        back = term_ending(term.end, length, start, keep)
        assert (back.end, back.days) == (term.end, term.days)
        end = term.end
    if length.months:
        assert end + DAY == add_months(start, count * length.months, keep)


@given(days, lengths, st.data())
def test_parts_of_a_term_add_up(start: date, length: Length, data: st.DataObject) -> None:
    """The parts of a split add up to the whole within a cent per part, under every convention that counts days."""
    full = term_from(start, length, None, False)
    bases = ["actual_days"] + (["days_365", "months_30"] if length.months else [])
    convention = Proration(data.draw(st.sampled_from(bases)))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, full.days - 1)), max_size=5)) if full.days > 1 else [])
    bounds = [0, *cuts, full.days]
    pairs = pairwise(bounds)
    parts = [Term(start + first * DAY, start + (last - 1) * DAY) for first, last in pairs]
    shares = [share(part, full, length, convention) for part in parts]
    assert sum(shares) == share(full, full, length, convention)
    price = Fraction(data.draw(st.integers(0, 10**7)), 100)
    paid = sum(rounded(price * each, "EUR") for each in shares)
    assert abs(Fraction(paid) - price * sum(shares)) <= Fraction(len(parts), 100)


@given(days, month_lengths, st.integers(1, 1500), st.sampled_from(["whole_months", "months_and_days"]), st.booleans())
def test_month_conventions_grow_with_the_part(start: date, length: Length, size: int, basis: str, keep: bool) -> None:
    """A longer part never costs less, a day costs something, and a whole term costs one term."""
    convention = Proration(basis, keep_month_end=keep)
    full = term_from(start, length, None, keep)
    assert share(full, full, length, convention) == 1
    shorter, longer = Term(start, start + (size - 1) * DAY), Term(start, start + size * DAY)
    assert 0 < share(shorter, full, length, convention) <= share(longer, full, length, convention)
    assert share_over_terms(shorter, length, convention) <= share_over_terms(longer, length, convention)


@given(requests())
def test_lines_add_up(request: dict[str, Any]) -> None:
    """The lines add up to `subtotal`, and `total` = subtotal + taxes, in the currency's digits."""
    given_answer = answered(request)
    amounts = [Decimal(line["amount"]) for line in given_answer["lines"]]
    taxes = [Decimal(tax["amount"]) for tax in given_answer["taxes"]]
    assert sum(amounts, Decimal("0.00")) == Decimal(given_answer["subtotal"])
    assert Decimal(given_answer["subtotal"]) + sum(taxes) == Decimal(given_answer["total"])
    texts = [given_answer["subtotal"], given_answer["total"], *(line["amount"] for line in given_answer["lines"])]
    assert all(text.partition(".")[2].isdigit() and len(text.partition(".")[2]) == 2 for text in texts)
    assert Decimal(given_answer["total"]) >= 0


@given(requests())
def test_terms_and_dates_are_in_order(request: dict[str, Any]) -> None:
    """A term is inclusive at both ends; deadlines are `on` or later, soonest first; notices lie in their term."""
    given_answer = answered(request)
    term = given_answer["term"]
    if term:
        start, end = date.fromisoformat(term["start"]), date.fromisoformat(term["end"])
        assert term["days"] == (end - start).days + 1 >= 1
        assert all(term["start"] <= notice["date"] <= term["end"] for notice in given_answer["notices"])
        if request["action"] in ("renew", "extend"):
            assert term["start"] > min(request["expiry"], request["on"]) and term["end"] >= request["on"]
    assert [entry["date"] for entry in given_answer["notices"]] == sorted(n["date"] for n in given_answer["notices"])
    dates = [entry["date"] for entry in given_answer["deadlines"]]
    assert dates == sorted(dates) and all(day >= request["on"] for day in dates)


@given(requests(), st.integers(1, 30))
def test_more_units_never_cost_less(request: dict[str, Any], more: int) -> None:
    """More seats never cost less unless a tier says so (no shipped plan has tiers)."""
    assume("quantity" in request)
    few = answered(request)
    many = answered(request | {"quantity": request["quantity"] + more})
    assert Decimal(many["total"]) >= Decimal(few["total"])


@given(requests("renew"), st.integers(0, 400), st.integers(1, 500))
def test_on_time_is_never_dearer_than_late(request: dict[str, Any], early: int, late: int) -> None:
    """In the five families, on time is never dearer than late: at the prices of one day, for one day of cover."""
    expiry = date.fromisoformat("2026-06-30")
    punctual = answered(request | {"expiry": expiry.isoformat(), "on": (expiry - min(early, 180) * DAY).isoformat()})
    tardy = answered(request | {"expiry": expiry.isoformat(), "on": (expiry + late * DAY).isoformat()})

    def per_day(given_answer: Answer) -> Fraction:
        return Fraction(given_answer["subtotal"]) / int(given_answer["term"]["days"])

    # A cent of rounding, spread over the shorter term, is no price difference; nor is a leap day in one of them.
    slack = Fraction(1, 100) * len(tardy["lines"]) / tardy["term"]["days"] + per_day(tardy) / 365
    assert per_day(punctual) <= per_day(tardy) + slack
    if tardy["window"] != "grace":
        assert Fraction(punctual["subtotal"]) <= Fraction(tardy["subtotal"])


@given(recent, st.integers(0, 400), st.integers(1, 12), st.integers(1, 20))
def test_aligning_twice_equals_aligning_once(on: date, ahead: int, months: int, users: int) -> None:
    """An end that is aligned already: the same request again gives the same, and the next term can be whole."""
    expiry = on + ahead * DAY
    request: dict[str, Any] = {
        "plan": "keystroke/orange-care",
        "action": "renew",
        "on": on.isoformat(),
        "quantity": users,
    }
    request |= {"expiry": expiry.isoformat(), "align_to": (add_months(expiry + DAY, months) - DAY).isoformat()}
    once = answered(request)
    assert once["term"]["end"] == request["align_to"]
    assert answer(request | {"align_to": once["term"]["end"]}) == once
    # Aligned to the end that it would have anyway, a renewal is the plain one.
    plain = answer({key: value for key, value in request.items() if key != "align_to"})
    again = answer(request | {"align_to": plain["term"]["end"]})
    assert (again["lines"], again["total"], again["term"]) == (plain["lines"], plain["total"], plain["term"])


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | days.map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(requests(), st.dictionaries(st.sampled_from((*FIELDS, "x")), json_values, max_size=3))
def test_any_json_is_answered(request: dict[str, Any], noise: dict[str, Any]) -> None:
    """A wrong request is answered, never raised; each error once, and the answer can be worded in any language."""
    given_answer = answer(request | noise)
    json.loads(canonical(given_answer))
    for words in WORDS:
        sheet = present(given_answer, words, request | noise)
        assert json.loads(canonical(sheet))["ok"] == given_answer["ok"]
    if not given_answer["ok"]:
        told = [(error["code"], error["field"], str(error["params"])) for error in given_answer["errors"]]
        assert told and len(told) == len(set(told))


@given(json_values)
def test_any_value_is_answered(value: Any) -> None:
    assert answer(value)["ok"] is False


@given(st.text(max_size=300))
def test_any_text_is_answered_or_is_not_json(text: str) -> None:
    with suppress(json.JSONDecodeError):
        quote_text(plans(), text)
    read_link_fragment(text)


@given(requests(), st.text("0123456789abcdef", min_size=16, max_size=16))
def test_request_to_link_to_request(request: dict[str, Any], fingerprint: str) -> None:
    """request → link → request is the identity, and the fragment needs no escaping."""
    fragment = link_fragment(request, fingerprint)
    assert read_link_fragment(fragment) == (request, fingerprint)
    assert read_link_fragment(fragment.removeprefix("#")) == (request, fingerprint)
    assert fragment.isascii() and not set(fragment) & set(' "<>`{}|\\^%')


@given(st.dictionaries(st.text(max_size=5), json_values, max_size=3))
def test_any_object_survives_the_link(value: dict[str, Any]) -> None:
    found = read_link_fragment(link_fragment(value, "0" * 16))
    assert found is not None and canonical(found[0]) == canonical(value)  # type: ignore[arg-type]


@given(requests(), st.integers(1, 6), st.sampled_from([{}, {"Emin": 0, "Emax": 0}]))
def test_the_caller_s_decimal_context_does_not_count(request: dict[str, Any], precision: int, bounds: Any) -> None:
    plain = answer(request)
    with localcontext(Context(prec=precision, rounding=ROUND_CEILING, **bounds)):
        assert answer(request) == plain


@given(requests())
def test_the_same_request_has_the_same_answer(request: dict[str, Any]) -> None:
    """A pure function of two JSON values, whatever the order of the request's fields."""
    text = quote_text(plans(), json.dumps(request))
    assert text == quote_text(plans(), json.dumps(dict(reversed(request.items()))))
    assert canonical(answer(request)) == text


TIERS = [{"up_to": 10, "amount": "100.00"}, {"up_to": 50, "amount": "90.00"}, {"amount": "80.00"}]


@given(st.integers(1, 200), st.integers(0, 200), st.integers(1, 200))
def test_graduated_tiers_do_not_depend_on_the_order_of_purchase(first: int, second: int, third: int) -> None:
    """Units bought together or one after the other cost the same; more never cost less."""
    row = {"from": "2020-01-01", "tiers": {"mode": "graduated", "steps": TIERS}}
    made = one_plan({"price": [row], "buy": {}, "addition": {"billed": "by_day"}})
    added = {"plan": "made/plan", "action": "add", "on": "2026-01-01", "expiry": "2026-12-31"}

    def cost(existing: int, units: int) -> Decimal:
        return Decimal(answer(added | {"existing": existing, "quantity": units}, made)["total"])

    assert cost(second, first + third) == cost(second, first) + cost(second + first, third)
    assert cost(0, first + third) > cost(0, first)


@given(st.integers(1, 60), st.integers(1, 60))
def test_volume_tiers_price_all_units_alike(few: int, more: int) -> None:
    row = {"from": "2020-01-01", "tiers": {"mode": "volume", "steps": TIERS}}
    made = one_plan({"price": [row], "buy": {}})
    request = {"plan": "made/plan", "action": "buy", "on": "2026-01-01"}

    def each(units: int) -> Decimal:
        given_answer = answer(request | {"quantity": units}, made)
        assert len(given_answer["lines"]) == 1
        return Decimal(given_answer["total"]) / units

    assert each(few + more) <= each(few)
