"""A made-up family that uses the whole vocabulary of rules, with its words."""

from typing import Any

from calculator.plan import Family, read_family
from site_builder.plans.words import ClauseWords, Comparison, FamilyWords, OptionWords, PlanWords
from site_builder.plans.words import Reading as ReadingWords

RULES: dict[str, Any] = {
    "family": "acme",
    "currency": "CAD",
    "readings": [{"id": "day-30", "clauses": ["care.renewal.windows.grace"], "days_late": [30]}],
    "plans": {
        "care": {
            "unit": "user",
            "quantity": {"max": 500},
            "limit": {"per_customer": 500},
            "eligibility": {"not_with": ["acme/hours"], "requires_any": ["acme/made"]},
            "term": {"months": 12},
            "proration": {"basis": "months_30", "round_factor": 6},
            "price": [
                {"from": "2026-01-01", "amount": "120.00"},
                {"from": "2027-01-01", "tiers": {"mode": "graduated", "steps": [
                    {"up_to": 10, "amount": "130.00"}, {"up_to": 50, "amount": "125.00"}, {"amount": "110.00"}]}},
                {"from": "2028-01-01", "on_request": True},
            ],
            "horizon": {"months": 36},
            "entitlements": [
                {"code": "support_time_per_day", "minutes": 30, "per": "unit"},
                {"code": "grace_calls", "resets": "anniversary",
                 "by_quantity": [{"up_to": 5, "quantity": 1}, {"quantity": 3}]},
                {"code": "lessons", "on_request": True},
            ],
            "notices": [{"days_before": 30}, {"days_before": 90, "min_term_months": 12}],
            "buy": {"starts": "next_month",
                    "adjust": [{"code": "welcome", "percent": "-5", "when": {"training": False}}],
                    "terms": [{"when": {"training": True, "level": "fast"}, "months": 12}, {"days": 30}]},
            "options": {
                "training": {"type": "boolean", "actions": ["buy"]},
                "level": {"type": "choice", "choices": ["fast", "slow"], "actions": ["buy"]},
            },
            "renewal": [
                {"from": "2026-01-01", "windows": [
                    {"id": "on_time", "until_day": 0, "starts": "after_expiry", "align": {"max_months": 12}},
                    {"id": "grace", "from_day": 1, "until_day": 30, "starts": "on_purchase", "ends": "with_next_term"},
                    {"id": "late", "from_day": 31, "starts": "on_purchase"},
                ]},
                {"from": "2027-01-01", "automatic": {"billed_months_before": 2}, "lengths": {"min_months": 12},
                 "adjust": [{"code": "uplift", "percent": "3"}],
                 "windows": [
                    {"id": "on_time", "until_day": 0, "starts": "after_expiry",
                     "adjust": [{"code": "on_time_discount", "percent": "-10", "of": ["price", "uplift"]}]},
                    {"id": "grace", "from_day": 1, "until_day": 30, "starts": "on_purchase", "ends": "with_next_term"},
                    {"id": "late_first", "from_day": 31, "until_day": 365, "starts": "next_month",
                     "adjust": [{"code": "reinstatement_fee", "per": "quote", "fee": [
                         {"from": "2026-01-01", "amount": "50.00", "illustrative": True}]}]},
                    {"id": "late_second", "from_day": 366, "until_day": 1095, "starts": "on_purchase",
                     "adjust": [{"code": "arrears", "missed_percent": "50"}]},
                ]},
            ],
            "extension": {"billed": "by_month", "adjust": [{"code": "uplift", "percent": "2"}]},
            "addition": {"billed": "by_day", "adjust": [{"code": "reinstatement_fee", "per": "quote", "fee": [
                {"from": "2026-01-01", "amount": "5.00"}]}]},
            "notes": [{"code": "own_words", "actions": ["buy"]}],
        },
        "hours": {
            "unit": "block",
            "packs": {"2h": {"minutes": 120, "price": [{"from": "2026-01-01", "amount": "198.00"}]}},
            "minimum": [{"from": "2026-01-01", "amount": "250.00", "actions": ["buy"], "illustrative": True}],
            "term": {"months": 12},
            "entitlements": [{"code": "support_time", "minutes_from": "pack"}],
            "options": {"spent": {"type": "minutes", "actions": ["renew"], "optional": True},
                        "paid_on": {"type": "date", "actions": ["buy"], "optional": True}},
            "buy": {"credits": [{"code": "trial", "plan": "care", "paid_on": "paid_on", "within_days": 30}]},
            "renewal": {"windows": [
                {"id": "on_time", "until_day": 0, "starts": "after_expiry",
                 "carries": {"usage": "spent", "step_minutes": 15}},
                {"id": "late", "from_day": 1, "starts": "on_purchase"},
            ]},
        },
        "made": {
            "unit": "contract",
            "quantity": {"max": 1},
            "term": {"months": 12},
            "options": {
                "hours": {"type": "integer", "min": 1, "actions": ["buy"]},
                "visits": {"type": "integer", "actions": ["buy"]},
                "km": {"type": "integer", "actions": ["buy"], "required_with": {"travel": True}},
                "travel": {"type": "boolean", "actions": ["buy"]},
                "remote": {"type": "integer", "max": 100, "actions": ["buy"]},
                "level": {"type": "choice", "choices": ["fast", "slow"], "actions": ["buy"]},
            },
            "price": [{"from": "2026-01-01", "estimate": [
                {"code": "labour", "quantity": "hours",
                 "rate": {"by": "level", "cases": {"fast": "95.00", "slow": "60.00"}}},
                {"code": "remote_share", "on": "labour", "share": "remote", "factor": "0.80"},
                {"code": "service_level", "on": "labour",
                 "factor": {"by": "level", "cases": {"fast": "1.25", "slow": "1.00"}}},
                {"code": "complexity", "on": "labour", "factor": "1.15"},
                {"code": "travel_distance", "quantity": "visits", "times": ["km"], "multiple": 2, "rate": "0.65",
                 "when": {"travel": True}},
                {"code": "under_warranty", "percent": "-15", "of": "labour"},
                {"code": "warranty_extension", "percent": "8", "of": "labour"},
            ]}],
            "buy": {},
        },
    },
}  # fmt: skip


