"""The rules in words, by subject; rules that several plans share are said once, under one anchor for each clause."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from calculator.plan import Minimum, Plan, PriceRow, in_force
from site_builder.plans import FamilyWords, Reading
from site_builder.rendering.voice import Voice

SUBJECTS: Final = ("price", "buy", "renewal", "change", "service")
_SUBJECT_OF: Final = {
    "price": "price", "minimum": "price", "packs": "price", "limit": "price", "eligibility": "price",
    "horizon": "renewal", "buy": "buy", "renewal": "renewal", "extension": "change", "addition": "change",
}  # fmt: skip
"""The subject of a clause by its second word; what is not named here is service (entitlements, notices)."""


def anchor(clause: str) -> str:
    """The id of a rule's anchor on its family's page."""
    return f"rule-{clause}"


class RuleView(NamedTuple):
    """One rule with the clauses that it stands for. `plans` names its plans where the family has several."""

    clauses: tuple[str, ...]
    title: str
    plans: str
    texts: tuple[Markup, ...]
    readings: tuple[Markup, ...]
    illustrative: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """One anchor for each clause."""
        return tuple(anchor(clause) for clause in self.clauses)


class RuleGroup(NamedTuple):
    """The rules of one subject."""

    id: str
    title: str
    rules: tuple[RuleView, ...]


class ReadingView(NamedTuple):
    """One of our readings, with links to the rules that it decides."""

    id: str
    text: Markup
    clauses: tuple[tuple[str, str], ...]


class _Wording(NamedTuple):
    """What must be equal for two plans to share a rule on the page."""

    subject: str
    title: str
    text: str
    illustrative: bool


def rule_groups(
    clauses: Mapping[str, Any], words: FamilyWords, plans: Mapping[str, Plan], voice: Voice, on: date
) -> tuple[RuleGroup, ...]:
    """All rules of a family in the order of the locale data, one group for each subject that has any."""
    found: dict[_Wording, list[str]] = {}
    for clause, said in clauses.items():
        if not said["title"]:
            continue  # words of a note, which no line cites
        plan, section, *rest = clause.split(".")
        shown = _illustrative(plans[plan], section, rest, on)
        wording = _Wording(_SUBJECT_OF.get(section, "service"), said["title"], said.get("text", ""), shown)
        found.setdefault(wording, []).append(clause)
    names = {id: voice.plain(plan.name) for id, plan in words.plans.items()}
    rules: dict[str, list[RuleView]] = {subject: [] for subject in SUBJECTS}
    for wording, held in found.items():
        rules[wording.subject].append(_rule(wording, held, words, names, voice))
    return tuple(RuleGroup(id, voice.ui(f"subject.{id}"), tuple(held)) for id, held in rules.items() if held)


def _illustrative(plan: Plan, section: str, rest: Sequence[str], on: date) -> bool:
    """Whether the price that a clause states on that day is an example."""
    if section == "price":
        row: PriceRow | Minimum | None = in_force(plan.price, on)
    elif section == "minimum":
        row = in_force(plan.minimum, on)
    elif section == "packs":
        row = in_force(next((pack.price for pack in plan.packs if pack.id == rest[0]), ()), on)
    else:
        return False
    return bool(row and row.illustrative)


def _rule(wording: _Wording, held: list[str], words: FamilyWords, names: Mapping[str, str], voice: Voice) -> RuleView:
    plans = list(dict.fromkeys(names[clause.split(".")[0]] for clause in held))
    texts = (Markup.escape(wording.text),) if wording.text else ()
    readings = tuple(
        voice.rich(reading.text) for reading in words.readings if any(clause in held for clause in reading.clauses)
    )
    shown = voice.listed(plans) if len(names) > 1 else ""
    return RuleView(tuple(held), wording.title, shown, texts, readings, wording.illustrative)


def reading_views(readings: Sequence[Reading], clauses: Mapping[str, Any], voice: Voice) -> tuple[ReadingView, ...]:
    """Our readings, each with the rules it was needed for."""
    return tuple(
        ReadingView(reading.id, voice.rich(reading.text), tuple(_links(reading.clauses, clauses)))
        for reading in readings
    )


def _links(cited: Sequence[str], clauses: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Anchor and title of each clause, a title once."""
    titles: set[str] = set()
    for clause in cited:
        title = clauses.get(clause, {}).get("title", "")
        if title and title not in titles:
            titles.add(title)
            yield anchor(clause), title
