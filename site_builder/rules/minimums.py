"""The sentence for the least that an order costs."""

from calculator.money import amount_text
from calculator.plan import Minimum, Plan
from site_builder.rules.renewals import Sentence
from site_builder.rules.speaker import Speaker


def minimum(speaker: Speaker, plan: Plan) -> Sentence:
    """Every dated minimum with its orders, what it is held against, and what comes on top."""
    items = speaker.enumerated(_row(speaker, plan, row) for row in plan.minimum)
    rows = speaker.say("colon_list", head=speaker.say("minimum.head"), items=items)
    example = speaker.say("price.example", n=len(plan.minimum)) if any(row.illustrative for row in plan.minimum) else ""
    owed = any(rule.missed_percent is not None for rule in plan.adjustments)
    text = speaker.sentences(
        rows, example, speaker.say("minimum.text"), speaker.say("minimum.arrears") if owed else ""
    )  # fmt: skip
    return f"{plan.id}.minimum", speaker.say("minimum.title"), text


def _row(speaker: Speaker, plan: Plan, row: Minimum) -> str:
    since = row.since.isoformat()
    if not row.amount:
        return speaker.say("minimum.row.none", since=since)
    held = [speaker.say(f"minimum.for.{action}") for action in plan.actions if action in row.actions]
    return speaker.say("minimum.row.amount", amount=amount_text(row.amount), since=since, actions=speaker.listed(held))
