"""Sentences for the parts of an estimate: what is multiplied by what, and when a part applies at all."""

from collections.abc import Iterator

from calculator.money import amount_text
from calculator.plan import Part, Plan, Rate
from site_builder.rules.renewals import Sentence
from site_builder.rules.speaker import Speaker


def parts(speaker: Speaker, plan: Plan) -> Iterator[Sentence]:
    """The parts of every dated estimate of a plan, the latest version of each last."""
    for row in plan.price:
        for part in row.estimate:
            yield f"{plan.id}.price.estimate.{part.code}", _title(speaker, plan, part.code), _text(speaker, plan, part)


def _title(speaker: Speaker, plan: Plan, code: str) -> str:
    own = speaker.words.clauses.get(f"{plan.id}.price.estimate.{code}")
    title = speaker.own(own.title) if own else ""
    return title or speaker.texts.first([f"line.{code}"]) or code


def _text(speaker: Speaker, plan: Plan, part: Part) -> str:
    when = speaker.say("part.when", condition=speaker.condition(plan, part.when)) if part.when else ""
    return speaker.sentences(_worked_out(speaker, plan, part), when)


def _worked_out(speaker: Speaker, plan: Plan, part: Part) -> str:
    if part.rate:
        options = [speaker.option_label(plan, name) for name in (part.quantity, *part.times)]
        factors = [speaker.say("part.option", label=label) for label in options]
        multiple = [speaker.texts.written(part.multiple)] if part.multiple > 1 else []
        rate = _rate(speaker, plan, part.rate, "money")
        return speaker.say("part.rate", factors=speaker.say("part.times").join([*factors, *multiple, rate]))
    if part.percent is not None:
        key = "part.percent_off" if part.percent < 0 else "part.percent_on"
        return speaker.say(key, percent=speaker.percent(part.percent), of=_title(speaker, plan, part.of))
    on, factor = _title(speaker, plan, part.on), _rate(speaker, plan, part.factor or Rate(None), "number")
    if part.share:
        share = speaker.option_label(plan, part.share)
        return speaker.say("part.share", share=share, on=on, factor=factor)
    return speaker.say("part.factor", on=on, factor=factor)


def _rate(speaker: Speaker, plan: Plan, rate: Rate, kind: str) -> str:
    """A fixed amount or factor, or one for each choice of an option."""
    if rate.fixed is not None:
        return speaker.texts.written(amount_text(rate.fixed), kind)
    cases = []
    for choice, value in (rate.cases or {}).items():
        written = speaker.texts.written(amount_text(value), kind)
        cases.append(speaker.say("part.case", choice=speaker.choice(plan, rate.by, choice), value=written))
    key = "part.by_rate" if kind == "money" else "part.by"
    return speaker.say(key, option=speaker.option_label(plan, rate.by), cases=speaker.say("join").join(cases))
