"""CPython, the whole Pyodide and the memory image give the same bytes for the same question."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from calculator import wire
from site_builder.bundle import corpus
from site_builder.bundle.snapshot import Question

from .conftest import Desk, Site

pytestmark = [pytest.mark.parity, pytest.mark.slow]

#: How many made-up questions; `make parity` asks more. The seed is not that of the profile.
COUNT = int(os.environ.get("CLAIRPLAN_PARITY", "2000"))
SEED = 20260331
#: A question may leave the image's profile (the page then asks Pyodide), but so few that nobody meets one.
LEAVE = 0.002


def around_the_expiry(langs: Sequence[str]) -> Iterator[Question]:
    """A quote and what follows it, on the first and the last day of each window, early ones too."""
    expiry = date(2026, 11, 30)
    for days in (-90, -61, -60, -59, -31, -30, -29, -1, 0, 1, 15, 16, 400, 401):
        on = (expiry + timedelta(days=days)).isoformat()
        request = {"plan": "ahead/care", "action": "renew", "on": on, "expiry": expiry.isoformat(), "quantity": 3}
        for number, kind in enumerate(("quote", *corpus.AFTER)):
            payload = {"request": request, "lang": langs[number % len(langs)]}
            yield kind, json.dumps(payload | ({} if kind == "quote" else {"address": "https://plans.example/x/"}))


def around_the_minimum(langs: Sequence[str]) -> Iterator[Question]:
    """A quote and what follows it below and above a minimum, on its boundary days, with parts of a yearly fee."""
    asked: list[dict[str, object]] = [
        {"action": "buy"}, {"action": "renew", "months": 7}, {"action": "renew", "align_to": "2027-02-15"},
        {"action": "extend", "months": 2}, {"action": "add", "existing": 1},
    ]  # fmt: skip
    for on in ("2026-11-30", "2026-12-01", "2026-12-10", "2026-12-31", "2027-01-01"):
        for number, request in enumerate({**fields, "quantity": count} for fields in asked for count in (1, 3, 5)):
            expiry = {"expiry": "2027-01-20" if request["action"] in ("extend", "add") else "2026-11-30"}
            full = {"plan": "least/care", "on": on, **request, **(expiry if request["action"] != "buy" else {})}
            yield "quote", json.dumps({"request": full, "lang": langs[number % len(langs)]})
            # What follows a quote is asked on the family's page, in a language of its own.
            after = {"request": full, "lang": ("en", "fr")[number % 2], "address": "https://plans.example/x/"}
            yield corpus.AFTER[number % len(corpus.AFTER)], json.dumps(after)


def lengths_to_choose(langs: Sequence[str]) -> Iterator[Question]:
    """Quotes for lengths that are offered and that are not, in each window, with and without the answer that counts."""
    expiry = date(2026, 11, 30)
    for number, (plan, months, days) in enumerate(
        (plan, months, days)
        for plan in ("spans/care", "spans/light")
        for months in (None, 11, 12, 18, 24, 36, 48)
        for days in (-20, 0, 1, 31, 365, 366, 1096, 1097)
    ):
        on = (expiry + timedelta(days=days)).isoformat()
        request: dict[str, object] = {"plan": plan, "action": "renew", "on": on, "expiry": expiry.isoformat()}
        request |= {"quantity": 3} | ({} if months is None else {"months": months})
        if plan == "spans/care":
            request["options"] = {"school": number % 2 == 0}
        yield "quote", json.dumps({"request": request, "lang": langs[number % len(langs)]})
        kind = corpus.AFTER[number % len(corpus.AFTER)]
        yield kind, json.dumps({"request": request, "lang": langs[0], "address": "https://plans.example/x/"})


@pytest.fixture(scope="module")
def questions(site: Site) -> list[Question]:
    langs = sorted(site.locales)
    made = corpus.questions(json.loads(site.catalogue), langs, COUNT, SEED)
    return [*made, *around_the_expiry(langs), *around_the_minimum(langs), *lengths_to_choose(langs)]


@pytest.fixture(scope="module")
def expected(site: Site, questions: Sequence[Question]) -> list[str]:
    wire.load(site.catalogue, site.all_locales)
    return [wire.serve(kind, payload) for kind, payload in questions]


def test_the_questions_are_worth_asking(expected: list[str]) -> None:
    """Prices and refusals both, every action and many kinds of errors: otherwise the comparison says little."""
    answers = [json.loads(answer) for answer in expected]
    responses = [answer["response"] for answer in answers if "response" in answer]
    assert any(answer.get("tables") for answer in answers)
    assert any(answer.get("eml") for answer in answers)
    good = [response for response in responses if response["ok"]]
    codes = {error["code"] for response in responses if not response["ok"] for error in response["errors"]}
    assert len(good) > COUNT / 10
    assert {response["action"] for response in good} == set(corpus.ACTIONS)
    assert len(codes) >= 14, sorted(codes)
    assert {"early", "early_60"} <= {response["window"] for response in good}
    lines = [line for response in good for line in response["lines"]]
    told = {line["code"] for line in lines}
    assert {"minimum_charge", "two_years_discount", "three_years_discount", "length_discount"} <= told
    parts = {name for line in lines if "yearly" in line["params"] for name in line["params"]}
    assert {"months", "days", "of"} <= parts
    assert any(error["params"].get("choices") == [12, 18, 24, 36] for response in responses if not response["ok"]
               for error in response["errors"])  # fmt: skip


def test_pyodide_answers_as_cpython(desk: Desk, questions: list[Question], expected: list[str]) -> None:
    assert _differences(questions, desk.ask("pyodide", questions), expected) == []


def test_the_image_answers_as_cpython(desk: Desk, questions: list[Question], expected: list[str]) -> None:
    answers = desk.ask("image", questions)
    left = [question for question, answer in zip(questions, answers, strict=True) if answer is None]
    assert len(left) <= COUNT * LEAVE, left[:5]
    assert _differences(questions, answers, expected) == []


def _differences(
    questions: Sequence[Question], answers: Sequence[str | None], expected: Sequence[str]
) -> list[tuple[Question, str, str]]:
    """The first questions whose answers differ; those that were not answered do not count."""
    rows = zip(questions, answers, expected, strict=True)
    return [(asked, got, right) for asked, got, right in rows if got is not None and got != right][:3]
