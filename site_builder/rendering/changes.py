"""What changed and what will: the dated prices, fees and rules of a family, and the Atom feed of all families."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from calculator.plan import Dated, Family, Minimum, Plan, Price, PriceRow
from site_builder.rendering.minimums import minimum_text
from site_builder.rendering.prices import amount_of
from site_builder.rendering.rules import anchor
from site_builder.rendering.voice import Voice
from site_builder.rendering.xml_text import escape, quoteattr


class Change(NamedTuple):
    """One thing that holds from a day on. `href` is the path of its rule on the family's page."""

    since: date
    lang: str
    family: str
    subject: str
    title: str
    text: str
    href: str
    example: bool = False


def changes(
    family: Family, name: str, names: Mapping[str, str], clauses: Mapping[str, Any], voice: Voice, path: str
) -> tuple[Change, ...]:
    """The family's dated prices, fees and rules, plan by plan. A rule's first version, which always held, is none."""
    found: dict[tuple[str, ...], Change] = {}
    for plan in family.plans.values():
        subject = voice.ui("changes.subject", family=name, plan=names[plan.id])
        for since, clause, text, example in _dated(plan, family, voice):
            title = clauses.get(clause, {}).get("title", "")
            href = f"{path}#{anchor(clause)}" if title else path
            # One fee for buying and for renewing are two rules, but one change.
            told = (since.isoformat(), subject, title, text)
            found.setdefault(told, Change(since, voice.locale, name, subject, title, text, href, example))
    return tuple(found.values())


def _dated(plan: Plan, family: Family, voice: Voice) -> Iterator[tuple[date, str, str, bool]]:
    """Day, clause, text, and whether a price is an example."""
    prices: list[tuple[str, Price]] = [(f"{plan.id}.price", plan.price)]
    prices += [(f"{plan.id}.packs.{pack.id}", pack.price) for pack in plan.packs]
    prices += [(f"{plan.id}.buy", buy.price) for buy in plan.buy]
    prices += [(change.clause, change.fee) for change in plan.adjustments]
    told: list[tuple[str, list[tuple[PriceRow | Minimum, str]]]] = [
        (clause, [(row, amount_of(row, plan, family, voice)) for row in rows]) for clause, rows in prices
    ]
    told.append((f"{plan.id}.minimum", [(row, minimum_text(row, plan, family, voice)) for row in plan.minimum]))
    for clause, said in told:
        before = ""
        for row, amount in said:
            text = voice.ui("changes.price", amount=amount, before=before) if before else ""
            yield row.since, clause, text or voice.ui("changes.price_first", amount=amount), row.illustrative
            before = amount
    versions: dict[str, Sequence[Dated]] = {
        "buy": plan.buy, "renewal": plan.renewal, "extension": plan.extension, "addition": plan.addition,
    }  # fmt: skip
    for section, rules in versions.items():
        for rule in rules:
            if rule.since != date.min:
                yield rule.since, f"{plan.id}.{section}", voice.ui("changes.rule"), False


def feed(lang: str, title: str, page: str, own: str, latest: date | None, entries: str) -> str:
    """The Atom feed of a language with these entries: `page` and `own` are addresses, `latest` is the newest day.

    An entry is dated by the day from which it holds, so that the same data gives the same feed.
    """
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(lang)}>'
        f"<id>{escape(page)}</id><title>{escape(title)}</title>"
        f"<updated>{_moment(latest or date(1970, 1, 1))}</updated>"
        f"<author><name>{escape(title)}</name></author>"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>'
        f'<link rel="alternate" type="text/html" hreflang={quoteattr(lang)} href={quoteattr(page)}/>\n'
        f"{entries}</feed>\n"
    )


def feed_entry(change: Change, base: str) -> str:
    """A change in the feed; `base` is the address of the host without a path."""
    address = base + change.href
    path, _, fragment = address.partition("#")
    title = f"{change.since.isoformat()} · {change.subject} · {change.title}".removesuffix(" · ")
    return (
        f"<entry xml:lang={quoteattr(change.lang)}><id>{escape(f'{path}?from={change.since}#{fragment}')}</id>"
        f"<title>{escape(title)}</title><updated>{_moment(change.since)}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/><summary>{escape(change.text)}</summary>'
        "</entry>\n"
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
