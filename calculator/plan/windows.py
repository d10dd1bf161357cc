"""Reads the windows of a renewal: what each gives, and that together they take every day around the expiry once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calculator.errors import Path
from calculator.plan.cursor import Cursor, meant
from calculator.plan.prices import Scope, read_adjustments
from calculator.plan.records import Carries, Window, window_kind

_WINDOW_NAME = re.compile("early(_[a-z0-9_]+)?|on_time|grace|late(_[a-z0-9_]+)?")
RENEWAL_STARTS = ("after_expiry", "on_purchase", "next_month")
ENDS = ("full_term", "with_next_term")
SIDES = {"early": 0, "on_time": 1, "grace": 2, "late": 2}
"""Where the windows of a kind stand: before the last covered day, up to it, after it."""

_ONCE = "every day before and after the expiry must fall in exactly one window"
_ORDER = "early windows end before the last covered day, day 0; `on_time` ends on it; grace and late begin after it"


def read_windows(cursor: Cursor, scope: Scope, clause: str, before: tuple[str, ...]) -> tuple[Window, ...]:
    """The windows below a renewal's clause, in the order of time; `before` are codes of lines that come first."""
    told = len(cursor.problems)
    windows = tuple(_read_window(item, scope, clause, before) for item in cursor.items())
    if windows and not any(problem.expected == "integer" for problem in cursor.problems[told:]):
        _Tiling(cursor, windows).check()  # a stand-in for a wrong day would leave a gap
    return windows


def only(cursor: Cursor, key: str, minimum: int, maximum: int) -> int:
    """The whole number that is all there is in a mapping."""
    return cursor.mapping((key,)).get(key, lambda c: c.integer(minimum, maximum), minimum)


def _read_window(cursor: Cursor, scope: Scope, clause: str, before: tuple[str, ...]) -> Window:
    keys = ("from_day", "until_day", "ends", "align", "carries", "adjust")
    window = cursor.mapping(("id", "starts"), keys)
    name = window.get("id", Cursor.text, "")
    if name and not _WINDOW_NAME.fullmatch(name):
        window.problem(f"`{name}` is not a window's name", "quotes and pages speak of windows by these names",
                       "write early, early_…, on_time, grace, late or late_…", at=("id",))  # fmt: skip
    own = f"{clause}.windows.{name}"
    return Window(
        name,
        own,
        window.get("from_day", lambda c: c.integer(-36_600, 36_600), None),
        window.get("until_day", lambda c: c.integer(-36_600, 36_600), None),
        window.get("starts", lambda c: c.word(RENEWAL_STARTS), "on_purchase"),
        window.get("ends", lambda c: c.word(ENDS), "full_term"),
        window.get("align", lambda c: only(c, "max_months", 1, 120), None),
        window.get("carries", lambda c: _read_carries(c, scope), None),
        window.get("adjust", lambda c: read_adjustments(c, scope, own, before), ()),
    )


def _read_carries(cursor: Cursor, scope: Scope) -> Carries:
    carries = cursor.mapping(("usage", "step_minutes"))
    usage = carries.get("usage", Cursor.text, "")
    if usage and usage not in scope.options:
        carries.problem(f"the plan has no option `{usage}`", "the customer must be asked for the time used",
                        meant(usage, scope.options, "declare it under the plan's `options`, with `type: minutes`"),
                        at=("usage",))  # fmt: skip
    return Carries(usage, carries.get("step_minutes", lambda c: c.integer(1, 1440), 1))


def _side_of_days(window: Window) -> int | None:
    """Where a window's days alone would put it; None where they cross the last covered day."""
    if window.until_day is not None and window.until_day <= 0:
        return SIDES["early"] if window.until_day else SIDES["on_time"]
    return SIDES["late"] if window.from_day is not None and window.from_day > 0 else None


def _seen(day: int) -> str:
    """A day as it is seen from the last covered one."""
    if not day:
        return "on the last covered day, day 0"
    return f"on day {day}, {'before' if day < 0 else 'after'} the last covered day, day 0"


