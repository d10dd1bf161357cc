"""What happens when: a plan's renewal windows, notices and billing around the last covered day, as a line to draw.

The line is not to scale on purpose: before the last covered day it follows the days of a window, after it each window
has the same room, so that thirty days of grace and three years of lateness can both be read. Days count from the last
covered day (0); with an expiry they are dates, and every price is a quote of its own. `elements` makes the picture.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from calculator.errors import Json
from calculator.money import amount_text
from calculator.periods import add_months
from calculator.plan import Adjustment, Catalogue, Notice, Plan, Renewal, Window, in_force
from calculator.quote import quote
from calculator.renewal import Span, length_asked, spans
from calculator.wording.speech import Speech, speech_for

MOST: Final = 6
"""Windows after the first one for which page and picture share their columns; more of them stand in lines."""

NEAR: Final = Fraction(9)
"""Notices closer than this, in per cent of the line, share the word of the first one."""

type Data = Mapping[str, Any]
type Line = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Band:
    """A window, or days on which nothing is renewed or, where `longer`, only for longer; days as in the plan file."""

    window: Window | None
    first: int | None
    last: int | None
    longer: bool = False

    @property
    def style(self) -> str:
        """How it looks: the plan's own early bands look early, its late ones late."""
        return self.window.kind if self.window else "closed"


type Days = tuple[int | None, int | None]
"""A band's first and last day, of which either may be open."""


class Scale:
    """Where days stand on the line, in per cent of its width; what was asked once is known.

    The time before the last covered day has twice the room of a window after it; where early windows divide it, each
    window has the same.
    """

    def __init__(self, bands: Sequence[Days], before: int) -> None:
        self.ahead = [last for _, last in bands if last is not None and last <= 0]
        self.later = bands[len(self.ahead) :]
        early, rooms = len(self.ahead) - 1, len(self.later)
        self.before = before
        self.expiry = Fraction(100 * (early + 1), len(bands)) if early or rooms == 1 else Fraction(200, 2 + rooms)
        self.room = (100 - self.expiry) / rooms
        self.columns = ("even" if early else str(rooms)) if len(bands) <= MOST + 1 else "0"
        self.known: dict[int, Fraction] = {}
        self.written: dict[int, str] = {}
        self.spans = [(_text(begin), _text(end - begin)) for begin, end in map(self.span, bands)]

    def text(self, day: int) -> str:
        """The place of a day's end as pictures are told it."""
        if day not in self.written:
            self.written[day] = _text(self.at(day))
        return self.written[day]

    def at(self, day: int) -> Fraction:
        """The place of a day's end; what lies before the line's begin stands on it."""
        if day not in self.known:
            self.known[day] = self._ahead(day) if day <= 0 else self._later(day)
        return self.known[day]

    def _later(self, day: int) -> Fraction:
        for index, (since, last) in enumerate(self.later):
            start, first = self.expiry + index * self.room, max(1, since or 1)
            if last is None:
                return start + self.room * Fraction(day - first + 1, day - first + 31)
            if day <= last:
                return start + self.room * Fraction(day - first + 1, last - first + 1)
        return Fraction(100)

    def _ahead(self, day: int) -> Fraction:
        """The place of a day before the last covered one: the first window begins with the line."""
        room = self.expiry / len(self.ahead)
        index = next(index for index, last in enumerate(self.ahead) if day <= last)
        last, since = self.ahead[index], self.ahead[index - 1] if index else -self.before
        return room * index + max(Fraction(0), room * (day - since) / (last - since))

    def span(self, days: Days) -> tuple[Fraction, Fraction]:
        """Where a band of these days begins and ends."""
        first, last = days
        return Fraction(0) if first is None else self.at(first - 1), Fraction(100) if last is None else self.at(last)


@lru_cache(maxsize=32)
def _scale(bands: tuple[Days, ...], before: int) -> Scale:
    return Scale(bands, before)


def scale_of(bands: Sequence[Band], plan: Plan, renewal: Renewal) -> Scale:
    """The scale of a plan's line with these bands."""
    return _scale(tuple((band.first, band.last) for band in bands), _before(plan, renewal))


def bands_of(renewal: Renewal) -> list[Band]:
    """The windows in the order of time, and the end of all renewing where there is one."""
    bands = [Band(window, window.from_day, window.until_day) for window in renewal.windows]
    last = bands[-1].last
    return bands if last is None else [*bands, Band(None, last + 1, None)]


def _bands(span: Span, expiry: date) -> Iterator[Band]:
    """The band of these days; those on both sides of the last covered day make two."""
    first, last = (None if day is None else (day - expiry).days for day in (span.first, span.last))
    if first is not None and first <= 0 and (last is None or last > 0):
        yield Band(span.window, first, 0, span.longer)
        first = 1
    yield Band(span.window, first, last, span.longer)


@dataclass(frozen=True, slots=True)
class Words:
    """How a line speaks: of a band's days, of one day below the line, and of what stands on that day."""

    band: Callable[[Band], str]
    tick: Callable[[int], str]
    expiry: str


