"""What no request can reach, or what no example shows: windows, tiers, notices, lengths."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from calculator.plan import Plan, Renewal, Window
from site_builder.checks.texts import warn
from site_builder.errors import Issue, counted, listed
from site_builder.plans import FamilyFile
from site_builder.sources import Path


def reach_warnings(file: FamilyFile, on: date) -> Iterator[Issue]:
    """Parts of the rules that have no effect, and windows that the reader sees no example of."""
    yield from _without_examples(file)
    for plan in file.family.plans.values() if file.family else ():
        yield from _tiers(file, plan)
        yield from _notices(file, plan)
        yield from _windows(file, plan, on)
        yield from _without_example(file, plan, on)


def _without_examples(file: FamilyFile) -> Iterator[Issue]:
    """A family that has no worked example at all: one warning, with all plans and windows that nothing holds."""
    if file.words.examples or file.family is None:
        return
    plans = file.family.plans
    windows = {id: ", ".join(dict.fromkeys(f"`{window.id}`" for renewal in plan.renewal for window in renewal.windows))
               for id, plan in plans.items()}  # fmt: skip
    unheld = "; ".join(f"`{id}`" + (f" ({named})" if named else "") for id, named in windows.items())
    first = next(iter(plans.values()))
    action = next(iter(first.actions), "buy")
    yield file.document.issue(
        file.document.key_place(("plans",)), "the family has no worked examples",
        f"nothing holds its prices and rules to the cent: a slip would be published without a word. Not held: {unheld}",
        "add `examples:` with one for each plan and window, such as `- {id: first, title: "
        f"{{{', '.join(f'{lang}: …' for lang in file.words.locales)}}}, request: {{plan: {file.words.id}/{first.id}, "
        f"action: {action}, on: …}}, expect: {{total: …}}}}`; see `clairplan guide add-a-family`",
    )  # fmt: skip


def _without_example(file: FamilyFile, plan: Plan, on: date) -> Iterator[Issue]:
    """A plan that no worked example asks for, where others have one; its windows are told with it."""
    asked = {example.request.get("plan") for example in file.words.examples}
    name = f"{file.words.id}/{plan.id}"
    if asked and name not in asked:
        place = file.document.key_place(("plans", plan.id))
        why = "an example holds the rules to the cent at every build, and the reader sees them applied"
        fix = f"add an example whose request has `plan: {name}`"
        if windows := _windows_held(file, plan, on):
            why, fix = f"{why}; not held: {listed(windows)}", f"{fix}, and one for each window"
        yield file.document.issue(place, f"no example shows the plan `{plan.id}`", why, fix)


def _tiers(file: FamilyFile, plan: Plan) -> Iterator[Issue]:
    """Tiers that begin above the largest quantity."""
    most = 1 if plan.per_customer == 1 else plan.max_quantity
    for index, row in enumerate(plan.price):
        steps = row.tiers.steps if row.tiers else ()
        for place, (before, _) in enumerate(pairwise(steps), 1):
            if most and before.up_to and before.up_to >= most:
                path: Path = ("plans", plan.id, "price", index, "tiers", "steps", place)
                yield warn(
                    file, path, f"this tier begins at {before.up_to + 1} units, and no more than {most} can be bought",
                    "no quote ever uses it", "leave it out, or allow a larger quantity",
                )  # fmt: skip


def _days(plan: Plan) -> int | None:
    """About how many days a term has."""
    if plan.term is None:
        return None
    return plan.term.days or (plan.term.months or 0) * 30


def _notices(file: FamilyFile, plan: Plan) -> Iterator[Issue]:
    """Notices that would be sent before the term begins."""
    days = _days(plan)
    for index, notice in enumerate(plan.notices):
        longest = max(days or 0, notice.min_term_months * 30)
        if days and notice.days_before > longest:
            yield warn(
                file, ("plans", plan.id, "notices", index, "days_before"),
                f"{notice.days_before} days before the end lies before the term begins",
                f"a term of this plan has about {counted(days, 'day')}", "write fewer days, or add `min_term_months`",
            )  # fmt: skip


def _windows(file: FamilyFile, plan: Plan, on: date) -> Iterator[Issue]:
    for version, renewal in _to_come(plan, on):
        for index, window in enumerate(renewal.windows):
            yield from _window(file, plan, renewal, window, _path(file, plan, version, index))
        yield from _same(file, plan, renewal, version)
    yield from _unshown(file, plan, on)


def _path(file: FamilyFile, plan: Plan, version: int, index: int) -> Path:
    base: Path = ("plans", plan.id, "renewal")
    single = isinstance(file.document.at(base), dict)
    return (*base, *(() if single else (version,)), "windows", index)


def _window(file: FamilyFile, plan: Plan, renewal: Renewal, window: Window, path: Path) -> Iterator[Issue]:
    """A window whose new term is over before anyone can ask for it, or that ends before the current one begins."""
    days, first = _days(plan), window.from_day
    early = -(window.until_day or 0)
    if days and early > days + 6 and not renewal.lengths and not plan.extension:
        yield warn(
            file, (*path, "until_day"), f"the window `{window.id}` ends before the term that it renews begins",
            f"it ends {early} days before the expiry, and a term of this plan has about {counted(days, 'day')}",
            "write fewer days, or leave the window out",
        )  # fmt: skip
    if days and first and window.starts == "after_expiry" and window.ends == "full_term" and first > days + 6:
        yield warn(
            file, path, f"the window `{window.id}` sells a term that is already over",
            f"its term starts after the expiry and has about {days} days, the window begins on day {first}",
            "write `starts: on_purchase`, or end the renewals before that day",
        )  # fmt: skip


def _same(file: FamilyFile, plan: Plan, renewal: Renewal, version: int) -> Iterator[Issue]:
    """Early windows that give nothing that the next one does not."""
    for index, (window, following) in enumerate(pairwise(renewal.windows)):
        if window.kind == "early" and _terms(window) == _terms(following):
            yield warn(
                file, _path(file, plan, version, index), f"the window `{window.id}` gives the same as `{following.id}`",
                "the reader is told of two windows where nothing changes between them",
                f"give `{window.id}` its discount, or leave it out",
            )  # fmt: skip


def _terms(window: Window) -> tuple[object, ...]:
    """What a renewal in the window gives and costs."""
    adjust = tuple(replace(rule, clause="") for rule in window.adjust)
    return window.starts, window.ends, window.align_months, window.carries, adjust


def _unshown(file: FamilyFile, plan: Plan, on: date) -> Iterator[Issue]:
    """Windows that no worked example of the plan enters, in one warning; of a plan without any, the plan is told."""
    expected = [one.expect for one in file.words.examples if one.request.get("plan") == f"{file.words.id}/{plan.id}"]
    shown = {str(expect.get("window", "")) for expect in expected}
    missing = {id: path for id, path in _windows_held(file, plan, on).items() if id not in shown}
    if not expected or not missing:
        return
    first, *others = missing
    yield warn(
        file, missing[first], f"no example of `{plan.id}` shows the window{'s' * bool(others)} {listed(missing)}",
        "an example holds the rule to the cent at every build, and the reader sees it applied",
        f"add an example whose request has `plan: {file.words.id}/{plan.id}`, and that expects `window: {first}`, on "
        f"the window's first or last day{', and one for each of the others' if others else ''}",
    )  # fmt: skip


def _windows_held(file: FamilyFile, plan: Plan, on: date) -> dict[str, Path]:
    """The windows of a plan, by their names, that hold on a day or later, each with the first path to it."""
    held: dict[str, Path] = {}
    for version, renewal in _to_come(plan, on):
        for index, window in enumerate(renewal.windows):
            held.setdefault(window.id, _path(file, plan, version, index))
    return held


def _to_come(plan: Plan, on: date) -> Iterator[tuple[int, Renewal]]:
    """The renewals that are in force on a day, or will be, with their places in the plan."""
    for version, renewal in enumerate(plan.renewal):
        later = plan.renewal[version + 1 :]
        if not later or later[0].since > on:
            yield version, renewal