@dataclass(slots=True)
class _Tiling:
    """The windows of a renewal, judged together.

    A name and its days may contradict each other. Where all days by themselves are in order, the name is wrong, else
    the days: so each mistake is told once, and all advice together mends the list.
    """

    cursor: Cursor
    windows: Sequence[Window]

    def check(self) -> None:
        """Tell every window that is not where its name says, and every day that is in no window or in two."""
        self._turn_round()
        by_days = [_side_of_days(window) for window in self.windows]
        proper = None not in by_days and by_days.count(SIDES["on_time"]) == 1 and self._ordered(by_days) is None
        named = [SIDES.get(window_kind(window.id), side) for window, side in zip(self.windows, by_days, strict=True)]
        renamed = {index for index, side in enumerate(by_days) if proper and side != named[index]}
        taken = {window.id for window in self.windows}
        for index in sorted(renamed):
            self._tell_name(index, by_days[index], taken)
        sides = [SIDES["late"] if side is None else side for side in (by_days if proper else named)]
        self._check_names(renamed)
        late = self._ordered(sides)
        if late is not None:
            name, before = self.windows[late].id, self.windows[late - 1].id
            self._tell((late, "id"), f"`{name}` stands after `{before}`", _ORDER, f"move `{name}` before `{before}`")
            return
        ends = [self._end(index, side, sides[index + 1 :].count(side)) for index, side in enumerate(sides)]
        self._check_on_time(sides, ends)
        for index, side in enumerate(sides):
            self._check_start(index, side, sides[index - 1] if index else None, ends)

    def _turn_round(self) -> None:
        """Tell windows whose two days have changed places, and judge all others as if they stood right."""
        self.windows = [self._turned(index, window) for index, window in enumerate(self.windows)]

    def _turned(self, index: int, window: Window) -> Window:
        """The window with its days the other way round, where it then joins one of its neighbours."""
        first, last = window.until_day, window.from_day
        if first is None or last is None or first >= last:
            return window
        turned = replace(window, from_day=first, until_day=last)
        late = SIDES.get(window_kind(window.id)) == SIDES["late"]
        before = self.windows[index - 1].until_day if index else 0 if late else None
        after = self.windows[index + 1].from_day if index + 1 < len(self.windows) else None
        joins = (before is not None and first == before + 1) or (index and after == last + 1)
        if not joins or _side_of_days(turned) != SIDES.get(window_kind(window.id)):
            return window
        self._tell((index, "from_day"), f"`from_day: {last}` is after `until_day: {first}`",
                   f"a window runs from its first day to its last, and day {first} comes before day {last}",
                   f"swap them: write `from_day: {first}` and `until_day: {last}`")  # fmt: skip
        return turned

    def _tell(self, at: Path, what: str, why: str, fix: str, expected: str = "") -> None:
        self.cursor.problem(what, why, fix, at=at, expected=expected)

    @staticmethod
    def _ordered(sides: Sequence[int | None]) -> int | None:
        """The first window that stands after one that it should come before; None where all are in order."""
        known = [side or 0 for side in sides]
        return next((index for index in range(1, len(known)) if known[index] < known[index - 1]), None)

    def _tell_name(self, index: int, side: int | None, taken: set[str]) -> None:
        """A name that says another side of the expiry than the days do, which leave nothing open."""
        window = self.windows[index]
        if side == SIDES["on_time"]:
            fit, what = ["on_time"], f"ends {_seen(0)}"
        elif side == SIDES["early"]:
            fit, what = ["early", f"early_{-(window.until_day or 0)}"], "ends before the last covered day, day 0"
        else:
            fit, what = ["grace", "late", f"late_{window.from_day}"], "begins after the last covered day, day 0"
        name = next((name for name in fit if name not in taken), fit[-1])
        taken.add(name)
        self._tell((index, "id"), f"`{window.id}` {what}", _ORDER, f"write `id: {name}`")

    def _check_names(self, renamed: set[int]) -> None:
        seen = set[str]()
        for index, window in enumerate(self.windows):
            if window.id in seen and index not in renamed:
                self._tell((index, "id"), f"window `{window.id}` stands here twice", _ONCE, "rename or remove one")
            if index not in renamed:
                seen.add(window.id)

    def _end(self, index: int, side: int, more: int) -> int | None:
        """The last day of a window, as it is once the advice on it was followed; `more` of its side come after it."""
        window, following = self.windows[index], self.windows[index + 1 : index + 2]
        last, first_after = window.until_day, following[0].from_day if following else None
        if side == SIDES["on_time"]:
            return self._end_on_time(index, last, bool(following))
        if side == SIDES["early"]:
            return last if last is not None and last < 0 else self._end_early(index, last, first_after, more)
        if last is None and following:
            mended = first_after - 1 if first_after and first_after > max(1, window.from_day or 1) else None
            fix = "give it an `until_day`" if mended is None else f"add `until_day: {mended}`"
            self._tell((index,), f"`{window.id}` has no end, and `{following[0].id}` comes after it", _ONCE, fix)
            return mended
        return last

    def _end_on_time(self, index: int, last: int | None, followed: bool) -> int:
        name = self.windows[index].id
        if last is None:
            after = f", and `{self.windows[index + 1].id}` comes after it" if followed else ""
            self._tell((index,), f"`{name}` has no end{after}", _ORDER, "add `until_day: 0`")
        elif last:
            early = "" if last > 0 else ", or `id: early` and let `on_time` follow it up to day 0"
            self._tell((index, "until_day"), f"`{name}` ends {_seen(last)}", _ORDER, f"write `until_day: 0`{early}")
        return 0

    def _end_early(self, index: int, last: int | None, first_after: int | None, more: int) -> int:
        """An early window without an end, or one whose end lacks its minus sign."""
        name = self.windows[index].id
        mended = first_after - 1 if first_after is not None and first_after <= 0 else -(last or more + 1)
        if last is None:
            self._tell((index,), f"`{name}` has no end", _ORDER, f"add `until_day: {mended}`")
        else:
            fix = f"write `until_day: {mended}`"
            self._tell((index, "until_day"), f"`{name}` ends {_seen(last)}", _ORDER, fix)
        return mended

    def _check_on_time(self, sides: Sequence[int], ends: Sequence[int | None]) -> None:
        """One window takes the last covered day, and it is called `on_time`."""
        if SIDES["on_time"] in sides:
            return
        early = [index for index, side in enumerate(sides) if side == SIDES["early"]]
        since = f"from_day: {(ends[early[-1]] or -1) + 1}, " if early else ""
        place = f"after `{self.windows[early[-1]].id}`" if early else f"before `{self.windows[0].id}`"
        fix = f"add `- {{id: on_time, {since}until_day: 0, starts: after_expiry}}` {place}"
        self._tell((), "no window is called `on_time`", "it is the one that ends on the last covered day, day 0", fix)

    def _check_start(self, index: int, side: int, before: int | None, ends: Sequence[int | None]) -> None:
        """The first day of a window follows the last one of the window before it."""
        window = self.windows[index]
        if not index and side != SIDES["late"]:
            if window.from_day is not None:
                self._tell((0, "from_day"), f"no window covers the days before day {window.from_day}", _ONCE,
                           "leave `from_day` out of the first window")  # fmt: skip
            return
        end = 0 if side == SIDES["late"] and before != side else ends[index - 1]
        if end is None:
            return  # told where it is missing
        due = end + 1
        if side == SIDES["early"] and due >= 0:
            self._tell((index,), f"no day before the last covered one is left for `{window.id}`", _ONCE,
                       f"remove it, or end `{self.windows[index - 1].id}` on an earlier day")  # fmt: skip
        elif window.from_day is None:
            fix = f"add `from_day: {due}`"
            self._tell((index,), f"`from_day` is missing in `{window.id}`", _ONCE, fix)
        elif window.from_day == due:
            self._check_length(index, due, ends[index])
        elif (window.from_day > 0) != (side == SIDES["late"]):
            what = f"`{window.id}` begins {_seen(window.from_day)}"
            self._tell((index, "from_day"), what, _ORDER, f"write `from_day: {due}`")
        else:
            self._tell_joint(index, window.from_day, due)

    def _check_length(self, index: int, first: int, last: int | None) -> None:
        if last is not None and last < first:
            self._tell((index, "until_day"), f"`{self.windows[index].id}` ends before it starts", _ONCE,
                       "write an `until_day` after its `from_day`")  # fmt: skip

    def _tell_joint(self, index: int, first: int, due: int) -> None:
        """A gap or an overlap between a window and the one before it, which may be mended in either of the two."""
        window, before = self.windows[index], self.windows[index - 1] if index else None
        days = f"day {due}" if first == due + 1 else f"days {due} to {first - 1}"
        what = f"no window covers {days}"
        if before and first < due:
            what = f"`{window.id}` overlaps `{before.id}`: day {first} is in both"
        fix, joint = f"write `from_day: {due}` in `{window.id}`", before is not None and before.until_day is not None
        moves = before and before.until_day not in (None, 0) and before.until_day == due - 1
        if before and moves and (before.from_day is None or before.from_day < first):
            fix += f", or `until_day: {first - 1}` in `{before.id}`"
        self._tell((index, "from_day"), what, _ONCE, fix, expected="joint" if joint else "")
