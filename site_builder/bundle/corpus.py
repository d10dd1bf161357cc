"""Requests made up from a catalogue: right ones, nearly right ones and nonsense, the same for the same seed.

The bundle's profile is taken over such requests, and the parity tests compare the answers of both Pythons to them.
Only the catalogue's data says what is asked, so that a new family is exercised from the day its file exists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

ACTIONS = ("buy", "renew", "extend", "add", "status")
#: Days around an expiry where windows, notices and deadlines change; the plans' own windows are added to them.
OFFSETS = (
    -400,
    -366,
    -365,
    -91,
    -90,
    -60,
    -31,
    -30,
    -29,
    -2,
    -1,
    0,
    1,
    2,
    15,
    29,
    30,
    31,
    32,
    60,
    90,
    364,
    365,
    366,
    1100,
)
EXPIRIES = (
    "2026-03-31",
    "2026-02-28",
    "2028-02-29",
    "2027-02-28",
    "2026-12-31",
    "2026-01-01",
    "2027-08-30",
    "2030-06-15",
)
ANCHORS = ("2024-02-29", "2023-01-31", "2023-08-31", "2025-03-30", "2020-02-29", "2022-12-01")
#: Months that are asked for, whatever the plan offers.
LENGTHS = (1, 2, 3, 6, 11, 12, 13, 18, 24, 36, 120)
#: What the page asks once a quote is shown, and after how many quotes it is asked here.
AFTER = ("explore", "card", "draft", "dates")
AFTER_EVERY = 3
#: Signs as wide as two letters, where a refusal repeats what was typed: chance rarely puts them there.
WIDE = (
    {"plan": "\U0001f600", "action": "extend", "on": "2026-05-01", "align_to": "2026-05-31"},
    {"plan": "a/b", "action": "status", "on": "2026-05-01", "region": "\U0001f600", "align_to": "2026-05-31"},
)
#: Values that no field, or only another one, takes.
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2.0, 2.5, 1_000_001, 10**30, "", "2", "2026-02-30", "1969-12-31", "2201-01-01", "2026-3-1",
    "é\u202f€", "\U0001f600", "a" * 300, [], [1], [""], {}, {"a": {"b": []}}, "2026-06-30", ["A", "A"], "\ud800",
)  # fmt: skip


class Maker:
    """Makes requests for the plans of one catalogue."""

    def __init__(self, catalogue: Mapping[str, Any], seed: int) -> None:
        self.random = Random(seed)
        self.regions = [*catalogue.get("regions", {}), "XX"]
        self.plans = {
            f"{family}/{plan}": rules
            for family, found in sorted(catalogue["families"].items())
            for plan, rules in sorted(found["plans"].items())
        }

    def request(self) -> Any:
        """One request; every third is changed into something that is refused, more often than not."""
        plan = self.random.choice([*self.plans])
        request = self._valid(plan, self.plans[plan])
        if self.random.random() < 0.35:
            return self._damaged(request)
        return request

    def _valid(self, plan: str, rules: Mapping[str, Any]) -> dict[str, Any]:
        action = self.random.choice(ACTIONS)
        request: dict[str, Any] = {"plan": plan, "action": action}
        expiry = date.fromisoformat(self.random.choice(EXPIRIES))
        on = expiry + timedelta(days=self.random.choice((*OFFSETS, *_window_days(rules))))
        request["on"] = on.isoformat()
        if action != "buy":
            request["expiry"] = expiry.isoformat()
        self._add_length(request, action, expiry, rules)
        self._add_common(request, action)
        options = self._options(rules, action)
        if options:
            request["options"] = options
        return request

    def _add_length(self, request: dict[str, Any], action: str, expiry: date, rules: Mapping[str, Any]) -> None:
        """A length or an end, rarely where the plan lets nobody choose one, and often where it does."""
        some, renews = self.random, action == "renew"
        own = _lengths(rules) if renews else []
        if action == "extend" or some.random() < (0.6 if own else 0.15):
            request["months"] = some.choice((*LENGTHS, *own))
        if some.random() < (0.4 if renews and _ends_chosen(rules) else 0.2):
            days = some.choice((1, 30, 31, 90, 184, 365, 366, 400))
            request["align_to"] = (expiry + timedelta(days=days)).isoformat()

    def _add_common(self, request: dict[str, Any], action: str) -> None:
        some = self.random
        if some.random() < 0.6:
            request["quantity"] = some.choice((1, 1, 2, 3, 5, 10, 11, 37, 250, 1_000_000))
        if action == "add" and some.random() < 0.7:
            request["existing"] = some.choice((0, 1, 4, 15, 99))
        if some.random() < 0.25:
            request["anchor"] = some.choice(ANCHORS)
        if some.random() < 0.5:
            request["region"] = some.choice(self.regions)
        if some.random() < 0.15:
            request["tax_exempt"] = some.random() < 0.7
        if some.random() < 0.15:
            request["serials"] = [f"SN-{number:04}é" for number in range(some.choice((1, 2, 3, 12)))]
        if some.random() < 0.25:
            request["holds"] = some.choices([*self.plans], k=some.choice((1, 1, 2)))

    def _options(self, rules: Mapping[str, Any], action: str) -> dict[str, Any]:
        declared = dict(rules.get("options", {}))
        if "packs" in rules:
            declared["pack"] = {"type": "choice", "choices": [*rules["packs"]], "actions": ["buy", "renew"]}
        chosen = {}
        for name, option in declared.items():
            offered = action in option.get("actions", [action])
            if self.random.random() < (0.9 if offered else 0.05):
                chosen[name] = self._option(option)
        return chosen

    def _option(self, option: Mapping[str, Any]) -> Any:
        some = self.random
        match option.get("type"):
            case "boolean":
                return some.random() < 0.5
            case "integer":
                low, high = int(option.get("min", 0)), int(option.get("max", 100))
                return some.choice((low, high, (low + high) // 2, some.randint(low, high), low - 1, high + 1))
            case "choice":
                return some.choice([*option["choices"], *option["choices"], "reactiv"])
            case "date":
                return some.choice(("2026-03-31", "2026-01-15", "2025-12-01", "2026-02-29"))
            case "minutes":
                return [some.choice((0, 1, 14, 15, 16, 29, 30, 61, 600)) for _ in range(some.choice((0, 1, 3, 7)))]
        return some.choice(ODD)

    def _damaged(self, request: dict[str, Any]) -> Any:
        some = self.random
        kind = some.choice(("value", "value", "missing", "unknown", "misspelt", "option", "nonsense"))
        if kind == "nonsense" and some.random() < 0.3:
            return some.choice(ODD)
        if kind == "option":
            request["options"] = some.choice(({"pakc": 1}, {"hours": "2"}, {"onsite_training": 1}, [], "x"))
        elif kind == "unknown":
            request[some.choice(("quantities", "zzz", "Plan", "é"))] = some.choice(ODD)
        elif kind == "misspelt":
            request["plan"] = request["plan"][:-1] + some.choice("xyzé/")
        elif kind == "missing":
            request.pop(some.choice([*request]))
        else:
            request[some.choice([*request])] = some.choice(ODD)
        return request


def _renewals(rules: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The plan's rules for renewals, each version."""
    renewals: Any = rules.get("renewal", [])
    return renewals if isinstance(renewals, list) else [renewals]


