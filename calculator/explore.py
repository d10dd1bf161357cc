"""What a quote makes one ask next: what if I wait, what three years cost, what another plan would cost.

Every figure is a quote of its own, asked of the same catalogue, and every row carries the request that got it. Decides
which days, ways and plans are worth a row; leaves prices to `quote` and words to the locale data.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from calculator.days import answer_on, last_days
from calculator.errors import Json
from calculator.forms import fields
from calculator.money import amount_text, share_of
from calculator.periods import ONE_DAY, Length, add_months
from calculator.plan import Catalogue, Plan, Renewal, Window, in_force
from calculator.quote import quote
from calculator.renewal import Opening, length_asked, openings, spans
from calculator.wording import present
from calculator.wording.speech import Speech, speech_for

TABLES = ("wait", "years", "plans")
"""The tables, in their usual order."""

MONTHS = 36
"""How far ahead the costs of renewing and of lapsing are compared."""

MOST_PAYMENTS = 40
"""Payments after which a way is not followed any further: a term of days would have hundreds."""

NEAR = timedelta(days=15)
"""A term that ends so close to the last day compared is its last one: anchors move ends by a few days."""

MONTH = timedelta(days=30)

CALENDAR = timedelta(days=3)
"""Terms that differ by no more are as long: February makes three months shorter, a leap year makes a year longer."""

LONGER = ("length_too_short", "align_out_of_range")
"""Refusals of a day on which a renewal is over before it is paid, while a longer length or a later end is not."""

SAME_END = timedelta(days=92)
"""Ways that end no farther apart are compared: who comes back late keeps another date."""

type Data = Mapping[str, Any]
type Row = dict[str, Json]
type Table = dict[str, Json]
type LinkTo = Callable[[Data], str]


@dataclass(frozen=True, slots=True)
class Desk:
    """An answered request and everybody who is needed to ask for others like it."""

    catalogue: Catalogue
    locale_data: Data
    request: Data
    response: Data
    plan: Plan
    speech: Speech
    link_to: LinkTo

    def ask(self, request: Data) -> dict[str, Any]:
        """The answer to another request."""
        return quote(self.catalogue, request)

    def sheet(self, request: Data, answer: Data) -> dict[str, Any]:
        """An answer in words."""
        return present(answer, self.locale_data, request.get("plan"))

    def say(self, key: str, **params: int | str | list[str]) -> str:
        """The text `explore.<key>`, filled."""
        return self.speech.say(f"explore.{key}", params)

    def money(self, amount: str) -> str:
        """An amount in the family's currency."""
        return self.speech.texts.written(amount, "money")

    def difference(self, total: str) -> str:
        """How a total compares with that of the quote."""
        delta = Decimal(total) - Decimal(self.response["total"])
        if not delta:
            return self.say("same")
        return self.say("more" if delta > 0 else "less", amount=amount_text(abs(delta)))

    def row(self, label: str, detail: str, request: Data, answer: Data) -> Row:
        """A row with total and difference; for a refusal, what it says, and no price."""
        if not answer["ok"]:
            return {
                "label": label,
                "detail": detail,
                "cells": [self.sheet(request, answer)["errors"][0]["message"]],
                "link": "",
            }
        cells = [self.money(answer["total"]), self.difference(answer["total"])]
        return {"label": label, "detail": detail, "cells": [*cells], "link": self.link_to(request)}


def explore(catalogue: Catalogue, locale_data: Data, request: object, link_to: LinkTo) -> list[Table]:
    """The tables that go with a request: `{id, title, lead, head, rows}`, each row `{label, detail, cells, link}`.

    Empty for a request that is refused and for one that asks for no price. A row that says why there is no price has
    one cell instead of as many as the head has columns. The `tables` of the locale data, if it has them, are those that
    are shown, in their order.
    """
    response = quote(catalogue, request)
    if not isinstance(request, Mapping) or not response["ok"] or response["action"] == "status":
        return []
    name = str(response["plan"])
    found = catalogue.plan(name)
    assert found, "an answered request has a plan"
    speech = speech_for(locale_data, name, str(response["currency"]))
    desk = Desk(catalogue, locale_data, request, response, found[1], speech, link_to)
    made = (_made(desk, id) for id in locale_data.get("tables", TABLES))
    return [table for table in made if table]


def _made(desk: Desk, id: str) -> Table | None:
    if id == "years":
        return _years_table(desk)
    return _table(desk, id, list(_waiting(desk) if id == "wait" else _plans(desk)))


