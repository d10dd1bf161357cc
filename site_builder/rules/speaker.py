"""The words that rule sentences are made of: units, lengths, prices, conditions, names of plans and options."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculator.money import amount_text
from calculator.periods import Length, Proration
from calculator.plan import Condition, Family, Plan, Price, PriceRow, Step
from calculator.wording.texts import Value
from site_builder.locales import Language, Locale, Spoken, texts_of
from site_builder.plans.words import FamilyWords, OptionWords
from site_builder.plans.words import Text as Words
from site_builder.rules.own_units import own_strings


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks of one family's rules in one language."""

    family: Family
    words: FamilyWords
    lang: str
    locale: Locale
    texts: Spoken

    def say(self, key: str, **params: Value) -> str:
        """The text `rule.<key>`, filled. Raises KeyError without a text or a parameter: a mistake of the builder's."""
        return self.texts.tell(f"rule.{key}", params)

    def own(self, words: Words | None) -> str:
        """The plan file's own words in this language, with the locale's spaces; empty where there are none."""
        return self.locale.spaced(words.get(self.lang, "")) if words else ""

    def sentences(self, *parts: str) -> str:
        """Sentences after one another, without the empty ones."""
        return " ".join(filter(None, parts))

    def listed(self, items: Sequence[str]) -> str:
        """`a, b et c`."""
        return self.texts.written(list(items), "text")

    def enumerated(self, items: Iterable[str]) -> str:
        """`a ; b ; c`: for items that have commas of their own, such as amounts."""
        return self.say("join").join(items)

    def joined(self, items: Sequence[str], key: str) -> str:
        """The items put together two by two with the text `rule.<key>` (`{left} ou {right}`)."""
        text = items[0]
        for item in items[1:]:
            text = self.say(key, left=text, right=item)
        return text

    def lengths(self, months: Sequence[int]) -> str:
        """`12, 24 ou 36`."""
        *others, last = [str(number) for number in months]
        return self.joined([self.joined(others, "part.comma"), last], "eligibility.or") if others else last

    def unit(self, unit: str, count: int = 1) -> str:
        """The word for one or more units; the code where the locale has none."""
        key = f"unit.{unit}"
        return self.texts.tell(key, {"n": count}) if self.texts.find(key) else unit

    def length(self, length: Length) -> str:
        """`12 mois`, `30 jours`."""
        kind = "months" if length.months else "days"
        return self.say(f"length.{kind}", n=length.months or length.days)

    def minutes(self, minutes: int) -> str:
        """`2 h 30`."""
        return self.texts.written(minutes, "duration")

    def percent(self, percent: Decimal) -> str:
        """The value for `{percent}`, without a sign: the sentence says which way it goes."""
        return amount_text(abs(percent))

    def plan_name(self, name: str) -> str:
        """What a plan is called, given as `family/plan` or as a plan of this family; else its id."""
        family, _, plan = name.rpartition("/")
        known = self.words.plans.get(plan) if family in ("", self.family.id) else None
        return self.own(known.name) if known else name

    def option(self, plan: Plan, name: str) -> OptionWords | None:
        """The words of an option; None for `pack`, whose words are the packs' names."""
        words = self.words.plans.get(plan.id)
        return words.options.get(name) if words else None

    def option_label(self, plan: Plan, name: str) -> str:
        """What a form calls an option of the plan."""
        words = self.option(plan, name)
        return self.own(words.label) if words else self.texts.first([f"field.{name}.label"]) or name

    def choice(self, plan: Plan, option: str, choice: str) -> str:
        """The word for a choice of an option."""
        words = self.option(plan, option)
        return self.own(words.choices.get(choice)) if words and choice in words.choices else choice

    def condition(self, plan: Plan, condition: Condition) -> str:
        """« Option » est coché, all parts joined by and."""
        parts = []
        for option, value in condition.items():
            label = self.option_label(plan, option)
            if isinstance(value, bool):
                parts.append(self.say(f"condition.{'yes' if value else 'no'}", option=label))
            else:
                parts.append(self.say("condition.choice", option=label, choice=self.choice(plan, option, value)))
        return self.joined(parts, "part.and")

    def price(self, rows: Price, unit: str | None, length: Length | None) -> str:
        """Every dated row of a price in one sentence, and that it is an example where it is one."""
        word = self.unit(unit) if unit else None
        head = self.say("price.head", unit=word, length=self.length(length) if length else None)
        items = self.enumerated(self._row(row, unit) for row in rows)
        return self.sentences(self.say("colon_list", head=head, items=items), self.example(rows))

    def dated(self, rows: Price) -> tuple[str | None, str | None]:
        """The values for `{amount:money}`, where there is but one, or else for `{rows:text}`: each with its day."""
        only = rows[0].amount if len(rows) == 1 else None
        if only is not None:
            return amount_text(only), None
        return None, self.enumerated(self._row(row, None) for row in rows)

    def example(self, rows: Price) -> str:
        """That a price is an example; empty for one that is none."""
        if not any(row.illustrative for row in rows):
            return ""
        return self.say("price.example", n=sum(len(row.tiers.steps) if row.tiers else 1 for row in rows))

    def _row(self, row: PriceRow, unit: str | None) -> str:
        since = row.since.isoformat()
        if row.on_request:
            return self.say("price.row.on_request", since=since)
        if row.estimate:
            return self.say("price.row.estimate", since=since)
        amount = row.amount or Decimal(0)
        if row.tiers and len(row.tiers.steps) > 1:
            steps = self.enumerated(self._step(step, unit) for step in row.tiers.steps)
            return self.say(f"price.row.tiers_{row.tiers.mode}", steps=steps, since=since)
        if row.tiers:
            amount = row.tiers.steps[0].amount
        return self.say(f"price.row.{'amount' if amount else 'free'}", amount=amount_text(amount), since=since)

    def _step(self, step: Step, unit: str | None) -> str:
        word = self.unit(unit, step.up_to or 0) if unit else None
        return self.say("price.step", amount=amount_text(step.amount), up_to=step.up_to, unit=word)

    def proration(self, proration: Proration) -> str:
        """The declared convention for the price of a part of a term."""
        digits = proration.round_factor
        rounded = "" if digits is None else self.say("proration.rounded", digits=digits)
        return self.sentences(self.say(f"proration.{proration.basis}"), rounded)


def speaker(family: Family, words: FamilyWords, language: Language) -> Speaker:
    """The speaker of a family in a language, in the locale that the family declares for it."""
    locale = language.locales[words.locales.get(language.lang, language.default)]
    own = own_strings(words, language.lang, locale)
    return Speaker(family, words, language.lang, locale, texts_of(locale, family.currency, own))
