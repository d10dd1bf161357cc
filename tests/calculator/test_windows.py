"""The windows of a renewal: each day falls in exactly one, and advice on a list that is none makes it one."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.errors import CatalogueError, Problem
from calculator.plan import Renewal
from tests.calculator.asking import EARLY_WINDOWS, answer, ask, deadlines, one_plan

EXPIRY = date(2026, 3, 31)
NAMES = ["early", "early_60", "on_time", "grace", "late", "late_a"]
DISCOUNTED = one_plan({"renewal": {"windows": EARLY_WINDOWS}})


def listed(*bounds: tuple[str, int | None, int | None]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, first, last in bounds:
        days = {key: day for key, day in (("from_day", first), ("until_day", last)) if day is not None}
        made.append({"id": name, "starts": "after_expiry", **days})
    return made


def problems(windows: list[dict[str, Any]]) -> list[Problem]:
    try:
        one_plan({"renewal": {"windows": windows}})
    except CatalogueError as error:
        return list(error.problems)
    return []


def day(ahead: int) -> str:
    return (EXPIRY + timedelta(days=ahead)).isoformat()


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([("on_time", None, -1), ("late", 0, None)],
         [("`on_time` ends on day -1, before the last covered day, day 0",
           "write `until_day: 0`, or `id: early` and let `on_time` follow it up to day 0"),
          ("`late` begins on the last covered day, day 0", "write `from_day: 1`")]),
        ([("on_time", None, 5), ("late", 6, None)],
         [("`on_time` ends on day 5, after the last covered day, day 0", "write `until_day: 0`"),
          ("no window covers days 1 to 5", "write `from_day: 1` in `late`")]),
        ([("on_time", None, None)], [("`on_time` has no end", "add `until_day: 0`")]),
        ([("grace", None, 0), ("late", 1, None)],
         [("`grace` ends on the last covered day, day 0", "write `id: on_time`")]),
        ([("late", None, None)],
         [("no window is called `on_time`", "add `- {id: on_time, until_day: 0, starts: after_expiry}` before `late`"),
          ("`from_day` is missing in `late`", "add `from_day: 1`")]),
        ([("early", None, -30), ("late", -29, None)],
         [("no window is called `on_time`",
           "add `- {id: on_time, from_day: -29, until_day: 0, starts: after_expiry}` after `early`"),
          ("`late` begins on day -29, before the last covered day, day 0", "write `from_day: 1`")]),
        ([("early", None, 30), ("on_time", 29, 0), ("late", 1, None)],
         [("`early` ends on day 30, after the last covered day, day 0", "write `until_day: -30`"),
          ("`on_time` begins on day 29, after the last covered day, day 0", "write `from_day: -29`")]),
        ([("on_time", None, -30), ("on_time", -29, 0), ("late", 1, None)],
         [("`on_time` ends before the last covered day, day 0", "write `id: early`")]),
        ([("on_time", None, 0), ("early", 1, 9), ("late", 10, None)],
         [("`early` begins after the last covered day, day 0", "write `id: grace`")]),
        ([("early", None, -1), ("early_60", -1, -1), ("on_time", 0, 0)],
         [("no day before the last covered one is left for `early_60`",
           "remove it, or end `early` on an earlier day")]),
        ([("on_time", None, 0), ("early", None, -30)],
         [("`early` stands after `on_time`", "move `early` before `on_time`")]),
        ([("early", None, -30), ("on_time", -27, 0), ("late", 1, None)],
         [("no window covers days -29 to -28",
           "write `from_day: -29` in `on_time`, or `until_day: -28` in `early`")]),
        ([("early_60", None, None), ("early", None, None), ("on_time", None, 0)],
         [("`early_60` has no end", "add `until_day: -2`"), ("`early` has no end", "add `until_day: -1`"),
          ("`from_day` is missing in `early`", "add `from_day: -1`"),
          ("`from_day` is missing in `on_time`", "add `from_day: 0`")]),
        ([("early", None, None), ("on_time", -29, 0)], [("`early` has no end", "add `until_day: -30`")]),
        ([("on_time", None, 0), ("grace", 1, None), ("late", 31, None)],
         [("`grace` has no end, and `late` comes after it", "add `until_day: 30`")]),
        ([("on_time", None, 0), ("grace", 31, None), ("late", 10, None)],
         [("`grace` has no end, and `late` comes after it", "give it an `until_day`"),
          ("no window covers days 1 to 30", "write `from_day: 1` in `grace`")]),
        ([("on_time", None, 0), ("grace", 1, 30), ("late", 1, None)],
         [("`late` overlaps `grace`: day 1 is in both", "write `from_day: 31` in `late`")]),
        ([("late", None, -60), ("grace", -59, -30), ("on_time", -29, 0)],
         [("`late` ends before the last covered day, day 0", "write `id: early`"),
          ("`grace` ends before the last covered day, day 0", "write `id: early_30`")]),
        ([("on_time", None, 0), ("grace", 10, None), ("late", 10, None)],
         [("`grace` has no end, and `late` comes after it", "give it an `until_day`"),
          ("no window covers days 1 to 9", "write `from_day: 1` in `grace`")]),
        ([("on_time", None, 0), ("grace", -5, None), ("late", 1, None)],
         [("`grace` has no end, and `late` comes after it", "give it an `until_day`"),
          ("`grace` begins on day -5, before the last covered day, day 0", "write `from_day: 1`")]),
        ([("on_time", None, 0), ("grace", None, None), ("late", 31, None)],
         [("`grace` has no end, and `late` comes after it", "add `until_day: 30`"),
          ("`from_day` is missing in `grace`", "add `from_day: 1`")]),
        ([("on_time", None, 0), ("on_time", 1, None)],
         [("`on_time` begins after the last covered day, day 0", "write `id: grace`")]),
        ([("early", None, 0), ("on_time", -29, 0)],
         [("`early` ends on the last covered day, day 0", "write `until_day: -30`")]),
        ([("early", None, 30), ("on_time", 0, 0)],
         [("`early` ends on day 30, after the last covered day, day 0", "write `until_day: -1`")]),
        ([("on_time", None, 0), ("after", None, None)],
         [("`after` is not a window's name", "write early, early_…, on_time, grace, late or late_…"),
          ("`from_day` is missing in `after`", "add `from_day: 1`")]),
        ([("early_", None, -30), ("on_time", -29, 0)],
         [("`early_` is not a window's name", "write early, early_…, on_time, grace, late or late_…")]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_what_mends_it(
    bounds: list[tuple[str, int | None, int | None]], expected: list[tuple[str, str]]
) -> None:
    assert [(problem.what, problem.fix) for problem in problems(listed(*bounds))] == expected


def test_a_list_without_windows_is_told_once() -> None:
    assert [problem.what for problem in problems([])] == ["this is not a list, or it is empty"]


def test_a_day_that_is_no_number_is_told_and_nothing_else() -> None:
    on_time, grace = listed(("on_time", None, 0), ("grace", 1, None))
    (found,) = problems([on_time, grace | {"until_day": "a"}])
    assert found.expected == "integer"


def values_in(fix: str) -> dict[str, Any]:
    """What an advice gives to keys of one window, in the first way of following it."""
    said = re.match(r"(?:swap them: )?(?:write|add) (`(?:from_day|until_day|id): .*)", fix.partition(", or ")[0])
    found = re.findall(r"`(\w+): (-?\w+)`", said[1] if said else "")
    return {key: value if key == "id" else int(value) for key, value in found}


def followed(windows: list[dict[str, Any]], found: list[Problem]) -> list[dict[str, Any]]:
    """The windows once the first way of every advice was taken; moves, names and further windows last."""
    made = [dict(window) for window in windows]
    gone, late = list[int](), list[tuple[int, dict[str, Any]]]()
    for problem in found:
        index = next((int(part) for part in problem.path if isinstance(part, int)), -1)
        if values := values_in(problem.fix):
            made[index] |= values
        elif problem.fix == "leave `from_day` out of the first window":
            del made[index]["from_day"]
        elif problem.fix.startswith("remove it, or "):
            gone.append(index)
        elif problem.fix == "write an `until_day` after its `from_day`":
            made[index]["until_day"] = made[index]["from_day"]
        elif added := re.match(r"add `- \{id: on_time, (?:from_day: (-?\d+), )?until_day: 0", problem.fix):
            ids = [window["id"] for window in made]
            where = ids.index(re.findall(r"`(\w+)`$", problem.fix)[0]) + (" after " in problem.fix)
            first = None if added[1] is None else int(added[1])
            late.append((where, listed(("on_time", first, 0))[0]))
        elif problem.fix == "give it an `until_day`":
            made[index]["until_day"] = max(1, made[index].get("from_day", 1))
        elif problem.fix.startswith("move "):
            made.insert(index - 1, made.pop(index))
        else:
            raise AssertionError(problem)
    for where, window in late:
        made.insert(where, window)
    return made if late else [window for index, window in enumerate(made) if index not in gone]


bounds = st.tuples(st.sampled_from(NAMES), st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9))


@given(st.lists(bounds, min_size=1, max_size=4, unique_by=lambda bound: bound[0]))
@settings(max_examples=400, deadline=None)
def test_advice_that_is_followed_to_the_end_makes_a_list_that_is_taken(
    written: list[tuple[str, int | None, int | None]],
) -> None:
    windows = listed(*written)
    seen = list[str]()
    for _ in range(20):
        found = problems(windows)
        if not found:
            return
        seen.append(f"{windows}: {[(one.what, one.fix) for one in found]}")
        windows = followed(windows, found)
    raise AssertionError("\n".join(seen))


def renewal_of(windows: list[dict[str, Any]]) -> Renewal:
    plan = one_plan({"renewal": {"windows": windows}}).families["made"].plans["plan"]
    return plan.renewal[0]


@settings(max_examples=40)  # each asks for 184 quotes
@given(st.sets(st.integers(-90, -1), max_size=3), st.sets(st.integers(1, 90), min_size=1, max_size=3), st.booleans())
def test_each_day_falls_in_exactly_one_window(early: set[int], later: set[int], ends: bool) -> None:
    written = list[tuple[str, int | None, int | None]]()
    first: int | None = None
    for number, last in enumerate(sorted(early)):
        written.append((f"early_{number}", first, last))
        first = last + 1
    written.append(("on_time", first, 0))
    first = 1
    for number, last in enumerate(sorted(later)):
        written.append((f"late_{number}", first, None if not ends and last == max(later) else last))
        first = last + 1
    catalogue = one_plan({"renewal": {"windows": listed(*written)}})
    windows = renewal_of(listed(*written)).windows
    for ahead in range(-92, 92):
        held = [
            window.id
            for window in windows
            if (window.from_day is None or window.from_day <= ahead)
            and (window.until_day is None or ahead <= window.until_day)
        ]
        given_answer = answer(
            {"plan": "made/plan", "action": "renew", "on": day(ahead), "expiry": EXPIRY.isoformat()}, catalogue
        )
        assert held == ([given_answer["window"]] if given_answer["ok"] else []), ahead


@given(st.integers(-400, 30), st.integers(0, 400))
def test_who_pays_earlier_never_pays_more(ahead: int, before: int) -> None:
    """Where discounts fall with time, and the price is one price."""
    asked = {"expiry": EXPIRY.isoformat(), "quantity": 3}
    earlier = ask("made/plan", "renew", day(ahead - before), DISCOUNTED, **asked)
    later = ask("made/plan", "renew", day(ahead), DISCOUNTED, **asked)
    assert float(earlier["total"]) <= float(later["total"])
    assert earlier["term"] == later["term"]


@pytest.mark.parametrize(
    ("ahead", "window", "total", "valid"),
    [
        (-400, "early_60", "102.00", -60), (-60, "early_60", "102.00", -60), (-59, "early", "108.00", -30),
        (-30, "early", "108.00", -30), (-29, "on_time", "120.00", 30), (0, "on_time", "120.00", 30),
        (1, "grace", "120.00", 30),
    ],
)  # fmt: skip
def test_a_price_holds_to_the_end_of_its_discount(ahead: int, window: str, total: str, valid: int) -> None:
    given_answer = ask("made/plan", "renew", day(ahead), DISCOUNTED, expiry=EXPIRY.isoformat())
    assert (given_answer["window"], given_answer["total"]) == (window, total)
    assert given_answer["term"]["start"] == day(1)
    if window.startswith("early"):
        assert given_answer["valid_until"] == day(valid)


def test_the_days_on_which_early_windows_end_are_told_with_their_names() -> None:
    given_answer = ask("made/plan", "status", day(-70), DISCOUNTED, expiry=EXPIRY.isoformat())
    assert given_answer["window"] == "early_60"
    told = [(one["code"], one["date"], one.get("window")) for one in given_answer["deadlines"]]
    assert told == [
        ("last_day_of_window", day(-60), "early_60"), ("last_day_of_window", day(-30), "early"),
        ("last_day_on_time", day(0), None), ("last_day_of_grace", day(30), None),
    ]  # fmt: skip
    later = ask("made/plan", "renew", day(-30), DISCOUNTED, expiry=EXPIRY.isoformat())
    assert deadlines(later)["last_day_of_window"] == day(-30)
    assert "last_day_of_window" not in deadlines(
        ask("made/plan", "renew", day(-29), DISCOUNTED, expiry=EXPIRY.isoformat())
    )


@pytest.mark.parametrize(("first", "last", "swapped"), [(30, 1, True), (90, 30, False), (90, 1, True), (30, 2, True)])
def test_days_are_swapped_only_where_the_window_then_joins_a_neighbour(first: int, last: int, swapped: bool) -> None:
    found = problems(listed(("on_time", None, 0), ("grace", first, last), ("late", 31, None)))
    assert [one.fix for one in found if one.fix.startswith("swap them")] == (
        [f"swap them: write `from_day: {last}` and `until_day: {first}`"] if swapped else []
    )
    assert found