def _years_table(desk: Desk) -> Table | None:
    """What the ways to go on come to, up to the day that renewing on time reaches: three years, or the next end."""
    ways = list(_years(desk))
    if not ways:
        return None
    end = ways[0][1].end
    table = _table(desk, "years", [_way(desk, *way) for way in ways], "lead_early" if _early(desk) else "lead", end=end)
    if table and abs(date.fromisoformat(end) - _goal(desk)) > MONTH:
        table["title"] = desk.say("years.title_until", end=end)
    return table


def _table(desk: Desk, id: str, rows: list[Row], lead: str = "lead", **params: str) -> Table | None:
    """A table; None where there is nothing to compare."""
    if len(rows) < 2:
        return None
    head: list[Json] = [desk.say(f"{id}.{column}") for column in ("label", "first", "second")]
    return {
        "id": id,
        "title": desk.say(f"{id}.title"),
        "lead": desk.say(f"{id}.{lead}", **params),
        "head": head,
        "rows": [*rows],
    }


def _waiting(desk: Desk) -> Iterator[Row]:
    """The same request on its own day, on the last days of prices and windows, and from the days on that end them."""
    on = date.fromisoformat(desk.response["on"])
    yield _on_day(desk, on, desk.request, desk.response, "wait.now")
    last = _last_days(desk, on)
    if desk.response["valid_until"] == desk.response["on"]:  # it moves every day: a month on shows where it goes
        last |= {day for day in [_month_on(desk, on)] if not last or day < min(last)}
    turns = ({max(last) + ONE_DAY: None} if last else {}) | _turns(desk, on)
    for day in sorted(last | turns.keys()):
        if day > on:
            answer, request = answer_on(desk.catalogue, desk.request, day)
            from_on = day in turns and _lasts(desk, answer, turns[day])
            yield _on_day(desk, day, request, answer, "wait.from" if from_on else "wait.on")


def _turns(desk: Desk, on: date) -> dict[date, date | None]:
    """The first days, after `on`, of times without a renewal as asked, and of windows after them.

    Where only a longer length is possible, with another day for which the shortest one may have to be longer still.
    """
    known = _known(desk) if desk.response["action"] == "renew" else None
    found: dict[date, date | None] = {}
    for before, span in pairwise(spans(*known) if known else ()):
        if span.first and span.first > on and not (span.window and before.window):
            found[span.first] = (span.last or span.first + MONTH) if span.longer else None
    return found


def _lasts(desk: Desk, answer: Data, last: date | None) -> bool:
    """Whether what is said of a day holds on the days after it, up to `last` where they may differ."""
    if answer["ok"]:
        return bool(answer["valid_until"] != answer["on"])
    return last is None or answer_on(desk.catalogue, desk.request, last)[0].get("errors") == answer["errors"]


def _month_on(desk: Desk, on: date) -> date:
    """A month on or, where something is added to a contract that ends before, its last covered day."""
    day = on + MONTH - ONE_DAY
    adds = desk.response["action"] in ("add", "extend")
    return min(day, date.fromisoformat(desk.request["expiry"])) if adds else day


def _last_days(desk: Desk, on: date) -> set[date]:
    """The last days after `on` of the price and, for a renewal, of the plan's windows and of the prices in them."""
    days = {date.fromisoformat(desk.response["valid_until"])} if desk.response["valid_until"] else set()
    renewal = in_force(desk.plan.renewal, on) if desk.response["action"] == "renew" else None
    if renewal:
        days |= last_days(desk.catalogue, desk.request, on, {last for _, _, last in _opened(desk) if last})
    return {day for day in days if day > on}


def _opened(desk: Desk, expiry: date | None = None) -> tuple[Opening, ...]:
    """When a renewal like the one asked for is possible; `expiry` is that of the request, unless it is told."""
    known = _known(desk, expiry)
    return openings(*known) if known else ()


def _known(desk: Desk, expiry: date | None = None) -> tuple[Plan, Renewal, date, date | None, Length | None] | None:
    """What the days of a renewal like the one asked for follow from; None where the plan has none."""
    asked, renewal = desk.request, in_force(desk.plan.renewal, date.fromisoformat(desk.response["on"]))
    if renewal is None:
        return None
    anchor = date.fromisoformat(asked["anchor"]) if asked.get("anchor") else None
    length = None if asked.get("align_to") else length_asked(desk.plan, renewal, asked.get("months"))
    return desk.plan, renewal, expiry or date.fromisoformat(asked["expiry"]), anchor, length