def made_family(changes: dict[str, Any] | None = None) -> Family:
    """The family as the engine reads it; `changes` replace keys of the plan `care`."""
    rules = RULES | {"plans": RULES["plans"] | {"care": RULES["plans"]["care"] | (changes or {})}}
    family, problems = read_family(rules)
    assert family, [str(problem) for problem in problems]
    return family


def _both(french: str, english: str) -> dict[str, str]:
    return {"fr": french, "en": english}


def _options(*names: str) -> dict[str, OptionWords]:
    choices = {"fast": _both("rapide", "fast"), "slow": _both("lent", "slow")}
    labels = {
        "training": _both("Formation", "Training"),
        "level": _both("Niveau", "Level"),
        "hours": _both("Heures", "Hours"),
        "visits": _both("Visites", "Visits"),
        "km": _both("Kilomètres", "Kilometres"),
        "travel": _both("Déplacement", "Travel"),
        "remote": _both("Part à distance", "Remote share"),
        "spent": _both("Minutes", "Minutes"),
        "paid_on": _both("Payé le", "Paid on"),
    }
    return {name: OptionWords(labels[name], None, choices if name == "level" else {}) for name in names}


def made_words() -> FamilyWords:
    """The family's words; the clause of its late fee and a note have their own."""
    plans = {
        "care": PlanWords("care", _both("Acme Care", "Acme Care"), None, None, _options("training", "level"), {}),
        "hours": PlanWords(
            "hours", _both("Heures", "Hours"), None, None, _options("spent", "paid_on"),
            {"2h": _both("2 heures", "2 hours")},
        ),
        "made": PlanWords(
            "made", _both("Sur mesure", "Made to measure"), None, None,
            _options("hours", "visits", "km", "travel", "remote", "level"), {},
        ),
    }  # fmt: skip
    clauses = {
        "care.buy.adjust.welcome": ClauseWords(
            _both("Bienvenue", "Welcome"), _both("Une fois ; merci !", "Once; thanks!")
        ),
        "care.entitlements.lessons": ClauseWords(_both("Leçons", "Lessons"), None),
        "care.notes.own_words": ClauseWords(None, _both("Notre mot.", "Our word.")),
    }  # fmt: skip
    return FamilyWords(
        id="acme", country="CA", locales={"fr": "fr-CA", "en": "en-CA"}, vendor="Acme", name=_both("Acme", "Acme"),
        summary=_both("Tout.", "All."), support=None, next_step=None, plans=plans, clauses=clauses,
        comparison=Comparison(), inclusions=(), exclusions=(), terms=(),
        readings=(ReadingWords("day-30", ("care.renewal.windows.grace",), _both("Le jour 30 ?", "Day 30?")),),
        examples=(),
    )  # fmt: skip