def line(
    plan: Plan, renewal: Renewal, speech: Speech, on: date, words: Words, bands: Sequence[Band] | None = None
) -> Line:
    """The line of a plan's rules as in force on that day: `{bands, marks, columns}`, places in per cent as texts.

    `bands` are those of a contract, which end where its next term would be over; without them, those of the rules.

    `columns` is the number of bands after the first where they share columns with the picture, `even` where all of
    them have the same room, else 0.
    """
    bands = bands or bands_of(renewal)
    scale = scale_of(bands, plan, renewal)
    drawn: list[Json] = []
    several = {kind for kind, count in Counter(window.kind for window in renewal.windows).items() if count > 1}
    for band, (x, width) in zip(bands, scale.spans, strict=True):
        clause = band.window.clause if band.window else ""
        drawn.append(
            {"style": band.style, "label": _label(band, several, speech), "when": words.band(band), "clause": clause,
             "effect": _effect(band, renewal, plan, speech, on), "x": x, "width": width}
        )  # fmt: skip
    marks = [*_notices(plan, scale, words), *_billing(renewal, scale)]
    marks.append({"kind": "expiry", "x": scale.text(0), "label": words.expiry})
    for band in bands:
        if band.last:
            kind = "before" if band.last < 0 else "edge"
            marks.append({"kind": kind, "x": scale.text(band.last), "label": words.tick(band.last)})
    return {"bands": drawn, "marks": [*marks], "columns": scale.columns}


