"""Who speaks: the texts of one locale together with the names that one family gives to its plans, options and rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calculator.wording.texts import Text, Texts, Value

type Data = Mapping[str, Any]

PLANS = ("excluded_by", "plan", "plans", "requires")
"""Parameters that hold names of plans (`family/plan`)."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A locale's texts, the family's part of the locale data (empty where no plan is known), and all families."""

    locale: str
    texts: Texts
    plan: str
    families: Data

    @property
    def family(self) -> Data:
        """The words of the family of the plan in question."""
        found: Data = self.families.get(self.plan.partition("/")[0], {})
        return found

    def say(self, key: str, params: Mapping[str, Value] | None = None) -> str:
        """The text of a key, filled."""
        return self.texts.say(key, params)

    def plan_data(self, name: str) -> Data:
        """The words of a plan called `family/plan`; empty for one that is not known here."""
        family, _, plan = name.partition("/")
        found: Data = self.families.get(family, {}).get("plans", {}).get(plan, {})
        return found

    def plan_name(self, name: str) -> str:
        """What a plan is called; its id where nothing is known of it."""
        return str(self.plan_data(name).get("name") or name)

    def units(self, count: int, unit: str) -> str:
        """`5 utilisateurs`."""
        return self.say("detail.quantity", {"quantity": count, "unit": self.unit(count, unit)})

    def unit(self, count: int, unit: str) -> str:
        """The unit's word for that many; for an option without a unit's word, its label."""
        return self.texts.first([f"unit.{unit}"], {"n": count}) or str(self.option(unit).get("label") or unit)

    def clause(self, clause: str) -> Data:
        """The rule's `title` and `text`; empty for one that is not known here."""
        found: Data = self.family.get("clauses", {}).get(clause, {})
        return found

    def rule_name(self, clause: str, label: str) -> str:
        """The rule's title, or that of the rule that holds it; the label where nothing is known of them."""
        while clause:
            title = self.clause(clause).get("title")
            if title:
                return str(title)
            clause = clause.rpartition(".")[0]
        return label

    def line_label(self, line: Data) -> str:
        """What a line is, and of which tier of the price: `Prix : 1 à 10 postes`."""
        label, params = self._line_name(line), line.get("params") or {}
        if "tier_from" not in params:
            return label
        first, last = params["tier_from"], params.get("tier_to")
        alone = first == last
        unit = self.unit(1 if alone else first if last is None else last, line["unit"])
        tier = {"only": first} if alone else {"first": first, "last": last}
        return self.texts.fitting(["tier_line"], {"line": label, "unit": unit, **tier}) or label

    def _line_name(self, line: Data) -> str:
        """The title of the rule that is the line's own, else the words of its code."""
        code, amount = line["code"], line["amount"]
        own = line["clause"].rpartition(".")[2] == code
        title = self.clause(line["clause"]).get("title") if own else None
        kind = "discount" if amount.startswith("-") else "fee"
        return str(title or self.texts.first([f"line.{code}", f"line.{kind}"]))

    def entitlement_title(self, code: str) -> str:
        """What an entitlement is: the title of the plan's own rule, else the words of its code."""
        title = self.clause(f"{self.plan.partition('/')[2]}.entitlements.{code}").get("title")
        return str(title or self.texts.first([f"entitlement_name.{code}"]) or code)

    def option(self, name: str) -> Data:
        """An option's words (`label`, `choices`): the plan's, else those of any plan that has it."""
        own = self.plan_data(self.plan).get("options", {}).get(name)
        plans = [plan for family in self.families.values() for plan in family.get("plans", {}).values()]
        found: Data = own or next((p["options"][name] for p in plans if name in p.get("options", {})), {})
        return found

    def field(self, field: str) -> str:
        """What a form calls a field of the request or, as `options.<name>`, an option."""
        if field.startswith("options."):
            option = field.removeprefix("options.")
            return str(self.option(option).get("label") or option)
        return self.texts.first([f"field.{field or 'request'}.label"]) or field

    def worded(self, params: Mapping[str, Value]) -> dict[str, Value]:
        """The parameters, with names of plans and units in words."""
        return {name: self._worded(name, value) for name, value in params.items()}

    def _worded(self, name: str, value: Value) -> Value:
        if name in PLANS and isinstance(value, Sequence) and not isinstance(value, str):
            return [self.plan_name(item) for item in value]
        if not isinstance(value, str):
            return value
        if name in PLANS:
            return self.plan_name(value)
        if name == "choice":
            return self._choice(value)
        if name == "what":
            return self.entitlement_title(value)
        if name == "window":
            return self.window_label(value)
        if name == "credit":
            title = self.clause(f"{self.plan.partition('/')[2]}.buy.credits.{value}").get("title")
            return str(title or value)
        return value

    def _choice(self, choice: str) -> str:
        """The words of a choice, of whichever option of the plan has it."""
        options = self.plan_data(self.plan).get("options", {})
        return next((str(o["choices"][choice]) for o in options.values() if choice in o.get("choices", {})), choice)

    def window_label(self, window: str) -> str:
        """What a window is called: by the locale, or for a band of the plan's own by the title of its rule."""
        title = self.clause(f"{self.plan.partition('/')[2]}.renewal.windows.{window}").get("title")
        own = self.texts.first([f"window.{window}.label"]) or title
        return str(own or self.texts.first([f"window.{window.partition('_')[0]}.label"]) or window)


def speech_for(locale_data: Data, plan: str, currency: str) -> Speech:
    """The speech for a plan: in its family's locale, with its family's words; without one, in the default locale.

    Texts that the family has of its own (`strings`: its units) are said instead of the locale's.
    """
    families: Data = locale_data["families"]
    family: Data = families.get(plan.partition("/")[0], {})
    locale: str = family.get("locale") or locale_data["default"]
    strings: Mapping[str, Text] = locale_data["strings"][locale]
    if own := family.get("strings"):
        strings = {**strings, **own}
    texts = Texts(locale_data["locales"][locale], strings, currency or family.get("currency", ""))
    return Speech(locale, texts, plan, families)
