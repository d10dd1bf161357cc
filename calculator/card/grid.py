"""The price by date: what the same request costs on the days on which its price changes, for one or more lengths.

Decides which days and lengths are worth a row or a column; every figure is a quote of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator.days import answer_on, last_days
from calculator.periods import ONE_DAY
from calculator.plan import Catalogue, Plan, Renewal, in_force
from calculator.quote import quote
from calculator.renewal import Opening, length_asked, openings
from calculator.wording.speech import Speech

MAX_ROWS, MOST_ROWS, MAX_LENGTHS = 5, 12, 3
"""Rows where prices go on changing after the windows; rows at most, and lengths. Windows alone seldom need as many."""

type Data = Mapping[str, Any]
type Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A price in words (empty: not offered) and the address that opens it (empty: none)."""

    amount: str
    link: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A row: until or from which day, how that time is called, and a price for each length."""

    label: str
    detail: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows, soonest first; `lengths` heads their columns. `more` says that later ones are left out, if they are."""

    lengths: tuple[str, ...]
    moments: tuple[Moment, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day to ask for: the last one of a price, or the first one of the last price."""

    on: date
    last: bool


def price_by_date(
    catalogue: Catalogue, response: Data, request: Data, speech: Speech, link_to: Callable[[Request], str]
) -> Grid | None:
    """The grid for an answered request; None where time changes nothing, or changes the price every day."""
    found = catalogue.plan(response["plan"])
    assert found, "an answered request has a plan"
    plan, on = found[1], date.fromisoformat(response["on"])
    asked = _renewal_request(request, plan) if response["action"] == "status" else dict(request)
    if asked is None:
        return None
    days, cut = _days(catalogue, response, asked, plan, on)
    lengths = _lengths(asked, plan, on)
    moments: list[Moment] = []
    for day in days:
        answers = [_ask(catalogue, asked, day.on, months) for months in lengths]
        cells = tuple(_cell(answer, sent, speech, link_to) for answer, sent in answers)
        if any(cell.amount for cell in cells) or moments:
            daily = any(_is_daily(catalogue, day, on, answer, sent) for answer, sent in answers if answer["ok"])
            moments.append(Moment(_label(day, daily, speech), _window(answers, speech), cells))
    if not any(cell.amount for moment in moments for cell in moment.cells):
        return None
    more = speech.say("mail.grid.more", {"date": days[-1].on.isoformat()}) if cut else ""
    return Grid(tuple(_length(asked, plan, on, months, speech) for months in lengths), tuple(moments), more)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _renewal_request(request: Data, plan: Plan) -> Request | None:
    """The renewal of the contract whose status was asked; None where the plan has none."""
    if "renew" not in plan.actions:
        return None
    offered = {option.name for option in plan.options if "renew" in option.actions}
    options = {name: value for name, value in request.get("options", {}).items() if name in offered}
    renewal = {name: value for name, value in request.items() if name not in ("options", "existing")}
    return renewal | {"action": "renew"} | ({"options": options} if options else {})


def _days(catalogue: Catalogue, response: Data, asked: Request, plan: Plan, on: date) -> tuple[list[_Day], bool]:
    """The last days of prices and windows, `on` or later, then the first day after them; and whether some are left out.

    A row says what one pays until its day: so what is left out comes after all others, and no window does.
    """
    expiry = _day(asked.get("expiry")) if asked["action"] == "renew" else None
    last: set[date] = set()
    valid_until = _day(response["valid_until"])
    if valid_until and valid_until > on:
        last.add(valid_until)
    renewal = in_force(plan.renewal, on) if expiry else None
    closed, ends = False, set[date]()
    if renewal and expiry:
        opened = [_opened(asked, plan, renewal, months) for months in _lengths(asked, plan, on)]
        ends = {last for windows in opened for _, _, last in windows if last}
        closed = all(windows[-1].last for windows in opened)
        last |= last_days(catalogue, asked, on, ends)
    within = sum(day <= max(ends, default=on) for day in last)
    days = [_Day(day, last=True) for day in sorted(last)[: min(max(MAX_ROWS, within), MOST_ROWS)]]
    cut = len(days) < len(last)
    if days and not cut and not (closed and days[-1].on == max(ends, default=None)):
        days.append(_Day(days[-1].on + ONE_DAY, last=False))
    return days, cut


def _opened(request: Request, plan: Plan, renewal: Renewal, months: int | None) -> tuple[Opening, ...]:
    """When such a renewal is possible for that length, or the request's own (None)."""
    length = None if request.get("align_to") else length_asked(plan, renewal, months or request.get("months"))
    return openings(plan, renewal, date.fromisoformat(request["expiry"]), _day(request.get("anchor")), length)


def _lengths(request: Request, plan: Plan, on: date) -> list[int | None]:
    """The lengths in months to ask for; None leaves the request's own, or the plan's term."""
    renewal: Renewal | None = in_force(plan.renewal, on) if request["action"] == "renew" else None
    term = plan.term.months if plan.term else 0
    if not (renewal and renewal.lengths and term) or request.get("align_to"):
        return [None]
    terms = [term * terms for terms in range(1, MAX_LENGTHS + 1)]
    whole = renewal.lengths.only or [months for months in terms if renewal.lengths.offers(months)]
    own = request.get("months") or renewal.lengths.usual(term)
    others = [months for months in whole if months != own][: MAX_LENGTHS - 1]
    horizon = plan.horizon_months
    return [months if months != own else None for months in sorted({own, *_within(others, horizon)})]


def _within(lengths: Iterable[int], horizon: int | None) -> list[int]:
    return [months for months in lengths if horizon is None or months <= horizon]


def _ask(catalogue: Catalogue, request: Request, on: date, months: int | None) -> tuple[Data, Request]:
    """The answer on that day for that length, and the request that got it."""
    return answer_on(catalogue, request | ({} if months is None else {"months": months}), on)


def _cell(answer: Data, sent: Request, speech: Speech, link_to: Callable[[Request], str]) -> Cell:
    if not answer["ok"]:
        return Cell("", "")
    return Cell(speech.texts.written(answer["total"], "money"), link_to(sent))


def _is_daily(catalogue: Catalogue, day: _Day, on: date, answer: Data, sent: Request) -> bool:
    """Whether the price is that of the very day: the day after a first one, or before a last one, has another."""
    if not day.last:
        return bool(answer["valid_until"] == answer["on"])
    before = day.on - ONE_DAY
    if before < on:
        return False
    earlier = quote(catalogue, sent | {"on": before.isoformat()})
    return bool(earlier["ok"] and earlier["window"] == answer["window"] and earlier["total"] != answer["total"])


def _label(day: _Day, daily: bool, speech: Speech) -> str:
    key = "on" if daily else "until" if day.last else "from"
    return speech.say(f"mail.grid.{key}", {"date": day.on.isoformat()})


def _window(answers: Sequence[tuple[Data, Request]], speech: Speech) -> str:
    """What the time is called: all lengths fall in the same window."""
    return next((speech.window_label(answer["window"]) for answer, _ in answers if answer["ok"]), "")


def _length(request: Request, plan: Plan, on: date, months: int | None, speech: Speech) -> str:
    """The head of a column: how long the term is, or to which day."""
    if request.get("align_to"):
        return speech.say("mail.grid.end", {"date": request["align_to"]})
    renewal = in_force(plan.renewal, on) if request["action"] == "renew" else None
    term = plan.term.months if plan.term else 0
    usual = renewal.lengths.usual(term) if renewal and renewal.lengths and term else term
    months = months or request.get("months") or usual
    if months:
        return speech.say("mail.grid.months", {"n": months})
    return speech.say("mail.grid.days", {"n": plan.term.days}) if plan.term else speech.say("mail.grid.price")