def _on_day(desk: Desk, day: date, request: Data, answer: Data, key: str) -> Row:
    if answer["ok"]:
        detail = desk.speech.window_label(answer["window"])
    else:
        detail = desk.speech.say("timeline.longer") if answer["errors"][0]["code"] in LONGER else ""
    return desk.row(desk.say(key, date=day.isoformat()), detail, request, answer)


@dataclass(frozen=True, slots=True)
class _Way:
    """What three years come to: on which day what was paid, how many days were covered, up to which day."""

    paid: tuple[tuple[str, Decimal], ...]
    days: int
    end: str


def _goal(desk: Desk) -> date:
    """The last day of three years from the beginning of what is bought, or from the end of what is renewed."""
    bought = desk.response["action"] == "buy"
    start = date.fromisoformat(desk.response["term"]["start"]) - ONE_DAY if bought else None
    return add_months(start or date.fromisoformat(desk.request["expiry"]), MONTHS)


def _years(desk: Desk) -> Iterator[tuple[str, _Way, Data]]:
    """Renewing on time each time, against letting the contract lapse and coming back."""
    term, asked = desk.response["term"], desk.request
    renewal = in_force(desk.plan.renewal, date.fromisoformat(desk.response["on"]))
    if not (term and renewal) or desk.response["action"] not in ("buy", "renew"):
        return
    bought = desk.response["action"] == "buy"
    expiry = date.fromisoformat(term["end"] if bought else asked["expiry"])
    steady = _follow(desk, asked, _goal(desk))
    if not steady:
        return
    goal = date.fromisoformat(steady.end)
    yield desk.say("years.steady"), steady, asked
    if window := _early(desk):
        ahead = window.until_day or 0
        way = _follow(desk, asked, goal, ahead)
        if way:
            yield desk.say("years.early", days=-ahead), way, asked
    ends = [last for window, _, last in _opened(desk, expiry) if last and window.until_day is not None]
    late = max(ends, default=expiry)
    for back in dict.fromkeys((late + ONE_DAY, add_months(expiry, 12))):
        if back <= date.fromisoformat(desk.response["on"]) or back >= goal:
            continue
        request = _return(desk, expiry, back)
        way = _follow(desk, request, goal) if request else None
        if way and bought:
            first = (desk.response["on"], Decimal(desk.response["total"]))
            way = _Way((first, *way.paid), way.days + int(term["days"]), way.end)
        if way and request and abs(date.fromisoformat(way.end) - goal) <= SAME_END:
            yield desk.say("years.lapse", date=back.isoformat()), way, request


def _early(desk: Desk) -> Window | None:
    """The early window that the quote falls in, where renewing in it each time loses no covered day."""
    renewal = in_force(desk.plan.renewal, date.fromisoformat(desk.response["on"]))
    windows = renewal.windows if renewal and desk.response["action"] == "renew" else ()
    asked = next((window for window in windows if window.id == desk.response["window"]), None)
    return asked if asked and asked.kind == "early" and asked.starts == "after_expiry" else None


def _return(desk: Desk, expiry: date, back: date) -> dict[str, Any] | None:
    """The request of somebody who comes back on that day: a late renewal or, where that is closed, a purchase."""
    kept = {name: value for name, value in desk.request.items() if name != "align_to"}
    renewal = kept | {"action": "renew", "on": back.isoformat(), "expiry": expiry.isoformat()}
    for request in (_fitted(desk, renewal, desk.plan), _fitted(desk, renewal | {"action": "buy"}, desk.plan)):
        if request and desk.ask(request)["ok"]:
            return request
    return None