def _windows(rules: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [window for renewal in _renewals(rules) for window in renewal.get("windows", [])]


def _window_days(rules: Mapping[str, Any]) -> list[int]:
    """The first and last days of the plan's own renewal windows."""
    return [int(window[key]) for window in _windows(rules) for key in ("from_day", "until_day") if key in window]


def _lengths(rules: Mapping[str, Any]) -> list[int]:
    """The months that a renewal may choose from, or the least of them, and one more than each."""
    held = [renewal["lengths"] for renewal in _renewals(rules) if "lengths" in renewal]
    own = [int(months) for lengths in held for months in (*lengths.get("months", ()), lengths.get("min_months", 1))]
    return [*own, *(months + 1 for months in own)]


def _ends_chosen(rules: Mapping[str, Any]) -> bool:
    return any("align" in window for window in _windows(rules))


def requests(catalogue: Mapping[str, Any], count: int, seed: int = 1) -> Iterator[Any]:
    """`count` requests, the first ones the same however many are asked for."""
    maker = Maker(catalogue, seed)
    return (maker.request() for _ in range(count))


def questions(
    catalogue: Mapping[str, Any], langs: Sequence[str], count: int, seed: int = 1
) -> Iterator[tuple[str, str]]:
    """The same as questions to the calculator's door: a kind, and the payload as JSON text, languages in turn.

    Some requests are also asked what comes after a quote, each kind in its turn; those with an end of their own all
    that there is, for few of these are answered.
    """
    for number, request in enumerate((*WIDE, *requests(catalogue, count, seed))):
        payload = {"request": request, "lang": langs[number % len(langs)]}
        yield "quote", json.dumps(payload)
        if not isinstance(request, dict):
            continue
        turn, part = divmod(number // AFTER_EVERY, len(langs))
        payload |= {"lang": langs[part], "address": "https://plans.example/x/"}
        kinds = AFTER if "align_to" in request else AFTER[turn % len(AFTER) :][:1] if number % AFTER_EVERY == 0 else ()
        for kind in kinds:
            yield kind, json.dumps(payload)