def _text(value: Fraction) -> str:
    """A number with two decimals, as pictures are told it."""
    hundredths = round(value * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _label(band: Band, several: Collection[str], speech: Speech) -> str:
    """What a band is called, in a word or two: its rule has the whole title.

    Where there are `several` windows of its kind, it is that title, as on the quote: the words alone would be the same.
    """
    if band.window is None:
        return speech.say("timeline.longer" if band.longer else "timeline.closed")
    short = [] if band.style in several else [f"window.{band.style}.label"]
    return speech.texts.first([f"window.{band.window.id}.label", *short]) or speech.window_label(band.window.id)


def _effect(band: Band, renewal: Renewal, plan: Plan, speech: Speech, on: date) -> str:
    """What paying then does to the price: what is taken off and what is added, or that it is the full one.

    A fee of every renewal is left out: it tells no time from another.
    """
    if band.window is None:
        return speech.say(f"timeline.effect.{'longer' if band.longer else 'closed'}")
    window, found = band.window, []
    if window.ends == "with_next_term" and window.starts != "after_expiry":
        found.append(speech.say("timeline.effect.prorated"))
    common = [change for change in renewal.adjust if not change.fee]
    always = [change for change in (*common, *window.adjust) if not change.chosen]
    found += [text for change in always if (text := _change(change, plan, speech, on))]
    return ", ".join(found or [speech.say("timeline.effect.full")])


def _change(change: Adjustment, plan: Plan, speech: Speech, on: date) -> str:
    """A percentage with its sign, a fee or arrears; empty where a fee has no amount yet."""
    if change.percent is not None:
        sign = "less" if change.percent < 0 else "more"
        return speech.say(f"timeline.effect.{sign}", {"percent": amount_text(abs(change.percent))})
    if change.missed_percent is not None:
        return speech.say("timeline.effect.arrears", {"percent": amount_text(change.missed_percent)})
    row = in_force(change.fee, on)
    if row is None or row.amount is None:
        return ""
    unit = speech.texts.first([f"unit_one.{plan.unit}"]) if change.per_unit else None
    key = "timeline.effect.yearly_fee" if change.prorated else "timeline.effect.fee"
    fee = speech.texts.fitting([key], {"amount": amount_text(row.amount), "unit": unit or None})
    return speech.say("timeline.effect.example", {"fee": fee}) if row.illustrative else fee


def _before(plan: Plan, renewal: Renewal) -> int:
    """How many days the line shows before the last covered day."""
    billed = 30 * (renewal.billed_months_before or 0)
    early = [-window.until_day for window in renewal.windows if window.until_day is not None]
    return max([30, billed, *early, *(notice.days_before for notice in plan.notices)]) * 6 // 5


def _notices(plan: Plan, scale: Scale, words: Words) -> Iterator[dict[str, Json]]:
    last = -NEAR
    for notice in sorted(_current(plan), key=lambda notice: -notice.days_before):
        place = scale.at(-notice.days_before)
        told = -notice.days_before in scale.ahead  # below the line
        label = words.tick(-notice.days_before) if place - last >= NEAR and not told else ""
        last = place if label else last
        yield {"kind": "notice", "x": scale.text(-notice.days_before), "label": label}


def _current(plan: Plan) -> list[Notice]:
    """The notices of a term of the plan's own length."""
    months = plan.term.months if plan.term else 0
    return [notice for notice in plan.notices if (notice.min_term_months or 0) <= months]


def _billing(renewal: Renewal, scale: Scale) -> Iterator[dict[str, Json]]:
    if renewal.billed_months_before is not None:
        yield {"kind": "billing", "x": scale.text(-30 * renewal.billed_months_before), "label": ""}


def timeline(catalogue: Catalogue, locale_data: Data, request: object) -> Line | None:
    """The line of a renewal, or of how a contract stands, with its own dates; None for any other request.

    As `line`, with `title`, `lead` and `dates` (each `{date, when, text}`), a band's `price` (empty: none to pay or in
    the past) and `now` (whether the asked day falls in it), and a mark of the kind `now`.
    """
    response = quote(catalogue, request)
    if not isinstance(request, Mapping) or not response["ok"] or response["action"] not in ("renew", "status"):
        return None
    found = catalogue.plan(str(response["plan"]))
    assert found, "an answered request has a plan"
    plan, on = found[1], date.fromisoformat(str(response["on"]))
    renewal = in_force(plan.renewal, on)
    if renewal is None:
        return None
    speech = speech_for(locale_data, str(response["plan"]), str(response["currency"]))
    return _Own(catalogue, request, plan, renewal, speech, on, date.fromisoformat(request["expiry"])).line()


@dataclass(frozen=True, slots=True)
class _Own:
    """A line with the dates of one contract."""

    catalogue: Catalogue
    request: Data
    plan: Plan
    renewal: Renewal
    speech: Speech
    on: date
    expiry: date

    def line(self) -> Line:
        """The line, with what it costs to pay in each band from the asked day on."""
        expiry = self._say("expiry", date=self.expiry.isoformat())
        bands = self._bands()
        drawn = line(self.plan, self.renewal, self.speech, self.on, Words(self._band, self._tick, expiry), bands)
        scale = scale_of(bands, self.plan, self.renewal)
        day = (self.on - self.expiry).days
        assert isinstance(drawn["bands"], list) and isinstance(drawn["marks"], list)
        for band, view in zip(bands, drawn["bands"], strict=True):
            assert isinstance(view, dict)
            view["price"] = self._price(band, day)
            view["now"] = (band.first is None or band.first <= day) and (band.last is None or day <= band.last)
        now = self._say("now", date=self.on.isoformat())
        drawn["marks"].append({"kind": "now", "x": scale.text(day), "label": now})
        return drawn | {"title": self._say("title"), "lead": self._say("lead"), "dates": list(self._dates())}

    def _bands(self) -> list[Band]:
        """The windows on the days on which they are really open, and the time in which nothing is renewed as asked."""
        asked, length = self.request, None
        if asked["action"] == "renew" and not asked.get("align_to"):
            length = length_asked(self.plan, self.renewal, asked.get("months"))
        anchor = date.fromisoformat(asked["anchor"]) if asked.get("anchor") else None
        found = spans(self.plan, self.renewal, self.expiry, anchor, length)
        return [band for span in found for band in _bands(span, self.expiry)]

    def _say(self, key: str, **params: int | str | None) -> str:
        return self.speech.texts.fill(self.speech.texts.find(f"timeline.{key}") or key, params)

    def _date(self, day: int) -> str:
        return (self.expiry + timedelta(days=day)).isoformat()

    def _tick(self, day: int) -> str:
        return self.speech.texts.written(self._date(day), "short_date")

    def _band(self, band: Band) -> str:
        first = None if band.first is None else self._date(band.first)
        last = None if band.last is None else self._date(band.last)
        return self._say("days", first=first, last=last)

    def _price(self, band: Band, day: int) -> str:
        """What the same request costs on the first and the last day of a band that are still to come."""
        if self.request["action"] != "renew" or band.window is None or (band.last is not None and band.last < day):
            return ""
        first = day if band.first is None else max(day, band.first)
        begin = self._total(first)
        end = self._total(band.last) if band.last is not None else begin
        if not begin or not end:
            return ""
        moving = begin != end
        if band.last is None:
            later = self._total(first + 1)
            return self._say("price.from" if later != begin else "price.same", amount=begin)
        return self._say("price.moving", first=begin, last=end) if moving else self._say("price.same", amount=begin)

    def _total(self, day: int) -> str:
        """The total on a day; without the wish for an end that can no longer be had; empty where it is refused."""
        request = {**self.request, "on": self._date(day)}
        answer = quote(self.catalogue, request)
        if not answer["ok"] and request.pop("align_to", None):
            answer = quote(self.catalogue, request)
        return str(answer["total"]) if answer["ok"] else ""

    def _dates(self) -> Iterator[Json]:
        """Reminders of the current term and its automatic bill that are still to come, soonest first."""
        found: list[tuple[date, str]] = []
        for notice in _current(self.plan):
            text = self.speech.say("notice.reminder", {"days_before": notice.days_before})
            found.append((self.expiry - timedelta(days=notice.days_before), text))
        if self.renewal.billed_months_before is not None:
            text = self.speech.say("deadline.auto_renewal_billing")
            found.append((add_months(self.expiry, -self.renewal.billed_months_before), text))
        for day, text in sorted(entry for entry in found if entry[0] >= self.on):
            yield {"date": day.isoformat(), "when": self.speech.texts.written(day.isoformat()), "text": text}