def _follow(desk: Desk, request: Data, goal: date, ahead: int = 0) -> _Way | None:
    """Pay for the request, then renew on each last covered day until the goal; None where a renewal is refused.

    `ahead` are days from the last covered day to that of payment, 0 or less.
    """
    paid: list[tuple[str, Decimal]] = []
    days = 0
    while len(paid) < MOST_PAYMENTS:
        answer = desk.ask(request)
        if not answer["ok"] or not answer["term"]:
            return None
        paid.append((answer["on"], Decimal(answer["total"])))
        days += answer["term"]["days"]
        end = answer["term"]["end"]
        near = max(NEAR, min(SAME_END, timedelta(days=answer["term"]["days"] // 2)))
        if date.fromisoformat(end) + near >= goal:
            return _Way(tuple(paid), days, end)
        kept = {name: value for name, value in request.items() if name != "align_to"}
        on = (date.fromisoformat(end) + timedelta(days=ahead)).isoformat()
        following = _fitted(desk, kept | {"action": "renew", "on": on, "expiry": end}, desk.plan)
        if not following:
            return None
        request = following
    return None


def _way(desk: Desk, label: str, way: _Way, request: Data) -> Row:
    total = sum((amount for _, amount in way.paid), Decimal(0))
    each = [desk.say("years.payment", date=on, amount=amount_text(amount)) for on, amount in way.paid]
    detail = desk.say("years.payments", list=each) if len(each) <= 6 else desk.say("years.many", n=len(each))
    covered = desk.say("years.covered", days=way.days, end=way.end)
    return {"label": label, "detail": detail, "cells": [covered, desk.money(amount_text(total))],
            "link": desk.link_to(request)}  # fmt: skip


def _plans(desk: Desk) -> Iterator[Row]:
    """The same request under each plan, in the order of the family's page; a plan that does not renew is bought."""
    family = desk.response["plan"].partition("/")[0]
    plans = desk.catalogue.families[family].plans
    for id in desk.speech.family.get("order", plans):
        plan, name = plans[id], f"{family}/{id}"
        asked = dict(desk.request) | {"plan": name}
        request = _fitted(desk, asked, plan) or _fitted(desk, asked | {"action": "buy"}, plan)
        if not request:
            continue
        answer = desk.ask(request)
        row = desk.row(desk.speech.plan_name(name), _what(desk, request, answer), request, answer)
        if answer["ok"] and (aside := _not_compared(desk, plan, answer)):
            row["cells"] = [desk.money(answer["total"]), aside]
        yield row | {"link": desk.link_to(request)}  # a plan that asks more opens with what is known


def _not_compared(desk: Desk, plan: Plan, answer: Data) -> str:
    """What stands where neither more nor less can be said: for another unit, and for another length of cover."""
    if plan.unit != desk.plan.unit:  # two vehicles and two hours are no more and no less
        return desk.say("other_unit")
    here, there = desk.response["term"], answer["term"]
    if not here and not there:
        return ""
    if here and there and abs(here["days"] - there["days"]) <= CALENDAR.days:
        return ""
    months = [_months(term) for term in (here, there)]
    if not all(months):
        return desk.say("other_length")
    own, other = (share_of(Decimal(paid["total"]), Fraction(1, count), str(paid["currency"]))
                  for paid, count in zip((desk.response, answer), months, strict=True))  # fmt: skip
    return desk.say("other_length", amount=amount_text(other), own=amount_text(own))


def _months(term: Data | None) -> int:
    """How many whole months a term covers; 0 for one that is none or not made of these."""
    if not term:
        return 0
    start, end = date.fromisoformat(term["start"]), date.fromisoformat(term["end"]) + ONE_DAY
    months = 12 * (end.year - start.year) + end.month - start.month
    return months if months > 0 and add_months(start, months) == end else 0


def _what(desk: Desk, request: Data, answer: Data) -> str:
    """What the money buys: how many units for how long, and what comes with them."""
    if not answer["ok"]:
        return ""
    sheet = desk.sheet(request, answer)
    facts = [fact["value"] for fact in sheet["facts"] if fact["code"] in ("quantity", "term")]
    action = [] if answer["action"] == desk.response["action"] else [desk.speech.say(f"action.{answer['action']}")]
    return " · ".join([*action, *facts, *(entry["text"] for entry in sheet["entitlements"])])


def _fitted(desk: Desk, request: Data, plan: Plan) -> dict[str, Any] | None:
    """The request without what this plan and action do not ask for, or do not offer; None without the action."""
    action = str(request["action"])
    if action not in plan.actions:
        return None
    asked = {str(field["name"]): field for field in fields(plan, action)}
    known = {name for name in asked if name != "months" or _is_offered(request.get(name), asked[name])}
    kept = {name: value for name, value in request.items() if name in known or name in ("plan", "action")}
    options = {name: value for name, value in request.get("options", {}).items() if f"options.{name}" in known}
    return kept | ({"options": options} if options else {})


def _is_offered(months: object, field: Row) -> bool:
    """Whether a length is one of those that the form offers, where it offers some."""
    choices = field.get("choices")
    return not isinstance(choices, list) or months in choices
