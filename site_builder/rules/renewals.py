"""Sentences for renewals: the windows around the expiry, what is added or taken off, and what goes over."""

from collections.abc import Callable, Iterator

from calculator.plan import Adjustment, Lengths, Plan, Renewal, Window
from site_builder.rules.speaker import Speaker

type Sentence = tuple[str, str, str]
"""A clause, its title and its text."""


def adjustment(speaker: Speaker, plan: Plan, rule: Adjustment) -> Sentence:
    """A percentage, a fee or arrears, and what it depends on."""
    said = speaker.sentences(_adjusted(speaker, plan, rule), _condition(speaker, plan, rule))
    return rule.clause, _title(speaker, rule), said


def _condition(speaker: Speaker, plan: Plan, rule: Adjustment) -> str:
    """What a rule hangs on: the answers that it names, and the length that is chosen."""
    parts = [speaker.condition(plan, rule.when)] if rule.when else []
    if rule.months:
        parts.append(speaker.say("condition.months", lengths=speaker.lengths(rule.months), n=rule.months[-1]))
    return speaker.say("part.when", condition=speaker.joined(parts, "part.and")) if parts else ""


def _adjusted(speaker: Speaker, plan: Plan, rule: Adjustment) -> str:
    if rule.percent is not None:
        percent, of = speaker.percent(rule.percent), _base(speaker, plan, rule)
        return speaker.say(f"adjust.{_kind(rule)}.text", percent=percent, of=of)
    if rule.missed_percent is not None:
        return speaker.say("adjust.arrears.text", percent=speaker.percent(rule.missed_percent))
    return speaker.sentences(
        speaker.price(rule.fee, plan.unit if rule.per_unit else None, None), _yearly(speaker, rule)
    )


def _yearly(speaker: Speaker, rule: Adjustment) -> str:
    """That a fee is that of a year; empty for one that is due whole."""
    return speaker.say("adjust.fee.yearly") if rule.prorated else ""


def _title(speaker: Speaker, rule: Adjustment) -> str:
    """What an adjustment is called: by the plan file, by its code, or by its kind."""
    own = speaker.words.clauses.get(rule.clause)
    title = (speaker.own(own.title) if own else "") or speaker.texts.first([f"line.{rule.code}"])
    return title or speaker.say(f"adjust.{_kind(rule)}.title")


def _kind(rule: Adjustment) -> str:
    if rule.percent is not None:
        return "discount" if rule.percent < 0 else "increase"
    return "arrears" if rule.missed_percent is not None else "fee"


def _base(speaker: Speaker, plan: Plan, rule: Adjustment) -> str:
    """What a percentage is taken of."""
    of = rule.of or ("price",)
    others = [code for code in of if code != "price"]
    if "price" in of and any(other.chosen for other in plan.adjustments if other.code in others):
        named = (speaker.say("adjust.named", title=_line_title(speaker, plan, code)) for code in others)
        return speaker.say("adjust.after", lines=speaker.listed([*named]))
    return speaker.listed([_line(speaker, plan, code) for code in of])


def _line(speaker: Speaker, plan: Plan, code: str) -> str:
    """A line that a percentage is taken of: the price, or another by its title."""
    if code == "price":
        return speaker.say("adjust.price")
    return speaker.say("adjust.line", title=_line_title(speaker, plan, code))


def _line_title(speaker: Speaker, plan: Plan, code: str) -> str:
    named = next((rule for rule in plan.adjustments if rule.code == code), None)
    return _title(speaker, named) if named else code


def renewal(speaker: Speaker, plan: Plan, rule: Renewal) -> Iterator[Sentence]:
    """One version of a plan's renewal, clause by clause."""
    me = f"{plan.id}.renewal"
    yield me, speaker.say("renewal.title"), speaker.say("renewal.text", length=_length(speaker, plan, rule))
    if rule.billed_months_before is not None:
        text = speaker.say("automatic.text", months=rule.billed_months_before)
        yield f"{me}.automatic", speaker.say("automatic.title"), text
    if rule.lengths:
        title = speaker.say("lengths.title_one" if len(rule.lengths.only) == 1 else "lengths.title")
        yield f"{me}.lengths", title, _lengths(speaker, plan, rule.lengths)
    for window in rule.windows:
        yield window.clause, _window_title(speaker, window), _window_text(speaker, plan, rule, window)
        yield from _window_parts(speaker, plan, window)
    for change in rule.adjust:
        yield adjustment(speaker, plan, change)


def _length(speaker: Speaker, plan: Plan, rule: Renewal) -> str:
    lengths = rule.lengths
    if lengths and lengths.only:
        key = "length.listed" if len(lengths.only) > 1 else "length.months"
        return speaker.say(key, lengths=speaker.lengths(lengths.only), n=lengths.only[-1])
    if lengths or not plan.term:
        return speaker.say("length.chosen", minimum=lengths.least if lengths else None)
    return speaker.length(plan.term)


def _lengths(speaker: Speaker, plan: Plan, lengths: Lengths) -> str:
    """Which lengths there are, and what each of them costs."""
    term = plan.term.months if plan.term else lengths.least
    told = term if term > 1 else None  # of a month, nothing is a part
    if not lengths.only:
        return speaker.say("lengths.text", minimum=lengths.least, term=told)
    key = "lengths.listed" if len(lengths.only) > 1 else "lengths.one"
    listed = speaker.say(key, lengths=speaker.lengths(lengths.only), n=lengths.only[-1])
    further = any(months % term for months in lengths.only)
    return speaker.sentences(listed, speaker.say("lengths.further" if further else "lengths.whole", term=told))


def _window_parts(speaker: Speaker, plan: Plan, window: Window) -> Iterator[Sentence]:
    if window.align_months:
        text = speaker.sentences(
            speaker.say("align.text", months=window.align_months), speaker.proration(plan.proration)
        )
        yield f"{window.clause}.align", speaker.say("align.title"), text
    if window.carries:
        text = speaker.say("carries.text", minutes=speaker.minutes(window.carries.step_minutes))
        yield f"{window.clause}.carries", speaker.say("carries.title"), text
    for change in window.adjust:
        yield adjustment(speaker, plan, change)


def _window_title(speaker: Speaker, window: Window) -> str:
    """The window's name; a band of the plan's own is named by its days."""
    if window.id == window.kind:
        return speaker.say(f"window.title.{window.id}")
    first, last = window.from_day, window.until_day
    if first is None or last is None:
        return speaker.say(f"window.title.{window.kind}_from", first=abs(last or first or 0))
    return speaker.say(f"window.title.{window.kind}_band", first=abs(first), last=abs(last))


def _window_text(speaker: Speaker, plan: Plan, rule: Renewal, window: Window) -> str:
    """When it applies, what the new term is, how it is priced, and what it lacks that other windows have."""
    paid, length = when(speaker.say, window, "if_paid"), _length(speaker, plan, rule)
    term = speaker.say(f"window.{window.ends}.{window.starts}", when=paid, length=length)
    prorated = speaker.proration(plan.proration) if window.ends == "with_next_term" else ""
    over = speaker.say("window.over") if window is rule.windows[-1] and window.until_day is not None else ""
    return speaker.sentences(term, prorated, *_differences(speaker, plan, window, rule), over)


def _differences(speaker: Speaker, plan: Plan, window: Window, rule: Renewal) -> Iterator[str]:
    """What this window gives or takes, and what it does not though another one does and no rule does for all."""
    others = [other for other in rule.windows if other.id != window.id]
    for change in window.adjust:
        yield speaker.sentences(_change(speaker, plan, change), _condition(speaker, plan, change))
    own = {_kind(change) for change in (*window.adjust, *rule.adjust)}
    elsewhere = {_kind(change) for other in others for change in other.adjust}
    for key, kinds in (("no_discount", {"discount"}), ("no_fee", {"fee", "arrears"})):
        if kinds & elsewhere and not kinds & own:
            yield speaker.say(f"window.{key}")
    if window.carries:
        yield speaker.say("window.carried")
    elif any(other.carries for other in others):
        yield speaker.say("window.not_carried")


def _change(speaker: Speaker, plan: Plan, rule: Adjustment) -> str:
    """An adjustment within the rule of its window: what it is called, how much it is, and of what."""
    title, key = _title(speaker, rule), f"window.{_kind(rule)}"
    if rule.percent is not None:
        percent, of = speaker.percent(rule.percent), _base(speaker, plan, rule)
        return speaker.say(key, title=title, percent=percent, of=of)
    if rule.missed_percent is not None:
        return speaker.say(key, title=title, percent=speaker.percent(rule.missed_percent))
    unit = speaker.unit(plan.unit) if rule.per_unit else None
    amount, rows = speaker.dated(rule.fee)
    return speaker.sentences(
        speaker.say(key, title=title, unit=unit, amount=amount, rows=rows),
        speaker.example(rule.fee),
        _yearly(speaker, rule),
    )


def when(say: Callable[..., str], window: Window, opening: str = "when") -> str:
    """The days of a window in words, both ends included; `say` says `rule.…`.

    `opening` is `when` for the days alone, `if_paid` for the condition that one pays on one of them.
    """
    first, last = window.from_day, window.until_day
    if last is not None and last <= 0:
        return _ahead(say, first, last, opening)
    first = first or 1
    if last is None:
        return say(f"{opening}.{'after_expiry' if first == 1 else 'after_from'}", first=first)
    return say(f"{opening}.{'after_one' if first == last else 'after'}", first=first, last=last)


def _ahead(say: Callable[..., str], first: int | None, last: int, opening: str) -> str:
    """The days of a window that ends on the last covered day, day 0, or before it."""
    if first is None:
        return say(f"{opening}.until_before", days=-last) if last else say(f"{opening}.until_expiry")
    if first == last:
        return say(f"{opening}.before_one", days=-last) if last else say(f"{opening}.on_expiry")
    if not last:
        return say(f"{opening}.before_to_expiry", first=-first)
    return say(f"{opening}.before", first=-first, last=-last)
